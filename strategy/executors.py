"""Where work runs and whether it fits.

Threads, local processes or a cluster through one interface; sizes checked beforehand.
"""

from __future__ import annotations

import importlib
import itertools
import os
import time
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar, copy_context
from typing import TYPE_CHECKING, Any, TypeVar

from strategy import deadline
from strategy.errors import SizeError, StrategyError
from strategy.memory import available_memory
from strategy.texts import number_text, shown

if TYPE_CHECKING:
    from concurrent.futures import Executor, Future

__all__ = [
    "available_memory",
    "counted",
    "dask_cluster",
    "local_processes",
    "local_threads",
    "map_threads",
    "one_thread",
    "require_memory",
    "run_jobs",
    "size_text",
]  # fmt: skip

A = TypeVar("A")
B = TypeVar("B")
# seconds between looks at a silent cluster, and until one that has no worker is given up
_LOOK, _PATIENCE = 5.0, 60.0
_alone: ContextVar[bool] = ContextVar("alone", default=False)


@contextmanager
def one_thread() -> Iterator[None]:
    """Within, ``map_threads`` starts no threads.

    This is for work of which several pieces run side by side anyway.
    """
    token = _alone.set(True)
    try:
        yield
    finally:
        _alone.reset(token)


def map_threads(work: Callable[[A], B], items: Iterable[A]) -> list[B]:
    """The results of ``work`` in order, computed in as many threads as processors.

    This is for work that releases the lock. ``items``: what ``work`` is called with, one at
    a time.
    """
    jobs = list(items)
    if len(jobs) < 2:
        return [work(one) for one in jobs]
    with local_threads() as pool:
        if pool is None:
            return [work(one) for one in jobs]
        here = [copy_context() for _ in jobs]  # a time limit holds in threads too
        return list(pool.map(lambda context, one: context.run(work, one), here, jobs))


@contextmanager
def local_threads() -> Iterator[Executor | None]:
    """An executor of as many threads as there are processors; None where one is all.

    This is for work that releases the lock.
    """
    count = os.cpu_count() or 1
    if _alone.get() or count == 1:
        yield None
        return
    from concurrent.futures import ThreadPoolExecutor

    with ThreadPoolExecutor(count) as pool:
        yield pool


def run_jobs(
    work: Callable[[A], B], jobs: Iterable[A], executor: Executor | None = None
) -> Iterator[B]:
    """The results of ``work`` for each job as they end, in any order.

    Here one after another where ``executor`` is None.

    ``executor``: any of ``concurrent.futures``, such as ``local_processes`` or Dask's
    ``Client.get_executor()``. Jobs are drawn when there is room: two a worker are under way
    at once. Raises what a job raises, OutOfTime where the time is over, StrategyError if
    the workers are gone, or if a cluster has none for a minute. ``jobs``: what ``work`` is
    called with, one at a time.
    """
    if executor is None:
        yield from map(work, jobs)
        return
    from concurrent.futures import FIRST_COMPLETED, wait

    waiting: set[Future[B]] = set()
    left, ahead = iter(jobs), 2 * _width(executor)
    heard = time.monotonic()
    try:
        while True:
            for job in itertools.islice(left, ahead - len(waiting)):
                waiting.add(_submitted(executor, work, job))
            if not waiting:
                return
            done, waiting = wait(
                waiting,
                timeout=max(min(_LOOK, deadline.left()), 0.0),
                return_when=FIRST_COMPLETED,
            )
            for one in done:
                yield _result(one)
            deadline.check()
            if done or _threads(executor) != 0:
                heard = time.monotonic()
            elif time.monotonic() - heard > _PATIENCE:
                raise StrategyError(
                    f"the cluster has had no worker for {_PATIENCE:g} s: start some with "
                    "'dask worker', run again"
                )
    finally:
        for one in waiting:
            one.cancel()


def _width(executor: Any) -> int:
    """How many jobs run side by side, as far as the executor tells."""
    threads = _threads(executor)
    return (
        int(getattr(executor, "_max_workers", 0) or os.cpu_count() or 1)
        if threads is None
        else max(1, threads)
    )


def _threads(executor: Any) -> int | None:
    """How many threads the workers of a Dask cluster have now; None for other executors."""
    client: Any = getattr(executor, "_client", None)
    if not hasattr(client, "nthreads"):
        return None
    with _scheduler(executor):
        return int(sum(client.nthreads().values()))


@contextmanager
def _scheduler(executor: Any) -> Iterator[None]:
    """Calls to the scheduler of a cluster: StrategyError if it is gone."""
    try:
        yield
    except (OSError, RuntimeError) as lost:
        if not hasattr(executor, "_client"):
            raise
        raise StrategyError(_DROPPED) from lost


def _submitted(executor: Executor, work: Callable[[A], B], job: A) -> Future[B]:
    from concurrent.futures import BrokenExecutor

    try:
        with _scheduler(executor):
            return executor.submit(work, job)
    except BrokenExecutor as broken:
        raise StrategyError(_GONE) from broken


_GONE = (
    "a worker process ended abruptly: killed, out of memory, or a script without if "
    "__name__ == '__main__'; give fewer workers if memory is short, and run again"
)
_DROPPED = "the cluster dropped the work: its scheduler is gone or was restarted; run again"


