"""Demonstration cases: volumes in ``resources/cases`` with what is to be simulated from them."""

from __future__ import annotations

import hashlib
import tomllib
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

from recon.errors import BocageError
from recon.messages import said

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

DEFAULT_CASE = "chest_lidc0314"


@dataclass(frozen=True)
class Case:
    """One case's ``case.toml``.

    Attributes
    ----------
    name : str
        The folder's name.
    folder : Path
    title, description, acknowledgement : str
        For people; `acknowledgement` names the data's source and licence.
    look_for : tuple of str
        What is worth looking at.
    file, sha256 : str
        The volume, and the checksum of its CT numbers (little-endian int16).
    shape : (slices, rows, columns)
    spacing_mm : (between slices, rows, columns)
    placement, acquisition : dict
        The tables of these names; see `app.simulate`.
    """

    name: str
    folder: Path
    title: str
    description: str
    look_for: tuple[str, ...]
    acknowledgement: str
    file: str
    sha256: str
    shape: tuple[int, int, int]
    spacing_mm: tuple[float, float, float]
    placement: dict[str, Any]
    acquisition: dict[str, Any]

    @property
    def citation(self) -> str:
        """The text of CITATION.md: source, licence and changes."""
        return (self.folder / "CITATION.md").read_text(encoding="utf-8")

    @property
    def fingerprint(self) -> str:
        """Changes whenever the case's facts do."""
        return hashlib.sha256((self.folder / "case.toml").read_bytes()).hexdigest()[:16]


def cases_folder() -> Path:
    """Folder of the installed cases."""
    import resources

    return Path(resources.__path__[0]) / "cases"


def case_names() -> tuple[str, ...]:
    """Names of the installed cases."""
    return tuple(sorted(path.parent.name for path in cases_folder().glob("*/case.toml")))


@cache
def find_case(name: str = DEFAULT_CASE) -> Case:
    """Find a case by its name.

    Raises
    ------
    BocageError
        When there is none, or its description is damaged.
    """
    folder = cases_folder() / name
    try:
        data = tomllib.loads((folder / "case.toml").read_text(encoding="utf-8"))
        volume = data["volume"]
        return Case(
            name,
            folder,
            str(data["title"]),
            str(data["description"]),
            tuple(str(text) for text in data["look_for"]),
            str(data["acknowledgement"]),
            str(volume["file"]),
            str(volume["sha256"]),
            tuple(int(size) for size in volume["shape"]),  # type: ignore[arg-type]
            tuple(float(size) for size in volume["spacing_mm"]),  # type: ignore[arg-type]
            dict(data["placement"]),
            dict(data["acquisition"]),
        )
    except OSError:
        raise BocageError(
            said('There is no demonstration case "{0}". Installed: {1}.', name, ", ".join(case_names()) or "none")
        ) from None
    except (tomllib.TOMLDecodeError, KeyError, TypeError, ValueError) as error:
        raise BocageError(
            said("{0}/case.toml: not a description of a case ({1}). Install Bocage again.", name, error)
        ) from None


def read_case_ct(case: Case, *, verify: bool = False) -> NDArray[np.int16]:
    """Decode a case's CT.

    Parameters
    ----------
    verify : bool
        Compare the checksum as well as the shape.

    Returns
    -------
    ndarray of int16, shape (slices, rows, columns)
        Hounsfield units; slices to the head, rows to posterior, columns to the patient's left.

    Raises
    ------
    BocageError
        When the file is missing or damaged.
    """
    import jpeg_ls  # type: ignore[import-untyped]
    import numpy as np
    import pydicom
    from pydicom.encaps import generate_frames

    path = case.folder / case.file
    broken = said(
        "{0} of the demonstration case {1} is damaged or missing. Install Bocage again.", path.name, case.name
    )
    slices, rows, columns = case.shape
    hu = np.empty(case.shape, dtype=np.int16)
    try:
        data = pydicom.dcmread(path)
        shared = data.SharedFunctionalGroupsSequence[0].PixelValueTransformationSequence[0]
        slope, intercept = float(shared.RescaleSlope), float(shared.RescaleIntercept)
        if (data.NumberOfFrames, data.Rows, data.Columns, slope) != (slices, rows, columns, 1.0):
            raise BocageError(broken)
        # Frame by frame straight into place: pydicom's pixel_array would need the memory twice.
        for index, frame in enumerate(generate_frames(data.PixelData, number_of_frames=slices)):
            pixels, _ = jpeg_ls.decode_pixel_data(frame)
            stored = np.frombuffer(pixels, dtype="<u2").reshape(rows, columns)
            np.add(stored, np.int16(intercept), out=hu[index], casting="unsafe")
    except (OSError, AttributeError, ValueError, RuntimeError, IndexError, TypeError) as error:
        raise BocageError(broken) from error
    if verify and hashlib.sha256(hu.astype("<i2", copy=False).tobytes()).hexdigest() != case.sha256:
        raise BocageError(broken)
    return hu
