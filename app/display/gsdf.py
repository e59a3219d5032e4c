"""The Grayscale Standard Display Function of DICOM (PS3.14): luminance for just-noticeable differences and back.

The curve is a fit to Barten's model of the eye's contrast sensitivity: a difference of 1 in the index j is just seen.
Pure NumPy, no Qt.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import ArrayLike, NDArray

from recon.errors import BocageError
from recon.messages import said

FloatArray = NDArray[np.float64]

LOWEST_CD_M2, HIGHEST_CD_M2 = 0.0500, 3993.4040
"""The standard's luminance range: j = 1 to 1023 (PS3.14 table B-1)."""
LOWEST_INDEX, HIGHEST_INDEX = 1.0, 1023.0

# PS3.14, 7.1: log10 L(j) is a quotient of polynomials in ln j …
_NUMERATOR = (-1.3011877, 8.0242636e-2, 1.3646699e-1, -2.5468404e-2, 1.3635334e-3)
_DENOMINATOR = (1.0, -2.5840191e-2, -1.0320229e-1, 2.8745620e-2, -3.1978977e-3, 1.2992634e-4)
# … and j(L) a polynomial in log10 L.
_INVERSE = (
    71.498068,
    94.593053,
    41.912053,
    9.8247004,
    0.28175407,
    -1.1878455,
    -0.18014349,
    0.14710899,
    -0.017046845,
)


def luminance(index: ArrayLike) -> FloatArray:
    """Luminance for JND indices.

    Parameters
    ----------
    index : array_like
        JND index j, 1 … 1023, need not be whole.

    Returns
    -------
    ndarray of float64, same shape
        cd/m².

    Raises
    ------
    BocageError
        Outside the standard's range.

    References
    ----------
    DICOM PS3.14, section 7.1.
    """
    j = np.asarray(index, dtype=np.float64)
    if j.size and not (np.all(j >= LOWEST_INDEX) and np.all(j <= HIGHEST_INDEX)):
        raise BocageError(said("A JND index lies between 1 and 1023, found {0}.", _extent(j)))
    return np.asarray(10.0 ** _log_luminance(np.log(j)))


def jnd_index(cd_m2: ArrayLike) -> FloatArray:
    """JND index of luminances; the exact inverse of `luminance`.

    Parameters
    ----------
    cd_m2 : array_like
        0.05 … 3993 cd/m².

    Returns
    -------
    ndarray of float64, same shape

    Raises
    ------
    BocageError
        Outside the standard's range.

    Notes
    -----
    The standard's own polynomial for the inverse departs from its curve by up to 0.09; it is the start of Newton's
    method here.
    """
    values = np.asarray(cd_m2, dtype=np.float64)
    # The printed coefficients begin at 0.04998 and end at 3993.33, the printed table at 0.0500 and 3993.40.
    if values.size and not (np.all(values >= 0.0499) and np.all(values <= HIGHEST_CD_M2)):
        raise BocageError(
            said(
                "The greyscale standard covers {0:g} to {1:.0f} cd/m², found {2}.",
                LOWEST_CD_M2,
                HIGHEST_CD_M2,
                _extent(values),
            )
        )
    wanted = np.log10(values)
    j = np.clip(jnd_index_of_standard(values), LOWEST_INDEX, HIGHEST_INDEX)
    for _ in range(4):
        step = 1e-4 * j
        slope = (_log_luminance(np.log(j + step)) - _log_luminance(np.log(j - step))) / (2 * step)
        j = np.clip(j - (_log_luminance(np.log(j)) - wanted) / slope, LOWEST_INDEX, HIGHEST_INDEX)
    return np.asarray(j)


def jnd_index_of_standard(cd_m2: ArrayLike) -> FloatArray:
    """JND index by the polynomial that PS3.14 prints for it (accurate to 0.1)."""
    x = np.log10(np.asarray(cd_m2, dtype=np.float64))
    return np.asarray(np.polynomial.polynomial.polyval(x, _INVERSE))


def _log_luminance(x: FloatArray) -> FloatArray:
    evaluate = np.polynomial.polynomial.polyval
    return np.asarray(evaluate(x, _NUMERATOR) / evaluate(x, _DENOMINATOR))


def _extent(values: FloatArray) -> str:
    low, high = float(np.min(values)), float(np.max(values))
    return f"{low:g}" if low == high else f"{low:g} to {high:g}"
