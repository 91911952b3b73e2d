"""The seat board's page tells nothing of answers; the live, script, device and list pages say what they should."""

import re
from io import BytesIO

import openpyxl
import pytest
from django.db import connection, transaction
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from qingyan.foundation.access.scope import entered
from qingyan.people.models import Student
from qingyan.screening.actions import answers, seating, sittings
from qingyan.screening.contracts import HandIn
from qingyan.screening.models import Reminder, Sitting
from qingyan.screening.queries.tests import test_for as find_test
from tests.factories.city import make_pupil
from tests.screening.setting import Typist, begun, city_round, school_round, signed_in

END_LIFE = 14  # item 15 of SCL-90, the one that raises a red alert
CONTROL = re.compile(r'name="csrfmiddlewaretoken" value="[^"]+"|X-CSRFToken": "[^"]+"|nonce="[^"]+"|seen=[0-9a-f]+')
UNSAYABLE = ("预警", "红色", "高危", "风险", "alert-red", "declin", "拒绝", "critical")


@pytest.fixture
def at(client, cast):
    """`at("invigilator", path)` opens a page of the home school as that person."""

    def ask(name, path, **data):
        account = getattr(cast.home, name, None) or getattr(cast, name)
        client.force_login(account, backend="django.contrib.auth.backends.ModelBackend")
        return client.post(path, data) if data else client.get(path)

    return ask


def seats_path(cast, campaign, more=""):
    return f"/s/{cast.home.school.slug}/campaigns/{campaign.id}/seats/{cast.home.class_a.id}/{more}"


def hand_in(cast, campaign, value):
    """The pupil of the story answers everything with this value."""
    by = signed_in(cast.home.pupil)
    with entered(by):
        sitting = begun(campaign, "scl-90", by)
        typist = Typist(sitting)
        for item in range(90):
            answers.save(answer=typist.answer(item, value), by=by, now=timezone.now())
        answers.finish(handed=HandIn(sitting.id, sitting.id), by=by, now=timezone.now())
    return sitting


def seated(cast, campaign):
    by = cast.actor(cast.home.invigilator, cast.home)
    with entered(by):
        seating.seat_class(campaign=campaign, school_class=cast.home.class_a, masked=False, by=by, now=timezone.now())


def bare(body, campaign):
    return CONTROL.sub("", body.decode()).replace(str(campaign.id), "ROUND")


def test_the_board_of_a_pupil_in_danger_is_byte_for_byte_that_of_a_calm_one(cast, at):
    """The same class twice: once nobody is flagged, once one pupil has raised a red alert. One cannot tell which."""
    calm, red = school_round(cast, "scl-90"), school_round(cast, "scl-90")
    for campaign, value in ((calm, 1), (red, 5)):
        seated(cast, campaign)
        hand_in(cast, campaign, value)
    pages = [bare(at("invigilator", seats_path(cast, one)).content, one) for one in (calm, red)]
    assert pages[0] == pages[1]
    assert not [word for word in UNSAYABLE if word in pages[1]]
    with entered(cast.platform()):
        assert Sitting.objects.filter(state="finished").count() == 2


def test_who_said_not_now_cannot_be_told_from_who_has_not_begun(cast, at):
    one, other = school_round(cast, "scl-90"), school_round(cast, "scl-90")
    for campaign in (one, other):
        seated(cast, campaign)
    by = signed_in(cast.home.pupil)
    with entered(by):
        sittings.decline(test=find_test(by, other.id, "scl-90", now=timezone.now()), by=by, now=timezone.now())
    pages = [bare(at("invigilator", seats_path(cast, campaign)).content, campaign) for campaign in (one, other)]
    assert pages[0] == pages[1]


def test_the_board_says_help_in_words_first_and_answers_204_while_nothing_changes(cast, at):
    campaign = school_round(cast, "scl-90")
    seated(cast, campaign)
    by = signed_in(cast.home.pupil)
    with entered(by):
        sitting = begun(campaign, "scl-90", by)
        sittings.ask_for_help(sitting=sitting, by=by, now=timezone.now())
    page = at("invigilator", seats_path(cast, campaign)).content.decode()
    assert 'role="alert"' in page
    assert page.index("需要帮助") < page.index("未开始")
    mark = re.search(r"seen=([0-9a-f]+)", page)[1]
    assert at("invigilator", seats_path(cast, campaign, f"board/?seen={mark}")).status_code == 204
    assert at("invigilator", seats_path(cast, campaign, "board/?seen=old")).status_code == 200
    at("invigilator", seats_path(cast, campaign, f"help/{sitting.id}/"), given="1")
    assert 'role="alert"' not in at("invigilator", seats_path(cast, campaign)).content.decode()


