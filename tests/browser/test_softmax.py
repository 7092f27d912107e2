"""Softmax as a person sees it: where the steps stand."""

import pytest
from playwright.sync_api import Page

from tests.browser.running import at_rest


@pytest.mark.parametrize("dataset", ["digits", "iris"])
def test_the_steps_stand_beside_each_other_or_on_a_phone_below(opened, dataset):
    page = opened(f"/softmax?dataset={dataset}&temperature=0.2&sample=20", width=1280, height=2600)
    assert_the_steps_stand(page, 1280, in_a_row=True)
    page.set_viewport_size({"width": 390, "height": 2600})
    page.reload()
    assert_the_steps_stand(page, 390, in_a_row=False)


def assert_the_steps_stand(page: Page, width: int, in_a_row: bool) -> None:
    """And nothing of them is cut off at the right, whatever the longest name and number are."""
    for key in ("steps", "outputs"):
        part = page.locator(f"[class*=st-key-wide-{key}]")
        part.locator("svg.marks").wait_for()
        at_rest(page)
        titles = [
            part.get_by_text(title, exact=True).bounding_box() for title in ("1. z from the scores", "3. Probabilities")
        ]
        assert (titles[0]["y"] == titles[1]["y"]) == in_a_row
        assert (titles[0]["x"] < titles[1]["x"]) == in_a_row
        drawing, room = part.locator("svg.marks").bounding_box(), part.bounding_box()
        assert drawing["x"] + drawing["width"] <= room["x"] + room["width"]
    assert page.evaluate("document.documentElement.scrollWidth") <= width
