"""Which words a person sees, in which form: one table for all pages and files (visibility.yaml). Knows no domain.

Permissions say who may open a page; row-level security says which rows there are; this says it once more of the words,
and is what the generated matrix holds every page and file against.
"""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import yaml

from qingyan.foundation.access.actor import Actor

TABLE = Path(__file__).with_name("visibility.yaml")
HTML = "html"
FORMATS = (HTML, "pdf", "docx", "xlsx", "json")


@dataclass(frozen=True)
class Field:
    """One kind of words. `sees`: role -> relation -> forms. Roles without an account (doctor) are in it as well."""

    code: str
    title: str
    sees: Mapping[str, Mapping[str, tuple[str, ...]]]

    def forms_for(self, role: str, relations: Collection[str]) -> set[str]:
        """In which forms somebody of this role, who stands in these relations, sees it."""
        return {form for relation, forms in self.sees.get(role, {}).items() if relation in relations for form in forms}


@cache
def relations() -> dict[str, str]:
    """Every relation with its words."""
    return dict(yaml.safe_load(TABLE.read_text("utf-8"))["relations"])


@cache
def fields() -> dict[str, Field]:
    """The table by code. Raises ValueError for a relation or a form that is none."""
    found = {}
    for code, row in yaml.safe_load(TABLE.read_text("utf-8"))["fields"].items():
        sees = {role: {one: tuple(forms) for one, forms in by.items()} for role, by in row["sees"].items()}
        for by in sees.values():
            if unknown := {*by} - {*relations()} | {one for forms in by.values() for one in forms} - {*FORMATS}:
                raise ValueError(f"visibility of {code}: {sorted(unknown)}")
        found[code] = Field(code, row["title"], sees)
    return found


def sees(actor: Actor, code: str, related: Collection[str], form: str = HTML) -> bool:
    """Whether the actor, who stands in these relations to the words, sees them in this form. Raises KeyError."""
    field = fields()[code]
    return any(form in field.forms_for(str(role), related) for role in actor.roles_here)
