"""Lessons as a person uses them: from one to the next, their buttons and their bars."""

from pathlib import Path

import numpy as np
from playwright.sync_api import Browser, Page, expect

from core.claims import CLAIMS
from tests.browser.running import at_rest, pixels, running_app, script_at_rest, wait_until, whole_runs
from ui.shell.page import LESSONS, PAGES


def charts(page: Page) -> list[np.ndarray]:
    """The pixels of each chart, once all are there."""
    at_rest(page)
    return [pixels(chart) for chart in page.locator("svg.marks, .picture").all()]


def drawn(page: Page) -> list[np.ndarray]:
    """The pixels inside the frame of each network's picture."""
    return [image[8:-8, 8:-8] for image in map(pixels, page.locator(".picture").all())]


def test_a_server_that_was_asleep_wakes_up_on_a_deep_link(browser: Browser, tmp_path: Path):
    """The first page of a new server is a lesson, with something wrong in its address.  That each can be the first is
    shown in tests/pages/test_openings.py."""
    with running_app(tmp_path / "log.txt") as url:
        page = browser.new_page()
        page.goto(f"{url}/nonlinearity?nonsense=1")
        expect(page.get_by_role("heading", name=PAGES["nonlinearity"].question)).to_be_visible()
        expect(page.get_by_text("The address names settings that this page does not have: nonsense.")).to_be_visible()
        wait_until(lambda: all(image.std() > 3 for image in charts(page)))
        expect(page.get_by_role("link", name=PAGES["claims"].label)).to_be_visible()
        page.close()
    assert "Traceback" not in (tmp_path / "log.txt").read_text()


def test_the_pages_can_be_read_one_after_the_other(opened):
    page = opened(f"/{LESSONS[0]}")
    for following in [*LESSONS[1:], "compare"]:
        script_at_rest(page)
        page.get_by_role("link", name=PAGES[following].question).click()
        expect(page.get_by_role("heading", name=PAGES[following].question)).to_be_visible()
    at_rest(page)


def test_every_claim_is_shown_and_the_browser_complains_of_none(opened):
    page = opened("/claims")
    for claim in CLAIMS.values():
        page.get_by_role("combobox", name="Claim").click()
        page.get_by_role("option", name=claim.statement).click()
        expect(page.get_by_role("heading", name=claim.statement)).to_be_visible()
        at_rest(page)


def test_another_page_can_be_opened_while_one_trains(opened):
    page = opened("/?epochs=2000&samples=5000&layers=4")
    expect(page.get_by_role("button", name="Stop here")).to_be_visible()
    page.get_by_role("link", name=PAGES["nonlinearity"].label).click()
    expect(page.get_by_role("heading", name=PAGES["nonlinearity"].question)).to_be_visible()
    assert charts(page)
    page.go_back()
    expect(page.get_by_role("button", name="Stop here")).to_be_visible()


def test_a_deep_network_in_a_lesson_is_opened_in_compare(opened):
    page = opened("/nonlinearity?dataset=circles&layers=5&bent=1")
    at_rest(page)
    page.get_by_role("link", name="Compare such networks").click()
    at_rest(page)
    expect(page.get_by_text("5 hidden layers of 8 units")).to_be_attached()  # folded
    assert "dataset=circles&layers=5&units=8" in page.url
    page.go_back()
    expect(page.get_by_role("heading", name=PAGES["nonlinearity"].question)).to_be_visible()
    at_rest(page)
    assert page.url.endswith("/nonlinearity?dataset=circles&layers=5&bent=1"), "one step back"


def test_the_menu_closes_on_a_phone_and_leads_back_to_where_a_page_was_left(opened):
    page = opened("/nonlinearity?layers=5", 390, 844)
    for name in ("softmax", "nonlinearity"):
        at_rest(page)
        page.get_by_test_id("stExpandSidebarButton").click()
        page.get_by_test_id("stSidebar").get_by_role("link", name=PAGES[name].label).click()
        expect(page.get_by_role("heading", name=PAGES[name].question)).to_be_visible()
        expect(page.get_by_test_id("stSidebar")).not_to_be_in_viewport()
    page.wait_for_url("**/nonlinearity?layers=5")


def test_the_bar_moves_the_pictures_and_the_matrices_of_a_lesson(opened):
    page = opened("/nonlinearity")
    wait_until(lambda: [image.std() > 3 for image in drawn(page)] == [True, True])  # before anything is played
    after = charts(page)
    page.get_by_label("Epoch shown").focus()
    page.get_by_label("Epoch shown").press("Home")
    wait_until(lambda: all(np.abs(new - old).mean() > 1 for new, old in zip(charts(page), after)))


def test_a_button_sets_the_controls_and_back_takes_it_back(opened):
    page = opened("/nonlinearity")
    at_rest(page)
    page.get_by_role("button", name="Tanh in one layer").click()
    page.wait_for_url("**/nonlinearity?dataset=circles&bent=1&activation=tanh")
    expect(page.get_by_text("closes around the centre")).to_be_visible()
    page.go_back()
    page.wait_for_url("**/nonlinearity")
    expect(page.get_by_text("closes around the centre")).to_have_count(0)


def test_another_sample_changes_its_part_of_the_lesson_alone(opened):
    page = opened("/softmax")
    runs = whole_runs(page)
    mended = page.locator("svg.marks").last
    before = mended.inner_html()
    page.get_by_role("button", name="Most confident correct prediction").click()
    page.wait_for_url("**/softmax?sample=*")
    wait_until(lambda: mended.inner_html() != before)
    script_at_rest(page)
    assert runs() == 0
    page.go_back()
    wait_until(lambda: mended.inner_html() == before)
    wait_until(lambda: runs() > 0)  # it is read from the address, by the whole page
