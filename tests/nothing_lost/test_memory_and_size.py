"""What is too large is refused with its number and a remedy: memory, trees from rules,
nesting, digits."""

from __future__ import annotations

import copy
import errno
import os
import pickle
import re
import resource
import subprocess
import sys
from collections.abc import Callable
from decimal import Decimal
from fractions import Fraction
from pathlib import Path
from typing import Any

import pytest
import sympy

from strategy import (
    Decision,
    End,
    ExtensiveForm,
    ExtensiveFormGame,
    Model,
    NormalForm,
    NormalFormGame,
    Outcome,
    Parameter,
    Parameters,
    Term,
    solve,
    where,
)
from strategy.assumptions.conditions import Condition, condition
from strategy.concepts import Nash, PureNash, PureSubgamePerfect
from strategy.errors import GameError, ModelError, NumberError, SizeError, StrategyError
from strategy.exact import exact
from strategy.executors import size_text
from strategy.memory import available_memory
from strategy.results import as_mapping
from strategy.solving_many import solve_many
from strategy.texts import number_text

MIB = 2**20


# -- memory


def machine(root: Path, *, groups: str, mounts: str, files: dict[str, str]) -> Path:
    """A folder in which Linux says that 1 GiB is available, and what else is given."""
    texts = {
        "proc/meminfo": f"MemAvailable: {MIB} kB\n",
        "proc/self/cgroup": groups,
        "proc/self/mountinfo": mounts,
        **files,
    }
    for name, text in texts.items():
        (root / name).parent.mkdir(parents=True, exist_ok=True)
        (root / name).write_text(text, encoding="ascii")
    return root


V2 = "30 20 0:26 / /sys/fs/cgroup rw shared:4 - cgroup2 cgroup2 rw\n"
V1 = "40 20 0:30 /docker /sys/fs/cgroup/memory rw - cgroup cgroup rw,memory\n"


@pytest.mark.parametrize(
    ("groups", "mounts", "files", "left"),
    [
        ("0::/\n", V2, {}, 1024),
        (
            "0::/a/b\n",
            V2,
            {"a/b/memory.max": "max", "a/b/memory.current": str(5 * MIB)},
            1024,
        ),
        (
            "0::/a/b\n",
            V2,
            {"a/b/memory.max": str(300 * MIB), "a/b/memory.current": str(100 * MIB)},
            200,
        ),
        (
            "0::/a/b\n",
            V2,
            {
                "a/b/memory.max": str(300 * MIB),
                "a/b/memory.current": str(100 * MIB),
                "a/memory.max": str(200 * MIB),
                "a/memory.current": str(150 * MIB),
                "a/memory.stat": f"anon 5\ninactive_file {30 * MIB}\n",
            },
            80,
        ),
        (
            "5:cpu:/x\n4:memory:/docker/one\n",
            V1,
            {
                "memory/one/memory.limit_in_bytes": str(64 * MIB),
                "memory/one/memory.usage_in_bytes": str(60 * MIB),
            },
            4,
        ),
        ("0::/a\n", V2, {"a/memory.max": str(MIB), "a/memory.current": str(2 * MIB)}, 0),
    ],
)
def test_control_groups_count_nested_and_of_both_versions(
    tmp_path: Path, groups: str, mounts: str, files: dict[str, str], left: int
) -> None:
    root = machine(
        tmp_path,
        groups=groups,
        mounts=mounts,
        files={f"sys/fs/cgroup/{name}": text for name, text in files.items()},
    )
    assert available_memory(root) == left * MIB


@pytest.mark.parametrize("kind", ["RLIMIT_AS", "RLIMIT_DATA"])
def test_a_limit_of_the_shell_counts(kind: str) -> None:
    most = 4 * 2**30
    told = subprocess.run(
        [
            sys.executable,
            "-c",
            "from strategy.executors import available_memory; print(available_memory())",
        ],
        preexec_fn=lambda: resource.setrlimit(getattr(resource, kind), (most, most)),
        capture_output=True,
        text=True,
        check=True,
    )
    assert 0 < int(told.stdout) < most


def limited(mebibytes: int, *arguments: str) -> subprocess.CompletedProcess[str]:
    """A command line whose address space has a limit, as ``ulimit -v`` sets one."""
    most = mebibytes * MIB
    return subprocess.run(
        [sys.executable, "-m", "strategy", *arguments],
        preexec_fn=lambda: resource.setrlimit(resource.RLIMIT_AS, (most, most)),
        env={
            name: value
            for name, value in os.environ.items()
            if name != "OPENBLAS_NUM_THREADS"
        },
        capture_output=True,
        text=True,
        check=False,
    )


