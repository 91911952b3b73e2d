"""A paper as the answer to a request: PDF or Word, never kept by a machine, with a name that says nothing."""

from django.http import HttpResponse

from qingyan.foundation.documents.api import pdf_response
from qingyan.foundation.web.workbook import download
from qingyan.papers.actions.printing import PDF, Printed
from qingyan.papers.queries.as_pdf import as_pdf
from qingyan.papers.queries.as_word import DOCX, as_word
from qingyan.papers.rules.forms import form


def paper_response(printed: Printed, kind: str) -> HttpResponse:
    """The file."""
    wanted = form(printed.form)
    if kind == PDF:
        return pdf_response(as_pdf(wanted, printed.data, printed.mark), file_name="paper.pdf")
    content = as_word(wanted, printed.data, printed.mark)
    answer = download(content, content_type=DOCX, file_name="paper.docx")
    answer.headers["Cache-Control"] = "no-store, private"
    return answer
