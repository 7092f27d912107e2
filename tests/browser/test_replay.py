"""The replay bar: what it moves, by hand, by keys and by itself."""

import numpy as np
from playwright.sync_api import expect

from tests.browser.comparing import all_shown, bar, choose, pictures, unfolded
from tests.browser.running import at_rest, pixels, wait_until


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
    shown = all_shown(page)
    page.get_by_label("Speed").select_option("0.5")  # 1.2 seconds a step
    page.get_by_role("button", name="Play the training").click()
    wait_until(lambda: len(shown()) > 2)
    page.get_by_role("button", name="Pause").click()
    paused_at = shown()[-1]
    page.wait_for_timeout(1500)
    assert shown()[-1] == paused_at
    page.get_by_label("Speed").select_option("2")
    page.get_by_role("button", name="Play the training").click()
    expect(page.get_by_text("Epoch 10 of 10", exact=True)).to_be_visible()
    expect(page.get_by_role("button", name="Play the training")).to_be_visible()
    assert [text for text, before in zip(shown(), [None, *shown()]) if text != before] == [
        f"Epoch {epoch} of 10" for epoch in range(11)
    ]


def test_play_waits_while_the_page_is_made_anew_and_goes_on_with_what_is_new(opened):
    page = opened("/?activations=relu&epochs=200")
    pictures(page, 1)
    page.get_by_role("button", name="Play the training").click()
    app = page.locator("[data-testid=stApp]")
    app.evaluate("app => app.dataset.testScriptState = 'running'")
    shown = bar(page).input_value()
    page.wait_for_timeout(1000)  # five steps
    assert bar(page).input_value() == shown
    expect(page.get_by_role("button", name="Pause")).to_be_visible()
    wait_until(lambda: bar(page).input_value() != shown)  # not for ever
    shown = bar(page).input_value()
    app.evaluate("app => app.dataset.testScriptState = 'notRunning'")
    wait_until(lambda: bar(page).input_value() != shown)


def test_play_waits_for_what_a_click_may_bring(opened):
    page = opened("/?activations=relu&epochs=200")
    pictures(page, 1)
    page.get_by_role("button", name="Play the training").click()
    clicks = """it => {
      clearInterval(window.clicking)
      const click = () => it.dispatchEvent(new MouseEvent("click", { bubbles: true, composed: true }))
      window.clicking = setInterval(click, 100)
    }"""
    page.locator("h1").evaluate(clicks)
    page.wait_for_timeout(300)
    shown = bar(page).input_value()
    page.wait_for_timeout(1000)  # five steps
    assert bar(page).input_value() == shown
    page.get_by_text("Epoch", exact=False).and_(page.locator("output")).evaluate(clicks)
    wait_until(lambda: bar(page).input_value() != shown)  # a click on the bar itself keeps nothing waiting


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
    replayed = all_shown(page)
    page.keyboard.press(" ")
    expect(page.get_by_role("button", name="Pause")).to_be_visible()
    wait_until(lambda: replayed().count("Epoch 1 of 10") > 1)
    told = replayed()
    at = told.index("Epoch 10 of 10")
    assert told[at : at + 3] == [f"Epoch {epoch} of 10" for epoch in (10, 0, 1)]
    page.keyboard.press(" ")
    expect(page.get_by_role("button", name="Play the training")).to_be_visible()
    shown = bar(page).input_value()
    seed = unfolded(page, "More settings").get_by_test_id("stNumberInput").locator("input")
    seed.press("ArrowLeft")
    assert bar(page).input_value() == shown, "the key is the input's"


def test_a_network_branches_at_the_epoch_shown_and_back_goes_back(opened):
    page = opened("/?dataset=moons&activations=relu&activations=tanh&epochs=20&seed=3")
    pictures(page, 2)
    started = page.url
    for _ in range(3):
        page.get_by_role("button", name="One step back").click()
    expect(page.get_by_text("Epoch 14 of 20", exact=True)).to_be_visible()
    page.get_by_label("Network that branches").select_option("Tanh")
    page.get_by_role("button", name="Branch here").click()
    page.wait_for_url("**branch_epoch=14**")
    both = pictures(page, 2)
    assert "activation=tanh" in page.url and "branch_learning_rate=0.001" in page.url
    at_branch = page.get_by_text("Epoch 14 of 20", exact=True)
    wait_until(lambda: at_branch.is_visible() or bar(page).press("ArrowLeft"))  # a bar that had to wait is at the end
    expect(page.get_by_label("Network that branches")).to_be_hidden()
    np.testing.assert_array_equal(pixels(both.first)[20:-20, 20:-20], pixels(both.last)[20:-20, 20:-20])
    bar(page).focus()
    bar(page).press("End")
    expect(page.get_by_text("Epoch 20 of 20", exact=True)).to_be_visible()
    wait_until(lambda: (pixels(both.first) != pixels(both.last))[20:-20, 20:-20].any())
    page.go_back()
    expect(page).to_have_url(started)
    expect(page.get_by_label("Network that branches")).to_be_visible()


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
    expect(followers).to_have_count(6)
    wait_until(lambda: {follower.input_value() for follower in followers.all()} == {bar(page).input_value()})
    choose(page, "Optimizer", "Adam")
    page.get_by_role("button", name="Continue to 100 epochs").click()
    expect(page.get_by_text("Epoch 100 of 100", exact=True)).to_be_visible()
    at_rest(page)
    wait_until(lambda: {follower.input_value() for follower in followers.all()} == {bar(page).input_value()})
