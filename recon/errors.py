"""Errors whose text is a sentence for the user."""

from __future__ import annotations

import errno

from recon.messages import said


class BocageError(Exception):
    """Something the user can act on: says what was expected, what was found and where.

    The text is shown as it stands, so it never carries patient data. Made with `recon.messages.said`, it can be
    shown in another language.
    """

    def __str__(self) -> str:
        """The sentence; a `Message` stays one."""
        return self.args[0] if len(self.args) == 1 and isinstance(self.args[0], str) else super().__str__()


def disk_reason(error: OSError) -> str:
    """Why writing failed, in words; some libraries report a full disk without saying so."""
    if error.errno == errno.ENOSPC or (error.errno is None and "requested and" in str(error)):
        return said("there is no space left on the disk")
    if error.errno in (errno.EACCES, errno.EPERM, errno.EROFS):
        return said("you may not write there")
    if error.errno in (errno.EEXIST, errno.ENOTDIR):
        return said("a file of that name is in the way")
    return error.strerror or str(error)


class GeometryError(BocageError, ValueError):
    """A geometry that no detector and tube can have, or that does not fit its images."""


class Cancelled(Exception):
    """Raised inside long work when its caller no longer wants the result."""
