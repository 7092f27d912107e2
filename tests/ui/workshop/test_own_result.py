"""What somebody's own networks came to, where they say no answer."""

import pytest

from tests.ui.workshop.made_up import best, of_cells, of_scale
from ui.workshop.own_result import came_out


@pytest.mark.parametrize(
    ("mission", "right", "said"),
    [
        (best(), "ReLU", "this came out: **{answer}**"),
        (best(), "", "no network is clearly first"),
        (of_cells(), "", "gives no answer alone"),
        (of_scale(), "", "gives no answer alone"),
    ],
)
def test_a_tie_is_told_from_a_part_that_says_nothing_alone(mission, right, said):
    assert said in came_out(mission, right)
