"""Detected counts: Poisson noise of the X-ray quanta, gain, offset, electronic noise, clipping."""

from __future__ import annotations

import math

import numpy as np
from numpy.typing import NDArray

from recon.errors import BocageError
from recon.messages import said
from recon.parallel import run_tiles, split
from recon.progress import SILENT, Progress

_TILE_ROWS = 64


def counts(
    line_integrals: NDArray[np.float32],
    photons: float,
    gain: float = 1.0,
    seed: int = 0,
    bits: int = 16,
    *,
    offset: float = 0.0,
    electronic_noise: float = 0.0,
    progress: Progress = SILENT,
) -> NDArray[np.uint16]:
    """Simulate what an ideal (blur-free) integrating detector stores.

    Parameters
    ----------
    line_integrals : ndarray of float32, shape (..., rows, columns)
        −ln(I/I₀), dimensionless.
    photons : float
        Mean quanta per pixel in the open field.
    gain : float
        Stored counts per quantum.
    seed : int
        The same seed gives the same counts, whatever the number of threads.
    bits : int
        Depth of the stored numbers, 1 to 16; larger values are clipped (saturation).
    offset : float
        Stored counts without radiation.
    electronic_noise : float
        Standard deviation of additive Gaussian noise, in stored counts.

    Returns
    -------
    ndarray of uint16, same shape
        ``offset + gain · Poisson(photons · exp(−line integral))``, rounded. The Poisson numbers are exact
        (Hörmann's PTRS above a mean of 10), not a normal approximation.
    """
    if not (photons > 0 and math.isfinite(photons)):
        raise BocageError(said("The number of photons must be positive, found {0}.", photons))
    if not (gain > 0 and math.isfinite(gain)):
        raise BocageError(said("The gain must be positive, found {0}.", gain))
    if not 1 <= bits <= 16:
        raise BocageError(said("The stored depth must be 1 to 16 bits, found {0}.", bits))
    rows = line_integrals.reshape(-1, line_integrals.shape[-1])
    out = np.empty(rows.shape, dtype=np.uint16)
    top = float(2**bits - 1)
    blocks = split(rows.shape[0], _TILE_ROWS)

    def tile(number: int) -> None:
        start, stop = blocks[number]
        # One random stream for each block of rows, so that threads cannot change the result.
        rng = np.random.Generator(np.random.SFC64(np.random.SeedSequence(entropy=seed, spawn_key=(number,))))
        mean = np.exp(-rows[start:stop].astype(np.float64))
        mean *= photons
        values = rng.poisson(mean).astype(np.float64)
        values *= gain
        values += offset
        if electronic_noise > 0:
            values += electronic_noise * rng.standard_normal(values.shape)
        np.rint(values, out=values)
        out[start:stop] = np.clip(values, 0.0, top)

    run_tiles(tile, len(blocks), progress, said("Adding quantum noise"))
    return out.reshape(line_integrals.shape)
