"""The Compare page as a person sees it: pixels, not tags."""

import os
import re
import subprocess
import sys
from contextlib import suppress

import numpy as np
import psutil
import pytest
from PIL import Image
from playwright.sync_api import Locator, Page, expect
from playwright.sync_api import TimeoutError as NotInTime

from tests.browser import running
from tests.browser.running import at_rest, pixels, script_at_rest, wait_until

BLUE, RED = (68, 119, 170), (238, 102, 119)  # the first two classes


def pictures(page: Page, count: int = 4) -> Locator:
    """The networks' pictures, once they are there and the app has come to rest."""
    found = page.locator(".picture")
    expect(found).to_have_count(count)
    at_rest(page)
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


def unfolded(page: Page, title: str) -> Locator:
    """What is folded under that title, opened if it is not."""
    folded = page.locator("details").filter(has=page.locator("summary").get_by_text(title))
    folded.evaluate("details => details.open || details.querySelector('summary').click()")
    expect(folded).to_have_attribute("open", "")
    sizes = []
    wait_until(lambda: sizes.append(folded.bounding_box()) or sizes[-2:-1] == sizes[-1:])  # it unfolds gently
    return folded


def choose(page: Page, label: str, option: str) -> None:
    box = page.get_by_test_id("stSelectbox").filter(has_text=label).locator("input")
    box.click()
    box.fill(option)  # the list holds only what is in view of it
    page.get_by_role("option", name=option, exact=True).click()


@pytest.mark.parametrize(("colours", "page_colour"), [("light", 255), ("dark", 23)])
def test_the_boundaries_are_drawn_before_the_first_click(opened, colours, page_colour):
    page = opened(colours=colours)
    identity, *others = [pixels(picture) for picture in pictures(page).all()]
    assert share_near(others[-1], BLUE, page_colour) > 0.1
    assert share_near(others[-1], RED, page_colour) > 0.1
    differences = [np.abs(other - identity).mean() for other in others if other.shape == identity.shape]
    assert len(differences) == 3
    assert min(differences) > 1, "identity is unlike all the curved ones"


def test_another_dataset_draws_other_boundaries(opened):
    page = opened()
    before = pixels(pictures(page).nth(3))
    choose(page, "Dataset", "Circles")
    page.wait_for_url("**/?dataset=circles")
    wait_until(lambda: np.abs(pixels(pictures(page).nth(3)) - before).mean() > 5)
    expect(unfolded(page, "The same for all networks").get_by_text("Circles: 2 classes")).to_be_visible()


def test_curves_strips_and_table_are_there(opened):
    page = opened("/?activations=relu&activations=tanh&learning_rate=0.3")
    pictures(page, 2)
    assert page.locator("svg.marks").count() == 6
    for chart in page.locator("svg.marks").all():
        assert pixels(chart).std() > 10
    expect(page.get_by_role("rowheader", name="ReLU")).to_be_visible()
    expect(page.get_by_text("Dead units after 60 epochs")).to_be_visible()


def test_back_and_reload_keep_what_was_chosen(opened):
    page = opened("/?noise=0.4")
    pictures(page)
    unfolded(page, "More settings")
    choose(page, "Optimizer", "SGD")
    page.wait_for_url("**/?noise=0.4&optimizer=sgd")
    page.reload()
    facts = unfolded(page, "The same for all networks")
    expect(facts.get_by_text("SGD · learning rate 0.3")).to_be_visible()
    page.go_back()
    expect(facts.get_by_text("Adam · learning rate 0.01")).to_be_visible()
    expect(facts.get_by_text("noise 0.4")).to_be_visible()


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
    curves = page.locator("svg.marks").first
    curves.scroll_into_view_if_needed()
    box = curves.bounding_box()
    page.mouse.move(box["x"] + box["width"] / 2, box["y"] + box["height"] / 2)
    tooltip = page.locator("#vg-tooltip-element")
    expect(tooltip).to_contain_text("epoch")
    expect(tooltip).to_contain_text("ReLU")
    expect(tooltip).to_contain_text("Tanh")


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


def test_type_and_marks_are_larger_where_the_page_is_presented(opened):
    page = opened("/?activations=relu&epochs=3")
    picture = pictures(page, 1).first
    size = "element => parseFloat(getComputedStyle(element).fontSize)"
    before, drawn = page.locator(".outcome").evaluate(size), pixels(picture)
    page.evaluate("document.documentElement.setAttribute('data-present', '')")
    wait_until(lambda: page.locator(".outcome").evaluate(size) > 1.3 * before)
    larger = pixels(picture)
    rows, columns = np.minimum(larger.shape, drawn.shape)[:2]  # a pixel more or less
    assert np.abs(larger[:rows, :columns] - drawn[:rows, :columns]).mean() > 1


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
    for chart, mark, network in ((strips, ".mark-rect path", "ReLU"), (seeds, ".mark-symbol path", "ReLU")):
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


def test_the_bar_moves_every_chart_in_the_browser_alone(opened):
    page = opened("/?dataset=moons&activations=relu&activations=tanh&inside=relu&learning_rate=0.1")
    messages = []
    page.on("websocket", lambda socket: socket.on("framereceived", lambda frame: messages.append(frame)))
    page.reload()
    images = pictures(page, 2)
    expect(page.locator("svg.marks")).to_have_count(10)
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


