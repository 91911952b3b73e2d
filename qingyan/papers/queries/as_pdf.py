"""A paper as PDF, by the one typst template of all papers."""

from pathlib import Path

from qingyan.foundation.documents.api import pdf
from qingyan.papers.rules.data import Mark, PaperData
from qingyan.papers.rules.forms import Form
from qingyan.papers.rules.setting import layout

PAPER = Path(__file__).resolve().parents[1] / "documents" / "paper.typ"


def as_pdf(form: Form, data: PaperData, mark: Mark) -> bytes:
    """The paper; the mark stands on every page."""
    return pdf(PAPER, layout(form, data, mark))
