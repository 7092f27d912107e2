// Moves the hidden input of every chart that has a parameter `record`, as a hand would, and tells all else on the page.
const FOLLOWERS = '.vega-bindings input[name="record"]'
const SECONDS_PER_REPLAY = 6
const VISITED = "activation-lab-played" // in the browser's storage, once the bar has played by itself
const SETTLED = 1500 // ms after which the first visitor's page is drawn
const TICKS = 6 // at most
// What takes the arrow keys for itself, and what takes Space.
const roles = (...names) => names.map((name) => `[role=${name}]`).join()
const ARROWS = `input, textarea, select, [contenteditable], ${roles("slider", "radio", "tab", "combobox", "option", "grid")}`
const SPACE = `${ARROWS}, button, a, summary, ${roles("button", "switch", "checkbox", "menuitem")}`
const SKIP = "activation-lab-skip"
const [PLAY, PAUSE] = ["M3 1v12l10-6z", "M2 1h4v12H2zM8 1h4v12H8z"] // the button's signs
const BAR = "activation-lab-replay"
const RUNNING = '[data-test-script-state="running"][data-test-connection-state="CONNECTED"]' // a page whose script runs
const PATIENCE = 2000 // ms that a replay waits for it: what is searched for below may take long
const CALM = 400 // ms from a click to the page's run, or from its end to all drawn, at the most
const bars = new WeakMap() // parentElement -> its moments and networks, and how it is stopped

export default function ({ parentElement, data, setTriggerValue }) {
  const find = (selector) => parentElement.querySelector(selector)
  const [button, back, forward, loop] = [".play", ".back", ".forward", ".loop"].map(find)
  const [slider, output, speed] = ["input", "output", "select.speed"].map(find)
  const { moments, texts, autoplay, networks = [] } = data
  const last = moments.length - 1
  const before = bars.get(parentElement)
  before?.stop()
  if (String(before?.moments) !== String(moments)) {
    slider.max = last
    slider.value = last
  }
  for (const [control, name] of [[slider, "slider"], [speed, "speed"], [back, "back"], [forward, "forward"], [loop, "loop"]]) {
    control.setAttribute("aria-label", texts[name])
    if (control !== slider) control.title = texts[name]
  }
  find(".dense").textContent = moments[last] > last ? texts.dense : ""
  find(".ticks").replaceChildren(...ticks(moments))

  const followers = () => document.querySelectorAll(FOLLOWERS)
  const move = (input) => {
    if (input.value === slider.value || Number(input.max) !== last) return
    input.value = slider.value
    input.dispatchEvent(new Event("input", { bubbles: true }))
  }
  const tell = () =>
    document.dispatchEvent(new CustomEvent("activation-lab:record", { detail: { record: Number(slider.value), last } }))
  const show = () => {
    const text = said(texts.shown, { moment: moments[slider.value], last: moments[last] })
    output.value = text
    slider.setAttribute("aria-valuetext", text)
    back.disabled = Number(slider.value) === 0
    forward.disabled = Number(slider.value) === last
    tell()
    followers().forEach(move)
  }

  // What is drawn is about to be another, which all of the processor is for.
  let [since, busy] = [null, -Infinity]
  const isAboutToChange = () => {
    const now = Date.now()
    since = document.querySelector(RUNNING) && (since ?? now)
    if (since !== null && now - since < PATIENCE) busy = now
    return now - busy < CALM
  }
  let timer = null
  const label = (sign, text) => {
    find(".sign path").setAttribute("d", sign)
    find(".label").textContent = text
    button.setAttribute("aria-label", text)
    button.title = texts.keys
  }
  const pause = () => {
    clearInterval(timer)
    timer = null
    label(PLAY, texts.play)
  }
  const step = () => {
    if (!slider.isConnected) return pause()
    if (isAboutToChange()) return
    if (Number(slider.value) === last) slider.value = 0
    else slider.stepUp()
    show()
    if (Number(slider.value) === last && loop.getAttribute("aria-pressed") === "false") pause()
  }
  const start = () => {
    clearInterval(timer)
    timer = setInterval(step, (1000 * SECONDS_PER_REPLAY) / Math.max(last, 1) / Number(speed.value))
    label(PAUSE, texts.pause)
  }
  const play = () => {
    if (Number(slider.value) === last) slider.value = 0
    show()
    start()
  }
  const toggle = () => (timer === null ? play() : pause())
  const go = (steps) => {
    pause()
    slider.value = Number(slider.value) + steps
    show()
  }
  slider.oninput = () => go(0)
  button.onclick = toggle
  back.onclick = () => go(-1)
  forward.onclick = () => go(1)
  speed.onchange = () => timer !== null && start()
  loop.onclick = () => loop.setAttribute("aria-pressed", String(loop.getAttribute("aria-pressed") === "false"))
  for (const control of [button, slider, speed, loop]) control.disabled = last === 0
  const [branching, network, branch] = [".branching", ".network", ".branch"].map(find)
  branching.hidden = networks.length === 0
  network.hidden = networks.length < 2
  if (String(before?.networks) !== String(networks)) {
    network.replaceChildren(...networks.map((name, place) => new Option(name, place)))
  }
  network.setAttribute("aria-label", texts.branching)
  branch.querySelector("span").textContent = texts.branch
  branch.title = texts.branchHelp
  branch.onclick = () => setTriggerValue("branched", [moments[slider.value], Number(network.value)])

  const stopping = new AbortController()
  const { signal } = stopping
  const keys = { " ": toggle, ArrowLeft: () => go(-1), ArrowRight: () => go(1) }
  const press = (event) => {
    if (event.defaultPrevented || event.ctrlKey || event.metaKey || event.altKey || event.shiftKey || last === 0) return
    const [focused] = event.composedPath()
    if (!(event.key in keys) || (focused !== slider && focused.closest?.(event.key === " " ? SPACE : ARROWS))) return
    event.preventDefault()
    keys[event.key]()
  }
  const notice = (event) => {
    if (!event.composedPath().includes(parentElement)) busy = Date.now()
  }
  for (const kind of ["click", "keydown"]) document.addEventListener(kind, notice, { signal, capture: true })
  document.addEventListener("keydown", press, { signal })
  document.addEventListener("activation-lab:joined", tell, { signal })

  // Charts come after the bar, and again when the page's width changes.
  const watcher = new MutationObserver(() => {
    if (Number(slider.value) !== last) followers().forEach(move)
  })
  watcher.observe(document.body, { childList: true, subtree: true })

  const stop = () => {
    pause()
    stopping.abort()
    watcher.disconnect()
  }
  bars.set(parentElement, { moments, networks, stop })
  pause()
  show()
  const { host } = button.getRootNode()
  host.id = BAR
  skipTo(button, texts.skip)
  if (autoplay && last > 0 && isFirstVisit()) setTimeout(() => !signal.aborted && timer === null && play(), SETTLED)
  return () => {
    stop()
    document.getElementById(SKIP)?.remove()
  }
}

