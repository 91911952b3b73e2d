"""One cell to one value: width, spaces, dates, sex, and names that keep their rare characters."""

import unicodedata
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from qingyan.people.roster import normalising
from qingyan.people.roster.normalising import EXCEL_DAY_ZERO
from qingyan.people.roster.outcome import Wrong

ANY_CELL = st.one_of(st.none(), st.text(max_size=60), st.floats(), st.booleans(), st.dates())
HAN = st.characters(min_codepoint=0x4E00, max_codepoint=0x9FFF)
RARE = st.sampled_from([chr(0x2CC56), "㛃", chr(0x20000), chr(0x31350), "〇", "䶮"])
SPACES = st.sampled_from([" ", "　", "\u200b", "\ufeff", "\t", "\u00a0", "\u2060"])


def full_width(text: str) -> str:
    """The same in full width: what an input method leaves behind."""
    return "".join(chr(ord(char) + 0xFEE0) if "!" <= char <= "~" else char for char in text)


def outcome(read, *cells):
    """What the reader gives, or the Wrong that it raises; anything else that it raises fails the test."""
    try:
        return read(*cells)
    except Wrong as wrong:
        return wrong


def code(read, *cells) -> str:
    with pytest.raises(Wrong) as caught:
        read(*cells)
    return caught.value.code


@pytest.mark.parametrize("read", [normalising.name, normalising.sex, normalising.ethnicity, normalising.birth_date])
@given(cell=ANY_CELL)
def test_no_cell_whatever_breaks_a_reader(read, cell):
    assert isinstance(outcome(read, cell), str | date | Wrong | None)


@given(name=st.text(st.one_of(HAN, RARE), min_size=1, max_size=20), space=SPACES)
def test_han_names_keep_every_character_and_lose_every_space(name, space):
    composed = unicodedata.normalize("NFC", name)
    assert normalising.name(space + name[:1] + space + name[1:] + space) == composed


@given(ANY_CELL)
def test_reading_a_name_twice_changes_nothing(cell):
    try:
        once = normalising.name(cell)
    except Wrong:
        return
    assert normalising.name(once) == once


@pytest.mark.parametrize(
    ("cell", "name"),
    [
        ("张　三", "张三"),
        ("买买提•艾力", "买买提·艾力"),
        ("买买提・艾力", "买买提·艾力"),
        ("Anna  Maria", "Anna Maria"),
        ("e\u0301milie", "émilie"),
        ("ＡＢ", "ＡＢ"),
        ("㈱", None),
    ],
)
def test_names_are_composed_but_not_folded(cell, name):
    if name is None:
        assert code(normalising.name, cell) == "name_strange_character"
    else:
        assert normalising.name(cell) == name


@pytest.mark.parametrize(
    ("cell", "wrong"),
    [
        ("张?", "name_lost_character"),
        ("张�", "name_lost_character"),
        ("张\ue863", "name_private_character"),
        ("张3", "name_strange_character"),
        ("=张三", "name_strange_character"),
        ("·三", "name_strange_character"),
        ("-cmd", "name_strange_character"),
        ("#REF!", "cell_error"),
        ("字" * 41, "name_too_long"),
        (3.0, "name_strange_character"),
    ],
)
def test_names_that_cannot_be_names_are_told(cell, wrong):
    assert code(normalising.name, cell) == wrong


@given(number=st.integers(min_value=0, max_value=10**15 - 1))
def test_whole_numbers_that_a_spreadsheet_keeps_exactly_become_their_digits(number):
    assert normalising.text_of(float(number)) == str(number)


@given(number=st.floats(min_value=1e15, allow_infinity=True))
def test_numbers_that_have_lost_digits_are_never_read(number):
    assert code(normalising.text_of, number) == "number_lost_digits"


@given(text=st.text(st.characters(min_codepoint=33, max_codepoint=126), min_size=1, max_size=20), space=SPACES)
def test_full_width_and_half_width_are_the_same(text, space):
    try:
        plain = normalising.folded(text)
    except Wrong:
        return
    assert normalising.folded(full_width(text) + space) == plain


@given(st.dates(min_value=date(1970, 1, 1), max_value=date(2049, 12, 31)))
def test_a_date_is_the_same_in_every_notation(day):
    notations = [
        day,
        day.isoformat(),
        f"{day.year}/{day.month}/{day.day}",
        f"{day.year}.{day.month}.{day.day}",
        f"{day:%Y%m%d}",
        float(f"{day:%Y%m%d}"),
        f"{day.year}年{day.month}月{day.day}日",
        float((day - EXCEL_DAY_ZERO) / timedelta(days=1)),
        full_width(day.isoformat()),
        f"{day.isoformat()} 00:00:00",
        f"{day.year}-{day.month}-{day.day} 0:00",
        f"{day.isoformat()}T00:00:00.000",
    ]
    assert {normalising.birth_date(cell) for cell in notations} == {day}


@pytest.mark.parametrize("cell", ["2012-02-30", "2012年13月1日", "20120230"])
def test_days_that_do_not_exist_are_told(cell):
    assert code(normalising.birth_date, cell) == "date_impossible"


@pytest.mark.parametrize("cell", ["12-3-4", "上周", "2012", "3/4/2012", 7.0, 99999.0])
def test_dates_that_could_mean_two_days_are_not_guessed(cell):
    assert code(normalising.birth_date, cell) == "date_unreadable"


@pytest.mark.parametrize(
    ("cell", "sex"),
    [("男", "M"), ("女性", "F"), (" 女生 ", "F"), (1.0, "M"), ("2", "F"), ("Ｍ", "M"), ("", ""), ("未知", "U")],
)
def test_words_for_sex(cell, sex):
    assert normalising.sex(cell) == sex


def test_an_unknown_word_for_sex_is_told():
    assert code(normalising.sex, "南") == "sex_unknown"


@pytest.mark.parametrize(
    ("cell", "group"), [("汉", "汉族"), ("汉族", "汉族"), ("蒙古", "蒙古族"), ("穿青人", "穿青人")]
)
def test_ethnic_groups_get_their_official_name(cell, group):
    assert normalising.ethnicity(cell) == group
    assert normalising.is_known_ethnicity(group)


def test_there_are_fifty_six_ethnic_groups():
    assert len(normalising.ETHNICITIES) == 56
