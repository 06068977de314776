"""The plan of a sweep.

What is asked of which rows, cut into parts at fixed places, and what makes two sweeps the
same.
"""

from __future__ import annotations

import hashlib
import json
import time
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import attrs
import numpy as np

from strategy.assumptions.model import Model
from strategy.deadline import OutOfTime
from strategy.errors import StrategyError
from strategy.sensitivity.samples.designs import Design, RangeBox, digest
from strategy.sensitivity.sweeping.answers import SweepQuestion
from strategy.texts import number_text

__all__ = ["SweepPlan", "differences", "require_same", "rows_in_time"]

_PROBE = 256  # rows at either end by which another version's other samples are found out


@attrs.frozen(eq=False)
class SweepPlan:
    """What is asked of which rows.

    ``identity``: plain data, equal for the same rows of the same sweep, whatever computes
    it. ``part_rows``: rows a file.
    """

    asked: SweepQuestion
    design: Design
    box: RangeBox
    identity: Mapping[str, Any]
    part_rows: int

    @classmethod
    def of(
        cls, asked: SweepQuestion, design: Design, part_rows: int | None = None
    ) -> SweepPlan:
        """Plan a sweep.

        ``asked``: the question; ``part_rows``: rows a file, None for some sixty parts.
        Raises ParameterError where the design does not fit the model.
        """
        box = RangeBox.of(asked.model, asked.at)
        return cls(
            asked,
            design,
            box,
            _identity(asked, design, box),
            part_rows or _part_rows(design.samples, asked.fast),
        )

    @property
    def samples(self) -> int:
        """How many rows in all."""
        return self.design.samples

    @property
    def parts(self) -> int:
        """How many files."""
        return -(-self.samples // self.part_rows)

    def span(self, number: int) -> tuple[int, int]:
        """The rows of a part: from the first to before the last.

        ``number``: of the part.
        """
        return number * self.part_rows, min((number + 1) * self.part_rows, self.samples)

    @property
    def row_bytes(self) -> float:
        """What a row takes on the disk, about.

        Eight bytes a float that varies, little for what repeats.
        """
        asked = self.asked
        varied = len(self.box.varied) * (2.0 if self.design.repeats else 8.0)
        return varied + 1 + len(asked.outcomes) * (17 if asked.probabilities else 0.5)


def _part_rows(samples: int, fast: bool) -> int:
    """Some sixty parts, but neither tiny nor huge.

    So workers have enough to share and little is lost when one is killed.
    """
    least, most = (2**14, 2**17) if fast else (2**5, 2**12)
    return int(min(max(2 ** (max(samples // 64, 1).bit_length()), least), most))


def rows_in_time(plan: SweepPlan, seconds: float) -> int:
    """Rows a file, fewer where a file would take too long.

    More than a twentieth of the time there is: one that is cut short is lost. ``plan``: of
    the sweep; ``seconds``: that there are.
    """
    least, asked = 2**14, plan.asked
    if asked.fast and not (
        asked.probabilities and len(getattr(asked.model.form, "laws", ()))
    ):
        return min(plan.part_rows, least)
    took = []
    try:
        for row in range(min(2, plan.samples)):  # the first may have to compile
            begin = time.monotonic()
            asked.answers(plan.design.rows(plan.box, row, row + 1))
            took.append(time.monotonic() - begin)
    except OutOfTime:
        return 1
    return max(
        1, min(plan.part_rows, int(float(seconds) / 20 / max(min(took, default=0), 1e-6)))
    )


def _identity(asked: SweepQuestion, design: Design, box: RangeBox) -> dict[str, Any]:
    import strategy

    model, concept = asked.model, asked.concept
    last = max(design.samples - _PROBE, 0)
    probes = [
        design.rows(box, start, min(start + _PROBE, design.samples))
        for start in sorted({0, last})
    ]
    said: dict[str, Any] = {
        "model": model.name,
        "form": _form(model.form),
        "terms": _terms(model),
        "parameters": {
            label: [number_text(one.low), number_text(one.baseline), number_text(one.high)]
            for label, one in model.parameters.items()
        },
        "outcomes": {label: digest(model.outcomes[label].mask) for label in asked.outcomes},
        "concept": repr(concept) if attrs.has(type(concept)) else str(concept),
        "values": {label: number_text(one) for label, one in asked.at.items()},
        **design.identity(),
        "probabilities": asked.probabilities,
        "seconds a row": asked.limits.seconds,
        "equilibria a row": asked.limits.count,
        "rows": digest(np.concatenate(probes)),
        "version": strategy.__version__,
    }
    return json.loads(json.dumps(said))  # type: ignore[no-any-return]


def _form(form: Any) -> str:
    """A fingerprint of players, actions and the order of moves."""
    whole = hashlib.sha256()
    for field in attrs.fields(type(form)):
        value = getattr(form, field.name)
        if isinstance(value, Mapping):
            value = list(value.items())
        whole.update(
            f"{field.name}:".encode()
            + (
                value.tobytes()
                if isinstance(value, np.ndarray)
                else number_text(value).encode()
            )
        )
    return whole.hexdigest()[:32]


def _terms(model: Model) -> str:
    """A fingerprint of what is paid to whom on which plays."""
    said = "\n".join([f"{term.player}: {term.amount}" for term in model.terms])
    return hashlib.sha256(said.encode() + model.masks.tobytes()).hexdigest()[:32]


_HASHED = ("form", "terms", "outcomes")


def differences(there: Mapping[str, Any], here: Mapping[str, Any]) -> list[str]:
    """In what two identities differ, in words.

    The rows themselves only where nothing else does. ``there``, ``here``: the identities.
    """
    found = []
    for key in {**there, **here}:
        old, new = there.get(key), here.get(key)
        if old == new or key == "rows":
            continue
        if isinstance(old, dict) and isinstance(new, dict):
            inner = [one for one in {**old, **new} if old.get(one) != new.get(one)]
            found += [
                _said(f"{key} ({one})", old.get(one), new.get(one), key in _HASHED)
                for one in inner[:3]
            ]
        else:
            found.append(_said(key, old, new, key in _HASHED))
    if not found and there.get("rows") != here.get("rows"):
        found.append(
            "the rows drawn differ, as another version of NumPy or SciPy draws them"
        )
    return found


def require_same(there: Mapping[str, Any], here: Mapping[str, Any], folder: Path) -> None:
    """Raise StrategyError, with what differs, if a folder holds another sweep.

    ``there``: the identity of the one in the folder; ``here``: that of this one.
    """
    other = differences(there, here)
    if other:
        raise StrategyError(
            f"{folder} holds another sweep: {'; '.join(other)}. Give another folder, or "
            "the same settings as there to continue it"
        )


def _said(key: str, old: Any, new: Any, hashed: bool) -> str:
    return (
        f"{key} differs"
        if hashed and old and new
        else f"{key} is {_short(old)} there, {_short(new)} here"
    )


def _short(value: Any) -> str:
    text = (
        "nothing"
        if value is None
        else value
        if isinstance(value, str)
        else json.dumps(value, ensure_ascii=False)
    )
    return text if len(text) <= 60 else text[:57] + "..."
