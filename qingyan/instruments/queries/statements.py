"""What a sheet of an instrument may lead to: told by the domain that decides it, which registers when it starts.

Alerts decide and stand above this domain, so the library's page can only ask whoever has registered.
"""

from collections.abc import Callable

from qingyan.instruments.contracts import Statement

Teller = Callable[[str], Statement]
_tellers: list[Teller] = []


def register_teller(teller: Teller) -> None:
    """The last one registered counts."""
    _tellers[:] = [teller]


def statement_of(code: str) -> Statement | None:
    """What is said of this instrument; None while nobody has registered."""
    return _tellers[0](code) if _tellers else None
