"""Who stands in the way: every restriction solved anew, sample by sample, and one worked by
hand."""

from fractions import Fraction

import pytest

from strategy import (
    Decision,
    End,
    ExtensiveForm,
    Model,
    Outcome,
    Parameter,
    Parameters,
    PureSubgamePerfect,
    Term,
    where,
)
from strategy.errors import GameError, ModelError
from strategy.sensitivity import Verdict, verdict
from strategy.sensitivity.analyses.blocking import blocking, read_moves
from strategy.sensitivity.samples.shares import draw
from tests._models import concepts_for, random_model

p = Parameters(gain=Parameter(1, low=0, high=4), harm=Parameter(2, low=0, high=4))


def step(history: tuple[str, ...]) -> Decision | End:
    if not history:
        return Decision("Asker", ("ask", "wait"))
    if history == ("ask",):
        return Decision("Rival", ("stop", "slow", "yield"))
    return End()


road = Model(
    "road",
    form=ExtensiveForm.from_rules(step),
    parameters=p,
    terms=(
        Term("Asker", p.gain - 1, when=where(Asker="ask") & ~where(Rival="stop")),
        Term("Asker", -1, when=where(Rival="stop")),
        Term("Rival", -p.harm, when=where(Asker="ask") & ~where(Rival="stop")),
        Term("Rival", -1, when=where(Rival="stop")),
        Term("Rival", -1, when=where(Rival="slow")),
    ),
    outcomes=(Outcome("open", when=where(Asker="ask") & ~where(Rival="stop")),),
)


def test_a_road_worked_by_hand() -> None:
    """Open where the rival's harm is below its cost of stopping, 1 of 4, and the asker gains
    more than 1, 3 of 4; a rival that can only yield leaves 3 of 4, an asker that can only ask
    1 of 4."""
    found = blocking(road, PureSubgamePerfect(), "open", samples=20_000)

    def near(share: float, one: object) -> bool:
        known = one.frequency(Verdict.EVERY)  # type: ignore[attr-defined]
        return abs(known.value - share) < 0.015

    assert near(3 / 16, found.free)
    best = found.best
    assert (best["Rival"].actions, best["Asker"].actions) == (("slow", "yield"), ("ask",))
    assert near(3 / 4, best["Rival"])
    assert near(1 / 4, best["Asker"])
    assert "If Rival could not stop, it would be at" in found.sentences[1]
    # Of the rest: harm dear and gain enough, the rival alone; gain too small and harm small,
    # the asker alone; both wrong, nobody alone.
    closed = 20_000 - found.free.verdicts[Verdict.EVERY]
    for who, share in (("Rival", 9 / 13), ("Asker", 1 / 13)):
        assert abs(found.openers[frozenset([who])] / closed - share) < 0.02
    assert abs(found.openers[frozenset()] / closed - 3 / 13) < 0.02
    given = blocking(
        road, PureSubgamePerfect(), "open", samples=500, played={"Asker": "ask"}
    )
    assert {one.player for one in given.restrictions} == {"Rival"}


@pytest.mark.parametrize("seed", range(8))
def test_every_restriction_is_what_solving_one_sample_at_a_time_finds(seed: int) -> None:
    model = random_model(f"blocking {seed}")
    concept = concepts_for(model)[0]
    outcome = next(iter(model.outcomes))
    found = blocking(model, concept, outcome, samples=12, seed=seed)
    rows = draw(model, 12, seed)
    for one in (found.free, *found.restrictions):
        bound = model.with_actions({one.player: one.actions} if one.player else {})
        told = [
            verdict(
                bound,
                concept,
                outcome,
                at=dict(zip(model.parameters, map(Fraction, row.tolist()), strict=True)),
            )
            for row in rows
        ]
        assert one.every.tolist() == [each is Verdict.EVERY for each in told]
        assert {kind: n for kind, n in one.verdicts.items() if n} == {
            kind: told.count(kind) for kind in set(told)
        }


def test_moves_that_do_not_exist_are_refused() -> None:
    with pytest.raises(GameError, match="Askr"):
        blocking(road, PureSubgamePerfect(), "open", samples=10, played={"Askr": "ask"})
    assert read_moves(["Asker = ask"]) == {"Asker": "ask"}
    with pytest.raises(ModelError, match="PLAYER=ACTION"):
        read_moves(["Asker"])
