"""The big screen of the city: a few large figures, and the city's board for the charts that a room looks at."""

from dataclasses import dataclass

from django.utils.translation import gettext as _

from qingyan.foundation.access.actor import Actor
from qingyan.insight.queries.boards import Board, city_board
from qingyan.insight.queries.tables import tables
from qingyan.insight.rules.exhibits import Exhibit, said, said_share
from qingyan.insight.rules.reading import complete, joined, share_of, size
from qingyan.insight.rules.topics import TIMELINESS, VALIDITY
from qingyan.insight.rules.totals import total
from qingyan.organisations import api as organisations
from qingyan.organisations.api import City


@dataclass(frozen=True)
class Tile:
    """One large figure with a note below."""

    label: str
    value: str
    note: str = ""


@dataclass(frozen=True)
class Screen:
    """What the room sees."""

    board: Board
    tiles: tuple[Tile, ...]

    def exhibit(self, code: str) -> Exhibit | None:
        """An exhibit with something to draw."""
        found = self.board.exhibit(code)
        return found if found and found.has_figures else None

    @property
    def scales(self) -> Exhibit | None:
        """The instrument with most scales among those that have something to draw."""
        known = [one for one in self.board.exhibits if one.code.startswith("factors-") and one.has_figures]
        return max(known, key=lambda one: len(one.lines), default=None)


def city_screen(actor: Actor, city: City) -> Screen:
    """The city's board and its large figures. Raises NotVisible."""
    board = city_board(actor, city)
    tiles = [_schools(), _counsellors(), _sheets(board), *_coverage(board), *_in_time(board), *_talks(board)]
    return Screen(board, tuple(tiles))


def _schools() -> Tile:
    schools = [one for one in organisations.all_schools() if one.kind != "kindergarten"]
    rooms = sum(bool(one.counselling_room) for one in schools)
    return Tile(_("学校"), str(len(schools)), _("心理辅导室 %(count)s 间") % {"count": rooms})


def _counsellors() -> Tile:
    staffing = organisations.staffing().values()
    full, part = sum(one.full_time for one in staffing), sum(one.part_time for one in staffing)
    return Tile(_("心理教师"), str(full + part), _("专职 %(full)s · 兼职 %(part)s") % {"full": full, "part": part})


def _sheets(board: Board) -> Tile:
    """Sheets of every round that was told, each counted once by its validity."""
    told = tables([board.place], [VALIDITY.code])
    figure = total(cell for table in told for cell in table.cells.values())
    return Tile(_("累计答卷"), said(figure).text, _("%(count)s 轮测评") % {"count": len(told)})


def _coverage(board: Board) -> list[Tile]:
    told = board.exhibit("coverage")
    if told is None:
        return []
    invited, finished, share = told.lines[-1].figures
    note = _("应参加 %(all)s · 已完成 %(done)s") % {"all": invited.text, "done": finished.text}
    return [Tile(_("最近一轮完成率"), share.text, note)]


def _in_time(board: Board) -> list[Tile]:
    """All steps together, of those that are told as a whole."""
    told = board.exhibit("timeliness")
    if told is None:
        return []
    newest = [one for one in tables([board.place], [TIMELINESS.code]) if one.digest in told.digests]
    cells = complete(newest[0].cells) if newest else {}
    note = _("到期 %(due)s 件 · 按时 %(done)s 件") % {
        "due": said(size(cells)).text,
        "done": said(joined(cells, "on_time")).text,
    }
    return [Tile(_("按时跟进"), said_share(share_of(cells, "on_time"), chance=False).text, note)]


def _talks(board: Board) -> list[Tile]:
    work = board.exhibit("workload")
    wanted = [line for line in work.lines if line.label == _("访谈")] if work else []
    return [
        Tile(_("本学期访谈"), line.figures[0].text, _("平均每位心理教师 %(each)s 次") % {"each": line.figures[1].text})
        for line in wanted
    ]
