"""One of everything that a school keeps about its pupil of the story: campaign, sitting, answers, result, alert, entry.

Texts carry canaries: if one of them is seen where it must not be, a test finds it by name.
"""

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from uuid import UUID

from django.db import transaction
from django.utils import timezone

from qingyan.alerts.models import Alert
from qingyan.archives.contracts import AlertContent
from qingyan.archives.models import Entry
from qingyan.concerns.models import BullyingReport, Concern
from qingyan.foundation.access.actor import system_actor
from qingyan.foundation.access.scope import entered
from qingyan.instruments.api import plan
from qingyan.notifications.models import Robot
from qingyan.papers.models import Export, MonthlyReport, WordTemplate
from qingyan.papers.queries.as_word import default_template
from qingyan.people.actions.roster import upload
from qingyan.people.models import SlipPrint
from qingyan.screening.models import (
    AnsweringQuality,
    AnswerSheet,
    PaperForm,
    Reminder,
    Result,
    Seat,
    Sitting,
)
from tests.factories.canaries import canary
from tests.factories.cases import make_case, make_errand, make_handover, make_leave, make_referral
from tests.factories.city import EVERYTHING, Cast, Place
from tests.factories.moves import make_transfer, make_undoable
from tests.factories.rounds import INSTRUMENT, make_norm, make_registration, make_round
from tests.factories.second_stage import make_second_stage

NO_COUNTS = {"levels": [], "referred": 0, "on_leave": 0, "incidents": 0}


@dataclass(frozen=True)
class Records:
    """The keys of what was made, and the words that must not leave the school."""

    campaign: UUID
    sitting: UUID
    alert: UUID
    draft: UUID
    slip_print: UUID
    form: UUID
    assignment: UUID
    transfer: UUID
    promotion: UUID
    merge: UUID
    registration: UUID
    norm: UUID
    robot: UUID
    concern: UUID
    bullying: UUID
    case: UUID
    card: UUID
    todo: UUID
    report: UUID
    export: UUID
    referral: UUID
    leave: UUID
    errand: UUID
    handover: UUID
    canaries: tuple[str, ...]


def make_template(cast: Cast) -> WordTemplate:
    """A Word template that the city brought and does not use yet."""
    return WordTemplate.objects.create(
        city=cast.city,
        form="register",
        version=1,
        content=default_template("register"),
        digest="0" * 64,
        brought_at=timezone.now(),
        brought_by=cast.city_officer,
    )


