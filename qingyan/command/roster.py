"""`qingyan roster`: bring a school's register up to date from a file."""

from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer

from qingyan.command.groups import group
from qingyan.command.output import Code, Json, answer, fail
from qingyan.command.starting import work

app = group("Rosters of schools.")


class Form(StrEnum):
    """How a file is written."""

    REGISTER = "register"
    ONEROSTER = "oneroster"


@app.callback()
def _group() -> None:
    """Rosters of schools."""


@app.command("import")
def import_(
    file: Annotated[
        Path, typer.Argument(exists=True, dir_okay=False, help="XLSX, CSV in UTF-8 or GB18030, or a OneRoster 1.2 ZIP.")
    ],
    school: Annotated[str, typer.Option(help="Slug of the school, as in its address /s/<slug>/.")],
    commit: Annotated[bool, typer.Option("--commit", help="Write; without it only say what would happen.")] = False,
    leave_out_bad: Annotated[bool, typer.Option("--leave-out-bad", help="Write the good rows of a file.")] = False,
    form: Annotated[
        Form | None, typer.Option("--format", help="What the file must be; without it the content tells.")
    ] = None,
    login: Annotated[
        str | None, typer.Option("--as", help="Act as this member of staff; the trail names them.")
    ] = None,
    as_json: Json = False,
) -> None:
    """Check a roster file, say what would change, and with --commit write it.

    Example: qingyan roster import pupils.zip --school wangchao-gaozhong --format oneroster --commit

    Exit codes: 0 checked or written, 1 rows or the whole file were refused, 2 wrong usage, 3 cannot run here.
    """
    with work("enrolling", as_json=as_json) as enrolling:
        try:
            enrolling.check_form(file, form)
            done = enrolling.bring_in(file, school, commit=commit, leave_out_bad=leave_out_bad, login=login)
        except (enrolling.Unknown, enrolling.AnotherForm) as error:
            raise fail(str(error), as_json=as_json, code=Code.WRONG_USAGE) from None
        except OSError as error:
            raise fail(f"cannot read {file}: {error.strerror}", as_json=as_json) from None
        answer(done.result, done.lines, as_json=as_json)
        raise typer.Exit(Code.DONE if done.well else Code.FAULTS_FOUND)
