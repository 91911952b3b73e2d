"""The tables of papers, one file per noun; imported here because Django looks for models in this package."""

from qingyan.papers.models.report import MonthlyReport

__all__ = ["MonthlyReport"]
