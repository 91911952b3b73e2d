"""Writes docs/generated/ from the code, so that these pages cannot lie. Needs no database.

    python -m tools.generate_docs          write
    python -m tools.generate_docs check    exit 1 when a page is stale

Not here: instruments.md, which qingyan.instruments.api.manual() makes and tests/instruments compares.
"""

import os
import sys
from collections.abc import Callable, Iterator
from datetime import timedelta
from pathlib import Path
from uuid import UUID

os.environ.setdefault("MODE", "test")  # secrets are then fixed and never written
os.environ.setdefault("DJANGO_SETTINGS_MODULE", "qingyan.config.settings")

import django
import grimp
from django.apps import apps

if not apps.ready:
    django.setup()

from django.utils import translation
from pydantic_core import PydanticUndefined

from qingyan.alerts.workflow import ALERT
from qingyan.cases.rules.crisis import THREAD
from qingyan.cases.workflow import CASE, LEAVE, MEETING, REFERRAL
from qingyan.concerns.workflow import REPORT
from qingyan.config.env import AMBIGUOUS, SECRET_NAMES, Environment
from qingyan.early_warning.workflow import LEARNING, PHASE
from qingyan.foundation.access import policy
from qingyan.foundation.access.actor import Actor, Kind, Post
from qingyan.foundation.access.checks import package_reason, views_of
from qingyan.foundation.access.protection import declared, statements
from qingyan.foundation.access.roles import SIGHT_OF, Role
from qingyan.foundation.access.scoping import SchoolScope
from qingyan.foundation.access.visibility import fields, relations
from qingyan.foundation.pure.workflow import State, Workflow
from qingyan.screening.workflow import CAMPAIGN, REGISTRATION, SITTING
from tools.words import ROLE_WORDS, SETTINGS

ROOT = Path(__file__).resolve().parents[1]
OUT = ROOT / "docs" / "generated"
NOTE = "Made by `python -m tools.generate_docs`; do not edit."
CITY_ROLES = {Role.CITY_OFFICER, Role.SYSTEM_ADMIN, Role.SECURITY_ADMIN, Role.AUDIT_ADMIN, Role.HOTLINE_VOLUNTEER}


def pages() -> dict[str, str]:
    """File name -> text, for every generated page."""
    list(views_of())  # loads every view, and with it every policy
    with translation.override("zh-hans"):
        made: dict[str, Callable[[], Iterator[str]]] = {
            "permission-matrix.md": _permissions,
            "visibility.md": _visibility,
            "url-map.md": _addresses,
            "state-diagrams.md": _machines,
            "row-security.sql": _row_security,
            "domain-graph.md": _domains,
            "settings.md": _settings,
        }
        return {name: "\n".join(make()) + "\n" for name, make in made.items()}


def stale() -> list[str]:
    """Names of pages that differ from the code."""
    return [
        name
        for name, text in pages().items()
        if not (OUT / name).exists() or (OUT / name).read_text(encoding="utf-8") != text
    ]


def _visibility() -> Iterator[str]:
    yield "# Who sees which words\n"
    yield NOTE + " The table is `foundation/access/visibility.yaml`; what is not written is not seen.\n"
    words = {str(role): title for role, title in ROLE_WORDS.items()} | {"doctor": "接诊的医生"}
    yield "| field | what | who, in which relation: in which form |\n|---|---|---|"
    for field in fields().values():
        who = [
            f"{words[role]}（{relations()[relation]}）：{' '.join(forms)}"
            for role, by in field.sees.items()
            for relation, forms in by.items()
        ]
        yield f"| `{field.code}` | {field.title} | {'<br>'.join(who) or '没有人'} |"


def _permissions() -> Iterator[str]:
    roles = [role for role in Role if role is not Role.GUARDIAN]  # guardians have no sign-in yet
    yield "# Permission matrix\n"
    yield f"{NOTE} ● may do it at the own place (rows of that place only); what exactly is in the second table."
    yield "A pupil or a homeroom teacher is limited further, to the own rows or the own classes, by the database."
    yield "Guardians have no sign-in yet.\n"
    yield "| permission | " + " | ".join(ROLE_WORDS[role] for role in roles) + " |"
    yield "|---|" + ":-:|" * len(roles)
    for permission in policy.registered():
        marks = ("●" if policy.allowed(_holder(role), permission) else "" for role in roles)
        yield f"| `{permission.code}` | " + " | ".join(marks) + " |"
    yield "\n| permission | what | one of these must hold as a whole |"
    yield "|---|---|---|"
    for permission, alternatives in policy.registered().items():
        ways = "<br>".join(" **and** ".join(predicate.name for predicate in way) for way in alternatives)
        yield f"| `{permission.code}` | {permission.title} | {ways} |"
    yield "\n## Sight\n"
    yield "The words by which row-level security opens tables to a role (`foundation/access/roles.py`).\n"
    yield "| role | sight |\n|---|---|"
    for role in roles:
        yield f"| {ROLE_WORDS[role]} `{role}` | {', '.join(sorted(SIGHT_OF.get(role, ()))) or '—'} |"


def _holder(role: Role) -> Actor:
    """Somebody with this one role, standing at the place of the post."""
    one = UUID(int=1)
    if role is Role.STUDENT:
        return Actor(kind=Kind.PUPIL, id=one, school_id=1, student_id=one, class_id=1)
    if role in CITY_ROLES:
        return Actor(kind=Kind.STAFF, id=one, posts=(Post(role, city_id=1),))
    if role is Role.DISTRICT_LEAD:
        return Actor(kind=Kind.STAFF, id=one, posts=(Post(role, district_id=1),))
    class_id = 1 if role is Role.HOMEROOM_TEACHER else None
    return Actor(kind=Kind.STAFF, id=one, posts=(Post(role, school_id=1, class_id=class_id),), school_id=1)


