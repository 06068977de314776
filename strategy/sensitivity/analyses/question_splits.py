"""Questions that could be put to an analyst, and what the answers would tell.

Each is a comparison that splits the range box in two.

What an answer tells is the mutual information of answer and verdict, in bits: Lindley, On a
Measure of the Information Provided by an Experiment, Annals of Mathematical Statistics 27
(1956).
"""

from __future__ import annotations

import itertools
import math
from collections.abc import Iterator
from fractions import Fraction
from typing import Any

import attrs
import numpy as np
from numpy.typing import NDArray

from strategy.assumptions.gains import gains_of
from strategy.assumptions.model import Model
from strategy.assumptions.parameters import Parameter
from strategy.display import number
from strategy.forms.extensive import ExtensiveForm
from strategy.forms.normal import NormalForm
from strategy.forms.plays import Play
from strategy.polynomials import Polynomial
from strategy.sensitivity.deciding.at_samples import ORDER
from strategy.sensitivity.deciding.inequalities import read
from strategy.sensitivity.deciding.polynomials_at_samples import Polynomials
from strategy.sensitivity.deciding.slices import Slice

__all__ = [
    "QuestionCandidate",
    "answers",
    "comparisons",
    "entropy",
    "told",
    "told_error",
    "values",
]

Floats = NDArray[np.float64]
Bools = NDArray[np.bool_]
_MOST_PAIRS = 5_000
_AT_ONCE = 256


@attrs.frozen
class QuestionCandidate:
    """A question: its words, and the polynomial that is positive where the answer is yes.

    The polynomial is in the varied parameters.

    ``kind``: "parameters" (two of them), "value" (one and a number) or "payoffs" (two
    plays, of one player).
    """

    kind: str
    words: str
    poly: Polynomial

    def inequality(self, varied: tuple[str, ...]) -> str:
        """What yes means, as an inequality; empty where it is none of sums.

        ``varied``: the names of the parameters that vary.
        """
        return "" if self.poly.degree > 1 else str(read(self.poly, 1, True, varied))


def comparisons(where: Slice) -> tuple[list[QuestionCandidate], list[str]]:
    """All comparisons that an analyst could be asked for.

    Of two parameters that can be compared, and of two plays at a move of the player who
    compares them; of those that ask the same, the first. And the players of whose plays
    there are too many pairs to look at all. ``where``: the slice of the parameters that
    vary.
    """
    known: dict[Polynomial, None] = {}
    found, cut = [], list[str]()
    for each in (*_of_parameters(where), *_of_payoffs(where, cut)):
        one = _plain(where, each)
        key, _ = one.poly.canonical()
        if key.used and key not in known:
            known[key] = None
            found.append(one)
    return found, cut


def _plain(where: Slice, one: QuestionCandidate) -> QuestionCandidate:
    """A comparison of payoffs that comes to one parameter and a number is asked as that."""
    slopes = [(powers, value) for powers, value in one.poly.terms if any(powers)]
    if len(slopes) != 1 or sum(slopes[0][0]) != 1:
        return one
    ((powers, slope),) = slopes
    return _greater(where, where.varied[powers.index(1)], -one.poly.number / slope)


def _greater(where: Slice, label: str, cut: Fraction) -> QuestionCandidate:
    unit = where.model.parameters[label].unit
    return QuestionCandidate(
        "value",
        (
            f"Is {where.model.label(label)} greater than "
            f"{number(cut)}{f' {unit}' if unit else ''}?"
        ),
        _varied(where)[label] - cut,
    )


def _of_parameters(where: Slice) -> Iterator[QuestionCandidate]:
    """Two parameters are compared if they have the same unit and count for one player.

    Points of different players do not compare.
    """
    model, varied, known = where.model, where.varied, _varied(where)
    symbols = {label: getattr(model.parameters, label) for label in varied}
    players = {
        label: {
            one.player
            for one in model.terms
            if symbol in getattr(one.amount, "free_symbols", ())
        }
        for label, symbol in symbols.items()
    }
    for i, a in enumerate(varied):
        for b in varied[i + 1 :]:
            one, other = model.parameters[a], model.parameters[b]
            apart = one.low >= other.high or other.low >= one.high
            if one.unit == other.unit and players[a] & players[b] and not apart:
                yield QuestionCandidate(
                    "parameters",
                    f"Is {model.label(a)} greater than {model.label(b)}?",
                    known[a] - known[b],
                )


