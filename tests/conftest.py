"""Sweeps over random games play few of them by default. To play twenty times as many, thousands:

    STRATEGY_TESTS_SCALE=20 python -m pytest tests/solvers tests/concepts tests/sensitivity -o timeout=3000

From 10 on maps are checked on grids of 101 x 101 points. STRATEGY_TESTS_PROFILES=100000 solves trees of
up to so many profiles by listing them all.
"""

from tests._games import MOST_PROFILES, SCALE


def pytest_report_header() -> str:
    return f"random games: STRATEGY_TESTS_SCALE={SCALE:g}, STRATEGY_TESTS_PROFILES={MOST_PROFILES}"
