"""The small enumerations that viewports and their users share."""

from __future__ import annotations

from enum import Enum

SERIES_MIME_TYPE = "application/x-bocage-series"
"""Drag data of a series: its UID, UTF-8."""


class Tool(Enum):
    """What the left mouse button does in a viewport."""

    WINDOW = "window"
    PAN = "pan"
    ZOOM = "zoom"
    SCROLL = "scroll"
    LENGTH = "length"
    ANGLE = "angle"
    POLYLINE = "polyline"
    BIDIRECTIONAL = "bidirectional"
    DISTANCE = "distance"
    PROFILE = "profile"
    COBB = "cobb"
    CTR = "ctr"
    RECTANGLE = "rectangle"
    ELLIPSE = "ellipse"
    POLYGON = "polygon"
    FREEHAND = "freehand"
    PROBE = "probe"
    ARROW = "arrow"
    TEXT = "text"
    CALIBRATE = "marker"
    POINT = "point"
    REGION = "region"


class Corner(Enum):
    """The four corners of the overlay text."""

    TOP_LEFT = "top_left"
    TOP_RIGHT = "top_right"
    BOTTOM_LEFT = "bottom_left"
    BOTTOM_RIGHT = "bottom_right"


class OverlayLevel(Enum):
    """How much is written over the image. Assumptions and orientation letters stay at every level but NONE."""

    FULL = "full"
    MINIMAL = "minimal"
    NONE = "none"
