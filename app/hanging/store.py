"""Where hanging protocols lie: the program's in ``resources/hanging``, the reader's own in the settings folder."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from importlib.resources import files
from pathlib import Path
from typing import Any

from app.hanging.arrange import Hanging, hang, suits
from app.hanging.protocol import HangingProtocol, from_json, to_json
from app.replacing import OWN_FOLDER, replacing
from recon.errors import BocageError
from recon.messages import said


class HangingStore:
    """The hanging protocols there are.

    Parameters
    ----------
    folder : Path
        Of the reader's own; it is made when something is saved.
    """

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.problems: tuple[str, ...] = ()
        """Files that could not be read, one sentence each; they are left alone."""
        self._given = tuple(
            from_json(entry.read_text("utf-8"), entry.name.removesuffix(".json"))
            for entry in sorted((files("resources") / "hanging").iterdir(), key=lambda entry: entry.name)
            if entry.name.endswith(".json")
        )

    def protocols(self) -> tuple[HangingProtocol, ...]:
        """All protocols, the reader's own first."""
        own, problems = [], []
        for path in sorted(self.folder.glob("*.json")) if self.folder.is_dir() else []:
            try:
                own.append(from_json(path.read_text("utf-8"), path.stem, own=True))
            except (BocageError, OSError, UnicodeDecodeError) as error:
                problems.append(str(error) if isinstance(error, BocageError) else said("{0}: cannot be read.", path))
        self.problems = tuple(problems)
        return (*own, *self._given)

    def save(self, protocol: HangingProtocol) -> HangingProtocol:
        """Write one of the reader's own, under its key or a new one.

        Raises
        ------
        BocageError
            The folder cannot be written, or what was written reads back otherwise.
        """
        key = protocol.key or self._new_key(protocol.title)
        protocol = replace(protocol, key=key, own=True)
        path = self.folder / f"{key}.json"
        with replacing(path, OWN_FOLDER) as part:
            part.write_text(to_json(protocol), "utf-8")
            if from_json(part.read_text("utf-8"), key, own=True) != protocol:
                raise BocageError(
                    said("{0}: the protocol was written, but reads back otherwise. It is not saved.", path)
                )
        return protocol

    def remove(self, protocol: HangingProtocol) -> None:
        """Delete one of the reader's own."""
        if protocol.own:
            (self.folder / f"{protocol.key}.json").unlink(missing_ok=True)

    def _new_key(self, title: str) -> str:
        stem = re.sub(r"[^\w]+", "-", title.lower()).strip("-") or "protocol"
        number, key = 1, stem
        while (self.folder / f"{key}.json").exists():
            number += 1
            key = f"{stem}-{number}"
        return key

    def best(self, current: Any, studies: Sequence[Any]) -> Hanging:
        """The study as the protocol hangs it that suits it best."""
        prior = prior_of(current, studies)
        scored = [(suits(protocol, current, prior), protocol) for protocol in self.protocols() if protocol.automatic]
        score, protocol = max(scored, key=lambda pair: pair[0], default=(0, None))
        if protocol is None or score == 0:
            return hang(HangingProtocol("", ""), current, prior)
        return hang(protocol, current, prior)


def prior_of(current: Any, studies: Sequence[Any]) -> Any | None:
    """The latest earlier study of the same patient, by ID; None without one, or where the ID says nothing."""
    patient = current.header.patient_id
    when = current.header.study_date + current.header.study_time
    earlier = [
        study
        for study in studies
        if study.uid != current.uid
        and patient
        and study.header.patient_id == patient
        and study.header.study_date
        and study.header.study_date + study.header.study_time < when
    ]
    return max(earlier, key=lambda study: study.header.study_date + study.header.study_time, default=None)
