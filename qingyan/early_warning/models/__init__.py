"""The tables of early warning, one file per noun; imported here because Django looks for models in this package."""

from qingyan.early_warning.models.phase import PhaseStep
from qingyan.early_warning.models.signature import PackSignature

__all__ = ["PackSignature", "PhaseStep"]
