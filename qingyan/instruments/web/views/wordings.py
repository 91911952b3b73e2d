"""Bringing words for a key-only instrument: upload, preview of every item, commit; template and exports.

Nothing is kept between upload and commit: the preview carries what was read, sealed with the site's key.
"""

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from qingyan.foundation.access.views import requires
from qingyan.foundation.web.workbook import workbook_response
from qingyan.instruments import api
from qingyan.instruments.actions.bringing import NewWording, NotASecondPerson, Unmarked, bring, confirm_marks
from qingyan.instruments.contracts import Instrument, InstrumentNotReleased, Wording
from qingyan.instruments.policy import BRING_CITY_WORDING, BRING_WORDING, cities_of
from qingyan.instruments.queries.wording_files import form_file, sheet_file
from qingyan.instruments.queries.wordings import wordings_at, words_of
from qingyan.instruments.web import bringing
from qingyan.instruments.web.forms import CheckForm, FileForm, PreviewForm


@requires(BRING_WORDING)
@require_http_methods(["GET", "POST"])
def school_wordings(request: HttpRequest, slug: str, keyed: str, version: str) -> HttpResponse:
    """The words that count at this school; importing makes the school's own."""
    return _page(request, keyed, version, {"school_id": request.school.id})


@requires(BRING_CITY_WORDING)
@require_http_methods(["GET", "POST"])
def city_wordings(request: HttpRequest, keyed: str, version: str) -> HttpResponse:
    """The words of the city."""
    return _page(request, keyed, version, {"city_id": min(cities_of(request.actor))})


@requires(BRING_WORDING)
@require_GET
def school_file(request: HttpRequest, slug: str, keyed: str, version: str) -> HttpResponse:
    """The template, or one brought version again, as a workbook."""
    return _file(request, keyed, version)


@requires(BRING_CITY_WORDING)
@require_GET
def city_file(request: HttpRequest, keyed: str, version: str) -> HttpResponse:
    """The template, or one brought version again, as a workbook."""
    return _file(request, keyed, version)


def _page(request: HttpRequest, code: str, version: str, place: dict[str, int]) -> HttpResponse:
    instrument = _instrument(code, version)
    if "sealed" in request.POST:
        return _commit(request, instrument, place)
    if "wording" in request.POST:
        return _confirm(request, instrument)
    form = FileForm(request.POST or None, request.FILES or None)
    words = bringing.read(form, instrument) if form.is_valid() else None
    if words is not None:
        return _preview(request, instrument, words, bringing.first_preview(instrument, words, form.cleaned_data))
    context = {
        "form": form,
        "title": instrument.title.zh,
        "blocked": bringing.blocked(instrument),
        "rows": bringing.lines(request.actor, code, version),
    }
    return render(request, "instruments/wordings.html", context, status=422 if form.is_bound else 200)


def _commit(request: HttpRequest, instrument: Instrument, place: dict[str, int]) -> HttpResponse:
    words = bringing.unsealed(request.POST["sealed"], instrument)
    if words is None:
        messages.error(request, _("预览已经过期，请再上传一次。什么都没有改动。"))
        return redirect(request.path)
    form = bringing.preview_form(instrument, words, request.POST)
    if not form.is_valid():
        return _preview(request, instrument, words, form)
    given = form.cleaned_data
    new = NewWording(instrument, words, given["licence"], given["permission_ref"], concerns=form.concerns, **place)
    try:
        made = bring(new=new, by=request.actor, now=timezone.now())
    except Unmarked as unmarked:
        form.add_error(None, bringing.unmarked(unmarked.items))
        return _preview(request, instrument, words, form)
    messages.success(request, _("已保存第 %(number)s 版题文，以后不再改变。") % {"number": made.number})
    return redirect(request.path)


def _confirm(request: HttpRequest, instrument: Instrument) -> HttpResponse:
    form = CheckForm(request.POST)
    here = {row.id: row for row in wordings_at(request.actor, instrument.code, instrument.version)}
    if not form.is_valid() or form.cleaned_data["wording"] not in here:
        messages.error(request, _("没有核对。请逐题读过以后再勾选。"))
        return redirect(request.path)
    try:
        confirm_marks(wording=here[form.cleaned_data["wording"]], by=request.actor, now=timezone.now())
        messages.success(request, _("已核对。这一版题文现在可以用于测评，标出的题作答后会立即提示。"))
    except NotASecondPerson:
        messages.error(request, _("导入的人自己不能核对，请另一位老师或市里的负责人来核对。"))
    return redirect(request.path)


def _preview(request: HttpRequest, instrument: Instrument, words: Wording, form: PreviewForm) -> HttpResponse:
    context = {
        "form": form,
        "title": instrument.title.zh,
        "preview": api.presentation(instrument.code, instrument.version, age=None, words=words),
    }
    return render(request, "instruments/wording_preview.html", context, status=422 if form.errors else 200)


def _file(request: HttpRequest, code: str, version: str) -> HttpResponse:
    instrument = _instrument(code, version)
    number = request.GET.get("of")
    if number is None:
        return workbook_response(sheet_file(instrument), file_name=f"wording-{code}-{version}.xlsx")
    row = next((one for one in wordings_at(request.actor, code, version) if str(one.id) == number), None)
    if row is None:
        raise Http404
    form = request.GET.get("as") == "form"
    write = form_file if form else sheet_file
    name = f"{'xlsform' if form else 'wording'}-{code}-{version}-{row.number}.xlsx"
    return workbook_response(write(instrument, words_of(row.id)), file_name=name)


def _instrument(code: str, version: str) -> Instrument:
    try:
        found = api.instrument(code, version)
    except InstrumentNotReleased as absent:
        raise Http404 from absent
    if not found.needs_wording:
        raise Http404
    return found
