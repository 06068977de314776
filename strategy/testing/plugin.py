"""The claims of models as tests: ``pytest --strategy-models corridor``. Costs nothing where the option is not given.

A model is named as on the command line; a prefix of registered names stands for all of them. Each claim is a test with the id
``corridor.sequence::C7``: proved or not refuted, it passes; refuted, it fails if it is required and is an expected failure if
not; a claim that the model does not state is skipped. What is printed is the counter-example as tables.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from strategy.assumptions import Model
    from strategy.checking import Checked

__all__ = ["ClaimItem", "ClaimRefuted"]


def pytest_addoption(parser: pytest.Parser) -> None:
    """The options."""
    group = parser.getgroup("strategy", "claims of models")
    group.addoption(
        "--strategy-models",
        action="append",
        default=[],
        metavar="MODEL",
        help="Test the claims of a model: a registered name, a prefix of such names, or module:attribute; may be repeated.",
    )
    group.addoption("--strategy-examples", type=int, default=200, metavar="N", help="How many values a search tries for a check.")
    group.addoption(
        "--strategy-seed", type=int, default=None, metavar="S", help="Seed of the searches (default: --hypothesis-seed, or 0)."
    )


@pytest.hookimpl(tryfirst=True)  # so that -k and -m choose among them
def pytest_collection_modifyitems(session: pytest.Session, config: pytest.Config, items: list[pytest.Item]) -> None:
    """Add the claims to the tests that were collected."""
    for given in config.getoption("--strategy-models"):
        for label, model in _models(given):
            for claim in model.claims:
                items.append(ClaimItem.from_parent(session, name=claim, nodeid=f"{label}::{claim}", model=model))


class ClaimRefuted(Exception):
    """A claim that was required to hold does not."""


class ClaimItem(pytest.Item):
    """One claim of one model."""

    def __init__(self, *, model: Model, **given: Any) -> None:
        super().__init__(**given)
        self.model = model

    def runtest(self) -> None:
        """Run the claim's checks."""
        from strategy.checking import Result, check

        examples, seed = self.config.getoption("--strategy-examples"), _seed(self.config)
        found = check(self.model, claims=[self.name], examples=examples, seed=seed)
        (claim,) = found.claims
        if claim.result is Result.NOT_STATED:
            pytest.skip("; ".join([one.reason for one in claim.rulings]) or "the model does not state it")
        if claim.result is Result.REFUTED:
            text = f"{claim.claim.id}: {claim.claim.statement}\n\n{_shown(found)}"
            if claim.claim.required:
                raise ClaimRefuted(text)
            pytest.xfail(text)

    def repr_failure(self, excinfo: pytest.ExceptionInfo[BaseException], style: Any = None) -> Any:
        """The counter-example alone, for a claim that is refuted."""
        if isinstance(excinfo.value, ClaimRefuted):
            return str(excinfo.value)
        return super().repr_failure(excinfo, style)

    def reportinfo(self) -> tuple[Path, int | None, str]:
        """Where a report says it is."""
        return self.path, None, self.nodeid


def _shown(found: Checked) -> str:
    """The counter-examples: each check that is refuted, what is the case, the tables."""
    lines = []
    for title, tables in found.details:
        lines.append(title)
        for table in tables:
            lines += ["", table.caption, table.text()]
        lines.append("")
    return "\n".join(lines).rstrip()


def _seed(config: pytest.Config) -> int:
    given = config.getoption("--strategy-seed")
    if given is None:
        given = config.getoption("hypothesis_seed", None)
    return int(given) if str(given).isdecimal() else 0


def _models(given: str) -> Iterator[tuple[str, Model]]:
    """The models of a registered name or prefix, or of ``module:attribute``."""
    import importlib

    from strategy.assumptions import Model
    from strategy.names import unknown
    from strategy.solving import registered

    known = registered("models")
    chosen = {label: load for label, load in known.items() if label == given or label.startswith(f"{given}.")}
    place, colon, attribute = given.partition(":")
    if colon:
        chosen[given] = lambda: getattr(importlib.import_module(place), attribute)
    if not chosen:
        raise pytest.UsageError(f"--strategy-models: {unknown(given, known, 'model')}; or give module:attribute")
    for label, load in chosen.items():
        try:
            found = load()
        except Exception as error:
            raise pytest.UsageError(f"--strategy-models {label}: {type(error).__name__}: {error}") from error
        if not isinstance(found, Model):
            raise pytest.UsageError(f"--strategy-models {label}: expected a Model, got a {type(found).__name__}")
        yield label, found
