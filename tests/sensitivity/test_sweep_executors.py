"""A sweep in processes or on a cluster has the rows of one in this process; workers that
die cost nothing but time."""

import contextlib
import os
import signal
import warnings
from collections.abc import Iterator
from concurrent.futures import Executor, ThreadPoolExecutor
from pathlib import Path
from typing import Any

import pytest

from games.corridor import activation
from strategy import StrategyError, executors
from strategy.concepts import PureNash
from strategy.executors import dask_cluster, local_processes, run_jobs
from strategy.sensitivity import LatinHypercube, Rows, SobolPoints, Sweep, sweep

pytest.importorskip("pyarrow")
DESIGNS = {
    "latin hypercube": LatinHypercube(3000, 3),
    "sobol": SobolPoints(3000, 3),
    "rows": Rows({"leverage": [2 + i / 512 for i in range(3000)]}),
}


def swept(folder: Path, design: Any, **options: Any) -> Sweep:
    return sweep(
        activation.model,
        PureNash(),
        "corridor open",
        design,
        folder,
        **{"part_rows": 150, **options},
    )


def rows(found: Sweep) -> Any:
    return found.table().to_table().replace_schema_metadata(None)


@pytest.fixture(scope="module")
def cluster() -> Iterator[Any]:
    """Two workers, each in a process of its own that is started again if it dies."""
    distributed = pytest.importorskip("distributed")
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # what Dask warns of is its own affair
        with distributed.LocalCluster(
            n_workers=2, threads_per_worker=1, dashboard_address=None, processes=True
        ) as made:
            yield made


def check_all(tmp_path: Path, executor: Executor) -> None:
    for name, design in DESIGNS.items():
        found = swept(tmp_path / f"{name} there", design, executor=executor)
        assert len(found.files) == 20
        here = swept(tmp_path / f"{name} here", design, part_rows=1000)
        assert rows(found).equals(rows(here))
        assert found.counts() == here.counts()


@pytest.mark.deep
@pytest.mark.filterwarnings("ignore")
def test_rows_on_a_cluster(cluster: Any, tmp_path: Path) -> None:
    with dask_cluster(cluster.scheduler_address) as executor:
        check_all(tmp_path, executor)


@pytest.mark.deep
@pytest.mark.filterwarnings("ignore")
def test_a_lost_worker_of_a_cluster_costs_time_alone(cluster: Any, tmp_path: Path) -> None:
    with dask_cluster(cluster.scheduler_address) as executor:
        pids = list(executor._client.run(os.getpid).values())  # type: ignore[attr-defined]
        killed: list[int] = []

        def progress(done: int, total: int) -> None:
            if done >= 20_000 and not killed:
                killed.append(pids[0])
                os.kill(pids[0], signal.SIGKILL)

        found = swept(
            tmp_path / "there", 60_000, part_rows=2000, executor=executor, progress=progress
        )
    assert killed
    assert rows(found).equals(rows(swept(tmp_path / "here", 60_000)))


@pytest.mark.deep
@pytest.mark.filterwarnings("ignore")
def test_a_cluster_that_loses_all_workers_is_given_up_and_the_rest_resumes(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    distributed = pytest.importorskip("distributed")
    monkeypatch.setattr(executors, "_LOOK", 0.1)
    monkeypatch.setattr(executors, "_PATIENCE", 0.5)
    with distributed.LocalCluster(
        n_workers=1, threads_per_worker=1, dashboard_address=None, processes=True
    ) as small:

        def progress(done: int, total: int) -> None:
            if done >= 20_000:
                small.scale(0)

        with (
            pytest.raises(StrategyError, match="has had no worker for"),
            dask_cluster(small.scheduler_address) as executor,
        ):
            swept(
                tmp_path / "there",
                60_000,
                part_rows=2000,
                executor=executor,
                progress=progress,
            )
    found = swept(tmp_path / "there", 60_000, part_rows=2000)
    assert found.kept >= 20_000
    assert rows(found).equals(rows(swept(tmp_path / "here", 60_000)))


@pytest.mark.deep
def test_rows_in_processes(tmp_path: Path) -> None:
    with local_processes(2) as executor:
        check_all(tmp_path, executor)


@pytest.mark.deep
def test_a_worker_process_that_dies_is_said_and_the_rest_resumes(tmp_path: Path) -> None:
    psutil = pytest.importorskip("psutil")
    mine = psutil.Process()

    def progress(done: int, total: int) -> None:
        if done >= 20_000:
            for child in mine.children(recursive=True):
                with contextlib.suppress(psutil.Error):  # one that is dead already
                    if "spawn_main" in " ".join(child.cmdline()):
                        child.kill()

    with (
        pytest.raises(StrategyError, match="a worker process ended abruptly"),
        local_processes(2) as executor,
    ):
        swept(
            tmp_path / "there", 60_000, part_rows=2000, executor=executor, progress=progress
        )
    found = swept(tmp_path / "there", 60_000, part_rows=2000)
    assert found.kept >= 20_000
    assert found.repaired == ()
    assert rows(found).equals(rows(swept(tmp_path / "here", 60_000)))


def test_rows_in_threads(tmp_path: Path) -> None:
    with ThreadPoolExecutor(3) as executor:
        check_all(tmp_path, executor)


def test_jobs_are_drawn_when_there_is_room() -> None:
    drawn: list[int] = []

    def jobs() -> Iterator[int]:
        for i in range(100):
            drawn.append(i)
            yield i

    with ThreadPoolExecutor(2) as executor:
        results = run_jobs(lambda i: i * i, jobs(), executor)
        first = next(results)
        assert len(drawn) <= 4
        assert sorted([first, *results]) == [i * i for i in range(100)]
    assert list(run_jobs(lambda i: i + 1, range(3))) == [1, 2, 3]


def test_what_is_refused(tmp_path: Path) -> None:
    with pytest.raises(StrategyError, match="workers=0"), local_processes(0):
        pass
    pytest.importorskip("distributed")
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        with (
            pytest.raises(StrategyError, match="no Dask scheduler answers"),
            dask_cluster("tcp://127.0.0.1:9", seconds=1),
        ):
            pass

    class Unsent(PureNash):
        def __reduce__(self) -> Any:
            raise TypeError("not to be sent")

    with (
        ThreadPoolExecutor(1) as executor,
        pytest.raises(StrategyError, match="cannot be sent to workers"),
    ):
        sweep(
            activation.model,
            Unsent(),
            "corridor open",
            10,
            tmp_path / "a",
            executor=executor,
        )
