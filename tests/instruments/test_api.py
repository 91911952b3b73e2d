"""The front door: what other domains may ask, and that it needs no Django."""

import subprocess
import sys

import numpy as np
import pytest

from qingyan.instruments import api
from qingyan.instruments.contracts import InstrumentNotReleased


def test_the_released_instruments_are_listed():
    assert [(s.code, s.version, s.items, s.latest) for s in api.released()] == [
        ("aslec", "1.0", 27, True),
        ("ces-d", "1.0", 20, True),
        ("ces-dc", "1.0", 20, True),
        ("dass-21", "1.0", 21, True),
        ("dass-42", "1.0", 42, True),
        ("gad-7", "1.0", 7, True),
        ("isi", "1.0", 7, True),
        ("mht", "1.0", 100, True),
        ("mmhi-60", "1.0", 60, True),
        ("phq-9", "1.0", 9, True),
        ("phq-a", "1.0", 13, False),
        ("phq-a", "1.1", 13, True),
        ("pss-10", "1.0", 10, True),
        ("psss", "1.0", 12, True),
        ("rses", "1.0", 10, True),
        ("scared", "1.0", 41, True),
        ("scl-90", "1.0", 90, True),
        ("sdq-parent", "1.0", 25, True),
        ("sdq-self", "1.0", 25, True),
        ("sdq-teacher", "1.0", 25, True),
        ("ucla-8", "1.0", 8, True),
        ("who-5", "1.0", 5, True),
    ]


def test_a_summary_tells_for_whom_and_which_rules():
    summary = next(s for s in api.released() if s.code == "phq-a")
    assert (summary.youngest, summary.oldest, summary.recall_days) == (12, 18, 14)
    assert summary.stages == ("senior", "vocational")
    assert summary.screen_rules == ("default", "adult")


def test_many_sheets_are_scored_through_the_front_door():
    columns = api.score_many("phq-9", np.array([[1] * 9, [-1] * 9], dtype=np.int8))
    assert columns["total"][0] == 9
    assert np.isnan(columns["total"][1])
    assert columns["screen"].tolist() == [0, -1]


def test_the_check_finds_nothing():
    assert api.check() == []


def test_instrument_and_plan_are_the_same_version():
    assert api.plan("scl-90").instrument is api.instrument("scl-90", "1.0")


def test_an_unknown_instrument_is_refused_everywhere():
    for ask in (api.plan, api.instrument, lambda code: api.presentation(code, age=15)):
        with pytest.raises(InstrumentNotReleased):
            ask("no-such")


def test_no_item_wording_is_claimed_to_be_a_published_one():
    assert {api.instrument(summary.code).wording.kind for summary in api.released()} == {"project", "bring"}


def test_the_1986_norm_is_not_used():
    assert {norm.year for summary in api.released() for norm in api.instrument(summary.code).norms} == {2017, 2020}


def test_the_domain_is_pure():
    code = "import sys; from qingyan.instruments import api; api.check(); sys.exit('django' in sys.modules)"
    assert (
        subprocess.run([sys.executable, "-c", code], cwd=api.__file__.rsplit("/qingyan/", 1)[0], check=False).returncode
        == 0
    )


def test_published_accuracy_stands_with_its_sample():
    best = {one.screen: one for one in reversed(api.accuracy("ces-d"))}["at_least_24"]
    assert (best.sensitivity, best.specificity, best.ppv) == ((94, 97), (74, 79), (21, 30))
    assert (best.n, best.interviewed, best.reference) == (5565, 634, "K-SADS interview")
    (teens,) = api.accuracy("phq-a")
    assert (teens.screen, teens.sensitivity, teens.specificity, teens.n) == (
        "default",
        (89.5, 89.5),
        (77.5, 77.5),
        None,
    )
    assert api.accuracy("gad-7") == ()


def test_what_was_published_after_a_release_is_a_new_version_with_the_same_scores():
    old, new = api.instrument("phq-a", "1.0"), api.instrument("phq-a", "1.1")
    changed = {name for name in type(old).model_fields if getattr(old, name) != getattr(new, name)}
    assert changed == {"version", "accuracy"}
