"""The guardians' page at /s/<slug>/guardian/: the code, the text and the choice, the receipt. Nobody signs in here.

Whoever else is signed in on the browser stays so and is not asked about: what is kept comes from the code alone.
"""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods

from qingyan.consent.actions.guardians import Opened, answer, open_again, try_code
from qingyan.consent.contracts import Receipt, Word
from qingyan.consent.models.ledger import WORDS
from qingyan.consent.web.guardian_forms import AnswerForm, CodeForm, Held
from qingyan.foundation.access.views import public
from qingyan.foundation.pure.printed_codes import printed
from qingyan.foundation.web.device import device_of, mark_device, mark_of


@public("the guardians' page: a parent has no account; the printed code is asked for")
@require_http_methods(["GET", "POST"])
@sensitive_post_parameters()
def guardian(request: HttpRequest, slug: str) -> HttpResponse:
    """Ask for the code; a right one leads to the text and the choice."""
    form = CodeForm(request.POST if request.method == "POST" else None)
    if not form.is_valid():
        return _code_page(request, form=form)
    code = form.cleaned_data["code"]
    found = try_code(school_id=request.school.id, code=code, device=device_of(request), now=timezone.now())
    if isinstance(found, Opened):
        return _choice(request, found, Held.of(found))
    return _code_page(request, form=CodeForm(), refused=True, wait=found.wait)


@public("the second step of the guardians' page; the sealed word of the first step is asked for")
@require_http_methods(["GET", "POST"])
@sensitive_post_parameters()
def guardian_answer(request: HttpRequest, slug: str) -> HttpResponse:
    """Keep the answer and show the receipt; an incomplete one comes back with what was chosen."""
    if request.method == "GET":
        return redirect("consent:guardian", slug=slug)
    held = Held.read(request.POST.get("held", ""), device=mark_of(request))
    if held is None:
        return _code_page(request, form=CodeForm(), too_late=True)
    now, school = timezone.now(), request.school.id
    opened = open_again(school_id=school, link_id=held.link, now=now)
    if opened is None:
        receipt = answer(school_id=school, given=held.repeated(), now=now)
        return _receipt(request, receipt, held)
    form = AnswerForm(request.POST, asked=opened.asked, again=opened.again)
    if not form.is_valid():
        return _choice(request, opened, held, form=form)
    return _receipt(request, answer(school_id=school, given=held.answer(form), now=now), held)


def _code_page(request: HttpRequest, **context) -> HttpResponse:
    response = _unkept(render(request, "consent/guardian_code.html", context))
    mark_device(request, response)
    return response


def _choice(request: HttpRequest, opened: Opened, held: Held, form: AnswerForm | None = None) -> HttpResponse:
    form = form or AnswerForm(asked=opened.asked, again=opened.again)
    before = [(one.title, WORDS[one.before]) for one in opened.asked if one.before]
    context = {"opened": opened, "form": form, "before": before, "held": held.sealed(device=mark_of(request))}
    return _unkept(render(request, "consent/guardian_choice.html", context, status=422 if form.errors else 200))


def _receipt(request: HttpRequest, receipt: Receipt | None, held: Held) -> HttpResponse:
    if receipt is None:
        return _code_page(request, form=CodeForm(), too_late=True)
    lines = [(line, WORDS[line.word], line.word is Word.AGREED) for line in receipt.lines]
    address = request.build_absolute_uri(f"/s/{request.school.slug}/guardian/")
    context = {"receipt": receipt, "lines": lines, "code": printed(held.next_code), "address": address}
    return _unkept(render(request, "consent/guardian_receipt.html", context))


def _unkept(response: HttpResponse) -> HttpResponse:
    response.headers["Cache-Control"] = "no-store, private"
    return response
