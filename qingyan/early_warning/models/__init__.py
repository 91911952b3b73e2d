"""The tables of early warning, one file per noun; imported here because Django looks for models in this package."""

from qingyan.early_warning.models.learning import Learning
from qingyan.early_warning.models.phase import PhaseStep
from qingyan.early_warning.models.signature import PackSignature
from qingyan.early_warning.models.trial import GroupsRead, ModelNight, ShadowPlace
from qingyan.early_warning.models.version import ModelVersion

__all__ = ["GroupsRead", "Learning", "ModelNight", "ModelVersion", "PackSignature", "PhaseStep", "ShadowPlace"]
