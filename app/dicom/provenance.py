"""How a reconstruction was made, written into our own objects and read back from them.

Every object says it in the standard's own places: Derivation Description and codes, the images it was computed from
(Source Image, Common Instance Reference also across studies), and Contributing Equipment (PS3.3 C.12.1.1.5) with the
program as Processing Equipment. Its Contribution Description holds one line for each fact, so that it can be read back;
longer texts go on in a further item.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

PROCESSING_EQUIPMENT = ("109102", "Processing Equipment")
ACQUISITION_EQUIPMENT = ("109101", "Acquisition Equipment")
SOURCE_IMAGE = ("121322", "Source image for image processing operation")
TEXT_LENGTH = 1024
"""Of an ST element (PS3.5 6.2)."""
_ALGORITHM, _PARAMETER, _CORRECTION, _GEOMETRY, _NOTE = "Algorithm", "Parameter", "Correction", "Geometry", "Note"


@dataclass(frozen=True)
class Provenance:
    """How an object of ours was computed.

    Attributes
    ----------
    program : str
        Name and version.
    algorithm : str
    parameters : tuple of str
        ``name=value``.
    corrections : tuple of str
        Each with its parameters in brackets.
    geometry_sources : tuple of str
    notes : tuple of str
    sources : tuple of str
        SOP Instance UIDs of the images that it was computed from.
    """

    program: str
    algorithm: str
    parameters: tuple[str, ...] = ()
    corrections: tuple[str, ...] = ()
    geometry_sources: tuple[str, ...] = ()
    notes: tuple[str, ...] = ()
    sources: tuple[str, ...] = ()

    @property
    def sentence(self) -> str:
        """Algorithm and parameters in one line."""
        settings = ", ".join(self.parameters)
        return self.algorithm + (f" ({settings})" if settings else "")


def contribution_texts(lines: Iterator[str], length: int = TEXT_LENGTH) -> list[str]:
    """Lines in as few texts as hold them; a line that is too long for one is broken."""
    texts: list[str] = []
    current = ""
    for line in lines:
        whole = " ".join(line.split())
        parts = [whole[at : at + length] for at in range(0, len(whole), length)] or [""]
        for part in parts:
            joined = f"{current}\r\n{part}" if current else part
            if len(joined) > length:
                texts.append(current)
                joined = part
            current = joined
    return [*texts, current] if current else texts


def lines_of(
    algorithm: str,
    parameters: Mapping[str, str],
    corrections: list[str],
    geometry_sources: tuple[str, ...],
    notes: tuple[str, ...],
) -> Iterator[str]:
    """What `read_provenance` reads back, a fact a line."""
    yield f"{_ALGORITHM}: {algorithm}"
    yield from (f"{_PARAMETER}: {name}={value}" for name, value in parameters.items())
    yield from (f"{_CORRECTION}: {text}" for text in corrections)
    yield from (f"{_GEOMETRY}: {text}" for text in geometry_sources)
    yield from (f"{_NOTE}: {text}" for text in notes if text)


def read_provenance(data: Any) -> Provenance | None:
    """What an object of ours says about how it was made; None for objects of others. Never raises."""
    try:
        return _read(data)
    except Exception:  # values that their representation forbids
        return None


def _read(data: Any) -> Provenance | None:
    program, lines = "", []
    for item in data.get("ContributingEquipmentSequence", None) or []:
        purposes = [str(code.get("CodeValue", "")) for code in item.get("PurposeOfReferenceCodeSequence", None) or []]
        software = str(item.get("SoftwareVersions", ""))
        if PROCESSING_EQUIPMENT[0] in purposes and software.startswith("Bocage"):
            program = software
            lines += str(item.get("ContributionDescription", "")).splitlines()
    found: dict[str, list[str]] = {}
    for line in lines:
        name, colon, text = line.partition(": ")
        if colon:
            found.setdefault(name, []).append(text.strip())
    if not program or _ALGORITHM not in found:
        return None
    return Provenance(
        program,
        found[_ALGORITHM][0],
        tuple(found.get(_PARAMETER, ())),
        tuple(found.get(_CORRECTION, ())),
        tuple(found.get(_GEOMETRY, ())),
        tuple(found.get(_NOTE, ())),
        tuple(_source_uids(data)),
    )


def _source_uids(data: Any) -> Iterator[str]:
    holders = [data]
    for group in data.get("SharedFunctionalGroupsSequence", None) or []:
        holders += list(group.get("DerivationImageSequence", None) or [])
    for holder in holders:
        for item in holder.get("SourceImageSequence", None) or []:
            yield str(item.get("ReferencedSOPInstanceUID", ""))
