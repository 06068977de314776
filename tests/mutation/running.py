"""The tests against the mutants: a plug-in that takes the place of pytest's loop over the
tests."""

from __future__ import annotations

import contextlib
import functools
import gc
import hashlib
import importlib
import json
import os
import resource
import signal
import time
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from typing import Any

import attrs
import pytest
from mutmut.mutation.trampoline import set_mutant_under_test
from mutmut.state import state

from tests.mutation.making import Mutant

__all__ = ["Attempts", "Result", "results"]

MEMORY = 6 << 30  # bytes that the tests of a mutant may ask for
KILLED, SURVIVED = 1, 0


@attrs.frozen
class Result:
    """What became of a mutant: killed, survived, timeout, stuck (it waited) or unreached,
    after how much processor time."""

    mutant: str
    status: str
    test: str = ""
    seconds: float = 0.0
    change: str = ""


@attrs.frozen
class Reach:
    """Which functions a test reaches, how many seconds it takes, and whether it loads a
    kernel."""

    functions: frozenset[str]
    seconds: float
    loads: bool


@attrs.define
class Attempts:
    """Tries the mutants in turn. ``most`` is how many seconds the tests of one may take
    when nothing is wrong, quickest first."""

    mutants: list[Mutant]
    record: Callable[[Result], None]
    processes: int
    until: float
    most: float
    reach: dict[str, Reach] = attrs.field(init=False, factory=dict)
    caches: list[Any] = attrs.field(init=False, factory=list)
    kernels: list[Any] = attrs.field(init=False, factory=list)
    trying: bool = attrs.field(init=False, default=False)
    failed: bool = attrs.field(init=False, default=False)
    kills: dict[str, Counter[str]] = attrs.field(
        init=False, factory=lambda: defaultdict(Counter)
    )

    def pytest_runtest_logreport(self, report: pytest.TestReport) -> None:
        """Remember a failure."""
        self.failed |= report.failed

    @pytest.hookimpl(tryfirst=True)
    def pytest_runtest_makereport(
        self, item: pytest.Item, call: pytest.CallInfo[None]
    ) -> None:
        """End a mutant at its first failure: to word a report of it takes longer than most
        tests."""
        if (
            self.trying
            and call.excinfo
            and not call.excinfo.errisinstance(pytest.skip.Exception)
            and not item.get_closest_marker("xfail")
        ):
            os._exit(KILLED)

    def pytest_runtestloop(self, session: pytest.Session) -> bool:
        """See what each test reaches, then run the mutants."""
        items = {item.nodeid: item for item in session.items}
        # not before pytest is ready to rewrite the assertions of the plug-in of strategy
        from strategy.kernels import Kernel

        for part in ("concepts", "solvers"):
            for file in Path("strategy", part).rglob("[!_]*.py"):
                importlib.import_module(".".join(file.with_suffix("").parts))
        self.kernels = [one for one in gc.get_objects() if isinstance(one, Kernel)]
        self.caches = [
            one
            for one in gc.get_objects()
            if isinstance(one, functools._lru_cache_wrapper) and ours(one)
        ]
        self.see(session.items)
        for test, seen in self.reach.items():
            if seen.loads:  # once for all mutants, which are forks of this process
                self.passes(items[test], None)
        self.forget()
        gc.collect()
        gc.freeze()
        total = sum(seen.seconds for seen in self.reach.values())
        print(
            f"{len(items)} tests, {total:.0f} s; {len(self.mutants)} mutants to try",
            flush=True,
        )
        self.try_all(items)
        return True

    def passes(self, item: pytest.Item, following: pytest.Item | None) -> bool:
        """Run a test."""
        self.failed = False
        item.ihook.pytest_runtest_protocol(item=item, nextitem=following)
        return not self.failed

    def see(self, items: list[pytest.Item]) -> None:
        """Find what each test reaches, by running it; or remember it, while neither its
        file nor the toolkit has changed."""
        file = Path("reach.json")
        known = json.loads(file.read_text(encoding="utf-8")) if file.exists() else {}
        helpers = [*Path("tests").glob("*.py"), *Path("tests").glob("*/_*.py")]
        code = digest(
            [*Path("strategy").rglob("*.py"), *Path("games").rglob("*.py"), *helpers]
        )
        stamps = {item.nodeid: digest([item.path], code) for item in items}
        new = [
            item
            for item in items
            if known.get(item.nodeid, {}).get("stamp") != stamps[item.nodeid]
        ]
        if new:
            seen = in_child(lambda: self.observe(new))
            known |= {
                test: {"stamp": stamps[test], **found} for test, found in seen.items()
            }
            file.write_text(json.dumps(known), encoding="utf-8")
        for test in stamps:
            found = known[test]
            self.reach[test] = Reach(
                frozenset(found["functions"]), found["seconds"], found["loads"]
            )

    def observe(self, items: list[pytest.Item]) -> dict[str, Any]:
        """Run tests without a mutant. One that fails stops everything: it would kill every
        mutant that it reaches."""
        set_mutant_under_test("stats")
        found = {}
        for item, following in zip(items, [*items[1:], None], strict=True):
            self.forget()
            state()._stats.clear()
            loaded = sum(kernel.loaded for kernel in self.kernels)
            start = time.process_time()
            if not self.passes(item, following):
                raise RuntimeError(f"{item.nodeid} fails without any mutant: mend it first")
            spent, now = (
                time.process_time() - start,
                sum(kernel.loaded for kernel in self.kernels),
            )
            found[item.nodeid] = {
                "functions": sorted(state()._stats),
                "seconds": spent,
                "loads": now > loaded,
            }
        return found

    def forget(self) -> None:
        """Empty the caches: what one function remembers would hide a mutant of another."""
        for one in self.caches:
            one.cache_clear()

    def tests(self, mutant: Mutant) -> list[str]:
        """The tests that reach a mutant: first those that killed its neighbours, then the
        quickest."""
        reaching = [
            test for test, seen in self.reach.items() if mutant.function in seen.functions
        ]
        near, file = self.kills[mutant.function], self.kills[mutant.file]
        first = [test for test, _ in near.most_common(4)] + [
            test for test, _ in file.most_common(4)
        ]
        rank = {test: i for i, test in reversed(list(enumerate(first)))}
        reaching.sort(
            key=lambda test: (rank.get(test, len(first)), self.reach[test].seconds)
        )
        taken, spent = [], 0.0
        for test in reaching:
            spent += self.reach[test].seconds
            if taken and spent > self.most:
                break
            taken.append(test)
        return taken

    def try_all(self, items: dict[str, pytest.Item]) -> None:
        """Run the mutants, so many at a time, until all are done or the time is up."""
        running: dict[int, tuple[Mutant, int]] = {}
        left = iter(self.mutants)
        while True:
            while (
                len(running) < self.processes
                and time.time() < self.until
                and (mutant := next(left, None))
            ):
                if not (tests := self.tests(mutant)):
                    self.record(Result(mutant.name, "unreached", change=mutant.change))
                    continue
                end, other = os.pipe()
                pid = os.fork()
                if not pid:
                    os.close(end)
                    self.attempt(
                        mutant,
                        [
                            (items[test], 2 + 10 * self.reach[test].seconds)
                            for test in tests
                        ],
                        other,
                    )
                os.close(other)
                running[pid] = mutant, end
            if not running:
                return
            pid, status, usage = os.wait3(0)
            mutant, end = running.pop(pid)
            with os.fdopen(end, "rb") as pipe:
                test = pipe.read().decode().rpartition("\n")[2]
            with contextlib.suppress(ProcessLookupError):
                os.killpg(pid, signal.SIGKILL)  # what the tests may have started
            self.finish(mutant, status, test, usage.ru_utime + usage.ru_stime)

    def finish(self, mutant: Mutant, status: int, test: str, seconds: float) -> None:
        """Note what became of a mutant."""
        code = os.waitstatus_to_exitcode(status)
        became = {
            SURVIVED: "survived",
            -signal.SIGPROF: "timeout",
            -signal.SIGALRM: "stuck",
        }.get(code, "killed")
        if became == "killed":
            self.kills[mutant.function][test] += 1
            self.kills[mutant.file][test] += 1
        killer = test if became != "survived" else ""
        self.record(Result(mutant.name, became, killer, round(seconds, 3), mutant.change))

    def attempt(
        self, mutant: Mutant, tests: list[tuple[pytest.Item, float]], pipe: int
    ) -> None:
        """In a process of its own: run the tests until one fails. A signal ends a test that
        takes far longer than it should."""
        code = KILLED
        try:
            os.setpgrp()
            nowhere = os.open(os.devnull, os.O_WRONLY)
            os.dup2(nowhere, 1)
            os.dup2(nowhere, 2)
            resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
            set_mutant_under_test(mutant.name)
            self.trying = True
            following = [item for item, _ in tests[1:]]
            for (item, limit), after in zip(tests, [*following, None], strict=True):
                os.write(pipe, f"\n{item.nodeid}".encode())
                signal.setitimer(signal.ITIMER_PROF, limit)
                signal.alarm(int(10 * limit))
                if not self.passes(item, after):
                    break
            else:
                code = SURVIVED
        finally:
            os._exit(code)


