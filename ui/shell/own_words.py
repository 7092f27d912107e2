"""What Streamlit writes itself, in the language of the page: it has no setting for that.

words.js finds these texts and labels where they come, and puts what is said here in their place.
"""

from ui.shell.language import N_, _

# By each text of Streamlit's, with its fields: ours.  The same, but where one word would have to say two things.
WORDS = {
    text: text
    for text in (
        # the uploader
        N_("Upload"), N_("{size} per file"), N_("{size} per file • {kinds}"), N_("Drag and drop a file here"),
        N_("File must be {size} or smaller."), N_("{kind} files are not allowed."), N_("file upload"),
        # boxes to type and choose in
        N_("Press Enter to apply"), N_("Press Enter to submit form"), N_("Press Ctrl+Enter to apply"),
        N_("Press ⌘+Enter to apply"), N_("No results"), N_("Add: {text}"), N_("Select all"),
        N_("Select {number} matches"), N_("Selected values"), N_("Remove {value}"), N_("Clear all"), N_("Clear value"),
        N_("Increment"), N_("Decrement"), N_("Show password"), N_("Hide password"),
        # the page
        N_("Help"), N_("Help for {label}"), N_("Link to heading"), N_("Sidebar"), N_("Collapse sidebar"),
        N_("Expand sidebar"), N_("Scrollable table"),
        N_("Dismiss"), N_("Connecting"), N_("Connection error"), N_("Skip to main content"),
    )
} | {"Open": N_("Open the list")}  # fmt: skip


def own_words() -> dict[str, str]:
    """By each text of Streamlit's that is said otherwise in the language that is spoken: what is said; the fields of
    both stand in braces."""
    return {theirs: said for theirs, ours in WORDS.items() if (said := _(ours)) != theirs}
