"""The Compare page as a person sees it: pixels, not tags."""

import os
import re
import subprocess
import sys
from contextlib import suppress

import numpy as np
import psutil
import pytest
from playwright.sync_api import Locator, Page, expect
from playwright.sync_api import TimeoutError as NotInTime

from tests.browser import running
from tests.browser.running import at_rest, pixels, script_at_rest, wait_until

BLUE, RED = (68, 119, 170), (238, 102, 119)  # the first two classes


def pictures(page: Page, count: int = 8) -> Locator:
    """The networks' pictures, once they are there and the app has come to rest."""
    at_rest(page)
    found = page.locator("svg.marks").first.locator("image")
    expect(found).to_have_count(count)
    return found


def share_near(image: np.ndarray, hue: tuple[int, int, int], page_colour: int) -> float:
    """Share of pixels that are this class's shade on this page: between half strength and full."""
    shades = [np.array(hue) * k + page_colour * (1 - k) for k in (0.3, 0.4, 0.5)]
    return np.mean([np.abs(image - shade).max(axis=2) < 25 for shade in shades], axis=0).astype(bool).mean()


def point_at(element: Locator) -> None:
    """Moves the mouse to its middle, whatever lies there."""
    element.evaluate("element => element.scrollIntoView({block: 'center'})")
    box = element.bounding_box()
    element.page.mouse.move(box["x"] + box["width"] / 2, box["y"] + box["height"] / 2)


def bar(page: Page) -> Locator:
    """The replay bar's slider."""
    return page.get_by_label("Epoch shown")


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
    wait_until(lambda: np.abs(pixels(pictures(page).nth(3)) - before).mean() > 5)
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
    expect(page.get_by_text("sgd · learning rate 0.3")).to_be_visible()
    page.go_back()
    expect(page.get_by_text("adam · learning rate 0.01")).to_be_visible()
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


def test_the_bar_moves_every_chart_in_the_browser_alone(opened):
    page = opened("/?activations=relu&activations=tanh&inside=relu&learning_rate=0.1")
    messages = []
    page.on("websocket", lambda socket: socket.on("framereceived", lambda frame: messages.append(frame)))
    page.reload()
    images = pictures(page, 2)
    expect(page.locator("svg.marks")).to_have_count(9)
    expect(page.get_by_text("Epoch 60 of 60", exact=True)).to_be_visible()
    assert messages
    charts = page.locator("svg.marks").all()
    after, marks = pixels(images.first), [chart.inner_html() for chart in charts]
    messages.clear()
    bar(page).focus()
    bar(page).press("Home")
    expect(page.get_by_text("Epoch 0 of 60", exact=True)).to_be_visible()
    wait_until(lambda: all(chart.inner_html() != old for chart, old in zip(charts, marks)))
    before = pixels(images.first)
    assert np.abs(before - after).mean() > 10
    for _ in range(5):
        bar(page).press("ArrowRight")
    expect(page.get_by_text("Epoch 5 of 60", exact=True)).to_be_visible()
    assert bar(page).get_attribute("aria-valuetext") == "Epoch 5 of 60"
    wait_until(lambda: np.abs(pixels(images.first) - before).mean() > 5)
    assert not messages, "the server has no part in it"


def test_play_goes_through_the_training_once(opened):
    page = opened("/?activations=relu&epochs=10")
    pictures(page, 1)
    page.get_by_role("button", name="Play the training").click()
    expect(page.get_by_text("Epoch 3 of 10", exact=True)).to_be_visible()
    page.get_by_role("button", name="Pause").click()
    shown = bar(page).input_value()
    page.wait_for_timeout(1000)
    assert bar(page).input_value() == shown
    page.get_by_role("button", name="Play the training").click()
    expect(page.get_by_text("Epoch 10 of 10", exact=True)).to_be_visible()
    expect(page.get_by_role("button", name="Play the training")).to_be_visible()


def test_the_bar_stays_in_sight(opened):
    page = opened("/?activations=relu")
    pictures(page, 1)
    page.get_by_text("Final figures").scroll_into_view_if_needed()
    expect(bar(page)).to_be_in_viewport()


