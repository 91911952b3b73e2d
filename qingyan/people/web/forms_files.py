"""Forms of files: a step with its day, an offer to another school, a request, an answer. What is right: actions."""

from datetime import date
from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from qingyan.organisations.api import School, SchoolClass
from qingyan.people.contracts import AskedPerson
from qingyan.people.models import Student
from qingyan.people.models.student import Sex
from qingyan.people.web.forms_staff import DateInput


def class_field(classes: list[SchoolClass], **more: Any) -> forms.TypedChoiceField:
    """A select of classes."""
    choices = [("", _("请选择")), *((one.id, str(one)) for one in classes)]
    return forms.TypedChoiceField(label=_("班级"), coerce=int, empty_value=None, choices=choices, **more)


def school_choices(schools: list[School]) -> list[tuple[Any, Any]]:
    """Schools grouped by district, for a select."""
    grouped: dict[str, list[tuple[int, str]]] = {}
    for school in schools:
        grouped.setdefault(school.district.name, []).append((school.id, school.name))
    return [("", _("请选择")), *grouped.items()]


class StepForm(forms.Form):
    """One step of schooling. `needs_class`: into which class."""

    on = forms.DateField(label=_("从哪天起"), widget=DateInput(), initial=timezone.localdate)
    note = forms.CharField(
        label=_("说明"),
        max_length=500,
        required=False,
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text=_("加密保存，只有学校管理员和心理教师能看到。可以不写。"),
    )

    def __init__(self, *args: Any, classes: list[SchoolClass], needs_class: bool, **more: Any) -> None:
        super().__init__(*args, **more)
        if needs_class:
            self.fields["school_class"] = class_field(classes)
        self.order_fields(["school_class", "on", "note"])

    @property
    def given(self) -> dict[str, Any]:
        """What take_step asks for."""
        given = self.cleaned_data
        return {"on": given["on"], "note": given["note"], "class_id": given.get("school_class")}


class OfferForm(forms.Form):
    """To which school the pupil goes."""

    school = forms.TypedChoiceField(label=_("转到哪所学校"), coerce=int)

    def __init__(self, *args: Any, schools: list[School], **more: Any) -> None:
        super().__init__(*args, **more)
        self.fields["school"].choices = school_choices(schools)


class AskForm(forms.Form):
    """Whom this school asks another one for."""

    school = forms.TypedChoiceField(label=_("从哪所学校转来"), coerce=int)
    name = forms.CharField(label=_("姓名"), max_length=40, widget=forms.TextInput(attrs={"autocomplete": "off"}))
    sex = forms.ChoiceField(label=_("性别"), choices=Sex.choices)
    birth_date = forms.DateField(label=_("出生日期"), widget=DateInput())
    number = forms.CharField(
        label=_("学籍号或证件号"),
        max_length=40,
        required=False,
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
        help_text=_("帮助原学校核对，不会保存。可以不填。"),
    )

    def __init__(self, *args: Any, schools: list[School], **more: Any) -> None:
        super().__init__(*args, **more)
        self.fields["school"].choices = school_choices(schools)

    def clean_birth_date(self) -> date:
        """Not in the future."""
        born: date = self.cleaned_data["birth_date"]
        if born > timezone.localdate():
            raise forms.ValidationError(_("出生日期不能晚于今天。"))
        return born

    def person(self) -> AskedPerson:
        """Who is meant, once the form is valid."""
        given = self.cleaned_data
        return AskedPerson(
            given["name"].strip(), given["sex"], given["birth_date"], id_number=given["number"],
            student_number=given["number"],
        )  # fmt: skip


class AcceptForm(forms.Form):
    """Into which class the pupil comes."""

    def __init__(self, *args: Any, classes: list[SchoolClass], **more: Any) -> None:
        super().__init__(*args, **more)
        self.fields["school_class"] = class_field(classes)


class ReasonForm(forms.Form):
    """Why not."""

    reason = forms.CharField(label=_("原因"), max_length=200, widget=forms.TextInput(attrs={"autocomplete": "off"}))


class HoldForm(forms.Form):
    """Which pupils of a class repeat the grade."""

    pupils = forms.MultipleChoiceField(label=_("留级的学生"), required=False, widget=forms.CheckboxSelectMultiple)

    def __init__(self, *args: Any, pupils: list[Student], **more: Any) -> None:
        super().__init__(*args, **more)
        self.fields["pupils"].choices = [(str(one.id), one.name) for one in pupils]
