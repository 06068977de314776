"""What every solution concept keeps to, whatever it asks of a profile."""

from __future__ import annotations

import random
from collections.abc import Iterable
from fractions import Fraction
from typing import Any

from strategy.certificates import Certificate
from strategy.concepts.invariances import Invariance
from strategy.forms.normal import NormalFormGame
from strategy.protocols import Concept
from strategy.testing._common import (
    Game,
    games_to_try,
    payoffs_of,
    require,
    require_copies,
    require_error,
    require_instance,
    require_refusal,
    succeed,
)
from strategy.testing.brute_force import holding, known_by, profile_count, pure_profiles
from strategy.testing.changes import Changed, changed

__all__ = ["check_concept", "follows"]

_MOST_PROFILES = 30  # that are judged of one game


def check_concept(
    concept: Concept, *, games: Iterable[Game] | None = None, seed: int = 0
) -> None:
    """Raise AssertionError, in words, where a concept does not keep to the protocol.

    ``concept`` is tried on ``games``, or on ones drawn from ``seed`` of every kind in
    ``strategy.generators.ALL`` that it takes: it refuses in words, both when asked and when
    it judges; it judges every pure profile, however it is written, always in the same way,
    and changes nothing; a certificate says what is wrong with a profile that does not hold;
    and the set of pure profiles that hold follows the changes of a table that the concept
    declares in ``invariances``.
    """
    require_instance(concept, ("refuses", "certify"), "solution concept")
    who = type(concept).__name__
    require_copies(concept, who)
    require(
        str(concept).strip() and "object at 0x" not in str(concept),
        f"{who} has no name: give it a __str__ in words",
    )
    declared: Any = getattr(concept, "invariances", None)
    right = isinstance(declared, frozenset) and all(
        isinstance(kind, Invariance) for kind in declared
    )
    require(
        right,
        (
            f"{who}.invariances is {declared!r}: declare a frozenset of Invariance, which "
            "may be empty"
        ),
    )
    for thing in (None, "a game", object()):
        reason = succeed(f"{who}.refuses({thing!r})", concept.refuses, thing)
        require_refusal(reason, who, repr(thing))
        require(reason is not None, f"{who} does not refuse {thing!r}, which is not a game")

    def takes(game: Game) -> bool:
        reason = succeed(f"{who}.refuses({game!r})", concept.refuses, game)
        require_refusal(reason, who, repr(game))
        if reason is not None:
            require_error(
                f"{who}.certify of a game that it refuses",
                concept.certify,
                game,
                next(pure_profiles(game)),
            )
        return reason is None

    rng = random.Random(seed)
    for game in games_to_try(games, takes, who):
        if profile_count(game) > _MOST_PROFILES:
            continue
        _check_judging(concept, game)
        if isinstance(game, NormalFormGame):
            for kind in sorted(declared, key=lambda one: one.name):
                _check_following(concept, game, kind, rng)


def _check_judging(concept: Concept, game: Game) -> None:
    who, before = type(concept).__name__, payoffs_of(game)
    for profile in pure_profiles(game):
        what = f"{who}.certify of {profile.actions} in\n{game}\n"
        found = succeed(what, concept.certify, game, profile)
        require(
            isinstance(found, Certificate), f"{what}gives {found!r}: give a Certificate"
        )
        _check_certificate(found, game, what)
        refined = getattr(concept, "refines", None)
        require(
            refined is None or not found.holds or refined().certify(game, profile).holds,
            f"{what}holds, but not under {refined!r}, which refines names",
        )
        for way, written in (
            ("again", profile),
            ("in names", profile.actions),
            ("as probabilities", dict(profile.items())),
        ):
            other = succeed(what, concept.certify, game, written)
            require(
                other == found,
                (
                    f"{what}gives {found!r}, and another certificate when the profile is "
                    f"given {way}: {other!r}"
                ),
            )
    require(
        payoffs_of(game) == before,
        f"{who}.certify changed the game that was given:\n{game}",
    )
    require_error(
        f"{who}.certify of an unknown player", concept.certify, game, {"nobody": "nothing"}
    )
    require_error(f"{who}.certify of what is not a profile", concept.certify, game, 7)


def _check_certificate(found: Certificate, game: Game, what: str) -> None:
    require(
        type(found.holds) is bool, f"{what}gives holds={found.holds!r}: give True or False"
    )
    require(
        isinstance(found.regret, (int, Fraction)),
        f"{what}gives regret={found.regret!r}: give a Fraction",
    )
    require(
        found.regret >= 0,
        (
            f"{what}gives a regret of {found.regret}: the most that a deviation gains is "
            "not negative"
        ),
    )
    if found.holds:
        require(
            found.regret == 0,
            f"{what}holds, with a regret of {found.regret}: then it does not hold",
        )
    else:
        require(
            found.regret > 0 or found.reason,
            f"{what}does not hold and does not say why: give a regret or a reason",
        )
    if found.player is not None:
        known = set(game.players)
        named = {one for one in known if one in found.player}
        require(
            named,
            (
                f"{what}names {found.player!r}, who is not a player: expected one of "
                f"{sorted(known)}"
            ),
        )


def _check_following(
    concept: Concept, game: NormalFormGame, kind: Invariance, rng: random.Random
) -> None:
    new = changed(kind, game, rng)
    if concept.refuses(new.game) is not None:
        return
    require(
        follows(
            [known_by(game, one) for one in holding(game, concept)],
            new,
            holding(new.game, concept),
        ),
        f"{type(concept).__name__} declares that its answer follows this change ({kind}), "
        f"but the pure profiles that hold in\n{game}\nare not those that hold in\n"
        f"{new.game}",
    )


def follows(before: Iterable[Any], new: Changed, after: Iterable[Any]) -> bool:
    """Whether profiles of a changed game are those known by ``before``.

    Once names are put back and copies merged. ``new``: the changed game; ``after``: its
    profiles.
    """
    back = set()
    for profile in after:
        merged: dict[tuple[str, str], Any] = {}
        for player, action, weight in known_by(new.game, profile):  # type: ignore[attr-defined]
            old = new.names[player, action]
            if old is None:
                return False
            merged[old] = merged.get(old, 0) + weight
        back.add(frozenset((*who, weight) for who, weight in merged.items()))
    return back == set(before)
