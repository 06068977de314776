"""Courses: what is played in one equilibrium. Where chance moves that is several plays, told apart from other equilibria by what
the players do on the way, whatever chance does and however likely it is."""

from __future__ import annotations

from fractions import Fraction

import attrs

from strategy.assumptions.model import Model
from strategy.assumptions.polynomials import is_polynomial
from strategy.display import number
from strategy.errors import RefusalError
from strategy.forms.extensive import ExtensiveForm
from strategy.forms.plays import Play
from strategy.sensitivity.deciding.found import Decider
from strategy.sensitivity.deciding.slices import Signs
from strategy.sensitivity.deciding.tree_decider import InductionRun, TreeDecider

__all__ = ["Course", "There"]

_MOST = 500


@attrs.frozen
class Course:
    """What is played in an equilibrium: ``plays``, one, or where chance moves those of positive probability, and in words.

    ``numbers``: of these plays; ``leaves``: of all that agree with it, those after an event of probability 0 among them, as it
    says nothing about what follows there.
    """

    plays: tuple[Play, ...]
    words: str = attrs.field(eq=False)
    numbers: frozenset[int] = attrs.field(eq=False, repr=False)
    leaves: frozenset[int] = attrs.field(eq=False, repr=False)

    def __str__(self) -> str:
        return self.words


class There:
    """The equilibria at one place, by what is played in them."""

    def __init__(self, decide: Decider, signs: Signs, plays: frozenset[int]) -> None:
        self.model, self.plays = decide.slice.model, plays
        # Without events of chance every play is an equilibrium of its own.
        chance = isinstance(decide, TreeDecider) and bool(decide.laws)
        self.decide, self.run = decide, decide.run(signs) if chance and isinstance(decide, TreeDecider) else None

    def courses(self) -> list[Course]:
        """All of them, in a settled order. Raises RefusalError where ties under chance make too many."""
        if self.run is None or not isinstance(self.decide, TreeDecider):
            return [_alone(self.model, play) for play in sorted(self.plays)]
        listing = self.run.listing
        count = listing.distribution_count()
        if count > _MOST:
            raise RefusalError(f"ties under chance make {count:,} equilibria here, too many to follow: ask at other values")
        return [_course(self.model, self.run, listing.distribution(i)) for i in range(count)]

    def has(self, course: Course) -> bool:
        """Whether there is an equilibrium with this course."""
        if self.run is None or not isinstance(self.decide, TreeDecider):
            return bool(course.leaves & self.plays)
        return self.decide.keeps_within(self.run, course.leaves)


def _alone(model: Model, play: int) -> Course:
    found = model.form.play(play)
    return Course((found,), str(found), frozenset([play]), frozenset([play]))


def _course(model: Model, run: InductionRun, chosen: dict[int, list[int]]) -> Course:
    """From the classes of one distribution over plays, and for each the way it is made."""
    form, listing = run.listing.form, run.listing
    below = {listing.owner(k): [listing.owner(part) for part in link] for k, link in chosen.items()}
    ends = [int(form.leaf_number[node]) for node in below if form.mover[node] == -2]
    dead = [child for node in below if form.mover[node] == -1 for child in listing.children(node) if not listing.alive[child]]
    plays = tuple([form.play(play) for play in sorted(ends)])
    return Course(plays, _words(model, form, 0, below), frozenset(ends), frozenset([*ends, *_leaves(form, dead)]))


def _leaves(form: ExtensiveForm, nodes: list[int]) -> list[int]:
    """The plays that lead through some nodes."""
    found, stack = [], list(nodes)
    while stack:
        node = stack.pop()
        if form.mover[node] == -2:
            found.append(int(form.leaf_number[node]))
        stack += range(int(form.first[node]), int(form.first[node + 1]))
    return found


def _words(model: Model, form: ExtensiveForm, node: int, below: dict[int, list[int]]) -> str:
    """ "Captain: sail, weather: storm (p) [Pilot: guide] or calm (1 - p)": what follows an event alone stands in brackets."""
    said: list[str] = []
    while form.mover[node] >= 0:
        (child,) = below[node]
        said.append(f"{form.players[form.mover[node]]}: {_label(form, node, child)}")
        node = child
    if form.mover[node] == -1:
        events = []
        for child in below[node]:
            event = f"{_label(form, node, child)} ({_probability(model, int(form.law[node]), child - int(form.first[node]))})"
            after = _words(model, form, child, below) if form.mover[child] != -2 else ""
            events.append(f"{event} [{after}]" if after else event)
        said.append(f"{form.chance_names[node]}: {' or '.join(events)}")
    return ", ".join(said) or "(nothing is played)"


def _label(form: ExtensiveForm, node: int, child: int) -> str:
    action: str = form.action_lists[form.label[node]][child - int(form.first[node])]
    return action


def _probability(model: Model, law: int, event: int) -> str:
    assert model.laws is not None
    amount = model.laws.amounts[law][event]
    if not is_polynomial(amount) or not amount.is_ground:
        return str(amount.as_expr())
    value = amount.coeff(1)
    return number(Fraction(int(value.numerator), int(value.denominator)))
