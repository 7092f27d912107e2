"""The table of final figures."""

import streamlit as st

from core import History
from core.analysis.repeats import mean_figures, without_repeats
from ui.charts.palette import run_looks

_PERCENT = {"format": "%.1f %%"}
_NAME = ["network"]
_SPREAD = ["test_accuracy_deviation", "test_accuracy_least", "test_accuracy_greatest"]
_SHARES = ["test_accuracy", "train_accuracy", *_SPREAD]
_DIVERGED = ["diverged", "diverged_at"]
_COLUMNS = {
    "network": st.column_config.TextColumn("Network"),
    "seeds": st.column_config.NumberColumn(
        "Seeds",
        help="Initial weights; the figures are their means. A seed that diverged counts with its last finite state.",
    ),
    "test_accuracy": st.column_config.NumberColumn("Test acc.", help="Accuracy on the test samples.", **_PERCENT),
    "test_accuracy_deviation": st.column_config.NumberColumn(
        "±", help="Standard deviation of the test accuracy between seeds, in percentage points.", format="%.1f"
    ),
    "test_accuracy_least": st.column_config.NumberColumn("Worst", help="Least test accuracy of a seed.", **_PERCENT),
    "test_accuracy_greatest": st.column_config.NumberColumn("Best", help="Greatest of a seed.", **_PERCENT),
    "train_accuracy": st.column_config.NumberColumn("Train acc.", help="Accuracy on the training samples.", **_PERCENT),
    "test_loss": st.column_config.NumberColumn("Test loss", format="%.4g"),
    "train_loss": st.column_config.NumberColumn("Train loss", format="%.4g"),
    "epochs_to_90": st.column_config.NumberColumn(
        "Epochs to 90 % of best",
        format="%.4g",
        help="The first recorded epoch at which the test accuracy was 90 % of the best that any of these networks "
        "ever had. None: never, for one seed or more.",
    ),
    "dead_units": st.column_config.NumberColumn(
        "Dead", format="%.3g", help="Dead units, of all hidden units, after the last epoch."
    ),
    "saturated_units": st.column_config.NumberColumn(
        "Saturated", format="%.3g", help="Saturated units. Dead ones are among them."
    ),
    "gradient_norm_first": st.column_config.NumberColumn(
        "Grad. first",
        format="%.1e",
        help="Norm of the training loss's gradient by the first layer's weights and biases, over all training samples.",
    ),
    "gradient_norm_output": st.column_config.NumberColumn(
        "Grad. output", format="%.1e", help="The same for the output layer."
    ),
    "diverged": st.column_config.NumberColumn("Diverged", help="How many of the seeds diverged."),
    "diverged_at": st.column_config.NumberColumn(
        "In epoch",
        format="%d",
        help="The epoch in which a number became infinite; the network stands still from there on.",
    ),
}


def show_figures(history: History) -> None:
    """One row for each network, sortable by its headings; over several seeds, their means."""
    figures = mean_figures(history)
    if figures.seeds.max() == 1:
        figures = figures.drop(columns=["seeds", *_SPREAD])
    if figures.diverged_at.isna().all():
        figures = figures.drop(columns=_DIVERGED)
    shares = [name for name in _SHARES if name in figures]
    figures[shares] = (100 * figures[shares]).round(1)  # rounded here, so that the pictures' titles say the same
    looks = run_looks(without_repeats(history.experiment))
    colours = dict(zip(figures.network, (look.colour for look in looks)))
    coloured = figures.style.map(lambda name: f"background-color: {colours[name]}; color: white", _NAME)
    order = [name for name in _COLUMNS if name in figures]
    st.dataframe(coloured, column_config=_COLUMNS, column_order=order, hide_index=True)
