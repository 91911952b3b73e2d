"""`qingyan doctor`: what is wrong, in plain words, and what to do."""

import os
import platform
from dataclasses import asdict, dataclass
from importlib.metadata import version

import typer

from qingyan.command.output import Code, Json, answer
from qingyan.command.starting import loaded
from qingyan.config.env import Environment, Unsafe
from qingyan.foundation.database.binaries import CannotRun
from qingyan.foundation.database.launcher import EmbeddedServer

MARKS = {True: "ok   ", False: "FAULT"}


@dataclass(frozen=True, slots=True)
class Line:
    """One finding: well or not, and words that say what to do if not."""

    subject: str
    well: bool
    words: str


def doctor(as_json: Json = False) -> None:
    """Look at settings, database, protection, keys, front end, jobs and the audit trail. Changes nothing.

    Example: qingyan doctor --json

    Exit codes: 0 all well, 1 faults found.
    """
    lines = _examined()
    well = all(line.well for line in lines)
    told = [f"{MARKS[line.well]} {line.subject}: {line.words}" for line in lines]
    answer({"well": well, "findings": [asdict(line) for line in lines]}, told, as_json=as_json)
    raise typer.Exit(Code.DONE if well else Code.FAULTS_FOUND)


def _examined() -> list[Line]:
    """Stops at the first thing without which nothing else can be asked."""
    lines = [Line("version", True, f"qingyan {version('qingyan')}, Python {platform.python_version()}")]
    try:
        environment = Environment.read(os.environ)
    except Unsafe as error:
        return [*lines, *(Line("settings", False, words) for words in str(error).splitlines())]
    lines.append(Line("settings", True, f"{environment.mode} mode, data in {environment.data_dir}"))
    if environment.database_url is not None:
        return [*lines, *loaded("examining").examined()]
    try:
        with EmbeddedServer(environment.data_dir, environment.postgres_bin) as server:
            os.environ.update(server.environment())
            lines.append(
                Line("database server", True, "embedded, started for this look" if server.owned else "embedded")
            )
            return [*lines, *loaded("examining").examined()]
    except CannotRun as error:
        return [*lines, Line("database server", False, str(error))]
