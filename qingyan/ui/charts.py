"""Geometry of the small charts: numbers in, ready SVG coordinates out.

Decides scales, ticks, gaps and where labels stand. It draws nothing (templates/ui/line-chart does) and knows
no domain: a norm band or a cut-off arrives as plain numbers. Heavy boards use ECharts instead.
"""

from collections.abc import Sequence
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
    scale = _Scale(frame, nice_ticks(*(limits or _extent(series, bands))), tuple(labels))
    return LineChart(
        width=frame.width,
        height=frame.height,
        left=frame.left,
        right=frame.width - frame.right,
        bottom=frame.height - frame.bottom,
        lines=tuple(scale.line(i, word, values) for i, (word, values) in enumerate(series)),
        bands=tuple(scale.band(*band) for band in bands),
        y_ticks=tuple(Tick(scale.y_of(tick), number(tick)) for tick in scale.ticks),
        x_ticks=tuple(Tick(scale.x_of(i), labels[i]) for i in _shown(len(labels))),
    )


@dataclass(frozen=True)
class _Scale:
    """From values and positions to SVG user units, for one frame, its ticks and its labels."""

    frame: Frame
    ticks: tuple[float, ...]
    labels: tuple[str, ...]

    def y_of(self, value: float) -> float:
        height = self.frame.height - self.frame.top - self.frame.bottom
        share = (self.ticks[-1] - value) / (self.ticks[-1] - self.ticks[0])
        return round(self.frame.top + height * share, 2)

    def x_of(self, position: int) -> float:
        width = self.frame.width - self.frame.left - self.frame.right
        share = 0.5 if len(self.labels) == 1 else position / (len(self.labels) - 1)
        return round(self.frame.left + 12 + (width - 24) * share, 2)

    def line(self, index: int, word: str, values: Sequence[float | None]) -> Line:
        placed = [
            None if v is None else Point(self.x_of(i), self.y_of(v), number(v), self.labels[i])
            for i, v in enumerate(values)
        ]
        path = path_of([None if p is None else (p.x, p.y) for p in placed])
        return Line(word, path, tuple(p for p in placed if p), index)

    def band(self, low: float, high: float, word: str, tone: str) -> Band:
        """A band cut to what the scale shows."""
        top, foot = self.y_of(min(high, self.ticks[-1])), self.y_of(max(low, self.ticks[0]))
        return Band(top, round(foot - top, 2), word, tone)


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


def _shown(count: int, most: int = 8) -> list[int]:
    """Which labels are written when there are too many: evenly spaced, the last one always."""
    if count <= most:
        return list(range(count))
    step = ceil((count - 1) / (most - 1))
    return sorted({*range(count - 1, -1, -step)})
