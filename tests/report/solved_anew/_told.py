"""What a sentence is about, and games solved anew for it, by nothing but ``solve``."""

from __future__ import annotations

import random
import re
from collections.abc import Collection, Iterable, Mapping, Sequence
from fractions import Fraction
from functools import cached_property
from typing import Any

import attrs

from strategy import Model, Status, solve
from strategy.report.question import Question
from strategy.sensitivity.analyses.catalogue import ALL as ANALYSES

__all__ = ["FEW", "MANY", "SOME", "Told", "does", "leads"]

FEW, SOME, MANY = 12, 40, 400
_games: dict[Any, tuple[Any, Any]] = {}
_solutions: dict[Any, Any] = {}


@attrs.frozen(eq=False)
class Told:
    """What a sentence is about: the question, the concept of its heading, the term and the
    heading that it stands under; ``beside``: all that is said under that heading, and
    ``place`` which of it this is."""

    question: Question
    concept: Any
    section: str
    under: str
    heading: str
    beside: Sequence[str] = ()
    place: int = 0

    @property
    def model(self) -> Model:
        return self.question.model

    @cached_property
    def base(self) -> dict[str, Fraction]:
        return dict(self.model.parameters.read(self.question.at))

    @property
    def outcome(self) -> Any:
        """That which the heading names in quotes; the one asked about otherwise."""
        named = [
            one
            for label, one in self.model.outcomes.items()
            if f"“{label}”" in self.heading or f"{label!r}" in self.heading
        ]
        return named[0] if len(named) == 1 else self.question.outcome

    def last(self, pattern: str) -> re.Match[str]:
        """The nearest sentence before this one that fits a pattern."""
        found = [
            match
            for one in self.beside[: self.place]
            if (match := re.fullmatch(pattern, one))
        ]
        assert found, f"nothing before it fits {pattern}"
        return found[-1]

    def beside_it(self, pattern: str) -> re.Match[str] | None:
        """A sentence under the same heading that fits a pattern."""
        return next(
            (match for one in self.beside if (match := re.fullmatch(pattern, one))), None
        )

    def again(self) -> Any:
        """The analysis of this section, run again: for what a sentence leaves to its
        table."""
        function = next(one for one in ANALYSES if one.key == self.section).load()
        return function(self.model, self.concept, self.outcome.name, at=self.question.at)

    # -- solved anew

    def game(
        self, values: Mapping[str, Any] | None = None, model: Model | None = None
    ) -> Any:
        """The game at these values, over those asked about; kept, as many sentences are
        about the same values."""
        asked, given = model or self.model, {**self.question.at, **(values or {})}
        place = (id(asked), tuple(sorted(given.items())))
        if place not in _games:
            _games[place] = (
                asked.game(at={name: Fraction(value) for name, value in given.items()}),
                asked,
            )
        return _games[place][0]  # the model is kept as well: no other gets its identity

    def solution(
        self, values: Mapping[str, Any], concept: Any = None, model: Model | None = None
    ) -> Any:
        """That game, solved; kept likewise."""
        game, asked = self.game(values, model), concept or self.concept
        if (id(game), asked) not in _solutions:
            _solutions[id(game), asked] = solve(game, asked)
        return _solutions[id(game), asked]

    def probabilities(
        self,
        values: Mapping[str, Any],
        concept: Any = None,
        outcome: Any = None,
        model: Model | None = None,
    ) -> list[Any]:
        """That of the outcome in each equilibrium."""
        solution = self.solution(values, concept, model)
        assert solution.status in (Status.COMPLETE, Status.NONE_EXISTS), (
            "solved anew, the set is not known to be whole"
        )
        return self.chances(solution, outcome)

    def chances(self, solution: Any, outcome: Any = None) -> list[Any]:
        """How probable the outcome is in each equilibrium of a solution."""
        holds = (outcome or self.outcome).holds
        # from 0, as some are balls
        return [
            sum(weight for play, weight in one.plays.items() if holds(play))
            for one in solution
        ]

    def verdict(self, values: Mapping[str, Any], **more: Any) -> str:
        """EVERY, SOME, NO or NONE_EXISTS in lower case."""
        found = set(self.probabilities(values, **more))
        return (
            "none exists"
            if not found
            else "every"
            if found == {1}
            else "no"
            if found == {0}
            else "some"
        )

    def likely(self, values: Mapping[str, Any], **more: Any) -> tuple[Any, ...]:
        """The least and the greatest probability of the outcome; nothing where there is no
        equilibrium."""
        found = self.probabilities(values, **more)
        return (min(found), max(found)) if found else ()

    def payoffs(self, who: str, values: Mapping[str, Any]) -> list[Any]:
        return [one.payoffs[who] for one in self.solution(values)]

    # -- one general reader: who changes the verdict, and who does not

    def same(
        self, points: Iterable[Mapping[str, Any]], by: Any = None, **more: Any
    ) -> None:
        """Nothing is another at these points than at the values asked about."""
        judge = by or self.verdict
        before = judge({}, **more)
        for at in points:
            found = judge(at, **more)
            assert found == before, (
                f"{found} at {', '.join(f'{name} = {value}' for name, value in at.items())}"
            )

    def exactly(
        self,
        stated: Collection[str],
        places: Mapping[str, Sequence[tuple[Mapping[str, Any], Model | None]]],
        by: Any = None,
    ) -> None:
        """Those named, and no others, have a place at which the verdict is another than at
        the values asked about."""
        judge = by or self.verdict
        before = judge({})
        assert set(stated) <= set(places), f"{set(stated) - set(places)} could not be asked"
        for name, where in places.items():
            changed = any(judge(values, model=model) != before for values, model in where)
            assert changed == (name in stated), (
                f"{name} {'changes' if changed else 'does not change'} it"
            )

    # -- points of the ranges

    def between(self, name: str, share: Fraction) -> Fraction:
        one = self.model.parameters[name]
        return one.low + (one.high - one.low) * share

    def width(self, name: str) -> Fraction:
        return self.model.parameters[name].high - self.model.parameters[name].low

    def inside(self, values: Mapping[str, Fraction]) -> dict[str, Fraction]:
        """The same values, moved into the ranges."""
        ranges = self.model.parameters
        return {
            name: min(max(value, ranges[name].low), ranges[name].high)
            for name, value in values.items()
        }

    def along(self, name: str, steps: int = FEW) -> list[dict[str, Fraction]]:
        """Values along a whole range."""
        return [{name: self.between(name, Fraction(i, steps))} for i in range(steps + 1)]

    def drawn(
        self, count: int, only: Iterable[str] | None = None
    ) -> list[dict[str, Fraction]]:
        """Points of the range box, the others as asked."""
        luck, names = (
            random.Random(0),
            list(only if only is not None else self.model.parameters),
        )
        return [
            {
                name: self.between(name, Fraction(luck.randrange(1, 997), 997))
                for name in names
                if name not in self.question.at
            }
            for _ in range(count)
        ]

    @property
    def free(self) -> list[str]:
        """The parameters that analyses of distances move: not those given a value, nor
        probabilities of chance."""
        return [
            name
            for name in self.model.parameters
            if name not in self.question.at and name not in self.lawful
        ]

    @property
    def lawful(self) -> set[str]:
        """The parameters that probabilities of chance depend on."""
        laws = [amount for law in getattr(self.model.form, "laws", ()) for amount in law]
        return {
            str(symbol) for amount in laws for symbol in getattr(amount, "free_symbols", ())
        }

    def box(self, size: Fraction, count: int = SOME) -> list[dict[str, Fraction]]:
        """Points of the box of so large a share of each range around the values, inside and
        at corners by turns."""
        luck, found = random.Random(1), []
        for i in range(count):
            steps = {
                n: Fraction(luck.choice((-1, 1)))
                if i % 2
                else Fraction(luck.randrange(-996, 997), 997)
                for n in self.free
            }
            found.append(
                self.inside(
                    {
                        n: self.base[n] + step * size * self.width(n)
                        for n, step in steps.items()
                    }
                )
            )
        return found


def does(equilibrium: Any, who: str) -> set[str]:
    """What a player, or chance, does in an equilibrium wherever it comes to that."""
    return {
        what
        for play in equilibrium.plays
        for player, place, what in play.steps
        if who in (player, place)
    }


def leads(play: str, equilibrium: Any) -> bool:
    """Whether an equilibrium leads to a play as a sentence has it: with chance to all its
    events, and to what follows one of them, which stands in brackets, but for what has no
    probability."""
    after = re.findall(r"\[([^\]]+)\]", play)
    plain = re.sub(r"\((?:[^()]|\([^()]*\))*\)", "", re.sub(r" \[[^\]]+\]", "", play))
    sure, maybe = _steps(plain), set().union(*map(_steps, after))
    done = {
        (who or place, what) for one in equilibrium.plays for who, place, what in one.steps
    }
    chance = {
        place for one in equilibrium.plays for who, place, _ in one.steps if who is None
    }
    return done <= sure | maybe and {step for step in sure if step[0] not in chance} <= done


def _steps(text: str) -> set[tuple[str, str]]:
    parts = [part.strip().partition(": ") for part in text.split(", ")]
    return {
        (who, what.strip()) for who, _, several in parts for what in several.split(" or ")
    }
