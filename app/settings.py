"""What the program remembers between runs: typed settings with defaults and descriptions, and the window's layout.

They live in one INI file in the platform's folder for settings; the environment variable ``BOCAGE_CONFIG`` names
another file, or a folder to hold it.
"""

from __future__ import annotations

import os
from dataclasses import dataclass, field, fields, replace
from pathlib import Path
from typing import Any

from PySide6.QtCore import QByteArray, QSettings

from recon.messages import mark
from widgets.languages import LANGUAGES

VERSION = 1
FILE_NAME = "bocage.ini"
RECENT_LIMIT = 10


def setting(default: Any, title: str, description: str, **limits: Any) -> Any:
    """A field of `Settings`: its default, what it is called, what it does, and its limits or choices."""
    return field(default=default, metadata={"title": title, "description": description, **limits})


@dataclass(frozen=True)
class Settings:
    """The user's preferences; every field carries a title, a description and its limits."""

    brighter_down: bool = setting(
        True, "Drag down: brighter", "Window by dragging: down makes the picture brighter (off: darker)."
    )
    cine_fps: float = setting(
        10.0, "Cine speed", "Pictures per second when cine starts.", minimum=1.0, maximum=60.0, unit="fps"
    )
    cine_mode: str = setting(
        "sweep",
        "Cine goes",
        "What happens at the end of the range.",
        choices={
            "sweep": mark("There and back"),
            "loop": mark("From the start again"),
            "once": mark("Once to the end"),
        },
    )
    cine_every_frame: bool = setting(
        False,
        "Cine shows every frame",
        "On: no slice is left out, and the rate adapts. Off: the rate is kept, and slices are left out if need be.",
    )
    interpolation: str = setting(
        "bilinear",
        "Enlargement",
        "How pictures are interpolated when magnified beyond their own pixels; nearest shows the pixels as squares.",
        choices={
            "bilinear": mark("Bilinear"),
            "bicubic": mark("Bicubic"),
            "lanczos": mark("Lanczos"),
            "nearest": mark("Pixels as squares"),
        },
    )
    overlay_level: str = setting(
        "full",
        "Text in the corners",
        "How much text lies over the pictures.",
        choices={"full": mark("All"), "minimal": mark("The most important"), "none": mark("None")},
    )
    thickness_mm: float = setting(
        5.0,
        "Slice thickness",
        "Of the first slices of a study that no protocol belongs to.",
        minimum=0.0,
        maximum=100.0,
        unit="mm",
    )
    theme: str = setting(
        "dark",
        "Theme",
        "Darker suits a reading room without light.",
        choices={"dark": mark("Dark"), "darker": mark("Darker")},
    )
    memory_gb: float = setting(
        0.0,
        "Memory budget",
        "For pictures in memory: beyond it those not on screen are let go of. 0 takes a share of the machine's memory.",
        minimum=0.0,
        maximum=4096.0,
        lowest=mark("automatic"),
        unit="GB",
    )
    institution: str = setting("", mark("Institution"), mark("Written at the top of reports."))
    reader: str = setting("", mark("Reader"), mark("Written at the top of reports."))
    paper: str = setting("A4", mark("Paper"), mark("Of reports."), choices={"A4": "A4", "Letter": "Letter"})
    hints: bool = setting(True, "Hints", "What to try next, one line below the pictures.")
    hints_read: tuple[str, ...] = setting((), "Hints read", "Hints that need not be shown again.", limit=1000)
    language: str = setting(
        "system",
        "Language",
        "Of the window. The command line speaks English.",
        choices={"system": mark("As the computer"), **LANGUAGES},
    )
    keep_tool: bool = setting(
        True, "Keep the measuring tool", "On: draw one after another. Off: back to the window tool after each."
    )
    linked: bool = setting(True, "Link pictures", "Pan, zoom and cursor of pictures side by side go together.")
    shortcut_set: str = setting("bocage", "Keys", "The set of keys that the reader's own changes start from.")
    shortcuts: tuple[str, ...] = setting((), "Changed keys", "What differs from the set of keys.", limit=1000)
    saving: tuple[str, ...] = setting((), "Saving pictures", "What was chosen last, as name=value.", limit=20)
    exporting: tuple[str, ...] = setting((), "Exporting slices", "What was chosen last, as name=value.", limit=20)
    recent: tuple[str, ...] = setting(
        (), "Recent studies", "Folders and files opened last, newest first.", limit=RECENT_LIMIT
    )
    start_folder: str = setting("", "Start folder", "Where the file dialogs open.")


