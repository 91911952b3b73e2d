"""The lines of the queue in words, and what everybody carries."""

from datetime import timedelta

from django.utils import timezone, translation

from qingyan.alerts.actions.acknowledging import acknowledge, locked
from qingyan.alerts.models import Alert
from qingyan.alerts.queries import packs
from qingyan.alerts.queries.caseload import caseload
from qingyan.alerts.queries.queue import QueueFilter, queue
from qingyan.alerts.queries.triage import base_rate_words, counsellors_here, quality_of_sheet, trend_words, triage_lines
from qingyan.alerts.rules.trend import Change, Trend
from qingyan.foundation.access.scope import entered
from qingyan.screening.models import AnsweringQuality
from tests.alerts.duty_setting import away, colleague, keep_time
from tests.alerts.setting import alerted, counsellor


def lines(by, now=None):
    with entered(by):
        return triage_lines(by, list(queue(by, QueueFilter())), start=0, now=now or timezone.now())


def test_a_line_says_why_with_weights_and_how_it_was_answered(cast):
    alert, by = alerted(cast, value=2), counsellor(cast)
    with entered(cast.platform()):
        Alert.objects.filter(id=alert.id).update(signs=[{"code": "worse", "detail": "8 → 16"}])
        AnsweringQuality.objects.create(
            sitting=alert.sitting,
            campaign=Alert.objects.get(id=alert.id).sitting.campaign,
            student_id=alert.student_id,
            school_id=alert.school_id,
            school_class_id=alert.school_class_id,
            instrument="scl-90",
            doubtful=True,
            rule_version="x",
            assessed_at=timezone.now(),
        )
    (line,) = lines(by)
    (sign,) = line.signs
    assert ("变化超过测量误差" in sign.words, sign.detail, sign.weight) == (True, "8 → 16", "相当于多等 4 天")
    assert "存疑" in line.quality
    assert line.in_bulk


def test_how_often_such_a_flag_is_right_comes_from_the_published_source_or_is_said_to_be_unread():
    ces_d = Alert(instrument="ces-d", rule_pack="default/1.1")
    rules = [rule.id for rule in packs.current().rules if rule.instrument == "ces-d"]
    ces_d.rule = rules[0]
    assert "十人中约两三人需要帮助（中国青少年" in base_rate_words(ces_d)
    with translation.override("en"):
        assert "about 2-3 needed help" in base_rate_words(ces_d)
    item = Alert(instrument="scl-90", rule="scl90_end_life_red", rule_pack="default/1.1")
    assert base_rate_words(item) == "这条规则没有公开发表的比率可以参考"
    assert base_rate_words(Alert(instrument="x", rule="x", rule_pack="gone/0.1")) == ""


def test_quality_and_trend_are_said_only_where_they_are_known():
    assert quality_of_sheet(None) == ""
    assert trend_words(None) == ""
    words = {change: trend_words(Trend("t", "总分", 8, 16, change)) for change in Change}
    assert "明显加重" in words[Change.WORSE]
    assert "不作判断" in words[Change.NOT_KNOWN]
    assert all(text.endswith("8 → 16") for text in words.values())


def test_a_page_of_lines_costs_the_same_for_one_and_for_many(cast, django_assert_max_num_queries):
    by = counsellor(cast)
    alerted(cast, value=2)
    with django_assert_max_num_queries(20) as one:
        lines(by)
    for pupil in cast.home.pupils_a[1:]:
        alerted(cast, value=2, pupil=pupil)
    with django_assert_max_num_queries(20) as many:
        lines(by)
    assert len(one) == len(many)


def test_who_is_away_does_not_count_as_capacity(cast):
    second, by, now = colleague(cast.home, "second", "赵清"), counsellor(cast), timezone.now()
    with entered(by):
        assert counsellors_here(by, now) == 2
    away(cast.home, second, now - timedelta(minutes=1), now + timedelta(days=1))
    with entered(by):
        assert counsellors_here(by, now) == 1


def test_the_caseload_counts_what_everybody_carries_and_what_nobody_owns(cast):
    second, by, now = colleague(cast.home, "second", "赵清"), counsellor(cast), timezone.now()
    first = alerted(cast)
    keep_time(cast.home, now)
    alerted(cast, value=2, pupil=cast.home.pupils_a[1])
    alerted(cast, cast.other)
    with entered(by):
        acknowledge(alert=locked(by, first.id), by=by, note="", now=now)
        found = {load.name: load for load in caseload(by, now=now).loads}
    assert (found["林若溪"].in_hand, found["林若溪"].waiting) == (1, 0)
    assert (found["赵清"].total, found[""].waiting) == (0, 1)
    away(cast.home, second, now - timedelta(minutes=1), now + timedelta(days=1))
    with entered(by):
        seen = caseload(by, now=now)
    assert (seen.open, {load.name: load.away for load in seen.loads}["赵清"]) == (2, True)
