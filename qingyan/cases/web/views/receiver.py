"""The receiver's page: a doctor or a station's expert opens it by the printed code and answers. No sign-in."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_POST

from qingyan.cases.actions import receiving
from qingyan.cases.models import ReferralCode
from qingyan.cases.queries import packs
from qingyan.cases.queries.received import received
from qingyan.cases.web.forms_referral import AppointForm, NameForm, SecretForm, SlipForm
from qingyan.cases.web.views.referral import REFUSED, form_of, write_down
from qingyan.foundation.access.views import public
from qingyan.foundation.documents.api import qr
from qingyan.foundation.pure.printed_codes import printed
from qingyan.foundation.web.device import device_of, mark_device

COOKIE = "qy_receiver"
VERBS = ("appoint", "attend", "miss", "return_slip")


@public("the receiver of a referral has no account; the printed code is asked for")
@require_http_methods(["GET", "POST"])
@sensitive_post_parameters()
def door(request: HttpRequest, slug: str) -> HttpResponse:
    """Ask for the code; a right one begins a short session and gives the code for next time."""
    form = SecretForm(request.POST if request.method == "POST" else None)
    if not form.is_valid():
        return _code_page(request, form=form)
    secret, device, now = form.cleaned_data["code"], device_of(request), timezone.now()
    found = receiving.open_page(school_id=request.school.id, secret=secret, device=device, now=now)
    if isinstance(found, receiving.Shut):
        return _code_page(request, form=SecretForm(), refused=True, wait=found.wait)
    address = request.build_absolute_uri(reverse("cases:receiver_door", kwargs={"slug": slug}))
    again = printed(found.next_secret)
    context = {"again": again, "until": found.next_until, "address": address, "qr": qr(f"{address}#{again}")}
    response = _unkept(render(request, "cases/receiver_opened.html", context))
    _give_session(request, response, found.session)
    return response


@public("the receiver's page of a referral; the short session of the code is asked for")
@require_http_methods(["GET"])
def page(request: HttpRequest, slug: str) -> HttpResponse:
    """The minimum set, and what may be answered now."""
    code = _session(request)
    return _page(request, code) if code else redirect("cases:receiver_door", slug=slug)


@public("the receiver's page of a referral: the second code, for the name")
@require_POST
@sensitive_post_parameters()
def name(request: HttpRequest, slug: str) -> HttpResponse:
    """The name, for whoever holds the guardian's code as well."""
    code, form = _session(request), NameForm(request.POST)
    if code is None:
        return redirect("cases:receiver_door", slug=slug)
    typed = form.cleaned_data["code"] if form.is_valid() else ""
    wait = receiving.name_asked(code=code, typed=typed, now=timezone.now())
    return (
        _page(request, code, wait=wait, refused=True)
        if wait is not None
        else redirect("cases:receiver_page", slug=slug)
    )


@public("the receiver's page of a referral: an appointment, whether the pupil came, the slip")
@require_POST
def answer(request: HttpRequest, slug: str, verb: str) -> HttpResponse:
    """One word of the receiver."""
    if verb not in VERBS:
        raise Http404
    code = _session(request)
    if code is None:
        return redirect("cases:receiver_door", slug=slug)
    form = form_of(verb, request, diagnosis_agreed=code.referral.diagnosis_agreed)
    if form is not None and not form.is_valid():
        return _page(request, code, **{verb: form})
    try:
        with receiving.answering(code) as (referral, by):
            write_down(verb, form, referral=referral, by=by)
    except REFUSED as refusal:
        return _page(request, code, **({verb: form.with_fault(str(refusal))} if form else {"moved_on": True}))
    return redirect("cases:receiver_page", slug=slug)


@public("the receiver closes the page of a referral")
@require_POST
def close(request: HttpRequest, slug: str) -> HttpResponse:
    """The session ends at once."""
    code = _session(request)
    if code is not None:
        receiving.end_session(code=code, now=timezone.now())
    response = redirect("cases:receiver_door", slug=slug)
    response.delete_cookie(COOKIE, path=_path(request), samesite="Strict")
    response.headers["Clear-Site-Data"] = '"cache", "storage"'
    return response


def _session(request: HttpRequest) -> ReferralCode | None:
    held = request.COOKIES.get(COOKIE, "")
    return receiving.session_code(school_id=request.school.id, session=held, now=timezone.now())


def _page(request: HttpRequest, code: ReferralCode, **forms) -> HttpResponse:
    now = timezone.now()
    receiving.looked(code=code, now=now)
    found = received(code, now)
    if found is None:
        return redirect("cases:receiver_door", slug=request.school.slug)
    slip = SlipForm(diagnosis_agreed=code.referral.diagnosis_agreed)
    shown = {"appoint": AppointForm(), "return_slip": slip, "name_form": NameForm()} | forms
    faulty = any(getattr(one, "errors", None) for one in forms.values()) or "refused" in forms
    context = {"received": found, "code": code, "guide": packs.referral(), "title": _("转介资料"), **shown}
    return _unkept(render(request, "cases/receiver.html", context, status=422 if faulty else 200))


def _code_page(request: HttpRequest, **context) -> HttpResponse:
    response = _unkept(render(request, "cases/receiver_door.html", context))
    mark_device(request, response)
    return response


def _give_session(request: HttpRequest, response: HttpResponse, session: str) -> None:
    response.set_cookie(
        COOKIE,
        session,
        max_age=packs.referral().session_minutes * 60,
        path=_path(request),
        httponly=True,
        samesite="Strict",
        secure=request.is_secure(),
    )


def _path(request: HttpRequest) -> str:
    return reverse("cases:receiver_door", kwargs={"slug": request.school.slug})


def _unkept(response: HttpResponse) -> HttpResponse:
    response.headers["Cache-Control"] = "no-store, private"
    return response
