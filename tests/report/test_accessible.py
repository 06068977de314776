"""The page in a browser: axe-core finds no serious fault, light and dark, and nothing
sticks out of a narrow window."""

from __future__ import annotations

import html
import importlib.util
import json
import os
import re
import shutil
import subprocess
from collections.abc import Callable
from functools import cache
from pathlib import Path
from typing import Any

import pytest

from games.corridor.sequence import model as sequence
from strategy.report import analyse, as_html
from tests.report.conftest import made, page_of

pytestmark = pytest.mark.xdist_group("pages")

BROWSER = next(
    filter(
        None, map(shutil.which, ("chromium", "chromium-browser", "google-chrome", "chrome"))
    ),
    None,
)
AXE = importlib.util.find_spec("axe_core_python")

needs_browser = pytest.mark.skipif(BROWSER is None, reason="needs Chromium on the path")
needs_axe = pytest.mark.skipif(
    AXE is None, reason="needs axe-core: pip install axe-core-python, or the extra 'test'"
)


@cache
def small_models() -> str:
    """Several models on one page."""
    return as_html(
        analyse([made(label) for label in ("transit", "in_turn", "bent", "plain")])
    )


# Blink's own numbers of what a reader prefers.
SCHEMES = {"dark": 0, "light": 1}
PAGES: dict[str, Callable[[], str]] = {
    "hostile names": lambda: page_of(made("nasty")),
    "one small model": lambda: page_of(made("transit")),
    "small models": small_models,
    "sequence": lambda: page_of(sequence),
}
EACH = pytest.mark.parametrize(
    "label",
    [
        pytest.param(
            label, marks=pytest.mark.deep if label in ("small models", "sequence") else ()
        )
        for label in PAGES
    ],
)


def in_browser(
    page: str, script: str, tmp_path: Path, scheme: str, width: int = 1280
) -> Any:
    """What ``script`` (the body of an async function) returns in the page, as data."""
    assert BROWSER is not None
    relaxed = re.sub(r"<meta http-equiv=\"Content-Security-Policy\"[^>]*>", "", page)
    end = (
        "<script>window.addEventListener('load', async () => { let result;"
        f" try {{ result = await (async () => {{ {script} }})(); }}"
        " catch (error) { result = {error: String(error)}; }"
        " document.body.textContent = ''; const out = document.createElement('pre'); "
        "out.id = 'result';"
        " out.textContent = JSON.stringify(result); document.body.append(out); "
        "});</script></body>"
    )
    assert relaxed.count("</body>") == 1
    path = tmp_path / "page.html"
    path.write_text(relaxed.replace("</body>", end), encoding="utf-8")
    flags = [
        "--headless",
        "--disable-gpu",
        "--no-first-run",
        "--disable-background-networking",
        "--disable-sync",
        "--hide-scrollbars",
    ]
    if hasattr(os, "geteuid") and os.geteuid() == 0:
        flags.append("--no-sandbox")  # which Chromium needs to run as root
    flags += [
        f"--user-data-dir={tmp_path / 'profile'}",
        f"--window-size={width},900",
        "--virtual-time-budget=120000",
    ]
    flags += [f"--blink-settings=preferredColorScheme={SCHEMES[scheme]}", "--dump-dom"]
    done = subprocess.run([BROWSER, *flags, path.as_uri()], capture_output=True, check=True)
    found = re.search(
        r'<pre id="result">(.*?)</pre>', done.stdout.decode("utf-8"), flags=re.DOTALL
    )
    assert found, done.stderr.decode("utf-8", "replace")[-2000:]
    result = json.loads(html.unescape(found.group(1)))
    assert "error" not in result, result
    return result


def axe_on(page: str, scheme: str, tmp_path: Path) -> Any:
    """What axe-core finds in the page with everything unfolded."""
    assert AXE is not None
    assert AXE.origin is not None
    axe = (Path(AXE.origin).parent / "axe.min.js").read_text(encoding="utf-8")
    script = (
        "document.querySelectorAll('details').forEach(one => { one.open = true; });"
        "const found = await axe.run(document, {resultTypes: ['violations']});"
        "return {dark: matchMedia('(prefers-color-scheme: dark)').matches, passes: "
        "found.passes.length,"
        " violations: found.violations.map(v => ({id: v.id, impact: v.impact, help: v.help,"
        " nodes: v.nodes.slice(0, 3).map(n => n.html.slice(0, 200) + ' ' + "
        "n.failureSummary)}))};"
    )
    # The insides of drawings are hidden from readers, and axe would look at each of their
    # thousand outlines.
    bare = re.sub(
        r"<svg\b.*?</svg>", "<svg aria-hidden='true'></svg>", page, flags=re.DOTALL
    )
    return in_browser(
        bare.replace("</head>", f"<script>{axe}</script></head>", 1),
        script,
        tmp_path,
        scheme,
    )


def sideways(page: str, width: int, tmp_path: Path) -> Any:
    """How wide the page is, with everything unfolded, in a frame: a headless window has a
    least width."""
    script = (
        "document.querySelectorAll('details').forEach(one => { one.open = true; });"
        "const root = "
        "document.documentElement.outerHTML.replace(/<script[\\s\\S]*?<\\/script>/g, "
        "'');"
        "const frame = document.createElement('iframe');"
        "frame.style.cssText = "
        f"'width:{width}px;height:900px;border:0;position:absolute;left:0;top:0';"
        "document.body.append(frame); frame.srcdoc = root; await new Promise(done => { "
        "frame.onload = done; });"
        "const page = frame.contentDocument; const seen = page.documentElement;"
        "const out = [...page.querySelectorAll('p, li, h1, h2, h3, h4, h5, dd, dt, "
        "figcaption, summary')]"
        ".filter(one => !one.closest('table')).filter(one => "
        "one.getBoundingClientRect().right > seen.clientWidth + 1);"
        "return {width: seen.clientWidth, scroll: seen.scrollWidth,"
        " out: out.slice(0, 5).map(one => one.outerHTML.slice(0, 200))};"
    )
    return in_browser(page, script, tmp_path, "light")


@pytest.mark.deep
@needs_browser
@needs_axe
@pytest.mark.parametrize("scheme", SCHEMES)
@EACH
def test_axe_finds_nothing(label: str, scheme: str, tmp_path: Path) -> None:
    found = axe_on(PAGES[label](), scheme, tmp_path)
    assert found["dark"] is (scheme == "dark"), "the browser shows what was asked for"
    assert found["passes"] > 20
    assert not found["violations"]


@pytest.mark.deep_but(1)
@needs_browser
@pytest.mark.parametrize("width", [400, 1280])
@EACH
def test_page_does_not_scroll_sideways(label: str, width: int, tmp_path: Path) -> None:
    found = sideways(PAGES[label](), width, tmp_path)
    assert found["scroll"] <= found["width"] <= width
    assert not found["out"]


@pytest.mark.deep
@needs_browser
@needs_axe
def test_a_fault_would_be_noticed(tmp_path: Path) -> None:
    page = as_html(analyse(made("plain"))).replace(
        "<main", '<p style="color:#999;background:#aaa">grey</p><img src="data:,"><main'
    )
    page = page.replace(
        "<footer>",
        '<div style="width:3000px"><p style="max-width:none">'
        + "wide " * 600
        + "</p></div><footer>",
    )
    assert {"color-contrast", "image-alt"} <= {
        one["id"] for one in axe_on(page, "light", tmp_path)["violations"]
    }
    assert sideways(page, 400, tmp_path)["scroll"] > 400
