"""How to get the same results again.

Everything that was asked, and the version that answered.
"""

from __future__ import annotations

from typing import Any

import attrs

import strategy
from strategy.report.question import Question
from strategy.report.section import Section
from strategy.texts import number_text

__all__ = ["SECTION", "ReproduceFound"]


@attrs.frozen(eq=False)
class ReproduceFound:
    """What was asked of which version."""

    question: Question
    version: str


def find(question: Question) -> ReproduceFound:
    """The question itself."""
    return ReproduceFound(question, strategy.__version__)


def data(found: ReproduceFound) -> dict[str, Any]:
    """What was ``found``, as plain data."""
    asked = found.question
    return {
        "toolkit": found.version,
        "model": asked.model.name,
        "outcome": asked.outcome.name,
        "values": {label: number_text(value) for label, value in asked.values.items()},
        "map": None if asked.map is None else list(asked.map),
        "limits": {"seconds": asked.limits.seconds, "count": asked.limits.count},
    }


SECTION = Section(key="reproduce", title="How to get this again", find=find, data=data)
