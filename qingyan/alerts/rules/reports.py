"""What a report through one of the school's doors means for the queue of alerts. Pure.

A report is a person's word and no rule judged it: it is an alert when somebody must look by a time. Its words never
stand here; whoever may read it opens it from the alert.
"""

from collections.abc import Mapping
from typing import Final

from qingyan.alerts.rules.findings import Finding, Reason
from qingyan.alerts.rules.pack import Level
from qingyan.concerns.contracts import Kind, Urgency

LEVELS: Final[Mapping[Urgency, Level]] = {Urgency.NOW: "red", Urgency.TODAY: "orange", Urgency.WEEK: "yellow"}
WORDS: Final[Mapping[Kind, str]] = {
    Kind.HELP: "学生自己说现在就需要帮助",
    Kind.CONCERN: "有人报告了对这名学生的担心",
    Kind.LETTER: "学生写了信，希望尽快有人管",
    Kind.BULLYING: "防欺凌委员会请心理教师一起关心这名学生",
}


def finding_of_report(kind: Kind, urgency: Urgency) -> Finding | None:
    """The finding; None for a letter that can wait for its answer. A call for help is always for today."""
    if kind is Kind.LETTER and urgency is Urgency.WEEK:
        return None
    return Finding(level_of(kind, urgency), f"report_{kind.value}", (Reason(WORDS[kind], ""),))


def level_of(kind: Kind, urgency: Urgency) -> Level:
    """How soon somebody must look, whether or not it raises an alert."""
    return "red" if kind is Kind.HELP else LEVELS[urgency]
