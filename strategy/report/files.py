"""An analysis written to a folder: the page, the data, and every figure as SVG and PNG."""

from __future__ import annotations

from pathlib import Path

import attrs

from strategy.files import Together, clean, require_places
from strategy.plots.files import figure_bytes
from strategy.report.analysis import Analysis, Progress
from strategy.report.document import as_json
from strategy.report.figures import draw, stems
from strategy.report.html import as_html

__all__ = ["Written", "require_folder", "write"]


@attrs.frozen
class Written:
    """The files written."""

    page: Path
    document: Path
    figures: tuple[Path, ...]


def write(analysis: Analysis, folder: str | Path, command: str = "", progress: Progress | None = None) -> Written:
    """Write ``report.html``, ``analysis.json`` and the figures into a folder, which is made if need be.

    The same analysis gives the same bytes. ``command``, if given, is shown in the page as the way to get it again. Files of an
    earlier analysis stay until all new ones are whole; the page is moved last. Raises StrategyError that names the file if one
    cannot be written.
    """
    target = Path(folder)
    require_folder(target)
    drawn = draw(analysis)
    total, done, written = sum(map(len, drawn)), 0, []
    texts: list[dict[str, str]] = []
    with Together() as together:
        for stem, figures in zip(stems(analysis), drawn, strict=True):
            texts.append({})
            for name, figure in figures.items():
                if progress is not None:
                    progress(done, total, f"{stem}: drawing {name}")
                for kind in (".svg", ".png"):
                    content, path = figure_bytes(figure, kind), target / f"{stem}-{name}{kind}"
                    together.add(path, content)
                    written.append(path)
                    if kind == ".svg":
                        texts[-1][name] = content.decode("utf-8")
                done += 1
        document, page = _ends(target)
        together.add(document, as_json(analysis).encode("utf-8"))
        together.add(page, as_html(analysis, command, tuple(texts)).encode("utf-8"))
    return Written(page, document, tuple(written))


def require_folder(folder: Path) -> None:
    """Raise StrategyError unless an analysis can be written to a folder now; remove what killed runs left half written there."""
    require_places(*_ends(folder))
    if folder.is_dir():
        clean(folder, lambda name: name.endswith((".svg", ".png")))


def _ends(folder: Path) -> tuple[Path, Path]:
    """What is written last: the data and the page."""
    return folder / "analysis.json", folder / "report.html"
