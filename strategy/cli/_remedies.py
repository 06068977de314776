"""What the toolkit says to users of Python, said to users of the command line.

Options instead of arguments.
"""

from __future__ import annotations

import re
from ast import literal_eval
from collections.abc import Callable

__all__ = ["spoken"]

_CALLED = {"rationality": "lambda", "fold_below": "--fold", "given": "--given"}
"""Arguments that have another name on the command line than a hyphen for each underscore
makes."""
_SAID = (
    (r",? or None(?: for no limit)?(?=$|[;,.])", ""),
    (r"a NormalFormGame, not ExtensiveFormGame", "a table, not a tree"),
    (r"an ExtensiveForm or an ExtensiveFormGame, not NormalFormGame", "moves in turn"),
    (r"draw a tree with plot_tree", "draw it with --figure tree"),
    (r"draw a table with plot_payoffs", "draw a table with --figure payoffs"),
    (
        r"use one of these, or verdict\(\) at chosen values",
        "use one of these, or strategy solve with --set at chosen values",
    ),
    (r"use verdict\(\) at chosen values", "use strategy solve with --set at chosen values"),
    (r"hold=\[[^]]*\] \((--hold [^)]*)\)", r"\1"),
    (r"take thresholds\(\)", "use strategy thresholds"),
    (r"\bgroup=\[('[^']*')\]", r"--group \1"),
    (r"(?<![-\w'\"])at=(?![^\s,;])", "--set"),
    (r"(?<![-\w'\"])([a-z]+)=(?![^\s,;])", r"--\1"),
)
_FIRST = re.compile(r"^(?:limit )?([a-z_]+)=(?=\S[^:]*: (?:expected|give|say))")
_GIVEN = re.compile(r"(?<!['\"])\bgiven=(\{[^{}]*\})")
_MADE = re.compile(r"(?<!['\"])\b([A-Z][A-Za-z]+)\(\)")
_NAMED = re.compile(r"(?<!['\"])\b([A-Z][a-z]+(?:[A-Z][a-z]+)+)\b")


def spoken(text: str) -> str:
    """A message with its remedies as they are typed in a terminal."""
    text = _GIVEN.sub(_as_options, text)
    first = _FIRST.match(text)
    if first is not None:
        option = _CALLED.get(first[1], f"--{first[1].replace('_', '-')}")
        text = f"{option} {text[first.end() :]}"
    for pattern, words in _SAID:
        text = re.sub(pattern, words, text)
    if not _NAMED.search(text) and not _MADE.search(text):
        return text
    known = _labels()
    text = _MADE.sub(lambda made: known[made[1]][0] if made[1] in known else made[0], text)
    return _NAMED.sub(
        lambda named: known[named[1]][1] if named[1] in known else named[0], text
    )


def _as_options(given: re.Match[str]) -> str:
    """``given={'Armenia': 'open'}`` as --given Armenia=open.

    In quotes where a shell would take it apart.
    """
    from shlex import quote

    try:
        chosen = literal_eval(given[1])
    except (SyntaxError, ValueError):
        return "--given PLAYER=ACTION"
    return " ".join(
        [f"--given {quote(f'{player}={action}')}" for player, action in chosen.items()]
    )


def _labels() -> dict[str, tuple[str, str]]:
    """Every concept's and solver's class with what chooses it and its command-line name."""
    from strategy.cli._solvers import solvers
    from strategy.concepts.choices import kinds

    concepts = {
        kind.__name__: (f"--concept {label}", label) for label, kind in kinds().items()
    }
    made: dict[str, Callable[[], object]] = solvers()
    own = {
        getattr(make, "__name__", ""): (f"--solver {label}", label)
        for label, make in made.items()
    }
    return {**own, **concepts}
