"""Errors whose text is a sentence for the user."""

from __future__ import annotations

import errno


class BocageError(Exception):
    """Something the user can act on: says what was expected, what was found and where.

    The text is shown as it stands, so it never carries patient data.
    """


def disk_reason(error: OSError) -> str:
    """Why writing failed, in words; some libraries report a full disk without saying so."""
    if error.errno == errno.ENOSPC or (error.errno is None and "requested and" in str(error)):
        return "there is no space left on the disk"
    if error.errno in (errno.EACCES, errno.EPERM, errno.EROFS):
        return "you may not write there"
    if error.errno in (errno.EEXIST, errno.ENOTDIR):
        return "a file of that name is in the way"
    return error.strerror or str(error)


class GeometryError(BocageError, ValueError):
    """A geometry that no detector and tube can have, or that does not fit its images."""


class Cancelled(Exception):
    """Raised inside long work when its caller no longer wants the result."""
