"""Nobody waits for ever: children of a fork, and what uses the profiler that calls it."""

from __future__ import annotations

import os
import subprocess
import sys
import textwrap
import threading
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pyarrow as pa
import pytest
from tests.counting import Counting

import drypoint as dp
from drypoint import BusyError, Profiler
from drypoint.profiles import SegmentedProfiler

if TYPE_CHECKING:
    from collections.abc import Callable

needs_fork = pytest.mark.skipif(not hasattr(os, "fork"), reason="this system does not fork")
TABLE = pa.table({"x": [1.0, 2.0], "key": ["a", "b"]})
LONG = 60.0
"""Seconds after which a wait is for ever."""


class Caller(Counting):
    """Counts values, and calls a function at each update."""

    name = "caller"
    call: Callable[[], object] = int

    @classmethod
    def takes(cls, data_type: pa.DataType) -> bool:
        """Floats."""
        return bool(pa.types.is_floating(data_type))

    def update(self, values: pa.Array) -> None:
        """Counts, and calls."""
        type(self).call()
        super().update(values)


def finished(work: Callable[[], object]) -> Exception | None:
    """What *work* raises, which must not take for ever."""
    raised: list[Exception] = []

    def kept() -> None:
        try:
            work()
        except Exception as error:  # noqa: BLE001 # it is what is asked for
            raised.append(error)

    thread = threading.Thread(target=kept, daemon=True)
    thread.start()
    thread.join(LONG)
    assert not thread.is_alive(), "it waits for itself"
    return raised[0] if raised else None


CALLS: dict[str, Callable[[Any], object]] = {
    "update": lambda profiler: profiler.update(TABLE),
    "profile": lambda profiler: profiler._snapshot(),
    "rows": lambda profiler: profiler.rows,
}


@pytest.mark.parametrize("call", CALLS)
@pytest.mark.parametrize(
    "made",
    [Profiler, lambda **options: SegmentedProfiler("key", **options)],
    ids=["profiler", "segments"],
)
def test_a_metric_that_uses_its_own_profiler_is_named(
    call: str, made: Callable[..., Any], monkeypatch: pytest.MonkeyPatch
) -> None:
    """Instead of a deadlock; and nothing has changed, so that the rows can be taken again."""
    profiler = made(metrics=[Caller])
    profiler.update(TABLE[:0])
    monkeypatch.setattr(Caller, "call", lambda: CALLS[call](profiler))
    error = finished(lambda: profiler.update(TABLE))
    assert isinstance(error, BusyError), error
    assert "metric 'caller' of column 'x': the profiler is used by what it calls" in str(error)
    monkeypatch.setattr(Caller, "call", int)
    assert profiler.update(TABLE).rows == TABLE.num_rows


def test_rows_that_wait_for_such_a_metric_are_kept(monkeypatch: pytest.MonkeyPatch) -> None:
    """They are not to blame, so none is refused."""
    profiler = Profiler(metrics=[Caller])
    monkeypatch.setattr(Caller, "call", lambda: profiler.update(TABLE))
    for row in TABLE.to_pylist():
        profiler.log(row)
    assert isinstance(finished(profiler.profile), BusyError)
    monkeypatch.setattr(Caller, "call", int)
    assert profiler.profile()["x"].metric("caller").value == TABLE.num_rows


def test_a_metric_may_log_to_its_own_profiler(monkeypatch: pytest.MonkeyPatch) -> None:
    """The row waits with the others until these are taken in."""
    profiler = Profiler(metrics=[Caller])
    monkeypatch.setattr(Caller, "call", lambda: profiler.log({"note": "seen"}))
    assert finished(lambda: profiler.update(TABLE)) is None
    monkeypatch.setattr(Caller, "call", int)
    assert profiler.profile()["note"].top(1)[0].item == "seen"


