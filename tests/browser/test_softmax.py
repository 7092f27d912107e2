"""Softmax as a person sees it: where the steps stand."""

import pytest

from tests.browser.running import at_rest


@pytest.mark.parametrize(("width", "in_a_row"), [(1280, True), (390, False)])
@pytest.mark.parametrize("dataset", ["digits", "iris"])
def test_the_steps_stand_beside_each_other_or_on_a_phone_below(opened, width, in_a_row, dataset):
    """And nothing of them is cut off at the right, whatever the longest name and number are."""
    page = opened(f"/softmax?dataset={dataset}&temperature=0.2&sample=20", width=width, height=2600)
    for key in ("steps", "outputs"):
        part = page.locator(f"[class*=st-key-bounded-{key}]")
        part.locator("svg.marks").wait_for(timeout=30_000)
        at_rest(page)
        titles = [
            part.get_by_text(title, exact=True).bounding_box()
            for title in ("1. z, from the scores", "3. Probabilities")
        ]
        assert (titles[0]["y"] == titles[1]["y"]) == in_a_row
        assert (titles[0]["x"] < titles[1]["x"]) == in_a_row
        drawing, room = part.locator("svg.marks").bounding_box(), part.bounding_box()
        assert drawing["x"] + drawing["width"] <= room["x"] + room["width"]
    assert page.evaluate("document.documentElement.scrollWidth") <= width
