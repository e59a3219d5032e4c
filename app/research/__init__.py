"""Research data: arrays of projections with a geometry file, and volumes that are not DICOM."""

from __future__ import annotations

from app.research.open import SUFFIXES, find_research, load_research, research_thumbnail

__all__ = ["SUFFIXES", "find_research", "load_research", "research_thumbnail"]
