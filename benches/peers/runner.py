"""Workers in processes of their own, and the times they took."""

from __future__ import annotations

import multiprocessing as mp
import subprocess
from multiprocessing.connection import Connection
from pathlib import Path
from typing import Any

from benches.peers import worker


class Runner:
    """A worker and the times it took."""

    def __init__(self, name: str, work: type[Any], path: Path, rows: int) -> None:
        """Starts the worker and waits until it is ready."""
        self.name, self.work, self.times = name, work, list[float]()
        self.pipe, theirs = mp.Pipe()
        start = together if work.interpreter is None else apart
        self.process = start(theirs, work, str(path), rows)
        theirs.close()
        self.receive()

    def receive(self) -> Any:
        """What the worker sends; its errors are raised here."""
        found = self.pipe.recv()
        if isinstance(found, Exception):
            raise RuntimeError(f"{self.name}: {self.work.__name__}") from found
        return found

    def once(self) -> Any:
        """One run: keeps the time, returns the answer."""
        self.pipe.send("run")
        seconds, answer = self.receive()
        self.times.append(seconds)
        return answer

    def stop(self) -> None:
        """Ends the worker."""
        self.pipe.send(None)
        self.pipe.close()
        if isinstance(self.process, subprocess.Popen):
            self.process.wait()
        else:
            self.process.join()


def together(pipe: Connection, work: type[Any], path: str, rows: int) -> Any:
    """A process of this interpreter."""
    args = (pipe, work, path, rows)
    process = mp.get_context("spawn").Process(target=worker.serve, args=args, daemon=True)
    process.start()
    return process


def apart(pipe: Connection, work: type[Any], path: str, rows: int) -> Any:
    """A process of the interpreter that the work names."""
    if not Path(work.interpreter).exists():
        raise SystemExit(f"{work.interpreter} is missing; `make bench` installs it")
    command = [work.interpreter, "-m", "benches.peers.apart", work.__module__, work.__name__]
    descriptor = pipe.fileno()
    return subprocess.Popen([*command, path, str(rows), str(descriptor)], pass_fds=[descriptor])
