"""The command itself: one series as it is, several as a batch; and what is said about them."""

from __future__ import annotations

import os
import sys
import uuid
from collections import Counter
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from app.cli import study as studies
from app.cli.protocol import settled
from app.cli.reconstruct import manifest
from app.cli.reconstruct.batch import Outcome, Task, plan, remove_unfinished, run_here
from app.cli.reconstruct.formats import MANIFEST, check_strangers, earlier_results, is_result
from app.cli.reconstruct.options import Options
from app.cli.reconstruct.series import Result, reconstruct_series
from app.cli.terminal import progress_bar
from recon.errors import BocageError, Cancelled, disk_reason
from recon.progress import Progress

if TYPE_CHECKING:
    from app.dicom.read import Catalogue, SeriesEntry, StudyEntry

EXIT_FAILED = 2
PROBLEMS_SHOWN = 10


def reconstruct_command(
    study: Path,
    output: Path,
    options: Options,
    *,
    series: str | None = None,
    overwrite: bool = False,
    scheduler: str | None = None,
) -> int:
    """Reconstruct what is in a file or folder; says on stdout what was used and what was written.

    One series goes into `output` itself; several, and whatever a cluster does, into a sub-folder each.

    Parameters
    ----------
    series : str or None
        The one series that is meant.
    overwrite : bool
        Replace earlier results. Without it one that is finished is an error for a single series; in a batch it is
        kept, if it was made from the same data with the same options.
    scheduler : str or None
        Address of a Dask scheduler that is to do the work.

    Returns
    -------
    int
        0, or 2 when a series of a batch failed.
    """
    with progress_bar() as progress:
        catalogue = studies.find(study, progress.part(0.0, 0.05))
        chosen = studies.choose(catalogue, study, series, output)
        if len(chosen) > 1 or scheduler is not None:
            tasks = plan(catalogue, chosen, study, output, options, overwrite)
            outcomes = _run_batch(tasks, scheduler, progress.part(0.05, 1.0))
            result = None
        else:
            result = _run_one(catalogue, chosen[0], output, options, overwrite, progress.part(0.05, 1.0))
    if result is None:
        return _report_batch(outcomes, catalogue, output)
    report(result, output)
    return 0


def _run_one(
    catalogue: Catalogue, entry: SeriesEntry, output: Path, options: Options, overwrite: bool, progress: Progress
) -> Result:
    earlier = [path for path in earlier_results(output) if path.name != MANIFEST]
    if earlier and not overwrite:
        raise BocageError(
            f"{output}: holds an earlier result ({len(earlier)} files). Choose another folder, or --overwrite."
        )
    from app.dicom.read import MissingGeometry

    study = next(study for study in catalogue.studies if entry in study.series)
    try:
        return write_one(study, entry, output, settled(options, study, entry), progress)
    except MissingGeometry as error:
        # A file beside the images that was not taken may be the one.
        refused = [studies.sentence(problem) for problem in catalogue.problems if problem.path.suffix == ".json"]
        if not refused:
            raise
        raise BocageError(f"{error} Not taken: {' '.join(refused[:PROBLEMS_SHOWN])}") from None


def write_one(study: StudyEntry, entry: SeriesEntry, folder: Path, options: Options, progress: Progress) -> Result:
    """Reconstruct a series into a folder, in place of an earlier result there; nothing else in it is touched."""
    _check_writable(folder)
    check_strangers(folder, options.format)
    earlier = earlier_results(folder)
    inputs = manifest.inputs_of(entry, entry.uid)
    result = reconstruct_series(study, entry, folder, options, progress)
    inputs_read = {path.absolute() for path in entry.files}
    for path in set(earlier) - set(result.files):
        if path.absolute() not in inputs_read:
            path.unlink(missing_ok=True)
    manifest.write(folder, uuid.uuid4().hex, inputs, manifest.options_of(options), result)
    return result


def _check_writable(folder: Path) -> None:
    """Refuse a folder that cannot be written before the work rather than after it."""
    there = next(path for path in (folder.absolute(), *folder.absolute().parents) if path.exists())
    if not (there.is_dir() and os.access(there, os.W_OK | os.X_OK)):
        raise BocageError(f"{folder}: the folder cannot be written. Choose another.")


def report(result: Result, folder: Path) -> None:
    """Say what was used and written."""
    print(result.summary)
    for note in result.notes:
        print(f"note: {note}")
    times = ", ".join(f"{name} {seconds:.1f} s" for name, seconds in result.seconds.items())
    print(f"{times}; {result.ms_per_slice:.0f} ms a slice")
    where = folder if len(result.files) > 2 else ", ".join(str(path) for path in result.files)
    print(f"written: {where}")
    sys.stdout.flush()


# -- batches -----------------------------------------------------------------------------------------------------------


def _run_batch(tasks: Sequence[Task], scheduler: str | None, progress: Progress) -> list[Outcome]:
    """What became of each task, in their order; a cancelled batch has cancelled ones."""
    output = tasks[0].output
    made = not output.exists()
    try:
        output.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise BocageError(f"{output}: the folder cannot be written ({disk_reason(error)}). Choose another.") from None
    names = {task.name for task in tasks}
    outcomes: dict[str, Outcome] = {}
    try:
        remove_unfinished(output, names)
        for outcome in _running(tasks, scheduler, progress):
            outcomes[outcome.name] = outcome
    except (Cancelled, KeyboardInterrupt):
        pass
    finally:
        remove_unfinished(output, names)
        if made and not any(output.iterdir()):
            output.rmdir()
    return [outcomes.get(task.name) or Outcome(task.name, task.label, "cancelled", "") for task in tasks]


def _running(tasks: Sequence[Task], scheduler: str | None, progress: Progress) -> Iterator[Outcome]:
    if scheduler is None:
        return run_here(tasks, progress)
    from app.cli.reconstruct.cluster import run_on_cluster

    return run_on_cluster(tasks, scheduler, progress)


def _report_batch(outcomes: Sequence[Outcome], catalogue: Catalogue, output: Path) -> int:
    """Say what became of each series, in the order in which they were found."""
    for outcome in outcomes:
        print(f"{outcome.state:9}  {outcome.name}  series {outcome.label}")
        if outcome.sentence:
            took = f", {outcome.seconds:.1f} s" if outcome.state == "done" else ""
            print(f"{'':9}  {outcome.sentence}{took}")
    assumed = Counter(note for outcome in outcomes for note in outcome.assumptions)
    for note, times in assumed.items():
        print(f"note: {note}" + (f" ({times} series)" if times > 1 else ""))
    problems = [problem for problem in catalogue.problems if not is_result(problem.path, output)]
    for problem in problems[:PROBLEMS_SHOWN]:
        print(f"not opened: {studies.sentence(problem)}")
    if len(problems) > PROBLEMS_SHOWN:
        print(f"not opened: {len(problems) - PROBLEMS_SHOWN} more files; see bocage info")
    states = Counter(outcome.state for outcome in outcomes)
    counts = ", ".join(f"{states[state]} {state}" for state in ("done", "kept", "failed", "cancelled") if states[state])
    print(f"{len(outcomes)} series: {counts}" + (f"; results in {output}" if states["done"] + states["kept"] else ""))
    sys.stdout.flush()
    if states["cancelled"]:
        raise Cancelled(
            f"cancelled; {states['done'] + states['kept']} of {len(outcomes)} series are complete, and none is half "
            "written. The same command goes on from there."
        )
    return EXIT_FAILED if states["failed"] else 0
