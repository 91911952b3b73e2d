"""The tables of early warning, one file per noun; imported here because Django looks for models in this package."""

from qingyan.early_warning.models.phase import PhaseStep
from qingyan.early_warning.models.signature import PackSignature
from qingyan.early_warning.models.version import ModelVersion

__all__ = ["ModelVersion", "PackSignature", "PhaseStep"]
