"""What the review desk's pages say: rows for templates, in words."""

from dataclasses import dataclass
from typing import Any

from django.http import QueryDict
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as lazy

from qingyan.foundation.web.listing import asked_for
from qingyan.instruments.contracts import ReviewLack
from qingyan.instruments.models import ItemSignature, ReviewDecision
from qingyan.instruments.queries.reviews import NOT_REVIEWED, Standing
from qingyan.instruments.rules.hazards import hazardous_items
from qingyan.instruments.web import words
from qingyan.instruments.web.forms_review import LOOKS, SignatureForm
from qingyan.organisations.api import grade_name

STATES = ((NOT_REVIEWED, lazy("还没有审核")), *ReviewDecision.VERDICTS)
TONES = {NOT_REVIEWED: "orange", "approved": "green", "limited": "qing", "refused": "neutral"}
LACKS = {
    "note": lazy("请写审核意见。"),
    "looks": lazy("来源、许可、年龄、常模四项都核对过，才能决定可以使用。"),
    "grades": lazy("起始年级不能高于截止年级。"),
    "unsigned": lazy("有涉及生命安全的题还没有人签署，请先由另一位负责人逐题签署。"),
    "barred": lazy("有题经签署不得用于学生，这一版只能决定不可使用。"),
    "same_person": lazy("签署涉及生命安全的题和决定能不能用，要由两个人分别来做。"),
}


@dataclass(frozen=True)
class SensitiveItem:
    """An item that somebody must answer for, with its signatures and the form for the next one."""

    number: int
    id: str
    text: str
    min_age: int | None
    signature: ItemSignature | None
    earlier: tuple[ItemSignature, ...]
    form: SignatureForm

    @property
    def says(self) -> str:
        """What the signature that counts says."""
        if self.signature is None:
            return str(_("还没有人签署"))
        return signature_words(self.signature)


def signature_words(row: ItemSignature) -> str:
    """From which grade, or never."""
    if row.lowest_grade is None:
        return str(_("不得用于学生"))
    return str(_("%(grade)s及以上可以问") % {"grade": grade_name(row.lowest_grade)})


def state_words(standing: Standing) -> dict[str, Any]:
    """The state as a badge, with the grades that are open now."""
    return {"state": dict(STATES)[standing.state], "tone": TONES[standing.state], "grades": grades_words(standing)}


def grades_words(standing: Standing) -> str:
    """The grades that are open now: "七年级至高三"; "" when none is."""
    grades = standing.grades
    if not grades:
        return ""
    if len(grades) == grades[-1] - grades[0] + 1 > 1:
        return str(_("%(first)s至%(last)s") % {"first": grade_name(grades[0]), "last": grade_name(grades[-1])})
    return str(_("、").join(grade_name(grade) for grade in grades))


def row(standing: Standing) -> dict[str, Any]:
    """A line of the list."""
    instrument = standing.plan.instrument
    return state_words(standing) | {
        "code": instrument.code,
        "version": instrument.version,
        "title": instrument.title.in_language(words.page_language()),
        "licence": words.LICENCES[instrument.source.licence_status],
        "items": len(hazardous_items(instrument)),
        "unsigned": standing.unsigned,
        "decision": standing.decision,
    }


def kept(standings: list[Standing], asked: QueryDict) -> list[Standing]:
    """Those in the state, and of the name, that the address asks for."""
    state, name = asked_for(asked, "state"), asked_for(asked, "name").lower()
    return [
        one
        for one in standings
        if (not state or one.state == state)
        and (
            not name or name in f"{one.plan.code} {one.plan.instrument.title.zh} {one.plan.instrument.title.en}".lower()
        )
    ]


def sensitive(standing: Standing, refused: SignatureForm | None = None) -> list[SensitiveItem]:
    """The items to be signed, in order; `refused` is a form that came back with errors."""
    numbers = {item.id: number for number, item in enumerate(standing.plan.instrument.items, 1)}
    found = []
    for item in hazardous_items(standing.plan.instrument):
        signatures = [one for one in standing.signatures if one.item == item.id and one.digest == standing.plan.digest]
        back = refused if refused is not None and refused.data.get("item") == item.id else None
        form = back or SignatureForm(initial={"item": item.id}, auto_id=f"id_{item.id}_%s")
        found.append(
            SensitiveItem(
                numbers[item.id],
                item.id,
                item.text.in_language(words.page_language()) if item.text else _("（题文由单位导入）"),
                item.min_age,
                signatures[0] if signatures else None,
                tuple(signatures[1:]),
                form,
            )
        )
    return found


def history(standing: Standing) -> list[dict[str, Any]]:
    """Every decision, the newest first."""
    looks = dict(LOOKS)
    return [
        {
            "row": one,
            "tone": TONES[one.verdict],
            "by": _decider(one),
            "grades": _("%(first)s至%(last)s")
            % {"first": grade_name(one.grade_from), "last": grade_name(one.grade_to)},
            "looks": [looks[code].split("：")[0] for code in one.looked_at if code in looks],
            "other_file": one.digest != standing.plan.digest,
        }
        for one in standing.decisions
    ]


def _decider(one: ReviewDecision) -> str:
    if one.demo:
        return str(_("演示数据"))
    return str(one.decided_by.name if one.decided_by else _("平台"))


def sentences(lacks: list[ReviewLack]) -> list[str]:
    """Why a decision may not be taken."""
    return [str(LACKS[one]) for one in lacks]
