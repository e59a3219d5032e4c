"""The reading session: what is open, what hangs where, what the reader did, and what can be undone."""

from __future__ import annotations

from app.reading.layout import PANES, Comparison, Layout, LinkSwitches, Split
from app.reading.placement import Placement
from app.session.services import Services
from app.session.session import WAITING, Busy, Session, sentence
from app.session.state import (
    PROJECTION_SUFFIX,
    SYNTHETIC_SUFFIX,
    VIEWS_SUFFIX,
    AnyWindow,
    Picture,
    Reading,
    Reconstruction,
    SeriesState,
    series_of,
)

__all__ = [
    "PANES",
    "PROJECTION_SUFFIX",
    "SYNTHETIC_SUFFIX",
    "VIEWS_SUFFIX",
    "WAITING",
    "AnyWindow",
    "Busy",
    "Comparison",
    "Layout",
    "LinkSwitches",
    "Picture",
    "Placement",
    "Reading",
    "Reconstruction",
    "SeriesState",
    "Services",
    "Session",
    "Split",
    "sentence",
    "series_of",
]
