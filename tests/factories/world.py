"""The city with one of everything, a signed-in client for each of the cast, and the table of who may open what.

MAY is written for people, not from the policies that the tests check with it. A new address with an unknown permission
or an unknown kind of key fails in the matrix until somebody decides who may see it.
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
from tests.factories.records import Records, make_city_campaign, make_records, make_template

BACKEND = "django.contrib.auth.backends.ModelBackend"

# Who may, by permission. Roles "at home" hold a post at the school whose address is asked.
COUNSELLOR, ADMIN, TEACHER, PRINCIPAL, INVIGILATOR = (
    "counsellor",
    "school_admin",
    "homeroom_teacher",
    "principal",
    "invigilator",
)
COMMITTEE = "committee"
PUPIL, DISTRICT, CITY, SYSTEM, SECURITY, AUDITOR, VOLUNTEER = (
    "pupil",
    "district_lead",
    "city_officer",
    "system_admin",
    "security_admin",
    "auditor",
    "hotline_volunteer",
)
EVERY_STAFF = {
    COMMITTEE,
    COUNSELLOR,
    ADMIN,
    TEACHER,
    PRINCIPAL,
    INVIGILATOR,
    DISTRICT,
    CITY,
    SYSTEM,
    SECURITY,
    AUDITOR,
    VOLUNTEER,
    "stranger",
    "far_stranger",
}
ANY_POST = {COUNSELLOR, ADMIN, TEACHER, PRINCIPAL, INVIGILATOR}
MAY: dict[str, set[str]] = {
    "alerts.read": {COUNSELLOR},
    "alerts.acknowledge": {COUNSELLOR},
    "alerts.read_answers": {COUNSELLOR},
    "alerts.assign": {COUNSELLOR},
    "alerts.close": {COUNSELLOR},
    "alerts.watch": {SYSTEM},
    "alerts.review": {COUNSELLOR, PRINCIPAL},
    "alerts.read_duty": {COUNSELLOR, PRINCIPAL},
    "alerts.keep_duty": {COUNSELLOR, PRINCIPAL},
    "alerts.mark_away": {COUNSELLOR, PRINCIPAL},
    "alerts.answer_district": {DISTRICT, CITY},
    "archives.read_file": {COUNSELLOR},
    "concerns.report": ANY_POST | {COMMITTEE},
    "concerns.read": {COUNSELLOR},
    "concerns.handle": {COUNSELLOR},
    "concerns.read_bullying": {COMMITTEE},
    "concerns.handle_bullying": {COMMITTEE},
    "concerns.keep_help": {COUNSELLOR, PRINCIPAL, ADMIN},
    "concerns.watch": {PRINCIPAL},
    "early_warning.read": {CITY},
    "early_warning.sign_points": {CITY},
    "early_warning.switch": {CITY},
    "early_warning.learn": {CITY},
    "cases.read_status": {COUNSELLOR, PRINCIPAL},
    "cases.read_cases": {COUNSELLOR},
    "cases.read_papers": {COUNSELLOR},
    "cases.open_case": {COUNSELLOR},
    "cases.carry": {COUNSELLOR},
    "cases.second_read": {COUNSELLOR, PRINCIPAL},
    "cases.approve": {PRINCIPAL},
    "cases.read_panel": {COUNSELLOR, PRINCIPAL},
    "cases.read_support": {COUNSELLOR, TEACHER},
    "cases.log_contact": {COUNSELLOR, TEACHER},
    "cases.read_referrals": {COUNSELLOR},
    "cases.refer": {COUNSELLOR},
    "cases.read_errands": ANY_POST | {COMMITTEE},
    "cases.answer_errand": {TEACHER},
    "cases.read_handovers": {COUNSELLOR},
    "cases.answer_handover": {COUNSELLOR},
    "cases.take_back": {COUNSELLOR},
    "cases.read_leaves": {COUNSELLOR, PRINCIPAL},
    "cases.read_leave": {COUNSELLOR, PRINCIPAL},
    "cases.carry_leave": {COUNSELLOR},
    "cases.decide_leave": {PRINCIPAL},
    "cases.decide_appeal": {PRINCIPAL},
    "cases.read_leader_list": {PRINCIPAL},
    "cases.read_thread": {COUNSELLOR, PRINCIPAL},
    "cases.read_notes": {COUNSELLOR},
    "cases.write_notes": {COUNSELLOR},
    "cases.read_mandatory": {COUNSELLOR, PRINCIPAL},
    "cases.run_postvention": {COUNSELLOR, PRINCIPAL},
    "cases.oversee": {DISTRICT, CITY},
    "cases.break_glass": {DISTRICT, CITY},
    "cases.look_through": {DISTRICT},
    "cases.review_glass": {CITY},
    "config.arrive": EVERY_STAFF,
    "consent.read_texts": {COUNSELLOR, ADMIN, CITY},
    "consent.publish_text": {COUNSELLOR, ADMIN},
    "consent.publish_city_text": {CITY},
    "consent.read_coverage": {COUNSELLOR, ADMIN, TEACHER},
    "consent.key_in": {ADMIN, TEACHER},
    "consent.issue_links": {COUNSELLOR, ADMIN},
    "consent.read_ledger": {COUNSELLOR},
    "insight.read_school": {COUNSELLOR, PRINCIPAL},
    "insight.read_district": {DISTRICT, CITY},
    "insight.read_city": {CITY},
    "instruments.read_library": EVERY_STAFF,
    "instruments.bring_wording": {COUNSELLOR},
    "instruments.bring_city_wording": {CITY},
    "instruments.check_marks": {COUNSELLOR, CITY},
    "instruments.read_reviews": {CITY, DISTRICT},
    "instruments.sign_items": {CITY, DISTRICT},
    "instruments.decide_review": {CITY},
    "notifications.read_inbox": EVERY_STAFF,
    "notifications.keep_school_robots": {PRINCIPAL},
    "notifications.keep_city_robots": {CITY},
    "operations.operate": {SYSTEM},
    "organisations.see_city": {CITY, DISTRICT},
    "organisations.keep_calendar": {CITY},
    "organisations.keep_places": {CITY},
    "organisations.see_classes": ANY_POST,
    "organisations.edit_school": {ADMIN},
    "papers.make": {COUNSELLOR, PRINCIPAL},
    "papers.make_letters": {COUNSELLOR},
    "papers.ask_export": {COUNSELLOR},
    "papers.read_exports": {COUNSELLOR, PRINCIPAL},
    "papers.answer_export": {PRINCIPAL},
    "papers.take_export": {COUNSELLOR},
    "papers.keep_templates": {CITY},
    "papers.read_report": {COUNSELLOR, PRINCIPAL},
    "papers.keep_report": {COUNSELLOR},
    "papers.see_reports": {DISTRICT, CITY},
    "people.manage_slips": {COUNSELLOR, ADMIN},
    "people.read_roster": {ADMIN, COUNSELLOR},
    "people.import_roster": {ADMIN},
    "people.export_roster": {ADMIN},
    "people.manage_files": {ADMIN},
    "people.count_files": {ADMIN, COUNSELLOR},
    "people.count_all_files": {CITY, DISTRICT},
    "people.manage_staff": {SECURITY},
    "people.manage_school_staff": {ADMIN},
    "screening.read_campaigns": ANY_POST,
    "screening.manage_campaign": {COUNSELLOR, ADMIN},
    "screening.read_progress": ANY_POST,
    "screening.read_pupil_progress": {COUNSELLOR, ADMIN, TEACHER},
    "screening.judge_answering": {COUNSELLOR},
    "screening.read_city_campaigns": {CITY},
    "screening.manage_city_campaign": {CITY},
    "screening.manage_paper": {COUNSELLOR},
    "screening.key_paper": {COUNSELLOR, INVIGILATOR},
    "screening.see_seats": {COUNSELLOR, ADMIN, INVIGILATOR, TEACHER},
    "screening.read_set_aside": {COUNSELLOR},
    "screening.watch_city": {CITY, DISTRICT},
    "screening.prepare_test_day": ANY_POST,
    "screening.observe": {TEACHER},
    "screening.read_candidates": {COUNSELLOR},
    "screening.read_registrations": {COUNSELLOR, ADMIN, PRINCIPAL},
    "screening.file_registration": {COUNSELLOR, ADMIN},
    "screening.read_city_registrations": {CITY},
    "screening.decide_registration": {CITY},
    "screening.take_test": {PUPIL},
}


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


def may(pattern: URLPattern, name: str) -> bool:
    """Whether the table lets this member of the cast in."""
    return any(name in MAY[permission.code] for permission in pattern.callback.permissions)
