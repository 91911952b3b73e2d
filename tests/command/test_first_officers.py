"""An empty installation gets its city and its first officers from the command line, and nobody twice."""

from tests.command.conftest import House

OFFICER = ("staff", "add", "--login", "luanran", "--name", "陆安然", "--role")


def test_a_city_is_founded_once_and_its_first_officers_are_made(new_house: House):
    house = new_house
    assert "qingyan city init" in house.told(*OFFICER, "security_admin", "--city", code=2)["error"]
    assert house.told("city", "init", "--name", "云州市")["name"] == "云州市"
    assert "云州市" in house.told("city", "init", "--name", "另一个市", code=1)["error"]

    made = house.told(*OFFICER, "security_admin", "--city")
    assert (made["created"], len(made["password"])) == (True, 19)
    assert house.told(*OFFICER, "security_admin", "--city", code=1)["error"] == "此人已经有这个任职了。"
    assert "三个人" in house.told(*OFFICER, "audit_admin", "--city", code=1)["error"]

    told = house.run("staff", "add", "--login", "officer", "--name", "市负责人", "--role", "city_officer", "--city")
    assert told.returncode == 0
    assert "one-time password: " in told.stdout
    second = house.told("staff", "add", "--login", "OFFICER", "--name", "x", "--role", "hotline_volunteer", "--city")
    assert (second["created"], second["password"]) == (False, None)

    for wrong in (
        (*OFFICER, "king", "--city"),
        (*OFFICER, "counsellor", "--school", "nowhere"),
        (*OFFICER, "district_lead", "--district", "nowhere"),
        (*OFFICER, "counsellor"),
        (*OFFICER, "counsellor", "--city", "--school", "nowhere"),
        ("city", "init", "--name", " "),
    ):
        assert house.told(*wrong, code=2)["error"]
    assert house.told("audit", "verify")["findings"] == []


def test_a_post_at_a_school_of_the_demo(demo_house: House):
    """The counsellor of a school, and a refusal that makes no account."""
    school = ("--school", "wangchao-gaozhong")
    told = demo_house.told(
        "staff", "add", "--login", "new.one", "--name", "新", "--role", "city_officer", *school, code=1
    )
    assert told["error"]
    made = demo_house.told("staff", "add", "--login", "new.one", "--name", "新", "--role", "counsellor", *school)
    assert made["created"]
    teacher = ("staff", "add", "--login", "new.two", "--name", "新", "--role", "homeroom_teacher", *school)
    assert "班" in demo_house.told(*teacher, code=1)["error"]
    assert "no class" in demo_house.told(*teacher, "--class-code", "NOSUCH", code=2)["error"]
