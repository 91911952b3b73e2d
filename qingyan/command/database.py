"""`qingyan database`: the roles of a configured PostgreSQL server."""

from typing import Annotated

import typer

from qingyan.command.groups import group
from qingyan.command.output import Json, answer, fail
from qingyan.command.starting import surroundings
from qingyan.foundation.database import roles as database_roles
from qingyan.foundation.database.addresses import SUPERUSER

app = group("The database: roles and reach.")


@app.callback()
def _group() -> None:
    """The database: roles and reach."""


@app.command()
def roles(
    printed: Annotated[bool, typer.Option("--print", help="Print a psql script and change nothing.")] = False,
    name: Annotated[str, typer.Option(help="Name of the database.")] = database_roles.DATABASE,
    version: Annotated[int, typer.Option(min=15, max=99, help="Major version of the server that will run it.")] = 18,
    as_json: Json = False,
) -> None:
    """Make the four roles and the database: by itself on the embedded server, as a script for any other.

    Example: qingyan database roles --print --version 15 > roles.sql

    Exit codes: 0 done, 3 cannot run here.
    """
    if printed:
        script = database_roles.printed(version * 10000, name)
        answer({"script": script}, [script.rstrip()], as_json=as_json)
        return
    with surroundings(as_json=as_json) as around:
        if around.server is None:
            raise fail("DATABASE_URL names another server; run: qingyan database roles --print", as_json=as_json)
        made = [*database_roles.LOGINS, database_roles.COUNTER]  # starting the server has made them
        answer({"roles": made, "superuser": SUPERUSER}, [f"{role}: ready" for role in made], as_json=as_json)


@app.command()
def url(
    role: Annotated[str, typer.Option(help="qingyan_app, qingyan_owner, qingyan_bureau or postgres.")] = "qingyan_app",
    as_json: Json = False,
) -> None:
    """Say where the running embedded server answers, password included, for psql or a backup.

    Example: psql "$(qingyan database url --role qingyan_owner)"

    Exit codes: 0 done, 3 no server runs here.
    """
    with surroundings(as_json=as_json) as around:
        if around.server is None or around.server.owned:
            raise fail("no embedded server is running here; start it with: qingyan serve", as_json=as_json)
        if role not in (*database_roles.LOGINS, SUPERUSER):
            raise typer.BadParameter(f"unknown role {role}")
        answer({"url": around.server.url(role)}, [around.server.url(role)], as_json=as_json)
