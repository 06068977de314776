"""Figures: each takes a result and an Axes and returns the Axes. No window is opened and nothing global is changed."""

from strategy.plots.ablation import ablation_size, plot_ablation
from strategy.plots.best_responses import plot_best_responses
from strategy.plots.commitment import commitment_size, plot_commitment
from strategy.plots.conditions import conditions_size, plot_conditions
from strategy.plots.coordination import coordination_size, plot_coordination
from strategy.plots.drivers import drivers_size, plot_drivers
from strategy.plots.equilibria import equilibria_size, plot_equilibria
from strategy.plots.files import blank, save, svg_text
from strategy.plots.information import information_size, plot_information
from strategy.plots.joint_moves import plot_radius, radius_size
from strategy.plots.orders import orders_size, plot_orders
from strategy.plots.payoffs import payoffs_size, plot_payoffs
from strategy.plots.quantal_responses import plot_quantal_responses, responses_size
from strategy.plots.question import plot_question, question_size
from strategy.plots.regions import letters, map_size, plot_regions
from strategy.plots.regret import plot_regret, regret_size
from strategy.plots.robustness import plot_robustness, robustness_size
from strategy.plots.statics import plot_statics, statics_size
from strategy.plots.stress import plot_stress, stress_size
from strategy.plots.terms import plot_terms, terms_size
from strategy.plots.thresholds import plot_thresholds, strips_size
from strategy.plots.tipping import plot_tipping, tipping_size
from strategy.plots.tornado import plot_tornado, tornado_size
from strategy.plots.trajectories import plot_trajectory, trajectory_size
from strategy.plots.trees import plot_tree, tree_size
from strategy.plots.waterfalls import claim_steps, plot_waterfall, waterfall_size

ALL = (
    plot_ablation,
    plot_best_responses,
    plot_commitment,
    plot_conditions,
    plot_coordination,
    plot_drivers,
    plot_equilibria,
    plot_information,
    plot_orders,
    plot_payoffs,
    plot_quantal_responses,
    plot_question,
    plot_radius,
    plot_regions,
    plot_regret,
    plot_robustness,
    plot_statics,
    plot_stress,
    plot_terms,
    plot_thresholds,
    plot_tipping,
    plot_tornado,
    plot_trajectory,
    plot_tree,
    plot_waterfall,
)

__all__ = [
    "ALL",
    "ablation_size",
    "blank",
    "claim_steps",
    "commitment_size",
    "conditions_size",
    "coordination_size",
    "drivers_size",
    "equilibria_size",
    "information_size",
    "letters",
    "map_size",
    "orders_size",
    "payoffs_size",
    "plot_ablation",
    "plot_best_responses",
    "plot_commitment",
    "plot_conditions",
    "plot_coordination",
    "plot_drivers",
    "plot_equilibria",
    "plot_information",
    "plot_orders",
    "plot_payoffs",
    "plot_quantal_responses",
    "plot_question",
    "plot_radius",
    "plot_regions",
    "plot_regret",
    "plot_robustness",
    "plot_statics",
    "plot_stress",
    "plot_terms",
    "plot_thresholds",
    "plot_tipping",
    "plot_tornado",
    "plot_trajectory",
    "plot_tree",
    "plot_waterfall",
    "question_size",
    "radius_size",
    "regret_size",
    "responses_size",
    "robustness_size",
    "save",
    "statics_size",
    "stress_size",
    "strips_size",
    "svg_text",
    "terms_size",
    "tipping_size",
    "tornado_size",
    "trajectory_size",
    "tree_size",
    "waterfall_size",
]
