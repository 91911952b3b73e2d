"""Stage of schooling, readable colours, years and terms: tables."""

from datetime import date

import pytest

from qingyan.organisations.models import GRADE_NAMES, SchoolKind, Stage
from qingyan.organisations.rules import (
    contrast,
    is_slug,
    readable_under_white,
    stage_of,
    term_faults,
    year_faults,
    year_name,
)

YEAR = (date(2026, 9, 1), date(2027, 8, 31))
OTHERS = [("2026—2027", *YEAR)]


@pytest.mark.parametrize(
    ("grade", "kind", "stage"),
    [
        (0, "kindergarten", "kindergarten"),
        (1, "primary", "primary"),
        (6, "nine_year", "primary"),
        (7, "nine_year", "junior"),
        (9, "complete_secondary", "junior"),
        (10, "complete_secondary", "senior"),
        (12, "senior", "senior"),
        (10, "vocational", "vocational"),
        (8, "special", "junior"),
    ],
)
def test_the_stage_follows_from_grade_and_kind(grade, kind, stage):
    assert stage_of(grade, kind) == stage


def test_every_grade_at_every_kind_of_school_has_a_stage_that_exists():
    for grade in GRADE_NAMES:
        for kind in SchoolKind.values:
            assert stage_of(grade, kind) in Stage.values


@pytest.mark.parametrize("grade", [-1, 13])
def test_there_is_no_other_grade(grade):
    with pytest.raises(ValueError, match="no grade"):
        stage_of(grade, "primary")


@pytest.mark.parametrize(
    ("colour", "ratio"),
    [("#000000", 21.0), ("#ffffff", 1.0), ("#777777", 4.48), ("#767676", 4.54), ("#0000ff", 8.59), ("#ff0000", 4.0)],
)
def test_contrast_is_that_of_the_accessibility_guideline(colour, ratio):
    assert contrast(colour, "#ffffff") == pytest.approx(ratio, abs=0.02)
    assert contrast("#ffffff", colour) == contrast(colour, "#ffffff")


def test_the_line_between_readable_and_too_light_is_4_5():
    assert readable_under_white("#767676")
    assert not readable_under_white("#777777")


def test_a_year_is_named_after_its_first_day():
    assert year_name(date(2027, 9, 1)) == "2027—2028"


@pytest.mark.parametrize(
    ("first", "last", "codes"),
    [
        (date(2027, 9, 1), date(2028, 8, 31), []),
        (date(2027, 9, 1), date(2027, 9, 1), ["ends_before_it_starts"]),
        (date(2027, 9, 1), date(2028, 10, 6), ["year_too_long"]),
        (date(2027, 8, 31), date(2028, 8, 30), ["year_overlaps"]),
        (date(2025, 9, 2), date(2026, 9, 1), ["year_overlaps"]),
        (date(2026, 9, 2), date(2027, 8, 31), ["year_exists"]),
    ],
)
def test_a_year_is_refused_with_its_reason(first, last, codes):
    assert [fault.code for fault in year_faults(first, last, OTHERS)] == codes


@pytest.mark.parametrize(
    ("first", "last", "codes"),
    [
        (date(2027, 2, 20), date(2027, 7, 10), []),
        (date(2027, 2, 20), date(2027, 2, 20), ["ends_before_it_starts"]),
        (date(2026, 8, 31), date(2026, 10, 1), ["outside_the_year"]),
        (date(2027, 2, 20), date(2027, 9, 1), ["outside_the_year"]),
        (date(2027, 1, 22), date(2027, 7, 10), ["term_overlaps"]),
    ],
)
def test_a_term_is_refused_with_its_reason(first, last, codes):
    existing = [(date(2026, 9, 1), date(2027, 1, 22))]
    assert [fault.code for fault in term_faults((first, last), YEAR, existing)] == codes


@pytest.mark.parametrize("text", ["qingshi", "qingshi-zhongxue", "no8", "a" * 40])
def test_what_can_stand_in_an_address(text):
    assert is_slug(text)


@pytest.mark.parametrize(
    "text", ["", "a", "8no", "a" * 41, "Qingshi", "qing shi", "a--b", "-a", "a-", "青石", "a/b", "ab\n"]
)
def test_what_cannot(text):
    assert not is_slug(text)
