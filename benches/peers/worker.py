"""One process, one library: prepares a work, then does it once whenever it is told to."""

from __future__ import annotations

import gc
import os
import sys
import time
from multiprocessing.connection import Connection
from typing import Any

SETTINGS = {
    "POLARS_MAX_THREADS": "1",
    "RAYON_NUM_THREADS": "1",
    "OMP_NUM_THREADS": "1",
    "TOKIO_WORKER_THREADS": "1",
}


def serve(pipe: Connection, work: type[Any], path: str, rows: int) -> None:
    """Prepares *work*, then answers each message with seconds and an answer until None comes."""
    try:
        if work.one_core:
            keep_to_one_core()
        job = work(path, rows)
        gc.disable()
        pipe.send("ready")
        while pipe.recv() is not None:
            pipe.send(timed(job))
    except EOFError:
        return  # whoever asked is gone
    except Exception as error:  # noqa: BLE001 # the parent reports whatever it is
        pipe.send(error)
    sys.stdout.flush()


def timed(job: Any) -> tuple[float, Any]:
    """Seconds of one run, and its answer."""
    start = time.perf_counter()
    found = job.run()
    seconds = time.perf_counter() - start
    return seconds, job.answer(found)


def keep_to_one_core() -> None:
    """Pins this process, and holds back the threads of libraries that are not imported yet."""
    os.environ.update(SETTINGS)
    os.sched_setaffinity(0, {max(os.sched_getaffinity(0))})
    import pyarrow as pa

    pa.set_cpu_count(1)
    pa.set_io_thread_count(1)
