"""The switch between the languages, in a window: the page speaks the other one, and all else stays."""

import re
from urllib.parse import parse_qs

from playwright.sync_api import Page, expect

from tests.browser.running import at_rest, script_at_rest, wait_until

KOREAN, ENGLISH = "선택 하나가 무엇을 바꿀까요?", "What does one choice change?"
BREAKS = """() => [...document.querySelectorAll('[data-testid=stApp] p')].filter(
  (p) => /[가-힣]/.test(p.textContent) && getComputedStyle(p).wordBreak !== 'keep-all').map((p) => p.textContent)"""
LABELS = "(elements) => elements.map((element) => element.getAttribute('aria-label'))"


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
    page.get_by_role("radio", name="English").click()
    expect(title).to_have_text(ENGLISH)
    expect(page.locator("html")).to_have_attribute("lang", "en")
    script_at_rest(page)
    assert asked(page) == before | {"lang": ["en"]}
    assert title.bounding_box()["y"] == top["y"]
    page.go_back()
    wait_until(lambda: asked(page) == before)
    expect(title).to_have_text(KOREAN)


def test_what_is_chosen_stays_and_is_said_in_the_other_language(opened):
    page = opened("/?lang=ko&compare=optimizer&schedule=cosine")
    at_rest(page)
    wait_until(lambda: {"체커보드", "옵티마이저"} <= chosen(page))  # boxes show their first choice at first
    korean = chosen(page)
    assert not switched(page, "English", "Checkerboard")
    assert switched(page, "한국어", "체커보드") == korean


def chosen(page: Page, letters: str = "[가-힣]") -> set[str]:
    """What stands in boxes of choices and has such letters."""
    found = {box.input_value() for box in page.get_by_role("combobox").all()}
    return {text for text in found if re.search(letters, text)}


def switched(page: Page, language: str, dataset: str) -> set[str]:
    """Switches the language, and then changes another control: all that was set is kept.  What stands there in
    Korean."""
    before = asked(page)
    page.get_by_role("radio", name=language).click()
    wait_until(lambda: chosen(page, dataset))
    at_rest(page)
    page.get_by_role("slider", name=re.compile("Epochs|에포크")).first.press("ArrowRight")
    wait_until(lambda: asked(page).get("epochs") != before.get("epochs"))  # the browser has sent what stands in boxes
    at_rest(page)
    assert {key for key, value in asked(page).items() if before.get(key) != value} == {"lang", "epochs"}
    assert chosen(page, dataset)
    return chosen(page)


def test_what_streamlit_writes_itself_is_korean_too_and_english_again(opened):
    page = opened("/?lang=ko&dataset=own&activations=tanh&activations=relu")
    uploader = page.get_by_test_id("stMain").get_by_test_id("stFileUploader")
    expect(uploader.get_by_text("파일 올리기")).to_be_visible()
    expect(uploader.get_by_text("파일 하나에 5MB까지 • CSV")).to_be_visible()
    box = page.get_by_role("textbox", name="x에 대한 나만의 함수")
    box.fill("x*x")
    expect(page.get_by_text("Enter를 누르면 적용됩니다")).to_be_visible()
    box.fill("")
    choice = page.get_by_role("combobox", name="데이터셋")
    choice.fill("qqq")
    expect(page.get_by_role("listbox").get_by_text("맞는 항목이 없습니다")).to_be_visible()
    choice.press("Escape")
    script_at_rest(page)
    labels = page.locator("[data-testid=stApp] :is(a, button, input, section)[aria-label]:visible")
    expect(page.get_by_test_id("stSkipToContent")).to_have_text("본문으로 가기")
    english = [label for label in labels.evaluate_all(LABELS) if not re.search("[가-힣]", label)]
    assert not [label for label in english if re.search("[a-z]{4}", label)]
    page.get_by_role("radio", name="English").click()
    expect(uploader.get_by_text("Upload", exact=True)).to_be_visible()
    expect(uploader.get_by_text("5MB per file • CSV")).to_be_visible()
    expect(page.get_by_role("button", name="Help for Epochs")).to_be_attached()


def test_on_a_phone_what_streamlit_says_is_in_korean_too(opened):
    page = opened("/?lang=ko", 390, 844)
    script_at_rest(page)
    page.get_by_role("button", name="사이드바 열기").click()
    expect(page.get_by_label("선택한 값").first).to_be_attached()
    expect(page.get_by_label("Selected values")).to_have_count(0)


def test_on_a_phone_nothing_is_wider_than_the_window(opened):
    page = opened("/vanishing?lang=ko", 390, 844)
    at_rest(page)
    assert page.evaluate("document.documentElement.scrollWidth") <= 390


def test_on_a_phone_a_link_says_all_of_its_question(opened):
    page = opened("/nonlinearity?lang=ko", 390, 844)
    script_at_rest(page)
    link = page.get_by_role("link", name="깊은 시그모이드 신경망은 왜 학습하지 못할 때가 많을까요?")
    expect(link).to_be_visible()
    assert link.evaluate("it => [...it.querySelectorAll('*')].every(part => part.scrollWidth <= it.clientWidth)")
