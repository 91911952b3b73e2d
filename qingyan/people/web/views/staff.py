"""Staff at /staff/ for the city's security administrator and at /s/<slug>/staff/ for a school's own administrator.

One set of views under two permissions: who sees whom is queries/staff_list.py, who may do what actions/staff.py.
A one-time password is shown once, as the answer to the form that made it.
"""

from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as lazy
from django.views.decorators.http import require_POST

from qingyan.foundation.access.policy import allowed
from qingyan.foundation.access.views import requires
from qingyan.foundation.web.listing import Column, asked_for, heads, kept, order_of, page_of
from qingyan.people.actions import staff as actions
from qingyan.people.contracts import Hired
from qingyan.people.models import Account, Post
from qingyan.people.models.account import ROLE_TITLES
from qingyan.people.policy import MANAGE_SCHOOL_STAFF, MANAGE_STAFF
from qingyan.people.queries import staff_list
from qingyan.people.queries.staff import manages_account
from qingyan.people.rules.posts import PLACES_OF
from qingyan.people.web.forms_staff import CityHireForm, CityPostForm, SchoolHireForm, SchoolPostForm

by_city, by_school = requires(MANAGE_STAFF), requires(MANAGE_SCHOOL_STAFF)
COLUMNS = (
    Column("name", lazy("姓名")),
    Column("login", lazy("登录名")),
    Column("", lazy("任职")),
    Column("", lazy("账号")),
    Column("created", lazy("建立于")),
)
POST_COLUMNS = (
    Column("", lazy("角色")),
    Column("", lazy("地点")),
    Column("", lazy("开始")),
    Column("", lazy("结束")),
    Column("", lazy("操作"), hidden=True),
)


def listing(request: HttpRequest, slug: str = "") -> HttpResponse:
    """Everybody whom this administrator looks after, with their posts."""
    order, today = order_of(request.GET, COLUMNS, "name"), timezone.localdate()
    wanted = staff_list.StaffFilter(*(asked_for(request.GET, key, longest=60) for key in ("text", "role", "place")))
    page = page_of(staff_list.staff_of(request.actor, wanted, order, today), request.GET)
    lines = staff_list.lines(request.actor, list(page), today)
    context = {
        "page": page,
        "lines": [(line, _at(request, "_person", account_id=line.account.id)) for line in lines],
        "columns": heads(request.GET, COLUMNS, order),
        "query": kept(request.GET),
        "wanted": wanted,
        "roles": [(role.value, ROLE_TITLES[role]) for role in PLACES_OF],
        "links": {"list": _at(request), "new": _at(request, "_new")},
    }
    return render(request, "people/staff_list.html", context)


def new(request: HttpRequest, slug: str = "") -> HttpResponse:
    """A new account with its first post; the answer is its one-time password."""
    form_class = SchoolHireForm if request.school else CityHireForm
    form = form_class(request.POST if request.method == "POST" else None, school=request.school)
    if request.method == "POST" and form.is_valid():
        try:
            hired = actions.hire(
                login=form.cleaned_data["login"],
                name=form.cleaned_data["name"],
                appointment=form.appointment(),
                by=request.actor,
                now=timezone.now(),
            )
        except actions.Refused as refused:
            form.add_error("login" if refused.code.startswith("login") else None, str(refused))
        else:
            return _sheet(request, hired)
    context = {"form": form, "links": {"list": _at(request)}}
    return render(request, "people/staff_new.html", context, status=422 if form.errors else 200)


def person(request: HttpRequest, account_id: UUID, slug: str = "") -> HttpResponse:
    """One person: posts past and present, and what may be done."""
    return _page(request, _account_or_404(request, account_id), _post_form(request))


@require_POST
def add_post(request: HttpRequest, account_id: UUID, slug: str = "") -> HttpResponse:
    """One more post."""
    account = _account_or_404(request, account_id)
    form = _post_form(request)
    if form.is_valid():
        try:
            actions.appoint(account=account, appointment=form.appointment(), by=request.actor, now=timezone.now())
        except actions.Refused as refused:
            form.add_error(None, str(refused))
        else:
            messages.success(request, _("已添加任职。"))
            return redirect(_at(request, "_person", account_id=account_id))
    return _page(request, account, form)


