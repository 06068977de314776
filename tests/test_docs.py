"""Every example of the README, the pages under docs/ and the docstrings is run, so that
none can go stale.

A page is run from top to bottom, in one namespace and one fresh folder:

- ```python: run; a block with `>>>` as a doctest, its output compared.
  A `{code-block} python` with a `:caption: name.py` is also saved as that file.
- ```console: each line `$ strategy ...` (and what it continues on after a backslash) is
  run, and must exit 0; lines below it, if there are any, are what it prints (... for what
  may vary or is left out, spaces and line breaks as they come). `$ pytest ...` is run as
  well; it must exit 1 if the page shows that tests failed.
- ```{made} name.svg: the code of the page must have made that file; the build shows it
  there.
- ```python notest (or `:class: notest`): skipped; an HTML comment right before the block
  must say why.
"""

from __future__ import annotations

import contextlib
import doctest
import importlib
import io
import os
import pkgutil
import re
import shlex
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from types import ModuleType

import pytest

ROOT = Path(__file__).resolve().parent.parent
sys.path.append(str(ROOT / "docs" / "_ext"))  # the build reads the pages with the same code

from page_code import blocks, made_names, run  # noqa: E402
from page_links import Link, broken, links  # noqa: E402

MADE = {"_build", "generated"}
DOCTEST_FLAGS = doctest.ELLIPSIS | doctest.NORMALIZE_WHITESPACE


def pages() -> list[Path]:
    found = [
        page
        for page in sorted((ROOT / "docs").rglob("*.md"))
        if not MADE & set(page.relative_to(ROOT).parts)
    ]
    readme = ROOT / "README.md"
    return [readme, *found] if readme.exists() else found


def commands(code: str) -> Iterator[tuple[str, str]]:
    """Commands, each with what it is said to print; nothing if the page does not say."""
    command, expected = "", ""
    lines = iter(code.splitlines())
    for line in lines:
        if line.startswith("$ "):
            if command:
                yield command, expected
            command, expected = line[2:], ""
            while command.endswith("\\"):
                command = command[:-1] + next(lines).removeprefix(">")
            command = command if command.startswith(("strategy ", "pytest ")) else ""
        elif command:
            expected += f"{line}\n"
    if command:
        yield command, expected


