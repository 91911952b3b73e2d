"""The leader as second reader, where the school has one counsellor: the reason's kind, none of its words."""

import pytest
from django.urls import reverse
from django.utils import timezone

from qingyan.alerts.actions.acknowledging import acknowledge, locked
from qingyan.alerts.actions.closing import Closing, close
from qingyan.alerts.actions.reviewing import answer_proposal, proposals
from qingyan.alerts.models import Alert
from qingyan.alerts.rules.closing import Reason
from qingyan.archives import api as archives
from qingyan.foundation.access.policy import NotVisible
from qingyan.foundation.access.scope import entered
from qingyan.foundation.audit.models import AuditEntry
from tests.alerts.setting import alerted, browser, counsellor

NOTE = "和他谈过，是点错了"


@pytest.fixture
def proposed(cast) -> Alert:
    """A red alert that the only counsellor wants to seal."""
    alert, by, now = alerted(cast), counsellor(cast), timezone.now()
    with entered(by):
        acknowledge(alert=locked(by, alert.id), by=by, note="", now=now)
        return close(alert=locked(by, alert.id), closing=Closing(Reason.FALSE, NOTE), by=by, now=now)


def test_the_leader_sees_who_and_which_reason_and_none_of_the_words_and_confirms(cast, proposed):
    leader = browser(cast.home.principal)
    page = leader.get(reverse("alerts:duty", kwargs={"slug": "qingshi"})).content.decode()
    assert (cast.home.pupil.name in page, "误报" in page, NOTE in page, "第 15 题" in page) == (
        True,
        True,
        False,
        False,
    )
    with entered(cast.platform()):
        assert AuditEntry.objects.filter(action="alert.review_read", student_id=proposed.student_id).count() == 1
    leader.post(reverse("alerts:leader_review", kwargs={"slug": "qingshi", "alert_id": proposed.id}), {"do": "confirm"})
    by = counsellor(cast)
    with entered(by):
        stored = Alert.objects.get(id=proposed.id)
        assert (stored.state, stored.second_reader_id) == ("sealed", cast.home.principal.id)
        assert archives.entries_of(by, proposed.student_id) == []


def test_the_leader_may_return_it(cast, proposed):
    by = cast.actor(cast.home.principal, cast.home)
    with entered(by):
        assert answer_proposal(alert_id=proposed.id, agrees=False, by=by, now=timezone.now()).state == "acknowledged"


def test_a_counsellor_reads_it_on_its_own_page_and_strangers_find_nothing(cast, proposed):
    by = counsellor(cast)
    with entered(by):
        assert proposals(by=by, now=timezone.now()) == []
    for actor in (cast.actor(cast.other.principal, cast.other), cast.actor(cast.home.homeroom_teacher, cast.home)):
        with entered(actor):
            assert proposals(by=actor, now=timezone.now()) == []
            with pytest.raises(NotVisible):
                answer_proposal(alert_id=proposed.id, agrees=True, by=actor, now=timezone.now())
