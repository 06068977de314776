"""Running the checks of claims.

Proved exactly where that can be, else searched for a counter-example, which is shrunk.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from typing import Any

import attrs

from strategy import deadline
from strategy.assumptions.checks import (
    BestReply,
    Check,
    Complements,
    Monotone,
    Occurs,
    Payoff,
    Prefers,
    Threshold,
    VerdictCheck,
)
from strategy.assumptions.conditions import Compiler
from strategy.assumptions.model import Model
from strategy.assumptions.parameters import parameter_name
from strategy.checking._budget import Budget
from strategy.checking._payoffs import PayoffJudge
from strategy.checking._range import Values
from strategy.checking._searching import searched
from strategy.checking._shrinking import shrunk
from strategy.checking._sweeping import ExampleSweep
from strategy.checking._verdicts import MonotoneJudge, OccursJudge, ThresholdJudge
from strategy.checking.counterexamples import CounterExample, Moved
from strategy.checking.results import Checked, CheckedClaim, Result, Ruling
from strategy.concepts.choices import choose, fitting
from strategy.deadline import require_seconds
from strategy.errors import (
    ModelError,
    NumberError,
    ParameterError,
    RefusalError,
    SizeError,
    StrategyError,
)
from strategy.exact import whole
from strategy.names import name, ordered, unknown

__all__ = ["check", "rule"]


def check(
    model: Model,
    at: Mapping[str, Any] | None = None,
    *,
    claims: Iterable[str] | None = None,
    examples: int = 200,
    seed: int = 0,
    seconds: float | None = None,
    seconds_per_check: float = 10.0,
    progress: Callable[[int, int, str], None] | None = None,
) -> Checked:
    """Run the checks of a model's claims over its range box; ``at`` fixes parameters.

    Each check is proved exactly where payoffs are affine in what moves (and often where
    they are polynomials), else looked for counter-examples at ``examples`` values that
    Hypothesis draws, the same for the same ``seed``. Verdicts on pure equilibria, which
    floats tell at thousands of values at once, are first looked at where up to three
    parameters move, and at a hundred times as many values at random. What raising a
    parameter never does to a verdict is looked into exactly last, the longer the more
    examples are asked for. ``seconds_per_check`` (of the processor) limits each check: one
    that is cut short by it says so (``Ruling.cut``), and all others are the same on every
    machine. ``seconds`` (of the clock) limits the whole: readings that are done by then are
    kept (``CheckedClaim.unseen`` counts the others of a claim), claims with none are named
    (``left``, ``late``), and required claims that are not done do not pass. An interrupt
    (Ctrl-C) keeps what is done too. ``claims``: only these, by id. ``progress`` is called
    before each claim with how many are done, how many there are, its id.
    """
    _require_effort(examples, seed, seconds_per_check, "seconds_per_check")
    require_seconds(seconds)
    asked = (
        list(model.claims)
        if claims is None
        else [name(one, "claim id") for one in ordered(claims, "claims", ModelError)]
    )
    for label in asked:
        if label not in model.claims:
            raise ModelError(unknown(label, model.claims, "claim"))
    values = model.parameters.read(at)
    given = {parameter_name(label): values[parameter_name(label)] for label in at or ()}
    got: dict[str, list[Ruling]] = {}
    late = False
    try:
        with deadline.within(seconds):
            for label in asked:
                if progress is not None:
                    progress(len(got), len(asked), label)
                rulings = got.setdefault(label, [])
                for one in model.claims[label].checks:
                    rulings.append(
                        _rule(one, model, given, examples, seed, seconds_per_check)
                    )
    except KeyboardInterrupt:
        pass  # what is done is kept, and the rest is named
    except deadline.OutOfTime:
        deadline.check()  # an end that was set before is for whoever set it
        late = True
    found = [
        CheckedClaim(model.claims[label], tuple(rulings)) for label, rulings in got.items()
    ]
    done = {one.claim.id: one for one in found if one.rulings or not one.claim.checks}
    left = tuple([label for label in asked if label not in done])
    return Checked(model, given, tuple(done.values()), examples, seed, left, late)


def rule(
    check: Check,
    model: Model,
    at: Mapping[str, Any] | None = None,
    *,
    examples: int = 200,
    seed: int = 0,
    seconds: float = 10.0,
) -> Ruling:
    """Run one check, which need not belong to a claim of the model.

    ``at`` fixes parameters (name -> value). Where nothing is proved, ``examples`` values,
    drawn from ``seed``, are looked at for a counter-example, for at most ``seconds`` of the
    processor. Raises ModelError where the check names what the model lacks.
    """
    _require_effort(examples, seed, seconds)
    if not isinstance(check, Check):
        raise ModelError(
            f"{check!r} is not a check: give one such as Occurs('corridor open', 'every')"
        )
    check.require(model.parameters, model.outcomes, Compiler(model.form))
    return _rule(check, model, at, examples, seed, seconds)


def _require_effort(
    examples: int, seed: int, seconds: float, called: str = "seconds"
) -> None:
    whole(examples, "examples", 1)
    whole(seed, "seed", 0)
    require_seconds(seconds, called)
    if not seconds:
        raise ParameterError(
            f"{called}={seconds!r}: expected a positive number of seconds for each check, "
            "such as 10"
        )


def _rule(
    check: Check,
    model: Model,
    at: Mapping[str, Any] | None,
    examples: int,
    seed: int,
    seconds: float,
) -> Ruling:
    """The result; raises OutOfTime where the end of the whole comes first."""
    deadline.check()
    found = _ruled(check, model, at, examples, seed, Budget(seconds))
    if found.result in (Result.NOT_REFUTED, Result.NOT_STATED):
        # a search that the end of the whole cut short says nothing of the check
        deadline.check()
    return attrs.evolve(found, concept=_concept(check, model), label=model.label)


def _concept(check: Check, model: Model) -> Any:
    """The concept whose equilibria a check speaks of.

    It is None if the check speaks of none, or if no concept takes the game.
    """
    if not isinstance(check, VerdictCheck) or isinstance(
        getattr(check, "of", None), Payoff
    ):
        return None
    try:
        return (
            choose(check.concept) if check.concept is not None else fitting(model.game())[0]
        )
    except StrategyError:
        return None


def _ruled(
    check: Check,
    model: Model,
    at: Mapping[str, Any] | None,
    examples: int,
    seed: int,
    budget: Budget,
) -> Ruling:
    if isinstance(check, VerdictCheck) and check.concept is not None:
        choose(check.concept)  # a name that no concept has is an error, and no result
    if isinstance(check, VerdictCheck) and check.played:
        model = model.with_actions(check.played)
    try:
        judge = _judge(check, model, at)
        sweep = ExampleSweep(judge, budget) if judge.sweeps else None
        if judge.fails(judge.range.base):
            return _refuted(check, model, judge, sweep, dict(judge.range.base), 1, budget)
        found = judge.settle(budget, sweep)
    except ParameterError:
        raise  # a value that is out of its range is not an answer
    # the last two: amounts that are not polynomials
    except (RefusalError, SizeError, ModelError, NumberError) as error:
        return Ruling(
            check, Result.NOT_STATED, reason=str(error).removeprefix(f"{check.words()}: ")
        )
    if found is True:
        return Ruling(check, Result.PROVED)
    if isinstance(found, dict):
        return _refuted(
            check, model, judge, sweep, found, 0 if sweep is None else sweep.looked, budget
        )
    if not judge.needs_search:
        return Ruling(
            check,
            Result.NOT_STATED,
            reason="the verdict is not settled along the parameter",
            cut=budget.cut,
        )
    values, tried = searched(judge, sweep, examples, seed, budget)
    if values is None and (found := judge.settle_slowly(budget, examples)) is True:
        return Ruling(check, Result.PROVED)
    values = found if isinstance(found, dict) else values
    if values is None and not tried:
        return Ruling(
            check,
            Result.NOT_STATED,
            reason="none of the values that were tried meets the limits",
            cut=budget.cut,
        )
    if values is None:
        return Ruling(check, Result.NOT_REFUTED, tried, cut=budget.cut)
    return _refuted(check, model, judge, sweep, values, tried, budget)


def _judge(check: Check, model: Model, at: Mapping[str, Any] | None) -> Any:
    if isinstance(check, Occurs):
        return OccursJudge(check, model, at)
    if isinstance(check, Threshold):
        return ThresholdJudge(check, model, at)
    if isinstance(check, Monotone) and not isinstance(check.of, Payoff):
        return MonotoneJudge(check, model, at)
    assert isinstance(check, (Prefers, BestReply, Monotone, Complements))
    return PayoffJudge(check, model, at)


def _refuted(
    check: Check,
    model: Model,
    judge: Any,
    sweep: ExampleSweep | None,
    values: Values,
    tried: int,
    budget: Budget,
) -> Ruling:
    least = shrunk(judge, sweep, values, budget)
    start = judge.range.base
    moved = [
        Moved(label, start[label], least[label])
        for label in judge.range.moving
        if least[label] != start[label]
    ]
    moved = [one for one in moved if one.parameter not in judge.extra]
    evidence = judge.evidence(least, tuple([one.parameter for one in moved]))
    known = {label: least[label] for label in judge.model.parameters}
    if evidence.raised is not None:
        known[evidence.raised.parameter] = evidence.raised.value
    return Ruling(
        check,
        Result.REFUTED,
        tried,
        CounterExample(model, known, tuple(moved), evidence),
        cut=budget.cut,
    )
