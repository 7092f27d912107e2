"""What a replay of a training costs the server: all networks' pictures at 30 epochs, as the page would send them.

    PYTHONPATH=. python benchmarks/frames.py

8 networks on moons, hidden (16, 16), 64 x 64 points a picture, on one thread: class probabilities from the recorded
parameters, and the PNGs made of them.
"""

import benchmarks.one_thread  # noqa: F401

# isort: split
import time

import numpy as np
import pandas as pd

from benchmarks.growth import DEFAULT
from core import class_probabilities, grid, load, train
from ui.charts.boundaries import picture_url

FRAMES, RESOLUTION, REPEATS = 30, 64, 7


def main() -> None:
    history, data = train(DEFAULT), load(DEFAULT.dataset)
    window = grid(data, RESOLUTION)
    shown = np.linspace(0, len(history.epochs) - 1, FRAMES).astype(int)
    rows = []
    for _ in range(REPEATS):
        start = time.perf_counter()
        frames = [class_probabilities(history, data, window, index) for index in shown]
        middle = time.perf_counter()
        urls = [picture_url(picture) for frame in frames for picture in frame]
        rows.append((middle - start, time.perf_counter() - middle))
    table = pd.DataFrame(rows, columns=["probabilities", "PNGs"]).assign(together=lambda t: t.sum(axis=1))
    print(f"{len(DEFAULT.runs)} networks x {FRAMES} frames of {RESOLUTION} x {RESOLUTION}: seconds")
    print(pd.DataFrame({"median": table.median(), "least": table.min(), "most": table.max()}).round(3))
    print(f"{len(urls)} pictures, {sum(map(len, urls)) / 1e6:.2f} MB as data: URLs")


if __name__ == "__main__":
    main()
