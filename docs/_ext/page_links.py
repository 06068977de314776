"""The links in a page: where each points, and whether what it points to is there."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

from markdown_it import MarkdownIt
from markdown_it.token import Token

__all__ = ["Link", "broken", "links"]


class Link(NamedTuple):
    target: str
    line: int

    @property
    def external(self) -> bool:
        return re.match(r"[a-z][a-z+.-]*:", self.target) is not None


def links(text: str) -> Iterator[Link]:
    """Links and images, those inside directives and tables included; code is not looked
    into."""
    yield from _links(MarkdownIt("commonmark").enable("table").parse(text), 0)


def _links(tokens: list[Token], first: int) -> Iterator[Link]:
    line = first
    for token in tokens:
        line = first + token.map[0] + 1 if token.map else line
        for part in token.children or ():
            target = part.attrGet("href") or part.attrGet("src")
            if target:
                yield Link(str(target), line)
        if (
            token.type == "fence"
            and token.info.startswith("{")
            and not token.info.startswith(("{code", "{eval", "{toctree"))
        ):
            yield from _links(
                MarkdownIt("commonmark").enable("table").parse(token.content), line
            )


def anchors(page: Path) -> set[str]:
    """The anchors of a page's headings, as GitHub and MyST make them from their words."""
    found = set()
    for token in (
        tokens := MarkdownIt("commonmark").parse(page.read_text(encoding="utf-8"))
    ):
        if token.type == "heading_open":
            words = "".join(
                part.content for part in tokens[tokens.index(token) + 1].children or ()
            )
            found.add(re.sub(r"[^\w\- ]", "", words.lower()).replace(" ", "-"))
    return found


def broken(page: Path, link: Link, root: Path) -> str:
    """What is wrong with a link inside the project, in words; empty if nothing is."""
    path, _, anchor = link.target.partition("#")
    target = (page.parent / path).resolve() if path else page
    if not target.is_relative_to(root):
        return "leads out of the project"
    # What the build writes is not there before it.
    if not target.exists() and "generated" not in target.parts:
        return "no such file"
    if (
        anchor
        and target.suffix == ".md"
        and target.exists()
        and anchor not in anchors(target)
    ):
        return f"no such heading in {target.relative_to(root)}"
    return ""
