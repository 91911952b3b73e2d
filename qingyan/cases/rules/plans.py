"""The parts of the two plans, and whether a plan says enough. Pure; the words of the parts are web/forms_plans.py."""

from collections.abc import Mapping

SAFETY, CARE = "safety", "care"
# As is usual in safety planning: from what one notices oneself to whom one calls.
PARTS: Mapping[str, tuple[str, ...]] = {
    SAFETY: ("signs", "own_help", "company", "adults", "lines", "keep_safe"),
    CARE: ("goals", "who", "school", "environment", "home"),
}
NEEDED: Mapping[str, tuple[str, ...]] = {SAFETY: ("signs", "adults", "lines"), CARE: ("goals", "who")}


def missing(kind: str, parts: Mapping[str, str]) -> list[str]:
    """Parts that must not be empty, or that no plan of this kind has."""
    unknown = [name for name in parts if name not in PARTS[kind]]
    return unknown + [name for name in NEEDED[kind] if not parts.get(name, "").strip()]
