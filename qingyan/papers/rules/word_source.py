"""What a Word template may say: only the values and lists of its form, shown, repeated or asked for. Pure.

The template is read as a tree and every node must be on a short list: no call, no filter, no attribute of anything but
a row. So a template that somebody brings can do nothing but put our words into its own places.
"""

from collections.abc import Iterator, Mapping

from jinja2 import Environment, nodes
from jinja2.exceptions import TemplateSyntaxError
from jinja2.sandbox import SandboxedEnvironment

from qingyan.papers.rules.forms import Form

UNREADABLE, UNKNOWN, FORBIDDEN = "unreadable", "unknown", "forbidden"
ALLOWED = (
    nodes.Template,
    nodes.Output,
    nodes.TemplateData,
    nodes.Name,
    nodes.Getattr,
    nodes.For,
    nodes.If,
    nodes.Not,
    nodes.And,
    nodes.Or,
)
Fault = tuple[str, str]


def environment() -> Environment:
    """The one environment in which templates are read and filled: sandboxed, with nothing in it; values are escaped."""
    made = SandboxedEnvironment(autoescape=True)
    made.globals.clear()
    made.filters.clear()
    made.tests.clear()
    return made


def source_faults(source: str, form: Form) -> list[Fault]:
    """(kind, what) for everything in the source that this form does not offer; empty means it can be used."""
    try:
        tree = environment().parse(source)
    except TemplateSyntaxError as refusal:
        return [(UNREADABLE, refusal.message or "")]
    return list(dict.fromkeys(_faults(tree, form.plain(), form.lists(), {})))


def _faults(
    node: nodes.Node,
    plain: Mapping[str, str],
    lists: Mapping[str, Mapping[str, str]],
    rows: Mapping[str, Mapping[str, str]],
) -> Iterator[Fault]:
    if not isinstance(node, ALLOWED):
        yield FORBIDDEN, type(node).__name__
    elif isinstance(node, nodes.For):
        yield from _loop_faults(node, plain, lists, rows)
    elif isinstance(node, nodes.Getattr):
        yield from _row_faults(node, rows)
    elif isinstance(node, nodes.Name):
        if node.name not in plain and node.name not in lists:
            yield UNKNOWN, node.name
    else:
        for child in node.iter_child_nodes():
            yield from _faults(child, plain, lists, rows)


def _loop_faults(
    node: nodes.For,
    plain: Mapping[str, str],
    lists: Mapping[str, Mapping[str, str]],
    rows: Mapping[str, Mapping[str, str]],
) -> Iterator[Fault]:
    if node.test is not None or node.recursive or not isinstance(node.target, nodes.Name):
        yield FORBIDDEN, "For"
        return
    if not isinstance(node.iter, nodes.Name) or node.iter.name not in lists:
        yield UNKNOWN, node.iter.name if isinstance(node.iter, nodes.Name) else "for"
        return
    inside = {**rows, node.target.name: lists[node.iter.name]}
    for child in (*node.body, *node.else_):
        yield from _faults(child, plain, lists, inside)


def _row_faults(node: nodes.Getattr, rows: Mapping[str, Mapping[str, str]]) -> Iterator[Fault]:
    owner = node.node.name if isinstance(node.node, nodes.Name) else ""
    if owner not in rows or node.attr not in rows[owner]:
        yield UNKNOWN, f"{owner}.{node.attr}" if owner else node.attr