function isFirstVisit() {
  if (matchMedia("(prefers-reduced-motion: reduce)").matches) return false
  try {
    if (localStorage.getItem(VISITED)) return false
    localStorage.setItem(VISITED, "1")
    return true
  } catch {
    return false // a browser that keeps nothing would play at every visit
  }
}

// Labels at even epochs, each at its place on the slider.
function ticks(moments) {
  const [last, end] = [moments.length - 1, moments.at(-1)]
  if (last === 0) return []
  const rough = end / TICKS
  const power = 10 ** Math.floor(Math.log10(Math.max(rough, 1)))
  const every = [1, 2, 5, 10].map((times) => times * power).find((size) => size >= rough) ?? 1
  const places = []
  for (let moment = 0; moment <= end; moment += every) {
    const after = moments.findIndex((each) => each >= moment)
    const before = Math.max(after - 1, 0)
    const share = after === before ? 0 : (moment - moments[before]) / (moments[after] - moments[before])
    places.push([moment, (before + share) / last])
  }
  const apart = places.filter(([, at], k) => k === 0 || at - places[k - 1][1] > 0.06) // records are denser at first
  return apart.map(([moment, at]) => {
    const tick = Object.assign(document.createElement("span"), { textContent: moment })
    tick.style.left = `${100 * at}%`
    return tick
  })
}

// The page's first tab stop leads to the bar, past all controls of the sidebar.
function skipTo(button, text) {
  document.getElementById(SKIP)?.remove()
  const link = Object.assign(document.createElement("a"), { id: SKIP, href: `#${BAR}`, textContent: text })
  const hidden = "position:fixed;top:-100px;left:8px;z-index:1000000;padding:8px 14px;border-radius:8px"
  link.style.cssText = `${hidden};background:#0072B2;color:white;font:16px sans-serif`
  link.onfocus = () => (link.style.top = "8px")
  link.onblur = () => (link.style.top = "-100px")
  link.onclick = (event) => {
    event.preventDefault()
    button.focus()
  }
  document.body.prepend(link)
}
