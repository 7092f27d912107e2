"""What is folded on Compare comes when somebody unfolds it."""

import pytest
from streamlit.testing.v1 import AppTest

from tests.page import choose, opened, run
from ui.compare.controls import DATA_SETTINGS, MORE_SETTINGS
from ui.compare.functions import FUNCTIONS


def unfold(page: AppTest, key: str, is_open: bool = True) -> AppTest:
    """As a browser does by a click on the box."""
    page.session_state[key] = is_open
    return run(page)


def keys(page: AppTest) -> set[str]:
    kinds = ("slider", "selectbox", "number_input", "multiselect", "toggle", "select_slider")
    return {widget.key for kind in kinds for widget in page.sidebar.get(kind)}


@pytest.mark.parametrize(("box", "inside"), [(MORE_SETTINGS, {"seeds", "loss", "l2"}), (DATA_SETTINGS, {"noise"})])
def test_controls_come_when_they_are_unfolded_and_stay(box, inside):
    page = opened(are_folded=True, epochs="1")
    assert not inside & keys(page)
    unfold(page, box)
    assert inside <= keys(page)
    unfold(page, box, False)
    assert inside <= keys(page)


def test_nothing_stands_in_a_box_before():
    page = opened(are_folded=True, epochs="1")
    boxes = {box.label: box for box in page.expander}
    for title in ("Data settings", "More settings", "What these functions are"):
        assert not boxes[title].children, title


def test_what_was_entered_is_kept():
    page = opened(are_folded=True, epochs="1", activations=["relu"])
    unfold(page, MORE_SETTINGS)
    choose(page, "slider", "seeds", 2)
    unfold(page, MORE_SETTINGS, False)
    choose(page, "slider", "layers", 1)
    assert page.query_params["seeds"] == "2"
    assert page.session_state["seeds"] == 2


def test_a_link_to_what_is_folded_draws_it_at_once_with_what_was_wrong():
    page = opened(are_folded=True, epochs="1", activations=["relu"], seeds="999")
    assert "seeds" in keys(page)
    assert any("999" in warning.value for warning in page.sidebar.warning)
    assert "noise" not in keys(page)


def test_settings_that_nobody_has_unfolded_follow_the_page():
    page = opened(are_folded=True, epochs="1", activations=["relu"])
    before = page.session_state["noise"]
    choose(page, "selectbox", "dataset", "moons")
    assert page.session_state["noise"] != before, "each dataset has its own"


def test_functions_are_told_when_they_are_unfolded():
    page = opened(are_folded=True, epochs="1", activations=["gelu"])
    assert not any("Phi(z)" in text.value for text in page.markdown)
    unfold(page, FUNCTIONS)
    assert any("Phi(z)" in text.value for text in page.markdown)
