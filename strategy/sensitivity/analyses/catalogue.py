"""The analyses that every model can be asked for, by name.

Commands, sections of the report and figures are derived from here.

Nothing is imported before it is used, so that the command line can list them at once.
"""

from __future__ import annotations

import importlib
import inspect
from collections.abc import Callable
from typing import Any, NamedTuple

from strategy.registry import loaded

__all__ = ["ALL", "Analysis", "every_analysis"]


class Analysis(NamedTuple):
    """One analysis, as the command line, the report and the figures know it.

    To add another: its file, with a function and a Finding that it returns, and a line in
    ``ALL``, or in a package of one's own an entry point ``strategy.analyses``.

    ``key``: its command and its section; ``title``: its heading in help and reports.
    ``function``: itself, or "module:name" in ``strategy.sensitivity.analyses``; it takes
    (model, concept, outcome, at) and options of its own, keyword-only (others are arguments
    of the command), each ``Annotated[type, "help"]`` and with a default; one that a command
    line may repeat is ``Annotated[type, "help", reader]``, and the reader makes the value
    from a list of texts. ``figure``: the X of ``plot_X(finding, ax)`` and
    ``X_size(finding)`` in ``strategy.plots``, or in a module that an entry point
    ``strategy.figures`` named X gives. ``in_report``: whether a report has a section of it,
    asked with its defaults; ``section``: the key of another that shows it, about the
    question's map.
    """

    key: str
    title: str
    function: str | Callable[..., Any]
    figure: str = ""
    in_report: bool = True
    section: str = ""

    def load(self) -> Callable[..., Any]:
        """The function."""
        if callable(self.function):
            return self.function
        place, _, label = self.function.partition(":")
        return getattr(  # type: ignore[no-any-return]
            importlib.import_module(f"strategy.sensitivity.analyses.{place}"), label
        )

    def options(self) -> dict[str, inspect.Parameter]:
        """What the function takes beside model, concept, outcome and values, by name."""
        return dict(
            list(inspect.signature(self.load(), eval_str=True).parameters.items())[4:]
        )

    def arguments(self) -> tuple[str, ...]:
        """Those of them that a command line takes in their places, without their names."""
        return tuple(
            [
                label
                for label, one in self.options().items()
                if one.kind is not one.KEYWORD_ONLY
            ]
        )


ALL: tuple[Analysis, ...] = (
    Analysis(
        "map",
        "Two assumptions at once",
        "map:mapped",
        "regions",
        in_report=False,
        section="region_map",
    ),
    Analysis(
        "thresholds",
        "How far each assumption can move",
        "thresholds:along_each",
        "thresholds",
    ),
    Analysis(
        "radius",
        "The smallest joint move of assumptions that changes the verdict",
        "radius:radius",
        "radius",
    ),
    Analysis(
        "flip",
        "The cheapest change of assumptions that brings the outcome about",
        "flip:flip",
        "radius",
    ),
    Analysis(
        "conditions",
        "Under which conditions each equilibrium remains one",
        "conditions:conditions",
        "conditions",
    ),
    Analysis(
        "ablation",
        "Which claims, if wrong, change the verdict",
        "ablation:ablation",
        "ablation",
    ),
    Analysis(
        "stress",
        "How far assumptions can move in a stated direction before the verdict changes",
        "stress:stress",
        "stress",
    ),
    Analysis(
        "statics",
        "What raising one parameter does to the outcome and the payoffs",
        "statics:statics",
        "statics",
    ),
    Analysis(
        "tornado",
        "What moving one parameter to an end of its range does",
        "tornado:tornado",
        "tornado",
    ),
    Analysis(
        "drivers",
        (
            "How often the outcome comes about under stated distributions, and what "
            "drives that"
        ),
        "drivers:drivers",
        "drivers",
    ),
    Analysis(
        "tipping", "How long each equilibrium lasts", "tipping:tipping", figure="tipping"
    ),
    Analysis(
        "coordination",
        "Which equilibria need coordination, and which is the safest",
        "coordination:coordination",
        "coordination",
    ),
    Analysis(
        "commitment",
        "What being bound to an action is worth",
        "commitment:commitment",
        "commitment",
    ),
    Analysis(
        "information",
        "What knowing an assumption beforehand is worth",
        "information:information",
        "information",
    ),
    Analysis(
        "robustness",
        "Whether the verdict survives another solution concept",
        "robustness:robustness",
        "robustness",
    ),
    Analysis(
        "orders",
        "What follows if the players move in turn",
        "orders:orders",
        figure="orders",
        in_report=False,
    ),
    Analysis(
        "regret",
        "Which action has minimax regret",
        "regret:regret",
        figure="regret",
        in_report=False,
    ),
    Analysis(
        "terms",
        "Which terms the verdict needs as they are: a diagnosis, not a test",
        "terms:terms",
        figure="terms",
        in_report=False,
    ),
    Analysis(
        "question",
        "Which question to the analyst would tell most about the verdict",
        "question:question",
        "question",
        in_report=False,
    ),
)


def every_analysis() -> dict[str, Analysis]:
    """The analyses by their commands.

    The toolkit's own, and those that other packages have registered.
    """
    found = {one.key: one for one in ALL}
    for one in loaded("analyses", Analysis).values():
        found.setdefault(one.key, one)
    return found
