"""Robots: of the own place only, sealed, bounded, and gone with their log."""

import pytest
from django.db import connection

from qingyan.foundation.access.policy import NotVisible
from qingyan.foundation.access.scope import entered
from qingyan.foundation.audit.models import AuditEntry
from qingyan.notifications.actions.robots import MOST_ROBOTS, NewRobot, TooMany, send_trial, set_up, take_away
from qingyan.notifications.contracts import Provider
from qingyan.notifications.models import Delivery, Robot
from qingyan.notifications.rules.robots import UnfitAddress
from tests.notifications.setting import NOON

URL = "https://oapi.dingtalk.com/robot/send?access_token=canary-token"
NEW = NewRobot(Provider.DINGTALK, "心理组", URL, "SEC-canary")


def leader(cast, place=None):
    where = place or cast.home
    return cast.actor(where.principal, where)


def kept(cast, by=None) -> Robot:
    by = by or leader(cast)
    with entered(by):
        return set_up(new=NEW, by=by, now=NOON)


def test_a_leader_keeps_a_robot_of_the_own_school_and_its_address_is_sealed(cast):
    made = kept(cast)
    assert (made.school_id, made.city_id) == (cast.home.school.id, None)
    with connection.cursor() as cursor:
        cursor.execute("SELECT encode(url, 'escape') || encode(secret, 'escape') FROM notifications_robot")
        assert "canary" not in cursor.fetchone()[0]
    assert Robot.objects.get().url == URL
    with entered(cast.platform()):
        assert "canary" not in str(AuditEntry.objects.filter(action="robot.set_up").values())


def test_the_city_keeps_its_own(cast):
    made = kept(cast, cast.actor(cast.city_officer))
    assert (made.school_id, made.city_id) == (None, cast.city.id)


@pytest.mark.parametrize("who", ["counsellor", "school_admin", "homeroom_teacher"])
def test_nobody_else_keeps_one(cast, who):
    with pytest.raises(NotVisible):
        kept(cast, cast.actor(getattr(cast.home, who), cast.home))


def test_another_school_s_robot_does_not_exist(cast):
    mine, other = kept(cast), leader(cast, cast.other)
    with entered(other):
        for deed in (take_away, send_trial):
            with pytest.raises(NotVisible):
                deed(robot_id=mine.id, by=other, now=NOON)
    assert Robot.objects.count() == 1


def test_an_address_elsewhere_is_not_kept(cast):
    by = leader(cast)
    with entered(by), pytest.raises(UnfitAddress):
        set_up(new=NewRobot(Provider.WECOM, "x", URL), by=by, now=NOON)
    assert Robot.objects.count() == 0


def test_a_place_has_a_handful_at_most(cast):
    for _ in range(MOST_ROBOTS):
        kept(cast)
    with pytest.raises(TooMany):
        kept(cast)


def test_a_trial_is_queued_and_goes_with_its_robot(cast):
    by, mine = leader(cast), kept(cast)
    with entered(by):
        send_trial(robot_id=mine.id, by=by, now=NOON)
        assert Delivery.objects.get().kind == "trial"
        take_away(robot_id=mine.id, by=by, now=NOON)
    assert (Robot.objects.count(), Delivery.objects.count()) == (0, 0)