@pytest.mark.parametrize(
    ("mebibytes", "command"),
    [
        (100, ["solve", "games.classics.coordination:stag_hunt"]),
        (150, ["list"]),
        (250, ["sweep", "corridor.activation", "--out", "{}/rows"]),
        (250, ["draw", "corridor.activation", "-o", "{}/a.svg"]),
        (600, ["check", "corridor.sequence"]),
        (900, ["sweep", "corridor.activation", "--out", "{}/rows"]),
    ],
)
def test_a_limit_below_what_the_libraries_take_is_said_in_one_line(
    mebibytes: int, command: list[str], tmp_path: Path
) -> None:
    ended = limited(mebibytes, *[one.format(tmp_path) for one in command])
    assert (ended.returncode, ended.stdout, ended.stderr.count("\n")) == (2, "", 1)
    assert re.search(
        (
            rf"strategy {command[0]} needs about \d+ MiB of address space, .* leaves \d+ "
            r"MiB: raise it"
        ),
        ended.stderr,
    )
    assert not list(tmp_path.iterdir())


def test_a_limit_above_that_is_enough() -> None:
    ended = limited(
        1200, "solve", "games.classics.coordination:stag_hunt", "--concept", "nash"
    )
    assert (ended.returncode, ended.stderr) == (0, "")


