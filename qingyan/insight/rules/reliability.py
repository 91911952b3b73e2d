"""How well the items of a scale hang together, and what each of them adds: worked out from sums, never from people.

Sums of several schools add up, so nobody's answers leave a school: the number of complete sheets, the sum of each item
and the sums of products are enough for every figure here.

Source: R's `psych::alpha` 2.2.9 (Revelle), whose output the tests compare with to the last digit it prints; standard
error of alpha by Duhachek and Iacobucci 2004; omega (total, one factor by minimum residuals) by McDonald 1999.
"""

from dataclasses import dataclass
from typing import Self

import numpy as np
from numpy.typing import ArrayLike, NDArray

Matrix = NDArray[np.float64]
CLOSE_ENOUGH = 1e-12
MOST_ROUNDS = 10_000


class NotAnalysable(ValueError):
    """Too few sheets or items, or an item that everybody answered alike: a coefficient would mean nothing."""


@dataclass(frozen=True)
class Moments:
    """Sums over complete sheets: `sums` of shape (items,), `products` of shape (items, items)."""

    n: int
    sums: Matrix
    products: Matrix

    @classmethod
    def of(cls, rows: ArrayLike) -> Self:
        """Of complete sheets, shape (sheets, items): scored item values, reversed items already turned."""
        table = np.asarray(rows, dtype=np.float64)
        return cls(len(table), table.sum(axis=0), table.T @ table)

    def __add__(self, other: Self) -> "Moments":
        return Moments(self.n + other.n, self.sums + other.sums, self.products + other.products)

    @property
    def means(self) -> Matrix:
        """The mean of each item."""
        return self.sums / self.n

    def covariance(self) -> Matrix:
        """With n - 1. Raises NotAnalysable."""
        items = len(self.sums)
        if items < 2 or self.n <= items:
            raise NotAnalysable("too few sheets or items")
        found = (self.products - self.n * np.outer(self.means, self.means)) / (self.n - 1)
        if np.diag(found).min() < CLOSE_ENOUGH:
            raise NotAnalysable("an item that everybody answered alike")
        return found


@dataclass(frozen=True)
class Coherence:
    """Of a set of items: alpha of raw and of standardised values, its standard error, Guttman's lambda 6, the mean and
    median correlation of two items, and the ratio of signal to noise."""

    alpha: float
    standardised: float
    lambda_6: float
    mean_correlation: float
    median_correlation: float
    signal_to_noise: float
    standard_error: float


@dataclass(frozen=True)
class ItemOfScale:
    """One item: mean, standard deviation, and correlation with the total: itself included (`raw`), standardised
    (`standard`), its own part taken out by what it shares (`corrected`; None when the items share nothing), with the
    rest of the scale (`rest`); and the scale without it, where two items are left."""

    mean: float
    deviation: float
    raw: float
    standard: float
    corrected: float | None
    rest: float
    without: Coherence | None


@dataclass(frozen=True)
class ScaleAnalysis:
    """A scale as a whole; `mean` and `deviation` are those of the mean item of a sheet."""

    n: int
    coherence: Coherence
    omega: float
    mean: float
    deviation: float
    items: tuple[ItemOfScale, ...]


def analyse(moments: Moments) -> ScaleAnalysis:
    """Everything about one scale. Raises NotAnalysable."""
    covariance = moments.covariance()
    correlation = _correlation(covariance)
    count = len(covariance)
    return ScaleAnalysis(
        n=moments.n,
        coherence=coherence(covariance, moments.n),
        omega=omega(correlation),
        mean=float(moments.means.mean()),
        deviation=float(np.sqrt(covariance.sum()) / count),
        items=tuple(_item(one, moments, covariance, correlation) for one in range(count)),
    )


def coherence(covariance: Matrix, n: int) -> Coherence:
    """Of items with this covariance, shape (items, items), seen on `n` sheets."""
    items = len(covariance)
    correlation = _correlation(covariance)
    total, share = correlation.sum(), items / (items - 1)
    pairs = correlation[np.tril_indices(items, -1)]
    mean = pairs.mean()
    return Coherence(
        alpha=float(share * (1 - np.trace(covariance) / covariance.sum())),
        standardised=float(share * (1 - items / total)),
        lambda_6=float(1 - (items - _explained(correlation).sum()) / total),
        mean_correlation=float(mean),
        median_correlation=float(np.median(pairs)),
        signal_to_noise=float(items * mean / (1 - mean)),
        standard_error=_standard_error(covariance, n),
    )


def omega(correlation: Matrix) -> float:
    """Omega total of one factor: 1 - unique variance / variance of the sum.

    `correlation` has shape (items, items). The factor leaves the least residuals; found by repeated principal axes.
    """
    unique = 1 - _explained(correlation)
    for _ in range(MOST_ROUNDS):
        reduced = correlation - np.diag(unique)
        values, vectors = np.linalg.eigh(reduced)
        fresh = 1 - np.square(vectors[:, -1]) * max(values[-1], 0.0)
        if np.abs(fresh - unique).max() < CLOSE_ENOUGH:
            break
        unique = fresh
    return float(1 - unique.sum() / correlation.sum())


def _item(which: int, moments: Moments, covariance: Matrix, correlation: Matrix) -> ItemOfScale:
    deviation = float(np.sqrt(covariance[which, which]))
    with_all = covariance[which].sum()
    with_rest = with_all - covariance[which, which]
    rest = covariance.sum() - 2 * with_all + covariance[which, which]
    shared = correlation.copy()
    np.fill_diagonal(shared, _explained(correlation))
    others = [one for one in range(len(covariance)) if one != which]
    return ItemOfScale(
        mean=float(moments.means[which]),
        deviation=deviation,
        raw=float(with_all / deviation / np.sqrt(covariance.sum())),
        standard=float(correlation[which].sum() / np.sqrt(correlation.sum())),
        corrected=float(shared[which].sum() / np.sqrt(common)) if (common := shared.sum()) > 0 else None,
        rest=float(with_rest / deviation / np.sqrt(rest)),
        without=coherence(covariance[np.ix_(others, others)], moments.n) if len(others) > 1 else None,
    )


def _correlation(covariance: Matrix) -> Matrix:
    deviations = np.sqrt(np.diag(covariance))
    return np.asarray(covariance / np.outer(deviations, deviations))


def _explained(correlation: Matrix) -> Matrix:
    """What the other items explain of each: squared multiple correlations."""
    return np.asarray(1 - 1 / np.diag(np.linalg.inv(correlation)))


def _standard_error(covariance: Matrix, n: int) -> float:
    items, total, trace = len(covariance), covariance.sum(), np.trace(covariance)
    squared = covariance @ covariance
    spread = total * (np.trace(squared) + trace**2) - 2 * trace * squared.sum()
    return float(np.sqrt(2 * items**2 / ((items - 1) ** 2 * total**3) * spread / n))