@pytest.fixture
def quiet_place(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """A fresh working folder, figures that open no window, and plain text of one width."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.syspath_prepend(tmp_path)
    for name, value in {
        "MPLBACKEND": "Agg",
        "COLUMNS": "120",
        "NO_COLOR": "1",
        "TERM": "dumb",
    }.items():
        monkeypatch.setenv(name, value)
    monkeypatch.setenv(
        "PATH", f"{Path(sys.executable).parent}{os.pathsep}{os.environ['PATH']}"
    )
    known = set(sys.modules)
    yield tmp_path
    for name in set(sys.modules) - known:
        if str(tmp_path) in str(getattr(sys.modules[name], "__file__", "")):
            del sys.modules[name]
    if pyplot := sys.modules.get("matplotlib.pyplot"):
        pyplot.close("all")


PAGES = [page for page in pages() if any(blocks(page.read_text(encoding="utf-8")))]
LONG = {
    "docs/gallery.md",
    "docs/reference/analysis-json.md",
    "docs/explanation/corridor.md",
    *[
        f"docs/explanation/corridor-{name}.md"
        for name in ("activation", "alignment", "choices", "claims")
    ],
    *[
        f"docs/explanation/corridor-{name}.md"
        for name in ("questions", "reaction", "sequence")
    ],
    *[
        f"docs/how-to/{name}.md"
        for name in (
            "analysis-in-python",
            "command-line",
            "figures",
            "own-concept",
            "own-model",
            "own-section",
            "own-solver",
            "signs-and-tornado",
        )
    ],
    *[
        f"docs/how-to/{name}.md"
        for name in ("radius-and-flip", "sweep", "test-your-own", "text-to-model")
    ],
    *[
        f"docs/how-to/{name}.md"
        for name in ("what-drives-it", "what-to-ask-next", "which-claims-carry-it")
    ],
}
"""Pages whose examples take more than some two seconds together."""


@pytest.mark.parametrize(
    "page",
    [
        pytest.param(page, id=label, marks=pytest.mark.deep if label in LONG else ())
        for page in PAGES
        for label in [page.relative_to(ROOT).as_posix()]
    ],
)
def test_page(page: Path, quiet_place: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    # a real module: classes that a page defines are looked up in theirs
    module = ModuleType("page_of_the_docs")
    monkeypatch.setitem(sys.modules, module.__name__, module)
    for block in blocks(page.read_text(encoding="utf-8")):
        where = f"{page.relative_to(ROOT)}:{block.line}"
        if block.skipped:
            assert block.reason, (
                f"{where}: a block is skipped, and no HTML comment right before it says why"
            )
        elif block.language == "made":
            continue
        elif block.language == "console":
            for command, expected in commands(block.code):
                run_command(command, expected, where)
        elif ">>>" in block.code:
            check_doctest(
                doctest.DocTestParser().get_doctest(
                    block.code, {}, where, str(page), block.line - 1
                ),
                module.__dict__,
            )
        else:
            run(block, page, quiet_place, module.__dict__)
    for name in made_names(page.read_text(encoding="utf-8")):
        assert (quiet_place / name).exists(), (
            f"{page.relative_to(ROOT)}: shows {name}, and no code of the page makes it"
        )


def run_command(command: str, expected: str, where: str) -> None:
    shell = command.startswith("pytest ") or re.search(r"[|<>;&$*]", command)
    code, printed, errors = in_a_shell(command) if shell else in_this_process(command)
    wanted = 1 if command.startswith("pytest ") and " failed" in expected else 0
    assert code == wanted, (
        f"{where}: `{command}` exits {code}\n{printed[-2000:]}\n{errors[-4000:]}"
    )
    if expected.strip():
        as_said = doctest.OutputChecker().check_output(
            without_times(expected), without_times(printed), DOCTEST_FLAGS
        )
        assert as_said, f"{where}: `{command}` prints something else:\n{printed}"


def without_times(printed: str) -> str:
    """Without the time that pytest took, and the rulers around it, which are the shorter
    the longer it took."""
    return re.sub(r"=+ (.+) in [\d.]+s(?: \([\d:]+\))? =+", r"= \1 =", printed)


def in_a_shell(command: str) -> tuple[int, str, str]:
    """A page may well send JSON to a file. Of the pytest and the machine around it, one
    that a page runs knows nothing."""
    # with the first two, its last lines are longer
    unknown = {"CI", "BUILD_NUMBER", "FORCE_COLOR", "PY_COLORS"}
    env = {
        name: value
        for name, value in os.environ.items()
        if not name.startswith("PYTEST_") and name not in unknown
    }
    if command.startswith("pytest "):
        env["COLUMNS"] = "80"  # its rulers are as wide as the terminal
    result = subprocess.run(
        command,
        shell=True,
        capture_output=True,
        text=True,
        stdin=subprocess.DEVNULL,
        env=env,
    )
    return result.returncode, result.stdout, result.stderr


def in_this_process(command: str) -> tuple[int, str, str]:
    """What needs no shell: most of the time of a short command goes into starting
    Python."""
    from strategy import cli

    streams = [io.TextIOWrapper(io.BytesIO(), encoding="utf-8") for _ in range(2)]
    with contextlib.redirect_stdout(streams[0]), contextlib.redirect_stderr(streams[1]):
        code = cli.run(shlex.split(command)[1:])
    texts = []
    for stream in streams:
        stream.flush()
        texts.append(stream.buffer.getvalue().decode("utf-8"))  # type: ignore[attr-defined]
    return code, texts[0], texts[1]


def check_doctest(test: doctest.DocTest, namespace: dict[str, object]) -> None:
    test.globs = namespace  # not a copy: the next block of the page goes on from here
    report = io.StringIO()
    doctest.DocTestRunner(optionflags=DOCTEST_FLAGS, verbose=False).run(
        test, out=report.write, clear_globs=False
    )
    if report.getvalue():
        pytest.fail(report.getvalue(), pytrace=False)


def modules_with_examples() -> list[str]:
    """Found by their text: importing every module just to collect the tests would be
    slow."""
    names = []
    for package in ("strategy", "games"):
        folder = ROOT / package
        for module in [
            package,
            *(info.name for info in pkgutil.walk_packages([str(folder)], f"{package}.")),
        ]:
            path = ROOT / Path(*module.split("."))
            source = path / "__init__.py" if path.is_dir() else path.with_suffix(".py")
            if source.exists() and ">>> " in source.read_text(encoding="utf-8"):
                names.append(module)
    return names


@pytest.mark.parametrize("name", modules_with_examples())
def test_docstrings(name: str, quiet_place: Path) -> None:
    module = importlib.import_module(name)
    for test in doctest.DocTestFinder(exclude_empty=True).find(module):
        if test.examples:
            check_doctest(test, dict(test.globs))


@pytest.mark.parametrize(
    "page", pages(), ids=lambda page: page.relative_to(ROOT).as_posix()
)
def test_links(page: Path) -> None:
    """Files and headings inside the project are there. Pages outside it are looked up by
    `make linkcheck` alone."""
    for link in links(page.read_text(encoding="utf-8")):
        where = f"{page.relative_to(ROOT)}:{link.line}: {link.target}"
        if link.external:
            assert link.target.startswith("https://"), (
                f"{where}: expected an address that begins with https://"
            )
        else:
            assert not (wrong := broken(page, link, ROOT)), f"{where}: {wrong}"


def test_long_pages_are_pages() -> None:
    assert set(LONG) <= {page.relative_to(ROOT).as_posix() for page in PAGES}


def test_every_page_is_reached() -> None:
    """From the first page, by links that a reader can see, and not by the table of contents
    alone."""
    waiting, seen = [ROOT / "docs" / "index.md"], set()
    while waiting:
        page = waiting.pop()
        if page in seen or page.suffix != ".md" or not page.exists():
            continue
        seen.add(page)
        inside = [
            link.target.partition("#")[0]
            for link in links(page.read_text(encoding="utf-8"))
            if not link.external
        ]
        waiting += [(page.parent / target).resolve() for target in inside if target]
    missing = {page for page in pages() if page.name != "README.md"} - seen
    assert not missing, (
        f"no page links to {sorted(page.relative_to(ROOT).as_posix() for page in missing)}"
    )


def test_every_figure_is_in_the_gallery() -> None:
    from strategy.plots import ALL

    sections = (ROOT / "docs" / "gallery.md").read_text(encoding="utf-8").split("\n## ")
    shown = {section.splitlines()[0]: section for section in sections}
    for function in ALL:
        name = function.__name__
        assert name in shown, (
            f"docs/gallery.md has no section '## {name}': every figure of "
            "strategy.plots.ALL has one"
        )
        assert f"{name}(" in shown[name], (
            f"docs/gallery.md: the section of {name} does not call it"
        )
        assert made_names(shown[name]), (
            f"docs/gallery.md: the section of {name} shows no figure with {{made}}"
        )


def test_lines_of_code_fit_the_column() -> None:
    """About 100 characters can be read at a width of 1280 px without moving sideways;
    output may be as wide as it comes."""
    for page in PAGES:
        for block in blocks(page.read_text(encoding="utf-8")):
            for number, line in enumerate(block.code.splitlines(), block.line):
                typed = block.language != "console" and (
                    ">>>" not in block.code or line.startswith((">>> ", "... "))
                )
                assert not typed or len(line) <= 104, (
                    f"{page.relative_to(ROOT)}:{number}: {len(line)} characters"
                )


def test_a_slow_run_prints_the_same() -> None:
    quick = "========== 1 failed, 2 passed in 0.12s ==========\n"
    assert (
        without_times(quick)
        == without_times("==== 1 failed, 2 passed in 131.88s (0:02:11) ====\n")
        != quick
    )


def test_links_are_found(tmp_path: Path) -> None:
    page = tmp_path / "page.md"
    page.write_text(
        "# Two words, one\n\n[a](other.md#there) ![b](map.svg)\n\n| "
        "[c](#two-words-one) |\n|---|\n\n"
        "```python\nx = '[no](link)'\n```\n\n```{note}\n[d](https://example.org)\n```\n",
        encoding="utf-8",
    )
    found = [link.target for link in links(page.read_text(encoding="utf-8"))]
    assert found == ["other.md#there", "map.svg", "#two-words-one", "https://example.org"]
    (tmp_path / "other.md").write_text("# Here\n", encoding="utf-8")
    wrong = [broken(page, Link(target, 1), tmp_path) for target in found[:3]]
    assert wrong == ["no such heading in other.md", "no such file", ""]


def test_blocks_are_found() -> None:
    """A parser that finds nothing would pass everything."""
    text = (
        "```python\na = 1\n```\n\n<!-- needs a server -->\n```python notest\nboom\n"
        "```\n\n```text\n```\n\n"
        "```{code-block} python\n:caption: mine.py\n\nb = 2\n```\n\n"
        "````{note}\n```console\n$ strategy list \\\n    --json\nother\n$ ls\nfile\n$ "
        "strategy\n```\n````\n\n"
        "```{made} map.svg\nA map.\n```\n"
    )
    found = list(blocks(text))
    assert [
        (block.language, block.line, block.saved_as, block.skipped) for block in found
    ] == [
        ("python", 2, None, False),
        ("python", 7, None, True),
        ("python", 16, "mine.py", False),
        ("console", 21, None, False),
        ("made", 31, "map.svg", False),
    ]
    assert [block.reason for block in found] == ["", "needs a server", "", "", ""]
    assert text.splitlines()[15] == "b = 2"
    assert list(commands(found[-2].code)) == [("strategy list     --json", "other\n")]
