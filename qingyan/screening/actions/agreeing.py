"""Before a sitting begins: the guardian's and the pupil's consent, asked of the consent domain, on the server.

Decides nothing of its own: consent says what stands; here it is asked, and what the pupil says at the notice is kept.
"""

from datetime import date, datetime

from django.utils import timezone

from qingyan.consent import api as consent
from qingyan.foundation.access.actor import Actor
from qingyan.foundation.access.policy import NotVisible
from qingyan.people import api as people
from qingyan.screening.queries.tests import Test


class NotYet(Exception):
    """Nothing may begin; `why` says what is lacking (consent.Why)."""

    def __init__(self, why: consent.Why) -> None:
        super().__init__(why.value)
        self.why = why


def standing_of(actor: Actor, *, on: date) -> consent.Standing:
    """What stands for the pupil who acts, for screening. Raises NotVisible when there is no such pupil."""
    pupil = people.pupil(actor, actor.student_id) if actor.student_id else None
    if pupil is None:
        raise NotVisible("no pupil")
    return consent.standing(pupil, consent.SCREENING, on=on)


def settle(*, test: Test, assents: bool, by: Actor, now: datetime) -> None:
    """Let the sitting begin, or raise NotYet. A pupil who is asked and agrees now is recorded as having agreed."""
    stands = standing_of(by, on=timezone.localdate(now))
    if not stands.may_be_asked:
        raise NotYet(stands.why)
    if stands.needs_own and assents:
        _say(consent.Word.AGREED, test, by=by, now=now)
    elif not stands.may_begin:
        raise NotYet(stands.why)


def not_now(*, test: Test, by: Actor, now: datetime) -> None:
    """The pupil does not want to take part now: kept apart from everything that teachers read; binds nobody."""
    _say(consent.Word.NOT_NOW, test, by=by, now=now)


def take_back(*, by: Actor, now: datetime) -> None:
    """The pupil takes the own assent back: nothing new begins before it is given again."""
    consent.say_for_oneself(purpose=consent.SCREENING, word=consent.Word.WITHDRAWN, by=by, now=now)


def _say(word: consent.Word, test: Test, *, by: Actor, now: datetime) -> None:
    asked = consent.text_asked(by.school_id, consent.SCREENING) if by.school_id else None
    text = test.consent_text or (asked.id if asked else None)
    consent.say_for_oneself(purpose=consent.SCREENING, word=word, by=by, now=now, about=test.campaign, text=text)
