"""Whether a Word file that somebody brings may become a template: looked through before anything of it is used.

It must be a plain .docx: no macro, nothing embedded, no way out of the file, no field that fetches something; and its
template words must be on the short list of rules/word_source.py. Then it must fill with invented data.
"""

import re
from io import BytesIO
from zipfile import BadZipFile, ZipFile

from defusedxml.common import DefusedXmlException
from defusedxml.ElementTree import ParseError, fromstring
from docxtpl import DocxTemplate

from qingyan.papers.queries.as_word import as_word
from qingyan.papers.rules.data import Mark
from qingyan.papers.rules.dictionaries import invented
from qingyan.papers.rules.forms import Form
from qingyan.papers.rules.word_source import Fault, source_faults

LARGEST, LARGEST_OPENED, MOST_PARTS = 2 * 1024 * 1024, 20 * 1024 * 1024, 200
NOT_WORD, TOO_LARGE, MACRO, OUTSIDE, PART, FIELD, PLACE = (
    "not_word", "too_large", "macro", "outside", "part", "field", "place",
)  # fmt: skip
# The last word of the relationship types that a plain document has.
RELATED = frozenset(
    {
        "officeDocument", "core-properties", "extended-properties", "custom-properties", "thumbnail", "styles",
        "stylesWithEffects", "settings", "webSettings", "fontTable", "theme", "numbering", "header", "footer",
        "footnotes", "endnotes", "comments", "image", "customXml", "customXmlProps", "glossaryDocument",
    }
)  # fmt: skip
FIELDS = frozenset({"PAGE", "NUMPAGES", "SECTION", "SECTIONPAGES", "DATE", "TIME", "SEQ"})
WORDML = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
TEMPLATE_MARK = re.compile(r"\{\{|\{%|\{#")
FILLED = re.compile(r"word/(document|header\d*|footer\d*)\.xml")


def template_faults(content: bytes, form: Form) -> list[Fault]:
    """(kind, what) for everything that speaks against it; empty means it can be used for this form."""
    if len(content) > LARGEST:
        return [(TOO_LARGE, "")]
    try:
        parts = _parts(content)
        found = [fault for name, part in parts.items() for fault in _part_faults(name, part)]
    except (BadZipFile, ParseError, DefusedXmlException, KeyError, ValueError, NotImplementedError, RuntimeError):
        return [(NOT_WORD, "")]
    if found:
        return list(dict.fromkeys(found))
    return _word_faults(content, form)


def _parts(content: bytes) -> dict[str, bytes]:
    with ZipFile(BytesIO(content)) as archive:
        entries = archive.infolist()
        names = {one.filename for one in entries}
        if not {"[Content_Types].xml", "word/document.xml"} <= names or len(names) != len(entries):
            raise ValueError("no Word file")
        if len(entries) > MOST_PARTS or sum(one.file_size for one in entries) > LARGEST_OPENED:
            raise ValueError("too much in it")
        return {name: archive.read(name) for name in sorted(names) if not name.endswith("/")}


def _part_faults(name: str, part: bytes) -> list[Fault]:
    lower = name.lower()
    if lower.endswith(".bin") or "vba" in lower or "activex" in lower:
        return [(MACRO, name)]
    if "embeddings/" in lower:
        return [(PART, name)]
    if not lower.endswith((".xml", ".rels")):
        return [] if lower.endswith((".png", ".jpg", ".jpeg", ".gif", ".emf", ".wmf")) else [(PART, name)]
    tree = fromstring(part, forbid_dtd=True)
    if lower.endswith(".rels"):
        return _related_faults(tree)
    if name == "[Content_Types].xml":
        return [(MACRO, name)] if b"macroEnabled" in part or b"vbaProject" in part else []
    hidden = not FILLED.fullmatch(name) and TEMPLATE_MARK.search("".join(tree.itertext()))
    return _field_faults(tree) + ([(PLACE, name)] if hidden else [])


def _related_faults(tree) -> list[Fault]:
    found: list[Fault] = []
    for one in tree:
        kind = one.get("Type", "").rsplit("/", 1)[-1]
        if one.get("TargetMode", "Internal") != "Internal" or "://" in one.get("Target", ""):
            found.append((OUTSIDE, one.get("Target", "")[:80]))
        elif kind not in RELATED:
            found.append((PART, kind[:40]))
    return found


def _field_faults(tree) -> list[Fault]:
    """A field may be split over runs, so those of one paragraph are read together."""
    told = ["".join(bit.text or "" for bit in one.iter(f"{WORDML}instrText")) for one in tree.iter(f"{WORDML}p")]
    told += [one.get(f"{WORDML}instr", "") for one in tree.iter(f"{WORDML}fldSimple")]
    words = [one.split()[0].upper() for one in told if one.strip()]
    found = [(FIELD, word[:20]) for word in words if word not in FIELDS]
    if any(True for _one in tree.iter(f"{WORDML}altChunk")):
        found.append((PART, "altChunk"))
    return found


def _word_faults(content: bytes, form: Form) -> list[Fault]:
    try:
        opened = DocxTemplate(BytesIO(content))
        opened.init_docx()
        sources = [opened.patch_xml(opened.get_xml())]
        for uri in (opened.HEADER_URI, opened.FOOTER_URI):
            sources += [opened.patch_xml(opened.get_part_xml(part)) for _key, part in opened.get_headers_footers(uri)]
        found = [fault for source in sources for fault in source_faults(source, form)]
        if not found:
            as_word(form, invented(form), Mark("示例", "示例"), template=content)
    except Exception:
        return [(NOT_WORD, "")]
    return list(dict.fromkeys(found))
