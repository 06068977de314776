"""The analyses that every model can be asked for, by name.

Commands, sections of the report and figures are derived from here.

Nothing is imported before it is used, so that the command line can list them at once.
"""

from __future__ import annotations

import importlib
import inspect
from collections.abc import Callable, Iterable
from typing import TYPE_CHECKING, Any, NamedTuple, get_args, get_origin

from strategy.registry import loaded

if TYPE_CHECKING:
    # what strategy.sensitivity hands on
    from strategy.sensitivity.analyses.ablation import (
        Ablation as Ablation,
        ClaimShares as ClaimShares,
        Wrong as Wrong,
        ablation as ablation,
    )
    from strategy.sensitivity.analyses.best_reply_shares import (
        ActionReplies as ActionReplies,
        BestReplies as BestReplies,
        best_replies as best_replies,
    )
    from strategy.sensitivity.analyses.blocking import (
        Blocking as Blocking,
        Restricted as Restricted,
        blocking as blocking,
    )
    from strategy.sensitivity.analyses.commitment import (
        Commitments as Commitments,
        PlayerCommitment as PlayerCommitment,
        commitment as commitment,
    )
    from strategy.sensitivity.analyses.conditions import (
        Condition as Condition,
        Conditions as Conditions,
        Polyhedron as Polyhedron,
        conditions as conditions,
    )
    from strategy.sensitivity.analyses.coordination import (
        Coordination as Coordination,
        Trust as Trust,
        coordination as coordination,
    )
    from strategy.sensitivity.analyses.drivers import drivers as drivers
    from strategy.sensitivity.analyses.drivers_finding import (
        Drivers as Drivers,
        Influence as Influence,
    )
    from strategy.sensitivity.analyses.flip import Flip as Flip, flip as flip
    from strategy.sensitivity.analyses.information import (
        Information as Information,
        Knowing as Knowing,
        information as information,
    )
    from strategy.sensitivity.analyses.orders import (
        Orders as Orders,
        Turn as Turn,
        orders as orders,
    )
    from strategy.sensitivity.analyses.question import (
        Answer as Answer,
        NextQuestion as NextQuestion,
        Question as Question,
        question as question,
    )
    from strategy.sensitivity.analyses.radius import Radius as Radius, radius as radius
    from strategy.sensitivity.analyses.regions import (
        Cell as Cell,
        Corner as Corner,
        Edge as Edge,
        Regions as Regions,
        regions as regions,
    )
    from strategy.sensitivity.analyses.regret import (
        ActionRegret as ActionRegret,
        PlayerRegret as PlayerRegret,
        Regret as Regret,
        regret as regret,
    )
    from strategy.sensitivity.analyses.robustness import (
        Robustness as Robustness,
        robustness as robustness,
    )
    from strategy.sensitivity.analyses.statics import (
        Effect as Effect,
        Entry as Entry,
        Statics as Statics,
        Witness as Witness,
        statics as statics,
    )
    from strategy.sensitivity.analyses.stress import (
        Stress as Stress,
        StressPath as StressPath,
        stress as stress,
    )
    from strategy.sensitivity.analyses.terms import (
        RescaledTerm as RescaledTerm,
        TermAblation as TermAblation,
        terms as terms,
    )
    from strategy.sensitivity.analyses.thresholds import (
        Thresholds as Thresholds,
        thresholds as thresholds,
    )
    from strategy.sensitivity.analyses.tipping import (
        Life as Life,
        Switch as Switch,
        Tipping as Tipping,
        tipping as tipping,
    )
    from strategy.sensitivity.analyses.tornado import (
        Bar as Bar,
        Solved as Solved,
        Tornado as Tornado,
        tornado as tornado,
    )
    from strategy.sensitivity.analyses.triviality import (
        dominant_actions as dominant_actions,
        idle_parameters as idle_parameters,
        moving_shares as moving_shares,
        weighed_parameters as weighed_parameters,
    )
    from strategy.sensitivity.analyses.variants import (
        Variant as Variant,
        Variants as Variants,
        variants as variants,
    )

EQUILIBRIA = "Its equilibria"
FAR = "How far assumptions can move"
DRIVES = "What drives the outcome"
CLAIMS = "Claims and statements"


