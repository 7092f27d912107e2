"""Groups of widgets.  Each shows its controls, keeps them in the page's address, and returns plain values.

A widget's key is the name of its setting in the address and, where there is one, in core.
"""

from collections.abc import Callable, Collection, Sequence
from functools import partial

import streamlit as st

from core import DATASETS, OPTIMIZERS
from core.data.conditions import condition_of
from core.data.kinds import BY_FORMULA
from core.formula import FormulaError
from core.formula.reading import LENGTH
from core.formula.writing import spelled
from ui.shell.address import Address
from ui.shell.factors import FACTORS, Factor, layer_activations
from ui.shell.fixed import any_shown, control
from ui.shell.formulas import own_function, show_error
from ui.shell.language import _, said
from ui.shell.numbers import exact
from ui.shell.plain import plain
from ui.shell.readers import between, one_of, read_by, some_of
from ui.shell.setting import NUMBER, RANGE, SEVERAL, SLIDE, SWITCH, TEXT, Setting
from ui.shell.settings import OF_THE_BRANCH, OF_THE_DATA, SETTINGS
from ui.shell.units import layer_units

_TAKEN_IN = "choices taken in"  # key of the session's state: by setting, numbers of links and files that none offers


def ask(address: Address, setting: Setting, default: object = None, choices: Sequence | None = None, **options):
    """The control of a setting, whose value it returns.

    `default` and `choices` are given where they depend on other settings, `options` are the widget's own.
    """
    default = setting.default if default is None else default
    choices = setting.choices if choices is None else choices
    with address.setting(setting.key, default, setting.parse(choices), setting.none):
        label, options = _(setting.label), {"key": setting.key, "help": setting.help} | options
        if setting.kind == SWITCH:
            return control(st.toggle, label, **options)
        choices = _with_numbers_beside(setting, choices)
        if setting.kind == NUMBER:
            return control(st.number_input, label, min(choices), max(choices), **options)
        if setting.kind == RANGE:
            return control(st.slider, label, min(choices), max(choices), step=setting.step, **options)
        options = {"format_func": setting.text} | options
        if setting.kind == SEVERAL:
            return control(st.multiselect, label, choices, select_all=False, **options)
        return control(st.select_slider if setting.kind == SLIDE else st.selectbox, label, choices, **options)


def condition(address: Address) -> str | None:
    """The box for the formula that says which points have class 1; None, with a word below it, if it cannot be read."""
    setting = SETTINGS["formula"]
    with address.setting(setting.key, setting.default_with(BY_FORMULA), setting.parse()):
        typed = control(st.text_input, _(setting.label), key=setting.key, max_chars=LENGTH, help=setting.help)
    try:
        return spelled(condition_of(typed))
    except FormulaError as error:
        show_error(error)
        return None


def made_data(address: Address, name: str, without: Collection[str] = ()) -> dict[str, object]:
    """The controls of a dataset of the registry, and the settings asked for; only those that apply to it are shown, and
    a formula has a box of its own, see `condition`."""
    if any_shown(OF_THE_DATA):
        st.caption(_(DATASETS[name].note))
    asked = {}
    for key in (key for key in OF_THE_DATA if key not in without):
        default = SETTINGS[key].default_with(name)
        if default is not None and SETTINGS[key].kind != TEXT:
            choices = sorted(DATASETS[name].classes) if key == "classes" else None
            asked[key] = ask(address, SETTINGS[key], default, choices)
    return asked


def inputs(address: Address, has_two: bool, can_be_split: bool) -> dict[str, object]:
    """The controls of what the networks see of data and are tested on; features are made where there are two.

    The share of test data stays in its place, and keeps its value, while data that are drawn are too few for a split.
    """
    asked = {key: ask(address, SETTINGS[key]) for key in ["made_features"] * has_two + ["standardised"]}
    share = ask(address, SETTINGS["test_share"], disabled=not can_be_split)
    return asked | ({"test_share": share} if can_be_split else {})


def units(address: Address, setting: Setting = SETTINGS["units"], **options) -> str | None:
    """The control for the units of the hidden layers: one number for all, or numbers with commas between them; None if
    what was typed cannot be read."""
    with address.setting(setting.key, setting.default, setting.parse()):
        st.session_state[setting.key] = _named(st.session_state[setting.key], layer_units)
        choices = list(dict.fromkeys([*setting.choices, st.session_state[setting.key] or setting.default]))
        typed = control(
            st.selectbox, _(setting.label), choices, key=setting.key, help=setting.help, accept_new_options=True,
            **options
        )  # fmt: skip
    try:
        return layer_units(typed or setting.default)
    except ValueError as error:
        st.warning(_("This cannot be read: {error}.", error=plain(said(error))))
        return None


def single(address: Address, factor: Factor, **options):
    """The control for the single choice of a factor, whose value it returns; None if what was typed cannot be read."""
    if factor.free:
        return _free(address, factor, st.selectbox, SETTINGS[factor.field], **options)
    return ask(address, SETTINGS[factor.field], **options)


