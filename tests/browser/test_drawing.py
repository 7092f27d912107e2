"""Points that a person draws on Compare, with the mouse, a finger and the keys."""

import re
from urllib.parse import parse_qs, urlparse

import pytest
from playwright.sync_api import Locator, Page, expect

from core import DatasetSpec
from core.data.drawing import MOST_POINTS, points_of, table_of, text_of, text_of_dataset
from tests.browser.axe import violations
from tests.browser.comparing import choose, pictures
from tests.browser.running import at_rest, script_at_rest, wait_until

EMPTY = "/?dataset=drawn&activations=relu&activations=tanh&epochs=5"
MOONS, _ = text_of_dataset(DatasetSpec("moons", samples=150))
FOUR = text_of([[-2, -2], [2, 2], [-2, 2], [2, -2]], [0, 0, 1, 1])


def canvas(page: Page) -> Locator:
    found = page.locator(".st-key-canvas .canvas")
    expect(found).to_be_visible()
    return found


def button(page: Page, name: str) -> Locator:
    return page.locator(".st-key-canvas").get_by_role("button", name=re.compile(name))


def stroke(page: Page, *places: tuple[float, float]) -> None:
    """Drags the mouse over shares of the canvas, from its left and top; over one of them, clicks it."""
    found = canvas(page)
    found.scroll_into_view_if_needed()
    box = found.bounding_box()
    first, *others = [(box["x"] + x * box["width"], box["y"] + y * box["height"]) for x, y in places]
    page.mouse.move(*first)
    page.mouse.down()
    for place in others:
        page.mouse.move(*place, steps=8)
    page.mouse.up()


def points(page: Page) -> str:
    """The drawing in the page's address."""
    return parse_qs(urlparse(page.evaluate("location.href")).query).get("points", [""])[0]


