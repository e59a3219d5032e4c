"""Which monitor is which, and what is known of each: its calibration and the true size of its pixels.

Everything lives in one JSON file beside the settings. A monitor is known by its manufacturer, model and serial number
as it reports them, by its connector where it reports no serial number, and by its size in pixels.
"""

from __future__ import annotations

import json
import math
import os
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import date, timedelta
from functools import cached_property
from pathlib import Path
from types import MappingProxyType
from typing import Any

import numpy as np
from numpy.typing import NDArray

from app.display.characteristic import Characteristic, Reading, presentation_table
from app.replacing import OWN_FOLDER, replacing
from recon.errors import BocageError, disk_reason
from recon.messages import reason_of, said

FORMAT, VERSION = "bocage-displays", 1
FILE_NAME = "displays.json"
VALID_DAYS = 365
"""A calibration older than this is said to be old: monitors darken."""


@dataclass(frozen=True)
class MonitorId:
    """A monitor as it reports itself.

    Attributes
    ----------
    manufacturer, model, serial, name : str
        The name is the connector's ("DP-1").
    pixels : (columns, rows)
        Device pixels.
    stated_mm : (width, height)
        What it says of its own size; often wrong, (0, 0) when it says nothing.
    """

    manufacturer: str = ""
    model: str = ""
    serial: str = ""
    name: str = ""
    pixels: tuple[int, int] = (0, 0)
    stated_mm: tuple[float, float] = (0.0, 0.0)

    @property
    def key(self) -> str:
        """The same for the same monitor at the same resolution, after every start."""
        own = self.serial if self.serial.strip("0 ") else f"at {self.name}"
        return " · ".join((self.manufacturer, self.model, own, f"{self.pixels[0]}×{self.pixels[1]}"))

    @property
    def title(self) -> str:
        """What the user recognises it by."""
        known = " ".join(dict.fromkeys(part for part in (self.manufacturer, self.model) if part))
        return f"{known} ({self.name})" if known and self.name else known or self.name or said("Monitor")

    @property
    def stated_pitch_mm(self) -> float | None:
        """Distance between device pixels by its own word; None when it gives none that can be true."""
        (width, height), (columns, rows) = self.stated_mm, self.pixels
        if not (width > 0 and height > 0 and columns > 0 and rows > 0):
            return None
        across, down = width / columns, height / rows
        # Pixels are square: two pitches that differ belong to a size that was made up.
        return 0.5 * (across + down) if 0.03 < across < 2.0 and abs(across / down - 1) < 0.05 else None


@dataclass(frozen=True)
class Calibration:
    """A monitor's measured characteristic, with who measured when.

    Attributes
    ----------
    characteristic : Characteristic
    measured_on : date
    measured_by, meter : str
    check : tuple of Reading
        P-values measured through the calibration afterwards; empty when it was not checked.
    note : str
    """

    characteristic: Characteristic
    measured_on: date
    measured_by: str = ""
    meter: str = ""
    check: tuple[Reading, ...] = ()
    note: str = ""

    @cached_property
    def table(self) -> NDArray[np.uint8]:
        """The presentation table, read-only; see `presentation_table`."""
        table = presentation_table(self.characteristic)
        table.flags.writeable = False
        return table

    @property
    def valid_until(self) -> date:
        """The last day on which it is not old."""
        return self.measured_on + timedelta(days=VALID_DAYS)

    def is_old(self, today: date) -> bool:
        """Whether it should be measured again."""
        return today > self.valid_until


@dataclass(frozen=True)
class Monitor:
    """What is known of one monitor.

    Attributes
    ----------
    calibration : Calibration or None
    pitch_mm : float or None
        Distance between device pixels as measured by the user with a ruler; None when nobody did.
    pitch_on : date or None
        When.
    """

    calibration: Calibration | None = None
    pitch_mm: float | None = None
    pitch_on: date | None = None


@dataclass(frozen=True)
class Size:
    """The size of a monitor's pixels.

    Attributes
    ----------
    pitch_mm : float or None
        Distance between device pixels; None when nothing is known.
    verified : bool
        Whether the user measured it.
    """

    pitch_mm: float | None
    verified: bool


