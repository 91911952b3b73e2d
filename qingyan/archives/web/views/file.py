"""One pupil's file. The look is recorded before anything is shown."""

from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone

from qingyan.archives.actions import open_file
from qingyan.archives.policy import READ_FILE
from qingyan.archives.queries.file_page import file_page
from qingyan.foundation.access.views import requires
from qingyan.foundation.web.ways_on import ways_on
from qingyan.people import api as people


@requires(READ_FILE)
def file(request: HttpRequest, slug: str, student_id: UUID) -> HttpResponse:
    """Identity, enrolment, results as charts and tables, alerts, the course of things, who looked."""
    now = timezone.now()
    pupil = open_file(student_id=student_id, by=request.actor, now=now)
    age = people.age_on(pupil.birth_date, timezone.localdate(now))
    page = file_page(request.actor, student_id, slug=request.school.slug)
    context = {"file": page, "pupil": pupil, "age": age, "now": timezone.localtime(now)}
    return render(request, "archives/file.html", context | {"ways_on": ways_on("file", request.actor)})
