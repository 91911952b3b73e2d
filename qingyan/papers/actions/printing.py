"""Making a paper about a case: cases permits and records the look, the trail keeps that a file was made."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from qingyan.cases import api as cases
from qingyan.foundation.access.actor import Actor
from qingyan.foundation.access.policy import NotVisible, allowed, require
from qingyan.foundation.audit.api import record
from qingyan.foundation.documents.api import qr
from qingyan.papers.policy import MAKE_LETTERS, MAKE_PAPERS, may_print
from qingyan.papers.queries.heading import heading, mark_of
from qingyan.papers.rules import dictionaries
from qingyan.papers.rules.data import PaperData, Printed
from qingyan.papers.rules.forms import MEETING, NOTICE, REFERRAL, TALK, form

PDF, WORD = "pdf", "docx"
KINDS = (PDF, WORD)


class NoSuchPaper(Exception):
    """The case is this person's to see, and there is no such talk or meeting (any more)."""


@dataclass(frozen=True)
class Printable:
    """One paper that can be made of a case: the form, which of its kind (the newest is 0), and when that was."""

    form: str
    number: int
    at: str


def printables(*, case_id: UUID, by: Actor, now: datetime) -> tuple[bool, list[Printable]]:
    """Whether no letter may go home, and what this person can print of the case; recorded. Raises NotVisible."""
    require(by, MAKE_PAPERS)
    case, meetings = cases.case_meetings(case_id=case_id, by=by, now=now)
    record(by=by, action="paper.list", subject_kind="case", subject_id=case_id, now=now)
    found = [Printable(MEETING, number, one.meets_at) for number, one in enumerate(meetings)]
    if not allowed(by, MAKE_LETTERS):
        return False, found
    _case, talks = cases.case_talks(case_id=case_id, by=by, now=now)
    found += [Printable(TALK, number, one.at) for number, one in enumerate(talks)]
    sent = cases.case_referrals(case_id=case_id, by=by, now=now)
    found += [Printable(REFERRAL, number, one.opened_on) for number, one in enumerate(sent)]
    return case.guardian_withheld, found if case.guardian_withheld else [Printable(NOTICE, 0, ""), *found]


def print_of_case(*, case_id: UUID, asked: Printable, kind: str, by: Actor, now: datetime) -> Printed:
    """The data of this paper; that it was made is recorded. Raises NotVisible, NoSuchPaper."""
    require(by, MAKE_PAPERS)
    if asked.form not in MADE or kind not in KINDS:
        raise NoSuchPaper
    data = MADE[asked.form](case_id, asked.number, by, now)
    if not may_print(by, form(asked.form), kind):
        raise NotVisible(MAKE_PAPERS.code)
    record(
        by=by,
        action="paper.made",
        subject_kind="case",
        subject_id=case_id,
        now=now,
        detail={"form": asked.form, "format": kind},
    )
    return Printed(asked.form, data, mark_of(by, now))


@dataclass(frozen=True)
class Outgoing:
    """Which referral goes out; `again`: the letter of one that is on its way already."""

    case_id: UUID
    referral_id: UUID
    again: bool


def print_letter(*, asked: Outgoing, address: str, by: Actor, now: datetime) -> Printed:
    """Send a referral (or print its letter again): the same paper, with the codes that exist on this print only.

    `address`: the receivers' door. Raises NotVisible, cases.LetterRefused.
    """
    require(by, MAKE_LETTERS)
    if not may_print(by, form(REFERRAL), PDF):
        raise NotVisible(MAKE_LETTERS.code)
    facts, codes = cases.referral_letter(
        case_id=asked.case_id, referral_id=asked.referral_id, again=asked.again, by=by, now=now
    )
    # The code stands behind the # of the address, so that no server ever logs it.
    square = qr(f"{address}#{codes.secret}")
    data = dictionaries.with_codes(
        dictionaries.referral(facts, **heading(by, now)), codes, address=address, square=square
    )
    record(
        by=by,
        action="paper.made",
        subject_kind="case",
        subject_id=asked.case_id,
        now=now,
        detail={"form": REFERRAL, "format": PDF, "sent": True},
    )
    return Printed(REFERRAL, data, mark_of(by, now))


def _notice(case_id: UUID, number: int, by: Actor, now: datetime) -> PaperData:
    require(by, MAKE_LETTERS)
    case = cases.case_head(case_id=case_id, paper=NOTICE, by=by, now=now)
    if case.guardian_withheld:
        raise NotVisible(MAKE_LETTERS.code)
    return dictionaries.guardian_notice(case, **heading(by, now))


def _talk(case_id: UUID, number: int, by: Actor, now: datetime) -> PaperData:
    require(by, MAKE_LETTERS)
    case, talks = cases.case_talks(case_id=case_id, by=by, now=now)
    return dictionaries.interview(case, _nth(talks, number), **heading(by, now))


def _meeting(case_id: UUID, number: int, by: Actor, now: datetime) -> PaperData:
    case, meetings = cases.case_meetings(case_id=case_id, by=by, now=now)
    return dictionaries.panel_minutes(case, _nth(meetings, number), **heading(by, now))


def _referral(case_id: UUID, number: int, by: Actor, now: datetime) -> PaperData:
    require(by, MAKE_LETTERS)
    found = cases.case_referrals(case_id=case_id, by=by, now=now)
    return dictionaries.referral(_nth(found, number), **heading(by, now))


def _nth(found: list, number: int):
    if not 0 <= number < len(found):
        raise NoSuchPaper
    return found[number]


MADE: dict[str, Callable[[UUID, int, Actor, datetime], PaperData]] = {
    NOTICE: _notice,
    TALK: _talk,
    MEETING: _meeting,
    REFERRAL: _referral,
}
