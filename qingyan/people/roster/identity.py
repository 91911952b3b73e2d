"""Numbers of persons: identity numbers with their check character, register numbers, telephones. Raises Wrong.

Source: GB 11643-1999 (weights 2^(17-i) mod 11, check characters "10X98765432"). The register number of a pupil is the
letter G followed by the identity number, or L and J for temporary ones.
"""

import re
from dataclasses import dataclass
from datetime import date
from operator import mul

from qingyan.people.roster.normalising import POWER_OF_TEN, folded, shown
from qingyan.people.roster.outcome import Cell, Wrong

RESIDENT = "居民身份证"
KINDS = {
    RESIDENT: (RESIDENT, "身份证", "二代身份证", "公民身份证", "户口簿", "居民户口簿", "1", "01"),
    "港澳居民来往内地通行证": ("港澳居民来往内地通行证", "港澳居民通行证", "回乡证"),
    "台湾居民来往大陆通行证": ("台湾居民来往大陆通行证", "台湾居民通行证", "台胞证"),
    "港澳台居民居住证": ("港澳台居民居住证", "港澳居民居住证", "台湾居民居住证"),
    "护照": ("护照", "中国护照", "外国护照", "香港特区护照", "澳门特区护照"),
    "外国人永久居留身份证": ("外国人永久居留身份证", "外国人永久居留证"),
    "出生医学证明": ("出生医学证明", "出生证明"),
    "其他": ("其他", "其它", "无"),
}
CHECKED_KINDS = frozenset((RESIDENT, "港澳台居民居住证"))
WEIGHTS = tuple(pow(2, 17 - position, 11) for position in range(17))
CHECK_CHARACTERS = "10X98765432"
RESIDENT_FORM = re.compile(r"\d{17}[\dX]")
OTHER_FORM = re.compile(r"[0-9A-Z()-]{4,30}")
STUDENT_FORM = re.compile(r"[0-9A-Z-]{4,30}")
WITH_IDENTITY = re.compile(r"[GJL](\d{17}[\dX])")
MOBILE = re.compile(r"1[3-9]\d{9}")
LANDLINE = re.compile(r"(0\d{2,3})-?(\d{7,8})(?:-?(?:转)?\d{1,6})?")
ABROAD = re.compile(r"\+\d{7,15}")

_KIND_OF = {alias: kind for kind, aliases in KINDS.items() for alias in aliases}


@dataclass(frozen=True)
class Said:
    """What a resident's identity number itself says."""

    born: date
    sex: str


def id_kind(cell: Cell) -> str:
    """The official name of a kind of document, or "". Raises Wrong."""
    text = folded(cell)
    if text and text not in _KIND_OF:
        raise Wrong("id_kind_unknown", value=shown(text))
    return _KIND_OF.get(text, "")


def id_number(cell: Cell, kind: str) -> str:
    """The number in capitals; a resident's is checked. Kind "" means a resident's card. Raises Wrong."""
    text = _number(cell)
    if not text:
        return ""
    if kind in CHECKED_KINDS or not kind:
        return _resident(text, kind)
    if not OTHER_FORM.fullmatch(text):
        raise Wrong("id_form")
    return text


def said_by(number: str) -> Said | None:
    """Birthday and sex in an 18-character identity number that has passed the check; None for other numbers."""
    if not RESIDENT_FORM.fullmatch(number):
        return None
    try:
        born = date(int(number[6:10]), int(number[10:12]), int(number[12:14]))
    except ValueError:
        return None
    return Said(born=born, sex="M" if int(number[16]) % 2 else "F")


def student_number(cell: Cell) -> str:
    """The register number in capitals; one that contains an identity number must contain a right one. Raises Wrong."""
    text = _number(cell)
    if not text:
        return ""
    if not STUDENT_FORM.fullmatch(text):
        raise Wrong("student_number_form")
    inside = WITH_IDENTITY.fullmatch(text)
    if inside and text[0] == "G" and check_character(inside.group(1)) != text[-1]:
        raise Wrong("student_number_checksum")
    return text


def phone(cell: Cell) -> str:
    """A mobile number, a landline with area code, or a number abroad with "+". Raises Wrong."""
    text = _number(cell)
    if not text:
        return ""
    text = re.sub(r"^(?:\+86|0086)-?", "", text.replace("—", "-").replace("–", "-"))
    digits = text.replace("-", "")
    if MOBILE.fullmatch(digits):
        return digits
    landline = LANDLINE.fullmatch(text)
    if landline:
        return text if "-" in text else f"{landline[1]}-{text[len(landline[1]) :]}"
    if ABROAD.fullmatch(digits):
        return digits
    raise Wrong("phone_form")


def check_character(number: str) -> str:
    """The check character that belongs to the first 17 digits."""
    return CHECK_CHARACTERS[sum(map(mul, map(int, number[:17]), WEIGHTS)) % 11]


def _number(cell: Cell) -> str:
    text = folded(cell).lstrip("'’`").upper()
    if "*" in text:
        raise Wrong("number_masked")
    if POWER_OF_TEN.fullmatch(text):
        raise Wrong("number_lost_digits", value=shown(text))
    return text


def _resident(text: str, kind: str) -> str:
    if not RESIDENT_FORM.fullmatch(text):
        raise Wrong("id_length" if kind else "id_length_or_kind", length=len(text))
    if check_character(text) != text[-1]:
        raise Wrong("id_checksum")
    if said_by(text) is None:
        raise Wrong("id_birthday_impossible")
    return text
