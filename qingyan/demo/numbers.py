"""Numbers that look like a register's but can belong to nobody. Pure.

Region code 999999 exists nowhere (real ones begin with 11 to 82); the checksum is right, so that an exported roster
can be imported again. Phones begin with 0000, a prefix that no network has.
"""

from collections.abc import Iterator
from datetime import date

NOWHERE = "999999"
NO_NETWORK = "0000"
WEIGHTS = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)
CHECK_DIGITS = "10X98765432"  # GB 11643: ISO 7064 MOD 11-2


class IdNumbers:
    """Gives each pupil another number; the sequence counts per birthday, odd for boys and even for girls."""

    def __init__(self, *, block: int) -> None:
        """`block` 0 to 49: schools with different blocks never give the same number on one birthday."""
        self._block = block
        self._given: dict[tuple[date, str], int] = {}

    def next(self, born: date, sex: str) -> str:
        """18 characters. Raises ValueError after the tenth child of one sex with one birthday in one school."""
        count = self._given.get((born, sex), 0)
        if count >= 10:
            raise ValueError(f"too many pupils of one school born on {born}")
        self._given[born, sex] = count + 1
        sequence = self._block * 20 + count * 2 + (1 if sex == "M" else 0)
        body = f"{NOWHERE}{born:%Y%m%d}{sequence:03d}"
        return body + check_digit(body)


def check_digit(body: str) -> str:
    """The 18th character for 17 digits."""
    return CHECK_DIGITS[sum(int(digit) * weight for digit, weight in zip(body, WEIGHTS, strict=True)) % 11]


def student_number(id_number: str) -> str:
    """The national student number is "G" and the ID number."""
    return f"G{id_number}"


def phones(*, block: int) -> Iterator[str]:
    """Eleven digits each, all different within and between blocks (0 to 999)."""
    for count in range(10_000):
        yield f"{NO_NETWORK}{block:03d}{count:04d}"
