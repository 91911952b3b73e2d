"""Pages made from the code are fresh, and complete: no address without a reason, no setting without words."""

from qingyan.config.env import Environment
from qingyan.foundation.access import policy
from tools import generate_docs


def test_generated_pages_are_fresh():
    assert generate_docs.stale() == [], "run: python -m tools.generate_docs"


def test_a_changed_page_is_noticed(tmp_path, monkeypatch):
    for name, text in generate_docs.pages().items():
        (tmp_path / name).write_text(text, encoding="utf-8")
    monkeypatch.setattr(generate_docs, "OUT", tmp_path)
    assert generate_docs.stale() == []
    (tmp_path / "settings.md").write_text("changed by hand", encoding="utf-8")
    assert generate_docs.stale() == ["settings.md"]


def test_every_permission_stands_in_the_matrix():
    matrix = generate_docs.pages()["permission-matrix.md"]
    assert [one.code for one in policy.registered() if matrix.count(f"| `{one.code}` |") != 2] == []


# Asked of a command of the platform only, before there is anybody who could hold a post.
OF_COMMANDS = {
    "alerts.hint_order",
    "cases.pass_on",
    "insight.build",
    "instruments.keep_norm",
    "screening.count_norms",
    "screening.count_past",
    "organisations.found_city",
    "screening.rescore",
}


def test_every_permission_is_held_by_somebody():
    rows = [
        line
        for line in generate_docs.pages()["permission-matrix.md"].splitlines()
        if line.startswith("| `") and "●" not in line
    ]
    unheld = {row.split("`")[1] for row in rows if row.count("|") > 6}
    assert unheld == OF_COMMANDS


def test_no_address_is_undeclared():
    assert "**undeclared**" not in generate_docs.pages()["url-map.md"]


def test_every_setting_has_words():
    assert generate_docs.SETTINGS.keys() == Environment.model_fields.keys()


def test_no_secret_of_this_machine_is_printed(settings):
    page = generate_docs.pages()["settings.md"]
    assert settings.SECRET_KEY not in page
    assert str(settings.QINGYAN_DATA_DIR) not in page
