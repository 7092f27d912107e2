"""What the pages share: the only ring, with the pages themselves, that knows Streamlit."""
