"""Tasks on the page of missions, in AppTest: goals that are checked with several seeds, and weights set by hand."""

import pytest

from tests.page import address, charts, choose, drawn_by, messages, opened, press, run

pytestmark = pytest.mark.usefixtures("no_worker_processes")
PAGE = "pages/mission.py"


def test_goal():
    page = opened(PAGE, mission="ring_with_few_units")
    print(messages(page), [m.value for m in page.main.markdown])
    press(page, "check")
    print([m.value for m in page.success], messages(page), [m.value for m in page.main.markdown][-8:])
    choose(page, "selectbox", "my_units", "8")
    press(page, "check")
    print(address(page), [m.value for m in page.success], messages(page), [m.value for m in page.main.markdown][-8:])
    page = opened(PAGE, mission="weights_by_hand")
    print([m.value for m in page.main.markdown], messages(page))
    choose(page, "slider", "my_w1", -3.0)
    choose(page, "slider", "my_w2", -3.0)
    print([m.value for m in page.success], [m.value for m in page.main.markdown])
