"""Controls that a link locks or hides, in a window: neither finger nor keys change them until they are freed."""

from urllib.parse import parse_qs

from playwright.sync_api import Page, expect

from core import DatasetSpec
from core.data.drawing import text_of_dataset
from tests.browser.running import at_rest, wait_until

DRAWING, _ = text_of_dataset(DatasetSpec("moons", samples=60))


def asked(page: Page) -> dict[str, list[str]]:
    return parse_qs(page.evaluate("location.search.slice(1)"))


def test_on_a_phone_a_locked_slider_heeds_neither_finger_nor_keys(opened):
    page = opened("/nonlinearity?layers=2&c=1.0&lock=layers&hide=dataset", 390, 844)
    at_rest(page)
    expect(page.get_by_text("This link hides 1 control and locks 1.")).to_be_visible()
    expect(page.get_by_role("combobox", name="Dataset")).to_have_count(0)
    slider, free = (page.locator(f".st-key-{key}") for key in ("layers", "c"))
    slider.scroll_into_view_if_needed()
    box = slider.bounding_box()
    for y in (0.5, 0.7, 0.9):
        page.mouse.click(box["x"] + 0.9 * box["width"], box["y"] + y * box["height"])
        page.keyboard.press("ArrowRight")
    expect(slider.get_by_role("slider")).to_be_disabled()
    free.get_by_role("slider").focus()
    page.keyboard.press("ArrowRight")  # what comes after, and is heard of
    wait_until(lambda: asked(page).get("c") == ["1.05"])
    assert asked(page)["layers"] == ["2"]
    assert page.evaluate("document.documentElement.scrollWidth") <= 390
    page.get_by_role("button", name="Show and unlock all").click()
    wait_until(lambda: not {"lock", "hide"} & asked(page).keys())
    expect(page.get_by_role("combobox", name="Dataset")).to_be_visible()
    expect(slider.get_by_role("slider")).to_be_enabled()
    slider.get_by_role("slider").focus()
    page.keyboard.press("ArrowRight")
    wait_until(lambda: "layers" not in asked(page))  # 3 is the default
    page.go_back()
    wait_until(lambda: asked(page).get("layers") == ["2"])
    page.go_back()
    wait_until(lambda: asked(page).get("lock") == ["layers"])
    expect(slider.get_by_role("slider")).to_be_disabled()


def test_a_locked_canvas_takes_neither_strokes_nor_keys(opened):
    page = opened(f"/?dataset=drawn&points={DRAWING}&activations=relu&activations=tanh&epochs=5&lock=points")
    at_rest(page)
    canvas = page.locator(".st-key-canvas .canvas")
    canvas.scroll_into_view_if_needed()
    box = canvas.bounding_box()
    for x in (0.2, 0.5, 0.8):
        page.mouse.click(box["x"] + x * box["width"], box["y"] + 0.9 * box["height"])
        page.keyboard.press("Enter")
    assert canvas.evaluate("each => { each.focus(); return each.getRootNode().activeElement !== each }")
    page.get_by_role("button", name="Reset").click()
    wait_until(lambda: "epochs" not in asked(page))
    assert asked(page)["points"] == [DRAWING]
