"""Stored sheets scored again: corrected where a rule gives otherwise, what stood there kept, everybody told."""

import numpy as np
import pytest
from django.db import ProgrammingError, connections, transaction
from django.utils import timezone

from qingyan.alerts.models import Alert
from qingyan.archives.models import Entry
from qingyan.foundation.access.policy import NotVisible
from qingyan.foundation.access.scope import entered
from qingyan.foundation.audit.models import AuditEntry
from qingyan.foundation.audit.verify import verify
from qingyan.instruments import api as instruments
from qingyan.screening.actions.rescoring import Which, rescore_school
from qingyan.screening.models import AnswerSheet, EarlierResult, Result
from qingyan.screening.queries.stored_scores import matrix, pages
from tests.screening.answering import fill, open_page
from tests.screening.setting import city_round

EVERYTHING = Which()


@pytest.fixture
def cast(committed_cast):
    yield committed_cast
    connections["default"].close()


@pytest.fixture
def sheets(cast):
    """Three sheets handed in, one with a gap; none of them alarming by its scores."""
    plan = instruments.plan("phq-a")
    with transaction.atomic():
        campaign = city_round(cast, "phq-a", "gad-7")
    lowest = [min(plan.option_values(index)) for index in range(len(plan.items))]
    pages_ = []
    for student, code, values in (
        (cast.home.pupils_a[0], "phq-a", [1, 1, 1, 1, 0, 0, 0, 0, *lowest[8:]]),
        (cast.home.pupils_a[1], "phq-a", [0, None, 1, 0, 1, 0, 1, 0, *lowest[8:]]),
        (cast.home.pupils_a[1], "gad-7", [1, 0, 1, 0, 1, 0, 1]),
    ):
        page = open_page(cast, student, campaign, code)
        fill(page, values)
        assert page.finish()[0] == 200
        pages_.append(page)
    return pages_


def rescore(cast, which=EVERYTHING, *, write=True, place=None):
    by = cast.platform(place)
    with transaction.atomic(), entered(by):
        done = list(rescore_school(which=which, write=write, by=by, now=timezone.now()))
    return sum(page.seen for page in done), sum(page.changed for page in done)


def at_home(cast, model, **wanted):
    with transaction.atomic(), entered(cast.platform()):
        return list(model.objects.filter(**wanted))


def as_if_an_older_rule_had_scored(cast, page, **wrong):
    with transaction.atomic(), entered(cast.platform()):
        Result.objects.filter(sitting_id=page.sheet).update(**wrong)
    kept = at_home(cast, EarlierResult)
    assert len(kept) == 1, "even this hand left a trace"
    return kept[0].id


def test_where_nothing_differs_nothing_is_written(cast, sheets):
    before = at_home(cast, Result)
    assert rescore(cast) == (3, 0)
    assert at_home(cast, EarlierResult) == []
    assert [vars(row) | {"_state": 0} for row in at_home(cast, Result)] == [vars(row) | {"_state": 0} for row in before]


@pytest.mark.parametrize("wrong", [{"values": {"total": 99}}, {"bands": {"total": "wrong"}}, {"screen": {}}])
def test_what_differs_is_corrected_once_and_what_stood_there_is_kept(cast, sheets, wrong):
    (good,) = at_home(cast, Result, sitting_id=sheets[0].sheet)
    first = as_if_an_older_rule_had_scored(cast, sheets[0], rule_version="0", **wrong)
    assert rescore(cast) == (3, 1)
    (now,) = at_home(cast, Result, sitting_id=sheets[0].sheet)
    assert (now.values, now.bands, now.screen) == (good.values, good.bands, good.screen)
    assert (now.rule_version, now.quality) == (good.rule_version, good.quality)
    (kept,) = [row for row in at_home(cast, EarlierResult) if row.id != first]
    ((name, value),) = wrong.items()
    assert (getattr(kept, name), kept.rule_version) == (value, "0")
    assert rescore(cast) == (3, 0), "a second run has nothing to do"