def _result(future: Future[B]) -> B:
    from concurrent.futures import BrokenExecutor, CancelledError

    try:
        return future.result()
    except BrokenExecutor as broken:
        raise StrategyError(_GONE) from broken
    except CancelledError as lost:
        raise StrategyError(_DROPPED) from lost
    except Exception as error:
        # Dask's own, which is not imported here: a task whose workers died again and again,
        # a lost connection.
        if type(error).__name__ == "KilledWorker":
            raise StrategyError(
                "the workers of the cluster died doing the same work, perhaps out of "
                f"memory: {error}"
            ) from error
        if type(error).__module__.partition(".")[0] == "distributed":
            raise StrategyError(_DROPPED) from error
        raise


_MOST_PROCESSES = 10_000


@contextmanager
def local_processes(count: int) -> Iterator[Executor]:
    """An executor of so many processes on this machine.

    They end with it and with this process, however it ends. ``count``: how many.
    """
    import multiprocessing
    from concurrent.futures import ProcessPoolExecutor

    if (
        isinstance(count, bool)
        or not hasattr(count, "__index__")
        or not 1 <= count <= _MOST_PROCESSES
    ):
        raise StrategyError(
            f"workers={shown(count)}: expected a whole number of processes, at least 1 "
            f"and at most {_MOST_PROCESSES:,}"
        )
    before = set(multiprocessing.active_children())
    # Several processes side by side: each keeps its linear algebra to one thread. It is
    # read when the process starts.
    with _environment(
        {"OMP_NUM_THREADS": "1", "OPENBLAS_NUM_THREADS": "1", "MKL_NUM_THREADS": "1"}
    ):
        context = multiprocessing.get_context("spawn")
        pool = ProcessPoolExecutor(count, mp_context=context, initializer=_begin_worker)
        try:
            yield pool
            pool.shutdown(wait=True)
        except BaseException:
            pool.shutdown(wait=False, cancel_futures=True)
            for child in set(multiprocessing.active_children()) - before:
                child.terminate()
            raise


def _begin_worker() -> None:
    """What a worker does first: it leaves interrupts to its parent, and ends with it.

    A worker whose parent was killed would wait for ever.
    """
    import multiprocessing
    import signal
    import threading

    signal.signal(signal.SIGINT, signal.SIG_IGN)
    parent = multiprocessing.parent_process()
    assert parent is not None

    def follow() -> None:
        parent.join()
        os._exit(1)

    threading.Thread(target=follow, daemon=True).start()


@contextmanager
def _environment(values: dict[str, str]) -> Iterator[None]:
    before = {name: os.environ.get(name) for name in values}
    os.environ.update(values)
    try:
        yield
    finally:
        for name, value in before.items():
            if value is None:
                os.environ.pop(name, None)
            else:
                os.environ[name] = value


@contextmanager
def dask_cluster(address: str, seconds: float = 20.0) -> Iterator[Executor]:
    """An executor of a running Dask cluster, given its scheduler's address.

    An address looks like tcp://127.0.0.1:8786.

    Raises StrategyError if Dask is not installed, or no scheduler or no worker answers
    within so many seconds.
    """
    try:
        distributed: Any = importlib.import_module("distributed")
    except ModuleNotFoundError as error:
        if (error.name or "").partition(".")[0] not in ("dask", "distributed"):
            raise
        raise StrategyError(
            'Dask is not installed: pip install "strategy-toolkit[sweep]"'
        ) from None
    with (
        _quiet("distributed", "tornado", "asyncio"),
        _client(distributed, address, seconds) as client,
    ):
        try:
            client.wait_for_workers(1, timeout=seconds)
        except TimeoutError:
            raise StrategyError(
                f"the Dask scheduler at {address!r} has no workers: start some with 'dask "
                "worker'"
            ) from None
        yield client.get_executor(pure=False)


def _client(distributed: Any, address: str, seconds: float) -> Any:
    try:
        return distributed.Client(address, timeout=seconds, set_as_default=False)
    except (OSError, ValueError, TypeError) as error:
        said = " ".join(str(error).split()) or type(error).__name__
        raise StrategyError(
            f"no Dask scheduler answers at {address!r} ({said}): start one with 'dask "
            "scheduler'"
        ) from None


@contextmanager
def _quiet(*libraries: str) -> Iterator[None]:
    """Within, libraries log nothing.

    What they would say of a lost connection, with traces, is said by an error here.
    """
    import logging

    names = [
        *libraries,
        *[
            name
            for name in logging.root.manager.loggerDict
            if name.partition(".")[0] in libraries
        ],
    ]
    silenced = [one for one in map(logging.getLogger, names) if not one.disabled]
    for one in silenced:
        one.disabled = True
    try:
        yield
    finally:
        for one in silenced:
            one.disabled = False


def require_memory(needed: int, what: str, remedy: str) -> None:
    """Raise SizeError, with the numbers and a remedy, if memory is lacking.

    If ``needed`` bytes are not to be had. ``what``: what takes the memory, for the message.
    """
    available = available_memory()
    if needed > available:
        raise SizeError(
            f"{what} needs about {size_text(needed)} of memory, and "
            f"{size_text(available)} is available: {remedy}"
        )


def counted(count: int) -> str:
    """A whole number for people.

    Digits up to a thousand billions or so, a power of ten beyond. ``count``: the number.
    """
    return f"{count:,}" if count < 10**16 else f"about 10^{len(number_text(count)) - 1}"


def size_text(count: int) -> str:
    """A number of bytes for people, in GiB, or in MiB or KiB where there are few.

    ``count``: how many bytes.
    """
    if count < 2**27:
        return (
            f"{count / 2**20:,.0f} MiB" if count >= 2**20 else f"{count / 2**10:,.0f} KiB"
        )
    if count < 2**50:
        return f"{count / 2**30:,.1f} GiB"
    digits = str(count // 2**30)
    return f"{digits[0]}.{digits[1]}e+{len(digits) - 1} GiB"