def _varied(where: Slice) -> dict[str, Polynomial]:
    return dict(zip(where.varied, Polynomial.variables(len(where.varied)), strict=True))


def _of_payoffs(where: Slice, cut: list[str]) -> Iterator[QuestionCandidate]:
    model = where.model
    if not model.form.is_tree:
        yield from _of_table(where, model.form)
    else:
        yield from _of_tree(where, model.form, cut)


def _of_table(where: Slice, form: NormalForm) -> Iterator[QuestionCandidate]:
    """Every distinct gain, by the first deviation that has it."""
    gains = gains_of(where.model)
    firsts: dict[int, tuple[int, int, int]] = {}
    for axis, table in enumerate(gains.tables):
        for k, place in zip(*np.unique(table, return_index=True), strict=True):
            if k > 0:
                firsts.setdefault(int(k), (axis, *divmod(int(place), table.shape[1])))
    for k, (axis, play, action) in sorted(firsts.items()):
        player = form.players[axis]
        steps = form.play(play).steps
        others = Play(tuple([step for step in steps if step[0] != player]))
        given = f" where ({where.model.play_in_words(others)})" if others.steps else ""
        taken = [steps[axis][2], form.actions[player][action]]
        own, other = [where.model.action_in_words(player, one) for one in taken]
        yield QuestionCandidate(
            "payoffs",
            f"Does {player} prefer {other} rather than {own}{given}?",
            where.restrict(gains.polynomials[k - 1]),
        )


def _of_tree(
    where: Slice, form: ExtensiveForm, cut: list[str]
) -> Iterator[QuestionCandidate]:
    """Pairs of plays that part at a move of the player, each pair of payoffs once."""
    for player in where.model.players:
        most = itertools.islice(_of_player(where, form, player), _MOST_PAIRS + 1)
        for count, one in enumerate(most):
            if count == _MOST_PAIRS:
                cut.append(player)
            else:
                yield one


def _of_player(
    where: Slice, form: ExtensiveForm, player: str
) -> Iterator[QuestionCandidate]:
    numbers, polynomials = where.model.payoff_polynomials(player)
    plays, seen = _ends(form), set[frozenset[int]]()
    for node in np.flatnonzero(form.mover == form.players.index(player)).tolist():
        # Of the plays after an action that pay the player the same, the first.
        children = range(int(form.first[node]), int(form.first[node + 1]))
        parts = [
            {int(numbers[play]): play for play in reversed(plays[child])}
            for child in children
        ]
        for worse, better in itertools.combinations(parts, 2):
            for (a, play), (b, other) in itertools.product(better.items(), worse.items()):
                if a != b and frozenset((a, b)) not in seen:
                    seen.add(frozenset((a, b)))
                    words = _parted(where.model, form.history(node), player, (play, other))
                    yield QuestionCandidate(
                        "payoffs", words, where.restrict(polynomials[a] - polynomials[b])
                    )


def _parted(
    model: Model, before: tuple[str, ...], player: str, plays: tuple[int, int]
) -> str:
    """The question which of two plays through a node the player prefers.

    What was done before, then how each goes on.
    """
    rests = [
        model.play_in_words(Play(model.form.play(one).steps[len(before) :]))
        for one in plays
    ]
    asked = f"Does {player} prefer ({rests[0]}) to ({rests[1]})"
    return f"{asked} {model.place_in_words(before)}?"


def _ends(form: ExtensiveForm) -> list[list[int]]:
    """The plays through every node."""
    found: list[list[int]] = [[] for _ in range(form.node_count)]
    for node in range(form.node_count - 1, -1, -1):
        if int(form.mover[node]) == -2:
            found[node] = [int(form.leaf_number[node])]
        else:
            found[node] = [
                play
                for child in range(int(form.first[node]), int(form.first[node + 1]))
                for play in found[child]
            ]
    return found


