"""By what a pupil is the same person for the whole city: the identity number, however the school wrote it down. Pure.

The register number of most pupils is G and the identity number, so that a school which knows the one and a school which
knows the other still mean the same child. Temporary register numbers and other documents count as they are.
"""

import re
import unicodedata

RESIDENT = re.compile(r"\d{17}[\dX]")
REGISTERED = re.compile(r"G(\d{17}[\dX])")


def city_identity(id_number: str | None, student_number: str | None) -> str | None:
    """The text that is compared, with its kind in front; None for somebody without any number."""
    identity, register = _plain(id_number), _plain(student_number)
    inside = REGISTERED.fullmatch(register)
    if RESIDENT.fullmatch(identity):
        return f"id:{identity}"
    if inside:
        return f"id:{inside[1]}"
    if register:
        return f"register:{register}"
    return f"document:{identity}" if identity else None


def numbers_to_ask(id_number: str, student_number: str) -> tuple[str, str]:
    """(identity number, register number) by which the other school finds the pupil, each completed from the other."""
    said = city_identity(id_number, student_number) or ""
    resident = said.removeprefix("id:") if said.startswith("id:") else ""
    return id_number or resident, student_number or (f"G{resident}" if resident else "")


def _plain(number: str | None) -> str:
    text = unicodedata.normalize("NFKC", number or "").upper()
    return "".join(text.split())
