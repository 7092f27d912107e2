"""Results of core as Altair charts.  Nothing here knows Streamlit, so the same charts work in a notebook."""
