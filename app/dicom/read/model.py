"""What reading gives back: catalogues, series entries, loaded series, and the error about a missing geometry."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any, Literal

from recon.errors import BocageError
from recon.messages import joined, said
from recon.projections import ProjectionSet
from recon.slab import SlabSource
from widgets.window import LutWindow, NamedWindow, Window

if TYPE_CHECKING:
    from app.dicom.read.documents.model import Document
    from app.dicom.read.overlays import Overlays

SeriesKind = Literal["projections", "volume", "radiograph", "cine", "image", "document", "other"]
"""Views of a sweep; sections; one exposure; frames in time; a picture that is no radiograph; a report or the like; what
is named and not opened."""
KINDS: tuple[SeriesKind, ...] = ("projections", "radiograph", "volume", "cine", "image", "document", "other")
"""In the order in which they are wanted first."""
OnFound = Callable[["SeriesEntry"], None]


class ReadError(BocageError):
    """A file that cannot be read as expected; the text names the file."""


class MissingGeometry(BocageError):
    """Projections whose source and detector positions are not known.

    Attributes
    ----------
    missing : tuple of str
        What is needed and was not found, one phrase each.
    found : tuple of str
        What was found, with where it was read.
    wanted : tuple of str
        Names of the missing numbers (of `recon.provenance.TITLES`), for asking.
    offered_deg : tuple of float
        View angles in the names of the files, which count only when the user confirms them.
    """

    def __init__(
        self,
        title: str,
        missing: tuple[str, ...],
        found: tuple[str, ...] = (),
        wanted: tuple[str, ...] = (),
        offered_deg: tuple[float, ...] = (),
    ) -> None:
        self.missing, self.found = missing, found
        self.wanted, self.offered_deg = wanted, offered_deg
        parts = [said("{0}: the geometry of the views is not complete. Missing: {1}.", title, joined(missing, "; "))]
        if found:
            parts.append(said("Found: {0}.", joined(found, "; ")))
        parts.append(said("Give a geometry file that belongs to these images, or choose a preset."))
        super().__init__(joined(parts))


@dataclass(frozen=True)
class Header:
    """Text about patient, study and series for display. Never logged."""

    patient_name: str = ""
    patient_id: str = ""
    birth_date: str = ""
    sex: str = ""
    study_date: str = ""
    study_time: str = ""
    study_description: str = ""
    series_description: str = ""
    institution: str = ""
    accession: str = ""
    modality: str = ""
    body_part: str = ""
    laterality: str = ""
    view_position: str = ""
    manufacturer: str = ""
    model: str = ""
    frame_rate: float = 0.0
    """Frames per second that the file asks to be played at; 0 when it says nothing."""
    playback: str = ""
    """How it asks to be played: "loop", "sweep" or nothing."""


@dataclass(frozen=True)
class Problem:
    """A file that was not opened, with the reason as a sentence."""

    path: Path
    reason: str


@dataclass(frozen=True, eq=False)
class SeriesEntry:
    """One series that can be opened (or is named and refused).

    Attributes
    ----------
    uid : str
        Unique in the catalogue; the Series Instance UID, with a suffix where a series is divided.
    n_images : int
        Views, slices or images.
    files : tuple of Path
        In the order in which they are loaded.
    needs : tuple of str
        What is missing before it can be loaded.
    notes : tuple of str
        What was assumed or found, to be kept on screen.
    format : str
        "dicom", "npz", "npy", "tiff", "nifti", "mha" or "ct-npz".
    facts : mapping
        What the reader found out while scanning and uses again when loading.
    """

    uid: str
    study_uid: str
    kind: SeriesKind
    title: str
    modality: str
    number: int | None
    n_images: int
    files: tuple[Path, ...]
    header: Header = field(default_factory=Header)
    needs: tuple[str, ...] = ()
    notes: tuple[str, ...] = ()
    format: str = "dicom"
    geometry_path: Path | None = None
    facts: Mapping[str, Any] = field(default_factory=dict, repr=False)


@dataclass(frozen=True, eq=False)
class StudyEntry:
    """The series of one study."""

    uid: str
    header: Header
    series: tuple[SeriesEntry, ...]


@dataclass(frozen=True, eq=False)
class Catalogue:
    """What a scan found."""

    studies: tuple[StudyEntry, ...] = ()
    problems: tuple[Problem, ...] = ()

    @property
    def series(self) -> tuple[SeriesEntry, ...]:
        """All series of all studies, in order."""
        return tuple(entry for study in self.studies for entry in study.series)


@dataclass(frozen=True)
class StoredPlane:
    """Where one stored image is shown.

    Attributes
    ----------
    height_mm : float
        Of a slice; the number of a view or a frame; 0 for a single image.
    instance : str
        SOP Instance UID.
    frame : int
        From 1.
    """

    height_mm: float
    instance: str
    frame: int = 1


@dataclass(frozen=True, eq=False)
class LoadedSeries:
    """A series in memory.

    Attributes
    ----------
    entry : SeriesEntry
        Of projections with the files in the order of the views.
    projections : ProjectionSet or None
        For kind "projections".
    source : SlabSource or None
        For volumes and radiographs.
    windows : tuple of NamedWindow
        The file's windows in its order; may be empty. For projections they belong to the views, not to the slices.
    plane_windows : tuple of (float, Window or LutWindow)
        Height and first window of every slice, from below, where the slices carry different ones; else empty.
    inverted : bool
        The stored values are to be shown inverted (MONOCHROME1) so that bone is white. Never applied to the pixels.
    notes : tuple of str
        What was assumed, to be kept on screen.
    planes : tuple of StoredPlane
        The stored images of what is shown, from below.
    document : Document or None
        For documents.
    overlays : Overlays or None
        What is to be drawn over the images (`app.dicom.read.overlays`).
    """

    entry: SeriesEntry
    projections: ProjectionSet | None = None
    source: SlabSource | None = None
    windows: tuple[NamedWindow, ...] = ()
    plane_windows: tuple[tuple[float, Window | LutWindow], ...] = ()
    inverted: bool = False
    notes: tuple[str, ...] = ()
    planes: tuple[StoredPlane, ...] = ()
    document: Document | None = None
    overlays: Overlays | None = None
