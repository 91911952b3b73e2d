"""By what the queue is helped: by nothing, by signed points, or by the model. Pure."""

from enum import StrEnum

from qingyan.early_warning.workflow import OFF, ON


class Help(StrEnum):
    """What brings alerts forward."""

    NOTHING = "nothing"
    POINTS = "points"
    MODEL = "model"


def help_of(phase: str, *, signed: bool) -> Help:
    """Unsigned points help nobody; in shadow a model only records, and what helped before goes on."""
    if phase == ON:
        return Help.MODEL
    return Help.POINTS if signed and phase != OFF else Help.NOTHING
