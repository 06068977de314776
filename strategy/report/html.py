"""An analysis as one self-contained HTML page.

Names and texts of models are escaped; nothing is fetched from anywhere.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from fractions import Fraction
from functools import cache
from pathlib import Path
from typing import Any

import jinja2
from markupsafe import Markup, escape

import strategy
from strategy import completeness
from strategy.assumptions.splits import SplitPart, part_steps
from strategy.characters import json_text
from strategy.completeness import leaves_to_chance, verdict_label
from strategy.display import number, percent
from strategy.plots import svg_text
from strategy.plots.drawing.palette import LOOKS, Look
from strategy.protocols import Concept
from strategy.report import figures
from strategy.report.analysis import Analysis, ModelAnalysis
from strategy.report.document import NOTE
from strategy.report.question import Question
from strategy.report.section_commands import command_lines
from strategy.report.sections import Refused, verdicts
from strategy.report.sections.found import alike
from strategy.sensitivity import Verdict

__all__ = ["as_html"]


def as_html(
    analysis: Analysis,
    command: str = "",
    drawn: tuple[Mapping[str, str], ...] | None = None,
    late: Collection[tuple[int, str]] = (),
) -> str:
    """The page of an ``analysis``.

    ``command`` is what a reader types to get it again; ``drawn`` the figures of each model
    as SVG, if at hand, and ``late`` the sections whose figures were not all drawn in time:
    the number of the model, and the section's key.
    """
    if drawn is None:
        drawn = tuple([_svg_texts(one, analysis) for one in analysis.models])
    stems = figures.stems(analysis)
    shapes, inlined = figures.Shapes(), []
    for i, texts in enumerate(drawn):
        inlined.append(
            {key: figures.inline(svg, f"m{i}-{key}", shapes) for key, svg in texts.items()}
        )
    page = _environment().get_template("page.html.j2")
    return page.render(
        analysis=analysis,
        figures=inlined,
        late=late,
        shapes=shapes.element(),
        stems=stems,
        note=NOTE,
        command=command,
        version=strategy.__version__,
        titles={section.key: section.title for section in analysis.sections},
        looks=LOOKS,
    )


def _svg_texts(one: ModelAnalysis, analysis: Analysis) -> dict[str, str]:
    every = [figures.draw(one, section) for section in analysis.sections]
    return {name: svg_text(figure) for drawn in every for name, figure in drawn.items()}


@cache
def _environment() -> jinja2.Environment:
    found = jinja2.Environment(
        loader=jinja2.FileSystemLoader(Path(__file__).with_name("templates")),
        autoescape=True,
        undefined=jinja2.StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    found.filters.update(
        number=_number,
        percent=percent,
        happens=_happens,
        gain=_gain,
        step=_step,
        share=_share,
        steps=_steps,
    )
    found.filters.update(
        breakable=_breakable, capital=_capital, css_fill=_css_fill, written=_written
    )
    found.filters.update(verdict_words=_verdict_words, alike=alike)
    found.globals["claims"] = completeness
    found.globals["command_lines"] = command_lines
    found.globals["verdicts_section"] = verdicts.SECTION
    found.tests["refused"] = _is_refused
    return found


def _number(value: Any) -> str:
    # A proper minus sign, and a thin gap for what has no part in a sum.
    return "" if value is None else number(value).replace("-", "−")


def _written(data: Any) -> str:
    return json_text(data, indent=2)


def _happens(probability: Any) -> str:
    return (
        "yes"
        if probability == 1
        else "no"
        if probability == 0
        else f"with probability {number(probability)}"
    )


def _gain(value: Any, rounded: bool = False) -> str:
    """An amount with its sign; rounded where the place at which it is taken is."""
    shown = _number(round(value, 3) if rounded else value)
    return (
        ("about " if rounded else "") + ("+" if value > 0 and shown != "0" else "") + shown
    )


def _step(value: Any) -> str:
    """How far to move, with its sign.

    Long ratios are rounded, as the place itself is shown exactly.
    """
    shown = _number(value)
    if not isinstance(value, Fraction) or "(" in shown or len(shown) > 8:
        shown = f"about {float(value):.3g}".replace("-", "−")
    return (
        shown
        if value < 0
        else shown.replace("about ", "about +")
        if "about" in shown
        else "+" + shown
    )


def _share(value: float) -> str:
    return f"{100 * value:.3f}%"


def _steps(parts: tuple[SplitPart, ...], lead: str) -> str:
    """The steps of a waterfall, for those who do not see it."""
    steps = part_steps(parts)
    total = sum((value for _, value in steps), Fraction(0))
    return (
        f"{lead} {_gain(total)} in all: "
        f"{'; '.join(f'{_gain(value)}, {label}' for label, value in steps)}."
    )


def _verdict_words(
    verdict: Verdict, question: Question, concept: Concept, bounds: Any, beside: bool
) -> str:
    """``beside``: the concept stands beside the verdict."""
    random = leaves_to_chance(concept, question.model.form)
    return verdict_label(verdict, concept, random=random, bounds=bounds, beside=beside)


def _breakable(name: Any) -> Markup:
    """A name that may be broken after an underscore, where a column is narrow."""
    return escape(str(name)).replace("_", Markup("_<wbr>"))


def _capital(text: str) -> str:
    return text[:1].upper() + text[1:]


def _css_fill(look: Look) -> Markup:
    """The look of a verdict as a CSS background: its fill, and its hatch as stripes."""
    angles = {"///": (135,), "xx": (45, 135)}.get(look.hatch, ())
    stripes = [
        f"repeating-linear-gradient({a}deg, {look.line} 0 1.5px, transparent 1.5px 6px)"
        for a in angles
    ]
    dots = (
        [f"radial-gradient({look.line} 1px, transparent 1.3px) 0 0 / 5px 5px"]
        if look.hatch == ".."
        else []
    )
    return Markup(", ".join([*stripes, *dots, look.fill]))


def _is_refused(found: Any) -> bool:
    return isinstance(found, Refused)
