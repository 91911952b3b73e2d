"""The US Youth Risk Behavior Survey 2019 as signs: real pupils, real outcomes, sampled by schools' regions (PSU).

Left out as signs: the label's own items (Q26 to Q29), and what no decision about a child may rest on (race and
ethnicity Q4 Q5 raceeth, orientation Q66 Q67, height and weight Q6 Q7).
"""

import csv
import gzip
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import numpy as np
import pytest

from qingyan.early_warning.rules.learning import UNKNOWN, Groups, Levels, Sign, Truths

LABEL = {"Q26", "Q27", "Q28", "Q29"}
NEVER = {"Q4", "Q5", "Q6", "Q7", "Q66", "Q67"}
SADNESS = "Q25"


@dataclass(frozen=True)
class Survey:
    """`levels` per question; `girls` by Q2; `grades` by Q3."""

    signs: tuple[Sign, ...]
    levels: Levels
    considered: tuple[Truths, Truths]
    attempted: tuple[Truths, Truths]
    groups: Groups
    girls: Truths

    def without(self, code: str) -> "tuple[tuple[Sign, ...], Levels]":
        """Signs and columns without one question."""
        keep = [place for place, sign in enumerate(self.signs) if sign.code != code]
        return tuple(self.signs[place] for place in keep), self.levels[:, keep]


@cache
def survey(folder: Path) -> Survey:
    """All 13,677 rows. Skips when the file is absent."""
    path = folder / "yrbs" / "yrbs_national_2019.csv.gz"
    if not path.exists():
        pytest.skip("no YRBS file in the folder of test data")
    with gzip.open(path, "rt") as file:
        rows = list(csv.DictReader(file))
    codes = [code for code in rows[0] if code.startswith("Q") and code not in LABEL | NEVER]
    columns, signs = [], []
    for code in codes:
        words = sorted({row[code].strip() for row in rows} - {""})
        place = {word: number for number, word in enumerate(words)} | {"": UNKNOWN}
        columns.append([place[row[code].strip()] for row in rows])
        signs.append(Sign(code, tuple(words)))
    units = {unit: number for number, unit in enumerate(sorted({row["psu"] for row in rows}))}
    return Survey(
        signs=tuple(signs),
        levels=np.array(columns, dtype=np.int64).T,
        considered=_label(rows, "Q26", lambda said: said == "1"),
        attempted=_label(rows, "Q28", lambda said: said > "1"),
        groups=np.array([units[row["psu"]] for row in rows], dtype=np.int64),
        girls=np.array([row["Q2"].strip() == "1" for row in rows]),
    )


def _label(rows: list[dict[str, str]], code: str, yes) -> tuple[Truths, Truths]:
    """(known, outcome of the known)."""
    said = [row[code].strip() for row in rows]
    known = np.array([bool(one) for one in said])
    return known, np.array([yes(one) for one in said if one])
