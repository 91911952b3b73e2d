"""Geometry of the small charts: numbers in, ready SVG coordinates out.

Decides scales, ticks, gaps and where labels stand. It draws nothing (templates/ui/line-chart does) and knows
no domain: a norm band or a cut-off arrives as plain numbers. Heavy boards use ECharts instead.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from math import ceil, floor, log10

NICE = (1.0, 2.0, 2.5, 5.0, 10.0)
SAME = 1e-6  # a difference that no scale has


@dataclass(frozen=True)
class Point:
    """One value, placed. `x`, `y` in SVG user units; `value` and `when` as words for the title and the table."""

    x: float
    y: float
    value: str
    when: str


@dataclass(frozen=True)
class Tick:
    """A grid line at `y` (or a label at `x`) with its word."""

    at: float
    word: str


@dataclass(frozen=True)
class Band:
    """A horizontal area such as a norm range: top edge, height, its word and tone."""

    y: float
    height: float
    word: str
    tone: str


@dataclass(frozen=True)
class Line:
    """One series: its SVG path (broken where values are missing), its points, its legend word and index."""

    word: str
    path: str
    points: tuple[Point, ...]
    index: int


@dataclass(frozen=True)
class LineChart:
    """Everything the line_chart component draws, in user units of `width` x `height`."""

    width: int
    height: int
    left: float
    right: float
    bottom: float
    lines: tuple[Line, ...]
    bands: tuple[Band, ...]
    y_ticks: tuple[Tick, ...]
    x_ticks: tuple[Tick, ...]

    @property
    def plot_width(self) -> float:
        """Width of the area inside the axes."""
        return self.right - self.left


@dataclass(frozen=True)
class Sparkline:
    """A line without axes: its path and its last point (None when every value is missing)."""

    width: int
    height: int
    path: str
    last: Point | None


@dataclass(frozen=True)
class Frame:
    """Size of a chart and the margins around its plot, in user units."""

    width: int = 640
    height: int = 260
    top: int = 14
    right: int = 18
    bottom: int = 34
    left: int = 44


def nice_ticks(low: float, high: float, about: int = 4) -> tuple[float, ...]:
    """Round numbers that enclose low..high, about `about` steps apart. Ends closer than SAME get one unit of air."""
    if high - low < SAME:
        low, high = low - 1, high + 1
    raw = (high - low) / max(about, 1)
    size = 10.0 ** floor(log10(raw))
    step = next(size * n for n in NICE if size * n >= raw - 1e-12)
    first, last = floor(low / step + 1e-9), ceil(high / step - 1e-9)
    return tuple(round(n * step, 10) for n in range(first, last + 1))


def number(value: float) -> str:
    """A value as a person writes it: 3, 3.4, 12.25; no trailing zeros, at most two decimals."""
    return f"{value:.2f}".rstrip("0").rstrip(".")


def path_of(points: Sequence[tuple[float, float] | None]) -> str:
    """An SVG path through the points; None lifts the pen, so a missing value is a gap and never a guess."""
    parts: list[str] = []
    pen_down = False
    for point in points:
        if point is None:
            pen_down = False
            continue
        parts.append(f"{'L' if pen_down else 'M'}{number(point[0])} {number(point[1])}")
        pen_down = True
    return "".join(parts)


def line_chart(
    series: Sequence[tuple[str, Sequence[float | None]]],
    *,
    labels: Sequence[str],
    bands: Sequence[tuple[float, float, str, str]] = (),
    limits: tuple[float, float] | None = None,
    frame: Frame | None = None,
) -> LineChart:
    """Places one or more series over the same labels.

    series: (legend word, one value or None per label). bands: (from, to, word, tone). limits: the scale's own
    range, used when given so that two charts of one instrument look alike. Raises ValueError when a
    series is not as long as the labels, or when there is nothing to show at all.
    """
    frame = frame or Frame()
    if any(len(values) != len(labels) for _, values in series):
        raise ValueError("every series needs one value (or None) per label")
    ticks = nice_ticks(*(limits or _extent(series, bands)))
    plot_height = frame.height - frame.top - frame.bottom
    plot_width = frame.width - frame.left - frame.right

    def y_of(value: float) -> float:
        return round(frame.top + plot_height * (ticks[-1] - value) / (ticks[-1] - ticks[0]), 2)

    def x_of(position: int) -> float:
        share = 0.5 if len(labels) == 1 else position / (len(labels) - 1)
        return round(frame.left + 12 + (plot_width - 24) * share, 2)

    def line(index: int, word: str, values: Sequence[float | None]) -> Line:
        placed = [None if v is None else Point(x_of(i), y_of(v), number(v), labels[i]) for i, v in enumerate(values)]
        path = path_of([None if p is None else (p.x, p.y) for p in placed])
        return Line(word, path, tuple(p for p in placed if p), index)

    return LineChart(
        width=frame.width,
        height=frame.height,
        left=frame.left,
        right=frame.width - frame.right,
        bottom=frame.height - frame.bottom,
        lines=tuple(line(i, word, values) for i, (word, values) in enumerate(series)),
        bands=tuple(_band(b, y_of, ticks) for b in bands),
        y_ticks=tuple(Tick(y_of(t), number(t)) for t in ticks),
        x_ticks=tuple(Tick(x_of(i), labels[i]) for i in _shown(len(labels))),
    )


def sparkline(values: Sequence[float | None], *, width: int = 120, height: int = 32) -> Sparkline:
    """A small trend without axes, full height between its lowest and highest value; gaps stay gaps."""
    known = [v for v in values if v is not None]
    low, high = (min(known), max(known)) if known else (0.0, 0.0)
    span = (high - low) or 1.0
    middle = 0.0 if high > low else 0.5

    def place(position: int, value: float) -> tuple[float, float]:
        share = 0.5 if len(values) == 1 else position / (len(values) - 1)
        rise = (value - low) / span + middle
        return round(3 + (width - 6) * share, 2), round(height - 3 - (height - 6) * rise, 2)

    placed = [None if v is None else place(i, v) for i, v in enumerate(values)]
    ends = [Point(p[0], p[1], number(v), "") for p, v in zip(placed, values, strict=True) if p and v is not None]
    return Sparkline(width, height, path_of(placed), ends[-1] if ends else None)


def _extent(
    series: Sequence[tuple[str, Sequence[float | None]]], bands: Sequence[tuple[float, float, str, str]]
) -> tuple[float, float]:
    """Lowest and highest number that must be in sight."""
    known = [v for _, values in series for v in values if v is not None]
    known += [edge for low, high, _, _ in bands for edge in (low, high)]
    if not known:
        raise ValueError("nothing to show: no values and no bands")
    return min(known), max(known)


def _band(band: tuple[float, float, str, str], y_of: Callable[[float], float], ticks: tuple[float, ...]) -> Band:
    """A band cut to what the scale shows."""
    low, high, word, tone = band
    top, foot = y_of(min(high, ticks[-1])), y_of(max(low, ticks[0]))
    return Band(top, round(foot - top, 2), word, tone)


def _shown(count: int, most: int = 8) -> list[int]:
    """Which labels are written when there are too many: evenly spaced, the last one always."""
    if count <= most:
        return list(range(count))
    step = ceil((count - 1) / (most - 1))
    return sorted({*range(count - 1, -1, -step)})
