"""Which learning rate suits each optimizer on each surface: the source of the rates in `core.lessons.surfaces`.

    PYTHONPATH=. python benchmarks/surface_rates.py

Of the grid, the rate whose path from the surface's usual start stays in the surface's window and is lowest on average
over its first 200 steps, the start included.  An average, and not the end: some rates jump to the minimum by luck at
last, after a long detour.
"""

import numpy as np

from core.lessons.descent import descend
from core.lessons.surfaces import SURFACES
from core.nn.optimizers import OPTIMIZERS

GRID = tuple(float(f"{digit}e{power}") for power in range(-5, 3) for digit in (1, 2, 5))
STEPS = 200


def best_rate(surface: str, optimizer: str) -> float:
    paths = descend(surface, [optimizer] * len(GRID), GRID, STEPS)
    low, high = np.transpose(SURFACES[surface].window)
    stays = ((paths.points >= low) & (paths.points <= high)).all(axis=(1, 2))
    lowest = paths.heights[stays].mean(axis=1).argmin()
    return paths.rates[np.flatnonzero(stays)[lowest]]


def main() -> None:
    for surface in SURFACES:
        print(f"{surface}:", ", ".join(f"{name}={best_rate(surface, name):g}" for name in OPTIMIZERS))


if __name__ == "__main__":
    main()
