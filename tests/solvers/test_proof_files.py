"""Files of proofs: what is not a proof is refused with the line and the fault, and nothing
of a wrong form gets in."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from strategy import NormalFormGame
from strategy.errors import GameError
from strategy.solvers import Proof, prove
from strategy.solvers.proving.forms import step_fits

HEAD = '{"format": "strategy proof of all equilibria", "version": 1, '
NAMELESS, UNCOUNTED = (
    "the shape or the name of the game is missing",
    "the numbers of parts are missing, or greater than 20,000,000",
)
FINE = HEAD + '"shape": [2, 2], "game": "x", '
BROKEN = [
    ("", "the file ends too early"),
    ("{", "the file ends too early"),
    ("{\n", "not a JSON value of finite numbers"),
    ("[1]\n", "not a proof of version 1"),
    (
        '{"format": "strategy proof of all equilibria", "version": 2}\n',
        "not a proof of version 1",
    ),
    ('{"format": "a proof", "version": 1}\n', "not a proof of version 1"),
    (HEAD + '"shape": [2, "x"], "game": ""}\n', NAMELESS),
    (HEAD + '"shape": [2, 0], "game": ""}\n', NAMELESS),
    (HEAD + '"shape": [], "game": ""}\n', NAMELESS),
    (HEAD + f'"shape": {[1] * 61}, "game": ""}}\n', NAMELESS),
    (HEAD + '"shape": [2, 2], "game": 3}\n', NAMELESS),
    (HEAD + f'"shape": [2, 2], "game": "{101 * "x"}"}}\n', NAMELESS),
    (FINE + '"sets": -1, "zeros": 0, "boxes": 0, "steps": 0}\n', UNCOUNTED),
    (FINE + '"zeros": 0, "boxes": 0, "steps": 0}\n', UNCOUNTED),
    (FINE + '"sets": 0, "zeros": 0, "boxes": 0, "steps": 20000001}\n', UNCOUNTED),
]


@pytest.mark.parametrize(("text", "fault"), BROKEN)
def test_files_that_are_no_proofs_are_refused(
    text: str, fault: str, tmp_path: Path
) -> None:
    (tmp_path / "broken").write_text(text)
    with pytest.raises(GameError) as caught:
        Proof.load(tmp_path / "broken")
    assert (
        str(caught.value)
        == f"{tmp_path / 'broken'}, line 1: {fault}: expected a file written by Proof.save"
    )
    with pytest.raises(
        GameError,
        match=r"cannot be read \(.*missing'\): give a file written by Proof\.save$",
    ):
        Proof.load(tmp_path / "missing")


ZERO: dict[str, Any] = {
    "support": [[0, 1], [1]],
    "centre": [[0.5, 0.5], [0, 1]],
    "radius": 0.1,
    "exact": None,
}
HALVES, SURE, WHOLE = ["1/2", "1/2"], ["0", "1"], [[0, 1], [0, 1]]
BALL = ["0x1", 0, "0x1", -9]
PLAIN = {"sets": [[HALVES], [["0", "1"]]], "zeros": ZERO, "boxes": [WHOLE, WHOLE]}
WRONG: dict[str, list[Any]] = {
    "sets": [
        *(
            None,
            [],
            [[HALVES]],
            [[HALVES], [["1"]]],
            [[HALVES], []],
            [[HALVES], SURE],
            [[HALVES], [["0", 1]]],
        ),
        *(
            [[HALVES], [["0", word]]]
            for word in ("1/0", "x", "0x1", "1.5", "1e3", "+1", "", " 1", "1\n", "9" * 4001)
        ),
        [[["1", "0"], ["0", "1"]], [["0", BALL]]],
        *(
            [[SURE], [["0", ball]]]
            for ball in (
                BALL[:3],
                ["0x1", 0, "0x1", 10**6],
                ["1", 0, "0x1", -9],
                ["0x1", 0, 1, -9],
            )
        ),
    ],
    "zeros": [
        *(
            None,
            [],
            {},
            ZERO | {"more": 1},
            ZERO | {"radius": 0},
            ZERO | {"radius": "1"},
            ZERO | {"radius": -0.5},
        ),
        *(
            ZERO | {"support": given}
            for given in (
                [[0, 1]],
                [[0, 1], []],
                [[1, 0], [1]],
                [[0, 2], [1]],
                [[0, 0], [1]],
                1,
            )
        ),
        *(
            ZERO | {"centre": given}
            for given in (
                [[0.5, 0.5]],
                [[0.5, 0.5], [1]],
                [[0.5, 0.5], [0, "1"]],
                [[0.5, 0.5], 1],
                1,
            )
        ),
        *(
            ZERO | {"exact": given}
            for given in (
                [HALVES],
                [HALVES, ["1"]],
                [HALVES, ["0", 1]],
                [HALVES, ["0", BALL]],
                1,
            )
        ),
    ],
    "boxes": [
        *(
            None,
            [],
            [WHOLE],
            [WHOLE, [[0, 1]]],
            [WHOLE, 1],
            [WHOLE, [[0, 1], 1]],
            [WHOLE, WHOLE, WHOLE],
        ),
        *(
            [WHOLE, [[0, 1], row]]
            for row in ([0], [0, "1"], [0, 2**53], [0, True], [0, 1, 1])
        ),
    ],
}


@pytest.mark.parametrize("name", PLAIN)
def test_parts_of_a_wrong_form_are_named(name: str, tmp_path: Path) -> None:
    counts = ", ".join(
        f'"{one}": {int(one == name)}' for one in ("sets", "zeros", "boxes", "steps")
    )
    path = tmp_path / "proof"
    path.write_text(f"{FINE}{counts}}}\n{json.dumps(PLAIN[name])}\n")
    assert len(getattr(Proof.load(path), name)) == 1
    for wrong in WRONG[name]:
        path.write_text(f"{FINE}{counts}}}\n{json.dumps(wrong)}\n")
        with pytest.raises(GameError) as caught:
            Proof.load(path)
        assert str(caught.value) == (
            f"{path}, line 2: not one of the {name} of a proof: expected a file "
            "written by Proof.save"
        ), wrong


GAIN, EQUAL = (0, 0, 1, 1.0), (0, 0, 1)
STEPS: dict[tuple[Any, ...], list[Any]] = {
    ("take",): [("take", 1), ("took",), (), "take", (1,), ["take"]],
    ("split", 1, 0, 2, 0.5): [
        *(("split", player, 0, 1, 0.5) for player in (2, -1, True, "1")),
        *(("split", 1, vertex, 1, 0.5) for vertex in (3, -1)),
        *(("split", 1, 0, 1, share) for share in ("x", float("inf"), 2**53, None)),
        ("split", 1, 0, 1),
    ],
    ("branch", 1, 2): [
        ("branch", 1, 3),
        ("branch", 0, 2),
        ("branch", 2, 0),
        ("branch", 1, -1),
        ("branch", 1, 1.0),
    ],
    ("none", (GAIN,)): [
        *(("none", given) for given in ((), (EQUAL,), [GAIN], (list(GAIN),), 1)),
        *(
            ("none", (gain,))
            for gain in ((0, 0, 1, "x"), (2, 0, 1, 1.0), (0, 2, 1, 1.0), (0, 1, 2, 1.0))
        ),
    ],
    ("drop", ((1, 2), (0, 1)), (GAIN,)): [
        ("drop", given, (GAIN,)) for given in (((0, 2),), (), ((2, 0),), ((1,),), (1,))
    ],
    ("shrink", 0, (0.0, 1.0), (GAIN,)): [
        ("shrink", 0, given, (GAIN,)) for given in ((), (0.0, None), 0.0)
    ],
    ("overfull", 0, (EQUAL, (1, 2, 0)), ((1.0, 0), (0, 2.0))): [
        *(("overfull", 0, (EQUAL,), given) for given in (((1.0, 0),), (1.0,), ())),
        *(("overfull", 0, given, ((1.0,),)) for given in ((GAIN,), (), ((0, 0, 2),))),
    ],
    ("left over", 20_000_000 - 1): [
        ("left over", given) for given in (20_000_000, -1, 0.0)
    ],
}


@pytest.mark.parametrize(("fine", "wrong"), STEPS.items(), ids=[fine[0] for fine in STEPS])
def test_forms_of_steps(fine: Any, wrong: Any) -> None:
    """In a table of 2 x 3 actions."""
    assert step_fits(fine, (2, 3))
    assert not any(step_fits(one, (2, 3)) for one in wrong)


def test_a_line_that_is_cut_off_or_added_is_named(tmp_path: Path) -> None:
    game = NormalFormGame.from_arrays(
        *np.random.default_rng(1).integers(0, 101, size=(3, 2, 2, 2))
    )
    prove(game).save(tmp_path / "whole")
    lines = (tmp_path / "whole").read_text().splitlines(keepends=True)
    for text, fault in (
        ("".join(lines[:-1]), f"line {len(lines)}: the file ends too early"),
        ("".join([*lines, "[]\n"]), f"line {len(lines) + 1}: the file goes on"),
        (
            "".join([*lines[:-1], "[NaN]\n"]),
            f"line {len(lines)}: not a JSON value of finite numbers",
        ),
        (
            "".join([*lines[:-1], f'["split", 0, 0, 1, {10**400}]\n']),
            f"line {len(lines)}: not one of the steps",
        ),
        ("".join([*lines[:-1], "[" * 900 + "]" * 900 + "\n"]), f"line {len(lines)}: "),
        (
            "".join([*lines[:-1], '["run", "rm"]\n']),
            f"line {len(lines)}: not one of the steps",
        ),
    ):
        (tmp_path / "part").write_text(text)
        with pytest.raises(GameError) as caught:
            Proof.load(tmp_path / "part")
        assert str(caught.value).startswith(f"{tmp_path / 'part'}, {fault}")
