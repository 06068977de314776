"""What a notebook shows.

Pieces of HTML under one style that is legible on light and on dark ground.

Whatever comes from a name or a text is escaped. Nothing is fetched, nothing runs, and long
lists are cut with a count.
"""

from __future__ import annotations

from typing import Any

from markupsafe import Markup, escape

from strategy.display._looks import LOOKS

__all__ = ["fold", "notebook", "paragraph", "title"]

# The class is said twice, so that notebooks' own rules for tables do not win over these.
_ROOT = "div.strategy.strategy"
_FONT = (
    'font: 14px/1.5 system-ui, "Segoe UI", Roboto, "Helvetica Neue", Arial, sans-serif; '
    "overflow-wrap: break-word;"
)
# Colours of text and lines come from the notebook; only verdicts have their own, and those
# have words beside them.
_RULES = """:is(p, ul) { margin: .3em 0; max-width: 50rem; }
p.title { font-weight: 600; font-size: 1.1em; }
.scroll { overflow-x: auto; margin: .4em 0 .6em; }
table { border-collapse: collapse; border: none; margin: 0; font-size: .95em; color: inherit; }
caption { text-align: left; padding: 0 0 .2em; opacity: .8; color: inherit; }
tbody tr:nth-child(n) { background: none; }
:is(th, td) { text-align: left; vertical-align: top; padding: .25em .7em; white-space: normal; }
:is(th, td) { border: none; border-bottom: 1px solid rgba(128, 128, 128, .35); max-width: 30rem; }
thead :is(th,
td) { border-bottom: 2px solid currentColor; vertical-align: bottom; font-weight: 600; }
tbody th { font-weight: 500; }
.n { text-align: right; font-variant-numeric: tabular-nums; white-space: nowrap; }
tr.total :is(th, td) { border-top: 2px solid currentColor; font-weight: 600; }
.who { opacity: .75; }
.step { display: inline-block; max-width: 100%; }
.best { font-weight: 700; text-decoration: underline; text-underline-offset: .2em; }
summary { cursor: pointer; }
.verdict { padding: .05em .5em; border: 1px solid rgba(128, 128, 128,
.6); border-radius: .25em; white-space: nowrap; }
svg { display: block; max-width: 100%; height: auto; color: inherit; }
svg text { fill: currentColor; font-size: 12px; }""".splitlines()
_STYLE = "\n".join(
    [
        f"{_ROOT} {{ {_FONT} }}",
        *[f"{_ROOT} {rule}" for rule in _RULES],
        # What is hatched in figures is too pale for a thin bar.
        *[
            (
                f"{_ROOT} .verdict.{name.lower()} {{ border-left: .6em solid "
                f"{look.line if look.hatch else look.fill}; }}"
            )
            for name, look in LOOKS.items()
        ],
    ]
)


def notebook(*parts: Any) -> str:
    """The parts as one piece of HTML for ``_repr_html_``.

    Parts that are not HTML are escaped.
    """
    body = Markup("\n").join([escape(part) for part in parts if part])
    page = Markup('<div class="strategy">\n<style>\n{}\n</style>\n{}\n</div>')
    return str(page.format(Markup(_STYLE), body))


def title(text: str) -> Markup:
    """What is shown, ``text``, as a heading."""
    return Markup('<p class="title">{}</p>').format(text)


def paragraph(*parts: Any) -> Markup:
    """A paragraph of ``parts``: text and pieces of HTML."""
    return Markup("<p>{}</p>").format(Markup().join(parts)) if any(parts) else Markup()


def fold(summary: str, content: Any) -> Markup:
    """``content`` behind its ``summary``, until it is opened."""
    return Markup("<details><summary>{}</summary>{}</details>").format(summary, content)
