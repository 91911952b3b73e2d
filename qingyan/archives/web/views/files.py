"""Finding a pupil's file by name or class."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from qingyan.archives.policy import READ_FILE
from qingyan.archives.queries.files import FileSize, sizes
from qingyan.foundation.access.views import requires
from qingyan.foundation.web.listing import Column, kept, page_of
from qingyan.organisations import api as organisations
from qingyan.people import api as people

COLUMNS = (Column("", _("姓名")), Column("", _("班级")), Column("", _("记录"), numeric=True), Column("", _("最近一条")))
EMPTY = FileSize(0, None)


@requires(READ_FILE)
def files(request: HttpRequest, slug: str) -> HttpResponse:
    """Pupils in pages; what is in a file is shown only after opening it."""
    name = request.GET.get("name", "").strip()[:40]
    chosen = request.GET.get("class", "")
    class_id = int(chosen) if chosen.isdecimal() and len(chosen) < 10 else None
    page = page_of(people.find_pupils(request.actor, name=name, class_id=class_id), request.GET)
    classes = {one.id: one for one in organisations.classes_of(request.school.id, now=timezone.now())}
    found = sizes(request.actor, [pupil.id for pupil in page])
    lines = [(pupil, classes.get(pupil.school_class), found.get(pupil.id, EMPTY)) for pupil in page]
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
