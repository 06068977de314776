"""The claims of models as tests: ``pytest --strategy-models corridor``.

Costs nothing where the option is not given.

A model is named by its registered name, as ``module:attribute`` or as
``file.py:attribute``; a prefix of registered names stands for all of them, and
``MODEL::CLAIM`` for one claim. Each claim is a test with the id ``corridor.sequence::C7``.
It passes if none of its checks is refuted. Refuted in one, it fails if it is required and
is an expected failure if not (``--runxfail`` lets it fail as well). One that cannot be
asked, in part or at all, fails if it is required; not required and not stated at all, it is
skipped. What is printed is each check with its result, and the counter-examples as tables.
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
    """The options.

    ``parser``: pytest's.
    """
    group = parser.getgroup("strategy", "claims of models")
    group.addoption(
        "--strategy-models",
        action="append",
        default=[],
        metavar="MODEL",
        help="Test the claims of a model: a registered name, a prefix of such names up to "
        "a dot, module:attribute or "
        "file.py:attribute; one claim alone as MODEL::CLAIM. May be repeated.",
    )
    group.addoption(
        "--strategy-examples",
        type=int,
        default=200,
        metavar="N",
        help="How many values a search tries for a check.",
    )
    group.addoption(
        "--strategy-seed",
        type=int,
        default=None,
        metavar="S",
        help="Seed of the searches (default: --hypothesis-seed, or 0).",
    )


@pytest.hookimpl(tryfirst=True)  # so that -k and -m choose among them
def pytest_collection_modifyitems(
    session: pytest.Session, config: pytest.Config, items: list[pytest.Item]
) -> None:
    """Add the claims to the tests that were collected.

    ``session``, ``config``, ``items``: pytest's.
    """
    found = [
        ClaimItem.from_parent(session, name=claim, nodeid=f"{label}::{claim}", model=model)
        for given in config.getoption("--strategy-models")
        for label, model, claims in _models(given, str(config.invocation_params.dir))
        for claim in claims
    ]
    if found:
        items += found
        # so that they count among those that were collected
        config.hook.pytest_collectreport(
            report=pytest.CollectReport("claims", "passed", None, [*found])
        )


class ClaimRefuted(Exception):
    """A claim that was required to hold does not, or cannot be asked."""


class ClaimItem(pytest.Item):
    """One claim of one model."""

    def __init__(self, *, model: Model, **given: Any) -> None:
        super().__init__(**given)
        self.model = model

    def runtest(self) -> None:
        """Run the claim's checks."""
        from strategy.checking import Result, check

        examples = self.config.getoption("--strategy-examples")
        seed = _seed(self.config)
        found = check(self.model, claims=[self.name], examples=examples, seed=seed)
        (claim,) = found.claims
        text = "\n".join(
            [f"{claim.claim.id}: {claim.claim.statement}", f"{claim.tally}:", *claim.said]
        )
        if claim.failing:
            why = (
                ""
                if claim.result is Result.REFUTED
                else "It is required to hold and cannot be asked.\n\n"
            )
            raise ClaimRefuted(f"{text}\n\n{why}{_shown(found)}".rstrip())
        if claim.result is Result.NOT_STATED:
            reasons = "; ".join([one.reason for one in claim.rulings])
            pytest.skip(f"{self.nodeid}: {reasons or 'the model does not state it'}")
        if claim.result is Result.REFUTED:
            if self.config.getoption("runxfail"):
                raise ClaimRefuted(f"{text}\n\n{_shown(found)}")
            pytest.xfail(f"{text}\n\n{_shown(found)}")
        # for -rP, which shows what passed
        self.add_report_section("call", "readings", text)

    def repr_failure(
        self, excinfo: pytest.ExceptionInfo[BaseException], style: Any = None
    ) -> Any:
        """The checks and counter-examples alone, for a claim that does not pass.

        ``excinfo``, ``style``: pytest's.
        """
        if isinstance(excinfo.value, ClaimRefuted):
            return str(excinfo.value)
        return super().repr_failure(excinfo, style)

    def reportinfo(self) -> tuple[Path, int | None, str]:
        """Where a report says it is."""
        return (
            self.path,
            None,
            f"{self.name} of {self.nodeid.removesuffix(f'::{self.name}')}",
        )


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


def _models(given: str, folder: str) -> Iterator[tuple[str, Model, list[str]]]:
    """The models of a registered name or prefix, or of the place of one.

    Each with the claims that are asked for.
    """
    from strategy.assumptions import Model
    from strategy.characters import one_line
    from strategy.loading import found_at
    from strategy.names import unknown
    from strategy.registry import registered

    known = registered("models")
    asked, _, claim = given.partition("::")
    chosen = {
        label: load
        for label, load in known.items()
        if label == asked or label.startswith(f"{asked}.")
    }
    if ":" in asked:
        chosen[asked] = lambda: found_at(asked, folder)
    if not chosen:
        raise pytest.UsageError(
            f"--strategy-models: {one_line(unknown(asked, known, 'model'))}; or give "
            "module:attribute or file.py:attribute"
        )
    for label, load in chosen.items():
        try:
            found = load()
        except Exception as error:
            raise pytest.UsageError(
                one_line(f"--strategy-models {label}: {type(error).__name__}: {error}")
            ) from error
        if not isinstance(found, Model):
            raise pytest.UsageError(
                f"--strategy-models {one_line(label)}: expected a Model, got a "
                f"{type(found).__name__}"
            )
        if claim and claim not in found.claims:
            raise pytest.UsageError(
                one_line(
                    f"--strategy-models {given}: {unknown(claim, found.claims, 'claim')}"
                )
            )
        yield label, found, [claim] if claim else list(found.claims)
