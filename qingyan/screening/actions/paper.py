"""Forms on paper: print a batch, name one helper for it, give a blank form to a pupil, void one."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from secrets import token_bytes
from uuid import UUID, uuid4

from django.utils import timezone

from qingyan.foundation.access.actor import Actor
from qingyan.foundation.access.policy import NotVisible, require
from qingyan.foundation.audit.api import record
from qingyan.instruments import api as instruments
from qingyan.organisations.api import SchoolClass
from qingyan.people import api as people
from qingyan.people.contracts import Pupil
from qingyan.screening.models import Campaign, CampaignInstrument, PaperForm
from qingyan.screening.policy import MANAGE_PAPER
from qingyan.screening.rules.paper import code_of
from qingyan.screening.workflow import OPEN, PAPER, PRINTED

GRANT = timedelta(days=7)
MOST_BLANK = 60


class Unfit(Exception):
    """It cannot be printed, granted or given; `code` says why: closed, not_asked, nobody, helper, taken."""

    def __init__(self, code: str) -> None:
        super().__init__(code)
        self.code = code


@dataclass(frozen=True)
class Order:
    """What to print: an instrument of the round for named pupils of a class, and blank forms beside them."""

    campaign: Campaign
    school_class: SchoolClass
    instrument: str
    students: Sequence[UUID] = ()
    blank: int = 0


def print_forms(*, order: Order, by: Actor, now: datetime) -> UUID:
    """Make the forms and return their batch. Raises NotVisible, Unfit."""
    require(by, MANAGE_PAPER)
    asked = _asked(order)
    pupils = [one for one in people.pupils_of_class(by, order.school_class.id) if one.id in set(order.students)]
    blank = max(0, min(order.blank, MOST_BLANK))
    if not pupils and not blank:
        raise Unfit("nobody")
    batch = uuid4()
    wanted: list[Pupil | None] = [*pupils, *[None] * blank]
    PaperForm.objects.bulk_create(_form(order, asked, batch, pupil, now) for pupil in wanted)
    detail = {"campaign": order.campaign.id, "instrument": asked.instrument, "forms": len(wanted)}
    record(by=by, action="paper.printed", subject_kind="batch", subject_id=batch, detail=detail, now=now)
    return batch


def name_helper(*, batch: UUID, account_id: UUID, by: Actor, now: datetime) -> None:
    """Let one colleague key this batch for a week; a new name takes the place of the old. Raises NotVisible, Unfit."""
    require(by, MANAGE_PAPER)
    if account_id not in {one for one, _ in people.helpers_here(by, timezone.localdate(now))} or account_id == by.id:
        raise Unfit("helper")
    changed = PaperForm.objects.filter(batch=batch, school_id=by.school_id).update(
        helper_id=account_id, helper_until=now + GRANT
    )
    if not changed:
        raise NotVisible("no such batch")
    detail: dict[str, str | UUID] = {"helper": account_id, "until": (now + GRANT).isoformat()}
    record(by=by, action="paper.helper_named", subject_kind="batch", subject_id=batch, detail=detail, now=now)


def assign(*, form_id: UUID, student_id: UUID, by: Actor, now: datetime) -> None:
    """A blank form was filled in by this pupil of its class. Raises NotVisible, Unfit."""
    form = _locked(form_id, by)
    if form.student_id is not None or form.state != PRINTED:
        raise Unfit("taken")
    if student_id not in {pupil.id for pupil in people.pupils_of_class(by, form.school_class_id)}:
        raise NotVisible("no such pupil in this class")
    form.student_id = student_id
    form.save(update_fields=["student"])
    _record("paper.assigned", form, by=by, now=now)


def note_assent(*, batch: UUID, form_ids: Sequence[UUID], by: Actor, now: datetime) -> int:
    """The counsellor has seen the pupils' own signatures on these covers. Returns how many. Raises NotVisible."""
    require(by, MANAGE_PAPER)
    rows = PaperForm.objects.filter(batch=batch, school_id=by.school_id, id__in=form_ids, assented=False)
    changed = rows.update(assented=True)
    detail = {"forms": changed}
    record(by=by, action="paper.assent_seen", subject_kind="batch", subject_id=batch, detail=detail, now=now)
    return changed


def void(*, form_id: UUID, by: Actor, now: datetime) -> None:
    """Nobody will key this form. Raises NotVisible, NotAllowed, Unfit (keying has begun)."""
    form = _locked(form_id, by)
    if form.begun_sitting is not None:
        raise Unfit("taken")
    form.state = PAPER.target(verb="void", origin=form.state)
    form.save(update_fields=["state"])
    _record("paper.voided", form, by=by, now=now)


def _asked(order: Order) -> CampaignInstrument:
    if order.campaign.state != OPEN:
        raise Unfit("closed")
    grade = order.school_class.grade
    rows = CampaignInstrument.objects.filter(campaign=order.campaign, grade_from__lte=grade, grade_to__gte=grade)
    found = rows.filter(instrument=order.instrument).first()
    if found is None:
        raise Unfit("not_asked")
    return found


def _form(order: Order, asked: CampaignInstrument, batch: UUID, pupil: Pupil | None, now: datetime) -> PaperForm:
    age = people.age_on(pupil.birth_date, timezone.localdate(now)) if pupil else None
    plan = instruments.plan(asked.instrument, asked.version)
    return PaperForm(
        campaign=order.campaign,
        school_id=order.school_class.school_id,
        school_class=order.school_class,
        student_id=pupil.id if pupil else None,
        instrument=plan.code,
        version=plan.version,
        age=age,
        code=code_of(token_bytes(8)),
        batch=batch,
        printed_at=now,
    )


def _locked(form_id: UUID, by: Actor) -> PaperForm:
    require(by, MANAGE_PAPER)
    form = PaperForm.objects.select_for_update().filter(id=form_id, school_id=by.school_id).first()
    if form is None:
        raise NotVisible("no such form")
    return form


def _record(action: str, form: PaperForm, *, by: Actor, now: datetime) -> None:
    record(by=by, action=action, subject_kind="form", subject_id=form.id, student_id=form.student_id, now=now)
