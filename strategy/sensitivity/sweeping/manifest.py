"""The manifest of a sweep: what was asked, and which parts are done.

It carries a checksum of its own, and is replaced whole.
"""

from __future__ import annotations

import hashlib
import json
import math
import re
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import attrs

from strategy.errors import StrategyError
from strategy.sensitivity.deciding.at_samples import ORDER
from strategy.sensitivity.sweeping import files as files

__all__ = ["DamagedError", "Done", "Manifest", "columns"]

FORMAT = 2
_SHA256 = re.compile(r"[0-9a-f]{64}")


class DamagedError(StrategyError):
    """A manifest that is not as it was written."""


@attrs.frozen
class Done:
    """A part that is done.

    How large its file is and its SHA-256, and how many rows have which verdict, a list an
    outcome.
    """

    size: int
    sha256: str
    counts: tuple[tuple[int, ...], ...]
    refused: int = 0
    why: str = ""


@attrs.frozen(eq=False)
class Manifest:
    """What ``_manifest.json`` holds."""

    identity: Mapping[str, Any]
    samples: int
    part_rows: int
    words: Mapping[str, Any]
    done: dict[int, Done]

    @property
    def complete(self) -> bool:
        """Whether all parts are done."""
        return len(self.done) == -(-self.samples // self.part_rows)

    def write(self, folder: Path) -> None:
        """Replace the file in ``folder``, whole."""
        data = {
            "format": FORMAT,
            "complete": self.complete,
            "samples": self.samples,
            "part_rows": self.part_rows,
            "sweep": dict(self.identity),
            "words": dict(self.words),
            "parts": {
                str(number): attrs.asdict(self.done[number]) for number in sorted(self.done)
            },
        }
        body = (
            json.dumps(data, ensure_ascii=False, indent=0)
            .encode("utf-8")
            .removesuffix(b"\n}")
        )
        files.replace(folder / files.MANIFEST, body, _seal(body))

    @classmethod
    def read(cls, folder: Path) -> Manifest | None:
        """What the folder's manifest says; None if there is none.

        Raises DamagedError unless it is as it was written and fits together, StrategyError
        if it cannot be read.
        """
        path = folder / files.MANIFEST
        content = files.read(path)
        if content is None:
            return None
        body = content[: -len(_seal(b""))]
        if body + _seal(body) != content:
            raise _damaged(path, "its checksum is not that of its content")
        try:
            data = json.loads(content)
            if data["format"] > FORMAT:
                raise _newer(folder)
            done = {
                int(number): Done(
                    one["size"],
                    one["sha256"],
                    tuple([tuple(row) for row in one["counts"]]),
                    one["refused"],
                    one["why"],
                )
                for number, one in data["parts"].items()
            }
            found = cls(
                data["sweep"], data["samples"], data["part_rows"], data["words"], done
            )
            if not found._fits():
                raise _damaged(path, "what it says does not fit together")
        except (KeyError, TypeError, AttributeError, ValueError, RecursionError) as error:
            raise (
                error
                if isinstance(error, StrategyError)
                else _damaged(path, "it is not a manifest of a sweep")
            ) from None
        return found

    def _fits(self) -> bool:
        """Whether rows, parts and counts agree."""
        outcomes, words = self.identity["outcomes"], self.words
        said = (self.identity["model"], self.identity["design"], words["concept"])
        if not (
            _whole(self.samples, 1)
            and _whole(self.part_rows, 1)
            and self.identity["samples"] == self.samples
        ):
            return False
        if not (
            all(isinstance(one, str) for one in said) and isinstance(words["drawn"], bool)
        ):
            return False
        if words["columns"] != columns(
            tuple(self.identity["parameters"]),
            tuple(outcomes),
            self.identity["probabilities"],
        ):
            return False
        axes = words["axes"]
        sizes = {label: _numbers(points) for label, points in axes}
        if not _texts([label for label, _ in axes]) == len(axes) == len(sizes) or (
            axes and math.prod(sizes.values()) != self.samples
        ):
            return False
        return all(
            0 <= number * self.part_rows < self.samples
            and self._counts(number, len(outcomes))
            for number in self.done
        )

    def _counts(self, number: int, outcomes: int) -> bool:
        one = self.done[number]
        rows = min(self.part_rows, self.samples - number * self.part_rows)
        sums = [
            sum(row)
            for row in one.counts
            if len(row) == len(ORDER) and all(_whole(count, 0) for count in row)
        ]
        told = (
            _whole(one.size, 0)
            and _whole(one.refused, 0)
            and one.refused <= rows
            and isinstance(one.why, str)
        )
        return (
            told
            and _SHA256.fullmatch(one.sha256) is not None
            and sums == [rows] * outcomes == [rows] * len(one.counts)
        )


def columns(
    parameters: tuple[str, ...], outcomes: tuple[str, ...], probabilities: bool
) -> dict[str, Any]:
    """The names of the columns that are not parameters.

    "index", and for each outcome "verdict", "least" and "greatest" (with its name after a
    colon where there are several). A parameter keeps a name that it shares with one; the
    column then ends in "_". ``outcomes``: by name; ``probabilities``: whether they are
    asked for.
    """

    def free(label: str) -> str:
        while label in parameters:
            label += "_"
        return label

    several = len(outcomes) > 1
    kinds = ("verdict", *(("least", "greatest") if probabilities else ()))
    names = {
        outcome: [free(f"{kind}: {outcome}" if several else kind) for kind in kinds]
        for outcome in outcomes
    }
    return {"index": free("index"), "outcomes": names}


def _seal(body: bytes) -> bytes:
    """The last lines of a manifest: the SHA-256 of all that stands before them."""
    return f',\n"sha256": "{hashlib.sha256(body).hexdigest()}"\n}}'.encode("ascii")


def _damaged(path: Path, why: str) -> DamagedError:
    return DamagedError(
        f"{path} is damaged ({why}): run the same sweep again, which rebuilds it from the "
        "parts that are whole"
    )


def _newer(folder: Path) -> StrategyError:
    return StrategyError(
        f"{folder} was written by a newer version of the toolkit: read it with that one"
    )


def _texts(values: Any) -> int:
    """How many texts a list holds; -1 if it is none of texts."""
    return (
        len(values)
        if isinstance(values, list) and all(isinstance(one, str) for one in values)
        else -1
    )


def _numbers(values: Any) -> int:
    """How many numbers a list holds; -1 if it is none of numbers."""
    return (
        len(values)
        if isinstance(values, list) and all(type(one) in (int, float) for one in values)
        else -1
    )


def _whole(value: Any, least: int) -> bool:
    return type(value) is int and value >= least
