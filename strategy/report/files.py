"""An analysis written to a folder: the page, the data, and every figure as SVG and PNG."""

from __future__ import annotations

from pathlib import Path

import attrs

from strategy.plots import save
from strategy.report.analysis import Analysis, Progress
from strategy.report.document import as_json
from strategy.report.figures import draw, stems
from strategy.report.html import as_html

__all__ = ["Written", "write"]


@attrs.frozen
class Written:
    """The files written."""

    page: Path
    document: Path
    figures: tuple[Path, ...]


def write(analysis: Analysis, folder: str | Path, command: str = "", progress: Progress | None = None) -> Written:
    """Write ``report.html``, ``analysis.json`` and the figures into a folder, which is made if need be.

    The same analysis gives the same bytes. ``command``, if given, is shown in the page as the way to get it again.
    """
    target = Path(folder)
    target.mkdir(parents=True, exist_ok=True)
    drawn = draw(analysis)
    total, done, written = sum(map(len, drawn)), 0, []
    texts: list[dict[str, str]] = []
    for stem, figures in zip(stems(analysis), drawn, strict=True):
        texts.append({})
        for name, figure in figures.items():
            if progress is not None:
                progress(done, total, f"{stem}: drawing {name}")
            files = [path for kind in ("svg", "png") for path in save(figure, target / f"{stem}-{name}.{kind}")]
            texts[-1][name] = files[0].read_text(encoding="utf-8")
            written.extend(files)
            done += 1
    document, page = target / "analysis.json", target / "report.html"
    document.write_text(as_json(analysis), encoding="utf-8")
    page.write_text(as_html(analysis, command, tuple(texts)), encoding="utf-8")
    return Written(page, document, tuple(written))