def wait_for_points(page: Page, numbers: list[int]) -> str:
    """The drawing, once the address has so many points of each class."""
    wait_until(lambda: [len(each) // 3 for each in points(page).split(".")] == numbers)
    script_at_rest(page)
    return points(page)


def test_what_is_drawn_is_trained_and_its_link_has_the_same_points(opened):
    page = opened(EMPTY)
    expect(page.get_by_text("at least 4 points and 2 classes are needed")).to_be_visible()
    stroke(page, (0.2, 0.2), (0.8, 0.2))
    button(page, "class 1").click()
    stroke(page, (0.2, 0.8), (0.8, 0.8))
    pictures(page, 2)
    X, y = points_of(points(page))
    assert min((y == 0).sum(), (y == 1).sum()) > 10, "a drag draws many"
    assert X[y == 0][:, 1].min() > 1 > -1 > X[y == 1][:, 1].max(), "the upper stroke is above the lower one"
    expect(button(page, "class 0")).to_have_text(f"class 0: {(y == 0).sum()}")
    page.evaluate("navigator.clipboard.writeText = async text => { window.copied = text }")
    page.get_by_role("button", name="Copy link").click()
    page.wait_for_function("window.copied")
    drawn, link = points(page), page.evaluate("window.copied")
    other = opened(f"/?{urlparse(link).query}")
    pictures(other, 2)
    assert points(other) == drawn
    expect(button(other, "class 0")).to_have_text(f"class 0: {(y == 0).sum()}")
    expect(button(other, "Undo")).to_be_disabled()
    assert outcomes(other) == outcomes(page), "the same points give the same networks"


def outcomes(page: Page) -> list[str]:
    return page.locator(".outcome").all_inner_texts()


def test_a_click_draws_one_point_where_it_is_and_all_can_be_undone(opened):
    page = opened(f"{EMPTY}&points={FOUR}")
    pictures(page, 2)
    stroke(page, (0.5, 0.5))
    text = wait_for_points(page, [3, 2])
    assert abs(points_of(text)[0][2]).max() <= 0.02
    button(page, "Erase").click()
    stroke(page, (0.1, 0.9), (0.1, 0.1))  # the left two
    wait_for_points(page, [2, 1])
    expect(page.get_by_text("at least 4 points and 2 classes are needed")).to_be_visible()
    button(page, "Undo").click()
    assert wait_for_points(page, [3, 2]) == text
    button(page, "Jitter").click()
    wait_until(lambda: points(page) != text)
    jittered = wait_for_points(page, [3, 2])
    assert 0 < abs(points_of(jittered)[0] - points_of(text)[0]).max() < 0.6
    button(page, "Clear").click()
    wait_for_points(page, [0])
    for _change in range(2):
        button(page, "Undo").click()
    assert wait_for_points(page, [3, 2]) == text
    page.keyboard.press("Control+z")
    assert wait_for_points(page, [2, 2]) == FOUR
    expect(button(page, "Undo")).to_be_disabled()


def test_a_point_at_the_edge_is_seen_whole(opened):
    """In a corner it has as many pixels of its colour as in the middle, and a click there gives the corner."""
    page = opened(EMPTY)
    inked = """canvas => {
      const { width, height } = canvas
      const copy = Object.assign(document.createElement("canvas"), { width, height })
      const context = copy.getContext("2d", { willReadFrequently: true })
      context.drawImage(canvas, 0, 0)
      const { data } = context.getImageData(0, 0, width, height)
      const [red, green, blue] = [0x44, 0x77, 0xaa]
      let number = 0
      for (let at = 0; at < data.length; at += 4)
        number += data[at] === red && data[at + 1] === green && data[at + 2] === blue
      return number
    }"""
    found = canvas(page)
    stroke(page, (0.3, 0.3))
    alone = found.evaluate(inked)
    stroke(page, (0.002, 0.002))
    assert 1.9 * alone < found.evaluate(inked) < 2.1 * alone
    assert points_of(wait_for_points(page, [2]))[0][1].tolist() == [-2.5, 2.5]


def test_the_keys_draw_and_erase(opened):
    page = opened(f"{EMPTY}&points={FOUR}")
    pictures(page, 2)
    canvas(page).focus()
    for key in ("ArrowRight", "Shift+ArrowUp", "Enter"):
        page.keyboard.press(key)
    text = wait_for_points(page, [3, 2])
    assert points_of(text)[0][2].tolist() == [0.1, 0.5]
    expect(page.locator(".st-key-canvas").get_by_role("status")).to_contain_text(
        "x 0.1, y 0.5. 5 of at most 500 points."
    )
    page.keyboard.press("Delete")
    assert wait_for_points(page, [2, 2]) == FOUR


def test_classes_can_be_added_and_one_without_points_is_named(opened):
    page = opened(f"{EMPTY}&points={FOUR}")
    pictures(page, 2)
    for _class in range(2):
        button(page, "Add a class").click()
    expect(button(page, "class 3")).to_have_attribute("aria-pressed", "true")
    stroke(page, (0.5, 0.5))
    wait_for_points(page, [2, 2, 0, 1])
    expect(page.get_by_text("class 2 has no points")).to_be_visible()
    button(page, "class 2").click()
    stroke(page, (0.3, 0.5))
    wait_for_points(page, [2, 2, 1, 1])
    pictures(page, 2)
    expect(page.locator(".legend").get_by_text("class 3")).to_be_visible()


def test_a_full_drawing_says_so(opened):
    text, _notes = text_of_dataset(DatasetSpec("moons", samples=1000))
    page = opened(f"/?dataset=drawn&activations=relu&epochs=1&points={text}")
    pictures(page, 1)
    status = page.locator(".st-key-canvas").get_by_role("status")
    expect(status).to_have_text(f"{MOST_POINTS} points. A drawing cannot have more.")
    stroke(page, (0.2, 0.2), (0.8, 0.2))
    button(page, "Jitter").click()  # one change that the address shows
    wait_until(lambda: points(page) != text)
    assert len(points_of(points(page))[1]) == MOST_POINTS


def test_back_takes_the_last_change_back_and_undo_brings_it_again(opened):
    page = opened(f"{EMPTY}&points={FOUR}")
    pictures(page, 2)
    stroke(page, (0.5, 0.5))
    text = wait_for_points(page, [3, 2])
    page.go_back()
    expect(button(page, "class 0")).to_have_text("class 0: 2")
    assert wait_for_points(page, [2, 2]) == FOUR
    button(page, "Undo").click()
    assert wait_for_points(page, [3, 2]) == text


def test_a_reload_another_dataset_and_another_page_keep_the_points(opened):
    page = opened(f"{EMPTY}&points={MOONS}")
    pictures(page, 2)
    stroke(page, (0.5, 0.1))
    numbers = [76, 75]
    text = wait_for_points(page, numbers)
    page.reload()
    pictures(page, 2)
    assert points(page) == text
    expect(button(page, "class 0")).to_have_text("class 0: 76")
    choose(page, "Dataset", "Circles")
    expect(canvas_of(page)).to_have_count(0)
    assert points(page) == ""
    choose(page, "Dataset", "Points you draw")
    assert wait_for_points(page, numbers) == text
    page.get_by_test_id("stSidebar").get_by_role("link", name="One neuron").click()
    page.wait_for_url("**/neuron*")
    script_at_rest(page)  # until then, the menu's links are those of the page before
    page.get_by_test_id("stSidebar").get_by_role("link", name="Compare").click()
    pictures(page, 2)
    assert points(page) == text


def canvas_of(page: Page) -> Locator:
    return page.locator(".st-key-canvas .canvas")


def test_a_drawing_begins_with_a_dataset_and_undo_has_the_one_before(opened):
    page = opened(f"{EMPTY}&points={FOUR}")
    pictures(page, 2)
    choose(page, "Dataset", "Blobs")
    expect(canvas_of(page)).to_have_count(0)
    pictures(page, 2)
    page.get_by_role("button", name="Draw on these points").click()
    wait_for_points(page, [134, 133, 133])
    expect(page.get_by_text("x is moved and scaled to fit into the square.")).to_be_visible()
    button(page, "Undo").click()
    assert wait_for_points(page, [2, 2]) == FOUR


def test_a_finger_draws_without_moving_the_page(stage):
    phone = stage.browser.new_context(
        viewport={"width": 390, "height": 844}, has_touch=True, is_mobile=True, reduced_motion="reduce"
    )
    page = phone.new_page()
    page.goto(stage.url + EMPTY)
    found = canvas(page)
    found.evaluate("canvas => canvas.scrollIntoView({block: 'center'})")
    script_at_rest(page)
    touch = phone.new_cdp_session(page)

    def swipe(label: str, across: float) -> None:
        before = points(page)
        button(page, label).tap()
        expect(button(page, label)).to_have_attribute("aria-pressed", "true")
        box = found.bounding_box()
        place = {"x": box["x"] + across * box["width"], "y": box["y"] + 0.9 * box["height"]}
        touch.send("Input.dispatchTouchEvent", {"type": "touchStart", "touchPoints": [place]})
        for step in range(16):
            at = place | {"y": box["y"] + (0.9 - 0.05 * step) * box["height"]}
            touch.send("Input.dispatchTouchEvent", {"type": "touchMove", "touchPoints": [at]})
        touch.send("Input.dispatchTouchEvent", {"type": "touchEnd", "touchPoints": []})
        assert found.bounding_box() == box, "the page does not scroll"
        wait_until(lambda: points(page) != before)
        script_at_rest(page)

    swipe("class 0", 0.2)
    swipe("class 1", 0.8)
    pictures(page, 2)
    X, y = points_of(points(page))
    assert (X[y == 0][:, 0].max() < 0 < X[y == 1][:, 0].min()) and min(sum(y == 0), sum(y == 1)) > 10
    assert page.evaluate("document.documentElement.scrollWidth") <= 390
    phone.close()


@pytest.mark.parametrize("colours", ["light", "dark"])
def test_axe_finds_nothing(opened, colours):
    page = opened(f"{EMPTY}&points={MOONS}", colours=colours)
    pictures(page, 2)
    at_rest(page)
    found = violations(page)
    assert not found, "\n".join(found)


def test_the_text_of_the_browser_is_that_of_core(opened):
    """Both write each drawing alike, whatever it has."""
    page = opened(f"{EMPTY}&points={MOONS}")
    pictures(page, 2)
    button(page, "Jitter").click()
    wait_until(lambda: points(page) != MOONS)
    text = points(page)
    assert text_of(*points_of(text)) == text
    assert len(table_of(text).y) == 150
