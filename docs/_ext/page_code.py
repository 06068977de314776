"""The code in a page of the documentation: which blocks there are, and running them in
their order.

The tests run every page with it, and the build runs the pages whose code makes figures. A
page is run from top to bottom, in one namespace and one fresh folder.
"""

from __future__ import annotations

import contextlib
import doctest
import io
import os
import sys
from collections.abc import Iterator
from pathlib import Path
from types import ModuleType
from typing import NamedTuple

from markdown_it import MarkdownIt
from markdown_it.token import Token

__all__ = ["Block", "blocks", "made_names", "run", "run_page"]


class Block(NamedTuple):
    """A code block that can be run, or (``language`` "made") the place at which a file that
    the page makes is shown."""

    language: str
    code: str
    line: int  # of the page, where the code begins
    saved_as: str | None
    skipped: bool
    reason: str  # the HTML comment right before the block


def blocks(text: str, first_line: int = 1) -> Iterator[Block]:
    """The code blocks that can be run, those inside directives (notes, tabs) included."""
    comment = ""
    for token in MarkdownIt().parse(text):
        if token.type == "html_block":
            content = token.content.strip()
            comment = (
                content.removeprefix("<!--").removesuffix("-->").strip()
                if content.startswith("<!--")
                else ""
            )
        elif token.type == "fence":
            yield from _blocks_of_fence(token, first_line, comment)
            comment = ""
        elif token.type.endswith("_open") and token.type != "paragraph_open":
            continue
        else:
            comment = ""


def _blocks_of_fence(token: Token, first_line: int, comment: str) -> Iterator[Block]:
    name, *words = token.info.split() or [""]
    assert token.map is not None
    line = first_line + token.map[0] + 1
    options, code, option_lines = _options(token.content)
    if name in {"python", "console"}:
        yield Block(name, token.content, line, None, "notest" in words, comment)
    elif name in {"{code-block}", "{code}"} and words[:1] in (["python"], ["console"]):
        caption = options.get("caption", "")
        saved_as = caption if caption.endswith(".py") else None
        yield Block(
            words[0],
            code,
            line + option_lines,
            saved_as,
            "notest" in options.get("class", "").split(),
            comment,
        )
    elif name == "{made}":
        yield Block("made", "", line, " ".join(words), False, comment)
    elif name.startswith("{"):
        yield from blocks(token.content, line)


def _options(content: str) -> tuple[dict[str, str], str, int]:
    """The leading `:name: value` lines of a directive, and the rest."""
    lines = content.splitlines(keepends=True)
    options: dict[str, str] = {}
    for count, line in enumerate(lines):
        if not line.startswith(":"):
            count += line.isspace()  # the empty line between options and code
            return options, "".join(lines[count:]), count
        key, _, value = line[1:].partition(":")
        options[key.strip()] = value.strip()
    return options, "", len(lines)


def made_names(text: str) -> list[str]:
    """The files that the code of a page makes and the page shows."""
    return [
        block.saved_as
        for block in blocks(text)
        if block.language == "made" and block.saved_as
    ]


def run(block: Block, page: Path, folder: Path, namespace: dict[str, object]) -> None:
    """Run a block of statements, keeping it as a file too if it has a name."""
    if block.saved_as:
        (folder / block.saved_as).write_text(block.code, encoding="utf-8")
    # Empty lines before the code make a traceback point into the page.
    exec(compile("\n" * (block.line - 1) + block.code, str(page), "exec"), namespace)


def run_page(page: Path, folder: Path) -> None:
    """Run the Python of a page in ``folder``, for the files that it makes; what examples
    print is the tests' business."""
    # a real module: classes that a page defines are looked up in theirs
    module = ModuleType("page_of_the_docs")
    before, path, known = Path.cwd(), list(sys.path), set(sys.modules)
    sys.modules[module.__name__] = module
    sys.path.insert(0, str(folder))
    os.chdir(folder)
    try:
        for block in blocks(page.read_text(encoding="utf-8")):
            if block.language != "python" or block.skipped:
                continue
            with contextlib.redirect_stdout(io.StringIO()):
                if ">>>" in block.code:
                    for example in doctest.DocTestParser().get_examples(block.code):
                        with contextlib.suppress(*([Exception] if example.exc_msg else [])):
                            exec(
                                compile(example.source, str(page), "single"),
                                module.__dict__,
                            )
                else:
                    run(block, page, folder, module.__dict__)
    finally:
        os.chdir(before)
        sys.path[:] = path
        for name in set(sys.modules) - known:
            if name == module.__name__ or str(folder) in str(
                getattr(sys.modules[name], "__file__", "")
            ):
                del sys.modules[name]
