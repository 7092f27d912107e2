"""A mission on a phone: the answers under a thumb, then the networks, and the way on."""

from playwright.sync_api import Page, expect

from tests.browser.running import at_rest, pixels, script_at_rest, wait_until
from ui.missions.listing import in_order
from ui.missions.records import MISSIONS
from ui.missions.words import answers, question, reason, title

PHONE = 390, 844
THUMB = 44  # pixels
FIRST, SECOND = in_order()[:2]


def test_a_mission_on_a_phone_from_the_list_to_the_next_one(opened):
    page: Page = opened("/mission", *PHONE)
    script_at_rest(page)
    page.get_by_role("button", name=title(FIRST), exact=True).click()
    expect(page.get_by_role("heading", name=question(FIRST))).to_be_visible()
    at_rest(page)
    expect(page.locator(".picture")).to_have_count(0)
    for text in answers(FIRST):
        box = page.get_by_role("button", name=text, exact=True).bounding_box()
        assert box and box["height"] >= THUMB and box["x"] >= 0 and box["x"] + box["width"] <= PHONE[0]
        assert box["y"] + box["height"] <= PHONE[1], "without scrolling"
    data = page.locator("svg.marks").bounding_box()
    margins = data["x"], PHONE[0] - data["x"] - data["width"]
    assert abs(margins[0] - margins[1]) <= 2, "the data's picture fills the page"
    page.get_by_role("button", name=answers(FIRST)[1], exact=True).click()
    expect(page.get_by_text(reason(FIRST))).to_be_visible()
    at_rest(page)
    picture = page.locator(".picture").first
    wait_until(lambda: pixels(picture).std() > 3)
    assert page.evaluate("document.documentElement.scrollWidth") <= PHONE[0]
    page.get_by_role("button", name=title(SECOND)).click()
    expect(page.get_by_role("heading", name=question(SECOND))).to_be_visible()
    expect(page.get_by_role("button", name=answers(SECOND)[0], exact=True)).to_be_visible()
    page.go_back()
    expect(page.get_by_text(reason(FIRST))).to_be_visible()


def test_the_networks_that_were_chosen_are_shown_again_after_others_were_predicted(opened):
    page = opened("/mission?mission=units_for_circles")
    mission = MISSIONS["units_for_circles"]
    page.get_by_role("button", name=answers(mission)[0], exact=True).click()
    shown = page.get_by_role("radiogroup", name="Networks shown").get_by_role("radio")
    shown.last.click()
    expect(shown.last).to_be_checked()
    script_at_rest(page)
    page.get_by_role("button", name="Predict again").click()
    expect(shown).to_have_count(0)
    page.get_by_role("button", name=answers(mission)[1], exact=True).click()
    expect(shown.last).to_be_checked()
