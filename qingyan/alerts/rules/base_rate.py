"""How often a screening rule is right, as people can picture it: of ten whom it flags, how many needed help. Pure.

The figures are those that the instrument's file names with their samples; nothing is made up where none was read.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from qingyan.instruments.contracts import Accuracy

NUMERALS = "零一两三四五六七八九十"


@dataclass(frozen=True, slots=True)
class InTen:
    """Of ten who are flagged, between `few` and `many` needed help, in these samples."""

    few: int
    many: int
    sample_zh: str
    sample_en: str

    @property
    def chinese(self) -> str:
        """As one says it: 两, 两三, or 两到五."""
        if self.few == self.many:
            return NUMERALS[self.few]
        between = "" if self.many == self.few + 1 else "到"
        return f"{NUMERALS[self.few]}{between}{NUMERALS[self.many]}"

    @property
    def figures(self) -> str:
        """In figures: 2, or 2-3."""
        return str(self.few) if self.few == self.many else f"{self.few}-{self.many}"


def in_ten(accuracy: Sequence[Accuracy]) -> InTen | None:
    """From the published positive predictive values; None where none was read. Both ends over all of them."""
    known = [(one.ppv, one.sample) for one in accuracy if one.ppv is not None]
    if not known:
        return None
    lowest, highest = min(ppv[0] for ppv, _ in known), max(ppv[1] for ppv, _ in known)
    sample = known[0][1]
    return InTen(round(lowest / 10), round(highest / 10), sample.zh, sample.en)
