"""Lists that sort, page and keep their place: the address (?sort=-name&page=2) becomes column heads and a page.

Knows no rows: a query or a plain list comes in. Only keys of the given columns sort, so an address cannot name a field.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from typing import Any

from django.core.paginator import Page, Paginator
from django.http import QueryDict
from django.utils.functional import Promise

PAGE_SIZE = 30


@dataclass(frozen=True)
class Column:
    """One head of the table component. `key` empty: not sortable."""

    key: str
    label: str | Promise
    numeric: bool = False
    hidden: bool = False
    sort_url: str = ""
    sorted: str = ""


@dataclass(frozen=True)
class Order:
    """By which column, and in which direction."""

    key: str
    descending: bool = False

    def sort(self, rows: list[Any], by: Callable[[Any], Any]) -> list[Any]:
        """The rows in this order."""
        return sorted(rows, key=by, reverse=self.descending)

    def field(self, name: str) -> str:
        """The name as order_by wants it."""
        return f"-{name}" if self.descending else name


def asked_for(asked: QueryDict, key: str, *, longest: int = 40) -> str:
    """What the address asks for under this key, tidied: cut, trimmed, without the zero that no database stores."""
    return asked.get(key, "").replace("\x00", "").strip()[:longest]


def order_of(asked: QueryDict, columns: Sequence[Column], default: str) -> Order:
    """The order that the address asks for; an unknown column gives the default ("-key" descends)."""
    wanted = asked.get("sort", default)
    if wanted.removeprefix("-") not in {column.key for column in columns if column.key}:
        wanted = default
    return Order(wanted.removeprefix("-"), wanted.startswith("-"))


def heads(asked: QueryDict, columns: Sequence[Column], order: Order) -> list[Column]:
    """The columns with the address that sorts by each (again: the other way), all filters kept."""
    return [_head(asked, column, order) for column in columns]


def page_of(rows: Any, asked: QueryDict, *, size: int = PAGE_SIZE) -> Page:
    """The page that the address asks for; the nearest one when it does not exist."""
    return Paginator(rows, size).get_page(asked.get("page"))


def kept(asked: QueryDict, *dropped: str) -> str:
    """The query string without these names and without the page; empty values are left out."""
    rest = asked.copy()
    for name in {*dropped, "page"}:
        rest.pop(name, None)
    for name in [name for name, value in rest.items() if not value]:
        rest.pop(name)
    return rest.urlencode()


def _head(asked: QueryDict, column: Column, order: Order) -> Column:
    if not column.key:
        return column
    here = column.key == order.key
    turned = f"-{column.key}" if here and not order.descending else column.key
    rest = kept(asked, "sort")
    direction = ("descending" if order.descending else "ascending") if here else ""
    return replace(column, sort_url=f"?sort={turned}" + (f"&{rest}" if rest else ""), sorted=direction)
