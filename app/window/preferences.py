"""The preferences, generated from the fields of `Settings`; every change takes effect at once."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import fields
from typing import Any

from PySide6.QtWidgets import (
    QCheckBox,
    QComboBox,
    QDoubleSpinBox,
    QFormLayout,
    QLabel,
    QWidget,
)

from app.settings import Settings, SettingsStore
from app.window.page import Page
from widgets.translation import tr

HIDDEN = (
    "recent",
    "saving",
    "exporting",
    "start_folder",
    "linked",
    "shortcut_set",
    "shortcuts",
    "hints_read",
    "institution",
    "reader",
    "paper",
)
"""Remembered, but changed elsewhere."""


class PreferencesPage(Page):
    """A page of controls, one for each setting."""

    def __init__(self, store: SettingsStore, changed: Callable[[], None], parent: QWidget | None = None) -> None:
        content = QWidget()
        super().__init__(tr("Preferences"), content, parent)
        self._store, self._changed = store, changed
        self.controls: dict[str, QWidget] = {}
        form = QFormLayout(content)
        for item in fields(Settings):
            if item.name not in HIDDEN:
                control = self._control(item.name, dict(item.metadata))
                control.setToolTip(tr(item.metadata["description"]))
                control.setAccessibleName(tr(item.metadata["title"]))
                self.controls[item.name] = control
                label = QLabel(tr(item.metadata["title"]))
                label.setToolTip(tr(item.metadata["description"]))
                label.setBuddy(control)
                form.addRow(label, control)

    def _control(self, name: str, metadata: dict[str, Any]) -> QWidget:
        value = getattr(self._store.current, name)
        if isinstance(value, bool):
            box = QCheckBox()
            box.setChecked(value)
            box.toggled.connect(lambda on: self._set(name, on))
            return box
        if isinstance(value, float):
            entry = QDoubleSpinBox()
            entry.setRange(metadata["minimum"], metadata["maximum"])
            entry.setSuffix(f" {tr(metadata['unit'])}")
            entry.setDecimals(1)
            if "lowest" in metadata:
                entry.setSpecialValueText(tr(metadata["lowest"]))
            entry.setValue(value)
            entry.setKeyboardTracking(False)
            entry.valueChanged.connect(lambda number: self._set(name, float(number)))
            return entry
        choice = QComboBox()
        for word, title in metadata["choices"].items():
            choice.addItem(tr(title), word)
        choice.setCurrentIndex(choice.findData(value))
        choice.currentIndexChanged.connect(lambda index: self._set(name, choice.itemData(index)))
        return choice

    def _set(self, name: str, value: Any) -> None:
        self._store.change(**{name: value})
        self._changed()
