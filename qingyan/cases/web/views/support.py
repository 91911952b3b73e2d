"""Support cards: given by who carries the case, read by the class's teachers, who log when they were in touch."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from qingyan.cases.actions import supporting
from qingyan.cases.actions.looking import look_at_cards
from qingyan.cases.actions.moving import held
from qingyan.cases.policy import CARRY, LOG_CONTACT, READ_SUPPORT
from qingyan.cases.queries.plans import card_here, cards_for, contacts_of
from qingyan.cases.web.form_page import REFUSALS, Paper, back, form_page, refused
from qingyan.cases.web.forms_plans import CardForm, ContactForm
from qingyan.foundation.access.views import requires
from qingyan.foundation.pure.workflow import NotAllowed
from qingyan.foundation.web.listing import page_of

CARD = Paper(_("关心卡"), _("给班主任看的：请多关心这位同学，以及怎样做。看不到个案、等级和原因。"), _("发给班主任"))


@requires(CARRY)
def release(request: HttpRequest, slug: str, case_id: UUID) -> HttpResponse:
    """Give the teachers of the class a card."""
    case = held(request.actor, case_id, CARRY)
    form = CardForm(request.POST or None)
    if request.method != "POST" or not form.is_valid():
        return form_page(request, case, form, CARD)
    try:
        supporting.release_card(case=case, **form.cleaned_data, by=request.actor, now=timezone.now())
    except REFUSALS as refusal:
        return refused(request, case, refusal)
    return back(request, case, _("关心卡已发给班主任。"))


@requires(READ_SUPPORT)
def cards(request: HttpRequest, slug: str) -> HttpResponse:
    """The cards of the own classes; the look is recorded."""
    page = page_of(cards_for(request.actor), request.GET)
    look_at_cards(shown=len(page.object_list), by=request.actor, now=timezone.now())
    return render(request, "cases/support.html", {"page": page})


@requires(LOG_CONTACT)
def contact(request: HttpRequest, slug: str, card_id: UUID) -> HttpResponse:
    """One card with the latest contacts, and the form to add one."""
    now = timezone.now()
    card = card_here(request.actor, card_id)
    form = ContactForm(request.POST or None, initial={"at": timezone.localtime(now)})
    if request.method == "POST" and form.is_valid():
        try:
            supporting.log_contact(card=card, **form.cleaned_data, by=request.actor, now=now)
        except NotAllowed:
            form.add_error("at", _("时间不能在以后。"))
        else:
            messages.success(request, _("已记下。谢谢你的关心。"))
            return redirect("cases:contact", slug=slug, card_id=card_id)
    look_at_cards(shown=1, by=request.actor, now=now, student_id=card.student_id)
    context = {"card": card, "form": form, "contacts": contacts_of(card)}
    return render(request, "cases/contact.html", context, status=422 if form.errors else 200)
