"""The answering endpoint has /a/, Django the rest."""

import pytest

from qingyan.config import doors


@pytest.mark.parametrize(
    ("path", "who"),
    [("/a/save", "lean"), ("/a/finish", "lean"), ("/", "django"), ("/accounts/", "django"), ("/a", "django")],
)  # fmt: skip
def test_the_path_chooses(monkeypatch: pytest.MonkeyPatch, path: str, who: str):
    monkeypatch.setattr(doors.lean, "application", lambda _environ, _start: [b"lean"])
    application = doors.chosen_by_path(lambda _environ, _start: [b"django"])
    assert application({"PATH_INFO": path}, lambda *_: None) == [who.encode()]
