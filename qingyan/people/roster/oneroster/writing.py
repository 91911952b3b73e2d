"""A school's pupils as a OneRoster 1.2 CSV set: who they are and which class they are in, and nothing else. Pure.

In bulk mode the standard leaves status and dateLastModified empty. Of the two numbers the register number goes out; the
identity number only for a pupil who has no other, since without a number nobody can be recognised.
"""

import csv
import io
import zipfile
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from qingyan.people.roster.oneroster.layout import (
    ABSENT,
    ALL_FILES,
    BULK,
    COLUMNS,
    ETHNICITY,
    FULL_NAME,
    ID_KIND,
    IDENTITY_TYPE,
    MANIFEST,
    MANIFEST_COLUMNS,
    MANIFEST_VERSION,
    ONEROSTER_VERSION,
)
from qingyan.people.roster.oneroster.names import parted_name

SOURCE = "Qingyan"
SEXES = {"M": "male", "F": "female"}
STAMP = (1980, 1, 1, 0, 0, 0)  # a set says nothing about when it was made that the audit trail does not say better
COURSE = "homeroom"


@dataclass(frozen=True)
class Place:
    """The school and the school year; `ends_on` is its last day."""

    key: str
    name: str
    year: str
    starts_on: date
    ends_on: date


@dataclass(frozen=True)
class ClassLine:
    """A class of the school year; `key` is unique among the classes."""

    key: str
    title: str
    grade: int


@dataclass(frozen=True)
class PupilLine:
    """A pupil in a class; `key` is the pupil's for good, so that two sets can be compared."""

    key: str
    name: str
    sex: str
    birth_date: date | None
    ethnicity: str
    class_key: str
    student_number: str = ""
    id_kind: str = ""
    id_number: str = ""
    since: date | None = None


Line = Mapping[str, str]


def package(place: Place, classes: Sequence[ClassLine], pupils: Sequence[PupilLine], **extra: str) -> bytes:
    """The ZIP. `extra` are more files as text, by name with "__" for the dot (they are no part of the standard)."""
    grades = {one.key: f"{one.grade:02d}" if one.grade else "KG" for one in classes}
    files: dict[str, Iterable[Line]] = {
        "orgs": [{"sourcedId": place.key, "name": place.name, "type": "school", "identifier": place.key}],
        "academicSessions": [_session(place)],
        "courses": [{"sourcedId": COURSE, "title": "行政班", "orgSourcedId": place.key}],
        "classes": [_class(one, place, grades[one.key]) for one in classes],
        "users": (_user(one, place, grades[one.class_key]) for one in pupils),
        "roles": (_role(one, place) for one in pupils),
        "enrollments": (_enrolment(one, place) for one in pupils),
        "demographics": (_person(one) for one in pupils),
    }
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        _add(archive, f"{MANIFEST}.csv", MANIFEST_COLUMNS, _manifest(files, place))
        for name, lines in files.items():
            _add(archive, f"{name}.csv", COLUMNS[name], lines)
        for name, text in extra.items():
            archive.writestr(zipfile.ZipInfo(name.replace("__", "."), STAMP), text)
    return buffer.getvalue()


def _add(archive: zipfile.ZipFile, name: str, columns: Sequence[str], lines: Iterable[Line]) -> None:
    text = io.StringIO(newline="")
    writer = csv.DictWriter(text, columns, restval="")
    writer.writeheader()
    writer.writerows(lines)
    entry = zipfile.ZipInfo(name, STAMP)
    entry.compress_type = zipfile.ZIP_DEFLATED
    archive.writestr(entry, text.getvalue().encode())


def _manifest(files: Mapping[str, object], place: Place) -> list[Line]:
    said = {"manifest.version": MANIFEST_VERSION, "oneroster.version": ONEROSTER_VERSION}
    said |= {f"file.{name}": BULK if name in files else ABSENT for name in ALL_FILES}
    said |= {"source.systemName": SOURCE, "source.systemCode": place.key}
    return [{"propertyName": name, "value": value} for name, value in said.items()]


def _session(place: Place) -> Line:
    return {
        "sourcedId": f"year-{place.starts_on.year}",
        "title": place.year,
        "type": "schoolYear",
        "startDate": place.starts_on.isoformat(),
        "endDate": (place.ends_on + timedelta(days=1)).isoformat(),
        "schoolYear": str(place.ends_on.year),
    }


def _class(one: ClassLine, place: Place, grade: str) -> Line:
    return {
        "sourcedId": one.key,
        "title": one.title,
        "grades": grade,
        "courseSourcedId": COURSE,
        "classType": "homeroom",
        "schoolSourcedId": place.key,
        "termSourcedIds": f"year-{place.starts_on.year}",
    }


def _user(one: PupilLine, place: Place, grade: str) -> Line:
    family, given = parted_name(one.name)
    alone = one.id_number and not one.student_number
    return {
        "sourcedId": one.key,
        "enabledUser": "true",
        "username": one.key,
        "userIds": f"{{{IDENTITY_TYPE}:{one.id_number}}}" if alone else "",
        "givenName": given,
        "familyName": family,
        "identifier": one.student_number,
        "grades": grade,
        "primaryOrgSourcedId": place.key,
        FULL_NAME: one.name,
        ID_KIND: one.id_kind if alone else "",
    }


def _role(one: PupilLine, place: Place) -> Line:
    return {
        "sourcedId": f"role-{one.key}",
        "userSourcedId": one.key,
        "roleType": "primary",
        "role": "student",
        "orgSourcedId": place.key,
    }


def _enrolment(one: PupilLine, place: Place) -> Line:
    return {
        "sourcedId": f"enrolment-{one.key}",
        "classSourcedId": one.class_key,
        "schoolSourcedId": place.key,
        "userSourcedId": one.key,
        "role": "student",
        "primary": "false",
        "beginDate": one.since.isoformat() if one.since else "",
    }


def _person(one: PupilLine) -> Line:
    born = one.birth_date.isoformat() if one.birth_date else ""
    return {
        "sourcedId": one.key,
        "birthDate": born,
        "sex": SEXES.get(one.sex, "unspecified"),
        ETHNICITY: one.ethnicity,
    }
