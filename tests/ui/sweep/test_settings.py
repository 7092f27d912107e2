"""The grid that the settings of the page Sweep ask for."""

import pytest

from core import DATASETS
from core.sweeps.factors import FACTORS
from ui.sweep.naming import HEADINGS
from ui.sweep.presets import PRESETS
from ui.sweep.settings import LISTS, MOST_VARIED, SETTINGS, grid_for, query


def test_every_factor_of_core_can_be_varied_and_has_its_list():
    assert set(LISTS) == set(FACTORS) == set(HEADINGS) == set(SETTINGS["vary"].choices)
    for name, setting in LISTS.items():
        grid = grid_for({"vary": [name]})
        assert grid.names == (name,)
        assert len(grid.factors[0][1]) == len(setting.default)


def test_what_is_not_varied_is_the_same_for_all():
    settings = {"vary": ["optimizer"], "activation": "tanh", "layers": 3, "units": 8, "dataset": "moons", "noise": 0.3}
    grid = grid_for(settings | {"optimizers": ["sgd", "adam"], "seeds": 4, "seed": 7, "epochs": 30, "l2": 0.01})
    assert grid.shape == (2, 4)
    base = grid.base
    assert (base.runs[0].activation, base.hidden, base.epochs, base.seed) == ("tanh", (8, 8, 8), 30, 7)
    assert (base.dataset.name, base.dataset.noise, base.runs[0].l2) == ("moons", 0.3, 0.01)


def test_datasets_that_differ_share_what_they_can():
    grid = grid_for({"vary": ["dataset"], "datasets": ["iris", "moons"], "samples": 100})
    iris, moons = (grid.experiment([place]).dataset for place in range(2))
    assert moons.samples == 100
    assert moons.noise == DATASETS["moons"].noise
    assert iris.samples is None
    assert grid_for({"vary": ["dataset"], "datasets": ["iris", "wine"], "samples": 100}).networks == 10


def test_layers_may_have_functions_of_their_own_where_their_number_is_one():
    grid = grid_for({"activations": ["relu", "tanh,relu"], "layers": 3})
    assert dict(grid.factors)["activation"] == ("relu", ("tanh", "relu", "relu"))
    with pytest.raises(ValueError, match="activations"):
        grid_for({"vary": ["activation", "layers"], "activations": ["tanh,relu"], "layer_counts": [1, 3]})


def test_layers_may_have_widths_of_their_own():
    assert grid_for({"units": "7,3", "layers": 3}).base.hidden == (7, 3, 3)


@pytest.mark.parametrize(
    "settings",
    [
        {"vary": []},
        {"vary": ["learning_rate", "rate_multiple"]},
        {"vary": ["noise"], "dataset": "iris"},
        {"vary": list(LISTS)[: MOST_VARIED + 1]},
        {"activations": []},
        {"vary": ["layers"], "units": "7,3"},
    ],
)
def test_what_cannot_be_trained_is_an_error(settings):
    with pytest.raises(ValueError, match=r"."):
        grid_for(settings)


def test_an_address_leaves_out_what_is_usual():
    usual = {key: setting.default for key, setting in SETTINGS.items() if key in ("vary", "seeds", "epochs")}
    assert query(usual) == {}
    assert query({"vary": ["layers"], "seeds": 3}) == {"vary": ["layers"], "seeds": ["3"]}
    assert len({str(query(preset.settings)) for preset in PRESETS}) == len(PRESETS)
