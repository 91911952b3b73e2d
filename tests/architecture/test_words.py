"""What pupils read holds no name of a diagnosis: instruments as presented, and the pages of their doors."""

import json
import re
from pathlib import Path

import pytest

from qingyan.instruments import api

PACKAGE = Path(__file__).resolve().parents[2] / "qingyan"
DIAGNOSES = re.compile(
    r"抑郁|焦虑|强迫|偏执|躁狂|躯体化|精神病|神经症|障碍|患者|症状|症"
    r"|depress|anxiet|disorder|diagnos|symptom|\bpatient|psycho|obsess|paranoi|somati",
    re.IGNORECASE,
)
# Pages that a pupil opens; their shared frame stands beside them.
PAGES = (
    "screening/templates/screening/*.html",
    "screening/templates/screening/for_parents/*.html",
    "people/templates/people/door*.html",
    "people/templates/people/goodbye.html",
    "organisations/templates/organisations/home.html",
    "organisations/templates/organisations/help.html",
    "concerns/templates/concerns/door_*.html",
    "ui/templates/layout/pupil.html",
)
# Pages of the same folders that only staff open.
FOR_STAFF = re.compile(r"campaign|progress|city")


def _pages() -> list[Path]:
    return [path for pattern in PAGES for path in sorted(PACKAGE.glob(pattern)) if not FOR_STAFF.search(path.name)]


@pytest.mark.parametrize("language", ["zh", "en"])
@pytest.mark.parametrize("one", [one for one in api.released() if not one.needs_wording], ids=lambda one: one.code)
def test_an_instrument_as_pupils_see_it_names_no_diagnosis(one, language):
    shown = dict(api.presentation(one.code, one.version, age=one.oldest, language=language))
    del shown["code"]
    assert DIAGNOSES.findall(json.dumps(shown, ensure_ascii=False)) == []


@pytest.mark.parametrize("one", api.released(), ids=lambda one: one.code)
def test_bands_and_plain_titles_name_no_diagnosis(one):
    instrument = api.instrument(one.code, one.version)
    said = [(scale.plain, *(band.words for band in scale.bands)) for scale in instrument.scales]
    words = " ".join(f"{one.zh} {one.en}" for group in said for one in group)
    assert DIAGNOSES.findall(words) == []


def test_pages_of_pupils_name_no_diagnosis():
    assert len(_pages()) >= 6
    said = {
        path.name: DIAGNOSES.findall(re.sub(r"\{#.*?#\}|<!--.*?-->", "", path.read_text("utf-8"))) for path in _pages()
    }
    assert {name: words for name, words in said.items() if words} == {}


def test_the_control_a_staff_title_would_be_noticed():
    assert DIAGNOSES.search(api.instrument("gad-7").title.zh)
    assert DIAGNOSES.search(api.instrument("gad-7").title.en)
