"""A paper as the answer to a request: PDF, Word or Excel, never kept by a machine, with a name that says nothing."""

from django.http import HttpRequest, HttpResponse

from qingyan.foundation.documents.api import pdf_response
from qingyan.foundation.web.workbook import XLSX, download, workbook
from qingyan.papers.actions.printing import PDF, WORD
from qingyan.papers.queries.as_pdf import as_pdf
from qingyan.papers.queries.as_word import DOCX, as_word
from qingyan.papers.queries.templates import template_in_use
from qingyan.papers.rules.data import Printed
from qingyan.papers.rules.forms import form


def paper_response(request: HttpRequest, printed: Printed, kind: str) -> HttpResponse:
    """The file; a Word file is made with the template of the school's city, if it has its own."""
    if kind == PDF:
        return pdf_response(as_pdf(form(printed.form), printed.data, printed.mark), file_name="paper.pdf")
    if kind == WORD:
        template = template_in_use(printed.form, request.school.district.city_id)
        content = as_word(form(printed.form), printed.data, printed.mark, template=template)
        return _kept_nowhere(download(content, content_type=DOCX, file_name="paper.docx"))
    return _kept_nowhere(download(_sheet(printed), content_type=XLSX, file_name="paper.xlsx"))


def _sheet(printed: Printed) -> bytes:
    """The first list of the form; the mark heads every printed page and stands in the last line."""
    wanted = form(printed.form)
    name, fields = next(iter(wanted.lists().items()))
    rows = printed.data[name]
    assert isinstance(rows, list)
    mark = printed.mark.words
    cells = [[row[key] for key in fields] for row in rows]
    return workbook(title=wanted.title, headings=list(fields.values()), rows=cells, foot=mark, mark=mark)


def _kept_nowhere(answer: HttpResponse) -> HttpResponse:
    answer.headers["Cache-Control"] = "no-store, private"
    return answer
