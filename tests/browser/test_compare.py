"""The Compare page as a person sees it: pixels, not tags."""

import io

import numpy as np
import pytest
from PIL import Image
from playwright.sync_api import Locator, Page, expect

from tests.browser import running
from tests.browser.running import wait_until

BLUE, RED = (68, 119, 170), (238, 102, 119)  # the first two classes


def pictures(page: Page, count: int = 8) -> Locator:
    """The networks' pictures, once they are there and the app has come to rest."""
    at_rest(page)
    found = page.locator("svg.marks").first.locator("image")
    expect(found).to_have_count(count, timeout=30_000)
    return found


def at_rest(page: Page) -> None:
    """Until the script has run to its end and nothing on the page is stale."""
    running.at_rest(page)
    page.wait_for_timeout(300)


def pixels(element: Locator) -> np.ndarray:
    """(row, column, 3) of what is on the screen there."""
    element.scroll_into_view_if_needed()
    return np.array(Image.open(io.BytesIO(element.screenshot())).convert("RGB")).astype(int)


def share_near(image: np.ndarray, hue: tuple[int, int, int], page_colour: int) -> float:
    """Share of pixels that are this class's shade on this page: between half strength and full."""
    shades = [np.array(hue) * k + page_colour * (1 - k) for k in (0.3, 0.4, 0.5)]
    return np.mean([np.abs(image - shade).max(axis=2) < 25 for shade in shades], axis=0).astype(bool).mean()


def choose(page: Page, label: str, option: str) -> None:
    box = page.get_by_test_id("stSelectbox").filter(has_text=label).locator("input")
    box.click()
    box.fill(option)  # the list holds only what is in view of it
    page.get_by_role("option", name=option, exact=True).click()


@pytest.mark.parametrize(("colours", "page_colour"), [("light", 255), ("dark", 23)])
def test_eight_boundaries_are_drawn_before_the_first_click(opened, colours, page_colour):
    page = opened(colours=colours)
    images = [pixels(picture) for picture in pictures(page).all()]
    for image in images:
        assert share_near(image, BLUE, page_colour) > 0.1
        assert share_near(image, RED, page_colour) > 0.1
    differences = [np.abs(one - images[0]).mean() for one in images[2:] if one.shape == images[0].shape]
    assert len(differences) == 6
    assert min(differences) > 1, "identity is unlike all the curved ones"


def test_another_dataset_draws_other_boundaries(opened):
    page = opened()
    before = pixels(pictures(page).nth(3))
    choose(page, "Dataset", "circles")
    page.wait_for_url("**/?dataset=circles")
    after = pixels(pictures(page).nth(3))
    assert np.abs(after - before).mean() > 5
    expect(page.get_by_text("circles, 2 classes")).to_be_visible()


def test_curves_strips_and_table_are_there(opened):
    page = opened("/?activations=relu&activations=tanh&learning_rate=0.3")
    pictures(page, 2)
    assert page.locator("svg.marks").count() == 5
    for chart in page.locator("svg.marks").all():
        assert pixels(chart).std() > 10
    expect(page.get_by_test_id("stDataFrame")).to_be_visible()
    expect(page.get_by_text("Dead after 60 epochs")).to_be_visible()


def test_back_and_reload_keep_what_was_chosen(opened):
    page = opened("/?noise=0.4")
    pictures(page)
    choose(page, "Optimizer", "sgd")
    page.wait_for_url("**/?noise=0.4&optimizer=sgd")
    page.reload()
    expect(page.get_by_text("sgd with learning rate 0.3")).to_be_visible(timeout=30_000)
    page.go_back()
    expect(page.get_by_text("adam with learning rate 0.01")).to_be_visible(timeout=30_000)
    expect(page.get_by_text("noise 0.4")).to_be_visible()


def test_nonsense_in_the_address_is_named_beside_its_control(opened):
    page = opened("/?dataset=mons&layers=99")
    pictures(page)
    sidebar = page.get_by_test_id("stSidebar")
    expect(sidebar.get_by_text("did you mean 'moons'?")).to_be_visible()
    expect(sidebar.get_by_text("layers is '99'")).to_be_visible()
    page.wait_for_url("**/")


def test_pointing_at_a_curve_tells_every_networks_loss(opened):
    page = opened("/?activations=relu&activations=tanh")
    pictures(page, 2)
    curves = page.locator("svg.marks").nth(1)
    curves.scroll_into_view_if_needed()
    box = curves.bounding_box()
    page.mouse.move(box["x"] + box["width"] / 2, box["y"] + box["height"] / 2)
    tooltip = page.locator("#vg-tooltip-element")
    expect(tooltip).to_contain_text("epoch")
    expect(tooltip).to_contain_text("relu")
    expect(tooltip).to_contain_text("tanh")


def test_pointing_at_a_picture_tells_what_the_function_is(opened):
    page = opened("/?activations=relu")
    box = pictures(page, 1).first.bounding_box()
    page.mouse.move(box["x"] + 4, box["y"] + 4)
    expect(page.locator("#vg-tooltip-element")).to_contain_text("Passes what is positive")
    expect(page.locator("#vg-tooltip-element")).not_to_contain_text("base64")


def test_on_a_phone_pictures_stand_in_one_column_and_nothing_is_cut_off(opened):
    page = opened(width=390, height=844)
    boxes = [picture.bounding_box() for picture in pictures(page).all()]
    assert len({round(box["x"]) for box in boxes}) == 1
    assert min(box["width"] for box in boxes) > 320, "they fill the width"
    page.mouse.move(boxes[0]["x"] + 6, boxes[0]["y"] + 6)
    expect(page.locator("#vg-tooltip-element")).to_contain_text("identity")
    assert page.evaluate("document.documentElement.scrollWidth") <= 390


def test_a_reload_in_the_middle_of_training_and_a_second_tab(opened):
    """20 layers of 64 units train for seconds."""
    slow = opened("/?layers=20&units=64&activations=relu&activations=tanh&epochs=60&seed=5")
    expect(slow.get_by_text("Training for 60 epochs: relu, tanh")).to_be_visible(timeout=30_000)
    quick = opened("/?activations=relu")
    slow.reload()
    pictures(quick, 1)
    pictures(slow, 2)
    expect(slow.get_by_text("20 hidden layers of 64 units")).to_be_visible()


def test_while_it_trains_the_page_says_so_and_the_old_result_stays(opened):
    page = opened("/?activations=relu&layers=20&units=64")
    pictures(page, 1)
    choose(page, "Optimizer", "sgd")
    expect(page.get_by_text("Training for 60 epochs: relu")).to_be_visible()
    assert page.locator("svg.marks").count() == 5
    stale = page.locator("[data-stale=true]").filter(has=page.locator("svg.marks"))
    wait_until(lambda: stale.count() > 0, 5)
    expect(page.get_by_text("sgd with learning rate")).to_be_visible(timeout=60_000)
