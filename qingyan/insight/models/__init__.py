"""The tables of insight; imported here because Django looks for models in this package."""

from qingyan.insight.models.raw import RawCell
from qingyan.insight.models.released import ReleasedCell, ReleasedTable

__all__ = ["RawCell", "ReleasedCell", "ReleasedTable"]