def choices(name: str) -> dict[str, str]:
    """The words of a setting, and what they are called (to be translated when shown)."""
    return next(dict(item.metadata["choices"]) for item in fields(Settings) if item.name == name)


class SettingsStore:
    """Reads and writes `Settings` and the window's layout.

    A value that cannot be read, or lies outside its limits, falls back to the default; a settings file from a newer
    version is read as far as it is understood.
    """

    def __init__(self, path: Path | None = None) -> None:
        self.path = path or default_path()
        self._store = QSettings(str(self.path), QSettings.Format.IniFormat)
        self.current = self._load()

    @classmethod
    def temporary(cls) -> SettingsStore:
        """Defaults that leave the user's own settings alone and are forgotten."""
        import tempfile

        folder = tempfile.TemporaryDirectory(prefix="bocage-settings-")
        store = cls(Path(folder.name) / FILE_NAME)
        store._folder = folder
        return store

    _folder: Any = None

    @property
    def is_temporary(self) -> bool:
        """Whether they are forgotten."""
        return self._folder is not None

    def change(self, **values: Any) -> Settings:
        """Replace some settings and write them."""
        self.current = replace(self.current, **values)
        self._store.setValue("version", VERSION)
        for name in values:
            value = getattr(self.current, name)
            self._store.setValue(f"settings/{name}", list(value) if isinstance(value, tuple) else value)
        self._store.sync()
        return self.current

    def remember_opened(self, path: Path) -> Settings:
        """Put a path first in the list of recent studies."""
        text = str(path)
        others = tuple(recent for recent in self.current.recent if recent != text)
        folder = path if path.is_dir() else path.parent
        return self.change(recent=(text, *others)[:RECENT_LIMIT], start_folder=str(folder))

    def layout(self, name: str) -> QByteArray | None:
        """A remembered piece of the window's layout."""
        value = self._store.value(f"layout-{VERSION}/{name}")
        return value if isinstance(value, QByteArray) else None

    def set_layout(self, name: str, state: QByteArray) -> None:
        """Remember a piece of the window's layout."""
        self._store.setValue(f"layout-{VERSION}/{name}", state)

    def sync(self) -> None:
        """Write to the disk."""
        self._store.sync()

    def _load(self) -> Settings:
        values: dict[str, Any] = {}
        for item in fields(Settings):
            if self._store.contains(f"settings/{item.name}"):
                value = _understood(self._store.value(f"settings/{item.name}"), item.default, dict(item.metadata))
                if value is not None:
                    values[item.name] = value
        if "cine_mode" not in values and str(self._store.value("settings/cine_sweep")).lower() == "false":
            values["cine_mode"] = "loop"  # as the setting was called before
        if "interpolation" not in values and str(self._store.value("settings/smooth")).lower() == "false":
            values["interpolation"] = "nearest"  # as the setting was called before
        return Settings(**values)


def default_path() -> Path:
    """Where the settings live on this machine."""
    given = os.environ.get("BOCAGE_CONFIG")
    if given:
        path = Path(given)
        return path if path.suffix == ".ini" else path / FILE_NAME
    import platformdirs

    return Path(platformdirs.user_config_dir("bocage", appauthor=False)) / FILE_NAME


def _understood(value: Any, default: Any, metadata: dict[str, Any]) -> Any:
    """The stored value in the type of its default and within its limits, or None."""
    if isinstance(default, bool):
        return {"true": True, "false": False}.get(str(value).lower())
    if isinstance(default, float):
        try:
            number = float(value)
        except (TypeError, ValueError):
            return None
        return number if metadata.get("minimum", number) <= number <= metadata.get("maximum", number) else None
    if isinstance(default, tuple):
        items = value if isinstance(value, list) else [value] if value else []
        return tuple(str(item) for item in items)[: metadata["limit"]]
    text = "" if value is None else str(value)
    return text if text in metadata.get("choices", (text,)) else None
