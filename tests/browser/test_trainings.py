"""Long trainings on Compare: how far they are, stopped, killed, left."""

import re
from contextlib import suppress

import psutil
from playwright.sync_api import expect

from tests.browser.comparing import pictures, unfolded

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
