"""The vault: counselling talks of a case with the team's summaries and the reader's own process notes."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from qingyan.cases.actions.moving import held
from qingyan.cases.actions.noting import Unfit, correct, note_counselling, open_notes
from qingyan.cases.policy import CARRY, READ_NOTES, WRITE_NOTES
from qingyan.cases.queries.notes import counsellings_of, notes_of, own_counselling
from qingyan.cases.web.form_page import Paper, form_page
from qingyan.cases.web.forms_notes import CorrectForm, CounsellingForm
from qingyan.foundation.access.policy import allowed
from qingyan.foundation.access.views import requires
from qingyan.foundation.web.listing import page_of

NEW = Paper(_("记一次辅导"), _("小结给本校心理教师，过程记录只给你自己。存下以后只能补充，不能涂改。"), _("保存"))
AGAIN = Paper(_("补充或更正"), _("存成新的版本，和原来的放在一起。没有写的那一栏不变。"), _("存成新的版本"))


@requires(READ_NOTES)
def notes(request: HttpRequest, slug: str, case_id: UUID) -> HttpResponse:
    """Every talk and version; the look is recorded."""
    case = open_notes(case_id=case_id, by=request.actor, now=timezone.now())
    page = page_of(counsellings_of(case), request.GET)
    context = {"case": case, "page": page, "notes": notes_of(request.actor, list(page.object_list))}
    context |= {"may_write": allowed(request.actor, CARRY, case), "now": timezone.localtime()}
    return render(request, "cases/notes.html", context)


@requires(CARRY)
def note(request: HttpRequest, slug: str, case_id: UUID) -> HttpResponse:
    """A talk that was held."""
    now, case = timezone.now(), held(request.actor, case_id, CARRY)
    form = CounsellingForm(request.POST or None, initial={"at": timezone.localtime(now)})
    if request.method == "POST" and form.is_valid():
        try:
            note_counselling(case=case, held=form.held(), by=request.actor, now=now)
            messages.success(request, _now("已保存。"))
            return redirect("cases:notes", slug=slug, case_id=case.id)
        except Unfit:
            form.add_error("at", _("时间不能在将来。"))
    return form_page(request, case, form, NEW)


@requires(WRITE_NOTES)
def note_again(request: HttpRequest, slug: str, counselling_id: UUID) -> HttpResponse:
    """New versions of the own notes."""
    talk = own_counselling(request.actor, counselling_id)
    form = CorrectForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            correct(counselling_id=counselling_id, **form.cleaned_data, by=request.actor, now=timezone.now())
            messages.success(request, _now("已存成新的版本。"))
            return redirect("cases:notes", slug=slug, case_id=talk.case_id)
        except Unfit:
            form.add_error(None, _("两栏都空着，没有可以存的。"))
    return form_page(request, talk.case, form, AGAIN)
