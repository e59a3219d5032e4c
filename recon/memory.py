"""How much memory is free."""

from __future__ import annotations


def available_bytes() -> int:
    """Memory that can be taken without swapping, bytes."""
    import psutil

    return int(psutil.virtual_memory().available)