def _addresses() -> Iterator[str]:
    yield "# URL map\n"
    yield f"{NOTE} Every address needs a permission or says why it is public; a system check refuses others.\n"
    yield "| address | name | permission, or why it is public |"
    yield "|---|---|---|"
    for route, pattern in views_of():
        view = pattern.callback
        needed = ", ".join(f"`{permission.code}`" for permission in getattr(view, "permissions", ()))
        why = needed or getattr(view, "public_reason", None) or package_reason(view) or "**undeclared**"
        yield f"| `/{route.replace('|', '&#124;')}` | {pattern.name or '—'} | {why} |"


def _machines() -> Iterator[str]:
    yield "# State diagrams\n"
    yield f"{NOTE} The tables are `*/workflow.py`; buttons, guards, database checks and tests come from them too."
    for workflow in (
        CAMPAIGN,
        SITTING,
        REGISTRATION,
        ALERT,
        REPORT,
        CASE,
        REFERRAL,
        LEAVE,
        MEETING,
        THREAD,
        PHASE,
        LEARNING,
    ):
        yield f"\n## {workflow.name}\n"
        yield from _diagram(workflow)
        yield "\n| state | words | whose turn | at most |\n|---|---|---|---|"
        for state in workflow.state_list:
            yield f"| `{state.code}` | {state.title} | {_owner(state)} | {_length(state.within)} |"


def _diagram(workflow: Workflow) -> Iterator[str]:
    yield "```mermaid\nstateDiagram-v2"
    yield f"    [*] --> {workflow.initial}"
    for step in workflow.steps:
        needs = f" ({', '.join(step.needs)})" if step.needs else ""
        yield f"    {step.origin} --> {step.target}: {step.title} {step.verb}{needs}"
    yield from (f"    {state.code} --> [*]" for state in workflow.state_list if state.terminal)
    yield "```"


def _owner(state: State) -> str:
    return ROLE_WORDS[Role(state.owner)] if state.owner else "—"


def _length(within: timedelta | None) -> str:
    if within is None:
        return "—"
    minutes = int(within.total_seconds() // 60)
    return (
        f"{minutes // 1440} d"
        if minutes % 1440 == 0
        else f"{minutes // 60} h"
        if minutes % 60 == 0
        else f"{minutes} min"
    )


def _row_security() -> Iterator[str]:
    yield f"-- {NOTE} Written after every migration from the models' declarations"
    yield "-- (qingyan/foundation/access/protection.py); tests compare it with pg_policies."
    yield "--"
    yield "-- Tables without row-level security, and why:"
    for table, (_model, scope) in sorted(declared().items()):
        if not isinstance(scope, SchoolScope):
            yield f"--   {table}: {scope.reason}"
    yield ""
    yield from statements()


def _domains() -> Iterator[str]:
    graph = grimp.build_graph("qingyan", cache_dir=None)
    arrows = sorted(
        {
            pair
            for importer in graph.modules
            for imported in graph.find_modules_directly_imported_by(importer)
            if "" not in (pair := (_domain(importer), _domain(imported))) and pair[0] != pair[1]
        }
    )
    yield "# Who imports whom\n"
    yield f"{NOTE} An arrow points at what is used. Everybody uses `foundation`; those arrows are left out.\n"
    yield "```mermaid\nflowchart TD"
    yield from (f"    {user} --> {used}" for user, used in arrows if used != "foundation")
    yield "```\n"
    yield "| domain | uses |\n|---|---|"
    for domain in sorted({user for user, _ in arrows}):
        yield f"| {domain} | {', '.join(used for user, used in arrows if user == domain)} |"


def _domain(module: str) -> str:
    return [*module.split("."), ""][1]


def _settings() -> Iterator[str]:
    yield "# Settings\n"
    yield f"{NOTE} Read once by `qingyan/config/env.py`. Every name also works with the prefix `QINGYAN_`,"
    yield "and as `NAME_FILE`, a file that holds the value. In production an absent or unsafe value stops the start.\n"
    yield "| name | default | what it is |"
    yield "|---|---|---|"
    for name, field in Environment.model_fields.items():
        prefix = "QINGYAN_" if name in AMBIGUOUS else ""
        yield f"| `{prefix}{name.upper()}` | {_default(name, field.default)} | {SETTINGS[name]} |"


def _default(name: str, value: object) -> str:
    if name in SECRET_NAMES:
        return "made once into `DATA_DIR/secrets`; **must be given in production**"
    if value is None or value is PydanticUndefined or value == ():
        return "—"
    plain = value.get_secret_value() if hasattr(value, "get_secret_value") else value
    return f"`{','.join(plain) if isinstance(plain, tuple) else plain}`"


def main(verb: str) -> int:
    """Write the pages, or say which are stale."""
    if verb == "check":
        late = stale()
        sys.stdout.write("".join(f"stale: docs/generated/{name}\n" for name in late))
        return min(len(late), 1)
    OUT.mkdir(parents=True, exist_ok=True)
    for name, text in pages().items():
        (OUT / name).write_text(text, encoding="utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1] if len(sys.argv) == 2 else ""))
