"""Where a member of staff arrives after signing in: the first page of the navigation at the first post held."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_GET

from qingyan.config.navigation import navigation
from qingyan.foundation.access.policy import Permission, register
from qingyan.foundation.access.predicates import is_staff
from qingyan.foundation.access.views import requires
from qingyan.organisations import api as organisations

ARRIVE = Permission("config.arrive", "登录后进入自己的第一个页面")

POLICY = register({ARRIVE: [[is_staff]]})


@require_GET
@requires(ARRIVE)
def start(request: HttpRequest) -> HttpResponse:
    """Go to the first page that this person may open: at their school first, else for district, city or platform."""
    actor = request.actor
    for school in [*organisations.schools_by_id({post.school_id for post in actor.posts if post.school_id}), None]:
        request.school, request.actor = school, actor.at_school(school.id if school else None)
        for section in navigation(request):
            return redirect(section["items"][0]["url"])
    return redirect("organisations:front")
