"""Shortcuts to a crisis told upwards. Not a test."""

from datetime import datetime, timedelta

from django.utils import timezone

from qingyan.cases.actions.reporting import Oral, Written, report_orally, write_report
from qingyan.cases.models import Case, CrisisThread, ThreadEntry
from qingyan.foundation.access.actor import Actor
from qingyan.foundation.access.roles import Role
from qingyan.foundation.access.scope import entered
from qingyan.people.models import Account
from tests.cases.setting import counsellor, opened
from tests.factories.city import Cast, _staff

PARTS = {"facts": "该生上午告诉老师有具体打算", "measures": "两名老师轮流陪伴", "next": "下午由负责人再谈", "needs": ""}
WRITTEN = Written("accompanied", PARTS)


def district(cast: Cast) -> Actor:
    """The lead of the district of the school of the story, at no school."""
    return cast.actor(cast.district_lead)


def city(cast: Cast) -> Actor:
    """An officer of the city, at no school."""
    return cast.actor(cast.city_officer)


def away(cast: Cast) -> Actor:
    """The lead of the other district."""
    return cast.actor(_staff("away.lead", "山南负责人", Role.DISTRICT_LEAD, district=cast.far.school.district))


def second_lead(cast: Cast) -> Account:
    """Another lead of the same district."""
    return _staff("district.second", "区副职", Role.DISTRICT_LEAD, district=cast.home.school.district)


def told(cast: Cast, *, now: datetime | None = None, **changes) -> tuple[Case, CrisisThread]:
    """A red case whose school has rung the district up, five minutes ago."""
    at = now or timezone.now()
    case, by = opened(cast, urgency="red", now=at - timedelta(minutes=30)), counsellor(cast)
    given = {"at": at - timedelta(minutes=5), "told_to": "区心理中心值班室", "said": "一名高一学生有危险，已有人陪伴"}
    with entered(by):
        thread = report_orally(case=case, oral=Oral(**{**given, **changes}), by=by, now=at)
    return case, thread


def reported(
    cast: Cast, case: Case, kind: str, *, now: datetime | None = None, written: Written = WRITTEN
) -> ThreadEntry:
    """One written report by the counsellor."""
    by = counsellor(cast)
    with entered(by):
        case.refresh_from_db()
        return write_report(case=case, kind=kind, written=written, by=by, now=now or timezone.now())
