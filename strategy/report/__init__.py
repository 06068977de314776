"""What people read: an analysis of models in words, tables and figures, as one page, as data and as files."""

from strategy.report.analysis import Analysis, ModelAnalysis, analyse
from strategy.report.document import as_document
from strategy.report.files import Written, write
from strategy.report.html import as_html

__all__ = ["Analysis", "ModelAnalysis", "Written", "analyse", "as_document", "as_html", "write"]
