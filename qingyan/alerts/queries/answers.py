"""Raw answers of one sitting with the words of items and options; opening them is recorded (actions/looking.py)."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from qingyan.alerts.policy import READ_ANSWERS
from qingyan.alerts.queries.readings import said
from qingyan.foundation.access.actor import Actor
from qingyan.foundation.access.policy import NotVisible, require
from qingyan.instruments import api as instruments
from qingyan.people import api as people
from qingyan.people.contracts import Pupil
from qingyan.screening import api as screening
from qingyan.screening.contracts import SittingFacts


@dataclass(frozen=True)
class Cover:
    """Whose answers, to what, when; no answer yet."""

    sitting_id: UUID
    pupil: Pupil
    title: str
    finished_at: datetime | None


@dataclass(frozen=True)
class AnsweredItem:
    """One item as it was asked, and the words of the chosen option ("" when unanswered)."""

    number: int
    text: str
    answer: str
    critical: bool


@dataclass(frozen=True)
class RawSheet:
    """The cover and every answer in order."""

    cover: Cover
    student_id: UUID
    items: tuple[AnsweredItem, ...]
    wording: str


def cover_of(actor: Actor, sitting_id: UUID) -> Cover:
    """Raises NotVisible when the actor may not read answers or the sitting is not at the actor's school."""
    require(actor, READ_ANSWERS)
    sitting = screening.sitting(actor, sitting_id)
    pupil = people.pupil(actor, sitting.student) if sitting else None
    if sitting is None or pupil is None:
        raise NotVisible(READ_ANSWERS.code)
    return _cover(sitting, pupil)


def raw_sheet(actor: Actor, sitting_id: UUID) -> RawSheet:
    """The answers themselves. Raises NotVisible like cover_of, and when nothing has been answered yet."""
    cover = cover_of(actor, sitting_id)
    sheet = screening.answers_of(actor, sitting_id)
    if sheet is None:
        raise NotVisible(READ_ANSWERS.code)
    definition = instruments.instrument(sheet.sitting.instrument, sheet.sitting.version)
    brought = screening.brought_words(sheet.sitting.campaign, definition.code, definition.version)
    items = []
    for number, (item, answer) in enumerate(zip(definition.items, sheet.answers, strict=True), start=1):
        words = {
            option.value: said(option.label) if option.label else str(option.value)
            for option in definition.options_of(item)
        }
        text = said(item.text) if item.text else ""
        if brought is not None:
            text, words = brought.texts.get(item.id, text), words | dict(brought.labels.get(item.id, {}))
        chosen = "" if answer is None else words.get(answer, "")
        items.append(AnsweredItem(number, text, chosen, item.critical or item.watch or item.id in sheet.marks))
    return RawSheet(cover, cover.pupil.id, tuple(items), definition.wording.note)


def _cover(sitting: SittingFacts, pupil: Pupil) -> Cover:
    title = instruments.instrument(sitting.instrument, sitting.version).title
    return Cover(sitting.id, pupil, said(title), sitting.finished_at)
