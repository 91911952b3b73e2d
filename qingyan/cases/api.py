"""The front door of cases: begin one, how many ask for this person today, and their words for papers."""

from datetime import datetime
from uuid import UUID

from django.utils import timezone
from django.utils.translation import gettext as _

from qingyan.cases.actions import referring
from qingyan.cases.actions.looking import look_at_list, open_panels, open_papers, open_referrals
from qingyan.cases.actions.opening import AlreadyOpen, NoCounsellor, open_case, open_from_alert
from qingyan.cases.contracts import (
    CaseFacts,
    CaseTrace,
    LetterCodes,
    MeetingFacts,
    MonthFacts,
    NewSource,
    ReferralFacts,
    TalkFacts,
)
from qingyan.cases.queries import errands, facts, glasses, handovers, leader, leaves, lists, threads
from qingyan.cases.queries.clocks import span_counts, todo_clocks
from qingyan.cases.queries.referrals import FAULTS
from qingyan.cases.queries.traces import traces
from qingyan.foundation.access.actor import Actor
from qingyan.foundation.pure.printed_codes import printed
from qingyan.foundation.pure.workflow import NotAllowed

__all__ = [
    "AlreadyOpen",
    "CaseTrace",
    "LetterRefused",
    "NewSource",
    "NoCounsellor",
    "case_head",
    "case_list",
    "case_meetings",
    "case_referrals",
    "case_talks",
    "due_today",
    "errands_waiting",
    "glasses_waiting",
    "handovers_waiting",
    "leaves_waiting",
    "levels",
    "month_counts",
    "open_case",
    "open_from_alert",
    "referral_letter",
    "span_counts",
    "threads_asking",
    "todo_clocks",
    "traces",
    "waiting_for_leader",
]


class LetterRefused(Exception):
    """No letter can be printed now; its text says why, in words."""


def due_today(actor: Actor) -> int:
    """How many cases ask for this person today; 0 for those who may not read cases."""
    return lists.due_today(actor, timezone.now())


def glasses_waiting(actor: Actor) -> int:
    """How many opened identities wait for this officer's review; 0 for those who review none."""
    return glasses.unreviewed_count(actor)


def threads_asking(actor: Actor) -> int:
    """How many crises of this officer's schools are unseen or overdue; 0 for those who see none."""
    return threads.asking_count(actor, timezone.now())


def waiting_for_leader(actor: Actor) -> int:
    """How many cases wait for this leader's word; 0 for those who are none."""
    return leader.waiting_count(actor)


def errands_waiting(actor: Actor) -> int:
    """How many errands wait for this person at this school; 0 for those who are at none."""
    return errands.open_count(actor)


def handovers_waiting(actor: Actor) -> int:
    """How many cases wait for this counsellor to accept them; 0 for the others."""
    return handovers.waiting_count(actor)


def leaves_waiting(actor: Actor) -> int:
    """How many leaves and returns wait for this leader's word; 0 for those who are none."""
    return leaves.waiting_count(actor)


def case_head(*, case_id: UUID, paper: str, by: Actor, now: datetime) -> CaseFacts:
    """The head of a paper, for who carries the case; the look is recorded. Raises NotVisible."""
    return facts.facts_of([open_papers(case_id=case_id, paper=paper, by=by, now=now)])[0]


def case_talks(*, case_id: UUID, by: Actor, now: datetime) -> tuple[CaseFacts, list[TalkFacts]]:
    """The case and its talks, for who carries it; the look is recorded. Raises NotVisible."""
    case = open_papers(case_id=case_id, paper="interview", by=by, now=now)
    return facts.facts_of([case])[0], facts.talks_of(case)


def case_meetings(*, case_id: UUID, by: Actor, now: datetime) -> tuple[CaseFacts, list[MeetingFacts]]:
    """The case and the panel's meetings, for its owner and the leader; the look is recorded. Raises NotVisible."""
    case = open_panels(case_id=case_id, by=by, now=now)
    return facts.facts_of([case])[0], facts.meetings_of(case)


def case_list(*, ended: bool, by: Actor, now: datetime) -> list[CaseFacts]:
    """The school's open (or ended) cases with names, for a counsellor; the look is recorded. Raises NotVisible."""
    wanted = lists.CaseFilter(list=lists.ENDED if ended else lists.ALL)
    cases = list(lists.cases_for(by, wanted, now))
    look_at_list(shown=len(cases), by=by, now=now)
    return facts.facts_of(cases)


def case_referrals(*, case_id: UUID, by: Actor, now: datetime) -> list[ReferralFacts]:
    """The case's referrals that may leave the school, for who carries it; recorded. Raises NotVisible."""
    case = open_referrals(case_id=case_id, by=by, now=now)
    return facts.referrals_in_words(case, now)


def referral_letter(
    *, case_id: UUID, referral_id: UUID, again: bool, by: Actor, now: datetime
) -> tuple[ReferralFacts, LetterCodes]:
    """Send a referral, or print its letter `again`: the words and the codes of the letter. Older codes then end.

    Raises NotVisible, LetterRefused.
    """
    try:
        referral, codes = referring.print_letter(case_id=case_id, referral_id=referral_id, again=again, by=by, now=now)
    except referring.Unfit as refusal:
        raise LetterRefused(_(FAULTS.get(str(refusal), str(refusal)))) from refusal
    except NotAllowed as refusal:
        raise LetterRefused(_("转介已经到了另一步，请看看现在的情况。")) from refusal
    until = f"{timezone.localtime(codes.expires_at):%Y-%m-%d %H:%M}"
    return facts.letter_in_words(referral, now), LetterCodes(printed(codes.secret), printed(codes.name_code), until)


def month_counts(actor: Actor, first: datetime, after: datetime) -> MonthFacts:
    """Counts of a month of the school where the actor stands, as far as the actor may see cases; no person."""
    return facts.month_facts(actor.school_id or 0, first, after)


def levels() -> list[tuple[str, str]]:
    """Code and words of every level, the gravest first."""
    return facts.level_words()
