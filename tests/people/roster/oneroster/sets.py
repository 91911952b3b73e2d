"""OneRoster sets for the tests: a good one, and the same with files changed, added or left out."""

import io
import zipfile
from collections.abc import Callable, Mapping
from datetime import date

from qingyan.people.roster.oneroster.writing import ClassLine, Place, PupilLine, package
from tests.people.roster.files import SCHOOL, identity_number

PLACE = Place("qingyan", SCHOOL, "2026—2027", date(2026, 9, 1), date(2027, 8, 31))
CLASSES = (ClassLine("c1", "七年级（1）班", 7), ClassLine("c2", "八年级（2）班", 8))
BORN = date(2012, 3, 9)


def pupil(serial: int = 1, **changes: object) -> PupilLine:
    """One pupil of the first or second class in turn."""
    said: dict[str, object] = {
        "key": f"u{serial}",
        "name": f"李{chr(0x4E00 + serial)}",
        "sex": "M" if serial % 2 else "F",
        "birth_date": BORN,
        "ethnicity": "汉族",
        "class_key": CLASSES[serial % 2].key,
        "student_number": f"G{identity_number(serial, BORN)}",
        "since": date(2026, 9, 1),
    }
    return PupilLine(**(said | changes))  # type: ignore[arg-type]


def pupils(count: int) -> list[PupilLine]:
    """Different pupils."""
    return [pupil(serial) for serial in range(1, count + 1)]


def good(count: int = 3) -> bytes:
    """A set that can be imported."""
    return package(PLACE, CLASSES, pupils(count))


def changed(
    content: bytes,
    changes: Mapping[str, Callable[[str], str]] | None = None,
    *,
    add: Mapping[str, bytes] | None = None,
    leave_out: tuple[str, ...] = (),
    folder: str = "",
) -> bytes:
    """The set with some files rewritten, added or left out, all moved into a folder."""
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(content)) as old, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as new:
        for name in old.namelist():
            if name not in leave_out:
                text = (changes or {}).get(name, lambda same: same)(old.read(name).decode())
                new.writestr(folder + name, text)
        for name, part in (add or {}).items():
            new.writestr(name, part)
    return out.getvalue()


def swap(old: str, new: str) -> Callable[[str], str]:
    """A change that must find what it changes."""

    def do(text: str) -> str:
        assert old in text, (old, text)
        return text.replace(old, new)

    return do
