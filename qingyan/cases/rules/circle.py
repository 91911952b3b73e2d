"""Who may be in the circle of a mandatory report: its shape as data, and whether named people fit. Pure."""

from collections.abc import Collection, Mapping
from typing import Annotated, Literal
from uuid import UUID

from pydantic import Field

from qingyan.cases.rules.pack import Code, Strict, Text, Version


class Circle(Strict):
    """The versioned file: roles from which people may be named, and how many."""

    code: Code
    version: Version
    title: Text
    about: Text
    signed_by: Text | None
    roles: Annotated[tuple[Literal["principal", "counsellor"], ...], Field(min_length=1)]
    at_most: Annotated[int, Field(ge=0, le=5)]


def fits(circle: Circle, named: Collection[UUID], eligible: Mapping[UUID, str]) -> bool:
    """Whether everybody named may be named, and they are few enough."""
    return len(set(named)) <= circle.at_most and set(named) <= eligible.keys()
