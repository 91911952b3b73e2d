"""What the help page says is written by those who answer for it."""

import pytest

from qingyan.concerns.actions.help_note import Reach, keep_help_note
from qingyan.concerns.queries.on_duty import help_note
from qingyan.foundation.access.policy import NotVisible
from qingyan.foundation.access.scope import entered
from tests.concerns.setting import NOW, reader


def test_a_counsellor_writes_how_the_school_is_reached(cast):
    me = reader(cast)
    with entered(me):
        keep_help_note(reach=Reach("12345", "203", "全天"), by=me, now=NOW)
    with entered(cast.pupil_actor()):
        assert help_note(cast.home.school.id).phone == "12345"
    assert help_note(cast.other.school.id).phone == ""


def test_a_homeroom_teacher_does_not(cast):
    teacher = cast.actor(cast.home.homeroom_teacher, cast.home)
    with entered(teacher), pytest.raises(NotVisible):
        keep_help_note(reach=Reach("1", "", ""), by=teacher, now=NOW)
