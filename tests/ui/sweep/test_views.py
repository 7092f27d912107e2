"""What the page of sweeps shows of its views, beside what each says (test_drawings.py)."""

import numpy as np

from tests.ui.sweep.grids import noisy, results_of
from ui.sweep import views


def test_what_two_views_lack_is_said_once(monkeypatch):
    """Ranks and work both need a seed of which all is there."""
    done = np.ones((2, 2, 4), bool)
    done[0, 0] = False
    results = results_of(noisy(np.full((2, 2), 0.9), 4), done, activation=("relu", "tanh"), dataset=("moons", "xor"))
    said = []
    monkeypatch.setattr(views.jobs, "computed", lambda function, *args: function(*args))
    monkeypatch.setattr(views.st, "caption", said.append)
    views.show_others(results, [])
    (text,) = said
    assert text.count("Ranks and work need a seed of which every network is trained.") == 1
    assert text.count("Shares of variance need") == 1
