"""A program that indexes a folder in small batches until it is killed.

Arguments: data folder, folder, how. How: "within" kills itself while the third batch is being written; "ask" writes
the number of files in the index after each batch, and waits for a line.
"""

from __future__ import annotations

import os
import signal
import sys
from pathlib import Path
from typing import Any


def main() -> None:
    data, folder, how = Path(sys.argv[1]), Path(sys.argv[2]), sys.argv[3]
    from app.worklist import files, indexer, schema

    indexer.BATCH, indexer.BATCH_S = 5, 3600.0
    connection = schema.open_index(data).connection
    files.add_folder(connection, folder)
    refresh, calls = files.refresh_studies, []

    def dies(*arguments: Any) -> None:
        refresh(*arguments)
        calls.append(arguments)
        if len(calls) == 3:
            assert connection.in_transaction
            os.kill(os.getpid(), signal.SIGKILL)

    def asks(_: frozenset[str]) -> None:
        print(connection.execute("SELECT count(*) FROM files").fetchone()[0], flush=True)
        sys.stdin.readline()

    if how == "within":
        files.refresh_studies = dies
    indexer.index_folder(connection, folder, on_batch=asks if how == "ask" else lambda _: None)


main()
