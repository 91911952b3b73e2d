"""Real answers with careless rows put in on purpose, and how well a detector tells them apart. Not a test."""

import csv
import gzip
import os
from pathlib import Path

import numpy as np
import pytest

from qingyan.screening.rules.careless.layout import Layout, layout_of

FILE = "r/paytonjjones_networktree__dass.csv.gz"
ITEMS = 42
PATTERNS = ("uniform random", "second half random", "straight line", "straight line, 10 % noise", "zigzag")


def real_answers() -> tuple[np.ndarray, Layout]:
    """5,000 DASS-42 sheets coded 0 to 3, and the instrument as the detector sees it; skips where the data is absent."""
    named = os.environ.get("QINGYAN_TEST_DATA")
    folder = Path(named) if named else Path(__file__).resolve().parents[5] / "shared" / "data"
    if not (folder / FILE).exists():
        pytest.skip("the DASS-42 rows are not here: careless answering was not tried on real answers")
    with gzip.open(folder / FILE, "rt") as file:
        lines = csv.reader(file)
        heads = next(lines)[:ITEMS]
        answers = np.array([[int(cell) - 1 for cell in line[:ITEMS]] for line in lines], dtype=np.int16)
    scales = [[place for place, head in enumerate(heads) if head.endswith(scale)] for scale in "DAS"]
    return answers, layout_of([(0, 1, 2, 3)] * ITEMS, [], scales)


def inject(answers: np.ndarray, pattern: str, *, share: float = 0.1, seed: int = 1) -> tuple[np.ndarray, np.ndarray]:
    """A copy with this share of the rows replaced, and which rows these are."""
    rng = np.random.default_rng(seed)
    sheets, (count, items) = answers.copy(), answers.shape
    rows = rng.choice(count, int(count * share), replace=False)
    some, half = len(rows), items // 2
    line = np.repeat(rng.integers(0, 4, (some, 1)), items, axis=1)
    slipped = np.where(rng.random((some, items)) < 0.1, rng.integers(0, 4, (some, items)), line)
    made = {
        "uniform random": rng.integers(0, 4, (some, items)),
        "second half random": np.hstack([sheets[rows][:, :half], rng.integers(0, 4, (some, items - half))]),
        "straight line": line,
        "straight line, 10 % noise": slipped,
        "zigzag": np.tile(np.where(np.arange(items) % 2 == 0, 0, 3), (some, 1)),
    }
    sheets[rows] = made[pattern]
    careless = np.zeros(count, dtype=bool)
    careless[rows] = True
    return sheets, careless


def auc(score: np.ndarray, truth: np.ndarray) -> float:
    """Chance that a careless row has a higher score than a real one; ties count half (Mann-Whitney)."""
    _, place, many = np.unique(score, return_inverse=True, return_counts=True)
    rank = (np.cumsum(many) - (many - 1) / 2)[place]
    bad, good = truth.sum(), (~truth).sum()
    return float((rank[truth].sum() - bad * (bad + 1) / 2) / (bad * good))
