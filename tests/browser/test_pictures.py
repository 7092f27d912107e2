"""Compare's pictures, and all that shows a network beside them: pixels, not tags."""

import re

import numpy as np
import pytest
from PIL import Image
from playwright.sync_api import Page, expect

from tests.browser.comparing import BLUE, RED, pictures, point_at, share_near
from tests.browser.running import at_rest, pixels, wait_until


@pytest.mark.parametrize(("colours", "page_colour"), [("light", 255), ("dark", 23)])
def test_the_boundaries_are_drawn_before_the_first_click(opened, colours, page_colour):
    page = opened(colours=colours)
    identity, *others = [pixels(picture) for picture in pictures(page).all()]
    assert share_near(others[-1], BLUE, page_colour) > 0.1
    assert share_near(others[-1], RED, page_colour) > 0.1
    differences = [np.abs(other - identity).mean() for other in others if other.shape == identity.shape]
    assert len(differences) == 3
    assert min(differences) > 1, "identity is unlike all the curved ones"


def test_pointing_at_a_picture_tells_the_class_and_its_probability_at_the_epoch_shown(opened):
    page = opened("/?activations=relu&epochs=10")
    picture = pictures(page, 1).first
    tooltip = page.locator(".tooltip")
    told = set()
    for x, y in ((20, 20), (picture.bounding_box()["width"] - 20, 200)):
        picture.hover(position={"x": x, "y": y})
        expect(tooltip).to_contain_text("ReLU")
        expect(tooltip).to_contain_text("Epoch 10")
        told.add(re.search(r"(class \d), probability about (?:0\.\d\d|1\.00)", tooltip.inner_text())[1])
    assert told == {"class 0", "class 1"}, "they lie in opposite corners"


def test_on_a_phone_two_pictures_stand_in_a_row_and_nothing_is_cut_off(opened):
    page = opened(width=390, height=844)
    boxes = [picture.bounding_box() for picture in pictures(page).all()]
    assert len({round(box["x"]) for box in boxes}) == 2
    assert min(box["width"] for box in boxes) > 160, "they fill the width"
    assert page.evaluate("document.documentElement.scrollWidth") <= 390


@pytest.mark.parametrize(("count", "width"), [(1, 1280), (2, 1280), (4, 1280), (8, 1280), (4, 640)])
def test_pictures_use_what_the_window_has(opened, count, width):
    names = ["relu", "tanh", "sigmoid", "gelu", "elu", "selu", "identity", "leaky_relu"][:count]
    page = opened(f"/?epochs=3&{'&'.join(f'activations={name}' for name in names)}", width=width)
    boxes = [picture.bounding_box() for picture in pictures(page, count).all()]
    assert all(abs(box["width"] - box["height"]) < 1 for box in boxes)
    columns = len({round(box["x"]) for box in boxes})
    right, left = max(box["x"] + box["width"] for box in boxes), boxes[0]["x"]
    room = page.locator(".pictures").bounding_box()["width"]
    assert columns == {(1, 1280): 1, (2, 1280): 2, (4, 1280): 4, (8, 1280): 4, (4, 640): 2}[count, width]
    assert right - left > (0.6 if count == 1 else 0.9) * room


def test_type_and_marks_are_larger_where_the_page_is_presented_but_not_on_a_phone(opened):
    page = opened("/?activations=relu&epochs=3")
    picture = pictures(page, 1).first
    size = "element => parseFloat(getComputedStyle(element).fontSize)"
    before, drawn = page.locator(".outcome").evaluate(size), pixels(picture)
    page.evaluate("document.documentElement.setAttribute('data-present', '')")
    wait_until(lambda: page.locator(".outcome").evaluate(size) > 1.3 * before)
    larger = pixels(picture)
    rows, columns = np.minimum(larger.shape, drawn.shape)[:2]  # a pixel more or less
    assert np.abs(larger[:rows, :columns] - drawn[:rows, :columns]).mean() > 1
    page.set_viewport_size({"width": 390, "height": 844})
    wait_until(lambda: page.locator(".outcome").evaluate(size) < 1.1 * before)
    assert page.get_by_test_id("stMain").evaluate("main => main.scrollWidth <= main.clientWidth"), "nothing is cut off"


def brought_out(page: Page) -> dict[str, set[str]]:
    """What is highlighted: by the pictures, by the legend, by the table, and in the charts."""
    elements = {"pictures": "figure.bold", "legend": ".networks .bold", "table": ".figures tr.bold"}
    labels = "all => all.map(element => element.dataset.network)"
    found = {place: set(page.locator(selector).evaluate_all(labels)) for place, selector in elements.items()}
    values = "all => all.map(input => input.value).filter(Boolean)"
    return found | {"charts": set(page.locator(".vega-bindings input[name=highlighted]").evaluate_all(values))}


def until_brought_out(page: Page, *networks: str) -> None:
    wait_until(lambda: all(each == set(networks) for each in brought_out(page).values()))


