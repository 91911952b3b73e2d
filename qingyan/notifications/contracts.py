"""What crosses the border of notifications. Pure."""

from qingyan.notifications.rules.channels import Channel, Mode, Provider
from qingyan.notifications.rules.kinds import Kind

__all__ = ["Channel", "Kind", "Mode", "Provider"]
