"""Hanging protocols: how a study is hung, as data that readers make by example. No Qt."""

from __future__ import annotations

from app.hanging.arrange import Hanging, by_example, hang, loading_order, suits
from app.hanging.protocol import Cell, HangingProtocol, Role
from app.hanging.store import HangingStore

__all__ = ["Cell", "Hanging", "HangingProtocol", "HangingStore", "Role", "by_example", "hang", "loading_order", "suits"]
