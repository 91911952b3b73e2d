"""The tables of insight; imported here because Django looks for models in this package."""

from qingyan.insight.models.moments import RawMoments, ReleasedScale
from qingyan.insight.models.raw import RawCell
from qingyan.insight.models.released import ReleasedCell, ReleasedTable
from qingyan.insight.models.views import SavedView

__all__ = ["RawCell", "RawMoments", "ReleasedCell", "ReleasedScale", "ReleasedTable", "SavedView"]
