"""A sheet of answers: its fingerprint, what a page shows of it, and how carefully it was answered. Pure."""

import hashlib
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import timedelta
from itertools import groupby

import msgspec

Answers = Sequence[int | None]
QUICK_MS = 1000  # nobody reads a sentence and chooses in less; a share of such answers, never one, says something
GRACE = timedelta(minutes=60)  # who began in time may finish after the round's last minute


@dataclass(frozen=True)
class Quality:
    """How a sheet was answered; a hint for the reader of the scores, never a judgement of the pupil.

    total_ms: time on the questions; longest_run: the longest row of one and the same answer; quick_share: the share of
    answers given within a second, 0 to 1; None where no times are known.
    """

    total_ms: int
    longest_run: int
    quick_share: float | None


def fingerprint(answers: Answers) -> str:
    """SHA-256, hex, of the answers as compact JSON: what the browser computes of the sheet it shows."""
    return hashlib.sha256(msgspec.json.encode(list(answers))).hexdigest()


def shown(answers: Answers, hidden: Collection[int]) -> list[int | None]:
    """The answers of the items that the page shows, in its order."""
    return [answer for index, answer in enumerate(answers) if index not in hidden]


def whole(visible: Answers, hidden: Collection[int], *, length: int) -> list[int | None] | None:
    """The answers in item order, from those of the page; None when their number does not fit."""
    if len(visible) != length - len(hidden):
        return None
    given = iter(visible)
    return [None if index in hidden else next(given) for index in range(length)]


def quality(answers: Answers, times: Sequence[int | None]) -> Quality:
    """From answers and milliseconds in item order."""
    given = [answer for answer in answers if answer is not None]
    spent = [time for time, answer in zip(times, answers, strict=True) if time is not None and answer is not None]
    return Quality(
        total_ms=sum(spent),
        longest_run=max((len(list(run)) for _, run in groupby(given)), default=0),
        quick_share=round(sum(time < QUICK_MS for time in spent) / len(spent), 3) if spent else None,
    )
