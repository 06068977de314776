"""Where modules of version 0.1 are now.

Thanks to this, results that version 0.1 saved still load and imports from its modules still
work.

A pickle names the module of each class in it. An old module is an alias: a name asked of it
is looked up in its new homes.
"""

from __future__ import annotations

import sys
import warnings
from collections.abc import Callable, Sequence
from importlib import import_module
from importlib.machinery import ModuleSpec
from types import ModuleType
from typing import Any

__all__ = ["NEW_HOMES", "RENAMED", "find_moved_modules", "old_names"]

NEW_HOMES = {
    "plots.ablations": "plots.ablation",
    "plots.across_concepts": "plots.robustness",
    "plots.commitments": "plots.commitment",
    "plots.questions": "plots.question",
    "plots.regrets": "plots.regret",
    "plots.rescaled_terms": "plots.terms",
    "plots.signs": "plots.statics",
    "plots.stresses": "plots.stress",
    "plots.tornados": "plots.tornado",
    "report.plain": "forms.plain",
    "report.sections.splits": "assumptions.splits",
    "report.sections.thresholds": "sensitivity.analyses.thresholds_finding "
    "sensitivity.analyses.thresholds_rows",
    "report.words": "sensitivity.analyses.thresholds_words",
    "sensitivity._binding": "sensitivity.deciding.binding",
    "sensitivity._bound": "sensitivity.deciding.bound_players",
    "sensitivity._boxes": "sensitivity.samples.scenario_boxes",
    "sensitivity._change_findings": "sensitivity.analyses.change_finding",
    "sensitivity._changes": "sensitivity.nearest.changes",
    "sensitivity._courses": "sensitivity.deciding.courses",
    "sensitivity._driven": "sensitivity.analyses.drivers_finding",
    "sensitivity._indices": "sensitivity.samples.indices",
    "sensitivity._inequalities": "sensitivity.deciding.inequalities",
    "sensitivity._intervals": "sensitivity.samples.intervals",
    "sensitivity._question_findings": "sensitivity.analyses.question_finding",
    "sensitivity._sweep_manifest": "sensitivity.sweeping.manifest",
    "sensitivity._user_tables": "sensitivity.samples.user_tables",
    "sensitivity.across_concepts": "sensitivity.analyses.robustness",
    "sensitivity.catalogue": "sensitivity.analyses.catalogue",
    "sensitivity.choices": "concepts.choices",
    "sensitivity.committing": "sensitivity.analyses.commitment",
    "sensitivity.comparative_statics": "sensitivity.analyses.statics",
    "sensitivity.coordinating": "sensitivity.analyses.coordination",
    "sensitivity.designs": "sensitivity.samples.designs",
    "sensitivity.distributions": "sensitivity.samples.distributions",
    "sensitivity.driving": "sensitivity.analyses.drivers",
    "sensitivity.findings": "sensitivity.analyses.finding",
    "sensitivity.flips": "sensitivity.analyses.flip",
    "sensitivity.informing": "sensitivity.analyses.information",
    "sensitivity.joint_stress": "sensitivity.analyses.stress",
    "sensitivity.moving_in_turn": "sensitivity.analyses.orders",
    "sensitivity.next_questions": "sensitivity.analyses.question",
    "sensitivity.one_at_a_time": "sensitivity.analyses.tornado",
    "sensitivity.polyhedra": "sensitivity.analyses.conditions",
    "sensitivity.radii": "sensitivity.analyses.radius",
    "sensitivity.region": "sensitivity.analyses.regions",
    "sensitivity.regrets": "sensitivity.analyses.regret",
    "sensitivity.rescaled_terms": "sensitivity.analyses.terms",
    "sensitivity.sampling": "sensitivity.samples.shares",
    "sensitivity.sweeps": "sensitivity.sweeping.sweep",
    "sensitivity.swept": "sensitivity.sweeping.result",
    "sensitivity.threshold": "sensitivity.analyses.thresholds",
    "sensitivity.tipping_points": "sensitivity.analyses.tipping",
    "sensitivity.triviality": "sensitivity.analyses.triviality",
    "sensitivity.verdicts": "sensitivity.deciding.at_values sensitivity.deciding.verdicts",
    "sensitivity.wrong_claims": "sensitivity.analyses.ablation",
    "solvers._bimatrix": "solvers.bimatrix.extreme",
    "solvers._branch_prune_isolate": "solvers.cells.isolating",
    "solvers._induction": "solvers.induction.ties solvers.induction.classes",
    "solvers._proof_zeros": "solvers.proving.zeros",
}
"""Modules below ``strategy`` of version 0.1 and where what they held is now, in one module
or two."""

