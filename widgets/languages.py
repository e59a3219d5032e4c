"""The languages there are. No Qt."""

from __future__ import annotations

SYSTEM = "system"
"""As a choice of language: the one of the computer, if there is a translation, else English."""
LANGUAGES = {"en": "English", "zh_CN": "简体中文"}
"""The languages there are, each by its own name."""