def test_after_another_choice_the_bar_and_the_charts_still_agree(opened):
    page = opened("/?activations=relu")
    pictures(page, 1)
    bar(page).focus()
    bar(page).press("Home")
    choose(page, "Optimizer", "sgd")
    expect(page.get_by_text("sgd · learning rate")).to_be_visible()
    at_rest(page)
    followers = page.locator(".vega-bindings input[name=record]")
    assert followers.count() == 5
    wait_until(lambda: {follower.input_value() for follower in followers.all()} == {bar(page).input_value()})
    choose(page, "Optimizer", "adam")
    page.get_by_role("button", name="Train on, to 100 epochs").click()
    expect(page.get_by_text("Epoch 100 of 100", exact=True)).to_be_visible()
    at_rest(page)
    wait_until(lambda: {follower.input_value() for follower in followers.all()} == {bar(page).input_value()})


def test_a_link_shows_the_same_figures_to_somebody_else(opened):
    page = opened("/?activations=relu&activations=tanh")
    pictures(page, 2)
    choose(page, "Dataset", "circles")
    page.wait_for_url("**dataset=circles**")
    at_rest(page)
    page.get_by_role("button", name="Copy link").click()
    link = page.get_by_test_id("stCode").inner_text().strip()
    assert "dataset=circles" in link
    other = opened(link.removeprefix(link.split("/?")[0]))
    outcomes = [
        [text for text in each.locator("svg.marks").first.locator("text").all_text_contents() if "on test" in text]
        for each in (page, other)
        if pictures(each, 2)
    ]
    assert outcomes[0] == outcomes[1]
    assert len(outcomes[0]) == 2


def test_the_python_that_is_downloaded_gives_the_figures_on_the_page(opened, tmp_path):
    page = opened("/?activations=relu&activations=tanh&epochs=10")
    pictures(page, 2)
    with page.expect_download() as download:
        page.get_by_role("button", name="Python").click()
    script = tmp_path / download.value.suggested_filename
    download.value.save_as(script)
    printed = subprocess.run(
        [sys.executable, script], cwd=running.ROOT, env=os.environ | {"PYTHONPATH": str(running.ROOT)},
        capture_output=True, text=True, check=True,
    ).stdout  # fmt: skip
    shown = page.locator("svg.marks").first.locator("text").all_text_contents()
    for name in ("relu", "tanh"):
        (row,) = [line.split() for line in printed.splitlines() if line.strip().startswith(name)]
        assert f"{100 * float(row[1]):.1f} % on test" in " ".join(shown)


EPOCHS = 1000
LONG = f"/?layers=10&units=32&epochs={EPOCHS}&activations=relu&activations=tanh"  # seconds


def test_a_long_training_shows_how_far_it_is_and_can_be_stopped_and_continued(opened):
    page = opened(LONG + "&seed=1")
    progress = page.get_by_test_id("stProgress")
    expect(progress).to_contain_text(re.compile(rf"Epoch [1-9]\d* of {EPOCHS}"))
    page.get_by_role("button", name="Stop here").click()
    stopped = page.get_by_text(re.compile("Stopped after epoch"))
    expect(stopped).to_be_visible()
    epoch = int(re.search(rf"epoch (\d+) of {EPOCHS}", stopped.inner_text())[1])
    assert 0 < epoch < EPOCHS
    pictures(page, 2)
    expect(page.get_by_text(f"Epoch {epoch} of {epoch}", exact=True)).to_be_visible()
    page.get_by_role("button", name="Continue").click()
    expect(progress).to_be_visible()
    first = int(re.search(r"Epoch (\d+) of", progress.inner_text())[1])
    assert first >= epoch, "it goes on from where it was"
    expect(page.get_by_text(f"Epoch {EPOCHS} of {EPOCHS}", exact=True)).to_be_visible()
    pictures(page, 2)


def test_a_killed_worker_is_survived(opened, server):
    page = opened(LONG + "&seed=2")
    expect(page.get_by_test_id("stProgress")).to_contain_text(re.compile(r"Epoch [1-9]"))
    for worker in workers_of(server):
        with suppress(psutil.NoSuchProcess):  # where loky, which has noticed that another is gone, was faster
            worker.kill()
    expect(page.get_by_text(f"Epoch {EPOCHS} of {EPOCHS}", exact=True)).to_be_visible()
    pictures(page, 2)


