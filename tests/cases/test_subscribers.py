"""Cases hears of changed classes inside the transaction: what cannot be passed on undoes the change."""

from unittest.mock import patch

import pytest
from django.db import connection, transaction
from django.utils import timezone

from qingyan.cases.models import SupportCard
from qingyan.cases.subscribers import on_classes_changed
from qingyan.foundation.access.scope import entered
from qingyan.people.actions import schooling
from qingyan.people.events import ClassesChanged
from qingyan.people.models import Student
from tests.cases.actions.test_supporting import carded


def test_a_school_without_cards_and_errands_costs_three_questions(cast, django_assert_num_queries):
    event = ClassesChanged(cast.far.school.id, timezone.now())
    with django_assert_num_queries(5), connection.cursor() as cursor:  # two of them enter and leave the scope
        on_classes_changed(event, cursor)


def test_what_cannot_be_passed_on_undoes_the_change(cast):
    carded(cast)
    admin, now = cast.actor(cast.home.school_admin, cast.home), timezone.now()
    step = {"verb": "take_leave", "on": timezone.localdate(now)}
    broken = patch("qingyan.cases.subscribers.pass_on_school", side_effect=RuntimeError("broken"))
    with broken, pytest.raises(RuntimeError), transaction.atomic(), entered(admin):
        schooling.take_step(student=cast.home.pupil, **step, by=admin, now=now)
    with entered(cast.platform()):
        assert Student.objects.get(id=cast.home.pupil.id).state == "enrolled"
        assert SupportCard.objects.get().withdrawn_at is None
