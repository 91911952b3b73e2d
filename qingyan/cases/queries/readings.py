"""How a step of a case reads in the pupil's file, and the way from an alert to a case; registered in apps.py."""

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

from qingyan.archives.contracts import EntryFacts, Reading
from qingyan.cases.policy import OPEN_CASE
from qingyan.cases.queries import packs
from qingyan.cases.workflow import CASE
from qingyan.foundation.web.ways_on import WayOn

WAYS = {
    "alert": WayOn(gettext_noop("转为个案"), "cases:open_from_alert", OPEN_CASE),
    "concerns:concern": WayOn(gettext_noop("转为个案"), "cases:open_from_concern", OPEN_CASE),
    "file": WayOn(gettext_noop("个案"), "cases:open", OPEN_CASE),
}


def case(entry: EntryFacts, slug: str) -> Reading:
    """The step's words, the state it led to, the level that held; with the way to the case."""
    content = entry.content
    level = {one.code: one for one in packs.current().levels}.get(content["level"])
    return Reading(
        title=_("个案：%(title)s") % {"title": _(entry.title)},
        summary=_("状态：%(state)s") % {"state": _(CASE.state(content["state"]).title)},
        mark=_(level.words) if level else "",
        tone=level.colour if level else "neutral",
        link_label=_("打开个案"),
        link=reverse("cases:case", kwargs={"slug": slug, "case_id": content["case"]}),
    )
