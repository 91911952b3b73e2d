"""The city with one of everything, and a signed-in client for each of the cast.

A new address with an unknown kind of key fails in the matrix until the world has a value for it.
"""

from collections.abc import Iterator
from contextlib import contextmanager

from django.db import transaction
from django.http import HttpResponse
from django.test import Client
from django.urls import URLPattern
from django.utils import timezone

from qingyan.foundation.access.actor import Actor
from qingyan.foundation.access.checks import package_reason, views_of
from qingyan.foundation.access.scope import entered
from qingyan.people.api import PUPIL_COOKIE, give_ticket, issue_slips, open_session
from qingyan.people.models import Post, Slip
from tests.factories.city import Cast, Place
from tests.factories.crisis import make_crisis
from tests.factories.figures import make_tables
from tests.factories.orders import make_model, make_trial
from tests.factories.records import Records, make_records, make_template
from tests.factories.rights import (
    ADMIN,
    AUDITOR,
    CITY,
    COMMITTEE,
    COUNSELLOR,
    DISTRICT,
    INVIGILATOR,
    PRINCIPAL,
    PUPIL,
    SECURITY,
    SYSTEM,
    TEACHER,
    VOLUNTEER,
)
from tests.factories.rounds import make_city_campaign

BACKEND = "django.contrib.auth.backends.ModelBackend"


class World:
    """The city with one of everything at home and in the other schools, and a signed-in client for each of the cast."""

    def __init__(self, cast: Cast) -> None:
        self.cast = cast
        self.city_campaign = make_city_campaign(cast)
        make_tables(cast, self.city_campaign)
        self.template = make_template(cast)
        self.model_number = make_model(cast)
        make_trial(cast, self.model_number)
        self.records: dict[str, Records] = {
            place.school.slug: make_records(cast, place) for place in (cast.home, cast.other, cast.far)
        }
        self.crises: dict[str, dict[str, object]] = {
            place.school.slug: make_crisis(place, self.records[place.school.slug].case, cast.district_lead)
            for place in (cast.home, cast.other, cast.far)
        }
        staff = {
            name: getattr(cast.home, name) for name in (COUNSELLOR, ADMIN, TEACHER, PRINCIPAL, INVIGILATOR, COMMITTEE)
        }
        staff |= {name: getattr(cast, name) for name in (DISTRICT, CITY, SYSTEM, SECURITY, AUDITOR, VOLUNTEER)}
        staff |= {"stranger": cast.other.counsellor, "far_stranger": cast.far.school_admin}
        self.clients: dict[str, Client] = {"anonymous": Client(raise_request_exception=False)}
        for name, account in staff.items():
            self.clients[name] = Client(raise_request_exception=False)
            self.clients[name].force_login(account, backend=BACKEND)
        self.clients[PUPIL] = self._pupil_client(cast.home)
        self.clients["strange_pupil"] = self._pupil_client(cast.other)

    def _pupil_client(self, place: Place) -> Client:
        now = timezone.now()
        with _acting_as(self.cast.actor(place.school_admin, place)):
            issue_slips(
                class_id=place.class_a.id,
                validity=timezone.timedelta(days=1),
                by=self.cast.actor(place.school_admin, place),
                now=now,
            )
            slip = Slip.objects.get(student=place.pupil, voided_at__isnull=True)
        with _acting_as(self.cast.platform(place)):
            ticket = open_session(school_id=place.school.id, slip_id=slip.id, now=now)
        answer = HttpResponse()
        give_ticket(answer, ticket)
        client = Client(raise_request_exception=False)
        client.cookies[PUPIL_COOKIE] = answer.cookies[PUPIL_COOKIE].value
        return client

    def values(self, place: Place) -> dict[str, object]:
        """A value for each kind of key in an address, of this school."""
        records = self.records[place.school.slug]
        return {
            "slug": place.school.slug,
            "student_id": place.pupil.id,
            "alert_id": records.alert,
            "absence_id": records.sitting,
            "duty_post_id": records.sitting,
            "call_id": records.sitting,
            "draft_id": records.draft,
            "print_id": records.slip_print,
            "sitting_id": records.sitting,
            "form_id": records.form,
            "assignment_id": records.assignment,
            "batch_id": records.sitting,
            "campaign_id": records.campaign,
            "step": "dates",
            "city_campaign_id": self.city_campaign.id,
            "class_id": place.class_a.id,
            "district_id": place.school.district_id,
            "level": "district",
            "place": place.school.district_id,
            "view_id": records.sitting,
            "table": "scales",
            "exhibit": "coverage",
            "file_kind": "json",
            "model_number": self.model_number,
            "code": "scl-90",
            "version": "1.0",
            "keyed": "who-5",
            "instrument": "scl-90",
            "registration_id": records.registration,
            "norm_id": records.norm,
            "transfer_id": records.transfer,
            "promotion_id": records.promotion,
            "merge_id": records.merge,
            "case_id": records.case,
            "card_id": records.card,
            "todo_id": records.todo,
            "errand_id": records.errand,
            "handover_id": records.handover,
            **self.crises[place.school.slug],
            "referral_id": records.referral,
            "leave_id": records.leave,
            "other_id": place.pupils_a[1].id,
            "verb": "worsen",
            "report_id": records.report,
            "export_id": records.export,
            "template_id": self.template.id,
            "paper": "register",
            "letter": "guardian_notice",
            "number": 0,
            "kind": "pdf",
            "job_id": 1,
            "concern_id": records.concern,
            "bullying_id": records.bullying,
            "notice_id": records.sitting,
            "robot_id": records.robot,
            "city_robot_id": records.robot,
            "account_id": place.homeroom_teacher.id,
            "post_id": Post.objects.get(account=place.homeroom_teacher).id,
        }


@contextmanager
def _acting_as(actor: Actor) -> Iterator[None]:
    with transaction.atomic(), entered(actor):
        yield


def routes() -> list[tuple[str, URLPattern]]:
    """Every named address of ours with its whole route."""
    return [
        (route, pattern) for route, pattern in views_of() if package_reason(pattern.callback) is None and pattern.name
    ]


def guarded() -> list[tuple[str, URLPattern]]:
    """Those that require a permission."""
    return [(route, pattern) for route, pattern in routes() if getattr(pattern.callback, "permissions", ())]


def path_of(route: str, values: dict[str, object]) -> str:
    """The route with these values for its keys."""
    if route.startswith("campaigns/"):  # rounds of the city, not of a school
        values = values | {"campaign_id": values["city_campaign_id"]}
    for key, value in values.items():
        for kind in ("slug", "uuid", "int", "str"):
            route = route.replace(f"<{kind}:{key}>", str(value))
    assert "<" not in route, f"tests/factories/world.py knows no value for a key of /{route}"
    return "/" + route
