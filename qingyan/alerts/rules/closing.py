"""Why an alert may be closed without becoming a case, and who has to agree. Pure."""

from enum import StrEnum


class Reason(StrEnum):
    """Why it is closed. Becoming a case is a step of its own, taken by the domain above."""

    NO_NEED = "no_need"
    FALSE = "false"
    DUPLICATE = "duplicate"


def verb_of(reason: Reason, *, level: str) -> str:
    """The step that closes it: a critical alert is first read by a second person, whatever the reason."""
    if level == "red":
        return "ask_review"
    return "seal" if reason is Reason.FALSE else "dismiss"


def confirming_verb(reason: Reason) -> str:
    """The step by which the second reader agrees."""
    return "confirm_seal" if reason is Reason.FALSE else "confirm_dismissal"


def leaves_the_file(reason: Reason) -> bool:
    """Whether it leaves the pupil's visible file: only what was wrong does; no need now is still a fact."""
    return reason is Reason.FALSE
