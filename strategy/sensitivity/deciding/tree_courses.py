"""Courses of a tree where chance moves.

Told apart by what the players do on the way, whatever chance does and however likely it is.
"""

from __future__ import annotations

import attrs

from strategy.assumptions.amounts import Quotient, as_written
from strategy.assumptions.model import Model
from strategy.display import number
from strategy.errors import RefusalError
from strategy.forms.extensive import ExtensiveForm
from strategy.sensitivity.deciding.courses import Course, There
from strategy.sensitivity.deciding.tree_induction import InductionRun

__all__ = ["ThereInTree", "keeps_within"]

_MOST = 500


@attrs.frozen(eq=False)
class ThereInTree(There):
    """The equilibria of one backward induction."""

    run: InductionRun

    def courses(self) -> list[Course]:
        listing = self.run.listing
        count = listing.distribution_count()
        if count > _MOST:
            raise RefusalError(
                f"ties under chance make {count:,} equilibria here, too many to follow: "
                "ask at other values"
            )
        return [
            _course(self.model, self.run, listing.distribution(i)) for i in range(count)
        ]

    def has(self, course: Course) -> bool:
        return keeps_within(self.run, course.leaves)


def keeps_within(run: InductionRun, leaves: frozenset[int]) -> bool:
    """Whether no other plays than these have positive probability in some equilibrium.

    One that a run found. ``leaves``: these plays.
    """
    listing = run.listing
    form = run.listing.form
    known = dict[int, bool]()
    for k in range(len(listing.classes.values)):  # children first
        node = listing.owner(k)
        if form.mover[node] == -2:
            known[k] = int(form.leaf_number[node]) in leaves
        else:
            known[k] = any(all(known[part] for part in link) for link in listing.links(k))
    return any(known[k] for k in listing.of(0))


def _course(model: Model, run: InductionRun, chosen: dict[int, list[int]]) -> Course:
    """From the classes of one distribution over plays, and for each the way it is made."""
    form, listing = run.listing.form, run.listing
    below = {
        listing.owner(k): [listing.owner(part) for part in link]
        for k, link in chosen.items()
    }
    ends = [int(form.leaf_number[node]) for node in below if form.mover[node] == -2]
    dead = [
        child
        for node in below
        if form.mover[node] == -1
        for child in listing.children(node)
        if not listing.alive[child]
    ]
    plays = tuple([form.play(play) for play in sorted(ends)])
    return Course(
        plays,
        _words(model, form, 0, below),
        frozenset(ends),
        frozenset([*ends, *_leaves(form, dead)]),
    )


def _leaves(form: ExtensiveForm, nodes: list[int]) -> list[int]:
    """The plays that lead through some nodes."""
    found, stack = [], list(nodes)
    while stack:
        node = stack.pop()
        if form.mover[node] == -2:
            found.append(int(form.leaf_number[node]))
        stack += range(int(form.first[node]), int(form.first[node + 1]))
    return found


def _words(
    model: Model, form: ExtensiveForm, node: int, below: dict[int, list[int]]
) -> str:
    """Such as "Captain: sail, weather: storm (p) [Pilot: guide] or calm (1 - p)".

    What follows an event alone stands in brackets.
    """
    said: list[str] = []
    while form.mover[node] >= 0:
        (child,) = below[node]
        said.append(f"{form.players[form.mover[node]]}: {_label(form, node, child)}")
        node = child
    if form.mover[node] == -1:
        events = []
        for child in below[node]:
            event = (
                f"{_label(form, node, child)} "
                f"({_probability(model, int(form.law[node]), child - int(form.first[node]))})"
            )
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
    if isinstance(amount, Quotient) or amount.used:
        return str(as_written(amount, model.parameters.symbols))
    return number(amount.number)