class Analysis(NamedTuple):
    """One analysis, as the command line, the report and the figures know it.

    To add another, write its file, with a function and a Finding that it returns, and a
    line in ``ALL``, or, in a package of one's own, an entry point ``strategy.analyses``.

    ``key``: its command and its section; ``title``: its heading. ``asks``: what one wants
    to know who asks for it, under which it stands in the list of commands. ``function``:
    itself, or "place:name" in ``strategy.sensitivity`` (default: the one called as its
    command is). It takes (model, concept, outcome, at), or several outcomes where it says
    so of their type, and options of its own, keyword-only (others are arguments of the
    command), each ``Annotated[type, "help"]`` and with a default; one that a command line
    may repeat is ``Annotated[type, "help", reader]``, and the reader makes the value from a
    list of texts. One that takes ``progress`` too is told a function to call with how many
    rows are done, and of how many. ``figure``: the X of ``plot_X(finding, ax)`` and
    ``X_size(finding)`` in ``strategy.plots``, or in a module that an entry point
    ``strategy.figures`` named X gives. ``in_report``: whether a report has a section of it,
    asked with its defaults; ``section``: the key of another that shows it, about the
    question's map. ``examples``: what to type after its command. ``writes``: of one with an
    option ``out`` for a folder, the file in it whose place is tried before any work.
    """

    key: str
    title: str
    function: str | Callable[..., Any] = ""
    figure: str = ""
    in_report: bool = True
    section: str = ""
    asks: str = "Also"
    examples: tuple[str, ...] = (
        "corridor.activation",
        "corridor.activation --set russia_attention=0.2 --json",
    )
    writes: str = ""

    def load(self) -> Callable[..., Any]:
        """The function."""
        if callable(self.function):
            return self.function
        file, _, label = (self.function or f"analyses.{self.key}:{self.key}").partition(":")
        return getattr(  # type: ignore[no-any-return]
            importlib.import_module(f"strategy.sensitivity.{file}"), label
        )

    def parameters(self) -> dict[str, inspect.Parameter]:
        """All that the function takes, by name."""
        return dict(inspect.signature(self.load(), eval_str=True).parameters)

    def several_outcomes(self) -> bool:
        """Whether it may be asked about more than one outcome."""
        kinds = get_args(list(self.parameters().values())[2].annotation)
        return any(get_origin(one) is Iterable for one in kinds)

    def options(self) -> dict[str, inspect.Parameter]:
        """What the function takes of its own, by name."""
        own = list(self.parameters().items())[4:]
        return {label: one for label, one in own if label != "progress"}

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
        function="analyses.map:mapped",
        asks=FAR,
        figure="regions",
        in_report=False,
        section="region_map",
    ),
    Analysis(
        "thresholds",
        "How far each assumption can move",
        function="analyses.thresholds:along_each",
        asks=FAR,
        figure="thresholds",
    ),
    Analysis(
        "radius",
        "The smallest joint move of assumptions that changes the verdict",
        asks=FAR,
        figure="radius",
    ),
    Analysis(
        "flip",
        "The cheapest change of assumptions that brings the outcome about",
        asks=FAR,
        figure="radius",
    ),
    Analysis(
        "conditions",
        "Under which conditions each equilibrium remains one",
        asks=FAR,
        figure="conditions",
    ),
    Analysis(
        "ablation",
        "Which claims, if wrong, change the verdict",
        asks=CLAIMS,
        figure="ablation",
    ),
    Analysis(
        "stress",
        "How far assumptions can move in a stated direction before the verdict changes",
        asks=FAR,
        figure="stress",
    ),
    Analysis(
        "statics",
        "What raising one parameter does to the outcome and the payoffs",
        asks=DRIVES,
        figure="statics",
    ),
    Analysis(
        "tornado",
        "What moving one parameter to an end of its range does",
        asks=DRIVES,
        figure="tornado",
    ),
    Analysis(
        "drivers",
        "How often the outcome comes about under stated distributions, and what drives that",
        asks=DRIVES,
        figure="drivers",
    ),
    Analysis("tipping", "How long each equilibrium lasts", asks=FAR, figure="tipping"),
    Analysis(
        "coordination",
        "Which equilibria need coordination, and which is the safest",
        asks=EQUILIBRIA,
        figure="coordination",
    ),
    Analysis(
        "commitment",
        "What being bound to an action is worth",
        asks=EQUILIBRIA,
        figure="commitment",
    ),
    Analysis("blocking", "Who stands in the way of the outcome", asks=DRIVES),
    Analysis("variants", "What the answer owes to how the model was built", asks=DRIVES),
    Analysis(
        "information",
        "What knowing an assumption beforehand is worth",
        asks=DRIVES,
        figure="information",
    ),
    Analysis(
        "robustness",
        "Whether the verdict survives another solution concept",
        asks=EQUILIBRIA,
        figure="robustness",
    ),
    Analysis(
        "orders",
        "What follows if the players move in turn",
        asks=EQUILIBRIA,
        figure="orders",
        in_report=False,
    ),
    Analysis(
        "regret",
        "Which action has minimax regret",
        asks=DRIVES,
        figure="regret",
        in_report=False,
    ),
    Analysis(
        "terms",
        "Which terms the verdict needs as they are: a diagnosis, not a test",
        asks=DRIVES,
        figure="terms",
        in_report=False,
    ),
    Analysis(
        "question",
        "Which question to the analyst would tell most about the verdict",
        asks=DRIVES,
        figure="question",
        in_report=False,
    ),
    Analysis(
        "sweep",
        "The verdict at millions of parameter values",
        function="sweeping.sweep:sweep_into",
        asks=FAR,
        in_report=False,
        examples=(
            "corridor.activation --samples 1000000 --seed 1 --out build/sweep --workers 2",
            "corridor.sequence --samples 65536 --design sobol --out build/sobol",
            (
                "corridor.sequence --grid russia_attention=101 --grid normalisation=101 "
                "--out build/grid"
            ),
            "corridor.sequence --rows values.csv --out build/rows",
        ),
        writes="_manifest.json",
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
