// Tells whether the window is hidden: behind another tab, or on a locked phone.
export default function ({ data, setStateValue }) {
  const tell = () => setStateValue("hidden", document.hidden)
  document.onvisibilitychange = tell // the one that there is, however often the page has run
  if (document.hidden !== data.hidden) tell()
  return () => {
    if (document.onvisibilitychange === tell) document.onvisibilitychange = null
  }
}
