"""Scoring of data files, against published data with totals of their own and figures computed elsewhere."""

import csv
import gzip
from collections import Counter

import pytest

from qingyan.instruments import api
from qingyan.instruments.contracts import Comparison, UnknownLayout


@pytest.fixture
def file_of(tmp_path):
    def write(text: str, name: str = "answers.csv", encoding: str = "utf-8"):
        path = tmp_path / name
        data = text.encode(encoding)
        path.write_bytes(gzip.compress(data) if name.endswith(".gz") else data)
        return path

    return write


HEADER = ",".join(f"q{n}" for n in range(1, 8))


def test_a_plain_file_is_scored_line_by_line(file_of):
    scored = api.score_file("gad-7", file_of(f"{HEADER}\n1,1,1,1,1,1,1\n3,3,3,3,3,3,3\n1,1,1,1,1,,\n"))
    assert scored.columns == ("line", "total", "total.band", "screen")
    assert list(scored.rows) == [(2, 7, "mild", "negative"), (3, 21, "severe", "positive"), (4, None, "", "")]
    assert (scored.instrument, scored.version, scored.profile, scored.count) == ("gad-7", "1.0", "item_ids", 3)


def test_an_offset_shifts_answers_coded_one_too_high(file_of):
    scored = api.score_file("gad-7", file_of(f"{HEADER}\n1,1,1,1,1,1,4\n"), offset=-1)
    assert next(scored.rows) == (2, 3, "none", "negative")


@pytest.mark.parametrize("line", ["0,0,0,0,0,0,5", "0,0,0,0,0,0,x", "0,0,0"])
def test_a_bad_line_is_told_and_left_unscored(file_of, line):
    scored = api.score_file("gad-7", file_of(f"{HEADER}\n{line}\n1,1,1,1,1,1,1\n"))
    assert list(scored.rows) == [(2, None, "", ""), (3, 7, "mild", "negative")]
    assert scored.notes[1].startswith("1 lines not scored: line 2: ")


def test_a_named_rule_is_used(file_of):
    scored = api.score_file("gad-7", file_of(f"{HEADER}\n1,1,1,1,1,1,1\n"), rule="hong_kong_15_24")
    assert next(scored.rows)[-1] == "positive"


def test_a_file_of_a_gated_instrument_says_how_empty_cells_are_taken(file_of):
    header = ",".join(f"q{n}" for n in range(1, 14))
    scored = api.score_file("phq-a", file_of(f"{header}\n1,1,1,1,1,1,1,1,,0,0,,\n"))
    assert next(scored.rows)[1] == 8
    assert scored.notes[1] == "ages are not read: an empty cell of an age-gated item counts as not asked"


@pytest.mark.parametrize(("name", "encoding"), [("a.csv.gz", "utf-8"), ("a.csv", "gb18030"), ("a.csv", "utf-8-sig")])
def test_packed_files_and_chinese_encodings_are_read(file_of, name, encoding):
    scored = api.score_file("gad-7", file_of(f"{HEADER},班级\n1,1,1,1,1,1,1,三班\n", name, encoding))
    assert next(scored.rows)[1] == 7


@pytest.mark.parametrize("text", ["", "a,b\n1,2\n"])
def test_a_file_of_another_layout_is_refused(file_of, text):
    with pytest.raises(UnknownLayout):
        api.score_file("gad-7", file_of(text))


def test_a_stored_total_that_differs_is_counted_as_unequal(file_of):
    names = api.instrument("dass-42").import_profiles[0].columns
    text = ",".join((*names, "Depression")) + "\n" + "1," * 42 + "14\n" + "1," * 42 + "15\n" + "2," * 42 + "\n"
    assert api.score_file("dass-42", file_of(text)).comparisons == (Comparison("Depression", "depression", 1, 2),)


def test_dass_42_reproduces_every_stored_total(data_folder):
    scored = api.score_file("dass-42", data_folder / "r" / "paytonjjones_networktree__dass.csv.gz")
    assert scored.profile == "openpsychometrics_named"
    assert scored.comparisons == (
        Comparison("Depression", "depression", 5000, 5000),
        Comparison("Anxiety", "anxiety", 5000, 5000),
        Comparison("Stress", "stress", 5000, 5000),
    )
    assert scored.notes == ("5000 lines, layout openpsychometrics_named, offset -1",)


def test_phq_9_meets_the_figures_of_the_national_survey(data_folder):
    path = data_folder / "nhanes" / "nhanes_dpq_2005_2020.csv.gz"
    scored = api.score_file("phq-9", path)
    with gzip.open(path, "rt", encoding="utf-8", newline="") as lines:
        people = list(csv.DictReader(lines))
    names = [f"DPQ0{n}0" for n in range(1, 10)]
    answers = [[p[n] for n in names] for p in people]
    rows = [dict(zip(scored.columns, row, strict=True)) for row in scored.rows]
    assert scored.profile == "nhanes"
    assert len(rows) == len(people) == 43928

    complete = [i for i, sheet in enumerate(answers) if all(cell in {"0", "1", "2", "3"} for cell in sheet)]
    assert len(complete) == 39467
    assert all(rows[i]["total"] == sum(int(cell) for cell in answers[i]) for i in complete)
    ninth = [i for i in complete if answers[i][8] != "0"]
    assert round(100 * len(ninth) / len(complete), 2) == 3.79
    below = [i for i in ninth if rows[i]["screen"] == "negative"]
    assert round(100 * len(below) / len(ninth)) == 34
    assert all(rows[i]["total"] < 10 for i in below)


def test_phq_9_makes_up_for_one_or_two_missing_answers_only(data_folder):
    path = data_folder / "nhanes" / "nhanes_dpq_2005_2020.csv.gz"
    scored = api.score_file("phq-9", path)
    with gzip.open(path, "rt", encoding="utf-8", newline="") as lines:
        gaps = [sum(p[f"DPQ0{n}0"] not in {"0", "1", "2", "3"} for n in range(1, 10)) for p in csv.DictReader(lines)]
    rows = list(scored.rows)
    assert all((row[1] is None) == (missing > 2) for row, missing in zip(rows, gaps, strict=True))
    bands = Counter(row[2] for row in rows)
    # The same counts come from a separate decimal computation of sum * 9 / answered, rounded half up.
    assert bands == {"none": 29739, "mild": 6370, "moderate": 2214, "marked": 932, "severe": 376, "": 4297}
