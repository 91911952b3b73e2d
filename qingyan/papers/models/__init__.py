"""The tables of papers, one file per noun; imported here because Django looks for models in this package."""

from qingyan.papers.models.export import Export, ExportDownload
from qingyan.papers.models.report import MonthlyReport
from qingyan.papers.models.template import WordTemplate

__all__ = ["Export", "ExportDownload", "MonthlyReport", "WordTemplate"]
