"""Sweeps over random games play few by default. ``STRATEGY_TESTS_SCALE=20 python -m pytest tests/solvers`` plays twenty times as many
(thousands), lists profiles of larger trees, and from 10 on checks maps on grids of 101 x 101 points; add ``-o timeout=3000``."""

from tests._games import SCALE


def pytest_report_header() -> str:
    return f"random games: {SCALE:g} times the default number (STRATEGY_TESTS_SCALE)"
