"""Forms of the talk with a guardian, the two plans, the card and a contact; and the words of a plan's parts."""

from collections.abc import Mapping
from typing import Any
from uuid import UUID

from django import forms
from django.utils.translation import gettext_lazy as _

from qingyan.cases.models.guardian_talk import Outcome
from qingyan.cases.models.support import Way
from qingyan.cases.rules.plans import NEEDED, PARTS
from qingyan.cases.web.forms import LONGEST, SEALED_HELP, area

PART_WORDS = {
    "signs": _("我自己能发现的信号"),
    "own_help": _("我自己能做的，让自己好受一点"),
    "company": _("能让我分心的人和地方"),
    "adults": _("我可以求助的大人，怎样联系"),
    "lines": _("紧急时打的电话"),
    "keep_safe": _("让身边更安全：怎样做、谁来帮"),
    "goals": _("目标"),
    "who": _("由谁、多久一次"),
    "school": _("课堂和同伴的支持"),
    "environment": _("环境和安全"),
    "home": _("家里可以做的"),
}
RELATIONS = [
    ("mother", _("母亲")),
    ("father", _("父亲")),
    ("grandparent", _("祖父母或外祖父母")),
    ("other", _("其他监护人")),
]
TASKS = (1, 2, 3)
TASK_HELP = _("对方只会看到学生姓名、这一句话和期限。不写原因、等级和谈话内容。")


def _moment(label) -> forms.DateTimeField:
    widget = forms.DateTimeInput(attrs={"type": "datetime-local"}, format="%Y-%m-%dT%H:%M")
    return forms.DateTimeField(label=label, widget=widget)


def _day(label, *, required: bool = True) -> forms.DateField:
    widget = forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
    return forms.DateField(label=label, required=required, widget=widget)


class GuardianTalkForm(forms.Form):
    """A talk with a guardian."""

    at = _moment(_("谈话时间"))
    second = forms.TypedChoiceField(label=_("一起谈的老师"), coerce=UUID, help_text=_("两个人一起谈。"))
    relation = forms.ChoiceField(label=_("与学生的关系"), choices=RELATIONS)
    outcome = forms.ChoiceField(label=_("告知书"), choices=Outcome.choices, widget=forms.RadioSelect)
    witness = forms.CharField(label=_("见证人"), max_length=60, required=False, help_text=_("拒绝签收时填写。"))
    words = forms.CharField(label=_("谈了什么"), max_length=LONGEST, widget=area(), help_text=SEALED_HELP)

    def __init__(self, *args: Any, staff: Mapping[UUID, str], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["second"].choices = [(str(key), name) for key, name in staff.items()]

    def clean(self) -> dict[str, Any]:
        """A refusal has a witness."""
        given = super().clean() or {}
        if given.get("outcome") == "refused" and not given.get("witness", "").strip():
            self.add_error("witness", _("拒绝签收时要有见证人。"))
        return given


class PlanForm(forms.Form):
    """The parts of a plan, when it is looked at again, and for the individual plan up to three tasks."""

    def __init__(self, *args: Any, kind: str, staff: Mapping[UUID, str] | None = None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.kind = kind
        for name in PARTS[kind]:
            self.fields[name] = forms.CharField(
                label=PART_WORDS[name], required=name in NEEDED[kind], max_length=LONGEST, widget=area(3)
            )
        self.fields["review_on"] = _day(_("什么时候再看"))
        for number in TASKS if staff else ():
            who = [("", "—"), *((str(key), name) for key, name in (staff or {}).items())]
            self.fields[f"who-{number}"] = forms.ChoiceField(label=_("任务：由谁"), choices=who, required=False)
            self.fields[f"what-{number}"] = forms.CharField(
                label=_("任务：做什么"), max_length=300, required=False, help_text=TASK_HELP
            )
            self.fields[f"due-{number}"] = _day(_("任务：什么时候以前"), required=False)

    @property
    def parts(self) -> dict[str, str]:
        """The parts by name."""
        return {name: self.cleaned_data[name].strip() for name in PARTS[self.kind]}

    @property
    def tasks(self) -> list[tuple[UUID, str, Any]]:
        """The tasks that are filled in whole."""
        rows = [[self.cleaned_data.get(f"{name}-{number}") for name in ("who", "what", "due")] for number in TASKS]
        return [(UUID(who), what, due) for who, what, due in rows if who and what and due]


class CardForm(forms.Form):
    """A card for the teachers of the class."""

    words = forms.CharField(
        label=_("在课堂上怎样支持"),
        max_length=800,
        widget=area(),
        help_text=_("班主任会看到这段话。不写原因、等级、测评和谈话内容；写可以做的小事，以及什么时候告诉你。"),
    )
    next_on = _day(_("下一次想听到消息"), required=False)


class ContactForm(forms.Form):
    """Somebody was in touch."""

    at = _moment(_("时间"))
    way = forms.ChoiceField(label=_("方式"), choices=Way.choices)
    words = forms.CharField(
        label=_("看到了什么"),
        max_length=800,
        widget=area(),
        help_text=_("写看到的事实。加密保存；只能补充，不能修改。"),
    )
