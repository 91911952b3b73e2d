"""The tables of instruments: words that were brought. Definitions are files (library/)."""

from qingyan.instruments.models.wording import BroughtWording

__all__ = ["BroughtWording"]
