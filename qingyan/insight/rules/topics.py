"""What is counted: one row a topic. Words stand in words.py, who reads them in policy.py. Pure.

`risk`: tells how pupils are; then a group under 30 shows nothing, and a hidden cell takes a second one with it.
`partition`: the categories of a group are everybody once; topics of one `base` count the same sheets.
"""

from dataclasses import dataclass

ROUND, TERM = "round", "term"


@dataclass(frozen=True)
class Topic:
    """`categories` is empty where the instrument brings them (the bands of its scales)."""

    code: str
    on: str
    categories: tuple[str, ...] = ()
    risk: bool = False
    partition: bool = True
    base: str = ""


COVERAGE = Topic("coverage", ROUND, ("invited", "finished"), partition=False)
VALIDITY = Topic("validity", ROUND, ("sound", "doubtful", "unjudged"), base="sheets")
LEVELS = Topic("levels", ROUND, ("reached", "not_reached", "undecided"), risk=True, base="sheets")
FACTORS = Topic("factors", ROUND, (), risk=True, base="sheets")
ALERTS = Topic("alerts", TERM, ("red", "orange", "yellow", "none"), risk=True)
TIMELINESS = Topic("timeliness", TERM, ("on_time", "late", "waiting"))
WORKLOAD = Topic("workload", TERM, ("count",), partition=False)

TOPICS = {one.code: one for one in (COVERAGE, VALIDITY, LEVELS, FACTORS, ALERTS, TIMELINESS, WORKLOAD)}


def topics_on(occasion: str) -> tuple[Topic, ...]:
    """The topics that are counted for rounds, or for terms."""
    return tuple(topic for topic in TOPICS.values() if topic.on == occasion)
