"""The side navigation, by role: one table. A line appears when its address exists for this actor's permissions.

Decides order and sections. The permission of a line is the permission of its view, so the two cannot disagree.
"""

from collections.abc import Callable
from dataclasses import dataclass
from functools import cache

from django.http import HttpRequest
from django.urls import NoReverseMatch, resolve, reverse
from django.utils.translation import gettext_lazy as _

from qingyan.alerts import api as alerts
from qingyan.cases import api as cases
from qingyan.concerns import api as concerns
from qingyan.foundation.access.actor import Actor
from qingyan.foundation.access.policy import Permission, allowed
from qingyan.instruments.api import reviews
from qingyan.organisations import api as organisations
from qingyan.people import api as people
from qingyan.screening import api as screening


@dataclass(frozen=True)
class Line:
    """One link: its words, its URL name, whether it belongs to a school's sub-site, and what is counted beside it."""

    label: str
    view: str
    at_school: bool = True
    count: Callable[[Actor], int] | None = None


NAVIGATION: tuple[tuple[str, tuple[Line, ...]], ...] = (
    (
        "",
        (
            Line(_("今天"), "alerts:today"),
            Line(_("预警"), "alerts:queue", count=alerts.unacknowledged_count),
            Line(_("个案"), "cases:cases", count=cases.due_today),
            Line(_("个案审批"), "cases:leader", count=cases.waiting_for_leader),
            Line(_("学生档案"), "archives:files"),
            Line(_("个案交接"), "cases:handovers", count=cases.handovers_waiting),
            Line(_("关心卡"), "cases:support"),
            Line(_("休学和复学"), "cases:leaves", count=cases.leaves_waiting),
            Line(_("月报"), "papers:reports"),
            Line(_("统计"), "insight:school"),
            Line(_("带姓名的导出"), "papers:exports"),
            Line(_("求助和来信"), "concerns:concerns", count=concerns.waiting_concerns),
            Line(_("欺凌报告"), "concerns:bullying", count=concerns.waiting_bullying),
            Line(_("没有人接手的求助"), "concerns:waiting"),
            Line(_("值守"), "alerts:duty"),
            Line(_("事后援助"), "cases:postventions"),
        ),
    ),
    (
        _("全市"),
        (
            Line(_("全市概览"), "organisations:city", at_school=False),
            Line(_("统计"), "insight:above", at_school=False),
            Line(_("危机上报"), "cases:threads", at_school=False, count=cases.threads_asking),
            Line(_("身份查看复核"), "cases:glasses", at_school=False, count=cases.glasses_waiting),
            Line(_("各校月报"), "papers:district_reports", at_school=False),
            Line(_("学校未按时确认"), "alerts:district", at_school=False, count=alerts.unanswered_count),
            Line(_("全市测评"), "screening:city_campaigns", at_school=False),
            Line(_("测评日历"), "screening:city_calendar", at_school=False),
            Line(_("测评登记"), "screening:city_registrations", at_school=False, count=screening.registrations_waiting),
            Line(_("量表审核"), "instruments:reviews", at_school=False, count=reviews.waiting_count),
            Line(_("知情同意书"), "consent:city_texts", at_school=False),
            Line(_("实时进度"), "screening:live_rounds", at_school=False),
            Line(_("档案数量"), "people:city_file_counts", at_school=False),
            Line(_("排序参考"), "early_warning:order", at_school=False),
            Line(_("群机器人"), "notifications:city_robots", at_school=False),
            Line(_("Word 模板"), "papers:word_templates", at_school=False),
        ),
    ),
    (
        _("平台"),
        (
            Line(_("教职工"), "people:staff", at_school=False),
            Line(_("后台任务"), "operations:jobs", at_school=False),
            Line(_("预警自查"), "alerts:sweeps", at_school=False),
        ),
    ),
    (
        _("测评"),
        (
            Line(_("测评活动"), "screening:campaigns"),
            Line(_("测评登记"), "screening:registrations"),
            Line(_("测评日历"), "screening:calendar"),
            Line(_("现场准备"), "screening:script"),
            Line(_("登录条"), "people:slips"),
            Line(_("家长回执"), "consent:coverage"),
            Line(_("知情同意书"), "consent:texts"),
            Line(_("量表"), "instruments:library", at_school=False),
        ),
    ),
    (
        _("本校"),
        (
            Line(_("请我协助的事"), "cases:errands", count=cases.errands_waiting),
            Line(_("班级"), "organisations:classes"),
            Line(_("名册"), "people:roster"),
            Line(_("学籍"), "people:pupils"),
            Line(_("升级"), "people:promotion"),
            Line(_("转学"), "people:transfers", count=people.waiting_for_us),
            Line(_("重复档案"), "people:merges"),
            Line(_("档案数量"), "people:file_counts"),
            Line(_("教职工"), "people:school_staff"),
            Line(_("群机器人"), "notifications:robots"),
            Line(_("求助页"), "concerns:help_settings"),
            Line(_("学校设置"), "organisations:settings"),
            Line(_("报告一件担心的事"), "concerns:report"),
        ),
    ),
)


def navigation(request: HttpRequest) -> list[dict]:
    """Sections with the lines that this actor may follow from this page."""
    sections, every = [], []
    for title, lines in NAVIGATION:
        items = [item for line in lines if (item := _item(request, line))]
        every += items
        if items:
            sections.append({"title": title, "items": items})
    _mark(request.path, every)
    return sections + _schools(request)


def _mark(path: str, items: list[dict]) -> None:
    """One line alone is the page's own: the one whose address goes furthest, since addresses begin like one another."""
    fitting = [item for item in items if path.startswith(item["url"])]
    if fitting:
        max(fitting, key=lambda item: len(item["url"]))["current"] = True


def _schools(request: HttpRequest) -> list[dict]:
    """The way to the schools where the actor works: back from pages outside them, and over to another one."""
    here = request.school.id if request.school else None
    elsewhere = {post.school_id for post in request.actor.posts if post.school_id} - {here}
    items = [
        {
            "label": school.short_name,
            "url": reverse("organisations:home", args=[school.slug]),
            "current": False,
            "count": None,
        }
        for school in (organisations.schools_by_id(elsewhere) if elsewhere else ())
    ]
    return [{"title": _("去学校"), "items": items}] if items else []


@cache
def _permissions(view: str, at_school: bool) -> tuple[Permission, ...]:
    """What the view of a line requires; asked once a process, since finding a view by its address is slow."""
    return getattr(resolve(reverse(view, kwargs={"slug": "any"} if at_school else {})).func, "permissions", ())


def _item(request: HttpRequest, line: Line) -> dict | None:
    if line.at_school and request.school is None:
        return None
    try:
        url = reverse(line.view, kwargs={"slug": request.school.slug} if line.at_school else {})
    except NoReverseMatch:
        return None
    if not any(allowed(request.actor, permission) for permission in _permissions(line.view, line.at_school)):
        return None
    count = line.count(request.actor) if line.count else None
    return {"label": line.label, "url": url, "current": False, "count": count}
