"""The table of final figures, and its download."""

import streamlit as st

from core import History, final_figures
from ui.charts.palette import run_colours

_PERCENT = {"format": "%.1f %%"}
_NAME, _SHARES = ["network"], ["test_accuracy", "train_accuracy"]
_COLUMNS = {
    "network": st.column_config.TextColumn("Network"),
    "test_accuracy": st.column_config.NumberColumn("Test acc.", help="Accuracy on the test samples.", **_PERCENT),
    "train_accuracy": st.column_config.NumberColumn("Train acc.", help="Accuracy on the training samples.", **_PERCENT),
    "test_loss": st.column_config.NumberColumn("Test loss", format="%.4g"),
    "train_loss": st.column_config.NumberColumn("Train loss", format="%.4g"),
    "epochs_to_90": st.column_config.NumberColumn(
        "Epochs to 90 % of best",
        format="%d",
        help="The first recorded epoch at which the test accuracy was 90 % of the best that any of these networks "
        "ever had. None: never.",
    ),
    "dead_units": st.column_config.NumberColumn("Dead", help="Dead units, of all hidden units, after the last epoch."),
    "saturated_units": st.column_config.NumberColumn("Saturated", help="Saturated units. Dead ones are among them."),
    "gradient_norm_first": st.column_config.NumberColumn(
        "Grad. first",
        format="%.1e",
        help="Norm of the training loss's gradient by the first layer's weights and biases, over all training samples.",
    ),
    "gradient_norm_output": st.column_config.NumberColumn(
        "Grad. output", format="%.1e", help="The same for the output layer."
    ),
    "diverged_at": st.column_config.NumberColumn(
        "Diverged",
        format="%d",
        help="The epoch in which a number became infinite; the network stands still from there on.",
    ),
}


def show_figures(history: History) -> None:
    """One row per network, sortable by its headings; below it the figures of every recorded epoch to take away."""
    figures = final_figures(history)
    if figures.diverged_at.isna().all():
        figures = figures.drop(columns="diverged_at")
    figures[_SHARES] = (100 * figures[_SHARES]).round(1)  # rounded here, so that the pictures' titles say the same
    colours = dict(zip(figures.network, run_colours(history.experiment)))
    coloured = figures.style.map(lambda name: f"background-color: {colours[name]}; color: white", _NAME)
    st.dataframe(coloured, column_config=_COLUMNS, hide_index=True)
    st.download_button(
        "Download the figures of every recorded epoch (CSV)",
        lambda: history.to_frame().to_csv(index=False),
        f"activation-lab-{history.experiment.dataset.name}.csv",
        "text/csv",
        on_click="ignore",
    )
