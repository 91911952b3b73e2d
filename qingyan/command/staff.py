"""`qingyan staff`: the first officers of an installation; later ones are made in the browser."""

from typing import Annotated

import typer

from qingyan.command.groups import group
from qingyan.command.output import Code, Json, answer, fail
from qingyan.command.starting import work

app = group("Staff: accounts and posts.")


@app.callback()
def _group() -> None:
    """Staff: accounts and posts."""


@app.command()
def add(
    login: Annotated[str, typer.Option(help="Login; the account is made when nobody has it.")],
    name: Annotated[str, typer.Option(help="Name of the person.")],
    role: Annotated[str, typer.Option(help="Code of the role, for example security_admin.")],
    school: Annotated[str | None, typer.Option(help="Slug of the school.")] = None,
    district: Annotated[str | None, typer.Option(help="Slug of the district.")] = None,
    city: Annotated[bool, typer.Option("--city", help="A post of the city.")] = False,
    class_code: Annotated[str | None, typer.Option(help="Class code, for a homeroom teacher.")] = None,
    as_json: Json = False,
) -> None:
    """Give a post, making the account if there is none; its one-time password is printed here and never again.

    Example: qingyan staff add --login luanran --name 陆安然 --role security_admin --city

    Exit codes: 0 done, 1 a rule refuses, 2 wrong usage, 3 cannot run here.
    """
    if sum((school is not None, district is not None, city)) != 1:
        raise fail("name one place: --school, --district or --city", as_json=as_json, code=Code.WRONG_USAGE)
    with work("appointing", as_json=as_json) as appointing:
        place = appointing.Place(school, district, class_code)
        try:
            done = appointing.add(login, name, role, place)
        except appointing.Unknown as error:
            raise fail(str(error), as_json=as_json, code=Code.WRONG_USAGE) from None
        except appointing.Refused as error:
            raise fail(str(error), as_json=as_json, code=Code.FAULTS_FOUND) from None
        answer(done, appointing.lines(done), as_json=as_json)
