"""What was recorded from PyTorch, with a word on what to do where an entry of a registry is not in it."""

import json
from typing import NoReturn

import numpy as np
import pytest

from tests import REFERENCE

RECORD = "record the reference numbers: run python -m tests.reference.record, as its first lines say"


class Recorded(dict):
    """Recorded numbers by name; asking for one that is not there fails the test with the way to get it."""

    def __missing__(self, name: str) -> NoReturn:
        pytest.fail(f"nothing is recorded of {name}: {RECORD}", pytrace=False)


def arrays(file: str) -> Recorded:
    """The arrays of an .npz file."""
    with np.load(REFERENCE / file) as recorded:
        return Recorded(recorded)


def numbers(file: str) -> Recorded:
    """The object of a .json file."""
    return Recorded(json.loads((REFERENCE / file).read_text()))
