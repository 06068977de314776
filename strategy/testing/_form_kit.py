"""What every form keeps to.

Plays have numbers, names find them, and masks say who did what.
"""

from __future__ import annotations

from typing import Any

from strategy.protocols import Form
from strategy.testing._common import require, require_copies, require_error, succeed

__all__ = ["check_form"]

_MOST_PLAYS = 2000


def check_form(form: Form) -> None:
    """Raise AssertionError, with the reason in words, where a form is not consistent.

    Players, actions and chance moves have distinct names; every play has a number, and is
    found again by it, as a Play and by what is done on it; ``moves`` says of every play
    what its steps say; unknown names are refused; it can be pickled. Forms of more than
    2,000 plays are looked at in part.
    """
    who = type(form).__name__
    for attribute in (
        "players",
        "actions",
        "chance",
        "play_count",
        "plays",
        "play",
        "find",
        "moves",
    ):
        require(hasattr(form, attribute), f"{form!r} has no {attribute}: it is not a form")
    require_copies(form, who, same=_seen)
    require(form.players, f"{who} has no players")
    require(
        len(set(form.players)) == len(form.players),
        f"{who} names a player twice: {form.players}",
    )
    require(
        tuple(form.actions) == form.players,
        f"{who}.actions is for {tuple(form.actions)}, the players are {form.players}",
    )
    both = set(form.players) & set(form.chance)
    require(not both, f"{who} uses {sorted(both)} for players and for chance moves")
    _check_plays(form, who)
    _check_moves(form, who)
    require_error(f"{who}.find of an unknown player", form.find, {"nobody": "nothing"})
    require_error(f"{who}.find of what is not a play", form.find, 7)


def _numbers(form: Form) -> range:
    return range(0, form.play_count, max(1, form.play_count // _MOST_PLAYS))


def _seen(form: Form) -> Any:
    """What must be the same in a copy."""
    return (
        form.players,
        tuple(form.actions.items()),
        tuple(form.chance.items()),
        [form.play(n).steps for n in _numbers(form)],
    )


def _check_plays(form: Form, who: str) -> None:
    require(form.play_count >= 1, f"{who} has {form.play_count} plays")
    if form.play_count <= _MOST_PLAYS:
        listed = list(form.plays())
        require(
            len(listed) == form.play_count,
            f"{who}.plays() lists {len(listed)} plays, play_count is {form.play_count}",
        )
        require(len(set(listed)) == len(listed), f"{who} lists a play twice")
        require(
            listed == [form.play(n) for n in _numbers(form)],
            f"{who}.plays() and play(number) give different plays",
        )
    for number in _numbers(form):
        play = form.play(number)
        found = succeed(f"{who}.find({play})", form.find, play)
        require(
            found == number,
            f"{who}.find({play}) gives {found}: the play has the number {number}",
        )
        by_names: dict[str, Any] = {}
        for mover, place, action in play.steps:
            if mover is None:
                by_names[str(place)] = action
            elif place is None:
                by_names[mover] = action
            else:
                by_names.setdefault(mover, {})[place] = action
            known = form.chance[str(place)] if mover is None else form.actions[mover]
            require(
                action in known,
                (
                    f"on the play {play} {mover or place} takes {action!r}: expected one "
                    f"of {known}"
                ),
            )
        # Chance moves of one name may give different events at different places, which a
        # mapping cannot say.
        events = [place for mover, place, _ in play.steps if mover is None]
        if len(set(events)) == len(events):
            found = succeed(f"{who}.find({by_names})", form.find, by_names)
            require(
                found == number,
                f"{who}.find({by_names}) gives {found}: the play has the number {number}",
            )


def _check_moves(form: Form, who: str) -> None:
    took: dict[tuple[str, str], set[int]] = {}
    for number in _numbers(form):
        for mover, place, action in form.play(number).steps:
            took.setdefault((str(place) if mover is None else mover, action), set()).add(
                number
            )
    for name, options in {**form.actions, **form.chance}.items():
        for action in options:
            mask = succeed(f"{who}.moves({name!r}, {action!r})", form.moves, name, action)
            require(
                len(mask) == form.play_count,
                f"{who}.moves({name!r}, {action!r}) has {len(mask)} entries: one a play",
            )
            said = {number for number in _numbers(form) if mask[number]}
            require(
                said == took.get((name, action), set()),
                f"{who}.moves({name!r}, {action!r}) does not say what the steps of the "
                "plays say, as at play "
                f"{min(said ^ took.get((name, action), set()), default=None)}",
            )
