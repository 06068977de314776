"""What people read: an analysis of models in words, tables and figures, as one page, as
data and as files."""

from __future__ import annotations

import importlib
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from strategy.report.analysis import Analysis, ModelAnalysis, analyse
    from strategy.report.document import as_document
    from strategy.report.files import Written, write
    from strategy.report.html import as_html

__all__ = [
    "Analysis",
    "ModelAnalysis",
    "Written",
    "analyse",
    "as_document",
    "as_html",
    "write",
]

# Imported when first used: the command line needs parts of the report that draw nothing,
# and drawing takes long to load.
_HOME = {
    "Analysis": "analysis", "ModelAnalysis": "analysis", "analyse": "analysis",
    "as_document": "document", "Written": "files",
    "write": "files", "as_html": "html",
}  # fmt: skip


def __getattr__(name: str) -> Any:
    if name not in _HOME:
        raise AttributeError(f"module 'strategy.report' has no attribute {name!r}")
    value = getattr(importlib.import_module(f"strategy.report.{_HOME[name]}"), name)
    globals()[name] = value
    return value
