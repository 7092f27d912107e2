"""A comparison that is kept, to be seen beneath the next: its experiment in the session, its networks in the caches."""

from dataclasses import replace

import streamlit as st

from core import Experiment, History
from core.analysis.repeats import one_of_each
from core.analysis.summary import is_never_finite
from ui.charts.curves import loss_scale
from ui.compare import words
from ui.compare.controls import Comparison
from ui.compare.drawings import losses
from ui.compare.pairs import show_in_pairs
from ui.jobs import results
from ui.jobs.waiting import trained_beside
from ui.shell.language import N_, _
from ui.shell.pictures import show_pictures
from ui.shell.settings import factor_of

_PINNED = "pinned comparison"  # key of the session's state
_HELP = N_("Keeps these pictures and curves here, so that you can compare them with those of other settings.")
_TITLE = N_("Pinned comparison")
_THE_SAME = N_("**This comparison is pinned.** Change a setting: the pictures of both are then shown.")
_LOSSES = N_("The pinned comparison, on the same scale:")
_TRAINED_AGAIN = N_("The networks of the pinned comparison are trained again.")


def pin_or_unpin(asked: Comparison, history: History) -> None:
    """A button that pins what is shown, or gives up what was pinned."""
    if _pinned() is None:
        st.button(
            _("Pin this comparison"), key="pin", icon=":material/keep:", help=_(_HELP), on_click=_pin,
            args=[asked, history],
        )  # fmt: skip
    else:
        st.button(_("Unpin"), key="unpin", icon=":material/keep_off:", on_click=st.session_state.pop, args=[_PINNED])


def pin(experiment: Experiment) -> None:
    """Pins an experiment that was not shown here."""
    st.session_state[_PINNED] = Comparison(experiment, factor_of(experiment))


def pinned_history(history: History) -> History | None:
    """The networks that are pinned; None if there are none, or if they are those that are shown."""
    pinned = _pinned()
    if pinned is None:
        return None
    if pinned.experiment == _as_trained(history):
        st.info(_(_THE_SAME), icon=":material/keep:")
        return None
    return trained_beside(pinned.experiment, _(_TRAINED_AGAIN))


def show_pinned_pictures(history: History | None) -> None:
    """The pinned networks' decision boundaries, and what they were."""
    if history is None:
        return
    st.subheader(_(_TITLE))
    st.markdown(f"{words.comparison(_pinned())}\n\n{words.same_for_all(_pinned())}")
    if not is_never_finite(history):
        shown = one_of_each(history, 0)
        show_pictures(results.boundaries(shown), "pinned boundaries")


def show_pinned_losses(history: History | None, log: bool, scale: dict[str, object] | None) -> None:
    """The pinned networks' loss curves, on this scale."""
    if history is None:
        return
    st.markdown(_(_LOSSES))
    show_in_pairs(results.computed(losses, history, log, False, scale))


def scale_of_both(history: History, pinned: History | None, log: bool) -> dict[str, object] | None:
    """A vertical scale of the losses that has room for the curves of both; None where nothing is pinned."""
    if pinned is None:
        return None
    scales = [loss_scale(each, log) for each in (history, pinned)]
    least, greatest = zip(*(scale["domain"] for scale in scales))
    return scales[0] | {"domain": [min(least), max(greatest)]}


def _pinned() -> Comparison | None:
    return st.session_state.get(_PINNED)


def _pin(asked: Comparison, history: History) -> None:
    st.session_state[_PINNED] = replace(asked, experiment=_as_trained(history))


def _as_trained(history: History) -> Experiment:
    """The experiment with the epochs that were trained, should the training have been stopped."""
    return replace(history.experiment, epochs=int(history.epochs[-1]))
