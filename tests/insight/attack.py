"""An outsider with a solver: everything told is a linear system; which hidden counts of 1 to 7 have one solution only?

Linear programmes (HiGHS) give the least and the greatest value of each hidden cell; where those leave few, integer
programmes do. The attacker is stronger than a real one: it knows which hidden cells are small. Not a test.
"""

from collections import defaultdict
from collections.abc import Hashable, Iterable, Iterator
from dataclasses import dataclass
from math import ceil, floor

import numpy as np
from scipy.optimize import Bounds, LinearConstraint, linprog, milp
from scipy.sparse import csr_array

from qingyan.insight.rules.narrowing import PLENTY, Sum
from qingyan.insight.rules.release import Name, Release, bounds, constraints
from qingyan.insight.rules.safe import DISCLOSURE, Disclosure

FAR = 10**6  # no group of a district is larger; solvers dislike larger numbers
CLOSE = 1e-6


@dataclass(frozen=True)
class Attack:
    """How many small counts were hidden, which were found exactly, and the fewest values that any kept."""

    small: int
    exact: list[Name]
    fewest: int


def attack(release: Release, district: int | None, by: Disclosure = DISCLOSURE) -> Attack:
    """Try every count of 1 to 7 that is not told, and count as found one that is told as it is."""
    known = bounds(release, by)
    sums = constraints(release, district)
    for one in sums:
        for variable in (*one.parts, one.whole):
            known.setdefault(variable, (0, PLENTY))
    small = {name for name in _cells(release) if 0 < release.behind[name[0], name[1]][name[2]] < DISCLOSURE.smallest}
    exact, fewest = [name for name in small if known[name][0] == known[name][1]], FAR
    for variables, part in _components(sums):
        wanted = [name for name in variables if name in small and name not in exact]
        if not wanted:
            continue
        system = _System(list(variables), part, known)
        for name in wanted:
            low, high = system.span(name)
            truth = release.behind[name[0], name[1]][name[2]]
            assert low <= truth <= high, "the attack itself is wrong"
            fewest = min(fewest, high - low + 1)
            if low == high:
                exact.append(name)
    return Attack(len(small), exact, fewest)


class _System:
    """The sums of one component as a matrix."""

    def __init__(self, variables: list[Hashable], sums: list[Sum], known: dict) -> None:
        self.place = {variable: position for position, variable in enumerate(variables)}
        rows, columns, values = [], [], []
        for row, one in enumerate(sums):
            for part in one.parts:
                rows.append(row)
                columns.append(self.place[part])
                values.append(1)
            rows.append(row)
            columns.append(self.place[one.whole])
            values.append(-1)
        self.matrix = csr_array((values, (rows, columns)), shape=(len(sums), len(variables)))
        self.low = np.array([known[variable][0] for variable in variables], dtype=float)
        self.high = np.array([min(known[variable][1], FAR) for variable in variables], dtype=float)

    def span(self, name: Name) -> tuple[int, int]:
        low, high = self._linear(name, 1), self._linear(name, -1)
        if high - low + 1 < 4:
            low, high = self._whole(name, 1), self._whole(name, -1)
        return low, high

    def _linear(self, name: Name, sign: int) -> int:
        found = linprog(
            self._aim(name, sign),
            A_eq=self.matrix,
            b_eq=np.zeros(self.matrix.shape[0]),
            bounds=np.column_stack([self.low, self.high]),
            method="highs",
        )
        assert found.success, found.message
        return ceil(found.fun - CLOSE) if sign > 0 else floor(-found.fun + CLOSE)

    def _whole(self, name: Name, sign: int) -> int:
        found = milp(
            self._aim(name, sign),
            constraints=LinearConstraint(self.matrix, 0, 0),
            bounds=Bounds(self.low, self.high),
            integrality=np.ones(len(self.place)),
        )
        assert found.success, found.message
        return round(sign * found.fun)

    def _aim(self, name: Name, sign: int) -> np.ndarray:
        aim = np.zeros(len(self.place))
        aim[self.place[name]] = sign
        return aim


def _cells(release: Release) -> Iterator[Name]:
    for (place, topic), shown in release.shown.items():
        for key in shown:
            yield place, topic, key


def _components(sums: Iterable[Sum]) -> Iterator[tuple[set, list[Sum]]]:
    """Sums that share variables, together."""
    root: dict[Hashable, Hashable] = {}

    def find(one: Hashable) -> Hashable:
        root.setdefault(one, one)
        while root[one] != one:
            root[one] = root[root[one]]
            one = root[one]
        return one

    known = list(sums)
    for one in known:
        for part in one.parts:
            root[find(part)] = find(one.whole)
    grouped: dict[Hashable, list[Sum]] = defaultdict(list)
    for one in known:
        grouped[find(one.whole)].append(one)
    for part in grouped.values():
        yield {variable for one in part for variable in (*one.parts, one.whole)}, part
