"""``bocage index`` and ``bocage studies``: the worklist from the command line."""

from __future__ import annotations

import json
import sqlite3
import sys
from collections.abc import Iterator, Sequence
from contextlib import closing, contextmanager
from dataclasses import asdict
from pathlib import Path
from typing import Any

from app.cli.terminal import printable, progress_bar
from app.database import connect, data_folder, is_damage, reason
from app.worklist import files, schema
from app.worklist.model import STATE_TITLES, Query, Report, State, StudyRow
from app.worklist.search import Finder
from recon.errors import BocageError, Cancelled
from recon.messages import said

OF_THE_PATIENT = ("patient_name", "patient_id", "birth_date", "sex", "accession", "note")
"""What is shown only when asked for; notes are the reader's own words and may name anybody."""
NAMED, MANY = 20, 100_000
"""Refused files that are named of each folder, and that are counted."""
THERE = {"all": "", "some": "partly there", "away": "not there now", "gone": "files are gone"}


@contextmanager
def _index() -> Iterator[tuple[sqlite3.Connection, Path]]:
    """The index, opened for writing, and its path; what SQLite says becomes a sentence."""
    try:
        opened = schema.open_index(data_folder())
        for note in opened.notes:
            print(note, file=sys.stderr)
        with closing(opened.connection):
            yield opened.connection, opened.path
    except sqlite3.Error as error:
        if is_damage(error):
            mended = schema.open_index(data_folder(), check=True)
            mended.connection.close()
            if mended.notes:
                raise BocageError(mended.notes[0]) from None
        raise BocageError(said("The worklist's index cannot be used: {0}.", reason(error))) from None
    except OSError as error:
        raise BocageError(said("The worklist's index cannot be used: {0}.", reason(error))) from None


def index(folders: Sequence[Path]) -> int:
    """Bring folders into the worklist or up to date there; all that are in it when none is given."""
    from app.worklist.indexer import index_folder

    for folder in folders:
        if not folder.is_dir():
            raise BocageError(said("{0}: there is no such folder.", folder))
    with _index() as (connection, _):
        paths = list(dict.fromkeys(files.add_folder(connection, folder)[1] for folder in folders))
        if not folders:
            paths = [folder.path for folder in files.folders(connection)]
        if not paths:
            raise BocageError(said("The worklist holds no folder yet. Name one: bocage index FOLDER."))
        reports = {}
        try:
            with progress_bar() as progress:
                for number, path in enumerate(paths):
                    part = progress.part(number / len(paths), (number + 1) / len(paths))
                    reports[path] = index_folder(connection, path, part)
        except Cancelled:
            raise Cancelled(said("stopped; what was read stays, and the same command goes on from there.")) from None
        refused = files.problems(connection, limit=MANY)
        total = Finder(connection).find(Query()).total
    for path, report in reports.items():
        print(f"{path}: {_told(report)}")
        sentences = [sentence for refusal, sentence in refused if refusal.is_relative_to(path)]
        for sentence in sentences[:NAMED]:
            print(f"  not read: {printable(sentence)}")
        if len(sentences) > NAMED:
            print(f"  and {len(sentences) - NAMED} more")
    print(f"{total} {_plural(total, 'study', 'studies')} in the worklist")
    return 0


def _told(report: Report) -> str:
    if report.away:
        return "not there now; what is known of it stays"
    counts = {
        "read": report.read - report.moved - report.other - report.refused,
        "moved": report.moved,
        "gone": report.gone,
        "unchanged": report.unchanged,
        "refused": report.refused,
        "of other kinds": report.other,
    }
    told = ", ".join(f"{count} {word}" for word, count in counts.items() if count)
    arrived = len(report.arrived)
    return f"{arrived} new {_plural(arrived, 'study', 'studies')}; files: {told or 'none'}"


def _plural(count: int, one: str, many: str) -> str:
    return one if count == 1 else many


def list_studies(text: str, state: State | None, *, as_json: bool, patient: bool) -> int:
    """Print the studies of the worklist that a query finds, the newest first. No patient data unless asked for."""
    query = Query(text, states=frozenset({state}) if state is not None else frozenset())
    with _index() as (_, path), closing(connect(path, read_only=True)) as reader:
        finder = Finder(reader)
        result = finder.find(query)
        rows = finder.rows(result.ids)
    if result.note:
        print(said("Not understood: {0}", result.note), file=sys.stderr)
    if as_json:
        print(json.dumps([_values(row, patient) for row in rows], ensure_ascii=False, indent=1))
        return 0
    for row in rows:
        print(printable("  ".join(part for part in _parts(row, patient) if part)))
    if not rows:
        print("No study was found." if result.total else "The worklist is empty. Fill it: bocage index FOLDER.")
    return 0


def _values(row: StudyRow, patient: bool) -> dict[str, Any]:
    values = asdict(row)
    del values["id"]
    values |= values.pop("marks")
    return {name: value for name, value in values.items() if patient or name not in OF_THE_PATIENT}


def _parts(row: StudyRow, patient: bool) -> tuple[str, ...]:
    who = (row.patient_name, row.patient_id, row.birth_date, row.sex) if patient else ()
    return (
        row.uid,
        row.study_date,
        ",".join(row.modalities),
        ",".join(row.body_parts),
        f"{row.n_images} {_plural(row.n_images, 'image', 'images')}",
        STATE_TITLES[row.marks.state].lower(),
        THERE[row.there],
        "files name different patients" if row.doubtful else "",
        row.description,
        *who,
    )
