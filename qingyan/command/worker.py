"""`qingyan worker`: run background jobs."""

from typing import Annotated

import typer

from qingyan.command.output import Json, answer
from qingyan.command.starting import work


def worker(
    concurrency: Annotated[int, typer.Option(min=1, max=32, help="Jobs at the same time.")] = 2,
    once: Annotated[bool, typer.Option("--once", help="Do what is waiting, then stop.")] = False,
    as_json: Json = False,
) -> None:
    """Run background jobs until a signal arrives. `qingyan serve` starts one by itself.

    Example: qingyan worker --once

    Exit codes: 0 stopped, 3 cannot run here.
    """
    with work("working", as_json=as_json) as working:
        done = working.run(concurrency=concurrency, once=once)
        lines = [f"{name}: {count}" for name, count in done.items()] if once else []
        answer({"jobs": done}, lines, as_json=as_json)
