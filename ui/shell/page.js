// Streamlit leaves its sidebar open when a page was chosen in it, on a phone over the page; and its button that opens it
// says nothing.
let shown = null
let [app, tell] = [null, null]
export default function ({ data, setTriggerValue }) {
  loadAhead(data.ahead)
  tell = () => setTriggerValue("reconnected", true)
  watch()
  hearTaps()
  const another = shown !== null && shown !== data.page
  if (shown !== data.page) settle()
  shown = data.page
  document.documentElement.lang = data.language
  speak(data.words)
  document.documentElement.toggleAttribute("data-present", data.presented)
  document.documentElement.style.setProperty("--opens", JSON.stringify(data.opens))
  if (another && window.innerWidth < 768)
    document.querySelector('[data-testid="stSidebarCollapseButton"] button')?.click()
}

// Streamlit's own scripts lie beside each other; one that was loaded already is not loaded again.
function loadAhead(names) {
  const own = document.querySelector('script[type="module"][src*="static/js/"]')
  if (own) for (const name of names) import(new URL(name, own.src).href).catch(() => {}) // a chart will say so
}

// Says whether the page is loaded.  While it is not, loading.css hides what is below something that has no height yet.
function sayLoaded(isLoaded) {
  document.documentElement.toggleAttribute("data-loaded", isLoaded)
  const media = isLoaded ? "not all" : ""
  for (const sheet of document.querySelectorAll("style.loading")) if (sheet.media !== media) sheet.media = media
}

// A page is loaded when nothing has run or been drawn for a while.
function settle() {
  sayLoaded(false)
  const seen = (selector) => document.querySelector(selector) !== null
  const isToCome = (chart) => chart.checkVisibility() && !chart.querySelector('svg.marks:not([width="0"])')
  const isDrawing = () =>
    seen('[data-testid="stSkeleton"]') || [...document.querySelectorAll('[data-testid="stVegaLiteChart"]')].some(isToCome)
  let [calm, waited] = [0, 0] // tenths of a second
  const look = setInterval(() => {
    const isRunning = seen('[data-test-script-state="running"]')
    calm = isRunning || isDrawing() ? 0 : calm + 1
    waited = isRunning ? 0 : waited + 1
    if (calm < 3 && waited < 60) return
    clearInterval(look)
    sayLoaded(true)
  }, 100)
}

// Streamlit keeps a session for two minutes, and none over a new start of the server.  A browser that comes back later has
// a page of a session that is gone, which shows only with the next change; so it asks for the page at once.
function watch() {
  const found = document.querySelector('[data-testid="stApp"]')
  if (found === app) return
  app = found
  let before = app.dataset.testConnectionState
  new MutationObserver(() => {
    const now = app.dataset.testConnectionState
    if (now === "CONNECTED" && before !== now) tell()
    before = now
  }).observe(app, { attributes: true, attributeFilter: ["data-test-connection-state"] })
}
