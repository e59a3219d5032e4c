"""Menus, toolbar and viewport menu, drawn from the one list of actions."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from PySide6.QtCore import QObject, Qt
from PySide6.QtGui import QAction, QActionGroup, QKeySequence
from PySide6.QtWidgets import QMainWindow, QMenu, QToolBar, QToolButton, QWidget

from app.actions import ACTIONS, MENUS, SUBMENUS, Action, Context, by_id
from widgets.theme import icon, icon_names
from widgets.translation import shown, tr

CONTEXT_TOOLS = ("tool_window", "tool_length", "tool_angle", "tool_ellipse")
"""Tools that stand at the top of a viewport's menu."""


class ActionSet(QObject):
    """The actions as `QAction`s of a window.

    Parameters
    ----------
    window : QMainWindow
    handlers : mapping of id to callable
        Called without arguments; those of checkable actions with the new state.
    viewports : QWidget
        Around the viewports: keys that lists and sliders need as well act only in here.
    """

    def __init__(self, window: QMainWindow, handlers: Mapping[str, Callable[..., None]], viewports: QWidget) -> None:
        super().__init__(window)
        self._window = window
        self._viewports = viewports
        self._actions: dict[str, QAction] = {}
        self._context = Context()
        self._groups: dict[str, QActionGroup] = {}
        known = set(icon_names())
        for spec in ACTIONS:
            self._actions[spec.id] = self._make(spec, handlers[spec.id], known)
        self.update(Context())

    def __getitem__(self, identity: str) -> QAction:
        return self._actions[identity]

    def _make(self, spec: Action, handler: Callable[..., None], icons: set[str]) -> QAction:
        action = QAction(tr(spec.text), self._window)
        action.setObjectName(spec.id)
        action.setShortcuts([QKeySequence(key) for key in spec.shortcuts])
        if spec.icon in icons:
            action.setIcon(icon(spec.icon))
        action.setCheckable(spec.checkable)
        if spec.choice:
            group = self._groups.setdefault(spec.choice, QActionGroup(self._window))
            group.addAction(action)
        if spec.checkable:
            action.triggered.connect(handler)
        else:
            action.triggered.connect(lambda _checked=False: handler())
        # Keys work although the action may stand in no visible menu (full screen).
        if spec.in_viewport:
            action.setShortcutContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
            self._viewports.addAction(action)
        else:
            action.setShortcutContext(Qt.ShortcutContext.WindowShortcut)
            self._window.addAction(action)
        return action

    def retranslate(self) -> None:
        """Write every text anew, in the language in use, and draw the icons in the theme's colours."""
        known = set(icon_names())
        for spec in ACTIONS:
            self._actions[spec.id].setText(tr(spec.text))
            if spec.icon in known:
                self._actions[spec.id].setIcon(icon(spec.icon))
        self.update(self._context)

    def why(self, identity: str) -> str:
        """Why an action is not possible now; "" when it is."""
        return by_id(identity).why_disabled(self._context)

    def use_keys(self, keys: Mapping[str, tuple[str, ...]]) -> None:
        """Put other keys into force."""
        for identity, own in keys.items():
            if identity in self._actions:
                self._actions[identity].setShortcuts([QKeySequence(key) for key in own])
        self.update(self._context)

    def attach(self, widget: QWidget) -> None:
        """Let the keys act in another window too."""
        widget.addActions(list(self._actions.values()))

    def build_menus(self, fill: Mapping[str, Callable[[QMenu], None]]) -> None:
        """Fill the menu bar; `fill` adds to a menu what is not in the list (recent studies, docks)."""
        bar = self._window.menuBar()
        for group, title in MENUS:
            menu = bar.addMenu(tr(title))
            menu.setToolTipsVisible(True)
            inner: dict[str, QMenu] = {}
            for spec in ACTIONS:
                if spec.group != group:
                    continue
                place = menu
                if spec.submenu:
                    if spec.submenu not in inner:
                        if spec.separated:
                            menu.addSeparator()
                        inner[spec.submenu] = menu.addMenu(tr(SUBMENUS[spec.submenu]))
                        inner[spec.submenu].setToolTipsVisible(True)
                    place = inner[spec.submenu]
                if spec.separated:
                    place.addSeparator()
                place.addAction(self._actions[spec.id])
            if group in fill:
                fill[group](menu)

    def build_toolbar(self, bar: QToolBar) -> None:
        """Fill the toolbar."""
        group = ""
        drops: dict[str, QToolButton] = {}
        for spec in ACTIONS:
            if spec.drop_down:
                if spec.drop_down not in drops:
                    bar.addSeparator()
                    drops[spec.drop_down] = self._drop_down(bar, spec.drop_down)
                    group = spec.group
                self._fill_drop_down(drops[spec.drop_down], spec)
            if spec.toolbar:
                if group and (spec.group != group or spec.separated):
                    bar.addSeparator()
                group = spec.group
                action = self._actions[spec.id]
                bar.addAction(action)
                button = bar.widgetForAction(action)
                button.setObjectName(f"button_{spec.id}")

    def _drop_down(self, bar: QToolBar, name: str) -> QToolButton:
        """A button with a menu of actions; it does the one used last."""
        button = QToolButton(bar)
        button.setObjectName(f"button_{name}")
        button.setPopupMode(QToolButton.ToolButtonPopupMode.MenuButtonPopup)
        menu = QMenu(button)
        menu.setToolTipsVisible(True)
        button.setMenu(menu)
        bar.addWidget(button)
        return button

    def _fill_drop_down(self, button: QToolButton, spec: Action) -> None:
        action, menu = self._actions[spec.id], button.menu()
        if spec.separated and not menu.isEmpty():
            menu.addSeparator()
        menu.addAction(action)
        if button.defaultAction() is None or action.isChecked():
            button.setDefaultAction(action)
        # The button is the receiver: where it goes, the connection goes.
        action.toggled.connect(lambda on, button=button, action=action: button.setDefaultAction(action) if on else None)

    def context_menu(self, window: QMainWindow) -> QMenu:
        """The menu of a viewport."""
        menu = QMenu(window)
        menu.setToolTipsVisible(True)
        for name in CONTEXT_TOOLS:
            menu.addAction(self._actions[name])
        group = "tools"
        for spec in ACTIONS:
            if spec.context:
                if spec.group != group or spec.separated:
                    menu.addSeparator()
                group = spec.group
                menu.addAction(self._actions[spec.id])
        return menu

    def update(self, context: Context) -> None:
        """Switch actions on and off; a disabled one says why."""
        self._context = context
        for spec in ACTIONS:
            action = self._actions[spec.id]
            why = spec.why_disabled(context)
            action.setEnabled(not why)
            keys = ", ".join(key.toString(QKeySequence.SequenceFormat.NativeText) for key in action.shortcuts())
            tip = tr("{0} ({1})", tr(spec.tip), keys) if keys else tr(spec.tip)
            if why:
                tip = f"{tip}\n{tr('Not now: {0}.', tr(why))}"
            action.setToolTip(tip)
            action.setStatusTip(tip.replace("\n", ". "))
        for name, text in (("undo", context.undo), ("redo", context.redo)):
            name_only = tr(by_id(name).text)
            self._actions[name].setText(tr("{0} {1}", name_only, shown(text)) if text else name_only)
