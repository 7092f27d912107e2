"""What the pages share: the only ring, with the pages themselves, that knows Streamlit.

In a running server, the first import of it starts the worker processes, which take as long to get ready as the page's
own imports.
"""

from streamlit import runtime

from ui.jobs.workers import executor

if runtime.exists():
    executor()
