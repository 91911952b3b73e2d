"""Steps that need an owner, a reason or a second reader. The other steps have papers of their own."""

from datetime import datetime
from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse
from django.utils import timezone
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_POST

from qingyan.cases.actions import carrying, levelling, offering, opening, sealing
from qingyan.cases.actions.looking import open_status
from qingyan.cases.actions.moving import held
from qingyan.cases.models import Case
from qingyan.cases.policy import CARRY, OPEN_CASE, SECOND_READ
from qingyan.cases.queries.owners import counsellors
from qingyan.cases.web.form_page import REFUSALS, Paper, back, form_page, leave, refused
from qingyan.cases.web.forms import HandOverForm, OwnerForm, ReasonForm, SecondReadingForm
from qingyan.cases.workflow import CASE
from qingyan.foundation.access.actor import Actor
from qingyan.foundation.access.policy import allowed
from qingyan.foundation.access.views import requires
from qingyan.foundation.pure.workflow import NotAllowed

TAKE = Paper(_("由谁负责"), _("负责人推进个案，能看到全部材料。请给今天在岗的老师。"), _("确定负责人"))
HAND_OVER = Paper(
    _("更换负责人"), _("新的负责人能看到全部材料。同事请假时也可以由你接过来；这一步会写进经过。"), _("更换负责人")
)
OFFER = Paper(
    _("交给另一位老师"),
    _("对方接手以前，个案仍由你负责。接手以后，新的负责人能看到全部材料；这一步会写进经过。"),
    _("请对方接手"),
)
ASK_SEAL = Paper(
    _("提请封存：这是误报"),
    _("由另一个人复核以后，这次的提示和个案从学生档案里拿掉。封存的内容留作凭据，平时看不到。"),
    _("提请复核"),
)
SECOND = Paper(_("复核封存"), _("请看看理由是否站得住。拿不准时选择不同意，让老师再和学生谈一次。"), _("提交意见"))


@requires(OPEN_CASE)
def take(request: HttpRequest, slug: str, case_id: UUID) -> HttpResponse:
    """Name who carries the candidate."""
    now = timezone.now()
    case = held(request.actor, case_id, OPEN_CASE)
    initial = {"owner": str(request.actor.id)}
    form = OwnerForm(request.POST or None, counsellors=counsellors(request.actor, now), initial=initial)
    try:
        if request.method == "POST" and form.is_valid():
            opening.take(case=case, owner_id=form.cleaned_data["owner"], by=request.actor, now=now)
            return back(request, case, _("已确定负责人。"))
    except REFUSALS as refusal:
        return refused(request, case, refusal)
    return form_page(request, case, form, TAKE)


@requires(OPEN_CASE)
def hand_over(request: HttpRequest, slug: str, case_id: UUID) -> HttpResponse:
    """A colleague steps in at once; whoever carries the case offers it to a colleague, who accepts."""
    now, me = timezone.now(), request.actor
    case = held(me, case_id, OPEN_CASE)
    own = case.owner_id == me.id
    form = HandOverForm(request.POST or None, own=own, counsellors=_others(case, now, by=me))
    try:
        if request.method == "POST" and form.is_valid():
            return back(request, case, _given(case, form.cleaned_data, now, by=me))
    except REFUSALS as refusal:
        return refused(request, case, refusal)
    return form_page(request, case, form, OFFER if own else HAND_OVER)


def _others(case: Case, now: datetime, *, by: Actor) -> dict[UUID, str]:
    """Whom the case can go to: colleagues for who carries it; else oneself, or anybody here when the owner has left."""
    here = counsellors(by, now)
    found = {key: name for key, name in here.items() if key != case.owner_id}
    if case.owner_id == by.id or case.owner_id not in here:
        return found
    return {key: name for key, name in found.items() if key == by.id}


def _given(case: Case, said: dict, now: datetime, *, by: Actor) -> str:
    if said["owner"] == by.id:
        carrying.hand_over(case=case, owner_id=by.id, reason=said["reason"], by=by, now=now)
        return gettext("已更换负责人。")
    given = offering.Offer(said["owner"], said["reason"], said.get("with_notes", False))
    offering.offer(case=case, offer=given, by=by, now=now)
    return gettext("已请对方接手；对方接手以前，个案仍由原来的老师负责。")


@requires(OPEN_CASE)
def ask_seal(request: HttpRequest, slug: str, case_id: UUID) -> HttpResponse:
    """Say that the flag was false."""
    case = held(request.actor, case_id, OPEN_CASE)
    form = ReasonForm(request.POST or None)
    try:
        if request.method == "POST" and form.is_valid():
            reason = form.cleaned_data["reason"].strip()
            sealing.ask_seal(case=case, reason=reason, by=request.actor, now=timezone.now())
            return back(request, case, _("已提请复核。"))
    except REFUSALS as refusal:
        return refused(request, case, refusal)
    return form_page(request, case, form, ASK_SEAL)


@requires(SECOND_READ)
def second_reading(request: HttpRequest, slug: str, case_id: UUID) -> HttpResponse:
    """The second person agrees or not; whoever carries the case cannot."""
    now = timezone.now()
    case = open_status(case_id=case_id, by=request.actor, now=now)
    if not allowed(request.actor, SECOND_READ, case) or case.state != "seal_asked":
        return refused(request, case, NotAllowed("case: nothing to read a second time here"))
    form = SecondReadingForm(request.POST or None)
    if request.method != "POST" or not form.is_valid():
        return form_page(request, case, form, SECOND, template="cases/second_reading.html")
    case = held(request.actor, case_id, SECOND_READ)
    reason = form.cleaned_data["reason"].strip()
    try:
        return _second_word(request, case, agrees=form.cleaned_data["agrees"] == "yes", reason=reason)
    except REFUSALS as refusal:
        return refused(request, case, refusal)


@requires(CARRY)
def step(request: HttpRequest, slug: str, case_id: UUID, verb: str) -> HttpResponse:
    """A step of the table that needs a reason and nothing else."""
    if verb not in carrying.WITH_A_REASON:
        raise Http404
    case = held(request.actor, case_id, CARRY)
    titles = {one.verb: one.title for one in CASE.steps_from(case.state)}
    form = ReasonForm(request.POST or None)
    try:
        if verb not in titles:
            raise NotAllowed(f"case: no step {verb} from {case.state}")
        if request.method == "POST" and form.is_valid():
            reason = form.cleaned_data["reason"]
            carrying.step_with_reason(case=case, verb=verb, reason=reason, by=request.actor, now=timezone.now())
            return back(request, case, _("已记下这一步。"))
    except REFUSALS as refusal:
        return refused(request, case, refusal)
    return form_page(request, case, form, Paper(_(titles[verb]), "", _(titles[verb])))


@requires(CARRY)
@require_POST
def todo_done(request: HttpRequest, slug: str, case_id: UUID, todo_id: UUID) -> HttpResponse:
    """Tick one todo off."""
    case = held(request.actor, case_id, CARRY)
    levelling.tick_off(case=case, todo_id=todo_id, by=request.actor, now=timezone.now())
    return back(request, case, _("已记为完成。"))


def _second_word(request: HttpRequest, case, *, agrees: bool, reason: str) -> HttpResponse:
    now = timezone.now()
    if agrees:
        sealing.seal(case=case, note=reason, by=request.actor, now=now)
        return leave(request, _("已封存，这次的提示不再出现在档案里。"))
    sealing.refuse_seal(case=case, reason=reason, by=request.actor, now=now)
    return leave(request, _("已退回，由负责的老师再了解一次。"))
