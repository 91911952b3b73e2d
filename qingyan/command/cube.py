"""`qingyan cube`: the counts behind boards."""

from qingyan.command.groups import group
from qingyan.command.output import Json, answer
from qingyan.command.starting import work

app = group("The counts behind boards.")


@app.callback()
def _group() -> None:
    """The counts behind boards."""


@app.command()
def build(as_json: Json = False) -> None:
    """Count every school now and tell what may be told; the same as the jobs of the hour and of the night.

    Example: qingyan cube build

    Exit codes: 0 done, 3 cannot run here.
    """
    with work("counting", as_json=as_json) as counting:
        result = counting.build()
        answer(result, [f"{result['counted']} counts, {result['tables']} tables told"], as_json=as_json)
