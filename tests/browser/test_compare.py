"""Compare as a person sees it: what its controls do, what can be taken away, the inside of a network."""

import os
import re
import subprocess
import sys
from contextlib import suppress

import numpy as np
from playwright.sync_api import Page, expect
from playwright.sync_api import TimeoutError as NotInTime

from tests.browser import running
from tests.browser.comparing import BLUE, RED, bar, choose, pictures, point_at, share_near, unfolded
from tests.browser.running import at_rest, pixels, script_at_rest, wait_until, whole_runs


def copied_link(page: Page) -> str:
    page.evaluate("navigator.clipboard.writeText = async text => { window.copied = text }")
    page.get_by_role("button", name="Copy link").click()
    expect(page.get_by_role("status").get_by_text("Copied")).to_be_visible()
    return page.evaluate("window.copied")


# Whether something around a chart shows its right end when it is scrolled.
SCROLLS_TO_ITS_END = """(chart) => {
  for (let box = chart; box; box = box.parentElement) {
    box.scrollLeft = box.scrollWidth
    if (box.scrollLeft > 0) return chart.getBoundingClientRect().right <= box.getBoundingClientRect().right + 1
  }
  return false
}"""
CHARTS = "[...document.querySelectorAll('svg.marks')]"
# What each chart is made of, in no order, without the numbers that Vega gives to what clips.
PARTS = f"""{CHARTS}.map((chart) => [...chart.querySelectorAll("*")].map(
  (part) => part.cloneNode(part.childElementCount === 0).outerHTML.replace(/clip\\d+/g, "clip")).sort())"""


def test_what_was_shown_some_changes_ago_is_not_sent_again(opened):
    page = opened("/?activations=relu&activations=tanh")
    sizes = []
    page.on("websocket", lambda socket: socket.on("framereceived", lambda frame: sizes.append(len(frame))))
    page.reload()
    at_rest(page)
    sent = []
    # A browser keeps it for ten runs, and where the machine is busy, a change takes some.
    for dataset, query in (("Circles", "circles"), ("Moons", "moons"), ("Circles", "circles")):
        sizes.clear()
        choose(page, "Dataset", dataset)
        page.wait_for_url(f"**dataset={query}*")
        at_rest(page)
        sent.append(sum(sizes))
    first, *_, again = sent
    assert again < first / 2, sent


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
    expect(tooltip).to_contain_text("Epoch")
    expect(tooltip).to_contain_text("ReLU")
    expect(tooltip).to_contain_text("Tanh")


def test_the_axis_of_the_losses_changes_its_part_of_the_page_alone(opened):
    page = opened("/?activations=relu&activations=tanh")
    pictures(page, 2)
    runs = whole_runs(page)
    pictures(page, 2)
    bar(page).press("Home")
    axis = page.get_by_role("switch", name="Logarithmic")
    axis.locator("xpath=ancestor::label").click()
    page.wait_for_url("**&log=True")
    script_at_rest(page)
    assert runs() == 0, "the pictures are those of before"
    expect(page.get_by_text("Epoch 0 of 60", exact=True)).to_be_visible()
    records = page.locator(".vega-bindings input[name=record]")
    wait_until(lambda: {each.input_value() for each in records.all()} == {"0"})
    assert records.count() == 6, "the curves that were drawn anew are at this epoch, too"
    assert "&log=True" in copied_link(page)
    choose(page, "Dataset", "Circles")
    page.wait_for_url("**dataset=circles**")
    script_at_rest(page)
    wait_until(lambda: runs() > 0)
    expect(axis).to_be_checked()
    assert "log=True" in page.url
    page.go_back()
    page.go_back()
    expect(axis).not_to_be_checked()
    assert page.url.endswith("/?activations=relu&activations=tanh")


def test_a_link_shows_the_same_figures_to_somebody_else(opened):
    page = opened("/?activations=relu&activations=tanh")
    pictures(page, 2)
    choose(page, "Dataset", "Circles")
    page.wait_for_url("**dataset=circles**")
    at_rest(page)
    link = copied_link(page)
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
    page = opened("/?activations=relu&inside=relu&layers=5", width=390, height=844)
    pictures(page, 1)
    for chart in page.locator("svg.marks").all():
        box = chart.bounding_box()
        assert box["x"] >= 0
        assert box["x"] + box["width"] <= 391 or chart.evaluate(SCROLLS_TO_ITS_END)
    assert page.evaluate("document.documentElement.scrollWidth") <= 390


def test_on_a_phone_the_names_in_the_network_can_be_read_and_nothing_is_under_the_button_of_the_settings(opened):
    page = opened("/?activations=relu&inside=relu&layers=5", width=390, height=844)
    pictures(page, 1)
    name = page.locator(".st-key-scrolled svg.marks text", has_text="hidden 5").first
    assert name.evaluate("it => it.getBoundingClientRect().height") >= 12
    header = page.get_by_test_id("stHeader").bounding_box()["height"]
    assert page.get_by_text("Activation Lab", exact=True).bounding_box()["y"] >= header
    name.scroll_into_view_if_needed()
    play = page.get_by_role("button", name="Play the training")
    expect(play).to_be_in_viewport()
    assert play.bounding_box()["y"] >= header