def test_a_board_of_fifty_seats_asks_no_more_than_one_of_three(cast, at):
    campaign = school_round(cast, "scl-90")
    seated(cast, campaign)
    counts = []
    for more in (0, 47):
        with entered(cast.platform()):
            for number in range(more):
                make_pupil(cast.home.class_a, f"同学{number}", 2010)
        seated(cast, campaign)
        at("invigilator", seats_path(cast, campaign))
        with CaptureQueriesContext(
            connection,
        ) as asked:
            at("invigilator", seats_path(cast, campaign, "board/?seen=x"))
        counts.append(len(asked))
    assert counts[0] == counts[1]
    with entered(cast.platform()):
        assert Student.objects.filter(school_class=cast.home.class_a).count() == 50


def test_the_wrong_pupil_at_a_seat_is_set_aside_by_a_click_and_shown_to_the_counsellor(cast, at):
    campaign = school_round(cast, "scl-90")
    seated(cast, campaign)
    sitting = hand_in(cast, campaign, 2)
    path = seats_path(cast, campaign, f"{cast.home.pupil.id}/")
    assert at("invigilator", path, sitting="").status_code == 422
    assert at("invigilator", path, sitting=str(sitting.id)).status_code == 302
    shown = at("counsellor", f"/s/{cast.home.school.slug}/campaigns/{campaign.id}/set-aside/").content.decode()
    assert cast.home.pupil.name in shown
    assert at("invigilator", f"/s/{cast.home.school.slug}/campaigns/{campaign.id}/set-aside/").status_code == 404


def test_live_boards_come_with_their_table_and_a_workbook(cast, at):
    campaign = city_round(cast, "scl-90")
    by = signed_in(cast.home.pupil)
    with entered(by):
        begun(campaign, "scl-90", by)
    path = f"/s/{cast.home.school.slug}/campaigns/{campaign.id}/live"
    page = at("principal", path + "/").content.decode()
    assert "<svg" in page
    assert "开始（份）" in page
    book = openpyxl.load_workbook(BytesIO(at("principal", path + ".xlsx").content))
    assert [1 in row for row in book.active.values].count(True) == 1
    assert at("district_lead", "/campaigns/live/").content.decode().count(campaign.title) == 1
    assert at("district_lead", f"/campaigns/{campaign.id}/").status_code == 404


def test_the_city_watches_over_the_bureaus_connection(client, committed_cast):
    with transaction.atomic():
        campaign = city_round(committed_cast, "scl-90")
    for account in (committed_cast.city_officer, committed_cast.district_lead):
        client.force_login(account, backend="django.contrib.auth.backends.ModelBackend")
        for ending in ("live/", "live.xlsx"):
            assert client.get(f"/campaigns/{campaign.id}/{ending}").status_code == 200


def test_a_homeroom_teacher_finds_the_to_do_on_the_first_page_and_a_list_without_reasons(cast, at):
    campaign = school_round(cast, "scl-90")
    with entered(cast.platform()):
        Reminder.objects.create(
            campaign=campaign, school=cast.home.school, school_class=cast.home.class_a, unfinished=3,
            made_at=timezone.now(),
        )  # fmt: skip
    first = at("homeroom_teacher", f"/s/{cast.home.school.slug}/campaigns/").content.decode()
    assert "还有 3 位同学可以做" in first
    paper = at(
        "homeroom_teacher", f"/s/{cast.home.school.slug}/campaigns/{campaign.id}/classes/{cast.home.class_a.id}/open/"
    ).content.decode()
    assert all(pupil.name in paper for pupil in cast.home.pupils_a)


def test_the_script_is_there_for_everybody_in_the_room_and_the_device_page_for_anybody(cast, at, client):
    assert "没有对错" in at("invigilator", f"/s/{cast.home.school.slug}/test-day/").content.decode()
    client.logout()
    assert client.get("/device/").status_code == 200
