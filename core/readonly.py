"""Results that many readers share: their arrays cannot be written to."""

import numpy as np


class ReadOnly:
    """Base of a frozen dataclass: makes the arrays in its fields, and those in tuples there, read-only."""

    def __post_init__(self) -> None:
        for value in vars(self).values():
            for array in value if isinstance(value, tuple) else (value,):
                if isinstance(array, np.ndarray):
                    array.flags.writeable = False

    def __setstate__(self, state: dict) -> None:
        self.__dict__.update(state)
        self.__post_init__()  # arrays come out of a pickle writeable
