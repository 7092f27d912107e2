"""The picture of a surface: bands of one colour between contour lines, places for the lines' values, and the heights
that the pointer reads.

The higher a band, the stronger its colour, through which the page shines: it does for a light and for a dark one.
"""

from functools import cache

import numpy as np

from core.lessons.surfaces import SURFACES
from ui.charts.palette import LINE_COLOUR
from ui.charts.pictures import picture_url
from ui.shell.numbers import significant, written
from ui.shell.pointing import Pointing

ROWS, COLUMNS = 400, 800  # of the picture, before the browser enlarges it
LINES = 8  # at most, so many that all bands cover about the same area, whatever the range of the heights
STRONGEST, SHADE = 0.85, 0.55  # opacity of a line, and of the highest band in proportion to it
EDGE, BOX = 30, (14, 5)  # pixels from the edge to a value, and half its height and half that of each of its digits
CANDIDATES = 400  # places on a line at which its value may stand
FINE, COARSE, WIDE = 0.05, 0.1, 6.0  # steps of the places to choose from; the second where the surface is wider


@cache
def levels(name: str) -> tuple[float, ...]:
    """The heights of the contour lines, round numbers, from the lowest."""
    quantiles = np.quantile(_heights(name), np.arange(1, LINES + 1) / (LINES + 1))
    return tuple(sorted({_rounded(height) for height in quantiles}))


@cache
def surface_picture(name: str) -> str:
    """The bands, and the lines between them but where their values stand."""
    bands = _bands(name)
    lines = _borders(bands)
    for x, y, level in contour_values(name):
        row, column = _pixel(name, x, y)
        high, wide = BOX[0], BOX[1] * (len(written(level)) + 1)
        lines[max(row - high, 0) : row + high, max(column - wide, 0) : column + wide] = False
    opacity = np.where(lines, 1.0, SHADE * bands / len(levels(name)))
    return picture_url(lines, opacity, [LINE_COLOUR] * 2, STRONGEST)


@cache
def contour_values(name: str) -> tuple[tuple[float, float, float], ...]:
    """(x, y, height): a place on each contour line for its value, far from the others, the start and the minima."""
    surface, bands = SURFACES[name], _bands(name)
    taken = [_pixel(name, *point) for point in (surface.starts[0], *surface.minima)]
    borders = _borders(bands)
    inside = np.zeros_like(borders)
    inside[EDGE:-EDGE, 2 * EDGE : -2 * EDGE] = True
    found = []
    for number, level in enumerate(levels(name)):
        places = np.argwhere(borders & inside & (bands == number))
        if not len(places):
            continue
        places = places[:: max(1, len(places) // CANDIDATES)]
        nearest = np.linalg.norm(places[:, None] - np.array(taken), axis=2).min(axis=1)
        row, column = places[nearest.argmax()].tolist()
        taken.append((row, column))
        (left, right), (bottom, top) = surface.window
        x, y = left + (column + 1) / COLUMNS * (right - left), top - (row + 1) / ROWS * (top - bottom)
        found.append((x, y, level))
    return tuple(found)


@cache
def places_to_start(name: str, names: tuple[str, str], height_name: str) -> Pointing:
    """The places of a surface that can be pointed at, with their heights."""
    window = SURFACES[name].window
    step = FINE if np.ptp(window[0]) <= WIDE else COARSE
    x, y = (np.linspace(low, high, round((high - low) / step) + 1) for low, high in window)
    heights = SURFACES[name].value(*np.meshgrid(x.round(2), y.round(2)))
    told = " ".join(written(height, 3) for height in heights.ravel())
    return Pointing(window, step, names, told, height_name)


def _rounded(height: float) -> float:
    """To one significant digit, or to half of such a number."""
    return min((significant(times * height, 1) / times + 0.0 for times in (1, 2)), key=lambda near: abs(near - height))


def _heights(name: str) -> np.ndarray:
    """(row, column): at the middle of each pixel, from the top left."""
    (left, right), (bottom, top) = SURFACES[name].window
    x = left + (np.arange(COLUMNS) + 0.5) / COLUMNS * (right - left)
    y = top - (np.arange(ROWS) + 0.5) / ROWS * (top - bottom)
    return SURFACES[name].value(*np.meshgrid(x, y))


def _bands(name: str) -> np.ndarray:
    """(row, column): how many contour lines are below each pixel."""
    return np.searchsorted(levels(name), _heights(name))


def _borders(bands: np.ndarray) -> np.ndarray:
    """(row, column): whether a pixel is at the upper end of its band."""
    higher = np.zeros(bands.shape, bool)
    for axis in (0, 1):
        for shift in (-1, 1):
            beside = np.roll(bands, shift, axis)
            edge = [slice(None), slice(None)]
            edge[axis] = -1 if shift < 0 else 0
            beside[tuple(edge)] = bands[tuple(edge)]  # nothing comes in from the other side
            higher |= beside > bands
    return higher


def _pixel(name: str, x: float, y: float) -> tuple[int, int]:
    (left, right), (bottom, top) = SURFACES[name].window
    return int((top - y) / (top - bottom) * ROWS), int((x - left) / (right - left) * COLUMNS)
