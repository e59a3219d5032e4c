"""Files are written beside their place and put there when they are complete: nothing half written is ever found."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from recon.errors import BocageError, disk_reason
from recon.messages import mark, said

ANOTHER_FOLDER = mark("{0}: cannot be written ({1}). Choose another folder.")
OWN_FOLDER = mark("{0}: cannot be written ({1}).")
"""Of files whose place the reader does not choose."""


@contextmanager
def replacing(path: Path, told: str = ANOTHER_FOLDER) -> Iterator[Path]:
    """A temporary path that becomes `path` when the block ends without an error.

    Parameters
    ----------
    path : Path
        Folders that are missing are made, and removed again when nothing came of the file.
    told : str
        What is said when it cannot be written: of the path and the reason.

    Raises
    ------
    BocageError
        The disk refused: there, or in the block (`OSError`). What lay at `path` before still lies there.
    """
    temporary = path.with_name(f".{path.name}.{os.getpid()}.part")
    made = False
    try:
        if not path.parent.is_dir():
            path.parent.mkdir(parents=True)
            made = True
        yield temporary
        os.replace(temporary, path)
    except OSError as error:
        raise BocageError(said(told, path, disk_reason(error))) from error
    finally:
        if temporary.parent.is_dir():
            temporary.unlink(missing_ok=True)
        if made and not any(path.parent.iterdir()):
            path.parent.rmdir()
