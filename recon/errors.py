"""Errors whose text is a sentence for the user."""

from __future__ import annotations


class BocageError(Exception):
    """Something the user can act on: says what was expected, what was found and where.

    The text is shown as it stands, so it never carries patient data.
    """


class GeometryError(BocageError, ValueError):
    """A geometry that no detector and tube can have, or that does not fit its images."""


class Cancelled(Exception):
    """Raised inside long work when its caller no longer wants the result."""
