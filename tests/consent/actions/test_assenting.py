"""A pupil speaks for itself, and only itself; teachers read nothing of it."""

import pytest

from qingyan.consent.actions.assenting import say_for_oneself
from qingyan.consent.contracts import Why, Word
from qingyan.consent.models import AssentEntry
from qingyan.consent.queries.standing import standing
from qingyan.foundation.access.policy import NotVisible
from qingyan.people.api import pupil
from tests.consent.setting import NOW, TODAY


def _why(cast) -> Why:
    actor = cast.pupil_actor()
    return standing(pupil(actor, actor.student_id), "screening", on=TODAY).why


def test_what_a_pupil_says_counts_until_it_is_taken_back(cast, acting):
    actor = cast.pupil_actor()
    with acting(actor):
        assert _why(cast) is Why.OWN_MISSING
        say_for_oneself(purpose="screening", word=Word.NOT_NOW, by=actor, now=NOW)
        assert _why(cast) is Why.OWN_MISSING
        say_for_oneself(purpose="screening", word=Word.AGREED, by=actor, now=NOW.replace(hour=3))
        assert _why(cast) is Why.NOTHING
        say_for_oneself(purpose="screening", word=Word.NOT_NOW, by=actor, now=NOW.replace(hour=4))
        assert _why(cast) is Why.NOTHING
        say_for_oneself(purpose="screening", word=Word.WITHDRAWN, by=actor, now=NOW.replace(hour=5))
        assert _why(cast) is Why.OWN_MISSING


@pytest.mark.parametrize("role", ["homeroom_teacher", "school_admin", "principal", "invigilator"])
def test_no_teacher_sees_that_a_pupil_said_not_now(cast, acting, role):
    with acting(cast.pupil_actor()):
        say_for_oneself(purpose="screening", word=Word.NOT_NOW, by=cast.pupil_actor(), now=NOW)
    with acting(cast.actor(getattr(cast.home, role), cast.home)):
        assert not AssentEntry.objects.exists()
    with acting(cast.actor(cast.home.counsellor, cast.home)):
        assert AssentEntry.objects.count() == 1


def test_nobody_says_it_for_a_pupil(cast, acting):
    by = cast.actor(cast.home.counsellor, cast.home)
    with acting(by), pytest.raises(NotVisible):
        say_for_oneself(purpose="screening", word=Word.AGREED, by=by, now=NOW)
    with acting(cast.pupil_actor()), pytest.raises(ValueError, match="not now"):
        say_for_oneself(purpose="screening", word=Word.REFUSED, by=cast.pupil_actor(), now=NOW)