RENAMED = {
    "sensitivity._boxes.Box": "ScenarioBox",
    "sensitivity._changes.Question": "ChangeQuestion",
    "sensitivity._changes.Witness": "ChangeWitness",
    "sensitivity._indices.Effect": "SampledEffect",
    "sensitivity.designs.Box": "RangeBox",
    "sensitivity.polyhedra.Condition": "EquilibriumCondition",
    "sensitivity.tipping_points.End": "LifeEnd",
    "solvers._bimatrix.Found": "ExtremeFound",
    "solvers._induction.Listing": "Continuations",
}
"""Classes that have another name now."""


def find_moved_modules() -> None:
    """Have Python look old modules up here, after all other places."""
    if not any(isinstance(one, _MovedModules) for one in sys.meta_path):
        sys.meta_path.append(_MovedModules())


class _MovedModules:
    """Finds and makes the aliases.

    It is not derived from ``importlib.abc``, which loads Python's ``random``: where a
    command is run, a file of the user's may have that name.
    """

    def find_spec(
        self, name: str, path: Sequence[str] | None, target: ModuleType | None = None
    ) -> ModuleSpec | None:
        moved = name.startswith("strategy.") and name.removeprefix("strategy.") in NEW_HOMES
        loader: Any = self
        return ModuleSpec(name, loader) if moved else None

    def create_module(self, spec: ModuleSpec) -> None:
        return None

    def exec_module(self, module: ModuleType) -> None:
        old = module.__name__.removeprefix("strategy.")
        homes = [f"strategy.{home}" for home in NEW_HOMES[old].split()]
        if not old.rpartition(".")[2].startswith("_") and _asked_by_an_import():
            told = f"{module.__name__} has moved to {' and '.join(homes)}"
            warnings.warn(
                f"{told}; public names stay in strategy.{old.partition('.')[0]}",
                DeprecationWarning,
                stacklevel=2,
            )

        def looked_up(name: str) -> Any:
            if not name.startswith("__"):
                now = RENAMED.get(f"{old}.{name}", name)
                for home in map(import_module, homes):
                    if hasattr(home, now):
                        return getattr(home, now)
            raise AttributeError(
                f"module {module.__name__!r} has no attribute {name!r}",
                name=name,
                obj=module,
            )

        module.__getattr__ = looked_up  # type: ignore[method-assign]


def old_names(package: str, **now: str) -> Callable[[str], Any]:
    """A ``__getattr__`` for a package whose public names have changed.

    Each old one is that of ``now``, with a warning.
    """

    def looked_up(name: str) -> Any:
        if name not in now:
            raise AttributeError(f"module {package!r} has no attribute {name!r}")
        warnings.warn(
            f"{package}.{name} is called {now[name]} now", DeprecationWarning, stacklevel=2
        )
        return getattr(sys.modules[package], now[name])

    return looked_up


def _asked_by_an_import() -> bool:
    """Whether a statement or ``import_module`` asks for the module, and not a pickle.

    A pickle is read without a warning.
    """
    from opcode import opmap

    frame = sys._getframe(2)
    while "importlib" in frame.f_code.co_filename:
        if frame.f_code.co_name == "import_module":
            return True
        assert frame.f_back is not None
        frame = frame.f_back
    return frame.f_code.co_code[frame.f_lasti] == opmap["IMPORT_NAME"]
