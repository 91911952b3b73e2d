"""The words of a PDF and of a Word file, as a reader sees them. Not a test."""

from io import BytesIO

from docx import Document
from pypdf import PdfReader


def pages(content: bytes) -> list[str]:
    """The words of each page."""
    return [page.extract_text() for page in PdfReader(BytesIO(content)).pages]


def flat(content: bytes) -> str:
    """All words of a PDF without the breaks of its lines."""
    return "".join("".join(pages(content)).split())


def word_body(content: bytes) -> str:
    """All words of a Word file's body without spaces."""
    body = Document(BytesIO(content)).element.body
    return "".join("".join(one.text or "" for one in body.iter() if one.tag.endswith("}t")).split())


def word_headers(content: bytes) -> list[str]:
    """What stands in the head of each section's pages."""
    return [
        "".join(line.text for line in head.paragraphs)
        for section in Document(BytesIO(content)).sections
        for head in (section.header, section.first_page_header, section.even_page_header)
    ]
