"""Two files of one pupil become one: what guardians and the pupil said goes with them."""

from qingyan.consent.actions.assenting import say_for_oneself
from qingyan.consent.actions.recording import Answered, key_in
from qingyan.consent.contracts import Word
from qingyan.consent.models import AssentEntry, ConsentEntry
from qingyan.foundation.access.scope import entered
from qingyan.people.actions import merging
from tests.consent.setting import NOW, TODAY, publish
from tests.factories.city import make_pupil


def test_the_ledger_goes_with_the_pupil(cast):
    publish(cast)
    admin, old = cast.actor(cast.home.school_admin, cast.home), cast.home.pupil
    with entered(cast.pupil_actor()):
        say_for_oneself(purpose="screening", word=Word.AGREED, by=cast.pupil_actor(), now=NOW)
    with entered(admin):
        paper = Answered(old.id, Word.AGREED, TODAY)
        key_in(school_class=cast.home.class_a, purpose="screening", papers=[paper], by=admin, now=NOW)
    with entered(cast.platform()):
        twin = make_pupil(cast.home.class_b, old.name, 2010)
        twin.student_number = None
        twin.save()
    with entered(admin):
        merging.merge(survivor=twin, other=old, by=admin, now=NOW)
    with entered(cast.platform()):
        assert ConsentEntry.objects.get().student_id == twin.id
        assert AssentEntry.objects.get().student_id == twin.id