def values(
    where: Slice, points: Floats, codes: NDArray[np.int8]
) -> Iterator[QuestionCandidate]:
    """For every parameter, whether it is greater than the number that splits best.

    The number splits the samples, and is rounded to a hundredth or so of the range.
    ``where``: the slice of the parameters that vary; ``points``: samples in it; ``codes``:
    the verdict at each.
    """
    labels = list(where.model.parameters)
    verdicts = _indicators(codes)
    for label in where.varied:
        column = points[:, labels.index(label)]
        order = np.argsort(column, kind="stable")
        below = np.cumsum(verdicts[order], axis=0)[:-1]
        gains = _information(below.T[:, :, None], verdicts.sum(axis=0)[:, None, None])[:, 0]
        if not len(gains) or gains.max() <= 0:
            continue
        best = int(gains.argmax())
        one = where.model.parameters[label]
        cut = _rounded(float(column[order[best]] + column[order[best + 1]]) / 2, one)
        if one.low < cut < one.high:
            yield _greater(where, label, cut)


def _rounded(value: float, one: Parameter) -> Fraction:
    """To the power of ten below a hundredth of the range, or to that itself."""
    step = Fraction(10) ** math.floor(math.log10(float(one.high - one.low) / 50))
    return round(Fraction(value) / step) * step


def answers(
    where: Slice, asked: list[QuestionCandidate], points: Floats
) -> Iterator[Bools]:
    """For each question, at which points the answer is yes, in floats.

    ``where``: the slice of the parameters that vary; ``asked``: the questions.
    """
    for start in range(0, len(asked), _AT_ONCE):
        some = (
            Polynomials(where, [one.poly for one in asked[start : start + _AT_ONCE]])(
                points
            )
            > 0
        )
        yield from some.T


def _indicators(codes: NDArray[np.int8]) -> NDArray[Any]:
    """For each sample (row) and verdict (column), whether it has it."""
    return np.asarray(codes[:, None] == np.arange(len(ORDER))[None, :]).astype(np.float64)


def entropy(counts: NDArray[Any]) -> float:
    """How uncertain the verdict is, in bits, from how many samples have which.

    ``counts``: of samples by verdict.
    """
    shares = counts[counts > 0] / max(counts.sum(), 1)
    return float(-(shares * np.log2(shares)).sum())


def _information(yes: Floats, totals: Floats) -> Floats:
    """The mutual information of answer and verdict in bits.

    Counts of samples by verdict (first axis) where the answer is yes, and in all.
    """
    size = totals.sum(axis=0, keepdims=True)
    result = np.zeros(np.broadcast_shapes(yes.shape, totals.shape)[1:])
    for part in (yes, totals - yes):
        answered = part.sum(axis=0, keepdims=True)
        with np.errstate(divide="ignore", invalid="ignore"):
            terms = part * np.log2(part * size / (answered * totals))
        result = result + np.where(part > 0, terms, 0.0).sum(axis=0)
    return np.asarray(np.maximum(result / size[0], 0.0))


def told(codes: NDArray[np.int8], said: Bools) -> float:
    """What an answer tells of the verdict, in bits.

    ``codes``: the verdict at each sample; ``said``: where the answer is yes.
    """
    verdicts = _indicators(codes)
    return float(
        _information(verdicts[said].sum(axis=0)[:, None], verdicts.sum(axis=0)[:, None])[0]
    )


def told_error(codes: NDArray[np.int8], said: Bools) -> float:
    """The standard error of that, by the delta method.

    Roulston, Estimating the Errors on Measured Entropy and Mutual Information, Physica D
    125, 1999. ``codes``, ``said``: as in ``told``.
    """
    size = len(codes)
    joint = np.zeros((len(ORDER), 2))
    np.add.at(joint, (codes, said.astype(int)), 1 / size)
    apart = joint.sum(axis=1, keepdims=True) * joint.sum(axis=0, keepdims=True)
    with np.errstate(divide="ignore", invalid="ignore"):
        each = np.where(joint > 0, np.log2(joint / apart), 0.0)
    mean = float((joint * each).sum())
    return math.sqrt(max(float((joint * (each - mean) ** 2).sum()), 0.0) / size)
