"""README promises what is true."""

import re

import numpy as np

from tests import ROOT

README = (ROOT / "README.md").read_text()


def test_the_notebook_example_runs():
    (code,) = re.findall(r"```python\n(.*?)```", README, re.DOTALL)
    names: dict = {}
    exec(code, names)
    history = names["history"]
    assert history.train_loss.shape[0] == 4
    np.testing.assert_allclose(history.predict([[0.5, -0.2]]).sum(axis=2), 1, rtol=1e-5)
    assert names["W"].shape == (2, 16)


def test_what_it_links_to_is_there():
    for target in re.findall(r"\]\(([^)#:]+)\)", README):
        assert (ROOT / target).exists(), target
