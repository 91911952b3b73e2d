"""The life of a case as it stands in the table: diagram, who owns a state and for how long, which steps there are."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext_lazy as _

from qingyan.cases.policy import READ_CASES, READ_LEADER_LIST
from qingyan.cases.queries import packs
from qingyan.cases.rules.drawing import drawing
from qingyan.cases.workflow import CASE
from qingyan.foundation.access.views import requires

OWNERS = {"counsellor": _("心理教师"), "principal": _("校领导")}


@requires(READ_CASES, READ_LEADER_LIST)
def diagram(request: HttpRequest, slug: str) -> HttpResponse:
    """The same for everybody; it holds no pupil."""
    states = [(one, OWNERS.get(one.owner, "—"), CASE.steps_from(one.code)) for one in CASE.state_list]
    context = {"drawing": drawing(CASE), "states": states, "titles": dict(CASE.choices()), "pack": packs.current()}
    return render(request, "cases/diagram.html", context)
