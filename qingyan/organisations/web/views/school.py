"""Pages of one school for its staff: its classes, and its own look."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from qingyan.foundation.access.views import requires
from qingyan.foundation.web.listing import Column
from qingyan.organisations import actions, api
from qingyan.organisations.contracts import ClassFacts
from qingyan.organisations.policy import EDIT_SCHOOL, SEE_CLASSES
from qingyan.organisations.queries import places
from qingyan.organisations.queries.registered import class_facts
from qingyan.organisations.web.forms import SchoolPageForm

NOTHING_KNOWN = ClassFacts()
COLUMNS = (
    Column("", gettext_lazy("班级")),
    Column("", gettext_lazy("班级码")),
    Column("", gettext_lazy("班主任")),
    Column("", gettext_lazy("学生"), numeric=True),
)


@requires(SEE_CLASSES)
def classes(request: HttpRequest, slug: str) -> HttpResponse:
    """The classes of this school year with their codes."""
    year = api.current_year(timezone.now())
    rows = list(places.classes_for(request.actor, year))
    facts = class_facts(request.actor, [row.id for row in rows])
    lines = [(row, facts.get(row.id, NOTHING_KNOWN)) for row in rows]
    return render(request, "organisations/classes.html", {"year": year, "lines": lines, "columns": COLUMNS})


@requires(EDIT_SCHOOL)
def settings(request: HttpRequest, slug: str) -> HttpResponse:
    """The school's short name, colour, welcome and room."""
    school = request.school
    known = {name: getattr(school, name) for name in ("short_name", "accent", "welcome", "counselling_room")}
    form = SchoolPageForm(request.POST if request.method == "POST" else None, initial=known)
    if request.method == "POST" and form.is_valid():
        try:
            actions.edit_school(school=school, page=form.page(), by=request.actor, now=timezone.now())
        except actions.Unfit as unfit:
            form.add_error("accent", unfit.faults)
        else:
            messages.success(request, _("学校页面已更新。"))
            return redirect("organisations:settings", slug=slug)
    return render(request, "organisations/settings.html", {"form": form}, status=422 if form.errors else 200)
