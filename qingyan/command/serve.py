"""`qingyan serve`: everything that one machine needs, in one process tree."""

import os
import signal
import socket
import unicodedata
from typing import Annotated

import typer

from qingyan.command.output import Json, answer, fail, tell, warn
from qingyan.command.starting import loaded, surroundings
from qingyan.command.supervisor import Supervisor, jobs, web
from qingyan.config.env import Environment, Mode, Unsafe
from qingyan.foundation.database.child import die_with_parent

COLUMNS = ("role", "name", "login", "password", "where", "second_factor")


def serve(
    host: Annotated[str | None, typer.Option(help="Address to listen on (QINGYAN_HOST, else 127.0.0.1).")] = None,
    port: Annotated[int | None, typer.Option(help="Port to listen on (QINGYAN_PORT, else 8000).")] = None,
    workers: Annotated[int | None, typer.Option(help="Web processes (QINGYAN_WORKERS, else 2).")] = None,
    with_parent: Annotated[bool, typer.Option("--with-parent", help="Stop when the calling process ends.")] = False,
    as_json: Json = False,
) -> None:
    """Start database (if none is configured), migrate, load the demo (in demo mode, once), serve.

    Example: qingyan serve --port 8080

    Ctrl-C stops everything. Exit codes: 0 stopped by a signal, 2 wrong usage, 3 cannot run here.
    """
    if with_parent:
        die_with_parent(signal.SIGTERM)
    environment = _environment({"QINGYAN_HOST": host, "QINGYAN_PORT": port, "QINGYAN_WORKERS": workers}, as_json)
    if not _is_free(environment.host, environment.port):
        where = f"{environment.host}:{environment.port}"
        raise fail(f"{where} is in use; stop that program, or: qingyan serve --port 8001", as_json=as_json)
    with surroundings(as_json=as_json) as around:
        progress = warn if as_json else tell
        sign_ins = loaded("serving").make_ready(demo_wanted=environment.mode is Mode.DEMO, progress=progress)
        lines = [*_table(sign_ins), "", f"青檐 Qingyan  {environment.base_url}", "Ctrl-C stops everything."]
        answer({"address": environment.base_url, "sign_ins": sign_ins}, lines, as_json=as_json)
        children = [web(environment.host, environment.port, environment.workers), jobs()]
        raise typer.Exit(Supervisor(children, around.server).run())


def _table(sign_ins: list[dict[str, str]]) -> list[str]:
    """Each address once, below it one line a person in columns; Chinese characters count double."""
    rows = [[one[column] for column in COLUMNS] for one in sign_ins]
    widths = [max((_width(row[at]) for row in rows), default=0) for at in range(len(COLUMNS))]
    lines: list[str] = []
    for one, row in zip(sign_ins, rows, strict=True):
        if one["url"] not in lines:
            lines.append(one["url"])
        cells = [cell + " " * (size - _width(cell)) for cell, size in zip(row, widths, strict=True)]
        lines.append("    " + "  ".join(cells).rstrip())
    return lines


def _width(text: str) -> int:
    return sum(2 if unicodedata.east_asian_width(char) in "WF" else 1 for char in text)


def _environment(chosen: dict[str, object], as_json: bool) -> Environment:
    os.environ.update({name: str(value) for name, value in chosen.items() if value is not None})
    try:
        return Environment.read(os.environ)
    except Unsafe as error:
        raise fail(str(error), as_json=as_json) from None


def _is_free(host: str, port: int) -> bool:
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    with socket.socket(family) as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((host, port))
        except OSError:
            return False
    return True
