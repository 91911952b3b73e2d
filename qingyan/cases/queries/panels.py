"""Panels of a case in words, and which step of a meeting this person may take now."""

from dataclasses import dataclass

from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

from qingyan.cases.models import Case, Panel, PanelMember
from qingyan.cases.policy import APPROVE, CARRY
from qingyan.cases.queries import packs
from qingyan.cases.rules.pack import CasePack
from qingyan.cases.rules.panel import ABSTAINS, AGAIN, WATCH
from qingyan.cases.workflow import CONVENED, HELD, PANEL, RETURNED
from qingyan.foundation.access.actor import Actor
from qingyan.foundation.access.policy import allowed

DECISIONS = {WATCH: gettext_noop("转静默关注"), AGAIN: gettext_noop("再了解一次"), ABSTAINS: gettext_noop("弃权")}


@dataclass(frozen=True)
class MemberLine:
    """One seat in words."""

    member: PanelMember
    vote: str


@dataclass(frozen=True)
class PanelReading:
    """One meeting, ready to show."""

    panel: Panel
    decision: str
    level: str
    materials: list[str]
    criteria: list[str]
    members: list[MemberLine]


def panels_of(case: Case) -> list[PanelReading]:
    """Every meeting, the newest first."""
    rows = Panel.objects.filter(case_id=case.id).select_related("convened_by", "answered_by").order_by("-convened_at")
    members: dict = {}
    for one in PanelMember.objects.filter(panel__in=[row.id for row in rows]).order_by("-leads", "name"):
        members.setdefault(one.panel_id, []).append(one)
    return [_reading(row, members.get(row.id, []), packs.pack(case.pack)) for row in rows]


def open_panel(case: Case, state: str) -> Panel | None:
    """The case's meeting in this state, held until the transaction ends, or None."""
    rows = Panel.objects.select_for_update(of=("self",)).filter(case_id=case.id, state=state)
    panel = rows.first()
    if panel is not None:
        panel.case = case
    return panel


def members_of(panel: Panel) -> list[PanelMember]:
    """The seats, who leads the school first."""
    return list(PanelMember.objects.filter(panel_id=panel.id).order_by("-leads", "name", "id"))


def decision_words(pack: CasePack, code: str) -> str:
    """A level's words, or those of what else can be decided."""
    levels = {one.code: one.words for one in pack.levels}
    return _(levels.get(code) or DECISIONS.get(code, "")) if code else ""


def meeting_step(actor: Actor, case: Case) -> tuple[str, str] | None:
    """Label and page of what this person does for the meeting now, or None."""
    if case.state != PANEL:
        return None
    state = Panel.objects.filter(case_id=case.id).order_by("-convened_at").values_list("state", flat=True).first()
    if allowed(actor, CARRY, case):
        steps = {
            CONVENED: (gettext_noop("记录会议"), "cases:hold"),
            RETURNED: (gettext_noop("重新召集"), "cases:convene"),
        }
        return steps.get(state or "")
    if state == HELD and allowed(actor, APPROVE, case):
        return gettext_noop("审批"), "cases:answer"
    return None


def _reading(panel: Panel, members: list[PanelMember], pack: CasePack) -> PanelReading:
    materials = {one.code: one.text for one in packs.panel().materials}
    closing = {one.code: one.text for one in pack.closing}
    return PanelReading(
        panel=panel,
        decision=decision_words(pack, panel.decision),
        level=decision_words(pack, panel.level) if panel.decision == WATCH else "",
        materials=[_(materials[code]) for code in panel.materials if code in materials],
        criteria=[_(closing[code]) for code in panel.criteria if code in closing],
        members=[MemberLine(one, decision_words(pack, one.vote)) for one in members],
    )
