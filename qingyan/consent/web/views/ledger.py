"""One pupil's ledger for the counsellor: who said what about which text, when and how. The look is recorded first."""

from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext_lazy as lazy

from qingyan.consent.actions.looking import open_ledger
from qingyan.consent.policy import READ_LEDGER
from qingyan.consent.queries import ledger as queries
from qingyan.foundation.access.views import requires
from qingyan.foundation.web.listing import Column, page_of

GUARDIAN_COLUMNS = [
    Column("", lazy("日期")),
    Column("", lazy("用途")),
    Column("", lazy("怎么说")),
    Column("", lazy("谁说的")),
    Column("", lazy("哪一版")),
    Column("", lazy("怎么来的")),
]
OWN_COLUMNS = [
    Column("", lazy("时间")),
    Column("", lazy("用途")),
    Column("", lazy("怎么说")),
    Column("", lazy("哪一版")),
]
OWN_SHOWN = 50  # the newest words of the pupil; older ones stay in the ledger


@requires(READ_LEDGER)
def ledger(request: HttpRequest, slug: str, student_id: UUID) -> HttpResponse:
    """Guardians' words in pages, and the pupil's own newest ones."""
    pupil = open_ledger(student=student_id, by=request.actor, now=timezone.now())
    page = page_of(queries.guardians_words(request.actor, student_id), request.GET)
    context = {
        "pupil": pupil,
        "page": page,
        "lines": queries.guardian_lines(list(page.object_list)),
        "own": queries.own_lines(list(queries.own_words(request.actor, student_id)[:OWN_SHOWN])),
        "guardian_columns": GUARDIAN_COLUMNS,
        "own_columns": OWN_COLUMNS,
    }
    return render(request, "consent/ledger.html", context)
