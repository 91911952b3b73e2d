"""Progress is counted by functions that see no name, no answer and no score, and only as far as the asker may."""

from uuid import uuid4

import pytest
from django.db import ProgrammingError, connection, connections, transaction
from django.utils import timezone

from qingyan.foundation.access.policy import NotVisible
from qingyan.foundation.access.scope import entered
from qingyan.people.models import Student
from qingyan.screening.actions import answers
from qingyan.screening.contracts import HandIn
from qingyan.screening.queries.progress import class_here, progress_here, progress_in_city, pupils_of
from tests.screening.setting import begun, city_round, school_round, signed_in


def hand_in(campaign, student, *codes):
    by = signed_in(student)
    with entered(by):
        for code in codes:
            sitting = begun(campaign, code, by)
            answers.finish(handed=HandIn(sitting.id, uuid4()), by=by, now=timezone.now())


def start(campaign, student, code):
    by = signed_in(student)
    with entered(by):
        begun(campaign, code, by)


def counts(lines):
    return {
        str(line.school_class): (line.progress.invited, line.progress.started, line.progress.finished) for line in lines
    }


def here(cast, account, campaign, place=None):
    actor = cast.actor(account, place or cast.home)
    with entered(actor):
        return counts(progress_here(actor, campaign))


def test_a_class_counts_invited_started_and_finished(cast):
    campaign = city_round(cast, "scl-90", "gad-7")
    hand_in(campaign, cast.home.pupils_a[0], "scl-90", "gad-7")
    hand_in(campaign, cast.home.pupils_a[1], "scl-90")
    hand_in(campaign, cast.other.pupil, "scl-90", "gad-7")
    assert here(cast, cast.home.counsellor, campaign) == {"高一（1）班": (3, 2, 1)}


def test_a_class_whose_grade_is_not_asked_is_not_listed(cast):
    campaign = city_round(cast, "gad-7", grades=(8, 9))
    assert here(cast, cast.home.principal, campaign) == {"八年级（2）班": (2, 0, 0)}


def test_who_left_the_school_unasked_is_not_invited(cast):
    campaign = city_round(cast, "scl-90")
    with entered(cast.platform()):
        Student.objects.filter(id=cast.home.pupils_a[2].id).update(state="left")
    assert here(cast, cast.home.counsellor, campaign) == {"高一（1）班": (2, 0, 0)}


def test_who_moved_away_after_handing_in_still_counts_in_the_old_class(cast):
    campaign = city_round(cast, "scl-90")
    hand_in(campaign, cast.home.pupils_a[2], "scl-90")
    with entered(cast.platform()):
        Student.objects.filter(id=cast.home.pupils_a[2].id).update(school_class=cast.home.class_b)
    assert here(cast, cast.home.counsellor, campaign) == {"高一（1）班": (3, 1, 1)}


def test_a_homeroom_teacher_counts_the_own_class_only(cast):
    campaign = city_round(cast, "gad-7", grades=(8, 12))
    assert here(cast, cast.home.homeroom_teacher, campaign) == {"高一（1）班": (3, 0, 0)}


def test_another_schools_round_shows_nothing_here(cast):
    campaign = school_round(cast, "scl-90", place=cast.other)
    assert here(cast, cast.home.counsellor, campaign) == {}
    assert here(cast, cast.other.counsellor, campaign, cast.other) == {"高一（1）班": (3, 0, 0)}


def test_without_the_sight_of_progress_the_function_counts_nothing(cast):
    campaign = city_round(cast, "scl-90")
    with entered(signed_in(cast.home.pupil)), connection.cursor() as cursor:
        cursor.execute("SELECT * FROM counting.screening_progress_here(%s)", [campaign.id])
        assert cursor.fetchall() == []


def test_the_app_may_not_count_the_whole_city(cast):
    campaign = city_round(cast, "scl-90")
    with (
        entered(cast.actor(cast.home.counsellor, cast.home)),
        connection.cursor() as cursor,
        pytest.raises(ProgrammingError, match="permission denied"),
        transaction.atomic(),
    ):
        cursor.execute("SELECT * FROM counting.screening_progress(%s)", [campaign.id])


def test_done_or_not_done_of_each_pupil_is_for_few(cast):
    campaign = city_round(cast, "scl-90", "gad-7")
    hand_in(campaign, cast.home.pupils_a[0], "scl-90")
    teacher = cast.actor(cast.home.homeroom_teacher, cast.home)
    with entered(teacher):
        rows = {row.name: (row.done, row.asked) for row in pupils_of(teacher, campaign, cast.home.class_a)}
        assert class_here(teacher, cast.home.class_b.id) is None
    assert rows == {"陈雨桐": (1, 2), "陈雨晴": (0, 2), "陈雨岚": (0, 2)}
    principal = cast.actor(cast.home.principal, cast.home)
    with entered(principal), pytest.raises(NotVisible):
        pupils_of(principal, campaign, cast.home.class_a)


def test_the_city_counts_every_school_over_the_bureaus_connection(committed_cast):
    cast = committed_cast
    with transaction.atomic():
        campaign = city_round(cast, "scl-90")
        hand_in(campaign, cast.home.pupils_a[0], "scl-90")
        start(campaign, cast.far.pupils_a[0], "scl-90")
    officer = cast.actor(cast.city_officer)
    with transaction.atomic(), entered(officer):
        lines = {line.school.slug: line for line in progress_in_city(officer, campaign)}
    connections["bureau"].close()
    assert {slug: (line.invited, line.started, line.finished) for slug, line in lines.items()} == {
        "qingshi": (3, 1, 1),
        "baisha": (3, 0, 0),
        "yunling": (3, 1, 0),
    }
    assert lines["qingshi"].share == 33


def test_the_counting_functions_belong_to_a_role_that_reads_no_name_and_no_answer(owner_connection):
    with owner_connection.cursor() as cursor:
        cursor.execute(
            "SELECT DISTINCT pg_get_userbyid(p.proowner), p.prosecdef, array_to_string(p.proconfig, ',') "
            "FROM pg_proc p WHERE p.pronamespace = 'counting'::regnamespace"
        )
        assert cursor.fetchall() == [("qingyan_counter", True, "search_path=pg_catalog, pg_temp")]
        for table, column in (
            ("people_student", "name"),
            ("people_student", "birth_date"),
            ("screening_answersheet", "answers"),
            ("screening_result", "values"),
        ):
            cursor.execute("SELECT has_column_privilege('qingyan_counter', %s, %s, 'SELECT')", [table, column])
            assert cursor.fetchone() == (False,), f"{table}.{column}"
