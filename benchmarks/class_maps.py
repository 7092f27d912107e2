"""What a replay of a training costs the server: all networks' pictures at all recorded epochs, as the page sends them.

    PYTHONPATH=. python benchmarks/class_maps.py

8 networks on moons, hidden (16, 16), 200 epochs, on one thread: the classes on the grid from the recorded parameters,
and the PNGs made of them.
"""

import benchmarks.one_thread  # noqa: F401

# isort: split
import time

import pandas as pd

from benchmarks.growth import DEFAULT
from core import grid, load, train
from core.analysis.boundary import class_maps
from ui.charts.boundaries import RESOLUTION
from ui.charts.palette import CLASS_COLOURS
from ui.charts.pictures import picture_url

REPEATS = 7


def main() -> None:
    history, data = train(DEFAULT), load(DEFAULT.dataset)
    window, colours = grid(data, RESOLUTION), CLASS_COLOURS[: data.classes]
    rows = []
    for _ in range(REPEATS):
        start = time.perf_counter()
        maps = class_maps(history, data, window)
        middle = time.perf_counter()
        pictures = zip(maps.likeliest.reshape(-1, *[RESOLUTION] * 2), maps.certainty.reshape(-1, *[RESOLUTION] * 2))
        urls = [picture_url(likeliest, certainty, colours) for likeliest, certainty in pictures]
        rows.append((middle - start, time.perf_counter() - middle))
    table = pd.DataFrame(rows, columns=["classes", "PNGs"]).assign(together=lambda t: t.sum(axis=1))
    print(f"{len(DEFAULT.runs)} networks x {len(history.epochs)} epochs of {RESOLUTION} x {RESOLUTION}: seconds")
    print(pd.DataFrame({"median": table.median(), "least": table.min(), "most": table.max()}).round(3))
    print(f"{len(urls)} pictures, {sum(map(len, urls)) / 1e6:.2f} MB as data: URLs")


if __name__ == "__main__":
    main()
