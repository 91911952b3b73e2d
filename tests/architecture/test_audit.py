"""What an action does by somebody's order leaves its line in the trail: read from the code, so that none is forgot."""

import ast
from collections.abc import Iterator
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2] / "qingyan"
RECORDS = {"foundation.audit.api.record", "foundation.audit.api.APPEND"}

# Actions that take `by` and leave no line, each with the reason.
SILENT = {
    "alerts.actions.acknowledging.locked": "holds the row for acknowledge, which records",
    "alerts.actions.handing.take": "changes the owner for acknowledge, which records",
    "cases.actions.moving.held": "holds the row for the actions, which record",
    "insight.actions.releasing.remember": "keeps the counts behind the figures of release, which records",
    "people.actions.standing.account_of": "reads who acts",
    "people.actions.standing.note_step": "writes the pupil's history for actions that record",
    "people.actions.standing.with_all_sight": "lends sight to actions that record",
    "people.actions.roster_draft.lent_sight": "lends sight to actions that record",
    "people.actions.roster_progress.told": "says how far a recorded action is",
}


def _modules() -> Iterator[tuple[str, ast.Module]]:
    for path in sorted([*ROOT.rglob("actions.py"), *ROOT.rglob("actions/*.py")]):
        yield ".".join(path.relative_to(ROOT).with_suffix("").parts), ast.parse(path.read_text(encoding="utf-8"))


def _functions(modules: dict[str, ast.Module]) -> dict[str, ast.FunctionDef]:
    return {
        f"{name}.{node.name}": node
        for name, tree in modules.items()
        for node in tree.body
        if isinstance(node, ast.FunctionDef)
    }


def _imported(tree: ast.Module) -> dict[str, str]:
    """What a name in this module stands for, as a dotted path below qingyan."""
    return {
        alias.asname or alias.name: f"{node.module}.{alias.name}".removeprefix("qingyan.")
        for node in tree.body
        if isinstance(node, ast.ImportFrom)
        for alias in node.names
    }


def _used(node: ast.AST, module: str, names: dict[str, str]) -> Iterator[str]:
    for one in ast.walk(node):
        if isinstance(one, ast.Name):
            yield names.get(one.id, f"{module}.{one.id}")
        elif isinstance(one, ast.Attribute) and isinstance(one.value, ast.Name) and one.value.id in names:
            yield f"{names[one.value.id]}.{one.attr}"


def _front_doors() -> dict[str, str]:
    """What a domain hands on through its api, and where it really stands: an action may be called through the door."""
    doors = {}
    for path in ROOT.glob("*/api.py"):
        name = ".".join(path.relative_to(ROOT).with_suffix("").parts)
        for alias, target in _imported(ast.parse(path.read_text(encoding="utf-8"))).items():
            doors[f"{name}.{alias}"] = target
    return doors


def _silent(modules: dict[str, ast.Module]) -> set[str]:
    """Public functions with `by` from which no way leads to the trail."""
    functions, doors = _functions(modules), _front_doors()
    graph = {
        name: {
            doors.get(used, used)
            for used in _used(node, name.rsplit(".", 1)[0], _imported(modules[name.rsplit(".", 1)[0]]))
        }
        for name, node in functions.items()
    }
    loud = set(RECORDS)
    while more := {name for name, used in graph.items() if name not in loud and used & loud}:
        loud |= more
    return {name for name, node in functions.items() if _takes_by(node) and name not in loud}


def _takes_by(node: ast.FunctionDef) -> bool:
    return not node.name.startswith("_") and "by" in {one.arg for one in (*node.args.args, *node.args.kwonlyargs)}


def test_every_action_by_somebody_is_recorded_or_says_why_not():
    assert _silent(dict(_modules())) == set(SILENT)


def test_there_are_actions_to_look_at():
    assert sum(_takes_by(node) for node in _functions(dict(_modules())).values()) >= 25


def test_the_control_an_action_that_forgets_is_noticed():
    careless = ast.parse("def close(*, campaign, by, now):\n    campaign.save()")
    modules = dict(_modules()) | {"screening.actions.careless": careless}
    assert _silent(modules) - set(SILENT) == {"screening.actions.careless.close"}
