"""The reading session: what is open, what hangs where, what the reader did, and what can be undone."""

from __future__ import annotations

from app.session.services import Services
from app.session.session import WAITING, Busy, Session, sentence
from app.session.state import (
    PANES,
    PROJECTION_SUFFIX,
    AnyWindow,
    Layout,
    Picture,
    Reading,
    Reconstruction,
    SeriesState,
)

__all__ = [
    "PANES",
    "PROJECTION_SUFFIX",
    "WAITING",
    "AnyWindow",
    "Busy",
    "Layout",
    "Picture",
    "Reading",
    "Reconstruction",
    "SeriesState",
    "Services",
    "Session",
    "sentence",
]
