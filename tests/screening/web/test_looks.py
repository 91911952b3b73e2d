"""Who looked at the file, for the pupil and the guardians: role and date, never a name, never that a case exists."""

import re
from datetime import timedelta

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from qingyan.cases.actions.looking import open_status
from qingyan.cases.models import Case
from qingyan.consent.actions.links import reissue
from qingyan.consent.models import GuardianLink
from qingyan.foundation.access.scope import entered
from qingyan.foundation.audit.api import record
from qingyan.foundation.audit.models import AuditEntry
from qingyan.people.api import PUPIL_COOKIE, ticket_secret
from qingyan.people.rules.pace import FREE_TRIES
from qingyan.people.rules.tickets import seal
from tests.alerts.setting import browser, counsellor
from tests.cases.setting import opened
from tests.screening.setting import signed_in_at_the_door

DOOR, OWN = "/s/qingshi/guardian-looks/", "/s/qingshi/my-looks/"
MONTHS_AGO = timedelta(days=60)
SHUT = "这个码现在打不开"


def looked(cast, *, ago: timedelta, action: str = "file.read", by=None) -> None:
    who, pupil = by or counsellor(cast), cast.home.pupil.id
    with entered(who):
        given = {"action": action, "subject_kind": "file", "subject_id": pupil, "student_id": pupil}
        record(by=who, now=timezone.now() - ago, **given)


def code_of(cast) -> str:
    by = counsellor(cast)
    with entered(by):
        given = {"validity": timedelta(days=30), "by": by, "now": timezone.now()}
        return reissue(student=cast.home.pupil.id, **given).code


def asked(code: str, client: Client | None = None) -> str:
    return (client or Client()).post(DOOR, {"code": code}).content.decode()


def pupils_page(cast) -> str:
    client = Client()
    client.cookies[PUPIL_COOKIE] = seal(signed_in_at_the_door(cast, cast.home.pupil), ticket_secret())
    return client.get(OWN).content.decode()


def days(page: str) -> list[str]:
    return re.findall(r'<li><span class="num">([^<]+)</span> · ([^<]+)</li>', page)


def on(ago: timedelta) -> str:
    return f"{timezone.localdate(timezone.now() - ago):%Y-%m-%d}"


def test_a_pupil_reads_days_and_roles_and_no_name(cast):
    browser(cast.home.counsellor).get(reverse("archives:file", args=["qingshi", cast.home.pupil.id]))
    looked(cast, ago=MONTHS_AGO)
    looked(cast, ago=MONTHS_AGO)
    page = pupils_page(cast)
    assert days(page) == [(on(timedelta()), "心理教师"), (on(MONTHS_AGO), "心理教师")]
    assert cast.home.counsellor.name not in page
    with entered(cast.platform()):
        assert AuditEntry.objects.filter(action="file.looks_told").count() == 1


def test_a_look_at_a_case_or_an_alert_is_told_to_nobody(cast):
    case, by = opened(cast, urgency="red"), counsellor(cast)
    leader = cast.actor(cast.home.principal, cast.home)
    for who in (by, leader):
        with entered(who):
            open_status(case_id=case.id, by=who, now=timezone.now() - MONTHS_AGO)
    for action in ("alert.read", "answers.read", "case.papers_read", "mandatory.read", "support.read"):
        looked(cast, ago=MONTHS_AGO, action=action)
    assert days(pupils_page(cast)) == []
    assert days(asked(code_of(cast))) == []
    looked(cast, ago=MONTHS_AGO)
    assert len(days(asked(code_of(cast)))) == 1, "the control"


def test_a_guardian_hears_later_and_the_code_is_not_spent(cast):
    looked(cast, ago=timedelta(days=3))
    looked(cast, ago=MONTHS_AGO)
    code = code_of(cast)
    page = asked(code)
    assert days(page) == [(on(MONTHS_AGO), "心理教师")]
    assert cast.home.pupil.name not in page
    assert "陈*桐" in page or cast.home.pupil.masked_name in page
    assert days(asked(code)) == days(page), "not spent"
    with entered(cast.platform()):
        assert GuardianLink.objects.get().used_at is None


def test_where_a_guardian_may_be_the_source_of_harm_the_page_looks_as_if_nobody_had_looked(cast):
    case, code = opened(cast), code_of(cast)
    looked(cast, ago=timedelta(days=40))
    assert len(days(asked(code))) == 1
    with entered(counsellor(cast)):
        Case.objects.filter(id=case.id).update(guardian_withheld=True, opened_at=timezone.now() - timedelta(days=45))
    page = asked(code)
    assert days(page) == []
    with entered(counsellor(cast)):
        Case.objects.filter(id=case.id).update(guardian_withheld=False)
    assert plain(page) == plain(asked(code)), "but for the days, one page to the letter"
    assert len(days(pupils_page(cast))) == 1, "the pupil hears"


def plain(page: str) -> str:
    """Without what differs by request, and without the days."""
    page = re.sub(r'(nonce|value|csrf[^=]*)="[^"]{16,}"', "", page)
    page = re.sub(r'<ul class="looks">.*?</ul>|<p>这一段时间没有人打开过。</p>', "", page, flags=re.DOTALL)
    return "".join(page.split())


def test_a_wrong_code_tells_nothing_and_slows_the_guesser(cast):
    looked(cast, ago=MONTHS_AGO)
    right, client = code_of(cast), Client()
    client.get(DOOR)
    for _ in range(FREE_TRIES + 1):
        page = asked("AAAA-AAAA-AAAA", client)
        assert SHUT in page
        assert not days(page)
    assert SHUT in asked(right, client), "too fast, on this machine"
    other = asked(right)
    assert len(days(other)) == 1


@pytest.mark.parametrize("who", ["counsellor", "homeroom_teacher", "principal"])
def test_staff_have_no_pupils_page(cast, who):
    assert browser(getattr(cast.home, who)).get(OWN).status_code == 404


def test_who_is_not_signed_in_is_sent_to_the_pupils_door(cast):
    assert Client().get(OWN).url == "/s/qingshi/door/"


def test_the_pages_ask_few_questions(cast, django_assert_max_num_queries):
    for number in range(40, 60):
        looked(cast, ago=timedelta(days=number))
    client, code = Client(), code_of(cast)
    client.get(DOOR)
    with django_assert_max_num_queries(40):
        assert len(days(asked(code, client))) == 20
