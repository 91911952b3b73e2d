"""Keying in a form on paper, twice, and handing it in by the very path of a screen.

A watched answer goes onto the pupil's sheet with the first keystroke of whoever keys it first: its alert is raised in
that transaction (ADR 0016). All others wait until both entries agree or somebody has looked at the paper again.
"""

from collections.abc import Mapping
from datetime import datetime
from uuid import UUID

from qingyan.foundation.access.actor import Actor, Kind
from qingyan.foundation.access.policy import NotVisible
from qingyan.foundation.access.scope import entered
from qingyan.foundation.audit.api import record
from qingyan.instruments import api as instruments
from qingyan.screening.actions import answers, sittings
from qingyan.screening.actions.agreeing import NotYet
from qingyan.screening.contracts import Answer, HandIn
from qingyan.screening.models import AnswerSheet, PaperForm
from qingyan.screening.queries.paper import at_the_paper, differences_of, entry_of, form_to_key, items_on
from qingyan.screening.queries.presented import marks_in
from qingyan.screening.queries.tests import test_for
from qingyan.screening.workflow import KEYED, PAPER, PRINTED

KEYING = "a form on paper is keyed in"


class CannotKey(Exception):
    """The form cannot be keyed now; `code`: unassigned, answered (on a screen), not_asked, done, incomplete."""

    def __init__(self, code: str) -> None:
        super().__init__(code)
        self.code = code


def key(*, form_id: UUID, number: int, box: int, by: Actor, now: datetime) -> None:
    """Store one item (its number on the paper) of this person's entry. Raises NotVisible, CannotKey, KeyError."""
    form, is_new = _opened(form_id, by, now)
    item = next((one for one in items_on(form) if one.number == number), None)
    if item is None:
        raise KeyError(number)
    value = item.value_of(box)
    if form.begun_sitting is None:
        _begin(form, now)
    entry = entry_of(by, form)
    entry[item.index] = value
    _keep(form, entry, by)
    if value is not None and _is_watched(form, item.index):
        _onto_the_sheet(form, {item.index: value}, now)
    if is_new:  # once a person; each stroke would drown the trail
        _record("paper.keying_begun", form, by=by, now=now)


def finish(*, form_id: UUID, by: Actor, now: datetime) -> str:
    """This person's entry is complete. Returns the form's state: keyed, differs or taken_over.

    Raises NotVisible, CannotKey.
    """
    form, is_new = _opened(form_id, by, now)
    if is_new:
        raise CannotKey("incomplete")
    if form.first_by_id == by.id:
        form.first_done_at = now
    else:
        form.second_done_at = now
    if form.first_done_at is None or form.second_done_at is None:
        _move(form, "key" if form.state == PRINTED else "", by, now)
        return form.state
    agreed = form.first == form.second
    if agreed:
        _hand_in(form, form.first, now)
    _move(form, "agree" if agreed else "differ", by, now)
    return form.state


def resolve(*, form_id: UUID, boxes: Mapping[int, int], by: Actor, now: datetime) -> None:
    """Somebody has looked at the paper again: item number -> box for every difference. Raises NotVisible, CannotKey."""
    with at_the_paper(by):
        PaperForm.objects.select_for_update().filter(id=form_id).first()
    form = form_to_key(by, form_id, now=now)
    final = list(form.first)
    for one in differences_of(by, form):
        if one.item.number not in boxes:
            raise CannotKey("incomplete")
        final[one.item.index] = one.item.value_of(boxes[one.item.number])
    _hand_in(form, final, now)
    _move(form, "resolve", by, now)


def _opened(form_id: UUID, by: Actor, now: datetime) -> tuple[PaperForm, bool]:
    """The locked form with this person as its first or second keyer, and whether they are only now."""
    with at_the_paper(by):
        PaperForm.objects.select_for_update().filter(id=form_id).first()
    form = form_to_key(by, form_id, now=now)
    if form.state not in (PRINTED, KEYED):
        raise CannotKey("done")
    if form.student_id is None:
        raise CannotKey("unassigned")
    is_new = by.id not in (form.first_by_id, form.second_by_id)
    if is_new:
        if form.first_by_id and form.second_by_id:
            raise NotVisible("two others key this form")
        if form.first_by_id:
            form.second_by_id = by.id
        else:
            form.first_by_id = by.id
    done = form.first_done_at if form.first_by_id == by.id else form.second_done_at
    if done is not None:
        raise CannotKey("done")
    return form, is_new


