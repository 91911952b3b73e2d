"""`qingyan instrument`: list, check and try the released instruments."""

from pathlib import Path
from typing import Annotated

import typer

from qingyan.command.groups import group
from qingyan.command.output import Code, Json, answer, fail
from qingyan.command.starting import work

app = group("The library of instruments.")


@app.callback()
def _group() -> None:
    """The library of instruments."""


@app.command("list")
def list_(as_json: Json = False) -> None:
    """Every released version.

    Example: qingyan instrument list

    Exit codes: 0 done.
    """
    with work("measuring", as_json=as_json, database=False) as measuring:
        rows = measuring.released()
        lines = [f"{row['code']:<12} {row['version']:<6} {row['items']:>3} items  {row['title_zh']}" for row in rows]
        answer({"instruments": rows}, lines, as_json=as_json)


@app.command()
def check(as_json: Json = False) -> None:
    """Validate every definition, run its worked examples, compare the lock.

    Example: qingyan instrument check

    Exit codes: 0 all well, 1 faults found.
    """
    with work("measuring", as_json=as_json, database=False) as measuring:
        faults = measuring.faults()
        lines = [f"{one['where']}: {one['message']}" for one in faults] or ["all instruments are well"]
        answer({"faults": faults}, lines, as_json=as_json)
        raise typer.Exit(Code.FAULTS_FOUND if faults else Code.DONE)


@app.command()
def score(
    code: Annotated[str, typer.Argument(help="Code of the instrument, for example dass-42.")],
    file: Annotated[Path, typer.Argument(exists=True, dir_okay=False, help="CSV or CSV.gz with one person a line.")],
    version: Annotated[str | None, typer.Option(help="Version; the newest when absent.")] = None,
    offset: Annotated[int | None, typer.Option(help="Added to each value, -1 for answers coded one too high.")] = None,
    rule: Annotated[str | None, typer.Option(help="Screening rule to apply to each person.")] = None,
    out: Annotated[Path | None, typer.Option(help="Write the scores as CSV here.")] = None,
    as_json: Json = False,
) -> None:
    """Score a data file and compare the totals stored in it.

    Example: qingyan instrument score dass-42 answers.csv.gz --out scores.csv

    Exit codes: 0 scored and equal to stored totals, 1 totals differ, 2 wrong usage, 3 cannot read the file.
    """
    with work("measuring", as_json=as_json, database=False) as measuring:
        try:
            done = measuring.score(code, file, version=version, offset=offset, rule=rule, out=out)
        except measuring.UNKNOWN as error:
            raise fail(str(error), as_json=as_json, code=Code.WRONG_USAGE) from None
        except (OSError, ValueError) as error:
            raise fail(str(error), as_json=as_json) from None
        answer(done.result, done.lines, as_json=as_json)
        raise typer.Exit(Code.DONE if done.equal else Code.FAULTS_FOUND)
