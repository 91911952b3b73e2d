"""From a OneRoster set to rows of the register: whose, in which class, and what is refused."""

from datetime import date

import pytest

from qingyan.people.roster.examination import examine
from qingyan.people.roster.oneroster.writing import package
from tests.people.roster.files import EXPECTED, identity_number
from tests.people.roster.oneroster.sets import BORN, CLASSES, PLACE, changed, good, pupil, swap


def rows(content):
    found = examine(content, EXPECTED)
    assert found.refusal is None, found.refusal
    return found.rows


def test_a_pupil_comes_with_name_number_birthday_sex_and_class():
    row = rows(good(1))[0]
    number = f"G{identity_number(1, BORN)}"
    assert (row.line, row.name, row.student_number, row.birth_date) == (2, pupil(1).name, number, BORN)
    assert (row.sex, row.ethnicity, row.grade, row.class_number) == ("M", "汉族", 8, 2)


def test_a_set_of_another_maker_without_our_columns_is_understood():
    plain = changed(
        good(1),
        {
            "users.csv": lambda text: text.replace("metadata.qingyan.fullName", "metadata.x.y"),
            "classes.csv": swap(",八年级（2）班,08,", ",八年级（2）班,,"),
        },
        leave_out=("demographics.csv",),
    )
    plain = changed(plain, {"manifest.csv": swap("file.demographics,bulk", "file.demographics,absent")})
    row = rows(plain)[0]
    assert (row.name, row.grade, row.class_number, row.birth_date) == (pupil(1).name, 8, 2, None)


def test_the_identity_number_may_be_the_identifier_or_among_the_user_ids():
    number = identity_number(1, BORN)
    alone = package(PLACE, CLASSES, [pupil(1, student_number="", id_number=number, id_kind="居民身份证")])
    assert (rows(alone)[0].id_number, rows(alone)[0].student_number) == (number, "")
    bare = package(PLACE, CLASSES, [pupil(1, student_number=number)])
    assert (rows(bare)[0].id_number, rows(bare)[0].student_number) == (number, "")


def test_a_guardian_of_the_set_is_the_pupil_s_first():
    content = changed(
        package(PLACE, CLASSES, [pupil(1), pupil(2, key="g1", name="王芳", student_number="")]),
        {
            "roles.csv": swap("role-g1,,,g1,primary,student", "role-g1,,,g1,primary,parent"),
            "users.csv": lambda text: _with_agent(text, "u1", "g1"),
        },
    )
    row = rows(content)[0]
    assert (row.guardian_name, row.guardian_phone) == ("王芳", "13800000001")
    assert len(rows(content)) == 1


def _with_agent(text: str, pupil_key: str, agent: str) -> str:
    head, *lines = text.splitlines()
    titles = head.split(",")
    out = [head]
    for line in lines:
        cells = line.split(",")
        if cells[0] == pupil_key:
            cells[titles.index("agentSourcedIds")] = agent
        if cells[0] == agent:
            cells[titles.index("phone")] = "13800000001"
        out.append(",".join(cells))
    return "\r\n".join(out)


def test_who_has_left_the_class_or_comes_later_is_not_in_it():
    ended = changed(good(1), {"enrollments.csv": swap(",2026-09-01,", ",2026-09-01,2026-10-01")})
    found = examine(ended, EXPECTED)
    assert [one.code for one in found.problems] == ["required"]
    later = changed(good(1), {"enrollments.csv": swap(",2026-09-01,", ",2027-01-01,")})
    assert examine(later, EXPECTED).rows == []
    assert len(examine(good(1), EXPECTED).rows) == 1


def test_two_classes_at_once_are_shown_and_not_guessed():
    twice = changed(good(1), {"enrollments.csv": lambda text: text + "e9,,,c1,qingyan,u1,student,false,,\r\n"})
    found = examine(twice, EXPECTED)
    assert [one.code for one in found.problems] == ["class_unreadable"]
    primary = changed(good(1), {"enrollments.csv": lambda text: text + "e9,,,c1,qingyan,u1,student,true,,\r\n"})
    assert rows(primary)[0].grade == 7


def test_deleted_records_and_staff_are_no_pupils():
    content = changed(
        good(3),
        {
            "users.csv": swap("\r\nu1,,", "\r\nu1,tobedeleted,"),
            "roles.csv": swap("role-u2,,,u2,primary,student", "role-u2,,,u2,primary,teacher"),
        },
    )
    assert [row.student_number for row in rows(content)] == [pupil(3).student_number]


def test_pupils_of_other_schools_in_the_set_are_left_out():
    content = changed(
        good(3),
        {
            "orgs.csv": lambda text: text + "other,,,别的学校,school,,\r\n",
            "roles.csv": swap("role-u2,,,u2,primary,student,,,qingyan,", "role-u2,,,u2,primary,student,,,other,"),
        },
    )
    assert len(rows(content)) == 2


@pytest.mark.parametrize(
    ("code", "changes"),
    [
        ("whole_other_school", {"orgs.csv": swap("青檐中学", "别的学校")}),
        ("oneroster_no_school", {"orgs.csv": swap(",school,", ",district,")}),
        ("oneroster_no_homeroom", {"classes.csv": swap("homeroom,,", "scheduled,,")}),
        ("oneroster_other_year", {"academicSessions.csv": swap("2026-09-01,2027-09-01", "2025-09-01,2026-09-01")}),
        ("oneroster_date", {"academicSessions.csv": swap("2026-09-01", "01.09.2026")}),
        ("oneroster_date", {"enrollments.csv": swap("2026-09-01", "2026-13-01")}),
        ("oneroster_twice", {"users.csv": swap("\r\nu2,", "\r\nu1,")}),
        ("oneroster_no_id", {"users.csv": swap("\r\nu2,", "\r\n,")}),
        ("oneroster_reference", {"enrollments.csv": swap(",u2,", ",nobody,")}),
        ("oneroster_reference", {"enrollments.csv": swap(",c2,", ",nothing,")}),
        ("oneroster_reference", {"roles.csv": swap(",u2,", ",nobody,")}),
        ("oneroster_reference", {"classes.csv": swap("year-2026", "year-1999")}),
        ("no_rows", {"roles.csv": swap(",student,", ",teacher,")}),
    ],
)
def test_a_set_that_does_not_hold_together_is_refused(code, changes):
    assert examine(changed(good(), changes), EXPECTED).refusal.code == code
    assert examine(good(), EXPECTED).refusal is None


def test_a_session_of_the_first_term_counts_as_this_year():
    term = changed(good(), {"academicSessions.csv": swap("2026-09-01,2027-09-01", "2026-08-25,2027-01-20")})
    assert len(rows(term)) == 3
    assert EXPECTED.today == date(2026, 11, 24)
