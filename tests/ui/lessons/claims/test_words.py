"""Figures of claims in sentences."""

from dataclasses import replace

import numpy as np
import pytest

from core.claims import CLAIMS, LOSS, POINTS, RATIO, SHARE
from ui.lessons.claims.words import in_words

(TRIAL, *_) = CLAIMS["no_exp"].trials


@pytest.mark.parametrize(
    ("kind", "line", "figure", "text"),
    [
        (RATIO, 1, 1.018, "1.02"), (RATIO, 1, 0.996, "0.996"), (RATIO, 1, 1.0004, "1.0004"), (RATIO, 1, 1.04, "1.04"),
        (RATIO, 1, 1.0, "1"), (RATIO, 1, 1.06, "1.1"), (RATIO, 1, 1 + 1e-12, "1"), (RATIO, 1, np.inf, "inf"),
        (RATIO, None, 1.018, "1"),
        (SHARE, 0.1, 0.1002, "10.02 %"), (SHARE, 0.1, 0.1234, "12.3 %"), (SHARE, 0.1, 0.1, "10.0 %"),
        (POINTS, 0, 0.0003, "0.03 percentage points"), (POINTS, 0, -0.004, "−0.4 percentage points"),
        (LOSS, 0, 0.0001234, "0.00012"),
    ],
)  # fmt: skip
def test_a_figure_beside_the_line_is_not_written_as_if_it_were_on_it(kind, line, figure, text):
    assert in_words(replace(TRIAL, kind=kind, line=line, claimed=None), figure) == text