def test_a_tap_shows_the_values_at_a_place_until_the_next_or_until_the_page_is_scrolled(opened):
    page = opened("/?activations=relu&activations=tanh&epochs=20", width=390, height=844)
    pictures(page, 2)
    chart = page.locator("svg.marks").filter(has_text="Accuracy").first
    plot = chart.locator(".role-frame.root > g > path.background")
    plot.evaluate("plot => plot.scrollIntoView({block: 'center'})")
    finger = page.context.new_cdp_session(page)
    finger.send("Emulation.setTouchEmulationEnabled", {"enabled": True})
    tooltip = page.locator("#vg-tooltip-element.visible")

    def tap(share: float) -> None:
        """At that share of the plot's height, in its middle."""
        box = plot.bounding_box()
        at = {"x": box["x"] + box["width"] / 2, "y": box["y"] + share * box["height"]}
        finger.send("Input.dispatchTouchEvent", {"type": "touchStart", "touchPoints": [at]})
        finger.send("Input.dispatchTouchEvent", {"type": "touchEnd", "touchPoints": []})

    tap(0.5)
    expect(tooltip).to_have_text(re.compile(r"Epoch\s*10\s*ReLU\s*\d+\.\d %\s*Tanh\s*\d+\.\d %"))
    tap(-0.3)
    expect(tooltip).to_have_count(0)
    tap(0.5)
    expect(tooltip).to_be_visible()
    page.get_by_test_id("stMain").evaluate("main => main.scrollBy(0, 50)")
    expect(tooltip).to_have_count(0)


def test_another_network_to_look_into_changes_its_part_of_the_page_alone(opened):
    page = opened("/?activations=relu&activations=tanh&inside=relu")
    pictures(page, 2)
    runs = whole_runs(page)
    page.get_by_label("Network that branches").select_option("Tanh")
    choice = page.locator(".st-key-inside input")
    choice.click()
    choice.fill("Tanh")
    page.locator("[role=option]", has_text="Tanh").click()
    page.wait_for_url("**&inside=tanh")
    at_rest(page)
    expect(page.locator("[aria-label^='The network Tanh after epoch 60']")).to_be_visible()
    assert runs() == 0, "all else is that of before"
    assert "&inside=tanh" in copied_link(page)
    page.go_back()
    page.wait_for_url("**&inside=relu")
    expect(page.locator("[aria-label^='The network ReLU after epoch 60']")).to_be_visible()
    expect(page.get_by_label("Network that branches").locator("option:checked")).to_have_text("Tanh")


def test_own_data_are_trained_on(opened):
    page = opened("/?dataset=own&activations=relu")
    expect(page.get_by_text("Choose a file or paste")).to_be_visible()
    expect(page.get_by_text("Open an experiment")).to_be_visible()  # the last of the sidebar
    script_at_rest(page)
    points = np.random.default_rng(0).normal(size=(100, 2))
    rows = [f"{x:.3f},{y:.3f},{'in' if x * x + y * y < 1 else 'out'}" for x, y in points]
    file = {"name": "mine.csv", "mimeType": "text/csv", "buffer": "\n".join(["a,b,where", *rows]).encode()}
    uploader = page.get_by_test_id("stMain").get_by_test_id("stFileUploader").first

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
    page.wait_for_url("**activation=tanh%2Cgelu**")
    pictures(page, 2)
    expect(unfolded(page, "The same for all networks").get_by_text("· Tanh, GELU ·")).to_be_visible()
    box.fill("rleu")
    box.press("Enter")
    expect(page.get_by_text("unknown activation 'rleu'; did you mean 'relu'?")).to_be_visible()
    expect(page.locator(".picture")).to_have_count(0)


def test_charts_that_get_new_data_in_place_look_as_if_made_anew(opened):
    networks = "activations=relu&activations=tanh&seeds=2&epochs=20"
    pictures(opened(f"/?{networks}&dataset=circles"), 2)  # trained beforehand: while one waits, there are no charts
    page = opened(f"/?{networks}&noise=0.3")
    pictures(page, 2)
    before = page.evaluate(f"{CHARTS}.map((chart) => {{ chart.old = true; return chart.outerHTML }})")
    choose(page, "Dataset", "Circles")
    page.wait_for_url("**dataset=circles**")
    at_rest(page)
    wait_until(lambda: all(np.not_equal(before, page.evaluate(f"{CHARTS}.map((chart) => chart.outerHTML)"))))
    assert page.evaluate(f"{CHARTS}.every((chart) => chart.old)")
    in_place = page.evaluate(PARTS)
    assert any("Training loss after epoch 20" in part for part in in_place[0])
    page.reload()
    pictures(page, 2)
    wait_until(lambda: page.evaluate(PARTS) == in_place)
