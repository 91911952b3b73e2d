"""Forms of staff: a person's login and name, a post with its place. What may be granted: actions/staff.py."""

from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from qingyan.foundation.access.roles import Role
from qingyan.organisations import api as organisations
from qingyan.people.contracts import Appointment
from qingyan.people.models.account import ROLE_TITLES
from qingyan.people.queries.staff import class_by_code
from qingyan.people.rules.posts import CITY, DISTRICT, GRANTED_BY_SCHOOL, PLACES_OF, SCHOOL

NO_CLASS = [("", _("不分班级"))]


class DateInput(forms.DateInput):
    """The browser's own calendar."""

    input_type = "date"

    def __init__(self) -> None:
        super().__init__(format="%Y-%m-%d")


class PersonFields(forms.Form):
    """Who gets a new account."""

    login = forms.CharField(
        label=_("登录名"),
        max_length=60,
        help_text=_("小写字母、数字、点、横线或下划线，例如姓名的拼音；以后不能改。"),
        widget=forms.TextInput(attrs={"autocomplete": "off", "autocapitalize": "none", "spellcheck": "false"}),
    )
    name = forms.CharField(label=_("姓名"), max_length=40, widget=forms.TextInput(attrs={"autocomplete": "off"}))


class CityPostForm(forms.Form):
    """A post anywhere in the city."""

    role = forms.TypedChoiceField(label=_("角色"), coerce=Role)
    place = forms.ChoiceField(label=_("任职地点"))
    school_class = forms.CharField(
        label=_("班级码"), max_length=8, required=False, help_text=_("只有班主任要填；班级码在学校的“班级”页上。")
    )
    starts_on = forms.DateField(label=_("从哪天起"), widget=DateInput(), initial=timezone.localdate)

    def __init__(self, *args: Any, school: Any = None, **more: Any) -> None:
        super().__init__(*args, **more)
        self.fields["role"].choices = [(role.value, ROLE_TITLES[role]) for role in PLACES_OF]
        self.fields["place"].choices = _places()

    def clean_school_class(self) -> int | None:
        """The class with this code."""
        code = self.cleaned_data["school_class"].strip()
        found = class_by_code(code) if code else None
        if code and found is None:
            raise forms.ValidationError(_("没有哪个班是这个班级码。"))
        return found.id if found else None

    def appointment(self) -> Appointment:
        """What is asked for, once the form is valid."""
        given = self.cleaned_data
        kind, _colon, key = given["place"].partition(":")
        return Appointment(
            given["role"], given["starts_on"], school_class_id=given["school_class"], **{f"{kind}_id": int(key)}
        )


class SchoolPostForm(forms.Form):
    """A post at the own school: only what a school grants."""

    role = forms.TypedChoiceField(
        label=_("角色"), coerce=Role, choices=[(role.value, ROLE_TITLES[role]) for role in GRANTED_BY_SCHOOL]
    )
    school_class = forms.TypedChoiceField(
        label=_("班级"), coerce=int, empty_value=None, required=False, help_text=_("只有班主任要选。")
    )
    starts_on = forms.DateField(label=_("从哪天起"), widget=DateInput(), initial=timezone.localdate)

    def __init__(self, *args: Any, school: Any, **more: Any) -> None:
        super().__init__(*args, **more)
        self.school_id = school.id
        classes = organisations.classes_of(school.id, now=timezone.now())
        self.fields["school_class"].choices = NO_CLASS + [(one.id, str(one)) for one in classes]

    def appointment(self) -> Appointment:
        """What is asked for, once the form is valid."""
        given = self.cleaned_data
        return Appointment(
            given["role"], given["starts_on"], school_id=self.school_id, school_class_id=given["school_class"]
        )


class CityHireForm(PersonFields, CityPostForm):
    """A new person anywhere in the city."""


class SchoolHireForm(PersonFields, SchoolPostForm):
    """A new person of the own school."""


def _places() -> list[tuple[Any, Any]]:
    """Grouped for a select: the city, its districts, the schools of each district."""
    city, districts = organisations.the_city(), organisations.districts()
    schools: dict[str, list[tuple[str, str]]] = {}
    for school in organisations.all_schools():
        schools.setdefault(school.district.name, []).append((f"{SCHOOL}:{school.id}", school.name))
    top = [(_("市"), [(f"{CITY}:{city.id}", city.name)])] if city else []
    return [*top, (_("区"), [(f"{DISTRICT}:{one.id}", one.name) for one in districts]), *schools.items()]
