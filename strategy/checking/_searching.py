"""Searching for a counter-example.

Among many values in floats where that can be, and with Hypothesis.
"""

from __future__ import annotations

from typing import Any

from strategy import deadline
from strategy.checking._budget import Budget
from strategy.checking._range import Values, then
from strategy.checking._sweeping import ExampleSweep

__all__ = ["searched"]


_SWEPT = 100
"""How many values are swept in floats for one that Hypothesis draws."""


class _FoundExample(Exception):
    """Ends a search."""


def searched(
    judge: Any, sweep: ExampleSweep | None, examples: int, seed: int, budget: Budget
) -> tuple[Values | None, int]:
    """A place where the check fails, if met before the time is up, and how many were tried.

    ``judge``: tells where the check fails; ``sweep``: looks at many values at once, None
    where that cannot be; ``examples``: how many to try, drawn from ``seed``; ``budget``:
    the time that it may take.
    """
    if sweep is None:
        return _generated(judge, examples, seed, budget)
    values = sweep.least(3)
    if values is None:
        values = sweep.drawn(_SWEPT * examples, seed)
    if values is not None:
        return values, sweep.looked
    values, tried = _generated(judge, examples, seed, budget)
    return values, sweep.looked + tried


def _generated(
    judge: Any, examples: int, seed: int, budget: Budget
) -> tuple[Values | None, int]:
    """With Hypothesis, whose values are simple ones, ends and baselines above all."""
    from hypothesis import (
        HealthCheck,
        Phase,
        Verbosity,
        assume,
        given,
        seed as seeded,
        settings,
        strategies as st,
    )
    from hypothesis.errors import Unsatisfiable

    from strategy.generators import parameter_values, values_within

    tried, last = 0, {}

    def property_(values: Values) -> None:
        nonlocal tried, last
        if budget.over:
            return
        assume(judge.range.inside(values))
        tried += 1
        try:
            fails = judge.fails(values)
        except deadline.OutOfTime:
            # Hypothesis would draw the values again; whoever asked for the search looks at
            # the clock behind it
            return
        if fails:
            last = dict(values)
            raise _FoundExample

    where = judge.range.model
    more = {then(label): values_within(where.parameters[label]) for label in judge.extra}
    drawn = st.tuples(parameter_values(where), st.fixed_dictionaries(more)).map(
        lambda pair: {**pair[0], **pair[1]}
    )
    options = settings(
        max_examples=examples,
        database=None,
        deadline=None,
        phases=(Phase.generate,),
        suppress_health_check=list(HealthCheck),
        verbosity=Verbosity.quiet,
        print_blob=False,
        report_multiple_bugs=False,
    )
    try:
        options(seeded(seed)(given(drawn)(property_)))()
    except _FoundExample:
        return last, tried
    except Unsatisfiable:
        pass  # no values within the limits were drawn
    return None, tried
