"""counting.elsewhere answers one question, for exact hashes, within bounds, and tells a stranger nothing else."""

import os
from uuid import uuid4

import pytest
from django.db import DataError, ProgrammingError, connection, transaction

from qingyan.foundation.access.scope import entered
from qingyan.people.models import Student
from qingyan.people.queries import elsewhere
from qingyan.people.queries.elsewhere import NotAnswered, mark_of, school_behind, tokens
from qingyan.people.rules.city_identity import city_identity

NUMBER = "15030120100504001X"


def numbered(cast, place, *, state="enrolled", **numbers):
    with entered(cast.platform(place)):
        pupil = Student.objects.get(pk=place.pupil.id)
        for name, value in numbers.items():
            setattr(pupil, name, value)
        pupil.state = state
        pupil.save()
    return pupil


def asker(cast, place=None):
    place = place or cast.other
    return cast.actor(place.school_admin, place)


def test_a_pupil_of_another_school_is_found_by_either_number_and_only_as_a_token(cast):
    numbered(cast, cast.home, student_number=f"G{NUMBER}", id_number=None)
    with entered(asker(cast)):
        mark = mark_of(NUMBER, "")
        found = tokens([mark, mark_of("150301201005040028", "")])
        assert set(found) == {mark}
        assert found[mark] not in (cast.home.pupil.id, cast.home.school.id)
        assert not Student.objects.filter(school=cast.home.school).exists()
        assert school_behind(found[mark]) == cast.home.school.id


def test_ones_own_pupils_and_those_who_are_at_no_school_are_not_found(cast):
    numbered(cast, cast.other, id_number=NUMBER)
    with entered(asker(cast)):
        assert tokens([mark_of(NUMBER, "")]) == {}
    with entered(asker(cast, cast.home)):
        assert len(tokens([mark_of(NUMBER, "")])) == 1
    for state in ("left", "graduated", "merged"):
        numbered(cast, cast.other, id_number=NUMBER, state=state)
        with entered(asker(cast, cast.home)):
            assert tokens([mark_of(NUMBER, "")]) == {}


def test_a_name_a_birthday_or_part_of_a_hash_finds_nobody(cast):
    pupil = numbered(cast, cast.home, id_number=NUMBER)
    with entered(asker(cast)):
        for text in (pupil.name, "2010-05-04", NUMBER[:17], f"{NUMBER}0"):
            assert tokens([mark_of(text, "")]) == {}
        for crooked in ([mark_of(NUMBER, "")[:31]], [b""], [b"%" * 5]):
            with pytest.raises(DataError), transaction.atomic():
                tokens(crooked)
        assert tokens([bytes(32), os.urandom(32)]) == {}
        assert len(tokens([mark_of(NUMBER, "")])) == 1


def test_without_the_city_s_key_a_known_number_gives_no_hash_that_finds(cast):
    numbered(cast, cast.home, id_number=NUMBER)
    with entered(cast.platform(cast.home)):
        own = bytes(Student.objects.get(pk=cast.home.pupil.id).id_number_index)
    with entered(asker(cast)):
        assert tokens([own]) == {}
        assert own != mark_of(NUMBER, "")


@pytest.mark.parametrize("who", ["counsellor", "homeroom_teacher", "principal", "invigilator"])
def test_only_who_sees_the_roster_may_ask(cast, who):
    by = cast.actor(getattr(cast.other, who), cast.other)
    with entered(by), pytest.raises(ProgrammingError, match=r"roster|denied"):
        tokens([mark_of(NUMBER, "")])


def test_a_pupil_s_scope_and_no_scope_may_not_ask(cast):
    with pytest.raises(ProgrammingError, match="denied"), transaction.atomic(), entered(cast.pupil_actor()):
        tokens([bytes(32)])
    with pytest.raises(ProgrammingError, match="no sight"), transaction.atomic():
        tokens([bytes(32)])


def test_a_token_opens_nothing_for_another_school_and_dies_with_the_answer(cast):
    numbered(cast, cast.home, id_number=NUMBER)
    with entered(asker(cast)):
        token = tokens([mark_of(NUMBER, "")])[mark_of(NUMBER, "")]
    with entered(asker(cast, cast.far)):
        assert school_behind(token) is None
        assert school_behind(uuid4()) is None
    numbered(cast, cast.home, id_number=NUMBER, state="left")
    with entered(asker(cast)):
        assert school_behind(token) is None


def test_a_day_has_a_bound_for_each_school_and_what_is_refused_counts_too(cast):
    numbered(cast, cast.home, id_number=NUMBER)
    guesses = [number.to_bytes(32) for number in range(2000)]
    with entered(asker(cast)):
        for _ in range(15):
            assert tokens(guesses) == {}
        with pytest.raises(NotAnswered):
            tokens([mark_of(NUMBER, "")])
    with entered(asker(cast, cast.far)):
        assert len(tokens([mark_of(NUMBER, "")])) == 1, "another school has its own day"


def test_more_than_two_thousand_at_once_are_refused_by_the_database_itself(cast, monkeypatch):
    monkeypatch.setattr(elsewhere, "AT_ONCE", 5000)
    with entered(asker(cast)), pytest.raises(DataError, match="2000"):
        tokens([number.to_bytes(32) for number in range(2001)])


def test_the_app_can_neither_read_nor_write_what_was_asked(cast):
    for statement in (
        "SELECT * FROM counting.lookup",
        "DELETE FROM counting.lookup",
        "UPDATE counting.lookup SET asked = 0",
        "SELECT * FROM counting.lookup_token",
        "SELECT counting.asking_school()",
    ):
        with (
            pytest.raises(ProgrammingError, match="denied"),
            transaction.atomic(),
            entered(asker(cast)),
            connection.cursor() as cursor,
        ):
            cursor.execute(statement)


def test_the_index_follows_both_numbers_and_is_the_same_at_every_school(cast):
    one = numbered(cast, cast.home, id_number=NUMBER)
    two = numbered(cast, cast.other, id_number=None, student_number=f"G{NUMBER}")
    assert one.city_index == two.city_index == mark_of(NUMBER, "")
    assert one.city_identity == city_identity(NUMBER, None)
    assert numbered(cast, cast.other, student_number=None).city_index is None
