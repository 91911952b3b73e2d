"""What a OneRoster archive may be: bounded, flat, complete, in bulk, version 1.2. All else is refused in words."""

import io
import zipfile

import pytest

from qingyan.people.queries.roster_words import refusal
from qingyan.people.roster.examination import examine
from qingyan.people.roster.oneroster import archive
from tests.people.roster.files import EXPECTED, examine_apart, pupils, repacked, xlsx, zip_that_lies
from tests.people.roster.oneroster.sets import changed, good, swap

MANIFEST = "manifest.csv"
NO_ROLES = swap("file.roles,bulk", "file.roles,absent")


def test_a_set_is_known_by_its_manifest_and_a_workbook_is_none():
    assert archive.is_set(good())
    assert not archive.is_set(xlsx(pupils(1)))
    assert not archive.is_set(b"PK\x03\x04 broken")
    assert not archive.is_set(b"name,class")


def test_a_set_in_one_folder_is_read_and_other_files_beside_it_are_left_alone():
    content = changed(good(), folder="导出/", add={"导出/说明.txt": b"x", "导出/userProfiles.csv": b"a,b"})
    assert len(examine(content, EXPECTED).rows) == 3
    assert len(examine(good(), EXPECTED).rows) == 3


def test_only_the_columns_that_are_used_are_kept():
    sheet = archive.read_set(good())["users"]
    assert "password" not in sheet.column
    assert "username" not in sheet.column
    assert set(sheet.column) >= {"sourcedId", "givenName", "identifier"}


@pytest.mark.parametrize(
    ("code", "content"),
    [
        ("oneroster_version", changed(good(), {MANIFEST: swap("oneroster.version,1.2", "oneroster.version,1.1")})),
        ("oneroster_delta", changed(good(), {MANIFEST: swap("file.users,bulk", "file.users,delta")})),
        ("oneroster_mode", changed(good(), {MANIFEST: swap("file.users,bulk", "file.users,some")})),
        ("oneroster_missing", changed(good(), leave_out=("roles.csv",))),
        ("oneroster_missing", changed(good(), {MANIFEST: NO_ROLES}, leave_out=("roles.csv",))),
        ("oneroster_unannounced", changed(good(), {MANIFEST: NO_ROLES})),
        ("oneroster_columns", changed(good(), {"users.csv": swap("familyName", "surname")})),
        ("oneroster_columns", changed(good(), {"classes.csv": lambda text: ""})),
        ("oneroster_cell", changed(good(), {"users.csv": swap("李", "李" * 600)})),
        ("oneroster_csv", changed(good(), {"users.csv": lambda text: text + '"never closed'})),
        ("oneroster_path", changed(good(), add={"../../etc/cron.d/x": b"x"})),
        ("oneroster_path", changed(good(), add={"/etc/passwd": b"x"})),
        ("oneroster_path", changed(good(), add={"C:\\x": b"x"})),
        ("oneroster_path", changed(good(), folder="a/b/")),
        ("oneroster_damaged", changed(good(), add={"Users.csv": b"sourcedId"})),
        ("bomb", changed(good(), {"users.csv": lambda text: text + "\n" * 3_000_000})),
        ("bomb", changed(good(), add={f"{number}.txt": b"" for number in range(300)})),
    ],
)  # fmt: skip
def test_what_cannot_be_trusted_is_refused_with_words(code, content):
    found = examine(content, EXPECTED)
    assert found.refusal.code == code
    said = refusal(found.refusal)
    assert "没有任何改动" in str(said)
    assert "%(" not in str(said)
    assert examine(good(), EXPECTED).refusal is None


def test_another_encoding_is_refused_and_the_mark_of_utf_8_is_not():
    crooked = repacked(
        good(), replace=lambda name, part: part.decode().encode("gb18030") if name == "users.csv" else part
    )
    assert examine(crooked, EXPECTED).refusal.code == "oneroster_encoding"
    marked = repacked(good(), replace=lambda name, part: b"\xef\xbb\xbf" + part)
    assert len(examine(marked, EXPECTED).rows) == 3


def test_an_archive_that_lies_about_its_size_gives_a_refusal_and_never_an_exception():
    for content in (zip_that_lies(MANIFEST, b"a" * 5_000_000, 10), good()[:-40], good()[:200]):
        assert examine(content, EXPECTED).refusal is not None


def test_too_many_records_are_refused(monkeypatch):
    monkeypatch.setattr(archive, "MOST_RECORDS", 2)
    assert examine(good(), EXPECTED).refusal.code == "oneroster_records"


def test_an_encrypted_part_is_refused():
    out = io.BytesIO(good())
    with zipfile.ZipFile(out) as plain:
        start = plain.getinfo("users.csv").header_offset
    content = bytearray(out.getvalue())
    content[start + 6] |= 1
    central = content.index(b"PK\x01\x02")
    while content[central + 46 : central + 55] != b"users.csv":
        central = content.index(b"PK\x01\x02", central + 1)
    content[central + 8] |= 1
    assert examine(bytes(content), EXPECTED).refusal.code == "encrypted"


def test_the_child_process_reads_a_set_within_its_limits():
    found = examine_apart(good(50), EXPECTED)
    assert (found.refusal, len(found.rows), found.bad) == (None, 50, [])
