"""The address of Compare in AppTest: what is wrong in it is named, and what can be read is used."""

import pytest

from tests.page import address, figures, messages, opened, run
from ui.shell.factors import DEFAULT_ACTIVATIONS
from ui.shell.labels import label

pytestmark = pytest.mark.usefixtures("no_worker_processes")
LABELS = [label("activation", name) for name in DEFAULT_ACTIVATIONS]


@pytest.mark.parametrize(
    ("bad", "parts"),
    [
        ({"dataset": "moon"}, ["unknown dataset 'moon'; did you mean 'moons'?", "breast_cancer"]),
        ({"noise": "abc"}, ["noise is 'abc'", "between 0 and 2"]),
        ({"noise": "nan"}, ["noise is 'nan'"]),
        ({"noise": "1e9"}, ["noise is '1e9'"]),
        ({"samples": "5001"}, ["samples is '5001'", "a whole number between 20 and 5000"]),
        ({"dataset": "spiral", "classes": "9"}, ["classes is '9'", "2, 3, 4"]),
        ({"dataset": "iris", "view": "tsne"}, ["unknown view 'tsne'", "pca2, all"]),
        ({"compare": "activations"}, ["unknown factor 'activations'", "learning_rate"]),
        ({"compare": "optimizer", "optimizers": ["adm", "sgd"]}, ["unknown optimizer 'adm'; did you mean 'adam'?"]),
        ({"compare": "learning_rate", "learning_rates": ["0"]}, ["learning rate is '0'", "between 1·10⁻⁸"]),
        ({"compare": "l2", "l2_penalties": ["-1"]}, ["L2 penalty is '-1'", "between 0 and 1000"]),
        ({"compare": "optimizer", "activation": "tanh,rleu"}, ["unknown activation 'rleu'; did you mean 'relu'?"]),
        ({"seeds": "11"}, ["seeds is '11'", "between 1 and 10"]),
        ({"seeds": "3", "shown_seed": "7"}, ["seed is '7'", "0, 1, 2"]),
        ({"inside": "rleu"}, ["unknown network 'rleu'", "tanh"]),
        ({"l2": "5000"}, ["L2 penalty is '5000'", "between 0 and 1000"]),
        ({"loss": "hinge"}, ["unknown loss 'hinge'", "cross_entropy, mse"]),
        ({"activations": ["rleu", "tanh"]}, ["unknown activation 'rleu'; did you mean 'relu'?", "mish"]),
        ({"layers": "21"}, ["layers is '21'", "between 0 and 20"]),
        ({"layers": "2.5"}, ["layers is '2.5'", "a whole number"]),
        ({"units": "0"}, ["units is '0'", "between 1 and 64"]),
        ({"initializer": "he"}, ["unknown initial weights 'he'", "he_normal"]),
        ({"optimizer": "adm"}, ["unknown optimizer 'adm'; did you mean 'adam'?", "adadelta"]),
        ({"learning_rate": "-1"}, ["learning rate is '-1'", "or default"]),
        ({"epochs": "99999999999"}, ["epochs is '99999999999'", "2000"]),
        ({"batch_size": ""}, ["batch size is ''", "between 1 and 5000, or full"]),
        ({"seed": "1;drop"}, ["seed is '1;drop'", "between 0 and 2147483647"]),
        ({"log": "maybe"}, ["unknown log 'maybe'", "True, False"]),
    ],
)
def test_bad_values_in_the_address_are_named_and_the_page_works(bad, parts):
    page = opened(**bad)
    key = list(bad)[-1]
    said = messages(page)
    assert any(all(part in message for part in parts) for message in said), said
    assert any(f"left out of the address: {key}." in message for message in said)
    assert len(figures(page)) > 0
    assert key not in address(page) or isinstance(bad[key], list)
    run(page)
    assert not any("address" in message for message in messages(page)), "said once is enough"


def test_of_a_list_with_a_bad_name_the_good_ones_are_kept():
    page = opened(activations=["rleu", "tanh"])
    assert list(figures(page).network) == ["Tanh"]


def test_of_a_list_of_bad_names_only_the_default_is_shown():
    page = opened(activations=["rleu,tanh"])
    assert list(figures(page).network) == LABELS
    assert any("unknown activation 'rleu'" in message for message in messages(page))


def test_what_is_no_setting_of_the_page_is_named():
    page = opened(datset="moons", classes="3")
    assert "datset, classes" in messages(page)[0]
    assert address(page) == {}


def test_numbers_in_other_words_are_understood():
    page = opened(samples="0400", layers="1.0", learning_rate="1", activations="relu", epochs="1e1")
    assert not page.warning
    assert address(page) == {"layers": ["1"], "learning_rate": ["1.0"], "activations": ["relu"], "epochs": ["10"]}
