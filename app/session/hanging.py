"""How a study is hung: which series go into which viewports. No Qt."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from app.reading.layout import PANES, Layout
from app.session.state import PROJECTION_SUFFIX, series_of


def hanging(series: Sequence[Any]) -> Layout:
    """The viewports for a study's series, in the order of the study browser.

    Projections with a radiograph hang side by side (slice | radiograph), projections alone beside their middle view,
    then stored volumes, then radiographs. The plain radiograph stands right of the slices, as on a light box where the
    new examination hangs left.

    Parameters
    ----------
    series : sequence of SeriesEntry
        With `uid` and `kind` ("projections", "volume", "radiograph", "other").
    """
    kinds: dict[str, list[str]] = {"projections": [], "volume": [], "radiograph": []}
    for entry in series:
        if entry.kind in kinds:
            kinds[entry.kind].append(entry.uid)
    slices = kinds["projections"] or kinds["volume"]
    wanted: list[str] = slices[:1]
    if kinds["radiograph"]:
        wanted.append(kinds["radiograph"][0])
        if not slices:
            wanted.extend(kinds["radiograph"][1:2])
    elif kinds["projections"]:
        wanted.append(kinds["projections"][0] + PROJECTION_SUFFIX)
    projection = [uid + PROJECTION_SUFFIX for uid in kinds["projections"][:1] if uid + PROJECTION_SUFFIX not in wanted]
    spare = [uid for uid in (*kinds["projections"], *kinds["volume"], *kinds["radiograph"]) if uid not in wanted]
    shown = max(1, len(wanted))
    # What is not shown at first waits in the places of larger arrangements.
    hung = [*wanted, *projection, *spare][:PANES]
    return Layout.of_grid(1, shown, tuple(hung))


def loading_order(layout: Layout, series: Sequence[Any]) -> list[str]:
    """The series to load for a layout, each once: single images first, because they are on screen at once.

    Only what is on screen is loaded; the rest waits until it is hung.
    """
    order: list[str] = []
    for pane in layout.panes:
        uid = layout.hung[pane]
        if uid is not None and series_of(uid) not in order:
            order.append(series_of(uid))
    images = {entry.uid: entry.n_images for entry in series}
    return sorted(order, key=lambda uid: images.get(uid, 0) > 1)
