"""Taking metal out of the views: search, vote, outline, filling, and what the slices get back."""

from __future__ import annotations

import threading
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from recon.cone import Cone
from recon.filtering import coarser
from recon.inpaint import fill
from recon.messages import said
from recon.metal.layer import MetalLayer, build
from recon.metal.search import Box, Floats, Mask, binned, box_of, candidates, outline, search_factor
from recon.metal.vote import agreed, plane_heights
from recon.notes import Fact
from recon.parallel import run_tiles
from recon.preprocess import Indices, LineIntegrals
from recon.progress import SILENT, Progress
from recon.resample import bin_image
from recon.samples import Level, Samples, aligned

FIELD_PIXELS = 64
"""Pixels across the detector in which the layer keeps what the views see."""
RIM = 4
"""Empty pixels around the windows that hold the traces."""


@dataclass(frozen=True)
class Search:
    """What counts as metal; `recon.corrections.metal.MetalReduction` describes the numbers."""

    threshold: float
    widest_mm: float
    smallest_mm: float
    agreement: float
    margin_mm: float


@dataclass(frozen=True)
class Patch:
    """What is put in the place of metal in one view."""

    box: Box
    hole: NDArray[np.uint8]
    """Packed bits of the box's pixels."""
    values: Floats

    @classmethod
    def of(cls, box: Box, hole: Mask, filled: Floats) -> Patch:
        """From the filled part of a view."""
        return cls(box, np.packbits(hole), filled[hole])

    def put(self, image: Floats) -> None:
        """Replace the metal of the whole view."""
        part = image[self.box]
        hole = np.unpackbits(self.hole, count=part.size).reshape(part.shape).astype(np.bool_)
        part[hole] = self.values


class WithoutMetal:
    """Views whose metal is replaced by a continuation of its surroundings, and the metal for the slices.

    Attributes
    ----------
    layer : MetalLayer or None
        None when no metal was found.
    note : str
    """

    def __init__(self, patches: list[Patch | None], layer: MetalLayer | None, note: str) -> None:
        self._patches, self.layer, self.note = patches, layer, note

    def __call__(self, index: int, image: Floats) -> None:
        """Replace the metal of one view."""
        patch = self._patches[index]
        if patch is not None:
            patch.put(image)


def take_out(integrals: LineIntegrals, search: Search, progress: Progress = SILENT) -> WithoutMetal:
    """Find metal in all views, and what comes in its place."""
    real = integrals.projections.geometry
    factor = search_factor(real)
    coarse = binned(real, factor)
    rough = np.zeros((real.n_views, *coarse.shape), np.bool_)

    def look(view: int) -> None:
        image, _ = integrals.real(view)
        small = np.empty(coarse.shape, np.float32)
        bin_image(image, factor, small)
        rough[view] = candidates(small, coarse.pixel_pitch_mm, search.threshold, search.widest_mm)

    run_tiles(look, real.n_views, progress.part(0.0, 0.3), said("Looking for metal"))
    if rough.any():
        rough = agreed(rough, coarse, search.agreement, progress.part(0.3, 0.5))
    if not rough.any():
        return WithoutMetal([None] * real.n_views, None, Fact(said("no metal was found in the projections")))
    work = _Work(integrals, search, factor)
    run_tiles(lambda view: work.do(view, rough[view]), real.n_views, progress.part(0.5, 0.9), said("Replacing metal"))
    count = sum(patch is not None for patch in work.patches)
    if not count:
        return WithoutMetal(work.patches, None, Fact(said("no metal was found in the projections")))
    note = Fact(said("metal replaced in {0} of {1} views and drawn where they agree", count, real.n_views))
    return WithoutMetal(work.patches, work.layer(progress.part(0.9, 1.0)), note)


