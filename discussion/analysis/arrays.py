"""numpy, and what arrays hold: loaded by the first who counts something, not by the start."""

from __future__ import annotations

from typing import TYPE_CHECKING

from discussion.later import later

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import ArrayLike, NDArray

    Floats = NDArray[np.float64]
    Wholes = NDArray[np.int64]
    Indices = NDArray[np.intp]
    Mask = NDArray[np.bool_]
else:
    np = later("numpy")
    ArrayLike = NDArray = Floats = Wholes = Indices = Mask = object

__all__ = ["ArrayLike", "Floats", "Indices", "Mask", "NDArray", "Wholes", "np"]
