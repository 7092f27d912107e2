"""Shared results: nobody who reads one can change it for the others, on either side of a pickle."""

import pickle
from dataclasses import dataclass

import numpy as np
import pytest

from core.readonly import ReadOnly


@dataclass(frozen=True)
class _Result(ReadOnly):
    name: str
    array: np.ndarray
    several: tuple[np.ndarray, ...]


@pytest.mark.parametrize("pickled", [False, True])
def test_no_array_can_be_written_to(pickled):
    result = _Result("any", np.zeros(2), (np.zeros(1), np.zeros(3)))
    if pickled:
        result = pickle.loads(pickle.dumps(result))
    for array in (result.array, *result.several):
        with pytest.raises(ValueError, match="read-only"):
            array[0] = 1
    assert result.name == "any"
