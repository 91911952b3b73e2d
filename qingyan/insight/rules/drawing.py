"""The chart that the server draws: bars with intervals, or parts of a whole; numbers in, SVG coordinates out. Pure.

Shown where no script runs, and until one has drawn its own. Lines over time are ui/charts.line_chart.
"""

from dataclasses import dataclass

from qingyan.insight.rules.exhibits import Exhibit, Said

WIDTH, LABEL, VALUE, HEIGHT, GAP = 640, 210, 150, 16, 12
FULL = 100.0  # per cent


@dataclass(frozen=True)
class Bar:
    """One bar: its place, its text, and its interval as x from and to (None: none is known)."""

    x: float
    y: float
    width: float
    tone: int
    text: str
    low: float | None = None
    high: float | None = None


@dataclass(frozen=True)
class Drawing:
    """Everything the template draws, in user units. `labels`: text and y."""

    width: int
    height: int
    bars: tuple[Bar, ...]
    labels: tuple[tuple[str, float], ...]


def drawing(exhibit: Exhibit) -> Drawing:
    """Bars of all drawn columns; in a stack they stand behind each other."""
    stacked = exhibit.shape == "stack"
    step = (1 if stacked else max(1, len(exhibit.drawn))) * HEIGHT + GAP
    scale = (WIDTH - LABEL - VALUE) / most(exhibit)
    bars: list[Bar] = []
    for number, line in enumerate(exhibit.lines):
        x = float(LABEL)
        for tone, column in enumerate(exhibit.drawn):
            y = number * step + (0 if stacked else tone * HEIGHT)
            bars.append(_bar(line.figures[column], x if stacked else float(LABEL), y, tone, scale))
            x += bars[-1].width
    labels = tuple((line.label, number * step + HEIGHT - 4.0) for number, line in enumerate(exhibit.lines))
    return Drawing(WIDTH, max(1, len(exhibit.lines)) * step, tuple(bars), labels)


def most(exhibit: Exhibit) -> float:
    """What the whole width stands for: 100 % where a share or a whole comes near it, else a little over the most."""
    if exhibit.shape == "stack":
        return FULL
    known = [line.figures[one] for line in exhibit.lines for one in exhibit.drawn]
    highest = max((max(one.value or 0.0, one.high or 0.0) for one in known), default=0.0) or 1.0
    return FULL if exhibit.unit == "%" and highest > FULL / 2 else highest * 1.05


def _bar(figure: Said, x: float, y: float, tone: int, scale: float) -> Bar:
    width = round(max(0.0, figure.value or 0.0) * scale, 1)  # a correlation may be below nothing
    if figure.low is None or figure.high is None:
        return Bar(x, y, width, tone, figure.text)
    return Bar(x, y, width, tone, figure.text, round(x + figure.low * scale, 1), round(x + figure.high * scale, 1))
