import pytest

from core import ACTIVATIONS
from ui.charts.palette import (
    ACTIVATION_COLOURS,
    CLASS_COLOURS,
    CLASS_SHAPES,
    UNIT_COLOURS,
    activation_colour,
    activation_dash,
)

PAGES = ("#ffffff", "#171614")  # Streamlit's backgrounds, light and dark


def luminance(colour: str) -> float:
    """Relative luminance of WCAG 2.2."""
    channels = [int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5)]
    linear = [c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in channels]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def contrast(one: str, other: str) -> float:
    dark, light = sorted((luminance(one), luminance(other)))
    return (light + 0.05) / (dark + 0.05)


@pytest.mark.parametrize("page", PAGES)
@pytest.mark.parametrize("colour", [*ACTIVATION_COLOURS, *UNIT_COLOURS.values()])
def test_lines_can_be_seen_in_light_and_dark(colour, page):
    assert contrast(colour, page) >= 3


def test_no_two_activations_look_the_same():
    looks = {(activation_colour(name), activation_dash(name)) for name in ACTIVATIONS}
    assert len(looks) == len(ACTIVATIONS)


def test_units_have_no_activations_colour():
    assert not set(UNIT_COLOURS.values()) & set(ACTIVATION_COLOURS)


def test_classes_differ_by_colour_and_by_shape():
    assert len(set(CLASS_COLOURS)) == len(set(CLASS_SHAPES)) == 10
