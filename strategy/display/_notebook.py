"""What a notebook shows: pieces of HTML under one style that is legible on light and on dark ground.

Whatever comes from a name or a text is escaped. Nothing is fetched, nothing runs, and long lists are cut with a count.
"""

from __future__ import annotations

from typing import Any

from markupsafe import Markup, escape

from strategy.display._looks import LOOKS

__all__ = ["fold", "notebook", "paragraph", "title"]

# Colours of text and lines come from the notebook; only verdicts have their own, and those have words beside them.
_STYLE = """
div.strategy { font: 14px/1.5 system-ui, "Segoe UI", Roboto, "Helvetica Neue", Arial, sans-serif; overflow-wrap: break-word; }
div.strategy p, div.strategy ul { margin: .3em 0; max-width: 50rem; }
div.strategy p.title { font-weight: 600; font-size: 1.1em; }
div.strategy .scroll { overflow-x: auto; margin: .4em 0 .6em; }
div.strategy table { border-collapse: collapse; border: none; margin: 0; font-size: .95em; color: inherit; }
div.strategy caption { text-align: left; padding: 0 0 .2em; opacity: .8; color: inherit; }
div.strategy tbody tr:nth-child(n) { background: none; }
div.strategy th, div.strategy td { text-align: left; vertical-align: top; padding: .25em .7em; white-space: normal; }
div.strategy th, div.strategy td { border: none; border-bottom: 1px solid rgba(128, 128, 128, .35); max-width: 30rem; }
div.strategy thead th, div.strategy thead td { border-bottom: 2px solid currentColor; vertical-align: bottom; font-weight: 600; }
div.strategy tbody th { font-weight: 500; }
div.strategy .n { text-align: right; font-variant-numeric: tabular-nums; white-space: nowrap; }
div.strategy tr.total th, div.strategy tr.total td { border-top: 2px solid currentColor; font-weight: 600; }
div.strategy .who { opacity: .75; }
div.strategy .step { display: inline-block; max-width: 100%; }
div.strategy .best { font-weight: 700; text-decoration: underline; text-underline-offset: .2em; }
div.strategy summary { cursor: pointer; }
div.strategy .verdict { padding: .05em .5em; border: 1px solid rgba(128, 128, 128, .6); border-radius: .25em; }
div.strategy .verdict { white-space: nowrap; }
div.strategy svg { display: block; max-width: 100%; height: auto; color: inherit; }
div.strategy svg text { fill: currentColor; font-size: 12px; }
"""


def notebook(*parts: Any) -> str:
    """The parts as one piece of HTML for ``_repr_html_``; parts that are no HTML are escaped."""
    verdicts = "\n".join(
        f"div.strategy .verdict.{name.lower()} {{ border-left: .6em solid {look.fill}; }}" for name, look in LOOKS.items()
    )
    body = Markup("\n").join([escape(part) for part in parts if part])
    page = Markup('<div class="strategy">\n<style>{}{}\n</style>\n{}\n</div>')
    return str(page.format(Markup(_STYLE), Markup(verdicts), body))


def title(text: str) -> Markup:
    """What is shown, as a heading."""
    return Markup('<p class="title">{}</p>').format(text)


def paragraph(*parts: Any) -> Markup:
    """A paragraph of text and pieces of HTML."""
    return Markup("<p>{}</p>").format(Markup().join(parts)) if any(parts) else Markup()


def fold(summary: str, content: Any) -> Markup:
    """Content behind its summary, until it is opened."""
    return Markup("<details><summary>{}</summary>{}</details>").format(summary, content)
