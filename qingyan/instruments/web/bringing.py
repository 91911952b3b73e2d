"""Between the forms and the rules of bringing words: reading, sealing, and every refusal as a sentence."""

from collections.abc import Mapping, Sequence
from typing import Any

from django.core import signing
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as lazy

from qingyan.foundation.access.actor import Actor
from qingyan.foundation.access.policy import allowed
from qingyan.instruments.contracts import Instrument, Wording
from qingyan.instruments.models import BroughtWording, MarkCheck
from qingyan.instruments.policy import CHECK_MARKS, cities_of
from qingyan.instruments.queries.wordings import checks_of, schools_of, unusable, wordings_at
from qingyan.instruments.rules.bringing import DoesNotFit, Misfit, wording_from
from qingyan.instruments.rules.hazards import unmarked_hazards, why_unusable
from qingyan.instruments.rules.wordings import from_json
from qingyan.instruments.web import words
from qingyan.instruments.web.forms import FileForm, PreviewForm
from qingyan.people import api as people

SALT = "instruments.wording"
PREVIEW_LIVES = 3600  # seconds
MOST_NAMED = 12
NEEDED = {
    "marking_missing": lazy("这份量表有涉及自杀的题。导入时请逐题标出问的是什么，再由第二个人核对，才能用于测评。"),
    "unconfirmed": lazy("这份量表的题没有人替您读过。导入时请逐题标出，再由第二个人核对，才能用于测评。"),
}
MISFITS = {
    "layout": lazy("看不出是模板还是 XLSForm：模板第一行要有 item 和 text，XLSForm 要有 survey 和 choices 两张表。"),
    "unknown_item": lazy("没有叫“%(about)s”的题。"),
    "twice": lazy("%(about)s 出现了不止一次。"),
    "no_text": lazy("%(about)s 没有题文。"),
    "no_label": lazy("%(about)s 没有选项文字。"),
    "unknown_answer": lazy("%(about)s：没有这个选项值。"),
}
UNUSABLE = {
    "marks": lazy("标出了涉及自杀或自伤的题，但没有说明每题问的是什么，请重新导入并逐题选择。"),
    "marking_missing": lazy("这份量表有涉及自杀的题，这一版没有标出是哪几题，预警看不到，所以不能用于测评。"),
    "unconfirmed": lazy("还没有第二个人核对标记。导入的人自己不能核对。"),
}


def read(form: FileForm, instrument: Instrument) -> Wording | None:
    """The words in the uploaded file, or None with every fault added to the form."""
    try:
        return wording_from(people.tables(form.cleaned_data["file"].read()), instrument)
    except people.Unreadable as unreadable:
        form.add_error("file", str(unreadable))
    except DoesNotFit as misfit:
        form.add_error("file", _sentences(misfit.misfits))
    return None


def first_preview(instrument: Instrument, words: Wording, right: Mapping[str, str]) -> PreviewForm:
    """The preview's form before anybody has answered it; what the word list found is listed, nothing is ticked."""
    sealed = signing.dumps({"of": _name(instrument), "words": words.as_json()}, salt=SALT, compress=True)
    initial = {"sealed": sealed, "licence": right["licence"], "permission_ref": right["permission_ref"]}
    form = PreviewForm(initial=initial, items=_items(instrument, words))
    form.found = unmarked(unmarked_hazards(instrument, words))
    return form


def preview_form(instrument: Instrument, words: Wording, data: Mapping[str, Any]) -> PreviewForm:
    """The preview's form as it was sent."""
    return PreviewForm(data, items=_items(instrument, words))


def unsealed(sealed: str, instrument: Instrument) -> Wording | None:
    """The words that were shown; None when the seal is broken, old, or of another instrument."""
    try:
        held = signing.loads(sealed, salt=SALT, max_age=PREVIEW_LIVES)
    except signing.BadSignature:
        return None
    return from_json(held["words"]) if held["of"] == _name(instrument) else None


def unmarked(items: Sequence[str]) -> str:
    """What the word list found, as a sentence; "" for nothing."""
    if not items:
        return ""
    said = _("这些题的文字像是涉及自杀或自伤，请读过并标出：%(items)s。")
    return str(said % {"items": "、".join(items)})


def blocked(instrument: Instrument) -> str:
    """Why no words make this instrument usable yet; "" for nothing."""
    why = why_unusable(instrument, [], {}, confirmed=False)
    return str(NEEDED[why]) if why in NEEDED else ""


def line(actor: Actor, row: BroughtWording, check: MarkCheck | None) -> dict[str, Any]:
    """One version for the list; `to_check`: this person may be the second one to read its marks."""
    why = unusable(row, check)
    return {
        "row": row,
        "unusable": UNUSABLE[why] if why else "",
        "digest": row.digest[:12],
        "check": check,
        "marks": [(item, words.CONCERNS.get(concern, concern)) for item, concern in row.concerns.items()],
        "to_check": why == "unconfirmed" and row.imported_by_id != actor.id and allowed(actor, CHECK_MARKS, row),
        "questions": row.words["texts"].items() if why == "unconfirmed" else (),
    }


def lines(actor: Actor, code: str, version: str) -> list[dict[str, Any]]:
    """Every version that counts where this person stands."""
    rows = wordings_at(actor, code, version)
    checks = checks_of(rows)
    return [line(actor, row, checks.get(row.id)) for row in rows]


def doors(actor: Actor, instrument: Instrument) -> list[tuple[str, str]]:
    """Where this person may bring words for a key-only instrument: (name of the place, address)."""
    if not instrument.needs_wording:
        return []
    keys = {"keyed": instrument.code, "version": instrument.version}
    found = [(_("全市的题文"), reverse("instruments:city_wordings", kwargs=keys))] if cities_of(actor) else []
    return found + [
        (one.name, reverse("instruments:wordings", kwargs=keys | {"slug": one.slug})) for one in schools_of(actor)
    ]


def _sentences(misfits: Sequence[Misfit]) -> list[str]:
    said = [MISFITS[one.code] % {"about": one.about} for one in misfits[:MOST_NAMED]]
    if len(misfits) > MOST_NAMED:
        said.append(_("另外还有 %(count)s 处。") % {"count": len(misfits) - MOST_NAMED})
    return [*said, _("什么都没有改动，改好文件后可以再上传。")]


def _items(instrument: Instrument, words: Wording) -> list[tuple[str, str]]:
    return [(item.id, words.texts[item.id]) for item in instrument.items if not item.critical]


def _name(instrument: Instrument) -> str:
    return f"{instrument.code} {instrument.version}"