@pytest.mark.parametrize("call", ["flush", "close", "pending"])
def test_a_metric_cannot_make_its_logger_deliver(
    call: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """That would wait for the very table that it measures; the logger delivers it afterwards."""
    profiles: list[dp.Profile] = []
    logger = dp.Logger("d", sink=profiles.append, window="1h", metrics=[Caller], clock=lambda: 0.0)

    def asks() -> None:
        if call == "pending":
            logger._collect(everything=True)
            assert logger.pending
        else:
            getattr(logger, call)()

    monkeypatch.setattr(Caller, "call", asks)
    error = finished(lambda: logger.update(TABLE))
    assert isinstance(error, BusyError), error
    assert "metric 'caller' of column 'x': the logger is asked for profiles by" in str(error)
    monkeypatch.setattr(Caller, "call", int)
    logger.update(TABLE)
    logger.close()
    assert sum(one["x"].metric("caller").value for one in profiles) == TABLE.num_rows


def run(code: str) -> None:
    """In a process of its own, which has threads and forks; it ends well."""
    head = """
        import os, sys, threading
        import pyarrow as pa
        sys.path.insert(0, {folder!r})
        from test_waits import TABLE, Caller
        import drypoint as dp
        from drypoint import BusyError
        from drypoint.profiles import SegmentedProfiler

        def ended(work):
            child = os.fork()
            if child == 0:
                # A child that hangs is killed by this, and is no success.
                threading.Timer(30, os._exit, [3]).start()
                code = 1
                try:
                    work()
                    code = 0
                finally:
                    os._exit(code)
            return os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])
    """
    folder = str(Path(__file__).parent)
    whole = textwrap.dedent(head).format(folder=folder) + textwrap.dedent(code)
    command = [sys.executable, "-W", "ignore::DeprecationWarning", "-c", whole]
    done = subprocess.run(command, capture_output=True, text=True, timeout=LONG, check=False)
    assert done.returncode == 0, done.stderr


@needs_fork
@pytest.mark.parametrize("made", ["dp.Profiler(", "SegmentedProfiler('key', "])
@pytest.mark.parametrize("feed", ["profiler.update(TABLE)", "profiler.log({'x': 1.0})"])
def test_a_child_forked_amid_an_update_gets_an_error(made: str, feed: str) -> None:
    """Its half is not done by anybody; a profiler of its own works, and so does the parent's."""
    run(
        f"""
        inside, go_on = threading.Event(), threading.Event()
        profiler = {made}metrics=[Caller])
        profiler.update(TABLE)

        def held():
            inside.set()
            go_on.wait()

        def feed():
            {feed}
            profiler.rows, profiler._snapshot()

        Caller.call = held
        thread = threading.Thread(target=feed)
        thread.start()
        inside.wait()

        def child():
            Caller.call = int
            uses = [lambda: profiler.update(TABLE), profiler._snapshot, lambda: profiler.rows]
            for use in uses:
                try:
                    use()
                except BusyError as error:
                    assert "make a new one in the child" in str(error), error
                else:
                    raise AssertionError("half an update was taken for a whole one")
            assert {made}metrics=[Caller]).update(TABLE).rows == 2

        code = ended(child)
        go_on.set()
        thread.join()
        assert code == 0, code
        Caller.call = int
        assert profiler.update(TABLE).rows >= 5
        """
    )


@needs_fork
def test_a_child_forked_between_updates_goes_on() -> None:
    """With the rows that came before, from as many threads as it likes; also inside an update."""
    run(
        """
        profiler = dp.Profiler(metrics=[Caller])
        profiler.update(TABLE)

        def child():
            threads = [threading.Thread(target=profiler.update, args=(TABLE,)) for _ in range(4)]
            for thread in threads:
                thread.start()
            for thread in threads:
                thread.join()
            assert profiler.profile()["x"].metric("caller").value == 10

        assert ended(child) == 0
        codes = []
        Caller.call = lambda: codes.append(ended(int))
        profiler.update(TABLE)
        assert codes == [0], codes
        assert profiler.rows == 4
        """
    )


@needs_fork
def test_threads_of_a_child_wait_for_each_other() -> None:
    """What one of them is at work on was not lost in the fork, though the parent made it."""
    run(
        """
        import numpy as np
        large = pa.table({"x": np.arange(500_000.0)})
        profiler = dp.Profiler()
        profiler.update(large)
        sketch = dp.sketches.KllSketch()

        def child():
            def feed():
                for _ in range(5):
                    profiler.update(large)
                    sketch.update(large["x"])
            raised = []
            threading.excepthook = lambda told: raised.append(told.exc_value)
            threads = [threading.Thread(target=feed) for _ in range(4)]
            for thread in threads:
                thread.start()
            for thread in threads:
                thread.join()
            assert raised == [], raised
            assert profiler.rows == 21 * 500_000
            assert sketch.n == 20 * 500_000

        assert ended(child) == 0
        """
    )
