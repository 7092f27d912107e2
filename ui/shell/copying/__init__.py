"""A button that copies a text: the browser's clipboard is out of reach for the server."""

import streamlit as st

from ui.shell.language import N_, _

_COPIED = N_("Copied")
_NOT_COPIED = N_("Not copied: select the address of this page and copy it.")
_HTML = '<button type="button"></button><span role="status"></span>'
_CSS = """
:host { display: block; }
div { display: flex; align-items: center; gap: 0.5rem; font-family: var(--st-font); color: var(--st-text-color); }
button {
  min-height: 2rem;
  padding: 0.1rem 0.6rem;
  border: 1px solid var(--st-border-color);
  border-radius: var(--st-button-radius);
  background: var(--st-background-color);
  color: inherit;
  font: inherit;
  font-size: 0.875rem;
  cursor: pointer;
}
button:hover, button:focus-visible { border-color: var(--st-primary-color); color: var(--st-primary-color); }
"""
_JS = """
// The clipboard's own interface is there on https and localhost only.
const copy = async (text) => {
  if (navigator.clipboard) return navigator.clipboard.writeText(text)
  const field = document.createElement("textarea")
  field.value = text
  document.body.append(field)
  field.select()
  const done = document.execCommand("copy")
  field.remove()
  if (!done) throw new Error("not copied")
}

export default function ({ parentElement, data }) {
  const [button, status] = ["button", "span"].map((tag) => parentElement.querySelector(tag))
  button.textContent = data.label
  let timer = null
  button.onclick = async () => {
    clearTimeout(timer)
    status.textContent = await copy(data.text).then(() => data.copied, () => data.failed)
    timer = setTimeout(() => (status.textContent = ""), 4000)
  }
  return () => clearTimeout(timer)
}
"""
_button = st.components.v2.component("activation_lab_copy", html=f"<div>{_HTML}</div>", css=_CSS, js=_JS)


def copy_button(label: str, text: str, key: str) -> None:
    """A button with that label that copies the text, and says so to screen readers too."""
    _button(key=key, data={"label": label, "text": text, "copied": _(_COPIED), "failed": _(_NOT_COPIED)})
