"""A worker in an interpreter of its own, for a library that does not run beside the others.

`python -m benches.peers.apart MODULE CLASS PATH ROWS FD`, where FD is its end of a pipe.
"""

from __future__ import annotations

import sys
from importlib import import_module
from multiprocessing.connection import Connection

from benches.peers.worker import serve


def main() -> None:
    """Serves the work that the arguments name."""
    module, name, path, rows, descriptor = sys.argv[1:]
    pipe = Connection(int(descriptor))
    try:
        work = getattr(import_module(module), name)
    except ImportError as error:
        pipe.send(error)
    else:
        serve(pipe, work, path, int(rows))


if __name__ == "__main__":
    main()
