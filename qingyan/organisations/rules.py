"""Plain rules about places and dates: stage of schooling, colours that can be read, years and terms. Pure."""

from collections.abc import Sequence
from datetime import date

LEAST_CONTRAST = 4.5  # WCAG 2.2 AA for text of ordinary size
LONGEST_YEAR_DAYS = 400


def stage_of(grade: int, kind: str) -> str:
    """Code of the stage of schooling. Grade 0 is kindergarten, 1-6 primary, 7-9 junior, 10-12 by the kind of school.

    Raises ValueError outside 0-12.
    """
    if not 0 <= grade <= 12:
        raise ValueError(f"there is no grade {grade}")
    if grade == 0 or kind == "kindergarten":
        return "kindergarten"
    if grade <= 6:
        return "primary"
    if grade <= 9:
        return "junior"
    return "vocational" if kind == "vocational" else "senior"


def luminance(colour: str) -> float:
    """Relative luminance (0 black to 1 white) of "#rrggbb", as WCAG 2.2 defines it."""
    channels = [int(colour[start : start + 2], 16) / 255 for start in (1, 3, 5)]
    red, green, blue = (c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in channels)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: str, other: str) -> float:
    """Contrast ratio of two colours, 1 to 21."""
    darker, lighter = sorted((luminance(one), luminance(other)))
    return (lighter + 0.05) / (darker + 0.05)


def readable_under_white(colour: str) -> bool:
    """Whether white words on this colour, and this colour on white, can be read by everybody."""
    return contrast(colour, "#ffffff") >= LEAST_CONTRAST


def year_name(starts_on: date) -> str:
    """The name of the school year that begins then, e.g. "2026—2027"."""
    return f"{starts_on.year}—{starts_on.year + 1}"


def year_faults(starts_on: date, ends_on: date, others: Sequence[tuple[str, date, date]]) -> list[str]:
    """What is wrong with a new school year, in plain words; `others` are (name, start, end) of the years that exist."""
    if ends_on <= starts_on:
        return ["结束日期要晚于开始日期。"]
    if (ends_on - starts_on).days > LONGEST_YEAR_DAYS:
        return ["一个学年不会超过 13 个月，请核对年份。"]
    return [f"与 {name} 学年的日期重叠。" for name, start, end in others if starts_on <= end and start <= ends_on]


def term_faults(span: tuple[date, date], year: tuple[date, date], others: Sequence[tuple[date, date]]) -> list[str]:
    """What is wrong with a new term: it lies inside its year and overlaps no other term of it."""
    starts_on, ends_on = span
    if ends_on <= starts_on:
        return ["结束日期要晚于开始日期。"]
    if starts_on < year[0] or ends_on > year[1]:
        return [f"学期应在学年之内（{year[0]:%Y-%m-%d} 至 {year[1]:%Y-%m-%d}）。"]
    return ["与本学年的另一学期重叠。" for start, end in others if starts_on <= end and start <= ends_on]