@require_POST
def end_post(request: HttpRequest, account_id: UUID, post_id: UUID, slug: str = "") -> HttpResponse:
    """The post ends today, at once."""
    post = staff_list.post_of(request.actor, account_id, post_id)
    if post is None:
        raise Http404
    return _do(request, account_id, actions.end_post, _("任职已结束，马上生效。"), post=post)


@require_POST
def renew_password(request: HttpRequest, account_id: UUID, slug: str = "") -> HttpResponse:
    """A new one-time password, shown once."""
    account = _account_or_404(request, account_id)
    try:
        hired = actions.renew_password(account=account, by=request.actor, now=timezone.now())
    except actions.Refused as refused:
        messages.error(request, str(refused))
        return redirect(_at(request, "_person", account_id=account_id))
    return _sheet(request, hired)


@require_POST
def disable(request: HttpRequest, account_id: UUID, slug: str = "") -> HttpResponse:
    """Nobody signs in with this account any more."""
    account = _account_or_404(request, account_id)
    return _do(request, account_id, actions.disable, _("账号已停用，马上生效。"), account=account)


@require_POST
def enable(request: HttpRequest, account_id: UUID, slug: str = "") -> HttpResponse:
    """The account may be signed in with again."""
    account = _account_or_404(request, account_id)
    return _do(request, account_id, actions.enable, _("账号已恢复。"), account=account)


def _do(request: HttpRequest, account_id: UUID, action, done: str, **subject: Account | Post) -> HttpResponse:
    try:
        if action(**subject, by=request.actor, now=timezone.now()):
            messages.success(request, done)
    except actions.Refused as refused:
        messages.error(request, str(refused))
    return redirect(_at(request, "_person", account_id=account_id))


def _post_form(request: HttpRequest) -> CityPostForm | SchoolPostForm:
    form_class = SchoolPostForm if request.school else CityPostForm
    return form_class(request.POST if request.method == "POST" else None, school=request.school)


def _page(request: HttpRequest, account: Account, form: CityPostForm | SchoolPostForm) -> HttpResponse:
    actor, today, own = request.actor, timezone.localdate(), account.id == request.actor.id
    context = {
        "account": account,
        "posts": [_line(request, account, post) for post in staff_list.posts_of(actor, account)],
        "columns": POST_COLUMNS,
        "form": form,
        "own": own,
        "manages": not own and manages_account(actor, account, today),
        "links": {
            "list": _at(request),
            **{part: _at(request, f"_{part}", account_id=account.id) for part in ("password", "disable", "enable")},
            "add_post": _at(request, "_add_post", account_id=account.id),
        },
    }
    return render(request, "people/staff_person.html", context, status=422 if form.errors else 200)


def _line(request: HttpRequest, account: Account, post: Post) -> tuple[Post, bool, str]:
    """A post, whether it has ended, and the address that ends it (empty: not by this administrator)."""
    ended = post.ends_on is not None and post.ends_on <= timezone.localdate()
    mine = any(allowed(request.actor, permission, post) for permission in (MANAGE_STAFF, MANAGE_SCHOOL_STAFF))
    if ended or not mine or account.id == request.actor.id:
        return post, ended, ""
    return post, ended, _at(request, "_end_post", account_id=account.id, post_id=post.id)


def _sheet(request: HttpRequest, hired: Hired) -> HttpResponse:
    context = {
        "hired": hired,
        "address": request.build_absolute_uri(reverse("account_login")),
        "back": _at(request, "_person", account_id=hired.account),
    }
    return render(request, "people/staff_sheet.html", context)


def _account_or_404(request: HttpRequest, account_id: UUID) -> Account:
    account = staff_list.person(request.actor, account_id)
    if account is None:
        raise Http404
    return account


def _at(request: HttpRequest, part: str = "", **keys: UUID) -> str:
    """The address of a part of this list: the school's when one stands at a school, else the city's."""
    if request.school:
        return reverse(f"people:school_staff{part}", kwargs={"slug": request.school.slug, **keys})
    return reverse(f"people:staff{part}", kwargs=keys)
