"""Searching for a counter-example with Hypothesis: values inside the ranges, the same for the same seed."""

from __future__ import annotations

import time
from typing import Any

from strategy.checking._range import Values
from strategy.checking._verdicts import then

__all__ = ["searched"]


class _Found(Exception):
    """Ends a search."""


def searched(judge: Any, examples: int, seed: int, until: float) -> tuple[Values | None, int]:
    """A place where the check fails, if one is met within so many examples, before the time is up; and how many were tried."""
    from hypothesis import HealthCheck, Phase, Verbosity, given, settings
    from hypothesis import seed as seeded
    from hypothesis import strategies as st

    from strategy.generators import parameter_values, values_within

    tried, last = 0, {}

    def property_(values: Values) -> None:
        nonlocal tried, last
        if time.process_time() > until:
            return
        tried += 1
        if judge.fails(values):
            last = dict(values)
            raise _Found

    where = judge.range.model
    more = {then(label): values_within(where.parameters[label]) for label in judge.extra}
    drawn = st.tuples(parameter_values(where), st.fixed_dictionaries(more)).map(lambda pair: {**pair[0], **pair[1]})
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
    except _Found:
        return last, tried
    return None, tried
