"""Proofs as files of one JSON value a line.

The first line is an object that says what follows; then come the sets of equilibria, the
zeros, the boxes and the steps, a line each. Numbers of a step are read as the binary
fractions that floats are; exact weights are strings such as "2/3", and a ball is [middle,
exponent, radius, exponent] for middle * 2^exponent and radius * 2^exponent, with "0x1f" for
31.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterator, Sequence
from fractions import Fraction
from pathlib import Path
from typing import Any

from flint import arb

from strategy.completeness import PROOF_FILE
from strategy.errors import GameError
from strategy.exact import is_ball
from strategy.files import FilesTogether, require_places
from strategy.solvers.proving.forms import (
    MOST_STEPS,
    Shape,
    box_fits,
    set_fits,
    step_fits,
    zero_fits,
)
from strategy.solvers.proving.zeros import ZeroBox, precise
from strategy.texts import number_text, shown

__all__ = ["read", "write"]

FORMAT, VERSION = PROOF_FILE, 1
COUNTED = ("sets", "zeros", "boxes", "steps")
LONGEST = 10_000_000
"""Characters in one line of a file at most."""
MOST_BITS = 100_000
"""Of a ball."""
_HEX = re.compile(r"-?0x[0-9a-f]{1,25000}\Z")
_RATIONAL = re.compile(r"-?\d{1,4000}(/[1-9]\d{0,3999})?\Z")


def write(
    path: str | Path,
    head: dict[str, Any],
    sets: Any,
    zeros: Sequence[ZeroBox],
    boxes: Any,
    steps: Any,
) -> None:
    """Write the parts of a proof; an old file stays until the new one is whole.

    ``path``: where; ``head``: what the file begins with; ``sets``, ``zeros``, ``boxes``,
    ``steps``: the parts.

    Raises StrategyError if it cannot be written.
    """
    require_places(path)
    counts = dict(zip(COUNTED, map(len, (sets, zeros, boxes, steps)), strict=True))
    with FilesTogether() as together, together.open(path) as lines:
        for value in (
            {"format": FORMAT, "version": VERSION} | head | counts,
            *_plain(sets, zeros),
            *boxes,
            *steps,
        ):
            lines.write((json.dumps(value, separators=(",", ":")) + "\n").encode("ascii"))


def _plain(sets: Any, zeros: Sequence[ZeroBox]) -> Iterator[Any]:
    for product in sets:
        yield [[list(map(_weight, vector)) for vector in vertices] for vertices in product]
    for zero in zeros:
        exact = (
            None
            if zero.exact is None
            else [list(map(_weight, vector)) for vector in zero.exact]
        )
        yield {
            "support": zero.support,
            "centre": zero.centre,
            "radius": zero.radius,
            "exact": exact,
        }


def _weight(weight: Any) -> Any:
    if is_ball(weight):
        parts = [tuple(map(int, part.man_exp())) for part in (weight.mid(), weight.rad())]
        return [entry for whole, exponent in parts for entry in (hex(whole), exponent)]
    text = number_text(weight)
    if not _RATIONAL.match(text):
        raise GameError(
            f"the weight {shown(weight)} has more digits than a file of a proof holds: "
            "choose units that keep payoffs near 1"
        )
    return text


def read(path: str | Path) -> dict[str, Any]:
    """The parts of a proof from a file, each of the right form.

    ``path``: where it is.

    Raises GameError with the file, the line and the fault.
    """
    try:
        with open(path, encoding="utf-8") as lines:
            return _parts(str(path), lines)
    except (OSError, UnicodeDecodeError) as error:
        raise GameError(
            f"{path}: the proof cannot be read ({error}): give a file written by Proof.save"
        ) from None


def _parts(path: str, lines: Any) -> dict[str, Any]:
    number = 0

    def following() -> Any:
        nonlocal number
        number += 1
        text = lines.readline(LONGEST)
        if not text.endswith("\n"):
            raise _fault(
                path,
                number,
                "the file ends too early"
                if len(text) < LONGEST
                else "the line is too long",
            )
        try:
            return json.loads(text, parse_constant=_no_constant)
        except (ValueError, RecursionError):  # Python limits how many digits and how deep
            raise _fault(path, number, "not a JSON value of finite numbers") from None

    head = following()
    if (
        not isinstance(head, dict)
        or head.get("format") != FORMAT
        or head.get("version") != VERSION
    ):
        raise _fault(path, number, f"not a proof of version {VERSION}")
    shape: Any = head.get("shape")
    counts: Any = [head.get(name) for name in COUNTED]
    game = head.get("game")
    if (
        not _wholes(shape, 1, 10**6)
        or not 1 <= len(shape) <= 60
        or not isinstance(game, str)
        or len(game) > 100
    ):
        raise _fault(path, number, "the shape or the name of the game is missing")
    if not _wholes(counts, 0, MOST_STEPS):
        raise _fault(
            path,
            number,
            f"the numbers of parts are missing, or greater than {MOST_STEPS:,}",
        )
    found: dict[str, Any] = {"shape": tuple(shape), "game": game}
    readers: tuple[Callable[[Any, Shape], Any], ...] = (_set, _zero, _box, _step)
    for name, count, reader in zip(COUNTED, counts, readers, strict=True):
        found[name] = []
        for _ in range(count):
            value = following()
            try:
                part = reader(value, found["shape"])
            except RecursionError:
                part = None
            if part is None:
                raise _fault(path, number, f"not one of the {name} of a proof")
            found[name].append(part)
    if lines.readline(2):
        raise _fault(path, number + 1, "the file goes on after its last part")
    return {
        name: tuple(part) if isinstance(part, list) else part
        for name, part in found.items()
    }


def _fault(path: str, number: int, why: str) -> GameError:
    return GameError(f"{path}, line {number}: {why}: expected a file written by Proof.save")


def _no_constant(name: str) -> Any:
    raise ValueError(name)


def _wholes(values: Any, low: int, high: int) -> bool:
    return isinstance(values, list) and all(
        type(value) is int and low <= value <= high for value in values
    )


def _frozen(value: Any) -> Any:
    return tuple([_frozen(one) for one in value]) if isinstance(value, list) else value


def _step(value: Any, shape: Shape) -> Any:
    step = _frozen(value)
    return step if step_fits(step, shape) else None


def _read_weight(value: Any) -> Any:
    """A fraction, a ball, or None."""
    if isinstance(value, str):
        return Fraction(value) if _RATIONAL.match(value) else None
    if not isinstance(value, list) or len(value) != 4:
        return None
    middle, up, radius, down = value
    if not _wholes([up, down], -MOST_BITS, MOST_BITS) or not all(
        isinstance(one, str) and _HEX.match(one) for one in value[::2]
    ):
        return None
    with precise(4 * MOST_BITS):
        return arb(
            arb(int(middle, 16)) * arb(2) ** up, abs(arb(int(radius, 16)) * arb(2) ** down)
        )


def _set(value: Any, shape: Shape) -> Any:
    product = _weights(value)
    return product if set_fits(product, shape) else None


def _weights(value: Any) -> Any:
    """Lists as tuples, down to weights; what is not a weight becomes None."""
    if isinstance(value, list) and not (len(value) == 4 and type(value[1]) is int):
        return tuple([_weights(one) for one in value])
    return _read_weight(value)


def _zero(value: Any, shape: Shape) -> ZeroBox | None:
    if not isinstance(value, dict) or set(value) != {
        "support",
        "centre",
        "radius",
        "exact",
    }:
        return None
    exact = _weights(value["exact"])
    if exact is None and value["exact"] is not None:
        return None
    zero = ZeroBox(
        _frozen(value["support"]), _frozen(value["centre"]), value["radius"], exact
    )
    return zero if zero_fits(zero, shape) else None


def _box(value: Any, shape: Shape) -> Any:
    bounds = _frozen(value)
    return bounds if box_fits(bounds, shape) else None
