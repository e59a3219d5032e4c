"""The demonstration study: simulated once from the case's CT, kept in the user's cache, opened like any other."""

from __future__ import annotations

import json
import os
import shutil
import time
import uuid
from pathlib import Path
from typing import TYPE_CHECKING

from app.cases import DEFAULT_CASE, find_case, read_case_ct
from app.imports import prepare_dicom, prepare_numerics
from recon.errors import BocageError
from recon.messages import said
from recon.progress import SILENT, Progress

if TYPE_CHECKING:
    from app.simulate import SimulationSettings

VERSION = 2
"""Raise this when the simulation or the written files change: kept studies of other versions are made again."""

STAMP = "complete.json"
_ABANDONED_S = 3600.0


def cache_folder() -> Path:
    """Where computed files are kept: ``BOCAGE_CACHE``, or the user's cache folder."""
    given = os.environ.get("BOCAGE_CACHE")
    if given:
        return Path(given)
    import platformdirs

    return Path(platformdirs.user_cache_dir("bocage", appauthor=False))


def demonstration_case(
    progress: Progress = SILENT,
    folder: Path | None = None,
    *,
    name: str = DEFAULT_CASE,
    settings: SimulationSettings | None = None,
) -> Path:
    """Give the folder of the demonstration study; simulate it at the first use.

    Parameters
    ----------
    progress : Progress
        Told what is being done; may cancel, which leaves nothing behind.
    folder : Path, optional
        Where studies are kept; `cache_folder` by default.
    name : str
        Of the case in ``resources/cases``.
    settings : SimulationSettings, optional
        Instead of the case's own (smaller ones for tests).

    Returns
    -------
    Path
        A folder with ``projections`` (DICOM and ``views.geometry.json``), ``radiograph`` and ``CITATION.md``.

    Raises
    ------
    BocageError
        When the case is damaged or the folder cannot be written.
    Cancelled

    Notes
    -----
    The study is made in a temporary folder beside its place and moved there when it is complete, so that a killed
    or a second process cannot leave half a study. Of two processes at once both work and the first one's result stays.
    """
    case = find_case(name)
    home = (folder or cache_folder()) / "cases"
    place = home / name
    key = f"{VERSION}-{case.fingerprint}" + ("" if settings is None else f"-{settings!r}")
    if _is_complete(place, key):
        progress.step(1.0, said("The demonstration case is ready"))
        return place
    work = home / f".{name}.{uuid.uuid4().hex}"
    try:
        home.mkdir(parents=True, exist_ok=True)
        _remove_abandoned(home)
        work.mkdir()
        _make(work, name, settings, progress)
        _stamp(work, key)
        _move(work, place, key)
    except OSError as error:
        raise BocageError(
            said(
                "The demonstration case could not be written to {0}: {1}. It needs about 150 MB; make room, or "
                "name another folder in the environment variable BOCAGE_CACHE.",
                home,
                error.strerror or error,
            )
        ) from error
    finally:
        shutil.rmtree(work, ignore_errors=True)
    progress.step(1.0, said("The demonstration case is ready"))
    return place


def _make(work: Path, name: str, settings: SimulationSettings | None, progress: Progress) -> None:
    progress.step(0.0, said("Making the demonstration case (only this once): decoding the CT"))
    prepare_dicom()
    prepare_numerics()
    from app.dicom.write import StudyFacts
    from app.simulate import SimulationSettings, view_position, write_simulation

    case = find_case(name)
    settings = settings or SimulationSettings.of_case(case)
    geometry = settings.geometry()
    hu = read_case_ct(case)
    facts = StudyFacts(
        patient_name="Demonstration^Chest",
        patient_id="BOCAGE-DEMO-1",
        sex="O",
        study_description="Simulated from a chest CT",
        body_part="CHEST",
        view_position=view_position(geometry),
        institution="Simulated, not a patient",
        model="Bocage simulation",
        entropy=f"bocage {name} {VERSION} {case.fingerprint} {settings!r}",
    )
    write_simulation(work, hu, case.spacing_mm, settings, geometry, facts, progress.part(0.05, 0.99))
    shutil.copyfile(case.folder / "CITATION.md", work / "CITATION.md")
    shutil.copyfile(case.folder / "LICENSE.txt", work / "LICENSE.txt")


def _stamp(work: Path, key: str) -> None:
    sizes = {path.relative_to(work).as_posix(): path.stat().st_size for path in work.rglob("*") if path.is_file()}
    (work / STAMP).write_text(json.dumps({"key": key, "files": sizes}, indent=1), encoding="utf-8")


def _is_complete(place: Path, key: str) -> bool:
    try:
        stamp = json.loads((place / STAMP).read_text(encoding="utf-8"))
        return bool(stamp["key"] == key) and all(
            (place / name).stat().st_size == size for name, size in stamp["files"].items()
        )
    except (OSError, ValueError, KeyError, TypeError, AttributeError):
        return False


def _move(work: Path, place: Path, key: str) -> None:
    """Put the finished study in its place; an outdated or damaged one there goes, another process's good one stays."""
    for _ in range(10):
        try:
            os.rename(work, place)
        except OSError:
            if not place.exists():
                raise
        else:
            return
        if _is_complete(place, key):
            return
        old = work.with_name(f"{work.name}.old")
        try:
            os.rename(place, old)
        except FileNotFoundError:
            continue
        shutil.rmtree(old, ignore_errors=True)
    raise BocageError(said("{0} is being changed by other programs. Close them and try again.", place))


def _remove_abandoned(home: Path) -> None:
    """Remove what killed processes left more than an hour ago."""
    for path in home.glob(".*.*"):
        try:
            newest = max((item.stat().st_mtime for item in [path, *path.rglob("*")]), default=0.0)
        except OSError:
            continue
        if time.time() - newest > _ABANDONED_S:
            shutil.rmtree(path, ignore_errors=True)