@pytest.mark.parametrize(
    ("error", "said"),
    [
        (
            ModuleNotFoundError("No module named 'pyarrow'", name="pyarrow"),
            "pyarrow is not installed",
        ),
        (
            ModuleNotFoundError("No module named 'other'", name="other"),
            "pyarrow is installed and could not be loaded",
        ),
        (
            ImportError("undefined symbol: x"),
            "pyarrow is installed and could not be loaded",
        ),
        (
            ImportError("libarrow.so: failed to map segment from shared object"),
            "as there is not enough memory",
        ),
    ],
)
def test_not_installed_is_said_of_what_is_not_there(
    error: ImportError, said: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    from strategy.sensitivity.samples import optional_libraries

    def failing(name: str) -> Any:
        raise error

    monkeypatch.setattr(optional_libraries.importlib, "import_module", failing)
    with pytest.raises((StrategyError, MemoryError), match=said):
        optional_libraries.arrow()


@pytest.mark.parametrize(
    "error",
    [
        MemoryError(),
        ImportError("libx.so: failed to map segment from shared object"),
        OSError("Could not find/load shared object file 'libllvmlite.so'"),
        OSError(errno.ENOMEM, "Cannot allocate memory"),
        RuntimeError("can't start new thread"),
    ],
)
def test_a_lack_of_memory_is_one_line_whatever_says_it(
    error: Exception, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    from strategy.cli import run

    def failing(*_: Any, **__: Any) -> Any:
        raise error

    monkeypatch.setattr("strategy.cli._solving.run", failing)
    assert run(["solve", "games.classics.coordination:stag_hunt"]) == 2
    said = capsys.readouterr().err
    assert said.count("\n") == 1
    assert "there is not enough memory for this" in said


def test_few_bytes_are_told_apart() -> None:
    assert [size_text(one) for one in (5 * 2**10, 9 * MIB, 5 * MIB)] == [
        "5 KiB",
        "9 MiB",
        "5 MiB",
    ]
    assert size_text(3 * 2**29) == "1.5 GiB"


# -- trees from rules


def binary(history: tuple[str, ...]) -> Any:
    return Decision("A", ("left", "right")) if len(history) < 9 else End()


@pytest.mark.parametrize("unfold", [ExtensiveForm.from_rules, ExtensiveFormGame.from_rules])
def test_trees_from_rules_have_a_limit_of_nodes(unfold: Callable[..., Any]) -> None:
    assert (
        len(list(getattr(unfold(binary, most_nodes=1023), "form", unfold(binary)).plays()))
        == 512
    )
    with pytest.raises(
        SizeError,
        match=r"more than 1,022 nodes.*every history ends in End\(\).*most_nodes=",
    ):
        unfold(binary, most_nodes=1022)
    for wrong in (0, True, 2.5, "9"):
        with pytest.raises(GameError, match="most_nodes="):
            unfold(binary, most_nodes=wrong)


@pytest.mark.parametrize("width", [1, 3, 300])
def test_rules_without_an_end_end_in_an_error(width: int) -> None:
    actions = tuple([f"a{i}" for i in range(width)])
    with pytest.raises(SizeError, match=r"after 10,000 moves|more than [\d,]+ nodes"):
        ExtensiveFormGame.from_rules(lambda history: Decision("A", actions))


def test_a_subtree_that_stands_at_many_places_counts_at_each() -> None:
    node: Any = End()
    for _ in range(60):
        node = Decision("A", {"left": node, "right": node})
    with pytest.raises(SizeError, match="the tree has more than 5,000 nodes"):
        ExtensiveFormGame.from_tree(node, most_nodes=5_000)
    with pytest.raises(SizeError, match="the tree has more than 5,000 nodes"):
        ExtensiveForm(node, most_nodes=5_000)


def test_the_limit_follows_the_memory(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("strategy.forms._unfolding.available_memory", lambda: 400_000)
    with pytest.raises(SizeError, match="more than 500 nodes"):
        ExtensiveFormGame.from_rules(binary)


def caterpillar(moves: int) -> ExtensiveFormGame:
    def step(history: tuple[str, ...]) -> Any:
        if (history and history[-1] == "stop") or len(history) == moves:
            return End()
        return Decision("AB"[len(history) % 2], ("stop", "go"))

    return ExtensiveFormGame.from_rules(step)


def test_a_row_of_tied_moves_is_listed_without_beginning_at_the_root_each_time(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    from strategy.solvers.induction.walk import Walk

    taken: list[int] = []
    original = Walk._take

    def counted(self: Walk, node: int, kind: int, number: int) -> Any:
        taken.append(node)
        return original(self, node, kind, number)

    monkeypatch.setattr(Walk, "_take", counted)
    solution = solve(caterpillar(400), PureSubgamePerfect())
    assert len(solution) == 401
    assert len(taken) < 10 * 401
    assert [max(len(play.steps) for play in one.plays) for one in solution] == [
        *range(1, 401),
        400,
    ]


@pytest.mark.deep_but(1)
@pytest.mark.parametrize("compiled_from", [1, 10**9])
def test_what_is_listed_is_what_is_numbered(compiled_from: int) -> None:
    from strategy.solvers import BackwardInduction

    game = caterpillar(12)
    solution = solve(
        game, PureSubgamePerfect(), BackwardInduction(compiled_from=compiled_from)
    )
    for one in solution:
        profiles = list(one.profiles())
        assert len(profiles) == one.count
        assert one.profile in profiles


# -- nesting


def nested(levels: int) -> Condition:
    """A condition in which conjunctions, disjunctions and denials alternate."""
    result = where(A="x")
    for i in range(levels):
        result = (lambda c: c & where(B="y"), lambda c: c | where(B="z"), lambda c: ~c)[
            i % 3
        ](result)
    return result


def model_of(when: Condition, amount: Any, parameters: Parameters) -> Model:
    return Model(
        "nested",
        form=NormalForm({"A": ("x", "w"), "B": ("y", "z")}),
        parameters=parameters,
        terms=(
            Term("A", amount, when=when, name="t"),
            Term("B", 1, when=where(B="y"), name="u"),
        ),
        outcomes=(Outcome("o", when=when),),
    )


def everywhere(model: Model) -> None:
    """Every channel in which a condition or an amount is written or read."""
    assert str(model)
    assert repr(model)
    assert model._repr_html_()
    assert str(model.explain({"A": "x", "B": "y"}))
    assert len(solve(pickle.loads(pickle.dumps(model)).game(), PureNash())) == len(
        solve(model.game(), PureNash())
    )
    copy.deepcopy(model)


P = Parameters(a=Parameter(1, low=0, high=2), b=Parameter(1, low=0, high=2))


@pytest.mark.parametrize("levels", [101, 300, 900, 5_000])
def test_conditions_nested_too_deep_are_refused_where_they_are_written(levels: int) -> None:
    with pytest.raises(
        ModelError, match=r"nested 101 levels deep, and at most 100 .*a & b & c"
    ):
        nested(levels)


def test_the_deepest_condition_goes_through_every_channel() -> None:
    deepest = nested(99)
    assert condition(deepest.to_data()) == deepest
    assert pickle.loads(pickle.dumps(deepest)) == deepest
    assert deepest.words()
    assert repr(deepest)
    assert hash(deepest)
    everywhere(model_of(deepest, P.a, P))


@pytest.mark.parametrize("levels", [300, 900, 50_000])
def test_data_nested_too_deep_are_no_condition(levels: int) -> None:
    data: Any = {"who": "A", "action": "x"}
    for i in range(levels):
        data = {"not": data} if i % 2 else {"all": [data, {"who": "B", "action": "y"}]}
    with pytest.raises(ModelError, match="levels deep"):
        condition(data)


def test_a_flat_condition_may_be_as_long_as_one_likes() -> None:
    long = where(A="a0")
    for i in range(1, 900):
        long |= where(A=f"a{i}")
    assert len(long.names()) == 900
    assert condition(long.to_data()) == long


def horner(levels: int) -> Any:
    result = P.a
    for i in range(levels):
        result = result * P.b if i % 2 else result + P.a
    return result


def plain_sum(levels: int) -> Any:
    result = P.a
    for _ in range(levels):
        result = sympy.Add(result, P.b, evaluate=False)
    return result


@pytest.mark.parametrize("amount", [horner, plain_sum])
@pytest.mark.parametrize("levels", [450, 5_000])
def test_amounts_nested_too_deep_are_refused(
    amount: Callable[[int], Any], levels: int
) -> None:
    with pytest.raises(
        NumberError, match="nested more than 100 levels deep: write it as a sum of terms"
    ):
        Term("A", amount(levels), name="t")


@pytest.mark.parametrize("amount", [horner, plain_sum])
def test_amounts_a_little_less_deep_go_through_every_channel(
    amount: Callable[[int], Any],
) -> None:
    everywhere(model_of(where(A="x"), amount(40), P))


# -- digits

LONG = 10**5_000
TOO_LONG = [
    LONG,
    Fraction(1, LONG),
    "1" * 5_000,
    "1/" + "3" * 5_000,
    Decimal("1e4500"),
    sympy.Integer(10) ** 5_000,
    [LONG, 1],
]


@pytest.mark.parametrize("number", TOO_LONG[:-1], ids=lambda value: type(value).__name__)
@pytest.mark.parametrize(
    "read",
    [
        exact,
        lambda value: Parameter(value, low=0, high=2),
        lambda value: P and model_of(where(A="x"), P.a, P).game(at={"a": value}),
        lambda value: Term("A", value),
        lambda value: NormalFormGame.from_arrays([[value, 1], [0, 1]], [[1, 0], [0, 1]]),
        lambda value: ExtensiveFormGame.from_tree(
            Decision("A", {"x": End({"A": value}), "y": End()})
        ),
    ],
)
def test_numbers_with_too_many_digits_are_refused(
    number: Any, read: Callable[[Any], Any]
) -> None:
    with pytest.raises(NumberError, match=r"digits|exponent") as refused:
        read(number)
    assert len(str(refused.value)) < 300


def test_results_longer_than_python_writes_are_written() -> None:
    big = 10**3_900
    game = NormalFormGame.from_arrays(
        [[big, 1], [0, big + 7]], [[1, big + 1], [big + 11, 1]]
    )
    solution = solve(game, Nash())
    (only,) = solution
    assert str(solution)
    assert repr(only)
    assert solution._repr_html_()
    assert only._repr_html_()
    assert repr(only.profile["1"])
    assert repr(only.payoffs)
    written = as_mapping(solution)["equilibria"][0]["payoffs"]["1"]
    assert len(written) > 4_300
    assert number_text(Fraction(1, LONG)) == "1/1" + "0" * 5_000


@pytest.mark.parametrize("beside", [1, 0.5])
def test_stacks_of_games_refuse_long_numbers_in_one_line(beside: Any) -> None:
    with pytest.raises(NumberError, match="1000") as refused:
        solve_many([[[[LONG, beside], [1, 1]]], [[[1, 1], [1, 1]]]], PureNash())
    assert len(str(refused.value)) < 300


def test_where_memory_ends_what_was_found_is_kept(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    from strategy.cli import run
    from strategy.solvers import PureEnumeration

    original = PureEnumeration.propose

    def propose(self: PureEnumeration, *given: Any) -> Any:
        yield next(original(self, *given))
        raise MemoryError

    monkeypatch.setattr(PureEnumeration, "propose", propose)
    solution = solve(
        NormalFormGame.from_arrays([[1, 0], [0, 1]], [[1, 0], [0, 1]]),
        PureNash(),
        PureEnumeration(),
    )
    assert (solution.status.name, len(solution)) == ("STOPPED", 1)
    assert "memory" in solution.reason

    def nothing(*_: Any, **__: Any) -> Any:
        raise MemoryError

    monkeypatch.setattr("strategy.cli._solving.run", nothing)
    assert run(["solve", "games.classics.coordination:stag_hunt"]) == 2
    assert capsys.readouterr().err.count("\n") == 1
