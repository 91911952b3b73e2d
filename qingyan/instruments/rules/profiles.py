"""Which layout a data file has, from its header alone, and how its cells become answers. Reads no file."""

from collections.abc import Mapping, Sequence

from qingyan.instruments.rules.schema import ImportProfile, Instrument


class UnknownLayout(ValueError):
    """No import profile of the instrument fits the header; the message names what was looked for."""


def own_profile(instrument: Instrument) -> ImportProfile:
    """The layout every instrument has: one column per item id, values in our own coding."""
    columns = tuple(item.id for item in instrument.items)
    return ImportProfile(id="item_ids", about="one column per item id, our own coding", columns=columns)


def profile_columns(instrument: Instrument, profile: ImportProfile) -> tuple[str, ...]:
    """The column name of each item in item order."""
    if isinstance(profile.columns, str):
        return tuple(profile.columns.replace("{n}", str(n)) for n in range(1, len(instrument.items) + 1))
    return profile.columns


def detect(instrument: Instrument, header: Sequence[str]) -> ImportProfile:
    """The first profile whose columns are all in the header; capitals do not matter. Raises UnknownLayout."""
    present = positions(header)
    candidates = (*instrument.import_profiles, own_profile(instrument))
    for profile in candidates:
        if all(column.lower() in present for column in profile_columns(instrument, profile)):
            return profile
    wanted = "; ".join(f"{p.id}: {', '.join(profile_columns(instrument, p)[:3])} …" for p in candidates)
    raise UnknownLayout(f"the header fits no layout of {instrument.code} ({wanted})")


def positions(header: Sequence[str]) -> Mapping[str, int]:
    """Lower-case column name -> place in the row; the first wins when a name repeats."""
    places: dict[str, int] = {}
    for place, name in enumerate(header):
        places.setdefault(name.strip().lower(), place)
    return places


def answer(cell: str, profile: ImportProfile, offset: int) -> int | None:
    """The coded answer in a cell, None for the layout's missing codes. ValueError when it is no whole number."""
    text = cell.strip()
    if text in profile.missing or text == "":
        return None
    number = float(text)
    if not number.is_integer():
        raise ValueError(f"{text!r} is not a whole number")
    return int(number) + offset
