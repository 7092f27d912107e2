"""Activation functions as a person sees them: pictures to choose from, and what pointing at a curve tells."""

import numpy as np
import pytest
from playwright.sync_api import Locator, Page, expect

from core import ACTIVATIONS
from core.lessons.stopwatch import TURNS
from tests.browser.running import at_rest

NAMES = ["sigmoid", "tanh", "relu", "leaky_relu", "gelu"]
LABELS = {name: ACTIVATIONS[name].label for name in NAMES}


def panels(page: Page) -> Locator:
    """Value and slope: the frames of their axes."""
    drawing = page.locator("[class*=st-key-wide-functions] svg.marks")
    drawing.wait_for()
    at_rest(page)
    return drawing.locator(".role-scope.concat_0_group, .role-scope.concat_1_group")


@pytest.mark.parametrize(("width", "in_a_row"), [(1280, True), (900, False), (390, False)])
def test_pointing_at_one_panel_reads_every_function_and_marks_both(opened, width, in_a_row):
    page = opened("/activations", width=width, height=2000)
    found = panels(page)
    expect(found).to_have_count(2)
    boxes = [panel.locator(".background").first.bounding_box() for panel in found.all()]
    assert (abs(boxes[0]["y"] - boxes[1]["y"]) < 1) == in_a_row
    assert boxes[1]["x"] + boxes[1]["width"] <= width
    tooltip = page.locator("#vg-tooltip-element.visible")
    for box in boxes:
        page.mouse.move(box["x"] + 0.6 * box["width"], box["y"] + 0.5 * box["height"])  # z = 1
        expect(tooltip).to_be_visible()
        assert_every_function_is_read(tooltip)
        for panel in found.all():
            expect(panel.locator(".mark-symbol.role-mark path")).to_have_count(len(NAMES))
        page.mouse.move(1, 1)
        expect(tooltip).to_have_count(0)


def assert_every_function_is_read(tooltip: Locator) -> None:
    rows = {
        row.locator("td").nth(0).inner_text(): row.locator("td").nth(1).inner_text()
        for row in tooltip.locator("tr").all()
    }
    assert list(rows) == ["z", *LABELS.values()]
    z = np.array(float(rows["z"].replace("−", "-")))
    assert z == pytest.approx(1, abs=0.11)
    for name in NAMES:
        value, slope = (float(text.replace("−", "-")) for text in rows[LABELS[name]].split(", slope "))
        assert value == pytest.approx(ACTIVATIONS[name].value(z), rel=1e-3)
        assert slope == pytest.approx(ACTIVATIONS[name].slope(z), rel=1e-3)


def test_functions_are_chosen_by_pictures_large_enough_to_see(opened):
    page = opened("/activations", height=2000)
    found = panels(page)
    pills = page.locator(".st-key-activations button")
    expect(pills).to_have_count(len(ACTIVATIONS))
    for image in pills.locator("img").all():
        assert image.bounding_box()["height"] == 40
        assert image.evaluate("image => image.naturalWidth") == 64
    tops = {pill.bounding_box()["y"] for pill in pills.all()}
    assert len(tops) <= -(-len(ACTIVATIONS) // 8), "eight or more in a row"
    pills.filter(has_text="Mish").click()
    page.wait_for_url("**/activations?*activations=mish")
    expect(found.first.locator(".mark-line.role-mark path")).to_have_count(6)


@pytest.mark.parametrize("width", [900, 390])
def test_in_a_narrow_window_the_pictures_stand_in_two_rows_that_scroll(opened, width):
    page = opened("/activations", width=width, height=844)
    panels(page)
    pills = page.locator(".st-key-activations button")
    assert len({pill.bounding_box()["y"] for pill in pills.all()}) == 2
    pills.filter(has_text="ReLU squared").click()
    page.wait_for_url("**/activations?*activations=relu_squared")
    assert page.evaluate("document.documentElement.scrollWidth") <= width


@pytest.mark.parametrize("width", [1280, 390])
def test_times_are_drawn_with_their_numbers(opened, width):
    page = opened("/activations?activations=relu&activations=hardtanh", width=width, height=2000)
    panels(page)
    page.get_by_role("button", name="Measure the chosen functions").click()
    expect(page.get_by_text(f"Median of {TURNS} runs")).to_be_visible()
    drawing = page.locator("svg.marks").last
    labels = drawing.get_by_text(" ms")
    expect(labels).to_have_count(2)
    right = drawing.bounding_box()["x"] + drawing.bounding_box()["width"]
    for label in labels.all():
        box = label.bounding_box()
        assert box["x"] + box["width"] <= right
