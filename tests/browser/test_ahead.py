"""What is loaded before it is needed."""

from playwright.sync_api import expect

from tests.browser.running import script_at_rest, wait_until
from ui.shell.ahead import CHART_SCRIPTS

LOADED = "performance.getEntriesByType('resource').map(({name}) => name.split('/').at(-1))"


def test_what_draws_charts_is_loaded_before_there_is_one(opened):
    [script] = CHART_SCRIPTS
    page = opened("/mission")
    script_at_rest(page)
    wait_until(lambda: script in page.evaluate(LOADED))
    expect(page.get_by_test_id("stVegaLiteChart")).to_have_count(0)
