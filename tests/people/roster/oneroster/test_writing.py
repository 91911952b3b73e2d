"""What goes out: OneRoster 1.2 with its columns, in bulk, every reference inside the set, and nothing about health."""

import csv
import io
import zipfile

from qingyan.people.roster.examination import examine
from qingyan.people.roster.oneroster.layout import ALL_FILES, COLUMNS
from qingyan.people.roster.oneroster.writing import package
from tests.people.roster.files import EXPECTED, identity_number
from tests.people.roster.oneroster.sets import BORN, CLASSES, PLACE, good, pupil, pupils


def files(content: bytes) -> dict[str, list[dict[str, str]]]:
    with zipfile.ZipFile(io.BytesIO(content)) as made:
        return {name: list(csv.DictReader(io.StringIO(made.read(name).decode()))) for name in made.namelist()}


def test_the_manifest_names_every_file_of_the_standard_once():
    said = {line["propertyName"]: line["value"] for line in files(good())["manifest.csv"]}
    assert said["oneroster.version"] == "1.2"
    assert {name for name in said if name.startswith("file.")} == {f"file.{name}" for name in ALL_FILES}
    assert {name for name in ALL_FILES if said[f"file.{name}"] == "bulk"} == set(COLUMNS)
    assert set(files(good())) == {"manifest.csv", *(f"{name}.csv" for name in COLUMNS)}


def test_every_reference_points_into_the_set():
    made = files(good(5))
    keys = {name: {line["sourcedId"] for line in lines} for name, lines in made.items() if name != "manifest.csv"}
    for line in made["enrollments.csv"]:
        assert line["userSourcedId"] in keys["users.csv"]
        assert line["classSourcedId"] in keys["classes.csv"]
    for line in made["classes.csv"]:
        assert line["courseSourcedId"] in keys["courses.csv"]
        assert line["termSourcedIds"] in keys["academicSessions.csv"]
    assert {line["orgSourcedId"] for line in made["roles.csv"]} == keys["orgs.csv"]
    assert keys["demographics.csv"] == keys["users.csv"]
    assert all(len(keys[name]) == len(lines) for name, lines in made.items() if name in keys)


def test_the_identity_number_goes_out_only_for_who_has_no_other():
    number = identity_number(1, BORN)
    both, alone = pupil(1, id_number=number), pupil(2, student_number="", id_number=number, id_kind="居民身份证")
    users = files(package(PLACE, CLASSES, [both, alone]))["users.csv"]
    assert users[0]["userIds"] == ""
    assert users[0]["identifier"] == both.student_number
    assert users[1]["userIds"] == f"{{identity:{number}}}"


def test_what_goes_out_comes_in_as_it_was():
    sent = [*pupils(4), pupil(5, name="阿依古丽·买买提", sex="U", ethnicity=""), pupil(6, birth_date=None)]
    found = examine(package(PLACE, CLASSES, sent), EXPECTED)
    assert (found.refusal, found.bad) == (None, [])
    assert [(row.name, row.student_number) for row in found.rows] == [(one.name, one.student_number) for one in sent]
    assert found.rows[4].sex == "U"


def test_the_same_pupils_make_the_same_bytes():
    assert good() == good()
