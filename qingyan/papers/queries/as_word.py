"""A paper as Word: a template (the bureau's, or one that is made here from the form) filled with the data.

Every section's header gets the mark afterwards, whatever the template says.
"""

from functools import cache
from io import BytesIO

from docx import Document
from docx.enum.section import WD_ORIENT
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.shared import Pt
from docxtpl import DocxTemplate

from qingyan.papers.rules.data import Mark, PaperData
from qingyan.papers.rules.forms import Block, Field, Fixed, Form, Pairs, Rows, Signatures, Words, form
from qingyan.papers.rules.word_source import environment

DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"


def as_word(form: Form, data: PaperData, mark: Mark, *, template: bytes | None = None) -> bytes:
    """The filled template as a .docx; values are escaped and never read as a template again."""
    filled = DocxTemplate(BytesIO(template or default_template(form.code)))
    filled.render(data, jinja_env=environment(), autoescape=True)
    buffer = BytesIO()
    filled.save(buffer)
    return _marked(buffer.getvalue(), mark)


@cache
def default_template(code: str) -> bytes:
    """A plain template with everything that the form knows; a bureau may download it and change its looks."""
    made, wanted = Document(), form(code)
    made.styles["Normal"].font.name = "Noto Sans CJK SC"
    made.styles["Normal"].font.size = Pt(10.5)
    if wanted.wide:
        section = made.sections[0]
        section.orientation = WD_ORIENT.LANDSCAPE
        section.page_width, section.page_height = section.page_height, section.page_width
    heading = made.add_paragraph()
    heading.alignment = WD_ALIGN_PARAGRAPH.CENTER
    title = heading.add_run(wanted.title)
    title.bold, title.font.size = True, Pt(18)
    made.add_paragraph("{{ school }}    {{ printed_on }}").alignment = WD_ALIGN_PARAGRAPH.CENTER
    for block in wanted.blocks:
        _add(made, block)
    buffer = BytesIO()
    made.save(buffer)
    return buffer.getvalue()


def _add(made, block: Block) -> None:
    if isinstance(block, Pairs):
        _pairs(made, block.fields)
    elif isinstance(block, Words):
        made.add_paragraph().add_run(block.field.label).bold = True
        made.add_paragraph("{{ " + block.field.name + " }}")
    elif isinstance(block, Fixed):
        made.add_paragraph(block.text)
    elif isinstance(block, Rows):
        _rows(made, block)
    elif isinstance(block, Signatures):
        for line in block.lines:
            made.add_paragraph(f"{line}：" + "＿" * 16)


def _pairs(made, fields: tuple[Field, ...]) -> None:
    table = made.add_table(rows=0, cols=2, style="Table Grid")
    for one in fields:
        cells = table.add_row().cells
        cells[0].text, cells[1].text = one.label, "{{ " + one.name + " }}"
    made.add_paragraph()


def _rows(made, block: Rows) -> None:
    """A heading, and a table whose middle row is repeated ({%tr … %} takes its own row away)."""
    made.add_paragraph().add_run(block.label).bold = True
    table = made.add_table(rows=4, cols=len(block.fields), style="Table Grid")
    for number, one in enumerate(block.fields):
        table.cell(0, number).text = one.label
        table.cell(2, number).text = "{{ row." + one.name + " }}"
    table.cell(1, 0).text = "{%tr for row in " + block.name + " %}"
    table.cell(3, 0).text = "{%tr endfor %}"
    made.add_paragraph()


def _marked(content: bytes, mark: Mark) -> bytes:
    done = Document(BytesIO(content))
    for section in done.sections:
        for header in (section.header, section.first_page_header, section.even_page_header):
            header.is_linked_to_previous = False
            header.add_paragraph().add_run(mark.words).font.size = Pt(8)
    buffer = BytesIO()
    done.save(buffer)
    return buffer.getvalue()
