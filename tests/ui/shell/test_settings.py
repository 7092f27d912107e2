from dataclasses import fields

import pytest

from core import DATASETS, Experiment, Run, limits
from ui.shell.factors import COMPARABLE, DEFAULT_DATASET
from ui.shell.setting import CANVAS, TEXT
from ui.shell.settings import EPOCHS, OF_THE_VIEW, SETTINGS, differing, query, unusual
from ui.sweep.settings import SETTINGS as OF_A_SWEEP


def test_none_has_a_text_of_its_own_in_the_address():
    assert query({"batch_size": None}) == {"batch_size": ["full"]}
    assert query({"learning_rate": None}) == {}, "the default"
    for key in ("batch_size", "learning_rate"):
        setting = SETTINGS[key]
        assert setting.parse()(setting.texts(None)) is None
        assert setting.text(None) == setting.none
    assert SETTINGS["batch_size"].parse()(["5000"]) == 5000, "a number, and not another word for full"


def test_every_setting_of_the_networks_is_in_core_or_read_from_an_experiment():
    for key, setting in SETTINGS.items():
        if key in OF_THE_VIEW:
            assert setting.reads is setting.owner is None
        elif setting.reads is None:
            assert setting.field in {field.name for field in fields(setting.owner)}
    assert {"log", "shown_seed", "inside"} == OF_THE_VIEW


def test_what_differs_from_a_default_is_unusual():
    usual = DATASETS[DEFAULT_DATASET].noise
    assert unusual({"dataset": DEFAULT_DATASET, "noise": usual, "epochs": 60, "layers": 3}) == {"layers": 3}
    assert unusual({"dataset": "spiral", "noise": 0.2}) == {"dataset": "spiral", "noise": 0.2}
    with pytest.raises(KeyError):
        unusual({"epoch": 60})


def test_numbers_beside_the_choices_are_read_within_the_limits():
    epochs = SETTINGS["epochs"].parse()
    assert [epochs([str(number)]) for number in (*EPOCHS, 50, limits.EPOCHS[1])] == [*EPOCHS, 50, limits.EPOCHS[1]]
    for wrong in ("-1", str(limits.EPOCHS[1] + 1), "50.5", "nan", "many", ""):
        with pytest.raises(ValueError, match=f"epochs is '{wrong}', and must be a whole number between 0 and 2000"):
            epochs([wrong])
    with pytest.raises(ValueError, match="batch size is 'ful', and must be a whole number between 1 and 5000, or full"):
        SETTINGS["batch_size"].parse()(["ful"])


def test_fields_that_differ_are_those_of_the_runs_but_the_seed():
    assert differing(Experiment(runs=(Run(seed=1), Run()))) == []
    assert differing(Experiment(runs=(Run(l1=0.1), Run("elu", bias=1.0)))) == ["activation", "l1", "bias"]
    known = {*COMPARABLE, "l1", "bias", "seed"}
    assert known == {field.name for field in fields(Run)}, "a new field of Run is to be compared, or named"


@pytest.mark.parametrize("setting", (SETTINGS | OF_A_SWEEP).values(), ids=lambda setting: setting.key)
def test_what_is_wrong_in_the_address_names_the_setting_by_its_noun(setting):
    with pytest.raises(ValueError) as error:
        setting.parse()(["?"])
    if setting.noun:
        assert str(error.value).startswith((f"{setting.noun} is '?'", f"unknown {setting.noun} '?'"))
    else:
        assert setting.read or setting.kind in (CANVAS, TEXT), "which say by themselves what was expected"
