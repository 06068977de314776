"""What people read: an analysis of models in words, tables and figures.

It comes as one page, as data and as files.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from strategy.lazy_names import handed_on, looked_up_in

if TYPE_CHECKING:
    from strategy.report.analysis import (
        Analysis as Analysis,
        ModelAnalysis as ModelAnalysis,
        analyse as analyse,
    )
    from strategy.report.document import as_document as as_document
    from strategy.report.files import Written as Written, write as write
    from strategy.report.html import as_html as as_html

# Imported when first used: the command line needs parts of the report that draw nothing,
# and drawing takes long to load.
_HOMES = handed_on(__name__)
__all__ = sorted(_HOMES)
__getattr__ = looked_up_in(_HOMES)