def test_a_correction_stands_in_file_and_trail_and_the_rules_hear_of_it(cast, sheets):
    page, plan = sheets[0], instruments.plan("phq-a")
    most = [max(plan.option_values(index)) for index in range(len(plan.items))]
    with transaction.atomic(), entered(cast.platform()):
        AnswerSheet.objects.filter(sitting_id=page.sheet).update(answers=most)  # as if scored too low all along
    assert at_home(cast, Alert) == []
    assert rescore(cast) == (3, 1)
    assert {alert.sitting_id for alert in at_home(cast, Alert)} == {
        at_home(cast, Result, sitting_id=page.sheet)[0].sitting_id
    }
    entries = at_home(cast, Entry, kind="result", student_id=cast.home.pupils_a[0].id)
    assert sorted(entry.content["values"]["total"] for entry in entries) == [4, 27]
    (trail,) = at_home(cast, AuditEntry, action="result.rescored")
    assert trail.detail == {"rule_before": "1", "rule_now": "1"}
    (portion,) = at_home(cast, AuditEntry, action="results.rescored")
    assert portion.detail["results"] == 1
    assert portion.detail["rules"] == {"1>1": 1}
    assert verify(connections["owner"]) == []


def test_a_check_counts_and_changes_nothing(cast, sheets):
    as_if_an_older_rule_had_scored(cast, sheets[0], values={"total": 99})
    assert rescore(cast, write=False) == (3, 1)
    assert at_home(cast, Result, sitting_id=sheets[0].sheet)[0].values == {"total": 99}
    assert at_home(cast, AuditEntry, action="result.rescored") == []


def test_only_the_instrument_that_was_asked_for_and_only_the_own_school(cast, sheets):
    as_if_an_older_rule_had_scored(cast, sheets[0], values={"total": 99})
    assert rescore(cast, Which(instrument="gad-7")) == (1, 0)
    assert rescore(cast, place=cast.other) == (0, 0)
    assert rescore(cast, Which(instrument="phq-a")) == (2, 1)


def test_nobody_but_the_platform_scores_again(cast, sheets):
    by = cast.actor(cast.home.counsellor, cast.home)
    with transaction.atomic(), entered(by), pytest.raises(NotVisible):
        list(rescore_school(which=EVERYTHING, write=True, by=by, now=timezone.now()))


def test_what_was_kept_can_neither_be_changed_nor_removed(cast, sheets):
    as_if_an_older_rule_had_scored(cast, sheets[0], values={"total": 99})
    for attempt in (lambda rows: rows.update(values={}), lambda rows: rows.delete()):
        refused = pytest.raises(ProgrammingError, match="permission denied")
        with refused, transaction.atomic(), entered(cast.platform()):
            attempt(EarlierResult.objects.all())


def test_a_number_corrected_without_another_outcome_is_counted_but_not_told_of_each_pupil(cast, sheets):
    as_if_an_older_rule_had_scored(cast, sheets[0], rule_version="0", values={"total": 99})
    assert rescore(cast) == (3, 1)
    assert at_home(cast, AuditEntry, action="result.rescored") == []
    (portion,) = at_home(cast, AuditEntry, action="results.rescored")
    assert portion.detail["rules"] == {"0>1": 1}


@pytest.mark.parametrize("unreadable", ["4,5", "many", "4\n5"])
def test_what_is_stored_but_is_no_number_is_corrected_too(cast, sheets, unreadable):
    (good,) = at_home(cast, Result, sitting_id=sheets[0].sheet)
    as_if_an_older_rule_had_scored(cast, sheets[0], values={"total": unreadable})
    assert rescore(cast)[0] == 3
    assert at_home(cast, Result, sitting_id=sheets[0].sheet)[0].values == good.values
    assert rescore(cast) == (3, 0)


def test_pages_of_any_size_together_hold_every_result_once(cast, sheets):
    connection = connections["default"]
    with transaction.atomic(), entered(cast.platform()):
        one_each = list(pages(connection.connection, instruments.plan, campaign=None, instrument=None, size=1))
    assert [len(page) for page in one_each] == [1, 1, 1]
    assert {str(page.sitting(0)) for page in one_each} == {str(page.sheet) for page in sheets}


def test_the_bytes_of_the_database_become_the_answers(cast, sheets):
    with transaction.atomic(), entered(cast.platform()):
        psycopg = connections["default"].connection
        (page,) = pages(psycopg, instruments.plan, campaign=None, instrument="phq-a")
        stored = dict(AnswerSheet.objects.filter(instrument="phq-a").values_list("sitting_id", "answers"))
    found = matrix(page.answers, 2, 13)
    wanted = [[-1 if one is None else one for one in stored[page.sitting(row)]] for row in range(2)]
    assert found.dtype == np.int8
    assert found.tolist() == wanted
    for sheets_, items in ((2, 9), (1, 13)):
        with pytest.raises(ValueError, match="another number"):
            matrix(page.answers, sheets_, items)
