"""The `qingyan` command: one line per subcommand. `starting` prepares, `work/` does, `output` speaks."""

import typer

from qingyan.command import (
    audit,
    city,
    cube,
    database,
    demo,
    doctor,
    instrument,
    keys,
    migrate,
    roster,
    screening,
    serve,
    staff,
    worker,
)

HELP = """青檐 Qingyan: a city's school mental-health care.

Each command has --help with an example and --json. Settings come from the environment; see docs/operations.md.

Exit codes of every command: 0 done, 1 faults found, 2 wrong usage, 3 cannot run here."""

app = typer.Typer(
    name="qingyan",
    help=HELP,
    no_args_is_help=True,
    add_completion=False,
    rich_markup_mode=None,
    pretty_exceptions_enable=False,
)
app.command("serve")(serve.serve)
app.command("worker")(worker.worker)
app.command("migrate")(migrate.migrate)
app.command("doctor")(doctor.doctor)
app.add_typer(city.app, name="city")
app.add_typer(staff.app, name="staff")
app.add_typer(demo.app, name="demo")
app.add_typer(instrument.app, name="instrument")
app.add_typer(roster.app, name="roster")
app.add_typer(screening.app, name="screening")
app.add_typer(cube.app, name="cube")
app.add_typer(audit.app, name="audit")
app.add_typer(keys.app, name="keys")
app.add_typer(database.app, name="database")

if __name__ == "__main__":
    app()
