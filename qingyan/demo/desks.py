"""The desks around the demo's cases: duty and absence, monthly reports, files with names, the city's own decisions."""

from datetime import datetime, time, timedelta

from django.db import transaction

from qingyan.alerts.actions.absences import AwayPlan, mark_away
from qingyan.alerts.actions.duty import name_for_duty
from qingyan.demo.campaigns import campaign_id
from qingyan.demo.cast import BURDENED, CITY_LEAD, GRADE_LEAD
from qingyan.demo.rounds import OPEN
from qingyan.demo.stage import MARK, Stage, actor_of
from qingyan.early_warning.actions import switching
from qingyan.early_warning.actions.signing import sign_points
from qingyan.early_warning.models import PackSignature
from qingyan.early_warning.queries import point_packs
from qingyan.foundation.access.roles import Role
from qingyan.foundation.access.scope import entered
from qingyan.organisations.models import City
from qingyan.papers.actions import exporting, reporting, templating
from qingyan.papers.queries.as_word import default_template
from qingyan.papers.rules.forms import REGISTER
from qingyan.papers.rules.months import month_of
from qingyan.screening.actions.second_stage import assign
from qingyan.screening.actions.slots import Wish, propose
from qingyan.screening.models import Campaign


def on_duty(stage: Stage) -> None:
    """The leader has named who stands where; a colleague is away tomorrow."""
    leader = stage.leader
    with entered(leader):
        for account, place in ((stage.counsellor.id, "counsellor"), (GRADE_LEAD.id, "deputy")):
            name_for_duty(account=account, place=place, hours="always", by=leader, now=stage.ago(40, 9))  # type: ignore[arg-type]
        if stage.has(Role.COUNSELLOR, 1):
            begins = (stage.day + timedelta(days=1)).replace(hour=8, minute=0)
            away = stage.staff(Role.COUNSELLOR, 1).id
            plan = AwayPlan(away, begins, begins.replace(hour=18), stage.counsellor.id)  # type: ignore[arg-type]
            mark_away(plan=plan, by=leader, now=stage.ago(1, 9))


def round_under_way(stage: Stage) -> None:
    """Lessons for the classes that have not sat yet, and one more instrument for a pupil who was hard pressed."""
    who, campaign = stage.counsellor, Campaign.objects.get(id=campaign_id(OPEN))
    with entered(who):
        wish = Wish((time(8, 10), time(10, 20), time(14, 30)), 45, 60, "机房一" + MARK)
        propose(campaign=campaign, wish=wish, by=who, now=stage.minutes_ago(120))
        assign(campaign=campaign, students=[BURDENED[0].id], instrument="phq-a", by=who, now=stage.minutes_ago(80))


def papers(stage: Stage) -> None:
    """Last month's report has been handed in; one file with names was agreed to, another waits."""
    who, leader, month = stage.counsellor, stage.leader, month_of(stage.day.date()).before
    at = datetime.combine(month.after, datetime.min.time().replace(hour=0, minute=10), stage.day.tzinfo)
    with entered(who):
        report = reporting.make(month=month, by=who, now=at)
        reporting.step(report=report, verb="check", given={"incidents": 1}, by=who, now=at + timedelta(minutes=5))
    with entered(leader):
        reporting.step(report=report, verb="sign", given={}, by=leader, now=at + timedelta(minutes=10))
    with entered(who):
        reporting.step(report=report, verb="hand", given={}, by=who, now=at + timedelta(minutes=15))
        wanted = "区里开展年度督导，要看在管学生台账。" + MARK
        export = exporting.ask(kind="register_open", purpose=wanted, by=who, now=stage.minutes_ago(200))
    with entered(leader):
        exporting.answer(export=export, agrees=True, by=leader, now=stage.minutes_ago(150))
    with entered(who):
        exporting.ask(kind="register_ended", purpose="学期末归档核对。" + MARK, by=who, now=stage.minutes_ago(60))


def report_waits(stage: Stage) -> None:
    """Last month's report has been checked; the leader has not signed it yet."""
    who, month = stage.counsellor, month_of(stage.day.date()).before
    with entered(who):
        report = reporting.make(month=month, by=who, now=stage.day)
        reporting.step(report=report, verb="check", given={"incidents": 0}, by=who, now=stage.day)


def decide_for_the_city(city: City, *, now: datetime) -> None:
    """The city has signed the points and uses them, and has brought a Word template of its own. Once."""
    if PackSignature.objects.filter(city_id=city.id).exists():
        return
    officer = actor_of(CITY_LEAD.id, now)
    with transaction.atomic(), entered(officer):
        digest = point_packs.current(city.id).digest
        note = "演示数据：为了演示而签，不是真的签署。"
        sign_points(city_id=city.id, digest=digest, note=note, by=officer, now=now)
        switching.switch(city_id=city.id, wish=switching.Wish("use_points"), by=officer, now=now)
        templating.bring(code=REGISTER, content=default_template(REGISTER), by=officer, now=now)
