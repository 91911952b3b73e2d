"""Every command explains itself the same way."""

from collections.abc import Iterator

import pytest
import typer
from typer.testing import CliRunner

from qingyan.command.main import app


def _commands(group: typer.Typer, path: tuple[str, ...] = ()) -> Iterator[tuple[str, ...]]:
    for one in group.registered_commands:
        assert one.callback is not None
        yield (*path, one.name or one.callback.__name__.rstrip("_").replace("_", "-"))
    for part in group.registered_groups:
        assert part.typer_instance is not None
        yield from _commands(part.typer_instance, (*path, str(part.name)))


EACH = pytest.mark.parametrize("path", list(_commands(app)), ids=" ".join)


@EACH
def test_help_has_an_example_the_exit_codes_and_json(path: tuple[str, ...]):
    done = CliRunner().invoke(app, [*path, "--help"])
    assert done.exit_code == 0
    words = " ".join(done.output.split())
    assert "Example:" in words
    assert f"qingyan {' '.join(path)}" in words
    assert "Exit codes: 0" in words
    assert "--json" in words


@EACH
def test_wrong_usage_is_exit_code_2(path: tuple[str, ...]):
    assert CliRunner().invoke(app, [*path, "--no-such-option"]).exit_code == 2


def test_the_promised_commands_are_there():
    names = {" ".join(path) for path in _commands(app)}
    assert names >= {
        "serve", "worker", "migrate", "doctor", "demo load", "instrument list", "instrument check", "instrument score",
        "roster import", "audit verify", "audit checkpoint", "keys rotate", "database roles",
    }  # fmt: skip


def test_without_a_command_the_help_is_shown():
    assert "Usage: " in CliRunner().invoke(app, []).output
