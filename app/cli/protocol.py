"""``--protocol``: a body part's starting values, where the command line gives no others."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

from app.cli.reconstruct.options import Options, build_algorithm
from app.protocols import Protocol, find_protocol, protocol_for, protocols
from recon.errors import BocageError
from recon.notes import Fact

if TYPE_CHECKING:
    from app.dicom.read import SeriesEntry, StudyEntry
    from recon.geometry import Geometry

AUTO = "auto"
"""Stands for the protocol of each study's own body part."""


@dataclass(frozen=True)
class Asked:
    """What the command line itself says; None where it says nothing."""

    algorithm: str | None = None
    settings: tuple[str, ...] = ()
    interval_mm: float | None = None
    thickness_mm: float | None = None

    def values(self, protocol: Protocol | None) -> dict[str, Any]:
        """The fields of `Options` that a protocol may give: what is said here, else its own."""
        found: dict[str, Any] = {}
        name, settings = self.algorithm or "fbp", self.settings
        if protocol is not None:
            found = {
                "protocol": protocol.key,
                "interval_mm": protocol.interval_mm,
                "thickness_mm": protocol.thickness_mm,
            }
            if self.algorithm in (None, protocol.algorithm_name):
                name = protocol.algorithm_name
                # The last of the same name holds.
                settings = (*(f"{key}={value}" for key, value in protocol.parameters.items()), *settings)
        found["algorithm"] = build_algorithm(name, settings)
        said = {"interval_mm": self.interval_mm, "thickness_mm": self.thickness_mm}
        return {**found, **{key: value for key, value in said.items() if value is not None}}

    def under(self, name: str | None) -> dict[str, Any]:
        """The same for the name of a protocol; what depends on each study's body part is left for `settled`."""
        if name == AUTO:
            return {"protocol": AUTO, "asked": self}
        return self.values(None if name is None else find_protocol(name))


def settled(options: Options, study: StudyEntry, entry: SeriesEntry) -> Options:
    """The options with the values of the series' own protocol, where they ask for it.

    Raises
    ------
    BocageError
        When there is no protocol for its body part.
    """
    if not isinstance(options.asked, Asked):
        return options
    part = entry.header.body_part or study.header.body_part
    found = protocol_for(part)
    if found is None:
        whose = f'the body part "{part}"' if part else "a study that does not state its body part"
        choices = ", ".join(protocol.key for protocol in protocols())
        raise BocageError(f"There is no protocol for {whose}. Name one with --protocol: {choices}.")
    return replace(options, asked=None, **options.asked.values(found))


def with_heights(options: Options, geometry: Geometry) -> Options:
    """Settled options with their protocol's heights, where they name none."""
    from recon.cone import offered_heights_mm

    if options.protocol is None or options.heights_mm is not None:
        return options
    return replace(options, heights_mm=find_protocol(options.protocol).heights_mm(offered_heights_mm(geometry)))


def notes(options: Options) -> tuple[str, ...]:
    """Which protocol settled options follow, as a note of the result."""
    return () if options.protocol is None else (Fact(f"protocol {find_protocol(options.protocol).title}"),)
