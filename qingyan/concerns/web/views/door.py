"""The public doors of a school: help now, a worry about somebody, the letter box, bullying. Nobody has to sign in.

A signed-in pupil writes with the own name where the page says so. Staff who are signed in are nobody here.
"""

from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_GET, require_http_methods

from qingyan.concerns.actions.raising import NewReport, TooMany, raise_report
from qingyan.concerns.contracts import Kind, Source
from qingyan.concerns.queries.on_duty import help_note, on_duty
from qingyan.concerns.web.forms import BullyingForm, DoorForm, HelpForm, LetterForm, WorryForm
from qingyan.consent import api as consent
from qingyan.foundation.access.actor import ANONYMOUS
from qingyan.foundation.access.actor import Kind as ActorKind
from qingyan.foundation.access.views import public
from qingyan.foundation.pure.printed_codes import printed
from qingyan.foundation.web.device import device_of, mark_device
from qingyan.people import api as people

DOOR = "a door of the school for pupils, classmates and guardians; it shows nobody's data"


@public(DOOR)
@require_GET
def help_page(request: HttpRequest, slug: str) -> HttpResponse:
    """Numbers, who is on duty, one tap."""
    return _shown(request, "concerns/door_help.html", HelpForm())


@public(DOOR)
@require_http_methods(["GET", "POST"])
@sensitive_post_parameters()
def help_message(request: HttpRequest, slug: str) -> HttpResponse:
    """The one tap; a pupil who is signed in is named unless the other button was pressed."""
    if request.method == "GET":
        return redirect("concerns:help", slug)
    form = HelpForm(request.POST)
    pupil = known_pupil(request) if "unnamed" not in request.POST else None
    source = Source.SELF if pupil else Source.OTHER
    more = {"pupil": pupil, "vouched": pupil is not None}
    return _received(
        request, "concerns/door_help.html", form, lambda sender: form.new(Kind.HELP, source, sender, **more)
    )


@public(DOOR)
@require_http_methods(["GET", "POST"])
@sensitive_post_parameters()
def worry(request: HttpRequest, slug: str) -> HttpResponse:
    """A classmate, a guardian or somebody else worries about a pupil."""
    form = WorryForm(request.POST or None)
    return _received(request, "concerns/door_worry.html", form, lambda sender: _worry(request, form, sender))


@public(DOOR)
@require_http_methods(["GET", "POST"])
@sensitive_post_parameters()
def letter(request: HttpRequest, slug: str) -> HttpResponse:
    """The letter box, with the own name or without."""
    form = LetterForm(request.POST or None)
    pupil = known_pupil(request) if "named" in request.POST else None
    more = {"pupil": pupil, "vouched": pupil is not None}
    return _received(
        request, "concerns/door_letter.html", form, lambda sender: form.new(Kind.LETTER, Source.SELF, sender, **more)
    )


@public(DOOR)
@require_http_methods(["GET", "POST"])
@sensitive_post_parameters()
def bullying(request: HttpRequest, slug: str) -> HttpResponse:
    """A report to the committee."""
    form = BullyingForm(request.POST or None)
    return _received(request, "concerns/door_bullying.html", form, lambda sender: _bullied(request, form, sender))


def _worry(request: HttpRequest, form: WorryForm, sender: str) -> NewReport:
    code, source = form.said("code"), Source(form.said("writer"))
    pupil = None
    if code and source is Source.GUARDIAN:
        pupil = consent.pupil_of_code(
            school_id=request.school.id, code=code, device=device_of(request), now=timezone.now()
        )
    writer = known_pupil(request) if "named" in request.POST else None
    return form.new(Kind.CONCERN, source, sender, pupil=pupil, writer=writer, vouched=bool(pupil or writer))


def _bullied(request: HttpRequest, form: BullyingForm, sender: str) -> NewReport:
    source = Source(form.said("writer"))
    named = known_pupil(request) if "named" in request.POST else None
    mine = source is Source.SELF
    return form.new(
        Kind.BULLYING,
        source,
        sender,
        pupil=named if mine else None,
        writer=None if mine else named,
        vouched=named is not None,
    )


def known_pupil(request: HttpRequest) -> UUID | None:
    """The pupil who is signed in at this school, or None."""
    actor = request.actor
    return actor.student_id if actor.kind is ActorKind.PUPIL and actor.school_id == request.school.id else None


def _received(request: HttpRequest, template: str, form: DoorForm, new: Any) -> HttpResponse:
    """The receipt; or the page again with everything that was typed."""
    if not form.is_bound or not form.is_valid():
        return _shown(request, template, form)
    made: NewReport = new(device_of(request))
    named = made.writer or (made.source is Source.SELF and made.pupil)
    by = request.actor if named else ANONYMOUS.at_school(request.school.id)
    try:
        receipt = raise_report(new=made, by=by, now=timezone.now())
    except TooMany:
        return _shown(request, template, form, too_many=True)
    context = {"receipt": receipt, "token": printed(receipt.token), "number": printed(receipt.number)}
    context |= _around(request)
    return _unkept(render(request, "concerns/door_receipt.html", context))


def _shown(request: HttpRequest, template: str, form: DoorForm, **context: Any) -> HttpResponse:
    status = 429 if context.get("too_many") else 422 if form.errors else 200
    pupil = known_pupil(request)
    context |= {"form": form, "me": people.pupil(request.actor, pupil) if pupil else None} | _around(request)
    response = _unkept(render(request, template, context, status=status))
    mark_device(request, response)
    return response


def _around(request: HttpRequest) -> dict[str, Any]:
    school = request.school.id
    return {"duty": on_duty(school, timezone.now()), "reach": help_note(school)}


def _unkept(response: HttpResponse) -> HttpResponse:
    response.headers["Cache-Control"] = "no-store, private"
    return response
