"""The library of instruments for staff: the list, one version with its sources, and the clinicians' manual."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext_lazy as _

from qingyan.foundation.access.policy import allowed
from qingyan.foundation.access.views import requires
from qingyan.foundation.web.listing import Column, kept, page_of
from qingyan.instruments import api
from qingyan.instruments.contracts import InstrumentNotReleased
from qingyan.instruments.policy import READ_LIBRARY, READ_REVIEWS
from qingyan.instruments.queries.local_norms import local_norms
from qingyan.instruments.queries.reviews import standing_of, standings
from qingyan.instruments.queries.statements import statement_of
from qingyan.instruments.web import bringing, desk, finding, norm_pages, pages
from qingyan.organisations.api import the_city

COLUMNS = (
    Column("", _("量表")),
    Column("", _("版本")),
    Column("", _("题数"), numeric=True),
    Column("", _("年龄")),
    Column("", _("时间范围")),
    Column("", _("许可")),
    Column("", _("审核")),
    Column("", _("题目文字")),
)


@requires(READ_LIBRARY)
def library(request: HttpRequest) -> HttpResponse:
    """Every released version, or those that the address asks for."""
    wanted, city = finding.Wanted.of(request.GET), the_city()
    summaries = {(one.code, one.version): one for one in api.released()}
    found = [one for one in standings(city.id if city else None) if wanted.keeps(one)]
    page = page_of(found, request.GET)
    rows = [
        pages.summary(summaries[one.plan.code, one.plan.version], one.plan.instrument) | desk.state_words(one)
        for one in page
    ]
    context = {"rows": rows, "page": page, "columns": COLUMNS, "wanted": wanted, "query": kept(request.GET)}
    return render(request, "instruments/library.html", context | finding.choices())


@requires(READ_LIBRARY)
def instrument(request: HttpRequest, code: str, version: str) -> HttpResponse:
    """One version: sources, ages, scales, rules, norms, examples, and the items as a pupil sees them."""
    try:
        plan = api.plan(code, version)
    except InstrumentNotReleased as absent:
        raise Http404 from absent
    city = the_city()
    standing = standing_of(city.id if city else None, code, version)
    ages = pages.preview_ages(plan.instrument)
    age = ages[int(request.GET.get("show") == "younger" and len(ages) > 1)]
    context = {
        "page": pages.page(plan),
        "statement": statement_of(code),
        "preview": pages.preview(plan.instrument, age),
        "doors": bringing.doors(request.actor, plan.instrument),
        "versions": bringing.lines(request.actor, code, version),
        "tabs": pages.preview_tabs(ages, age),
        "local_norms": [norm_pages.line(row) for row in local_norms(code, version)],
        "standing": desk.row(standing),
        "history": desk.history(standing),
        "may_review": allowed(request.actor, READ_REVIEWS),
    }
    return render(request, "instruments/instrument.html", context)


@requires(READ_LIBRARY)
def manual(request: HttpRequest) -> HttpResponse:
    """The clinicians' manual as Markdown, the same text as docs/generated/instruments.md."""
    return HttpResponse(api.manual(), content_type="text/markdown; charset=utf-8")
