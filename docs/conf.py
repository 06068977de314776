"""How the documentation is built.

The examples in the pages are run, and their output compared, by tests/test_docs.py. The
build runs a page only for the figures that its code makes (see _ext/made.py).
"""

import logging
import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent / "_ext"))

project = "Strategy toolkit"
author = "The strategy toolkit authors"
copyright = "2026, The strategy toolkit authors"
language = "en"

# No intersphinx: the build must work, and give the same pages, without a network.
extensions = [
    "myst_parser",
    "sphinx.ext.autodoc",
    "sphinx.ext.autosummary",
    "sphinx.ext.napoleon",
    "sphinx.ext.mathjax",
    "made",
    "reference_pages",
]
exclude_patterns = ["_build", "_ext"]
html_static_path = ["_static"]
html_css_files = ["pages.css"]
# A section that has no page yet is not a fault. (suppress_warnings does not reach this
# warning: it has a subtype and no type.)
logging.getLogger("sphinx.sphinx.directives.other").addFilter(
    lambda record: getattr(record, "subtype", None) != "empty_glob"
)

myst_enable_extensions = [
    "attrs_block",
    "attrs_inline",
    "colon_fence",
    "deflist",
    "dollarmath",
    "fieldlist",
]
myst_heading_anchors = 3

autodoc_member_order = "bysource"
autodoc_typehints = "signature"
autodoc_typehints_format = "short"
autodoc_preserve_defaults = True
python_use_unqualified_type_names = True
python_maximum_signature_line_length = 100
autosummary_generate = False

# `make linkcheck`: pages elsewhere. GitHub builds its headings in the browser, where they
# cannot be looked up.
linkcheck_timeout = 20
linkcheck_retries = 2
linkcheck_anchors_ignore_for_url = [r"https://github\.com/.*"]

html_theme = "furo"
html_title = "Strategy toolkit"
html_copy_source = False
