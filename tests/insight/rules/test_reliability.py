"""Item and scale analysis beside R's `psych` on real answers, and its own controls."""

import csv
import gzip
from pathlib import Path

import numpy as np
import pytest

from qingyan.insight.rules.reliability import Moments, NotAnalysable, analyse, omega

PHQ9 = [f"DPQ0{number}0" for number in range(1, 10)]


def as_printed(value: float) -> object:
    """R's file has six decimals."""
    return pytest.approx(value, abs=6e-7)


def table(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8") as file:
        return list(csv.DictReader(file))


def real_rows(folder: Path, name: str) -> np.ndarray:
    if name == "nhanes_phq9":
        return complete(folder / "nhanes" / "nhanes_dpq_2005_2020.csv.gz", PHQ9, highest=3)
    scale = [one[""] for one in table(folder / "ref" / f"item_stats_{name}.csv")]
    return complete(folder / "r" / "paytonjjones_networktree__dass.csv.gz", scale, highest=4) - 1


def complete(path: Path, columns: list[str], *, highest: int) -> np.ndarray:
    rows = []
    with gzip.open(path, "rt", encoding="utf-8") as file:
        for row in csv.DictReader(file):
            values = [row[column] for column in columns]
            if all(value.strip() and value != "NA" and float(value) <= highest for value in values):
                rows.append([float(value) for value in values])
    return np.array(rows)


@pytest.fixture(params=["nhanes_phq9", "dass42_D", "dass42_A", "dass42_S"])
def real(request, data_folder):
    """(what the files of R call it, the folder of these files, complete rows)."""
    return request.param, data_folder / "ref", real_rows(data_folder, request.param)


def test_a_scale_is_analysed_as_r_does(real):
    name, ref, rows = real
    (expected,) = table(ref / f"alpha_total_{name}.csv")
    found = analyse(Moments.of(rows))
    mine = found.coherence
    for column, value in {
        "raw_alpha": mine.alpha, "std.alpha": mine.standardised, "G6(smc)": mine.lambda_6,
        "average_r": mine.mean_correlation,
        "median_r": mine.median_correlation, "S/N": mine.signal_to_noise, "ase": mine.standard_error,
        "mean": found.mean, "sd": found.deviation,
    }.items():  # fmt: skip
        assert value == as_printed(float(expected[column])), column


def test_each_item_is_analysed_as_r_does(real):
    name, ref, rows = real
    found = analyse(Moments.of(rows))
    items, dropped = table(ref / f"item_stats_{name}.csv"), table(ref / f"alpha_drop_{name}.csv")
    assert len(found.items) == len(items) == len(dropped) >= 9
    for mine, expected, without in zip(found.items, items, dropped, strict=True):
        assert int(expected["n"]) == found.n
        for column, value in {
            "raw.r": mine.raw, "std.r": mine.standard, "r.cor": mine.corrected, "r.drop": mine.rest,
            "mean": mine.mean, "sd": mine.deviation,
        }.items():  # fmt: skip
            assert value == as_printed(float(expected[column])), (expected[""], column)
        assert mine.without is not None
        for column, value in {
            "raw_alpha": mine.without.alpha, "std.alpha": mine.without.standardised, "G6(smc)": mine.without.lambda_6,
            "average_r": mine.without.mean_correlation, "S/N": mine.without.signal_to_noise,
            "alpha se": mine.without.standard_error, "med.r": mine.without.median_correlation,
        }.items():  # fmt: skip
            assert value == as_printed(float(without[column])), (expected[""], column)


def test_omega_of_the_patient_health_questionnaire_is_that_of_psych(data_folder):
    assert analyse(Moments.of(real_rows(data_folder, "nhanes_phq9"))).omega == as_printed(0.847350)


def test_sums_of_schools_add_up_to_the_sums_of_the_city():
    rows = np.random.default_rng(7).integers(0, 4, size=(400, 6)) + np.random.default_rng(8).integers(
        0, 3, size=(400, 1)
    )
    apart = Moments.of(rows[:150]) + Moments.of(rows[150:])
    assert analyse(apart) == analyse(Moments.of(rows))


def test_items_that_have_nothing_in_common_do_not_hang_together():
    alone = np.random.default_rng(1).normal(size=(5_000, 8))
    together = alone + 2 * np.random.default_rng(2).normal(size=(5_000, 1))
    assert abs(analyse(Moments.of(alone)).coherence.alpha) < 0.1
    assert analyse(Moments.of(together)).coherence.alpha > 0.9


def test_omega_of_known_loadings():
    loadings = np.array([0.5, 0.6, 0.7, 0.8])
    correlation = np.outer(loadings, loadings)
    np.fill_diagonal(correlation, 1)
    unique = (1 - loadings**2).sum()
    assert omega(correlation) == pytest.approx(1 - unique / (loadings.sum() ** 2 + unique), abs=1e-8)


@pytest.mark.parametrize("rows", [[[1, 2], [2, 1]], [[1], [2], [3]], [[1, 0], [1, 2], [1, 1], [1, 3]]])
def test_too_little_is_refused(rows):
    with pytest.raises(NotAnalysable):
        analyse(Moments.of(rows))
