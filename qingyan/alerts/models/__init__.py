"""The tables of alerts, one file per noun. Imported here because Django looks for a domain's models in this package."""

from qingyan.alerts.models.alert import Alert, Level
from qingyan.alerts.models.duty import Absence, DistrictCall, DutyPost, Handing
from qingyan.alerts.models.watching import Sweep

__all__ = ["Absence", "Alert", "DistrictCall", "DutyPost", "Handing", "Level", "Sweep"]
