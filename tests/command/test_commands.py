"""Each command does its work, says it in JSON, and ends with the promised code."""

import csv
import json
from pathlib import Path

import psycopg
import pytest

from qingyan.config.env import SECRET_NAMES, Environment
from qingyan.foundation.database.launcher import EmbeddedServer
from tests.command.conftest import House, house_in
from tests.config.test_env import SAFE
from tests.people.roster.oneroster.sets import good

SCHOOL = "wangchao-gaozhong"


def test_migrate_applies_once_and_check_says_what_is_missing(tmp_path: Path):
    house = house_in(tmp_path / "data")
    assert house.told("migrate", "--check", code=1)["missing"]
    first = house.told("migrate")
    assert first["applied"]
    assert first["protected_tables"] > 5
    assert house.told("migrate")["applied"] == []
    assert house.told("migrate", "--check")["missing"] == []


def test_doctor_finds_a_migrated_house_well(house: House):
    told = house.told("doctor")
    subjects = {one["subject"] for one in told["findings"]}
    assert subjects >= {"version", "settings", "fsync", "synchronous_commit", "full_page_writes", "data_checksums"}
    assert subjects >= {"role of default", "migrations", "row-level security", "keys", "parked jobs", "audit trail"}
    assert subjects >= {"fonts", "front end"}


@pytest.mark.parametrize(
    ("damage", "subject", "advice"),
    [
        ("ALTER TABLE people_student DISABLE ROW LEVEL SECURITY", "row-level security", "people_student"),
        ("ALTER ROLE qingyan_app BYPASSRLS", "role of default", "has powers"),
        ("ALTER SYSTEM SET synchronous_commit = off; ", "synchronous_commit", "off"),
        ("DELETE FROM django_migrations WHERE app = 'alerts'", "migrations", "qingyan migrate"),
    ],
)
def test_doctor_names_what_was_damaged(house: House, damage: str, subject: str, advice: str):
    """Done by a superuser to a running server, and undone afterwards."""
    with (
        EmbeddedServer(house.data_dir) as server,
        psycopg.connect(server.url("postgres"), autocommit=True) as superuser,
    ):
        undo = _damage(superuser, damage)
        try:
            told = house.told("doctor", code=1)
        finally:
            for statement in undo:
                superuser.execute(statement)
    assert not told["well"]
    found = {one["subject"]: one["words"] for one in told["findings"] if not one["well"]}
    assert advice in found[subject]


def _damage(superuser: psycopg.Connection, statement: str) -> list[str]:
    """Does it and returns the statements that undo it."""
    if "django_migrations" in statement:
        rows = superuser.execute("DELETE FROM django_migrations WHERE app = 'alerts' RETURNING name").fetchall()
        return [
            f"INSERT INTO django_migrations (app, name, applied) VALUES ('alerts', '{name}', now())" for (name,) in rows
        ]
    if "synchronous_commit" in statement:
        superuser.execute("ALTER ROLE qingyan_app SET synchronous_commit = off")
        return ["ALTER ROLE qingyan_app SET synchronous_commit = on"]
    superuser.execute(statement)
    return ["ALTER TABLE people_student ENABLE ROW LEVEL SECURITY", "ALTER ROLE qingyan_app NOBYPASSRLS"]


def test_doctor_tells_unsafe_settings_without_starting_anything(tmp_path: Path, house: House):
    told = house.told(
        "doctor", code=1, **(SAFE | {"QINGYAN_MODE": "production", "DEBUG": "1", "DATA_DIR": str(tmp_path)})
    )
    assert [one["words"] for one in told["findings"] if not one["well"]] == [
        "DEBUG must be off in production: its pages show the data of children"
    ]
    assert list(tmp_path.iterdir()) == []


def test_an_unreachable_server_is_exit_code_3_with_words(house: House):
    url = "postgresql://qingyan_owner:x@127.0.0.1:1/qingyan"
    told = house.told("migrate", code=3, DATABASE_URL=url, DATABASE_OWNER_URL=url.replace("owner", "owner2"))
    assert "refuse" in told["error"]


