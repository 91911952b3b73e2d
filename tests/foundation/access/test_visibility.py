"""The table of who sees which words: it is read whole, denies by default, and refuses words that it does not know."""

import pytest

from qingyan.foundation.access import visibility
from qingyan.foundation.access.actor import Actor, Kind, Post
from qingyan.foundation.access.roles import Role
from qingyan.foundation.access.visibility import fields, sees


def actor(role: Role) -> Actor:
    return Actor(kind=Kind.STAFF, posts=(Post(role=role, school_id=1),), school_id=1)


def test_who_stands_in_the_relation_sees_and_nobody_else():
    counsellor = actor(Role.COUNSELLOR)
    assert sees(counsellor, "case.interview", {"school", "carries"})
    assert sees(counsellor, "case.interview", {"carries"}, "docx")
    assert not sees(counsellor, "case.interview", {"school"})
    assert not sees(counsellor, "case.interview", {"carries"}, "xlsx")
    assert not sees(actor(Role.PRINCIPAL), "case.interview", {"school", "acts"})
    assert not sees(actor(Role.SCHOOL_ADMIN), "case.interview", {"school", "carries", "acts", "wrote", "circle"})


def test_a_role_counts_at_the_school_of_the_request_only():
    elsewhere = actor(Role.COUNSELLOR).at_school(2)
    assert not sees(elsewhere, "alert.reasons", {"school"})


def test_a_field_that_nobody_declared_is_an_error_and_not_a_yes():
    with pytest.raises(KeyError):
        sees(actor(Role.COUNSELLOR), "case.everything", {"carries"})


def test_technical_roles_and_those_without_a_duty_stand_nowhere_in_the_table():
    never = {"school_admin", "system_admin", "security_admin", "audit_admin", "hotline_volunteer", "invigilator"}
    stand = {
        (code, role): set(field.sees[role]) for code, field in fields().items() for role in never & field.sees.keys()
    }
    # But whom a counsellor asks by name reads the words of the asking (decision 0033), whatever the post.
    assert stand == {("case.errand", role): {"asked"} for role in ("school_admin", "invigilator")}


def test_an_unknown_relation_is_refused(tmp_path, monkeypatch):
    table = tmp_path / "visibility.yaml"
    row = "fields:\n  a.b:\n    title: x\n    sees:\n      counsellor: {somebody: [html]}\n"
    table.write_text(f"relations: {{school: x}}\n{row}", "utf-8")
    monkeypatch.setattr(visibility, "TABLE", table)
    for read in (visibility.fields, visibility.relations):
        read.cache_clear()
    try:
        with pytest.raises(ValueError, match="somebody"):
            fields()
    finally:
        monkeypatch.undo()
        for read in (visibility.fields, visibility.relations):
            read.cache_clear()
