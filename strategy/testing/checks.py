"""Conformance kits: does something of one's own keep to what the toolkit relies on?

A solver, a concept, a model or a form.

Each is called with one object and raises AssertionError, in words, at the first thing that
is not right. The toolkit's own solvers, concepts and models are held to the same kits.
"""

from strategy.testing._concept_kit import check_concept
from strategy.testing._form_kit import check_form
from strategy.testing._model_kit import check_model
from strategy.testing._solver_kit import check_solver

__all__ = ["check_concept", "check_form", "check_model", "check_solver"]
