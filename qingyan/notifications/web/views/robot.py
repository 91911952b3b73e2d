"""Group robots of a school or of the city: set up, try, take away, and the log of what they sent."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as lazy
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_POST

from qingyan.foundation.access.views import requires
from qingyan.foundation.web.listing import Column, page_of
from qingyan.notifications.actions import robots as actions
from qingyan.notifications.policy import KEEP_CITY_ROBOTS, KEEP_SCHOOL_ROBOTS
from qingyan.notifications.queries import robots as queries
from qingyan.notifications.queries.deliveries import lines
from qingyan.notifications.rules.robots import UnfitAddress
from qingyan.notifications.web.forms import RobotForm

LOG_COLUMNS = [
    Column("", lazy("时间")),
    Column("", lazy("发到哪里")),
    Column("", lazy("说了什么")),
    Column("", lazy("怎么样了")),
]
UNFIT = {
    "length": lazy("这个地址太长，或者里面有空格，请重新复制。"),
    "scheme": lazy("地址要以 https:// 开头。"),
    "host": lazy("只能填企业微信或者钉钉的机器人地址，并且要和上面选的平台一致。"),
    "path": lazy("这个地址不是群机器人的地址，请从群设置里重新复制。"),
    "key": lazy("地址里少了机器人的编号，请复制整个地址。"),
}


@require_http_methods(["GET", "POST"])
@requires(KEEP_SCHOOL_ROBOTS)
@sensitive_post_parameters()
def school_robots(request: HttpRequest, slug: str) -> HttpResponse:
    """The school's robots."""
    return _page(request)


@require_http_methods(["GET", "POST"])
@requires(KEEP_CITY_ROBOTS)
@sensitive_post_parameters()
def city_robots(request: HttpRequest) -> HttpResponse:
    """The city's robots."""
    return _page(request)


@require_POST
@requires(KEEP_SCHOOL_ROBOTS)
def trial(request: HttpRequest, slug: str, robot_id: UUID) -> HttpResponse:
    """Send a test message to a robot of the school."""
    return _trial(request, robot_id)


@require_POST
@requires(KEEP_CITY_ROBOTS)
def city_trial(request: HttpRequest, city_robot_id: UUID) -> HttpResponse:
    """Send a test message to a robot of the city."""
    return _trial(request, city_robot_id)


@require_POST
@requires(KEEP_SCHOOL_ROBOTS)
def away(request: HttpRequest, slug: str, robot_id: UUID) -> HttpResponse:
    """Take a robot of the school away."""
    return _away(request, robot_id)


@require_POST
@requires(KEEP_CITY_ROBOTS)
def city_away(request: HttpRequest, city_robot_id: UUID) -> HttpResponse:
    """Take a robot of the city away."""
    return _away(request, city_robot_id)


def _page(request: HttpRequest) -> HttpResponse:
    form = RobotForm(request.POST or None)
    if form.is_valid() and _set_up(request, form):
        messages.success(request, _("已保存。请发一条测试消息，看看群里收不收得到。"))
        return _back(request)
    page = page_of(queries.deliveries(request.actor), request.GET)
    context = {"form": form, "robots": queries.robots(request.actor), "page": page, "columns": LOG_COLUMNS}
    context["lines"] = lines(list(page.object_list))
    return render(request, "notifications/robots.html", context, status=422 if form.errors else 200)


def _set_up(request: HttpRequest, form: RobotForm) -> bool:
    try:
        actions.set_up(new=form.new, by=request.actor, now=timezone.now())
    except UnfitAddress as refusal:
        form.add_error("url", UNFIT[refusal.code])
    except actions.TooMany:
        form.add_error(None, _("最多保留 %(n)d 个群机器人，请先删掉不用的。") % {"n": actions.MOST_ROBOTS})
    return not form.errors


def _trial(request: HttpRequest, robot_id: UUID) -> HttpResponse:
    actions.send_trial(robot_id=robot_id, by=request.actor, now=timezone.now())
    messages.success(request, _("测试消息正在发送。几秒后刷新这一页，看下面的发送记录。"))
    return _back(request)


def _away(request: HttpRequest, robot_id: UUID) -> HttpResponse:
    actions.take_away(robot_id=robot_id, by=request.actor, now=timezone.now())
    messages.success(request, _("已删除，不再向这个群发送。"))
    return _back(request)


def _back(request: HttpRequest) -> HttpResponse:
    return (
        redirect("notifications:robots", request.school.slug)
        if request.school
        else redirect("notifications:city_robots")
    )
