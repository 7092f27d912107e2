"""Small pictures as `data:` URLs of PNGs with few colours, which is what makes a replay light."""

import base64
import io
from collections.abc import Sequence

import numpy as np
from PIL import Image, ImageColor

LEVELS = 16  # of opacity for each colour; with 128 a replay would be three times as heavy
STRONGEST = 0.5  # opacity of a shade behind points


def picture_url(colour: np.ndarray, level: np.ndarray, colours: Sequence[str], strongest: float = STRONGEST) -> str:
    """A picture (row, column) whose pixels have a colour, by its place among `colours`, and an opacity from 0 to
    `strongest` as the level goes from 0 to 1."""
    steps = np.rint(level * (LEVELS - 1)).astype(np.uint8)
    image = Image.fromarray(colour.astype(np.uint8) * np.uint8(LEVELS) + steps, mode="P")
    channels = [ImageColor.getrgb(name) for name in colours]
    image.putpalette([channel for each in channels for _ in range(LEVELS) for channel in each])
    opacity = np.rint(np.linspace(0, 255 * strongest, LEVELS)).astype(np.uint8)
    png = io.BytesIO()
    image.save(png, "PNG", transparency=bytes(np.tile(opacity, len(colours))))
    return "data:image/png;base64," + base64.b64encode(png.getvalue()).decode()


def film_url(colour: np.ndarray, level: np.ndarray, colours: Sequence[str]) -> str:
    """Pictures (epoch, row, column), each as `picture_url` has one, below each other as a single one, which is lighter,
    and which a browser opens once.

    Above and below each there is a row more, which repeats its own: what enlarges a picture smoothly also looks at what
    is beside it.
    """
    more = (0, 0), (1, 1), (0, 0)
    colour, level = (np.pad(each, more, mode="edge").reshape(-1, each.shape[-1]) for each in (colour, level))
    return picture_url(colour, level, colours)
