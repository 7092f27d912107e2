// Tells whether the window is hidden: behind another tab, or on a locked phone.  What comes in the place of something else
// is shown from its top, however far that was scrolled.
let shown // the place of the question; null before the first one
export default function ({ data, setStateValue }) {
  if (shown !== undefined && shown !== data.shown) document.querySelector('[data-testid="stMain"]')?.scrollTo(0, 0)
  shown = data.shown
  const tell = () => setStateValue("hidden", document.hidden)
  document.onvisibilitychange = tell // the one that there is, however often the page has run
  if (document.hidden !== data.hidden) tell()
  return () => {
    if (document.onvisibilitychange === tell) document.onvisibilitychange = null
  }
}
