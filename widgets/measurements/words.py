"""Texts of measurements, translated when they are shown. Qt is imported then only: tables are read without it."""

from __future__ import annotations


def tr(text: str, *values: object) -> str:
    """Return a text in the user's language; see `widgets.translation.tr`."""
    from widgets import translation

    return translation.tr(text, *values)