def _keep(form: PaperForm, entry: list[int | None], by: Actor) -> None:
    if form.first_by_id == by.id:
        form.first = entry
    else:
        form.second = entry
    with at_the_paper(by):
        form.save(update_fields=["first", "second", "first_by", "second_by"])


def _begin(form: PaperForm, now: datetime) -> None:
    """The pupil's sitting, as from a screen: what must be there before a screen opens must be there here too."""
    pupil = _pupil(form)
    with entered(pupil):
        test = test_for(pupil, form.campaign_id, form.instrument, now=now)
        if test is None:
            raise CannotKey("not_asked")
        if test.sitting is not None:
            raise CannotKey("answered")
        try:
            form.begun_sitting = sittings.begin(test=test, by=pupil, now=now, assents=form.assented).id
        except NotYet:  # the guardian's consent or the own signature on the cover is lacking
            raise CannotKey("not_asked") from None
    with at_the_paper(pupil):
        form.save(update_fields=["begun_sitting"])


def _onto_the_sheet(form: PaperForm, values: Mapping[int, int | None], now: datetime) -> None:
    if form.begun_sitting is None:
        _begin(form, now)
    pupil = _pupil(form)
    with entered(pupil):
        sheet = AnswerSheet.objects.select_for_update().get(sitting_id=form.begun_sitting)
        seq = max((one for one in sheet.sequences if one is not None), default=0)
        for item, value in values.items():
            if value is not None and sheet.answers[item] != value:
                seq += 1
                answers.save(answer=Answer(sheet.sitting_id, item, value, seq, 0), by=pupil, now=now)
        unknown = [None] * len(sheet.times)  # nobody knows how long the pupil thought
        AnswerSheet.objects.filter(sitting_id=form.begun_sitting).update(times=unknown)


def _hand_in(form: PaperForm, final: list[int | None], now: datetime) -> None:
    _onto_the_sheet(form, dict(enumerate(final)), now)
    pupil = _pupil(form)
    with entered(pupil):
        _blank_again(form, final)
        answers.finish(handed=HandIn(form.begun_sitting or form.id, form.id), by=pupil, now=now)


def _blank_again(form: PaperForm, final: list[int | None]) -> None:
    """A watched answer that was keyed at first, and is an empty box on second thoughts: no answer; its alert stays."""
    sheet = AnswerSheet.objects.get(sitting_id=form.begun_sitting)
    kept = [None if wanted is None else value for value, wanted in zip(sheet.answers, final, strict=True)]
    if kept != sheet.answers:
        AnswerSheet.objects.filter(sitting_id=form.begun_sitting).update(answers=kept)


def _is_watched(form: PaperForm, index: int) -> bool:
    item = instruments.plan(form.instrument, form.version).items[index]
    return item.critical or item.watch or item.id in marks_in(form.campaign_id, form.instrument, form.version)


def _pupil(form: PaperForm) -> Actor:
    return Actor(
        kind=Kind.PUPIL,
        id=form.student_id,
        school_id=form.school_id,
        student_id=form.student_id,
        class_id=form.school_class_id,
        purpose=KEYING,
    )


def _move(form: PaperForm, verb: str, by: Actor, now: datetime) -> None:
    form.state = PAPER.target(verb=verb, origin=form.state) if verb else form.state
    with at_the_paper(by):
        form.save(update_fields=["state", "first_done_at", "second_done_at"])
    _record(f"paper.{verb or 'keyed'}", form, by=by, now=now)


def _record(action: str, form: PaperForm, *, by: Actor, now: datetime) -> None:
    record(by=by, action=action, subject_kind="form", subject_id=form.id, student_id=form.student_id, now=now)
