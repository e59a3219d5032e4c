"""A folder of series: each reconstructed into a sub-folder of its own, so that the whole can be resumed.

A result is written into a hidden folder beside its place and renamed when it is complete; its manifest is written
last. So whatever ends a batch (Ctrl-C, a killed process, a full disk), what is under its own name is complete, and the
next run removes what the last one left and goes on. Two attempts at one series may overlap: a cluster starts a second
one when it believes a worker dead. Each has a hidden folder of its own, and the first to end gives it the name.
"""

from __future__ import annotations

import hashlib
import os
import platform
import shutil
import time
import uuid
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import TYPE_CHECKING, Any, Literal

from app.cli import faults
from app.cli.protocol import settled
from app.cli.reconstruct import manifest
from app.cli.reconstruct.formats import MANIFEST, results_by_name
from app.cli.reconstruct.options import Options
from app.cli.reconstruct.series import reconstruct_series
from recon.errors import BocageError, Cancelled, disk_reason
from recon.notes import Fact
from recon.progress import Progress

if TYPE_CHECKING:
    from app.dicom.read import Catalogue, SeriesEntry, StudyEntry

State = Literal["done", "kept", "failed", "cancelled"]


@dataclass(frozen=True)
class Task:
    """One series of a batch. It can be sent to another process; its text holds no patient data.

    Attributes
    ----------
    name : str
        Of the sub-folder: study date and a digest of the series' UID.
    label : str
        What the series is called in `bocage info`: its UID, or its file relative to the folder.
    output : Path
        Where the sub-folder lies.
    run : str
        Names the batch.
    """

    name: str
    label: str
    output: Path
    run: str
    options: Options = field(repr=False)
    overwrite: bool = False
    study: StudyEntry = field(repr=False, kw_only=True)
    entry: SeriesEntry = field(repr=False, kw_only=True)

    @property
    def folder(self) -> Path:
        """Where the slices go."""
        return self.output / self.name


@dataclass(frozen=True)
class Outcome:
    """What became of a task.

    Attributes
    ----------
    state : {"done", "kept", "failed", "cancelled"}
        Kept: it was finished before, with the same options.
    sentence : str
        The slices, or the reason.
    assumptions : tuple of str
        Notes about what was assumed.
    """

    name: str
    label: str
    state: State
    sentence: str
    assumptions: tuple[str, ...] = ()
    seconds: float = 0.0


def plan(
    catalogue: Catalogue,
    chosen: Sequence[SeriesEntry],
    root: Path,
    output: Path,
    options: Options,
    overwrite: bool = False,
) -> list[Task]:
    """A task for each series, with names that are safe, unique, and the same the next time.

    Parameters
    ----------
    root : Path
        What was searched: a series without a UID is known by its place below it, so that the folder can be moved.
    """
    run = uuid.uuid4().hex
    if options.geometry_file is not None:
        options = replace(options, geometry_file=options.geometry_file.absolute())
    labels = [entry.uid.replace(f"{root.absolute()}{os.sep}", "") for entry in chosen]
    digests = [hashlib.sha256(label.encode()).hexdigest() for label in labels]
    length = next(n for n in (8, 16, 64) if len({digest[:n] for digest in digests}) == len(digests))
    tasks = []
    for entry, label, digest in zip(chosen, labels, digests, strict=True):
        study = next(study for study in catalogue.studies if entry in study.series)
        date = study.header.study_date
        named = f"{date if date.isascii() and date.isdigit() else 'undated'}-{digest[:length]}"
        tasks.append(
            Task(
                named,
                label,
                output.absolute(),
                run,
                options,
                overwrite,
                study=replace(study, series=()),
                entry=replace(
                    entry,
                    files=tuple(path.absolute() for path in entry.files),
                    geometry_path=None if entry.geometry_path is None else entry.geometry_path.absolute(),
                ),
            )
        )
    return tasks


def run_here(tasks: Sequence[Task], progress: Progress) -> Iterator[Outcome]:
    """Do tasks one after the other in this process; `Cancelled` ends it between or within them."""
    n = len(tasks)
    for index, task in enumerate(tasks):
        yield run_task(task, progress.part(index / n, (index + 1) / n, f"Series {index + 1} of {n}: "))


def run_task(task: Task, progress: Progress) -> Outcome:
    """Do a task; whatever goes wrong with it is its outcome.

    Raises
    ------
    Cancelled
        When it is not wanted any more; nothing is left of it then.
    """
    start = time.perf_counter()

    def outcome(state: State, sentence: str, assumptions: tuple[str, ...] = ()) -> Outcome:
        return Outcome(task.name, task.label, state, sentence, assumptions, time.perf_counter() - start)

    try:
        options = settled(task.options, task.study, task.entry)
        inputs, wanted = manifest.inputs_of(task.entry, task.label), manifest.options_of(options)
        kept = _kept(task, inputs, wanted)
        if kept is not None:
            return outcome(*kept)
        temporary = _hidden(task)
        shutil.rmtree(temporary, ignore_errors=True)
        temporary.mkdir(parents=True)
        try:
            result = reconstruct_series(task.study, task.entry, temporary, options, progress)
            manifest.write(temporary, task.run, inputs, wanted, result)
            kept = _kept(task, inputs, wanted)
            if kept is not None:  # another attempt was faster
                return outcome(*kept)
            _publish(temporary, task.folder)
        finally:
            shutil.rmtree(temporary, ignore_errors=True)
        assumed = tuple(note for note in result.notes if not isinstance(note, Fact))
        return outcome("done", result.summary, assumed)
    except Cancelled:
        raise
    except BocageError as error:
        return outcome("failed", str(error).replace(f"{_hidden(task)}", f"{task.folder}"))
    except MemoryError:
        return outcome("failed", faults.NO_MEMORY)
    except OSError as error:
        return outcome("failed", f"{task.folder}: reading or writing failed ({disk_reason(error)}).")
    except Exception as error:
        if faults.show_traceback():
            raise
        return outcome("failed", faults.sentence(error))


def _kept(task: Task, inputs: str, wanted: dict[str, Any]) -> tuple[State, str] | None:
    """Whether the result is there already.

    Raises
    ------
    BocageError
        When a finished result of something else is in its place.
    """
    found = manifest.read(task.folder)
    if found is None or not found.is_complete(task.folder):
        return None
    if found.run == task.run:
        return "done", f"{found.facts['slices']} slices"
    if task.overwrite:
        return None
    differences = found.differences(inputs, wanted)
    if differences:
        raise BocageError(
            f"{task.folder}: holds a result of something else ({differences}). Choose another folder, or --overwrite."
        )
    return "kept", f"{found.facts['slices']} slices, finished before"


def _hidden(task: Task) -> Path:
    """Where this process computes a task's result; hidden names are not searched for studies either."""
    return task.output / f".{task.name}.{platform.node()}-{os.getpid()}.part"


def remove_unfinished(output: Path, names: Collection[str]) -> None:
    """Remove what attempts at these tasks left when they were killed; none may be under way."""
    for path in output.glob(".*.part"):
        if path.name.split(".")[1] in names:
            shutil.rmtree(path, ignore_errors=True)


def _publish(temporary: Path, target: Path) -> None:
    """Give a complete result its name. An older one's files are replaced; anything else in its folder stays."""
    if not target.exists():
        os.rename(temporary, target)
        return
    # The manifest goes first and comes last: without it the folder counts as unfinished.
    for path in sorted(results_by_name(target), key=lambda path: path.name != MANIFEST):
        path.unlink()
    for path in sorted(temporary.iterdir(), key=lambda path: path.name == MANIFEST):
        os.replace(path, target / path.name)
