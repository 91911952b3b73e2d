"""Words that stand nowhere else: if one of them is seen where it must not be, a test finds it by name."""

from tests.factories.city import Place


def canary(place: Place, word: str) -> str:
    """A text that stands nowhere else."""
    return f"canary-{place.school.slug}-{word}"