def workers_of(server: str) -> list[psutil.Process]:
    port = server.rsplit(":")[-1]
    (app,) = [
        process for process in psutil.process_iter(["cmdline"])
        if f"--server.port={port}" in (process.info["cmdline"] or [])
    ]  # fmt: skip
    found = [child for child in app.children() if "popen_loky" in " ".join(child.cmdline())]
    assert found
    return found


def test_two_sessions_train_at_once_and_a_reload_in_the_middle_loses_nothing(opened):
    slow = opened(LONG + "&seed=5")
    expect(slow.get_by_test_id("stProgress")).to_be_visible()
    quick = opened("/?activations=relu&seed=6")
    slow.reload()
    pictures(quick, 1)
    expect(slow.get_by_text(f"Epoch {EPOCHS} of {EPOCHS}", exact=True)).to_be_visible()
    pictures(slow, 2)
    expect(slow.get_by_text("10 hidden layers of 32 units")).to_be_visible()


def test_another_choice_while_it_trains_shows_that_choice(opened):
    page = opened(LONG + "&seed=7")
    expect(page.get_by_test_id("stProgress")).to_be_visible()
    page.goto(page.url.split("?")[0] + "?activations=gelu")
    pictures(page, 1)
    expect(page.get_by_test_id("stProgress")).to_have_count(0)


def test_the_network_is_drawn_with_its_weights_and_their_values_on_hover(opened):
    page = opened("/?activations=relu&inside=relu&units=4")
    pictures(page, 1)
    drawing = page.locator("svg.marks").nth(5)
    expect(drawing.locator(".mark-rule line")).to_have_count(2 * 4 + 4 * 4 + 4 * 2)
    units = drawing.locator(".mark-rect path")
    expect(units).to_have_count(4 + 4 + 2)
    tooltip = page.locator("#vg-tooltip-element")
    point_at(units.first)
    expect(tooltip).to_contain_text("unit 1 of hidden layer 1")
    expect(tooltip).to_contain_text("bias")
    point_at(drawing.locator(".mark-rule line").first)
    expect(tooltip).to_contain_text("weight")


def test_on_a_phone_the_inside_of_a_network_is_not_cut_off(opened):
    page = opened("/?activations=relu&inside=relu", width=390, height=844)
    pictures(page, 1)
    for chart in page.locator("svg.marks").all():
        box = chart.bounding_box()
        assert box["x"] >= 0
        assert box["x"] + box["width"] <= 391
    assert page.evaluate("document.documentElement.scrollWidth") <= 390


def test_own_data_are_trained_on(opened):
    page = opened("/?dataset=own&activations=relu")
    expect(page.get_by_text("Choose your CSV")).to_be_visible()
    expect(page.get_by_text("Open an experiment")).to_be_visible()  # the last of the sidebar
    script_at_rest(page)
    points = np.random.default_rng(0).normal(size=(100, 2))
    rows = [f"{x:.3f},{y:.3f},{'in' if x * x + y * y < 1 else 'out'}" for x, y in points]
    file = {"name": "mine.csv", "mimeType": "text/csv", "buffer": "\n".join(["a,b,where", *rows]).encode()}
    uploader = page.get_by_test_id("stSidebar").get_by_test_id("stFileUploader").first

    def is_taken() -> bool:
        """Streamlit loses a file that comes while its uploader is being put in place: then it is sent once more."""
        uploader.locator("input[type=file]").set_input_files(file)
        with suppress(NotInTime):
            uploader.get_by_text("mine.csv").wait_for(timeout=5_000)
        return uploader.get_by_text("mine.csv").is_visible()

    wait_until(is_taken)
    image = pixels(pictures(page, 1).first)
    assert share_near(image, BLUE, 255) > 0.03
    assert share_near(image, RED, 255) > 0.1


def test_activations_can_be_typed_and_none_stands_beside_one_that_cannot_be_read(opened):
    page = opened("/?compare=optimizer&optimizers=sgd&optimizers=adam&epochs=10")
    pictures(page, 2)
    box = page.get_by_test_id("stSelectbox").filter(has_text="Activation").locator("input")
    box.fill("tanh,gelu")
    box.press("Enter")
    expect(page.get_by_text("· tanh,gelu ·")).to_be_visible()
    pictures(page, 2)
    box.fill("rleu")
    box.press("Enter")
    expect(page.get_by_text("unknown activation 'rleu'; did you mean 'relu'?")).to_be_visible()
    expect(page.locator("svg.marks")).to_have_count(0)
