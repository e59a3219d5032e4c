"""Body-part protocols: what slices of a part of the body start with.

Protocols are TOML files in ``resources/protocols``: the DICOM terms that they belong to (Body Part Examined, PS3.16
Annex L, and words in use), heights above the detector, slice interval and thickness, the algorithm with its parameters,
and a starting window. They are starting points, not rules; everything can be changed afterwards.

The window is relative to the automatic one (`app.session.auto_window`), not absolute: a limited sweep measures no
absolute density, and the slices' values depend on the sweep angle and on how much density is kept, while the automatic
window lies over the values that occur within the body. A protocol makes it wider (bone, metal) or narrower (soft
tissue) and moves it by a share of its width.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from types import MappingProxyType
from typing import TYPE_CHECKING, Any

from app.toml_tables import Table, find_by_name, read_folder, read_toml
from recon.messages import mark, said
from widgets.window import Window

if TYPE_CHECKING:
    from recon.algorithms import Algorithm

LEAST_RANGE_MM = 20.0
"""A protocol whose heights leave less than this of what a source offers does not fit it."""


PRESET_TITLES = (
    mark("Lung"),
    mark("Mediastinum"),
    mark("Bone"),
    mark("Fine bone"),
    mark("Soft tissue"),
    mark("Metal or plaster"),
    mark("Gas"),
    mark("Contrast medium"),
    mark("Sinuses"),
    mark("Retrocardiac"),
)
"""What windows are called in the files, for translation; others are shown as they are written."""


@dataclass(frozen=True)
class WindowPreset:
    """A window for something within a part of the body, relative to the automatic window.

    Attributes
    ----------
    title : str
    width, shift : float
        Width as a share of the automatic window's; how much higher its centre lies (darker), as a share of that width.
    """

    title: str
    width: float
    shift: float

    def window(self, automatic: Window) -> Window:
        """The window, from the automatic one."""
        centre = automatic.centre + self.shift * automatic.width
        return Window(centre, automatic.width * self.width, "linear_exact")


@dataclass(frozen=True)
class Protocol:
    """What slices of a part of the body start with.

    Attributes
    ----------
    key : str
        Name of its file, for the command line.
    body_parts : tuple of str
        Terms that it belongs to, in capitals without spaces.
    sources : tuple of str
        Where its numbers come from.
    low_mm, high_mm : float
        Heights above the detector.
    interval_mm, thickness_mm : float
        Slice interval; nominal slice thickness.
    algorithm_name : str
    parameters : mapping
        Of the algorithm; the others are at their defaults.
    window_width, window_shift : float
        Width as a share of the automatic window's; how much higher its centre lies (darker), as a share of that width.
    presets : tuple of WindowPreset
        For the number keys.
    """

    key: str
    title: str
    description: str
    body_parts: tuple[str, ...]
    sources: tuple[str, ...]
    low_mm: float
    high_mm: float
    interval_mm: float
    thickness_mm: float
    algorithm_name: str
    parameters: Mapping[str, Any]
    window_width: float
    window_shift: float
    presets: tuple[WindowPreset, ...] = ()

    def algorithm(self) -> Algorithm:
        """The algorithm with the protocol's parameters."""
        from recon.algorithms import build

        return build(self.algorithm_name, self.parameters)

    def heights_mm(self, offered_mm: tuple[float, float]) -> tuple[float, float]:
        """Lowest and highest slice within what a source offers.

        Where the offer does not begin at the detector (tube and detector turn about a body far above it), or hardly
        meets the protocol's heights, the offer stands.
        """
        low, high = max(self.low_mm, offered_mm[0]), min(self.high_mm, offered_mm[1])
        fits = offered_mm[0] <= self.low_mm and high - low >= min(LEAST_RANGE_MM, offered_mm[1] - offered_mm[0])
        return (low, high) if fits else offered_mm

    def window(self, automatic: Window) -> Window:
        """The starting window, from the automatic one."""
        centre = automatic.centre + self.window_shift * automatic.width
        return Window(centre, automatic.width * self.window_width, automatic.function)

    def automatic(self, window: Window) -> Window:
        """The automatic window that `window` makes the given one from."""
        width = window.width / self.window_width
        return Window(window.centre - self.window_shift * width, width, window.function)


def read_protocol(text: str, key: str) -> Protocol:
    """Read one protocol from TOML; errors name its file."""
    root = read_toml(text, f"{key}.toml")
    root.check(("title", "description", "body_parts", "sources", "slices", "algorithm", "window"), ("presets",))
    slices, algorithm, window = (root.table(name) for name in ("slices", "algorithm", "window"))
    slices.check(("from_mm", "to_mm", "interval_mm", "thickness_mm"))
    window.check(("width", "shift"))
    algorithm.check(("name",), algorithm.data)
    low = slices.number("from_mm", 0.0, 1000.0)
    return Protocol(
        key=key,
        title=root.text("title"),
        description=root.text("description"),
        body_parts=tuple(body_part_term(part) for part in root.texts("body_parts")),
        sources=root.texts("sources"),
        low_mm=low,
        high_mm=slices.number("to_mm", low + LEAST_RANGE_MM, 1000.0),
        interval_mm=slices.number("interval_mm", 0.1, 20.0),
        thickness_mm=slices.number("thickness_mm", 0.0, 60.0),
        algorithm_name=algorithm.text("name"),
        parameters=MappingProxyType({name: value for name, value in algorithm.data.items() if name != "name"}),
        window_width=window.number("width", 0.1, 10.0),
        window_shift=window.number("shift", -2.0, 2.0),
        presets=tuple(_preset(table) for table in root.tables("presets")),
    )


def _preset(table: Table) -> WindowPreset:
    table.check(("title", "width", "shift"))
    return WindowPreset(said(table.text("title")), table.number("width", 0.05, 10.0), table.number("shift", -2.0, 2.0))


@cache
def protocols() -> tuple[Protocol, ...]:
    """All protocols, by title."""
    return read_folder("protocols", read_protocol)


def find_protocol(key: str) -> Protocol:
    """The protocol of a key (file name) or title; the error names the choices."""
    return find_by_name(protocols(), said("protocol"), key)


def protocol_for(body_part: str) -> Protocol | None:
    """The protocol that belongs to a Body Part Examined, or None: an unknown part is nothing to guess from."""
    term = body_part_term(body_part)
    return next((protocol for protocol in protocols() if term and term in protocol.body_parts), None)


def body_part_term(body_part: str) -> str:
    """Return a body part in capitals, without spaces, hyphens and the like ("C-spine" is CSPINE)."""
    return re.sub(r"[^A-Z0-9]", "", body_part.upper())