class DisplayStore:
    """Reads and writes what is known of the monitors.

    A file that cannot be understood is kept beside the new one when something is saved, and `problem` says so.
    """

    def __init__(self, path: Path) -> None:
        self.path = path
        self.problem = ""
        self._damaged = False
        self._monitors: Mapping[str, Monitor] = MappingProxyType(self._load())

    def of(self, identity: MonitorId) -> Monitor:
        """What is known of a monitor."""
        return self._monitors.get(identity.key, Monitor())

    def size(self, identity: MonitorId) -> Size:
        """The size of a monitor's pixels: measured, else by its own word."""
        known = self.of(identity)
        if known.pitch_mm is not None:
            return Size(known.pitch_mm, True)
        return Size(identity.stated_pitch_mm, False)

    def set_calibration(self, identity: MonitorId, calibration: Calibration | None) -> None:
        """Keep a calibration (None: forget it) and write the file."""
        self._put(identity, replace(self.of(identity), calibration=calibration))

    def set_pitch(self, identity: MonitorId, pitch_mm: float | None, measured_on: date) -> None:
        """Keep the distance between device pixels (None: forget it) and write the file."""
        if pitch_mm is not None and not (math.isfinite(pitch_mm) and 0.03 < pitch_mm < 2.0):
            raise BocageError(said("A monitor's pixels are between 0.03 and 2 mm apart, found {0:g} mm.", pitch_mm))
        self._put(identity, replace(self.of(identity), pitch_mm=pitch_mm, pitch_on=measured_on if pitch_mm else None))

    def _put(self, identity: MonitorId, monitor: Monitor) -> None:
        monitors = {**self._monitors, identity.key: monitor}
        self._write(monitors)
        self._monitors = MappingProxyType(monitors)

    def _write(self, monitors: Mapping[str, Monitor]) -> None:
        data = {
            "format": FORMAT,
            "version": VERSION,
            "monitors": {key: _to_json(monitor) for key, monitor in monitors.items()},
        }
        with replacing(self.path, OWN_FOLDER) as part:
            if self._damaged and self.path.exists():
                os.replace(self.path, self.path.with_suffix(".damaged.json"))
                self._damaged = False
            with part.open("w", encoding="utf-8") as file:
                json.dump(data, file, indent=1, ensure_ascii=False)
                file.write("\n")
                file.flush()
                os.fsync(file.fileno())

    def _load(self) -> dict[str, Monitor]:
        try:
            text = self.path.read_text(encoding="utf-8")
        except FileNotFoundError:
            return {}
        except (OSError, UnicodeDecodeError) as error:
            self._refuse(disk_reason(error) if isinstance(error, OSError) else said("it is not text"))
            return {}
        try:
            data = json.loads(text)
            if data["format"] != FORMAT or int(data["version"]) > VERSION:
                raise ValueError(said('expected "{0}" version {1}', FORMAT, VERSION))
            return {str(key): _from_json(value) for key, value in data["monitors"].items()}
        except (ValueError, KeyError, TypeError, AttributeError, BocageError) as error:
            self._refuse(reason_of(error))
            return {}

    def _refuse(self, reason: str) -> None:
        self._damaged = True
        self.problem = said(
            "{0}: the displays' calibrations cannot be read ({1}). No display is calibrated.", self.path, reason
        )


def _to_json(monitor: Monitor) -> dict[str, Any]:
    found: dict[str, Any] = {}
    if monitor.pitch_mm is not None:
        found["pitch_mm"] = monitor.pitch_mm
        found["pitch_on"] = monitor.pitch_on.isoformat() if monitor.pitch_on else None
    calibration = monitor.calibration
    if calibration is not None:
        found["calibration"] = {
            "measured_on": calibration.measured_on.isoformat(),
            "measured_by": calibration.measured_by,
            "meter": calibration.meter,
            "note": calibration.note,
            "ambient_cd_m2": calibration.characteristic.ambient_cd_m2,
            "readings": [[each.level, each.cd_m2] for each in calibration.characteristic.readings],
            "check": [[each.level, each.cd_m2] for each in calibration.check],
        }
    return found


def _from_json(data: dict[str, Any]) -> Monitor:
    calibration = None
    told = data.get("calibration")
    if told is not None:
        calibration = Calibration(
            Characteristic(_readings(told["readings"]), float(told["ambient_cd_m2"])),
            date.fromisoformat(told["measured_on"]),
            str(told.get("measured_by", "")),
            str(told.get("meter", "")),
            _readings(told.get("check", [])),
            str(told.get("note", "")),
        )
    pitch, on = data.get("pitch_mm"), data.get("pitch_on")
    if pitch is not None and not (math.isfinite(float(pitch)) and 0.03 < float(pitch) < 2.0):
        raise ValueError(said("a pixel pitch of {0} mm", pitch))
    return Monitor(calibration, float(pitch) if pitch is not None else None, date.fromisoformat(on) if on else None)


def _readings(pairs: list[Any]) -> tuple[Reading, ...]:
    return tuple(Reading(int(level), float(cd_m2)) for level, cd_m2 in pairs)


@dataclass(frozen=True)
class Presentation:
    """How pictures are brought to one screen.

    Attributes
    ----------
    monitor : MonitorId
    table : ndarray of uint8 or None
        From P-values to driving levels; None where the monitor is not calibrated.
    calibration : Calibration or None
    size : Size
    old : bool
        Whether the calibration should be measured again.
    """

    monitor: MonitorId
    table: NDArray[np.uint8] | None = field(default=None, compare=False)
    calibration: Calibration | None = None
    size: Size = Size(None, False)
    old: bool = False


def presentation_of(store: DisplayStore, identity: MonitorId, today: date) -> Presentation:
    """What is known of a screen, ready for viewports."""
    calibration = store.of(identity).calibration
    return Presentation(
        identity,
        calibration.table if calibration is not None else None,
        calibration,
        store.size(identity),
        calibration is not None and calibration.is_old(today),
    )