def test_unsafe_settings_are_exit_code_3_with_words(house: House):
    done = house.run("migrate", QINGYAN_WORKERS="many")
    assert done.returncode == 3
    assert "WORKERS" in done.stderr
    assert "Traceback" not in done.stderr


def test_instrument_list_and_check(house: House):
    codes = {one["code"] for one in house.told("instrument", "list")["instruments"]}
    assert codes >= {"scl-90", "ces-dc", "phq-a", "gad-7", "dass-42", "dass-21"}
    assert house.told("instrument", "check")["faults"] == []


def test_instrument_score_counts_bands_and_writes_the_scores(house: House, tmp_path: Path):
    answers, scores = tmp_path / "gad.csv", tmp_path / "scores.csv"
    header = [f"q{n}" for n in range(1, 8)]
    answers.write_text(",".join(header) + "\n" + ",".join("3" * 7) + "\n" + ",".join("0" * 7) + "\n", encoding="utf-8")
    done = house.run("instrument", "score", "gad-7", str(answers), "--out", str(scores), "--json")
    assert done.returncode == 0, done.stdout + done.stderr
    with scores.open(encoding="utf-8", newline="") as written:
        rows = list(csv.DictReader(written))
    assert [row["total"] for row in rows] == ["21", "0"]
    assert sum(json.loads(done.stdout)["counts"]["total"].values()) == 2


@pytest.mark.parametrize(("code", "content", "exit_code"), [("no-such", "q1\n1\n", 2), ("gad-7", "colour\nred\n", 3)])
def test_instrument_score_refuses_with_words(house: House, tmp_path: Path, code: str, content: str, exit_code: int):
    file = tmp_path / "answers.csv"
    file.write_text(content, encoding="utf-8")
    assert house.told("instrument", "score", code, str(file), code=exit_code)["error"]


def test_audit_checkpoint_and_verify(house: House, tmp_path: Path):
    file = tmp_path / "checkpoints.jsonl"
    assert house.told("audit", "checkpoint", "--file", str(file))["file"] == str(file)
    told = house.told("audit", "verify", "--file", str(file))
    assert told["findings"] == []


def test_audit_verify_finds_an_edited_entry(demo_house: House):
    with EmbeddedServer(demo_house.data_dir) as server, psycopg.connect(server.url("postgres")) as superuser:
        superuser.execute("SET session_replication_role = replica")  # triggers off: an intruder with full power
        (entry, purpose), *_ = superuser.execute("SELECT id, purpose FROM audit_entry WHERE seq = 1").fetchall()
        superuser.execute("UPDATE audit_entry SET purpose = 'x' WHERE id = %s", [entry])
        superuser.commit()
        told = demo_house.told("audit", "verify", code=1)
        superuser.execute("UPDATE audit_entry SET purpose = %s WHERE id = %s", [purpose, entry])
    assert [one["fault"] for one in told["findings"]] == ["edited"]
    assert demo_house.told("audit", "verify")["findings"] == []


def test_demo_who_names_every_kind_of_person(demo_house: House):
    roles = {one["role"] for one in demo_house.told("demo", "who")["sign_ins"]}
    assert roles >= {"心理教师", "班主任", "学校管理员", "市教育局人员", "学生"}


def test_demo_load_a_second_time_writes_nothing(demo_house: House):
    assert demo_house.told("demo", "load", "--size", "small")["pupils"] == 0


def test_keys_rotate_retires_the_old_keys_and_values_still_open(demo_house: House):
    assert demo_house.told("keys", "rotate")["retired_keys"] > 0
    assert demo_house.told("doctor")["well"]


def test_roster_import_says_what_would_happen_then_writes_and_names_who(demo_house: House, tmp_path: Path):
    command = ("roster", "import", str(_roster(tmp_path)), "--school", SCHOOL)
    looked = demo_house.told(*command)
    assert (looked["committed"], looked["rows_total"], looked["new"]) == (False, 1, 1)
    written = demo_house.told(*command, "--commit", "--as", "zhaoqihang")
    assert (written["committed"], written["new"]) == (True, 1)
    assert demo_house.told(*command)["unchanged"] == 1


