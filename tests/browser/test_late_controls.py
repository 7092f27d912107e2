"""Controls that a browser draws late: on a slow phone, the page runs again before they are there."""

import re
from urllib.parse import parse_qs, urlsplit

from playwright.sync_api import expect

from tests.browser.comparing import choose, pictures
from tests.browser.running import at_rest

LONG = "dataset=circles&layers=9&units=32&epochs=2000&activations=relu&seed=11"  # more seconds than a page waits


def test_controls_that_come_late_have_the_settings_of_the_address(opened):
    page = opened("/mission")
    held = []
    page.route(re.compile(r"/(Slider|Selectbox|NumberInput)\."), lambda route: held.append(route))
    page.goto(page.url.replace("/mission", f"/?{LONG}"))
    expect(page.get_by_test_id("stProgress")).to_be_visible()
    expect(page.get_by_text("Epoch 2000 of 2000", exact=True)).to_be_visible()  # so the page has run again
    assert held, "the browser has no sliders yet"
    for route in held:
        route.continue_()
    pictures(page, 1)
    expect(page.get_by_role("slider", name="Hidden layers")).to_have_value("9")
    choose(page, "Dataset", "Moons")
    page.wait_for_url("**dataset=moons**")
    at_rest(page)
    assert parse_qs(urlsplit(page.url).query) == parse_qs(LONG.replace("circles", "moons"))