def several(address: Address, factor: Factor) -> list:
    """The control for the choices of the factor that is compared, which it returns as a list."""
    if factor.free:
        return _free(address, factor, st.multiselect, SETTINGS[factor.several])
    return ask(address, SETTINGS[factor.several])


def branch(address: Address, epochs: int, **options) -> dict[str, object]:
    """The controls of a branch after one of so many epochs, and the settings asked for; `options` are those of the
    widget for the new activation."""
    epoch, activation, optimizer, rate = (SETTINGS[key] for key in OF_THE_BRANCH)
    if epoch.key in st.session_state:  # there may be fewer epochs now
        st.session_state[epoch.key] = min(st.session_state[epoch.key], epochs)
    with address.setting(epoch.key, min(epoch.default, epochs), between(epoch.noun, 0, epochs)):
        after = control(st.number_input, _(epoch.label), 0, epochs, key=epoch.key, help=epoch.help)
    if activation.key in st.session_state:
        _name_typed_layers(activation.key)
    unchanged = {"placeholder": _(activation.none)}
    asked = {epoch.key: after}
    asked[activation.key] = ask(address, activation, accept_new_options=True, **unchanged, **options)
    asked[optimizer.key] = ask(address, optimizer, **unchanged)
    is_new = asked[optimizer.key] not in (None, st.session_state.get("optimizer"))
    shown = partial(shown_rate, asked[optimizer.key]) if is_new else rate.text
    return asked | {rate.key: ask(address, rate, format_func=shown)}


def shown_rate(optimizer: str, rate: float | None) -> str:
    """A learning rate as it stands on screen; None is the optimizer's own default."""
    default = FACTORS["learning_rate"].none
    return f"{_(default)} ({exact(OPTIMIZERS[optimizer].learning_rate)})" if rate is None else exact(rate)


def _free(address: Address, factor: Factor, widget, setting: Setting, **options):
    """A choice, or several, among which may be new combinations.  What cannot be read is named and left out: of one
    choice, None remains."""
    parse, default = read_by(layer_activations), setting.default
    with address.setting(setting.key, default, some_of(parse) if isinstance(default, list) else parse):
        _name_typed_layers(setting.key)
        chosen = control(
            widget, _(setting.label), list(factor.choices), format_func=setting.text, key=setting.key,
            help=setting.help, accept_new_options=True, **options
        )  # fmt: skip
    own_function(address, partial(_add, setting.key), setting.key, disabled=bool(options.get("disabled")))
    if not isinstance(default, list):
        return _readable([chosen or default])
    return [text for item in chosen if (text := _readable([item]))]


def _add(key: str, name: str) -> None:
    """Chooses a function that somebody wrote: beside others or, of one choice, in its place."""
    value = st.session_state[key]
    st.session_state[key] = list(dict.fromkeys([*value, name])) if isinstance(value, list) else name


def _name_typed_layers(key: str) -> None:
    """The browser gives new combinations back as they stand on screen, with labels: their names take the place.  And it
    shows what was typed as it was, until it is told its value."""
    value = st.session_state[key]
    several = isinstance(value, list)
    st.session_state[key] = list(dict.fromkeys(map(_named, value))) if several else _named(value)


def _named(text: str | None, read: Callable[[str], str] = layer_activations) -> str | None:
    if text is None:
        return None
    try:
        return read(text)
    except ValueError:  # which is said beside the control
        return text


def _readable(items: list[str]) -> str | None:
    try:
        return layer_activations(*items)
    except ValueError as error:
        st.warning(_("This cannot be read: {error}.", error=plain(said(error))))
        return None


def _with_numbers_beside(setting: Setting, choices: Sequence) -> list:
    """The choices, and among them the numbers of links and files that were none of them.

    These stay among them as long as the session lasts: a widget whose choices change begins anew.
    """
    if setting.limits is None:
        return list(choices)
    taken_in = st.session_state.setdefault(_TAKEN_IN, {}).setdefault(setting.key, set())
    value = st.session_state[setting.key]
    taken_in |= {number for number in (value if isinstance(value, list) else [value]) if number is not None}
    numbers = sorted({choice for choice in choices if choice is not None} | taken_in)
    if None not in choices:
        return numbers
    return [None, *numbers] if choices[0] is None else [*numbers, None]


def select(address: Address, label: str, key: str, options: list, default: object, **settings):
    """A box to choose one of the options, for a setting that one page alone has; it returns the choice."""
    with address.setting(key, default, one_of(label.lower(), options)):
        return control(st.selectbox, label, options, key=key, **settings)


def slide(address: Address, label: str, key: str, options: list, default: object, none: str = "", **settings):
    """A slider to choose one of the options, for a setting that one page alone has; it returns the choice.

    `none` is what the address has for None.
    """
    with address.setting(key, default, one_of(label.lower(), options, none), none):
        return control(st.select_slider, label, options, key=key, **settings)
