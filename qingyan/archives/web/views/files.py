"""Finding a pupil's file by name or class. A name is posted and comes back sealed: no address or history holds it."""

from urllib.parse import urlencode

from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from qingyan.archives.actions import look_at_list
from qingyan.archives.policy import READ_FILE
from qingyan.archives.queries.files import FileSize, sizes
from qingyan.foundation.access.views import requires
from qingyan.foundation.crypto.api import Unreadable, open_text, seal_text
from qingyan.foundation.web.listing import Column, kept, page_of
from qingyan.organisations import api as organisations
from qingyan.people import api as people

COLUMNS = (Column("", _("姓名")), Column("", _("班级")), Column("", _("记录"), numeric=True), Column("", _("最近一条")))
EMPTY = FileSize(0, None)
PLACE = ("archives", "search")


@requires(READ_FILE)
def files(request: HttpRequest, slug: str) -> HttpResponse:
    """Pupils in pages; what is in a file is shown only after opening it."""
    if request.method == "POST":
        return redirect(f"{request.path}?{_address_of(request.POST)}")
    name = _opened(request.GET.get("found", ""))
    chosen = request.GET.get("class", "")
    class_id = int(chosen) if chosen.isdecimal() and len(chosen) < 10 else None
    page = page_of(people.find_pupils(request.actor, name=name, class_id=class_id), request.GET)
    classes = {one.id: one for one in organisations.classes_of(request.school.id, now=timezone.now())}
    found = sizes(request.actor, [pupil.id for pupil in page])
    lines = [(pupil, classes.get(pupil.school_class), found.get(pupil.id, EMPTY)) for pupil in page]
    look_at_list(shown=len(lines), by=request.actor, now=timezone.now())
    context = {
        "page": page,
        "lines": lines,
        "columns": COLUMNS,
        "classes": classes.values(),
        "name": name,
        "class_id": class_id,
        "query": kept(request.GET),
    }
    return render(request, "archives/files.html", context)


def _address_of(asked: QueryDict) -> str:
    """What was asked, as the query of an address, the name sealed."""
    name = asked.get("name", "").replace("\x00", "").strip()[:40]
    found = {"found": seal_text(PLACE, name)} if name else {}
    return urlencode({**found, "class": asked.get("class", "")})


def _opened(sealed: str) -> str:
    """The name of an address; empty for one that is not ours."""
    try:
        return open_text(PLACE, sealed) if sealed else ""
    except Unreadable:
        return ""
