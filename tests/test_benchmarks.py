"""That the benchmarks do what they say; how fast, no test can tell."""

import subprocess
import sys

import numpy as np
import pytest

from benchmarks import claims_power, sweep_luck
from benchmarks.normal_distribution import fit
from core.nn.kernels.smooth import PHI
from tests import ROOT

NOTHING_RECORDED = """
import numpy as np
import pytest
from benchmarks.training import train_without_recording
from core import DatasetSpec, Experiment, Run, train

runs = (Run("relu"), Run("tanh", "sgd"))
experiment = Experiment(DatasetSpec("moons", samples=60), runs, hidden=(4,), epochs=13)
trained, expected = train_without_recording(experiment), train(experiment)
np.testing.assert_array_equal(trained.network.parameters, expected.flat_parameters[trained.order, -1])
"""


@pytest.mark.slow
def test_recording_nothing_trains_the_same():
    """In a process of its own: the benchmark sets how many threads there are."""
    subprocess.run([sys.executable, "-c", NOTHING_RECORDED], check=True, cwd=ROOT)


def test_gelus_polynomial_is_the_one_fitted():
    coefficients, error = fit(6)
    np.testing.assert_allclose(coefficients, PHI, rtol=1e-3)
    assert error < 6e-8, "half of float32's spacing below 1"


def test_the_rule_for_claims_finds_what_is_there_and_leaves_open_what_is_not(monkeypatch):
    """Verdicts on claims with nothing in them, that are right everywhere, and that are wrong everywhere."""
    monkeypatch.setattr(claims_power, "CLAIMS", 400)
    rng = np.random.default_rng(1)
    for p, word, share in ((0.5, "not decided", 0.98), (0.9, "supported", 0.97), (0.1, "not supported", 0.97)):
        shares = claims_power.verdicts(claims_power.above((p,) * 6, 3, 20, rng), 20)
        assert sum(shares) == pytest.approx(1)
        assert shares[claims_power.WORDS.index(word)] > share


def test_a_sweep_finds_no_difference_where_there_is_none_and_the_usual_rules_do():
    rng = np.random.default_rng(0)
    worth = np.array(sweep_luck.LANDSCAPES["one peak"], float)
    table = sweep_luck.drawn(worth, 4000, 10, rng)
    shares = sweep_luck.shown_to_lead(table)
    assert shares[1] > 0.07 and shares[2] > 0.07, "chosen by all others, or by the other half alone"
    assert shares[3] < 0.05


def test_none_that_sets_the_environment_is_imported_by_the_tests():
    """Workers that are started later would have other kernels of OpenBLAS than the process of the tests."""
    assert "benchmarks.one_thread" not in sys.modules
