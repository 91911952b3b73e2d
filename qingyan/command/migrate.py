"""`qingyan migrate`: bring the database to this version."""

from typing import Annotated

import typer

from qingyan.command.output import Code, Json, answer
from qingyan.command.starting import work


def migrate(
    check: Annotated[bool, typer.Option("--check", help="Change nothing; exit 1 if something is missing.")] = False,
    as_json: Json = False,
) -> None:
    """Apply migrations as the owner role, then write row-level security and grants.

    Example: qingyan migrate --check

    Exit codes: 0 done, 1 migrations are missing (--check), 3 cannot run here.
    """
    with work("migrating", as_json=as_json) as migrating:
        if check:
            missing = migrating.planned()
            answer({"missing": missing}, [*missing, f"{len(missing)} migrations missing"], as_json=as_json)
            raise typer.Exit(Code.FAULTS_FOUND if missing else Code.DONE)
        done = migrating.migrate()
        told = [
            *done.applied,
            f"{len(done.applied)} migrations applied; {done.protected} tables under row-level security",
        ]
        answer({"applied": done.applied, "protected_tables": done.protected}, told, as_json=as_json)