class _Work:
    """Outlines and fills views one by one, and keeps what the layer is made of."""

    def __init__(self, integrals: LineIntegrals, search: Search, factor: int) -> None:
        self.integrals, self.search, self.factor = integrals, search, factor
        n, along, across = integrals.shape
        self.patches: list[Patch | None] = [None] * n
        self.crops: list[tuple[Box, Mask] | None] = [None] * n
        self.coarse, self.removed = self._room(factor), self._room(factor)
        self.field = self._room(max(1, max(along, across) // FIELD_PIXELS))
        self._memory = threading.local()

    def _room(self, factor: int) -> Level:
        """A level for binned images of the whole views."""
        source = self.integrals
        n, along, across = source.shape
        first = source.first_mm + (factor - 1) / 2 * np.asarray(source.pitch_mm)
        pitch = (source.pitch_mm[0] * factor, source.pitch_mm[1] * factor)
        return Level(Samples(n, -(-along // factor), -(-across // factor)), first, pitch)

    def do(self, view: int, rough: Mask) -> None:
        """Outline and fill one view."""
        image, seen = self.integrals.real(view)
        whole = np.zeros_like(image)
        self._put(self.field, view, np.ones_like(image), seen)
        pitch = self.integrals.projections.geometry.pixel_pitch_mm
        least = max(1, round(self.search.smallest_mm**2 / (pitch[0] * pitch[1])))
        found = outline(image, rough, self.factor, self.search.threshold, least)
        if found is None:
            self._put(self.coarse, view, whole, None)
            self._put(self.removed, view, whole, None)
            return
        box, metal = found
        hole = widened(metal, self.search.margin_mm / pitch[0], self.search.margin_mm / pitch[1])
        filled = image[box].copy()
        fill(filled, hole)
        self.patches[view] = Patch.of(box, hole, filled)
        whole[box] = np.where(metal, image[box] - filled, np.float32(0.0))
        self._put(self.removed, view, whole, None)
        whole[box] = metal
        trace = self._put(self.coarse, view, whole, None)
        window = box_of(trace > 0.5)
        if window is not None:
            self.crops[view] = (window, trace[window] > 0.5)

    def _put(self, level: Level, view: int, image: Floats, seen: Mask | None) -> Floats:
        """Keep an image of the real detector, binned; the whole image on the virtual one, valid until the next."""
        _, along, across = self.integrals.shape
        placed = getattr(self._memory, "placed", None)
        if placed is None:
            placed = self._memory.placed = aligned((along, across))
        valid = self.integrals.place(view, image, seen, placed)
        if valid is not None:
            _clear_unseen(placed, valid)
        small = np.empty(level.shape, np.float32)
        bin_image(placed, -(-along // level.shape[0]), small)
        level.samples.put(view, small)
        return placed

    def layer(self, progress: Progress) -> MetalLayer | None:
        """What slices get back."""
        cone = Cone(self.integrals.source_mm)
        heights = plane_heights(
            self.integrals.projections.geometry, self.integrals.source_mm, min(self.coarse.pitch_mm)
        )
        return build(self._traces(), self.coarse, self.removed, self.field, cone, heights, progress)

    def _traces(self) -> list[Level]:
        """Windows of the views that hold all traces."""
        n, along, across = self.integrals.shape
        there = [crop[0] for crop in self.crops if crop is not None]
        left = max(0, min(box[1].start for box in there) - RIM)
        right = min(across, max(box[1].stop for box in there) + RIM)
        height = min(along, max(box[0].stop - box[0].start for box in there) + 2 * RIM)
        first = np.array(self.integrals.first_mm)
        first[:, 1] += left * self.integrals.pitch_mm[1]
        tops = np.zeros(n, int)
        for view, crop in enumerate(self.crops):
            tops[view] = 0 if crop is None else min(max(0, crop[0][0].start - RIM), along - height)
        first[:, 0] += tops * self.integrals.pitch_mm[0]
        levels = coarser(n, height, right - left, first, self.integrals.pitch_mm)

        def put(view: int) -> None:
            image = np.zeros((height, right - left), np.float32)
            crop = self.crops[view]
            if crop is not None:
                (rows, columns), trace = crop
                top, start = rows.start - tops[view], columns.start - left
                image[top : top + trace.shape[0], start : start + trace.shape[1]] = trace
                image = half_wider(image)
            for number, level in enumerate(levels):
                if number:
                    small = np.empty(level.shape, np.float32)
                    bin_image(image, 2, small)
                    image = small
                level.samples.put(view, image)

        run_tiles(put, n)
        return levels


def half_wider(trace: Floats) -> Floats:
    """A trace whose edges lie half a pixel farther out.

    Traces are cut at whole pixels and interpolated, so the share of the views above which metal is drawn
    (`recon.metal.layer`) is reached half a pixel inside the edge.
    """
    from scipy.ndimage import generate_binary_structure, maximum_filter

    wider = maximum_filter(trace, footprint=generate_binary_structure(2, 1), mode="nearest")
    return np.asarray(0.5 * (trace + wider), np.float32)


def widened(mask: Mask, rows: float, columns: float) -> Mask:
    """A mask with a rim of so many pixels."""
    from scipy.ndimage import distance_transform_edt

    if max(rows, columns) < 0.5:
        return mask
    distance = distance_transform_edt(~mask, sampling=(1.0 / max(rows, 0.5), 1.0 / max(columns, 0.5)))
    return np.asarray(distance <= 1.0)


def _clear_unseen(image: Floats, valid: Indices) -> None:
    columns = np.arange(image.shape[1])
    image[(columns < valid[:, :1]) | (columns >= valid[:, 1:])] = 0.0
