"""The walk of `thresholds` through the rooms, as docs/explanation/design.md tells it."""

from __future__ import annotations

import re
import sys
import tomllib
from pathlib import Path
from types import FrameType
from typing import Any

from strategy import (
    Model,
    NormalForm,
    Outcome,
    Parameter,
    Parameters,
    PureNash,
    Term,
    where,
)
from strategy.sensitivity import thresholds
from tests import house

PAGE = (house.ROOT / "docs/explanation/design.md").read_text(encoding="utf-8")
PART = PAGE.split("## The rooms of sensitivity")[1].split("\n## ")[0]
ROOMS = house.ROOT / "strategy" / "sensitivity"


def test_the_picture_shows_the_rooms_in_the_order_of_the_import_contract() -> None:
    picture = PART.split("```text")[1].split("```")[0]
    shown = [
        sorted(set(re.findall(r"[a-z]+", line)) & {one.name for one in ROOMS.iterdir()})
        for line in picture.splitlines()
    ]
    (contract,) = [
        one
        for one in tomllib.loads((house.ROOT / "pyproject.toml").read_text("utf-8"))[
            "tool"
        ]["importlinter"]["contracts"]
        if one["id"] == "rooms"
    ]
    layers = [sorted(one.split(" | ")) for one in contract["layers"]]
    assert [one for one in shown if one] == layers


def test_every_place_and_every_thing_of_the_walk_is_there() -> None:
    steps = [
        [cell.strip() for cell in line.strip("|").split("|")]
        for line in PART.splitlines()
        if line.startswith("|")
    ][2:]
    assert len(steps) >= 7
    known = house.trees(house.ROOT, "strategy")
    classes = {
        getattr(node, "name", "")
        for module, tree in known.items()
        if module.startswith("strategy.sensitivity.")
        for node in tree.body
    }
    for _, place, handed in steps:
        for file in re.findall(r"`([a-z_/]+)`", place):
            assert (ROOMS / f"{file}.py").is_file(), file
        named = re.findall(r"`([A-Z][A-Za-z]+)`", handed)
        assert named, handed
        assert set(named) <= classes, handed


def _room(frame: FrameType) -> str:
    path = Path(frame.f_code.co_filename)
    return path.relative_to(ROOMS).parts[0] if path.is_relative_to(ROOMS) else ""


def test_the_model_goes_down_to_what_decides_and_comes_back() -> None:
    """Nothing that decides calls an analysis, or what is above one."""
    p = Parameters(stake=Parameter(2, low=0, high=4))
    model = Model(
        "entry",
        form=NormalForm({"Ana": ("enter", "stay out"), "Ben": ("help", "wait")}),
        parameters=p,
        terms=(Term("Ana", p.stake - 1, when=where(Ana="enter"), name="won"),),
        outcomes=(Outcome("entry", when=where(Ana="enter")),),
    )
    entered: set[str] = set()
    upwards: list[tuple[str, str]] = []

    def called(frame: FrameType, event: str, _: Any) -> None:
        room = _room(frame) if event == "call" else ""
        if room:
            entered.add(room)
            above: FrameType | None = frame.f_back
            while above is not None and room in ("analyses", "sweeping"):
                if _room(above) in ("deciding", "nearest", "samples"):
                    upwards.append((frame.f_code.co_qualname, above.f_code.co_qualname))
                above = above.f_back

    sys.setprofile(called)
    try:
        found = thresholds(model, PureNash(), "entry", "stake")
    finally:
        sys.setprofile(None)
    assert found.points == (1,)
    assert entered == {"analyses", "deciding"}
    assert upwards == []
