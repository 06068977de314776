"""An analysis written to a folder: the page, the data, and every figure as SVG and PNG."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

import attrs

from strategy.deadline import OutOfTime, check, require_seconds, within
from strategy.files import FilesTogether, clean, require_places
from strategy.plots.files import figure_bytes
from strategy.report.analysis import Analysis, Progress
from strategy.report.document import as_json
from strategy.report.figures import draw, stems
from strategy.report.html import as_html
from strategy.report.sections import Refused

__all__ = ["Written", "require_folder", "write"]


@attrs.frozen
class Written:
    """The files written.

    ``page``: the report; ``document``: its data; ``figures``: the pictures. ``late``: the
    number of the model and the key of each section not all drawn in time; ``earlier``:
    figures of these models in the folder that an earlier run has left, and that this one
    has not made.
    """

    page: Path
    document: Path
    figures: tuple[Path, ...]
    late: tuple[tuple[int, str], ...] = ()
    earlier: tuple[Path, ...] = ()


_KINDS = (".svg", ".png")
_PAGE = 0.5  # seconds a model that are kept for the page, at most a fifth of all


def write(
    analysis: Analysis,
    folder: str | Path,
    command: str = "",
    progress: Progress | None = None,
    seconds: float | None = None,
) -> Written:
    """Write ``report.html``, ``analysis.json`` and the figures into a folder.

    ``folder`` is made if need be. The same ``analysis`` gives the same bytes. ``command``,
    if given, is shown in the page as the way to get it again. Files of an earlier analysis
    stay until all new ones are whole; the page is moved last. When ``seconds`` are over,
    figures not drawn yet are left out, and the page says in which sections. ``progress`` is
    called before each step with steps done, steps in all, and what comes next. Raises
    StrategyError that names the file if one cannot be written.
    """
    require_seconds(seconds)
    target = Path(folder)
    require_folder(target)
    if seconds is not None:
        seconds -= min(_PAGE * len(analysis.models), seconds / 5)
    sections = analysis.sections
    total = len(analysis.models) * len(sections)
    written = list[Path]()
    late = list[tuple[int, str]]()
    texts: tuple[dict[str, str], ...] = tuple([{} for _ in analysis.models])
    with FilesTogether() as together:
        with within(seconds):
            for i, stem in enumerate(stems(analysis)):
                for k, section in enumerate(sections):
                    if progress is not None:
                        progress(
                            i * len(sections) + k, total, f"{stem}: drawing {section.title}"
                        )
                    if not section.draws or isinstance(
                        analysis.models[i][section.key], Refused
                    ):
                        continue
                    try:
                        check()
                        for name, figure in draw(analysis.models[i], section).items():
                            check()
                            content = {
                                target / f"{stem}-{name}{kind}": figure_bytes(figure, kind)
                                for kind in _KINDS
                            }
                            for path, one in content.items():
                                together.add(path, one)
                            written += content
                            texts[i][name] = next(iter(content.values())).decode("utf-8")
                    except OutOfTime:
                        late.append((i, section.key))
        document, page = _ends(target)
        together.add(document, as_json(analysis).encode("utf-8"))
        together.add(page, as_html(analysis, command, texts, late).encode("utf-8"))
    return Written(
        page,
        document,
        tuple(written),
        tuple(late),
        _earlier(target, stems(analysis), set(written)),
    )


def _earlier(folder: Path, called: Iterable[str], written: set[Path]) -> tuple[Path, ...]:
    """Figures that are called as those of these models are, and were not written now."""
    begins = tuple([f"{stem}-" for stem in called])
    named = [
        one
        for one in folder.iterdir()
        if one.suffix in _KINDS and one.name.startswith(begins)
    ]
    return tuple(sorted(set(named) - written))


def require_folder(folder: Path) -> None:
    """Raise StrategyError unless an analysis can be written to a folder now.

    Remove what killed runs left half written there.
    """
    require_places(*_ends(folder))
    if folder.is_dir():
        clean(folder, lambda name: name.endswith(_KINDS))


def _ends(folder: Path) -> tuple[Path, Path]:
    """What is written last: the data and the page."""
    return folder / "analysis.json", folder / "report.html"
