"""The mark of a machine at the pupils' door; one for all doors (foundation/web/device.py)."""

from qingyan.foundation.web.device import DEVICE_COOKIE, device_of, mark_device

__all__ = ["DEVICE_COOKIE", "device_of", "mark_device"]
