"""``bocage deidentify``: a study without its patient."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import fields
from pathlib import Path

from app.cli.study import find
from app.cli.terminal import progress_bar
from recon.errors import BocageError


def deidentify_study(study: Path, output: Path, *, name: str, keep: Sequence[str], with_risks: bool) -> int:
    """Write everything DICOM that a folder holds, de-identified, into a new folder."""
    from app.dicom.deid.clean import Cleaner
    from app.dicom.deid.files import deidentify
    from app.dicom.deid.profile import Options

    known = [item.name for item in fields(Options)]
    for word in keep:
        if word not in known:
            raise BocageError(f'--keep expects one of {", ".join(known)}; found "{word}".')
    options = Options(**{word: word in keep for word in known})
    with progress_bar() as progress:
        catalogue = find(study, progress.part(0.0, 0.2))
        entries = [entry for entry in catalogue.series if entry.format == "dicom"]
        done = deidentify(
            dict.fromkeys(path for entry in entries for path in entry.files),
            output,
            Cleaner(options, name),
            progress.part(0.2, 1.0),
            geometry_files=[entry.geometry_path for entry in entries if entry.geometry_path is not None],
            with_risks=with_risks,
        )
    print(f"written: {len(done.files)} files in {done.folder}")
    for left in done.left_out:
        print(f"left out: {left.path.name}: {left.reason}")
    for warning in done.warnings:
        print(f"look at it before you give it away: {warning}")
    return 0
