"""For those who test: conformance kits, and examples of what ``strategy.generators`` draws.

Nothing of the toolkit imports this.

    checks.py        check_solver, check_concept, check_model, check_form
    examples.py      examples of a Hypothesis strategy outside a test function,
    and the simplest with a property
    changes.py       games changed in the ways that concepts declare to follow
    brute_force.py   answers by looking at every pure profile of a small game
    plugin.py        the claims of a model as tests of pytest

The names below are imported when first used: pytest loads the plug-in in every run, and
should not wait for Hypothesis.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from strategy.lazy_names import handed_on, looked_up_in

if TYPE_CHECKING:
    from strategy.testing.checks import (
        check_concept as check_concept,
        check_form as check_form,
        check_model as check_model,
        check_solver as check_solver,
    )
    from strategy.testing.examples import drawn as drawn, simplest as simplest

_HOMES = handed_on(__name__)
__all__ = sorted(_HOMES)
__getattr__ = looked_up_in(_HOMES)