def make_records(cast: Cast, place: Place) -> Records:
    """Make them in the school's own scope."""
    now = timezone.now()
    pupil, compiled = place.pupil, plan(INSTRUMENT)
    answers = [3] * len(compiled.items)
    admin = cast.actor(place.school_admin, place)
    scores = compiled.score(answers)
    campaign = make_round(title=f"{place.school.short_name}心理状况了解", school=place.school)
    owned = {"student": pupil, "school": place.school, "school_class": place.class_a}
    with transaction.atomic(), entered(system_actor(school_id=place.school.id, sight=EVERYTHING, purpose="test")):
        sitting = Sitting.objects.create(
            campaign=campaign,
            instrument=INSTRUMENT,
            version=compiled.version,
            state="finished",
            started_at=now - timedelta(minutes=20),
            finished_at=now,
            **owned,
        )
        AnswerSheet.objects.create(
            sitting=sitting,
            instrument=INSTRUMENT,
            version=compiled.version,
            instrument_hash=compiled.digest,
            answers=answers,
            times=[1500] * len(answers),
            sequences=list(range(1, len(answers) + 1)),
            saved_at=now,
            **owned,
        )
        Result.objects.create(
            sitting=sitting,
            campaign=campaign,
            instrument=INSTRUMENT,
            version=compiled.version,
            instrument_hash=compiled.digest,
            rule_version=scores.rule_version,
            values=scores.values,
            bands=scores.bands,
            screen={"positive": scores.screen},
            scored_at=now,
            **owned,
        )
        AnsweringQuality.objects.create(
            sitting=sitting,
            campaign=campaign,
            instrument=INSTRUMENT,
            doubtful=True,
            signs=["repeated", "tells_nothing_apart"],
            rule_version="careless-1",
            assessed_at=now,
            **owned,
        )
        slip_print = SlipPrint.objects.create(
            school=place.school,
            asked_by=place.school_admin,
            asked_at=now,
            classes=[place.class_a.id],
            days=7,
            address="x",
        )
        alert = Alert.objects.create(
            sitting=sitting,
            instrument=INSTRUMENT,
            rule="canary-rule",
            rule_pack="default/1.0",
            level="red",
            because=[{"text": canary(place, "because"), "detail": ""}],
            raised_at=now,
            due_at=now + timedelta(minutes=10),
            **owned,
        )
        Entry.objects.create(
            school=place.school,
            student=pupil,
            kind="alert",
            at=now,
            title=canary(place, "entry"),
            source=alert.id,
            content=AlertContent(
                alert=str(alert.id), level="red", instrument=INSTRUMENT, because=(canary(place, "entry"),)
            ).as_json(),
        )
        assignment = make_second_stage(campaign, place, now=now)
        for number, one in enumerate(place.pupils_a, start=1):
            Seat.objects.create(campaign=campaign, number=number, shown_name=one.name, **{**owned, "student": one})
        Reminder.objects.create(
            campaign=campaign, school=place.school, school_class=place.class_a, unfinished=2, made_at=now
        )
        form = PaperForm.objects.create(
            campaign=campaign,
            instrument=INSTRUMENT,
            version=compiled.version,
            code=place.school.slug[:8].upper(),
            batch=sitting.id,
            printed_at=now,
            helper=place.invigilator,
            helper_until=now + timedelta(days=7),
            state="differs",
            first=answers,
            second=[2, *answers[1:]],
            first_by=place.counsellor,
            second_by=place.invigilator,
            begun_sitting=sitting.id,
            **owned,
        )
        report = MonthlyReport.objects.create(
            school=place.school, month=date(2026, 1, 1), counts=NO_COUNTS, made_at=now, made_by=place.counsellor
        )
        export = Export(
            school=place.school,
            kind="register_open",
            purpose=canary(place, "purpose"),
            fingerprint="0" * 64,
            rows=1,
            asked_at=now,
            asked_by=place.counsellor,
        )
        export.save(force_insert=True)
        draft = upload(
            school=place.school,
            file_name=canary(place, "file") + ".csv",
            content=f"学籍号,姓名,年级,班级\nG1234567890123,{canary(place, '名')},高一,1\n,坏,高一,1\n".encode(),
            by=admin,
            now=now,
        )
    transfer = make_transfer(place, now)
    promotion, merge = make_undoable(place, now)
    canaries = tuple(
        canary(place, word)
        for word in ("because", "entry", "file", "名", "transfer", "letter", "bullying", "about", "contact", "case")
    )
    case, todo, card = make_case(place, now=now)
    referral, leave = make_referral(place, case, now), make_leave(place, case, now)
    return Records(
        campaign.id,
        sitting.id,
        alert.id,
        draft.id,
        slip_print.id,
        form.id,
        assignment,
        transfer.id,
        promotion.id,
        merge.id,
        make_registration(cast, place, now).id,
        make_norm(cast, campaign, now).id,
        make_robot(place, now).id,
        *make_reports(place, now),
        case,
        card,
        todo,
        report.id,
        export.id,
        referral,
        leave,
        make_errand(place, case, now),
        make_handover(place, case, now),
        (*canaries, *(student.name for student in place.pupils_a)),
    )


def make_reports(place: Place, now: datetime) -> tuple[UUID, UUID]:
    """A letter to the counsellors and a report to the committee, with words that must not leave their circle."""
    with transaction.atomic(), entered(system_actor(school_id=place.school.id, sight=EVERYTHING, purpose="test")):
        said = {"school": place.school, "source": "self", "urgency": "week", "received_at": now}
        said |= {"pupil": place.pupil.id, "about": canary(place, "about"), "contact": canary(place, "contact")}
        letter = Concern.objects.create(kind="letter", number="1111111111", text=canary(place, "letter"), **said)
        told = BullyingReport.objects.create(
            kind="bullying", number="2222222222", text=canary(place, "bullying"), **said
        )
    return letter.id, told.id


def make_robot(place: Place, now: datetime) -> Robot:
    """A group robot of the school, on an address that nobody is asked at."""
    url = f"https://oapi.dingtalk.com/robot/send?access_token={canary(place, 'token')}"
    return Robot.objects.create(
        school=place.school, provider="dingtalk", title="工作群", url=url, set_by=place.principal, set_at=now
    )