def test_keys_step_and_play_anywhere_and_steps_speed_and_loop_are_there(opened):
    page = opened("/?activations=relu&epochs=10")
    pictures(page, 1)
    page.keyboard.press("ArrowLeft")
    expect(page.get_by_text("Epoch 9 of 10", exact=True)).to_be_visible()
    page.get_by_role("button", name="One step back").click()
    expect(page.get_by_text("Epoch 8 of 10", exact=True)).to_be_visible()
    page.get_by_role("button", name="One step forward").click()
    expect(page.get_by_text("Epoch 9 of 10", exact=True)).to_be_visible()
    page.get_by_label("Speed").select_option("2")
    page.get_by_role("button", name="Loop").click()
    page.get_by_role("heading", level=1).click()
    page.keyboard.press(" ")
    expect(page.get_by_role("button", name="Pause")).to_be_visible()
    for epoch in (10, 1, 10, 2):
        expect(page.get_by_text(f"Epoch {epoch} of 10", exact=True)).to_be_visible()
    page.keyboard.press(" ")
    expect(page.get_by_role("button", name="Play the training")).to_be_visible()
    shown = bar(page).input_value()
    seed = unfolded(page, "More settings").get_by_test_id("stNumberInput").locator("input")
    seed.press("ArrowLeft")
    assert bar(page).input_value() == shown, "the key is the input's"


def test_play_is_among_the_first_tab_stops(opened):
    page = opened("/?activations=relu&epochs=10")
    pictures(page, 1)
    page.keyboard.press("Tab")
    expect(page.get_by_text("Go to the replay")).to_be_in_viewport()
    page.keyboard.press("Enter")
    page.keyboard.press("Enter")
    expect(page.get_by_role("button", name="Pause")).to_be_visible()


def test_the_bar_stays_in_sight(opened):
    page = opened("/?activations=relu")
    pictures(page, 1)
    page.get_by_text("Final results").scroll_into_view_if_needed()
    expect(bar(page)).to_be_in_viewport()


def test_after_another_choice_the_bar_and_the_charts_still_agree(opened):
    page = opened("/?activations=relu")
    pictures(page, 1)
    bar(page).focus()
    bar(page).press("Home")
    unfolded(page, "More settings")
    choose(page, "Optimizer", "SGD")
    page.wait_for_url("**optimizer=sgd**")
    at_rest(page)
    followers = page.locator(".vega-bindings input[name=record]")
    assert followers.count() == 6
    wait_until(lambda: {follower.input_value() for follower in followers.all()} == {bar(page).input_value()})
    choose(page, "Optimizer", "Adam")
    page.get_by_role("button", name="Continue to 100 epochs").click()
    expect(page.get_by_text("Epoch 100 of 100", exact=True)).to_be_visible()
    at_rest(page)
    wait_until(lambda: {follower.input_value() for follower in followers.all()} == {bar(page).input_value()})


def test_a_link_shows_the_same_figures_to_somebody_else(opened):
    page = opened("/?activations=relu&activations=tanh")
    pictures(page, 2)
    choose(page, "Dataset", "Circles")
    page.wait_for_url("**dataset=circles**")
    at_rest(page)
    page.evaluate("navigator.clipboard.writeText = async text => { window.copied = text }")
    page.get_by_role("button", name="Copy link").click()
    expect(page.get_by_role("status").get_by_text("Copied")).to_be_visible()
    link = page.evaluate("window.copied")
    assert "dataset=circles" in link
    other = opened(link.removeprefix(link.split("/?")[0]))
    outcomes = [each.locator(".outcome").all_text_contents() for each in (page, other) if pictures(each, 2)]
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
    shown = page.locator(".outcome").all_text_contents()
    for name, outcome in zip(("relu", "tanh"), shown, strict=True):
        (row,) = [line.split() for line in printed.splitlines() if line.strip().startswith(name)]
        assert f"{100 * float(row[1]):.1f} %" in outcome


EPOCHS = 2000
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
    facts = unfolded(slow, "The same for all networks")
    expect(facts.get_by_text("10 hidden layers of 32 units")).to_be_visible()


def test_another_choice_while_it_trains_shows_that_choice(opened):
    page = opened(LONG + "&seed=7")
    expect(page.get_by_test_id("stProgress")).to_be_visible()
    page.goto(page.url.split("?")[0] + "?activations=gelu")
    pictures(page, 1)
    expect(page.get_by_test_id("stProgress")).to_have_count(0)


def test_the_network_is_drawn_with_its_weights_and_their_values_on_hover(opened):
    page = opened("/?activations=relu&inside=relu&units=4")
    pictures(page, 1)
    drawing = page.locator("svg.marks").nth(6)
    expect(drawing.locator(".mark-rule line")).to_have_count(2 * 4 + 4 * 4 + 4 * 2)
    units = drawing.locator(".mark-rect path")
    expect(units).to_have_count(4 + 4 + 2)
    tooltip = page.locator("#vg-tooltip-element")
    point_at(units.first)
    expect(tooltip).to_contain_text("unit 1 of hidden layer 1")
    expect(tooltip).to_contain_text("Bias")
    point_at(drawing.locator(".mark-rule line").first)
    expect(tooltip).to_contain_text(re.compile("weight", re.IGNORECASE))


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
    unfolded(page, "More settings")
    box = page.get_by_test_id("stSelectbox").filter(has_text="Activation").locator("input")
    box.fill("tanh,gelu")
    box.press("Enter")
    expect(unfolded(page, "The same for all networks").get_by_text("· Tanh, GELU ·")).to_be_visible()
    pictures(page, 2)
    box.fill("rleu")
    box.press("Enter")
    expect(page.get_by_text("unknown activation 'rleu'; did you mean 'relu'?")).to_be_visible()
    expect(page.locator(".picture")).to_have_count(0)
