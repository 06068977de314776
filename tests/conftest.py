"""`make test` leaves out what is marked ``deep``, and of what is marked ``deep_but(n)`` all
but the first n cases: what takes long, sweeps over random games among it. `make test-all`
runs everything. To play twenty times as many games, thousands:

    STRATEGY_TESTS_SCALE=20 python -m pytest tests/solvers tests/concepts tests/sensitivity
    -o timeout=30000

From 10 on maps are checked on grids of 101 x 101 points. STRATEGY_TESTS_PROFILES=100000
solves trees of up to so many profiles by listing them all.
"""

from collections import Counter

import pytest

from tests._games import MOST_PROFILES, SCALE


def pytest_report_header() -> str:
    return (
        f"random games: STRATEGY_TESTS_SCALE={SCALE:g}, "
        f"STRATEGY_TESTS_PROFILES={MOST_PROFILES}"
    )


@pytest.fixture
def patient(monkeypatch: pytest.MonkeyPatch) -> None:
    """What is kept once the time is over may take long: for machines that are busy."""
    from strategy import solving
    from strategy.solvers import branch_and_prune, candidates_first, protocol

    monkeypatch.setattr(candidates_first, "_LATE", 600.0)
    for module in (solving, protocol, branch_and_prune):
        monkeypatch.setattr(module, "_GRACE", 600.0)


@pytest.hookimpl(tryfirst=True)  # before -m looks at the marks
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    cases: Counter[str] = Counter()
    for item in items:
        if mark := item.get_closest_marker("deep_but"):
            test = item.nodeid.partition("[")[0]
            cases[test] += 1
            if cases[test] > mark.args[0]:
                item.add_marker("deep")