def test_pointing_at_a_network_anywhere_brings_it_out_everywhere(opened):
    page = opened("/?activations=relu&activations=tanh&activations=sigmoid&seeds=3&epochs=10", height=1400)
    picture = pictures(page, 3).nth(1)
    curves, _, _, _, strips, _, seeds = page.locator("svg.marks").all()

    def away() -> None:
        page.mouse.move(2, 2)
        until_brought_out(page)

    away()
    before = pixels(picture)
    picture.hover()
    until_brought_out(page, "Tanh")
    away()
    place = curves.locator("g.mark-line path").first.evaluate(MIDDLE_OF_CURVE)
    page.mouse.move(*place)
    until_brought_out(page, "ReLU")
    away()
    for chart, mark, network in (
        (strips, ".mark-rect path:not([aria-label])", "ReLU"),
        (seeds, ".mark-symbol path", "ReLU"),
    ):
        point_at(chart.locator(mark).first)
        until_brought_out(page, network)
        away()
    page.get_by_role("rowheader", name="Sigmoid").hover()
    until_brought_out(page, "Sigmoid")
    wait_until(lambda: np.abs(pixels(picture) - before).mean() > 10)  # the others fade
    away()
    page.get_by_role("button", name="Sigmoid", exact=True).click()
    page.mouse.move(2, 2)
    page.wait_for_timeout(200)
    until_brought_out(page, "Sigmoid")
    page.keyboard.press("Escape")
    until_brought_out(page)


MIDDLE_OF_CURVE = """path => {
  path.scrollIntoView({ block: "center" })
  const numbers = path.getAttribute("d").match(/-?[\\d.]+/g).map(Number)
  const { x, y } = new DOMPoint(...numbers.slice(2, 4)).matrixTransform(path.getScreenCTM())
  return [x, y]
}"""


def test_a_curve_can_be_hidden_by_the_keyboard(opened):
    page = opened("/?activations=relu&activations=tanh&epochs=10")
    pictures(page, 2)
    lines = page.locator("svg.marks").first.locator("g.mark-line path")
    opacities = lambda: [line.get_attribute("opacity") for line in lines.all()]  # noqa: E731
    assert "0" not in opacities()
    tick = page.get_by_label("Show the curves of Tanh")
    tick.focus()
    tick.press("Space")
    wait_until(lambda: opacities().count("0") == 1)
    tick.press("Space")
    wait_until(lambda: "0" not in opacities())


def test_a_click_on_a_picture_opens_that_network(opened):
    page = opened("/?activations=relu&activations=tanh&epochs=10")
    pictures(page, 2)
    page.get_by_role("button", name="Show the inside of Tanh").press("Enter")
    page.wait_for_url("**&inside=tanh")
    at_rest(page)
    expect(page.locator("svg.marks")).to_have_count(6 + 4)
    expect(page.locator(".st-key-inside")).to_be_in_viewport()


def test_pictures_can_be_downloaded_on_a_page_of_their_own_colour(opened, tmp_path):
    for colours, page_colour in (("light", 255), ("dark", 23)):
        page = opened("/?dataset=moons&activations=relu&activations=tanh&epochs=10", colours=colours)
        pictures(page, 2)
        with page.expect_download() as download:
            page.get_by_role("button", name="Download PNG").click()
        image = np.array(Image.open(download.value.path()))
        assert (image[..., 3] == 255).all(), "opaque"
        assert abs(image[0, 0, :3].astype(int) - page_colour).max() < 10
        assert image.shape[1] > 1500
        assert share_near(image[..., :3].astype(int), BLUE, page_colour) > 0.1


def test_the_table_is_sorted_by_its_headings_and_shows_all_columns_on_demand(opened):
    page = opened("/?activations=relu&activations=tanh&activations=identity&epochs=10")
    pictures(page, 3)
    names = lambda: page.locator(".figures tbody th").all_inner_texts()  # noqa: E731
    losses = lambda: [float(text) for text in page.locator(".figures td:nth-child(4)").all_inner_texts()]  # noqa: E731
    assert names() == ["ReLU", "Tanh", "Identity"]
    heading = page.get_by_role("columnheader", name="Test loss")
    heading.get_by_role("button").press("Enter")
    expect(heading).to_have_attribute("aria-sort", "descending")
    assert losses() == sorted(losses(), reverse=True)
    heading.get_by_role("button").press("Enter")
    expect(heading).to_have_attribute("aria-sort", "ascending")
    assert losses() == sorted(losses())
    columns = page.get_by_role("columnheader")
    before = columns.count()
    table = page.locator(".figures .scroll")
    assert table.evaluate("table => table.scrollWidth <= table.clientWidth"), "the usual ones fit"
    page.get_by_label("All columns").check()
    assert columns.count() > before
    expect(page.get_by_role("columnheader", name="Saturated or dead units")).to_be_visible()


def test_a_strip_of_units_tells_what_it_holds_and_has_a_legend(opened):
    page = opened("/?activations=relu&activations=tanh&epochs=20")
    at_rest(page)
    chart = page.locator("svg.marks").filter(has_text="Dead units").first
    expect(chart.locator(".role-legend")).to_have_text(re.compile("25 %.*100 %.*Share of the layer's units"))
    strips = chart.locator(".mark-rect.layer_2_marks path")
    tooltip = page.locator("#vg-tooltip-element.visible")
    strips.last.hover()
    expect(tooltip).to_have_text(
        re.compile(r"Network\s*Tanh\s*Layer\s*2\s*Epochs\s*0 to 20\s*Dead units\s*0\s*Units\s*16")
    )
    box = chart.locator(".role-frame.root > g > path.background").bounding_box()
    page.mouse.move(box["x"] + box["width"] / 2, box["y"] + 2)  # above the strips
    page.wait_for_timeout(500)
    expect(tooltip).to_have_count(0)
