"""A compiled scoring plan: the same Scores as scoring.py, fast enough to score a sheet while it is submitted.

A full sheet costs one tally and one lookup per scale; the value behind a tally is made once, by exact
arithmetic (tally.py), and remembered. A sheet with gaps goes to the reference. Many sheets: matrix.py.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from operator import itemgetter

from qingyan.instruments.rules import scoring
from qingyan.instruments.rules.arithmetic import Number, turned
from qingyan.instruments.rules.schema import Instrument, Item, Scale
from qingyan.instruments.rules.scores import RULE_VERSION, FlaggedAnswer, InvalidAnswers, Reason, Scores
from qingyan.instruments.rules.screens import chosen_rule, judge
from qingyan.instruments.rules.tally import Finished, finish, source_scale, tally
from qingyan.instruments.rules.validity import validity

Pick = Callable[[Sequence[int]], Sequence[int]]


@dataclass(slots=True)
class Part:
    """One scale of the plan. `pick` takes its answers out of a full sheet; `memo` maps tally -> finished value."""

    scale: Scale
    source: Scale
    indexes: tuple[int, ...]
    pick: Pick
    memo: dict[int, Finished] = field(default_factory=dict)


class Plan:
    """Scoring of one instrument version; hold on to it, and share it between threads as you like."""

    def __init__(self, instrument: Instrument, digest: str) -> None:
        self.instrument = instrument
        self.code = instrument.code
        self.version = instrument.version
        self.digest = digest
        self.items: tuple[Item, ...] = instrument.items
        self.parts = tuple(_part(instrument, scale) for scale in instrument.scales)
        self._options = tuple(tuple(o.value for o in instrument.options_of(item)) for item in self.items)
        ends = [(index, turned(instrument, item)) for index, item in enumerate(self.items)]
        self._turned = tuple((index, both) for index, both in ends if both is not None)
        self._groups = _groups_of_equal_options(self._options)
        self._flags = tuple(
            (index, item, min(self._options[index]), max(self._options[index]))
            for index, item in enumerate(self.items)
            if item.critical or item.watch
        )
        self._hidden: dict[int | None, frozenset[int]] = {}
        self._finished: dict[tuple[str, int, int, int], tuple[Number | None, str | None]] = {}

    def score(self, answers: Sequence[int | None], *, age: int | None = None, rule: str | None = None) -> Scores:
        """Scores of one sheet in item order, equal to scoring.score; see there for age, rule and errors."""
        try:
            sheet = bytes(answers)  # type: ignore[arg-type]  # a gap (None) is a TypeError here
        except (TypeError, ValueError):
            return scoring.score(self.instrument, answers, digest=self.digest, age=age, rule=rule)
        self._refuse_invalid(sheet)
        values, bands, not_scorable = self._scale_results(self._turn(sheet))
        chosen = chosen_rule(self.instrument, rule)
        screen, reasons = judge(chosen, values)
        critical, watched = self._flagged(sheet)
        return Scores(
            instrument=self.code,
            version=self.version,
            digest=self.digest,
            rule_version=RULE_VERSION,
            values=values,
            bands=bands,
            not_scorable=not_scorable,
            screen=screen,
            screen_rule=chosen.id if chosen else None,
            screen_reasons=reasons,
            critical=critical,
            watched=watched,
            missing=(),
            not_asked=(),
            validity=validity(self.instrument, values),
        )

    def finished(self, part: Part, counts: tuple[int, int], tallied: int) -> tuple[Number | None, str | None]:
        """Value and band level for (items asked, items answered) and a tally, as tally.finish; computed once each."""
        key = (part.scale.id, *counts, tallied)
        if key not in self._finished:
            self._finished[key] = finish(self.instrument, part.scale, counts, tallied)[:2]
        return self._finished[key]

    def option_values(self, index: int) -> tuple[int, ...]:
        """The stored codings of the item's options, in the order shown. IndexError for no such item."""
        return self._options[index]

    def valid(self, index: int, value: object) -> bool:
        """Whether `value` is one of the item's options. Never raises: answers come from a browser."""
        if type(value) is not int or type(index) is not int or not 0 <= index < len(self._options):
            return False
        return value in self._options[index]

    def critical(self, index: int) -> Item | None:
        """The item when it is critical, else None. IndexError for no such item."""
        item = self.items[index]
        return item if item.critical else None

    def not_asked(self, age: int | None) -> frozenset[int]:
        """Indexes of the items kept from someone of this age; an unknown age counts as the youngest allowed."""
        if age not in self._hidden:
            self._hidden[age] = scoring.gated(self.instrument, age)
        return self._hidden[age]

    def suits(self, age: int) -> bool:
        """Whether the instrument is meant for this age in whole years."""
        youngest, oldest = self.instrument.audience.ages
        return youngest <= age <= oldest

    def turned_items(self) -> tuple[tuple[int, int], ...]:
        """(index, lowest + highest option) of every reversed item: score = that sum - answer."""
        return self._turned

    def _scale_results(
        self, sheet: Sequence[int]
    ) -> tuple[dict[str, Number | None], dict[str, str], dict[str, Reason]]:
        values: dict[str, Number | None] = {}
        bands: dict[str, str] = {}
        not_scorable: dict[str, Reason] = {}
        for part in self.parts:
            tallied = tally(part.source, part.pick(sheet))
            finished = part.memo.get(tallied)
            if finished is None:
                count = len(part.indexes)
                finished = part.memo[tallied] = finish(self.instrument, part.scale, (count, count), tallied)
            value, level, reason = finished
            values[part.scale.id] = value
            if reason is not None:
                not_scorable[part.scale.id] = reason
            elif level is not None:
                bands[part.scale.id] = level
        return values, bands, not_scorable

    def _turn(self, sheet: bytes) -> Sequence[int]:
        if not self._turned:
            return sheet
        scored = bytearray(sheet)
        for index, both_ends in self._turned:
            scored[index] = both_ends - scored[index]
        return scored

    def _refuse_invalid(self, sheet: bytes) -> None:
        if len(sheet) != len(self.items):
            raise InvalidAnswers(f"{self.code} has {len(self.items)} items, the sheet has {len(sheet)} answers")
        for pick, allowed in self._groups:
            if bytes(pick(sheet)).translate(None, allowed):
                scoring.refuse_invalid(self.instrument, list(sheet))

    def _flagged(self, sheet: bytes) -> tuple[tuple[FlaggedAnswer, ...], tuple[FlaggedAnswer, ...]]:
        critical: list[FlaggedAnswer] = []
        watched: list[FlaggedAnswer] = []
        for index, item, lowest, highest in self._flags:
            value = sheet[index]
            if value > lowest:
                found = FlaggedAnswer(index, item.id, value, lowest, highest, item.concern)
                (critical if item.critical else watched).append(found)
        return tuple(critical), tuple(watched)


def _part(instrument: Instrument, scale: Scale) -> Part:
    source = source_scale(instrument, scale)
    index_of = {item.id: index for index, item in enumerate(instrument.items)}
    indexes = tuple(index_of[item] for item in source.items)
    return Part(scale, source, indexes, _picker(indexes, len(instrument.items)))


def _picker(indexes: tuple[int, ...], length: int) -> Pick:
    if indexes == tuple(range(length)):
        return _whole
    if len(indexes) == 1:
        # itemgetter with one index gives the element itself, not a sequence of one.
        start = indexes[0]
        return itemgetter(slice(start, start + 1))
    return itemgetter(*indexes)


def _whole(sheet: Sequence[int]) -> Sequence[int]:
    return sheet


def _groups_of_equal_options(options: tuple[tuple[int, ...], ...]) -> tuple[tuple[Pick, bytes], ...]:
    groups: dict[frozenset[int], list[int]] = {}
    for index, values in enumerate(options):
        groups.setdefault(frozenset(values), []).append(index)
    return tuple((_picker(tuple(where), len(options)), bytes(sorted(values))) for values, where in groups.items())
