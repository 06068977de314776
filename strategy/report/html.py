"""An analysis as one self-contained HTML page. Names and texts of models are escaped; nothing is fetched from anywhere."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import Any

import jinja2

import strategy
from strategy.display import number, percent
from strategy.plots import svg_text
from strategy.plots._palette import LOOKS
from strategy.report import figures
from strategy.report.analysis import Analysis
from strategy.report.document import NOTE
from strategy.report.sections import Refused

__all__ = ["as_html"]

# What a figure shows, by the beginning of its name, for readers who do not see it.
_LABELS = {"map": "Region map", "tree": "Game tree", "thresholds": "Thresholds along each assumption"}


def as_html(analysis: Analysis, command: str = "", drawn: tuple[Mapping[str, str], ...] | None = None) -> str:
    """The page. ``command`` is what a reader types to get it again; ``drawn`` the figures of each model as SVG, if at hand."""
    if drawn is None:
        drawn = tuple([{name: svg_text(figure) for name, figure in one.items()} for one in figures.draw(analysis)])
    stems = figures.stems(analysis)
    inlined = []
    for i, texts in enumerate(drawn):
        name = analysis.models[i].model.name
        inlined.append({key: figures.inline(svg, f"m{i}-{key}", f"{_label(key)}, {name}") for key, svg in texts.items()})
    page = _environment().get_template("page.html.j2")
    return page.render(
        analysis=analysis,
        figures=inlined,
        stems=stems,
        note=NOTE,
        command=command,
        version=strategy.__version__,
        looks=LOOKS,
    )


def _label(key: str) -> str:
    return _LABELS.get(key.partition("-")[0], key)


@cache
def _environment() -> jinja2.Environment:
    found = jinja2.Environment(
        loader=jinja2.FileSystemLoader(Path(__file__).with_name("templates")),
        autoescape=True,
        undefined=jinja2.StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    found.filters.update(number=_number, percent=percent, happens=_happens)
    found.tests["refused"] = _is_refused
    return found


def _number(value: Any) -> str:
    # A proper minus sign, and a thin gap for what has no part in a sum.
    return "" if value is None else number(value).replace("-", "−")


def _happens(probability: Any) -> str:
    return "yes" if probability == 1 else "no" if probability == 0 else f"with probability {number(probability)}"


def _is_refused(found: Any) -> bool:
    return isinstance(found, Refused)
