"""Figures without global state, and files of them that are the same on every run."""

from __future__ import annotations

import io
import warnings
from pathlib import Path
from typing import TYPE_CHECKING, Any

from matplotlib import rc_context
from matplotlib.backends.backend_agg import FigureCanvasAgg
from matplotlib.figure import Figure

from strategy.display import joined
from strategy.errors import StrategyError
from strategy.files import FilesTogether, require_places

if TYPE_CHECKING:
    from matplotlib.axes import Axes

__all__ = ["blank", "save", "svg_text"]

# Text is drawn as outlines, so that an SVG looks the same where the font is missing; the
# salt fixes the ids of its parts.
_FIXED: dict[Any, Any] = {"svg.hashsalt": "strategy", "svg.fonttype": "path"}
_METADATA = {
    ".svg": {"Date": None, "Creator": None},
    ".png": {"Software": None},
    ".pdf": {"CreationDate": None, "Creator": None, "Producer": None},
}
_USUAL = (".svg", ".png")
"""What is written where the path names no kind of file."""


def blank(width: float, height: float) -> tuple[Figure, Axes]:
    """A new figure of ``width`` by ``height`` inches, with one Axes.

    It belongs to nobody: no window, no pyplot.
    """
    figure = Figure(figsize=(width, height), layout="constrained")
    FigureCanvasAgg(figure)
    return figure, figure.add_subplot()


def figure_files(path: str | Path, kinds: tuple[str, ...] = _USUAL) -> tuple[Path, ...]:
    """The files that ``save`` writes for a path.

    Itself, or one of each of ``kinds`` where it names none.

    Raises StrategyError on any other kind of file, so that it can be asked before a figure
    is computed.
    """
    if not isinstance(path, (str, Path)):
        raise StrategyError(
            f"{path!r} is a {type(path).__name__}: give the path of a file, such as "
            "'figure.svg'"
        )
    target = Path(path)
    named = bool(target.name.strip("."))
    if target.name == "-" or (
        named and not target.suffix and target.exists() and not target.is_file()
    ):
        raise StrategyError(
            f"no figure can go to {str(path)!r}, which is not a file: give the name of "
            "one, such as 'figure.svg'"
        )
    if named and not target.suffix:
        return tuple([target.with_name(target.name + ending) for ending in kinds])
    if target.suffix.lower() not in _METADATA:
        raise StrategyError(
            f"cannot write a figure to {str(path)!r}: expected a name that ends in "
            f"{joined(_METADATA, 'or')}"
        )
    return (target,)


def save(figure: Figure, path: str | Path) -> tuple[Path, ...]:
    """Write a figure and return the files written.

    ``path`` ends in ``.svg``, ``.png`` or ``.pdf``; both of the first two are written if it
    names none. The same ``figure`` gives the same bytes. Raises StrategyError on any other
    kind of file, and where one cannot be written: the old files then stay as they are.
    """
    targets = figure_files(path)
    if not hasattr(figure, "savefig"):
        shown = (
            "an Axes: give its figure, ax.figure"
            if hasattr(figure, "get_figure")
            else f"a {type(figure).__name__}"
        )
        raise StrategyError(
            f"save writes a figure, as in figure, ax = blank(6, 4), and this is {shown}"
        )
    require_places(*targets)
    with FilesTogether() as together:
        for one in targets:
            together.add(one, figure_bytes(figure, one.suffix.lower()))
    return targets


def svg_text(figure: Figure) -> str:
    """A figure as the text of an SVG file, the same text that ``save`` writes."""
    return figure_bytes(figure, ".svg").decode("utf-8")


def figure_bytes(figure: Figure, kind: str) -> bytes:
    """A figure as the bytes of a file of a kind, such as ``.svg``."""
    buffer = io.BytesIO()
    _write(figure, buffer, kind)
    return buffer.getvalue()


def _write(figure: Figure, where: Any, kind: str) -> None:
    with rc_context(_FIXED), warnings.catch_warnings():
        # it is drawn as a box
        warnings.filterwarnings("ignore", message="Glyph .* missing from font")
        if figure.get_layout_engine() is not None:
            # Settled once: laid out anew for each file, they would differ by a hair from
            # one another and from run to run.
            figure.draw_without_rendering()
            figure.set_layout_engine("none")
        figure.savefig(
            where,
            format=kind[1:],
            metadata=_METADATA[kind],
            dpi=150,
            bbox_inches="tight",
            pad_inches=0.08,
        )