@pytest.mark.parametrize("login", ["zhoumingyuan", "nobody-here"])
def test_roster_import_by_a_stranger_is_refused(demo_house: House, tmp_path: Path, login: str):
    """A counsellor of another school, and a login that does not exist."""
    command = ("roster", "import", str(_roster(tmp_path)), "--school", SCHOOL, "--commit", "--as", login)
    assert login in demo_house.told(*command, code=2)["error"]


def test_roster_import_with_bad_rows_writes_nothing_and_is_exit_code_1(demo_house: House, tmp_path: Path):
    file = tmp_path / "bad.csv"
    file.write_text("学籍号,姓名,性别,年级,班级\nG1,,不明,十九,x\n", encoding="utf-8")
    told = demo_house.told("roster", "import", str(file), "--school", SCHOOL, "--commit", code=1)
    assert not told["committed"]
    assert told["problems"]
    assert not told["refusal"]


def test_roster_import_reads_what_the_file_is_and_refuses_another_form(demo_house: House, tmp_path: Path):
    file, command = _roster(tmp_path), ("roster", "import", "--school", SCHOOL)
    assert "not a OneRoster set" in demo_house.told(*command, str(file), "--format", "oneroster", code=2)["error"]
    assert demo_house.told(*command, str(file), "--format", "register")["rows_total"] == 1
    other = tmp_path / "set.zip"
    other.write_bytes(good())
    assert "a OneRoster set" in demo_house.told(*command, str(other), "--format", "register", code=2)["error"]
    assert demo_house.told(*command, str(other), "--format", "oneroster", code=1)["refusal"]


def _roster(folder: Path) -> Path:
    file = folder / "名册.csv"
    file.write_text("学籍号,姓名,性别,年级,班级\nG110101200901010016,欧阳青檐,女,高一,1班\n", encoding="gb18030")
    return file


def test_roster_import_of_an_unknown_school_is_wrong_usage(house: House, tmp_path: Path):
    told = house.told("roster", "import", str(_roster(tmp_path)), "--school", "no-such-school", code=2)
    assert "no-such-school" in told["error"]


def test_keys_generate_gives_what_production_accepts(house: House):
    fresh = house.told("keys", "generate")
    assert set(fresh) == {name.upper() for name in SECRET_NAMES}
    assert Environment.read(SAFE | fresh).in_production


def test_keys_rewrap_needs_the_old_key(house: House):
    assert "OLD_MASTER_KEY" in house.told("keys", "rewrap", code=2)["error"]
    assert house.told("keys", "rewrap", OLD_MASTER_KEY="ab" * 32)["rewrapped"] == 0


def test_the_demo_is_refused_in_production(house: House):
    with EmbeddedServer(house.data_dir) as server:
        given = SAFE | server.environment() | {"QINGYAN_MODE": "production"}
        told = house.told("demo", "load", code=3, **given)
    assert "production" in told["error"]


def test_database_roles_prints_a_script_for_any_version(house: House):
    script = house.told("database", "roles", "--print", "--version", "15")["script"]
    assert "CREATE ROLE qingyan_app" in script
    assert "INHERIT FALSE" not in script
    assert "INHERIT FALSE" in house.told("database", "roles", "--print", "--version", "18")["script"]
    assert len(house.told("database", "roles")["roles"]) == 4


def test_database_url_answers_only_while_a_server_runs(house: House):
    assert "no embedded server" in house.told("database", "url", code=3)["error"]
    with EmbeddedServer(house.data_dir) as server:
        assert house.told("database", "url")["url"] == server.url("qingyan_app")


def test_worker_once_does_what_waits_and_stops(house: House):
    assert isinstance(house.told("worker", "--once")["jobs"], dict)


def test_a_command_beside_a_running_server_joins_it(house: House):
    with EmbeddedServer(house.data_dir) as server:
        told = house.told("doctor")
        assert "embedded" in {one["words"] for one in told["findings"] if one["subject"] == "database server"}
        assert server.is_running()


def test_rescoring_an_empty_house_is_done_at_once(house: House):
    told = house.told("screening", "rescore")
    assert (told["seen"], told["changed"]) == (0, 0)
