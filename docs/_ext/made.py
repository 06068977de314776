"""The directive ``{made}``: show a file that the code of the same page makes.

A page saves a figure with ``save(figure, "map.svg")``, in code that the reader sees, and
shows it with

    ```{made} map.svg
    What is to be seen, for those who do not see it.
    ```

Tables go the same way, as a file of Markdown, without a description. The build runs the
page in a folder of its own, so no figure is committed and none can be older than its code.
(matplotlib's own plot directive collects the figures of pyplot, global state; the toolkit's
figures belong to nobody.)
"""

from __future__ import annotations

import os
import shutil
from pathlib import Path
from typing import TYPE_CHECKING

from docutils import nodes
from page_code import made_names, run_page
from sphinx.util.docutils import SphinxDirective

if TYPE_CHECKING:
    from sphinx.application import Sphinx
    from sphinx.environment import BuildEnvironment


class Made(SphinxDirective):
    required_arguments = 1
    final_argument_whitespace = True
    has_content = True

    def run(self) -> list[nodes.Node]:
        name = self.arguments[0]
        folder = self.run_the_page()
        if not (folder / name).exists():
            raise self.error(f"{name}: the code of this page makes no such file")
        if name.endswith(".md"):
            tables = self.parse_text_to_nodes((folder / name).read_text(encoding="utf-8"))
            return [nodes.container("", *tables, classes=["made"])]
        alt = " ".join(" ".join(self.content).split())
        if not alt:
            raise self.error(
                f"{name}: say below what is to be seen, for those who do not see it"
            )
        uri = "/" + Path(os.path.relpath(folder / name, self.env.srcdir)).as_posix()
        # Figures are drawn on white; the class keeps them so in a dark theme.
        return [nodes.image(uri=uri, alt=alt, classes=["made"])]

    def run_the_page(self) -> Path:
        folder = folder_of(self.env, self.env.docname)
        if not folder.exists():
            folder.mkdir(parents=True)
            run_page(Path(self.env.doc2path(self.env.docname)), folder)
        return folder


def folder_of(env: BuildEnvironment, docname: str) -> Path:
    """Where a page runs: beside what Sphinx keeps of it, so that each build has its own."""
    return Path(env.doctreedir) / "made" / docname


def outdated(app: Sphinx, env: BuildEnvironment, *others: object) -> list[str]:
    """Pages with figures run anew in every build, as the toolkit may have changed while
    they have not."""
    return [
        name
        for name in env.found_docs
        if made_names(Path(env.doc2path(name)).read_text(encoding="utf-8"))
    ]


def forget(app: Sphinx, env: BuildEnvironment, docname: str) -> None:
    shutil.rmtree(folder_of(env, docname), ignore_errors=True)


def setup(app: Sphinx) -> dict[str, bool]:
    app.add_directive("made", Made)
    app.connect("env-get-outdated", outdated)
    app.connect("env-purge-doc", forget)
    return {"parallel_read_safe": True, "parallel_write_safe": True}
