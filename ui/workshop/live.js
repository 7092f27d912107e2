// Tells whether the window is hidden: behind another tab, or on a locked phone.
export default function ({ data, setStateValue }) {
  const tell = () => setStateValue("hidden", document.hidden)
  document.addEventListener("visibilitychange", tell)
  if (document.hidden !== data.hidden) tell()
  return () => document.removeEventListener("visibilitychange", tell)
}
