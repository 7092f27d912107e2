"""The switch between the languages, in a window: the page speaks the other one, and all else stays."""

from urllib.parse import parse_qs

from playwright.sync_api import Page, expect

from tests.browser.running import at_rest, script_at_rest, wait_until

KOREAN, ENGLISH = "선택 하나가 무엇을 바꿀까요?", "What does one choice change?"
BREAKS = """() => [...document.querySelectorAll('[data-testid=stApp] p')].filter(
  (p) => /[가-힣]/.test(p.textContent) && getComputedStyle(p).wordBreak !== 'keep-all').map((p) => p.textContent)"""


def asked(page: Page) -> dict[str, list[str]]:
    return parse_qs(page.evaluate("location.search.slice(1)"))


def test_the_switch_keeps_all_else_and_back_undoes_it(opened):
    page = opened("/?lang=ko&epochs=40&noise=0.3&activations=tanh&activations=relu", 1280, 900)
    at_rest(page)
    title = page.get_by_role("heading", level=1)
    expect(title).to_have_text(KOREAN)
    expect(page.locator("html")).to_have_attribute("lang", "ko")
    assert page.evaluate(BREAKS) == []
    before, top = asked(page), title.bounding_box()
    page.get_by_role("radio", name="English").or_(page.get_by_role("button", name="English")).first.click()
    expect(title).to_have_text(ENGLISH)
    expect(page.locator("html")).to_have_attribute("lang", "en")
    script_at_rest(page)
    assert asked(page) == before | {"lang": ["en"]}
    assert title.bounding_box()["y"] == top["y"]
    page.go_back()
    wait_until(lambda: asked(page) == before)
    expect(title).to_have_text(KOREAN)


def test_on_a_phone_nothing_is_wider_than_the_window(opened):
    page = opened("/vanishing?lang=ko", 390, 844)
    at_rest(page)
    assert page.evaluate("document.documentElement.scrollWidth") <= 390
