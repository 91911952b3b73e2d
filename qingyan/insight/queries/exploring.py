"""The explorer: a choice within the cube's dimensions, answered from told tables. Nothing is counted here."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from django.utils.translation import gettext as _

from qingyan.foundation.access.actor import Actor
from qingyan.foundation.access.policy import allowed, require
from qingyan.insight import words
from qingyan.insight.contracts import Occasion
from qingyan.insight.policy import READ_CITY_BOARD, READ_DISTRICT_BOARD
from qingyan.insight.queries.boards import Board, districts_for
from qingyan.insight.queries.exhibits import MOST_ROUNDS, Labelled, by_time, why_nothing
from qingyan.insight.queries.measures import measure
from qingyan.insight.queries.names import instrument_title, level_words, named, scale_title
from qingyan.insight.queries.tables import Table, filled, heads
from qingyan.insight.rules.cells import BANDS, CITY, DISTRICT, SCHOOL, SEXES, Place, base_of
from qingyan.insight.rules.exhibits import Exhibit, Line
from qingyan.insight.rules.exploring import (
    BAND,
    NAMES,
    OF_SINGLE_SCHOOLS,
    ONE_PART,
    PART,
    PLACE,
    TIME,
    Choice,
    splits,
)
from qingyan.insight.rules.reading import Cells, parts, within
from qingyan.insight.rules.topics import FACTORS, TIMELINESS, TOPICS, WORKLOAD
from qingyan.organisations import api as organisations

MOST_OCCASIONS = 40
Options = list[tuple[str, str]]  # value and words


@dataclass(frozen=True)
class Field:
    """One thing to choose; the first option stands for an empty value where `has_all`."""

    name: str
    label: str
    chosen: str
    options: Options


@dataclass(frozen=True)
class Explored:
    """What the page shows. `wrong`: what the address asked for and does not exist; then there is no exhibit."""

    choice: Choice
    fields: tuple[Field, ...]
    board: Board
    wrong: tuple[str, ...] = ()

    @property
    def topic(self) -> str:
        """The measure that the fields are about."""
        return next(one.chosen for one in self.fields if one.name == "measure")

    @property
    def kept(self) -> list[tuple[str, str]]:
        """The choice, name by name, as a form sends it on."""
        return [(name, getattr(self.choice, name)) for name in NAMES]

    @property
    def exhibit(self) -> Exhibit | None:
        """The answer, if there is one."""
        return self.board.exhibits[0] if self.board.exhibits else None


def explore(actor: Actor, choice: Choice) -> Explored:
    """The answer to a choice. Raises NotVisible for who reads no district and no city."""
    require(actor, READ_DISTRICT_BOARD)
    return _Search(actor, choice).answer()


def own_place(actor: Actor) -> Place:
    """Where an analyst stands: the city, or the own district. Raises NotVisible."""
    require(actor, READ_DISTRICT_BOARD)
    return next(iter(_places(actor).values()))[0]


def _places(actor: Actor) -> dict[str, tuple[Place, str]]:
    found: dict[str, tuple[Place, str]] = {}
    city = organisations.the_city()
    if city is not None and allowed(actor, READ_CITY_BOARD, city):
        found["city"] = (Place(CITY, city.id), str(_("全市")))
    for one in districts_for(actor):
        found[f"district-{one.id}"] = (Place(DISTRICT, one.id), one.name)
    return found


def code_of(occasion: Occasion) -> str:
    """An occasion in an address."""
    return f"round-{occasion.round}" if occasion.round else f"term-{occasion.term}"


class _Search:
    """One look: what there is to choose from, what was chosen, what was wrong."""

    def __init__(self, actor: Actor, choice: Choice) -> None:
        self.choice = choice
        self.fields: list[Field] = []
        self.wrong: list[str] = []
        self.places = _places(actor)

    def answer(self) -> Explored:
        where = self._pick("place", _("地方"), [(code, name) for code, (_place, name) in self.places.items()])
        topic = self._pick("measure", _("看什么"), [(code, str(word)) for code, word in words.TOPICS.items()])
        self.place, self.name = self.places[where]
        self.topic = topic if topic in TOPICS else next(iter(words.TOPICS))
        heads_ = heads([self.place], [self.topic])
        known = by_time(heads_, named(one.occasion for one in heads_), most=MOST_OCCASIONS)
        newest_first = [(code_of(one.table.occasion), f"{one.label}（{one.when}）") for one in reversed(known)]
        on = self._pick("on", _("测评或学期"), newest_first)
        chosen = next((one for one in known if code_of(one.table.occasion) == on), None)
        if chosen is None:
            return self._explored(None)
        return self._of(chosen, known)

    def _of(self, chosen: Labelled, known: Sequence[Labelled]) -> Explored:
        table = filled([chosen.table])[0]
        below = self.place.level == CITY or self.topic in OF_SINGLE_SCHOOLS
        by = self._pick(
            "by", _("分开看"), [(one, str(words.SPLITS[one])) for one in splits(self.topic, level_below=below)]
        )
        every = parts(table.cells)
        if every and every != [""]:
            whole = [] if self.topic in ONE_PART else [("", str(_("全部")))]
            part = self._pick("part", _("内容"), [*whole, *((one, self._part_words(one)) for one in every)])
        else:
            part = self._refuse("part")
        bands = {key.band for key in table.cells} - {""}
        band = self._among("band", _("学段"), [(one, str(words.BANDS[one])) for one in BANDS if one in bands])
        sexes = {key.sex for key in table.cells} - {""}
        sex = self._among("sex", _("性别"), [(one, str(words.SEXES[one])) for one in SEXES if one in sexes])
        if self.wrong:
            return self._explored(None)
        self.choice = replace(self.choice, place=self._asked("place"), part=part, band=band, sex=sex, by=by)
        rows = self._rows(replace(chosen, table=table), known)
        return self._explored(self._exhibit(chosen, rows, every))

    def _rows(self, chosen: Labelled, known: Sequence[Labelled]) -> list[tuple[str, Table, Cells]]:
        """Label, table and cells of each row."""
        asked, by = self.choice, self.choice.by
        if by == TIME:
            newest = list(known[-MOST_ROUNDS:])
            tables = {one.id: one for one in filled([one.table for one in newest])}
            return [
                (f"{one.when} {one.label}", tables[one.table.id], self._cells(tables[one.table.id])) for one in newest
            ]
        if by == PLACE:
            return [(name, one, self._cells(one)) for name, one in self._below(chosen.table)]
        cells = chosen.table.cells
        if by == PART:
            base = base_of(asked.part) if self.topic == FACTORS.code else None
            found = [one for one in parts(cells) if base is None or base_of(one) == base]
            words_of = scale_title if base else self._part_words
            return [(words_of(one), chosen.table, self._cells(chosen.table, part=one)) for one in found]
        values = BANDS if by == BAND else SEXES
        there = {getattr(key, by) for key in within(cells, part=asked.part or None)}
        named_ = words.BANDS if by == BAND else words.SEXES
        kept = [one for one in values if one in there and getattr(asked, by) in ("", one)]
        return [(str(named_[one]), chosen.table, self._cells(chosen.table, **{by: one})) for one in kept]

    def _cells(self, table: Table, **own: str) -> Cells:
        asked = {name: getattr(self.choice, name) or None for name in ("part", "band", "sex")}
        return within(table.cells, **(asked | own))

    def _below(self, table: Table) -> Iterable[tuple[str, Table]]:
        """Districts of the city, or schools of the district, in the order of the register."""
        if self.place.level == CITY:
            names = {Place(DISTRICT, one.id): one.name for one in organisations.districts()}
        else:
            schools = [one for one in organisations.all_schools() if one.district_id == self.place.id]
            names = {Place(SCHOOL, one.id): one.short_name for one in schools}
        found = {one.place: one for one in filled(heads(list(names), [self.topic], [table.occasion]))}
        return [(name, found[place]) for place, name in names.items() if place in found]

    def _exhibit(self, chosen: Labelled, rows: list[tuple[str, Table, Cells]], every: list[str]) -> Exhibit:
        asked = self.choice
        scales = [one for one in every if base_of(one) == base_of(asked.part)] if asked.by == PART else [asked.part]
        levels: dict[str, str] = {}
        for one in scales if self.topic == FACTORS.code else ():
            levels = {**level_words(one), **levels}
        made = measure(self.topic, levels)
        told = {one.id: one for _label, one, _cells in rows}.values()
        picked = [
            "" if asked.by == TIME else chosen.label,
            self._about(asked),
            str(words.BANDS[asked.band]) if asked.band else "",
            str(words.SEXES[asked.sex]) if asked.sex else "",
        ]
        return Exhibit(
            code=f"explore-{self.topic}",
            title=f"{words.TOPICS[self.topic]} · {self.name}",
            lead=" · ".join(one for one in picked if one),
            head=str(words.SPLITS[asked.by]),
            columns=made.columns,
            lines=tuple(Line(label, made.figures(cells)) for label, _table, cells in rows),
            drawn=made.drawn,
            shape=made.shape,
            unit=made.unit,
            told_at=max((one.released_at for one in told), default=None),
            digests=tuple(one.digest for one in told),
            empty=why_nothing(self.topic, rows[0][2]) if len(rows) == 1 else "",
        )

    def _about(self, asked: Choice) -> str:
        """The part in words; of scales side by side their instrument; nothing where parts are the rows."""
        if asked.by == PART:
            return instrument_title(asked.part) if self.topic == FACTORS.code else ""
        return self._part_words(asked.part) if asked.part else ""

    def _explored(self, exhibit: Exhibit | None) -> Explored:
        board = Board(self.place, self.name, (exhibit,) if exhibit else (), exhibit.told_at if exhibit else None, "")
        return Explored(self.choice, tuple(self.fields), board, tuple(self.wrong))

    def _pick(self, name: str, label: str, options: Options) -> str:
        """The asked value, or the first; what does not exist is noted as wrong."""
        asked, values = getattr(self.choice, name), [value for value, _words in options]
        if asked and asked not in values:
            self.wrong.append(str(label))
        found = asked if asked in values else next(iter(values), "")
        self.fields.append(Field(name, str(label), found, options))
        return found

    def _among(self, name: str, label: str, options: Options) -> str:
        """As _pick, with everybody as the first; a dimension that the measure does not have cannot be chosen."""
        return self._pick(name, label, [("", str(_("全体"))), *options]) if options else self._refuse(name)

    def _refuse(self, name: str) -> str:
        if getattr(self.choice, name):
            self.wrong.append(str(words.SPLITS[name]))
        return ""

    def _asked(self, name: str) -> str:
        return next(one.chosen for one in self.fields if one.name == name)

    def _part_words(self, part: str) -> str:
        if self.topic == TIMELINESS.code:
            return str(words.STEPS.get(part, part))
        if self.topic == WORKLOAD.code:
            return str(words.WORK.get(part, part))
        return f"{instrument_title(part)} · {scale_title(part)}" if ":" in part else instrument_title(part)