def ours(cached: Any) -> bool:
    """Whether a cached function is of this project."""
    return str(cached.__module__).partition(".")[0] in ("strategy", "games", "tests")


def digest(paths: Iterable[Path], also: str = "") -> str:
    """A short text that changes when a file does."""
    found = hashlib.sha256(also.encode())
    for path in sorted(paths):
        found.update(path.read_bytes())
    return found.hexdigest()[:16]


def in_child(work: Callable[[], dict[str, Any]]) -> dict[str, Any]:
    """Do something in a process that leaves no trace in this one; what it finds has to be
    JSON."""
    end, other = os.pipe()
    pid = os.fork()
    if not pid:
        code = 1
        try:
            os.close(end)
            found = json.dumps(work())
            with os.fdopen(other, "w") as pipe:
                pipe.write(found)
            code = 0
        except BaseException as error:
            print(error, flush=True)
        finally:
            os._exit(code)
    os.close(other)
    with os.fdopen(end) as pipe:
        text = pipe.read()
    _, status = os.waitpid(pid, 0)
    if status:
        raise SystemExit("the tests do not pass without a mutant")
    found_there: dict[str, Any] = json.loads(text)
    return found_there


def results(file: Path) -> Iterator[Result]:
    """What was recorded, oldest first."""
    if file.exists():
        with file.open(encoding="utf-8") as lines:
            yield from (Result(**json.loads(line)) for line in lines)
