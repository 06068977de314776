"""strategy prove and strategy replay.

Proofs that a list of equilibria is complete, written to a file and checked.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any

import typer

from strategy.cli import _models
from strategy.cli._output import print_json, say
from strategy.cli._progress import working
from strategy.cli._solving import game_of
from strategy.completeness import LOOKING_FOR_ALL, proof_words
from strategy.deadline import limited
from strategy.files import require_places
from strategy.results import Status
from strategy.solvers.proofs import Proof, prove, replay

__all__ = ["check", "write"]


def write(given: str, path: Path, changes: list[str], seconds: float | None) -> None:
    """Search, and write the proof."""
    require_places(path)
    game = _game(given, changes)
    with working(LOOKING_FOR_ALL), limited(seconds, "the proof", "--seconds"):
        proof = prove(game, seconds=seconds)
    proof.save(path)
    say(proof_words(given, len(proof.boxes)))
    sets = _counted(len(proof.sets), "set")
    steps = _counted(len(proof.steps), "step")
    say(
        f"- {sets} of equilibria, and {steps} that show that none is "
        f"missing{' elsewhere' if proof.boxes else ''}"
    )
    say(
        f"- {path} ({path.stat().st_size:,} bytes); to check it: strategy replay {given} "
        f"{path}"
    )


def check(
    given: str, path: Path, changes: list[str], seconds: float | None, *, as_json: bool
) -> None:
    """Replay a proof; end with 1 if it does not hold."""
    game, proof = _game(given, changes), Proof.load(path)
    with working("checking every step in exact arithmetic"):
        found = replay(proof, game, seconds=seconds)
    status = found.status and found.status.name
    if as_json:
        print_json(
            {
                "holds": found.holds,
                "status": status,
                "leaves": dict(found.leaves),
                "steps": found.steps,
                "failure": found.failure,
            }
        )
    elif found.holds:
        say(
            (
                f"The proof holds: {_counted(len(proof.sets), 'set')} of equilibria, "
                f"status {status}."
            ),
            emphasis=True,
        )
        for kind, count in found.leaves.items():
            say(f"- {_counted(count, 'cell')} {kind}")
    elif found.status is Status.STOPPED:
        say(f"Neither confirmed nor refuted: {found.failure}.", emphasis=True)
    else:
        say(f"The proof does not hold: {found.failure}.", emphasis=True)
    if not found.holds:
        raise typer.Exit(1)


def _game(given: str, changes: list[str]) -> Any:
    return game_of(_models.find(given), given, _models.changes(changes))


def _counted(count: int, what: str) -> str:
    return f"{count:,} {what}{'' if count == 1 else 'es' if what == 'box' else 's'}"
