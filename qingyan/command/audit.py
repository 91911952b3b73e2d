"""`qingyan audit`: prove that nobody changed the trail."""

from pathlib import Path
from typing import Annotated

import typer

from qingyan.command.groups import group
from qingyan.command.output import Code, Json, answer
from qingyan.command.starting import work

app = group("The audit trail.")
File = Annotated[
    Path | None, typer.Option("--file", help="Checkpoint file; DATA_DIR/audit-checkpoints.jsonl if absent.")
]


@app.callback()
def _group() -> None:
    """The audit trail."""


@app.command()
def verify(file: File = None, as_json: Json = False) -> None:
    """Recompute every chain and compare it with the signed checkpoints.

    Example: qingyan audit verify --file /mnt/elsewhere/audit-checkpoints.jsonl

    Exit codes: 0 whole, 1 the trail was changed, 3 cannot run here.
    """
    with work("auditing", as_json=as_json) as auditing:
        found = auditing.verify(file)
        lines = [one["words"] for one in found["findings"]] or [found["words"]]
        answer(found, lines, as_json=as_json)
        raise typer.Exit(Code.FAULTS_FOUND if found["findings"] else Code.DONE)


@app.command()
def checkpoint(file: File = None, as_json: Json = False) -> None:
    """Sign the present end of every chain and append it to a file. Keep copies on another machine.

    Example: qingyan audit checkpoint --file /mnt/elsewhere/audit-checkpoints.jsonl

    Exit codes: 0 done, 3 cannot run here.
    """
    with work("auditing", as_json=as_json) as auditing:
        done = auditing.checkpoint(file)
        answer(done, [f"{done['chains']} chains signed in {done['file']}"], as_json=as_json)
