"""A form on paper: its code, which box stands for which value, and where two entries differ. Pure."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

ALPHABET = "23456789ABCDEFGHJKMNPQRSTVWXYZ"  # nothing that is mistaken for something else when read from paper
CODE_LENGTH = 8
EMPTY = 0  # the key for "no box is ticked, or more than one"


@dataclass(frozen=True)
class Box:
    """One box of an item: the number printed in it, from 1, its label, and the value that it stands for."""

    number: int
    label: str
    value: int


@dataclass(frozen=True)
class PaperItem:
    """An item as printed: its number on the paper from 1, its index in the sheet, its text and boxes."""

    number: int
    index: int
    text: str
    boxes: tuple[Box, ...]

    def value_of(self, number: int) -> int | None:
        """The value of the box with this number; None for an empty item. Raises KeyError for no such box."""
        if number == EMPTY:
            return None
        return {box.number: box.value for box in self.boxes}[number]

    def number_of(self, value: int | None) -> int:
        """The box of a value; EMPTY for none."""
        return next((box.number for box in self.boxes if box.value == value), EMPTY)


@dataclass(frozen=True)
class Difference:
    """An item that two persons keyed differently; box numbers."""

    item: PaperItem
    first: int
    second: int


def code_of(draw: Sequence[int]) -> str:
    """Eight characters from eight random numbers."""
    return "".join(ALPHABET[number % len(ALPHABET)] for number in draw[:CODE_LENGTH])


def items_of(presentation: Mapping[str, Any]) -> tuple[PaperItem, ...]:
    """The items of a pupil's page as they are printed, in the instrument's order."""
    return tuple(
        PaperItem(
            number,
            item["i"],
            item["text"],
            tuple(Box(place, option["label"], option["v"]) for place, option in enumerate(item["options"], start=1)),
        )
        for number, item in enumerate(presentation["items"], start=1)
    )


def differences(
    items: Sequence[PaperItem], first: Sequence[int | None], second: Sequence[int | None]
) -> tuple[Difference, ...]:
    """Where two entries, in item order of the sheet, are not the same."""
    return tuple(
        Difference(item, item.number_of(first[item.index]), item.number_of(second[item.index]))
        for item in items
        if first[item.index] != second[item.index]
    )
