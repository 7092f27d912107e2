"""A point of a chart is dragged, clicked and moved by keys: the address, the controls and the pictures follow."""

import re
from urllib.parse import parse_qs

import numpy as np
import pytest
from playwright.sync_api import Locator, Page, expect

from core.lessons.surfaces import SURFACES
from tests.browser.running import at_rest, pixels, wait_until
from ui.lessons.neuron.charts import REACH

BACKGROUND = ".role-frame.root > g > path.background"
PLANES = ("step", "sigmoid")
PLANE = ((-REACH, REACH), (-REACH, REACH))


def chart(page: Page, key: str) -> Locator:
    at_rest(page)
    return page.locator(f".st-key-{key} svg.marks")


def handle(page: Page, key: str) -> Locator:
    return page.locator(f".st-key-{key} button.handle")


def on_screen(drawing: Locator, window, x: float, y: float) -> tuple[float, float]:
    """Where a place of the plot is, in pixels of the window."""
    drawing.scroll_into_view_if_needed()
    box = drawing.locator(BACKGROUND).evaluate("plot => plot.getBoundingClientRect().toJSON()")
    (left, right), (bottom, top) = window
    return (
        box["x"] + (x - left) / (right - left) * box["width"],
        box["y"] + (top - y) / (top - bottom) * box["height"],
    )


def asked(page: Page) -> dict[str, list[str]]:
    return parse_qs(page.evaluate("location.search.slice(1)"))


def differ(picture: np.ndarray, before: np.ndarray) -> bool:
    height, width = np.minimum(picture.shape, before.shape)[:2]
    return np.abs(picture[:height, :width] - before[:height, :width]).max() > 100


def middle(element: Locator) -> list[float]:
    box = element.bounding_box()
    return [box["x"] + box["width"] / 2, box["y"] + box["height"] / 2]


@pytest.mark.parametrize("width", [1280, 390])
def test_the_input_of_the_neuron_is_dragged(opened, width):
    page = opened("/neuron", width, 800)
    drawing, other = (chart(page, f"plane-of-{name}") for name in PLANES)
    before = pixels(other)
    start = on_screen(drawing, PLANE, 2.0, 1.5)
    assert middle(handle(page, "plane-of-step")) == pytest.approx(start, abs=1.5)
    end = on_screen(drawing, PLANE, -1.0, -2.0)
    page.mouse.move(*start)
    page.mouse.down()
    page.mouse.move(*end, steps=5)
    assert middle(handle(page, "plane-of-step")) == pytest.approx(end, abs=1.5), "it follows in the browser"
    assert asked(page) == {}
    page.mouse.up()
    wait_until(lambda: asked(page) == {"x1": ["-1.0"], "x2": ["-2.0"]})
    at_rest(page)
    expect(page.get_by_role("slider", name="Input x₁")).to_have_value("-1")
    wait_until(
        lambda: middle(handle(page, "plane-of-sigmoid")) == pytest.approx(on_screen(other, PLANE, -1, -2), abs=1.5)
    )
    wait_until(lambda: differ(pixels(other), before))


def test_the_sliders_and_what_they_change_are_in_one_view(opened):
    page = opened("/neuron", 1280, 800)
    for name in PLANES:
        plot = chart(page, f"plane-of-{name}").locator(BACKGROUND).bounding_box()
        for slider in ("Input x₁", "Input x₂", "Weight w₁", "Weight w₂", "Bias b"):
            box = page.get_by_role("slider", name=slider).bounding_box()
            assert box["x"] + box["width"] < plot["x"]
            assert 0 < box["y"] < 800
        assert plot["y"] + plot["height"] < 800


def test_a_click_on_the_surface_starts_there(opened):
    page = opened("/optimizers", 1280, 1000)
    window = SURFACES["beale"].window
    before = pixels(chart(page, "chart-of-the-surface"))
    page.mouse.click(*on_screen(chart(page, "chart-of-the-surface"), window, -1.03, 0.52))
    wait_until(lambda: asked(page) == {"start": ["(-1, 0.5)"]})
    drawing = chart(page, "chart-of-the-surface")
    expect(page.get_by_role("combobox", name="Start (x, y)")).to_have_attribute("value", "(−1, 0.5)")
    wait_until(lambda: differ(pixels(drawing), before))
    place = on_screen(drawing, window, -1, 0.5)
    assert middle(handle(page, "chart-of-the-surface")) == pytest.approx(place, abs=1.5)
    page.add_style_tag(content="[data-testid=stMainBlockContainer] { zoom: 1.4 }")
    page.set_viewport_size({"width": 1600, "height": 1000})
    wait_until(
        lambda: (
            middle(handle(page, "chart-of-the-surface")) == pytest.approx(on_screen(drawing, window, -1, 0.5), abs=1.5)
        )
    )


def test_the_start_is_moved_by_keys_and_stays_when_a_start_of_the_list_is_chosen_again(opened):
    page = opened("/optimizers?surface=bowl", 1280, 1000)
    at_rest(page)
    start = page.get_by_role("button", name=re.compile("^Start"))
    expect(start).to_have_accessible_name("Start. The arrow keys move it. x −2, y 1")
    start.focus()
    start.press("ArrowRight")
    start.press("Shift+ArrowDown")
    wait_until(lambda: asked(page) == {"surface": ["bowl"], "start": ["(-1.95, 0.5)"]})
    at_rest(page)
    expect(start).to_be_focused()
    page.get_by_role("combobox", name="Start (x, y)").click()
    page.get_by_role("option", name="(0, 1)").click()
    wait_until(lambda: asked(page) == {"surface": ["bowl"], "start": ["(0, 1)"]})


def test_the_pointer_reads_the_place_and_its_height(opened):
    page = opened("/optimizers?surface=bowl", 1280, 1000)
    drawing = chart(page, "chart-of-the-surface")
    told = page.locator(".st-key-chart-of-the-surface output.told")
    page.mouse.move(*on_screen(drawing, SURFACES["bowl"].window, 1.0, -0.5))
    expect(told).to_have_text("x 1, y −0.5, height 1.5")
    page.mouse.move(5, 5)
    expect(told).to_be_hidden()
