"""Small numbers below the city: a count of pupils on leave of 7 or fewer is not shown, and none can be computed.

An administrative count, but a sensitive one: in a small school "1 on leave" is a person. Pure.
"""

from collections.abc import Mapping

FEWEST_SHOWN = 8


def hidden_places(counts: Mapping[int, int]) -> frozenset[int]:
    """The places (of one total that is shown) whose count must not be shown.

    Zero is hidden like seven, so that a hidden one may be nobody. Where just one would be hidden, the total would tell
    it: the smallest of the others is hidden with it.
    """
    hidden = {place for place, count in counts.items() if count < FEWEST_SHOWN}
    rest = sorted((count, place) for place, count in counts.items() if place not in hidden)
    if len(hidden) == 1 and rest:
        hidden.add(rest[0][1])
    return frozenset(hidden)
