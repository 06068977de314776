"""How numbers, names, tables and verdicts look.

Shared by ``print``, the terminal, notebooks, figures and the report.
"""

from strategy.display._games import (
    actions_table,
    equilibrium_data,
    equilibrium_page,
    form_page,
    game_page,
    game_table,
    normal_form_table,
    profile_page,
    solution_page,
    solution_table,
    tree_text,
)
from strategy.display._looks import LOOKS, Look, look
from strategy.display._notebook import fold, notebook, paragraph, title
from strategy.display._pictures import Strip, polygon_map
from strategy.display._plans import plan_table, plans_text
from strategy.display._progress import progress_bar
from strategy.display._tables import Chip, Indented, Lines, Table, text_table
from strategy.display._words import (
    count_text,
    joined,
    listed,
    mixed_words,
    number,
    percent,
    place_words,
    slug,
    text_width,
    wrapped,
)

__all__ = [
    "LOOKS",
    "Chip",
    "Indented",
    "Lines",
    "Look",
    "Strip",
    "Table",
    "actions_table",
    "count_text",
    "equilibrium_data",
    "equilibrium_page",
    "fold",
    "form_page",
    "game_page",
    "game_table",
    "joined",
    "listed",
    "look",
    "mixed_words",
    "normal_form_table",
    "notebook",
    "number",
    "paragraph",
    "percent",
    "place_words",
    "plan_table",
    "plans_text",
    "polygon_map",
    "profile_page",
    "progress_bar",
    "slug",
    "solution_page",
    "solution_table",
    "text_table",
    "text_width",
    "title",
    "tree_text",
    "wrapped",
]  # fmt: skip
