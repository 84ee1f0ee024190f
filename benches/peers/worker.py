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


def serve(pipe: Connection, work: type[Any], path: str, rows: int, core: int) -> None:
    """Prepares *work*, then answers each message with seconds and an answer until None comes."""
    os.environ.update(SETTINGS)
    os.sched_setaffinity(0, {core})
    import pyarrow as pa

    pa.set_cpu_count(1)
    pa.set_io_thread_count(1)
    try:
        job = work(path, rows)
        gc.disable()
        pipe.send("ready")
        while pipe.recv() is not None:
            start = time.perf_counter()
            answer = job.run()
            pipe.send((time.perf_counter() - start, answer))
    except Exception as error:  # noqa: BLE001 # the parent reports whatever it is
        pipe.send(error)
    sys.stdout.flush()
