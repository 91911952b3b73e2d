"""A brought Word file is looked through before it is used: what is plain passes, everything else is named."""

from io import BytesIO
from zipfile import ZIP_DEFLATED, ZipFile

import pytest
from docx import Document

from qingyan.papers.queries import word_check
from qingyan.papers.queries.as_word import default_template
from qingyan.papers.queries.word_check import template_faults
from qingyan.papers.rules import word_source
from qingyan.papers.rules.forms import FORMS, MEETING, form

MINUTES = form(MEETING)
RELS = "word/_rels/document.xml.rels"
OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/"
W = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'


def written(*lines: str, header: str = "") -> bytes:
    made, buffer = Document(), BytesIO()
    for line in lines:
        made.add_paragraph(line)
    if header:
        made.sections[0].header.paragraphs[0].text = header
    made.save(buffer)
    return buffer.getvalue()


def changed(**parts: bytes | str) -> bytes:
    """The default template with these parts put in or replaced (a dash stands for a slash in the names)."""
    new = {name: part.encode() if isinstance(part, str) else part for name, part in parts.items()}
    old, buffer = ZipFile(BytesIO(default_template(MEETING))), BytesIO()
    with ZipFile(buffer, "w", ZIP_DEFLATED) as made:
        for name in old.namelist():
            if name not in new:
                made.writestr(name, old.read(name))
        for name, part in new.items():
            made.writestr(name, part)
    return buffer.getvalue()


def related(kind: str, target: str, mode: str = "") -> bytes:
    rels = ZipFile(BytesIO(default_template(MEETING))).read(RELS).decode()
    one = f'<Relationship Id="rX" Type="{OFFICE}{kind}" Target="{target}"{mode}/></Relationships>'
    return changed(**{RELS: rels.replace("</Relationships>", one)})


def kinds(content: bytes) -> set[str]:
    return {kind for kind, _what in template_faults(content, MINUTES)}


@pytest.mark.parametrize("one", FORMS, ids=lambda one: one.code)
def test_the_default_templates_pass(one):
    assert template_faults(default_template(one.code), one) == []


def test_a_plain_template_of_ones_own_passes():
    assert template_faults(written("{{ pupil }}：{{ minutes }}", header="{{ school }}"), MINUTES) == []


def test_unknown_fields_are_listed_each_also_in_the_header():
    found = template_faults(written("{{ phone }} {{ pupil }}", header="{{ address }}"), MINUTES)
    assert set(found) == {(word_source.UNKNOWN, "phone"), (word_source.UNKNOWN, "address")}


def test_a_malicious_template_is_refused():
    for line in ("{{ pupil.__class__.__mro__ }}", "{{ cycler.__init__.__globals__ }}", "{% set x = 1 %}", "{{ 9**9 }}"):
        assert kinds(written(line)) & {word_source.UNKNOWN, word_source.FORBIDDEN, word_check.NOT_WORD}, line


@pytest.mark.parametrize(
    ("content", "fault"),
    [
        (b"not a zip", word_check.NOT_WORD),
        (b"0" * (word_check.LARGEST + 1), word_check.TOO_LARGE),
        (changed(**{"word/vbaProject.bin": b"x"}), word_check.MACRO),
        (changed(**{"word/embeddings/x.xml": "<x/>"}), word_check.PART),
        (changed(**{"word/payload.exe": b"MZ"}), word_check.PART),
        (changed(**{"word/styles.xml": "<!DOCTYPE x [<!ENTITY a 'b'>]><x>&a;</x>"}), word_check.NOT_WORD),
        (changed(**{"word/footnotes.xml": f"<w:x {W}>{{{{ pupil }}}}</w:x>"}), word_check.PLACE),
        (related("hyperlink", "https://example.org", ' TargetMode="External"'), word_check.OUTSIDE),
        (related("image", "https://example.org/x.png"), word_check.OUTSIDE),
        (related("attachedTemplate", "x.dotm"), word_check.PART),
        (related("oleObject", "x"), word_check.PART),
        (related("aFChunk", "x.html"), word_check.PART),
    ],
)
def test_what_is_no_plain_word_file_is_named(content, fault):
    assert fault in kinds(content)


@pytest.mark.parametrize("bits", [["DDEAUTO cmd"], ["INCLUDE", "TEXT c:/x"], ['INCLUDEPICTURE "http://x"']])
def test_a_field_that_fetches_something_is_refused_also_split_over_runs(bits):
    document = ZipFile(BytesIO(default_template(MEETING))).read("word/document.xml").decode()
    runs = "".join(f"<w:r><w:instrText>{bit}</w:instrText></w:r>" for bit in bits)
    body = document.replace("<w:body>", f"<w:body><w:p>{runs}</w:p>", 1)
    assert kinds(changed(**{"word/document.xml": body})) == {word_check.FIELD}
    page = document.replace("<w:body>", "<w:body><w:p><w:r><w:instrText> PAGE </w:instrText></w:r></w:p>", 1)
    assert kinds(changed(**{"word/document.xml": page})) == set(), "the control"


def test_a_file_that_unpacks_to_very_much_is_refused():
    assert kinds(changed(**{"word/media/a.png": b"0" * (word_check.LARGEST_OPENED + 1)})) == {word_check.NOT_WORD}
