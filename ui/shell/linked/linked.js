// Brings out the network that is pointed at, everywhere on the page: moves the hidden inputs that charts have for it,
// as a hand would, and tells the page's other elements.
const NEAR = 14 // pixels from a curve within which it is pointed at
const CALM = 30 // ms that the pointer stays, before anything changes
let legend = null // the one that is on the page

export default function ({ parentElement, data }) {
  if (legend?.root !== parentElement) {
    legend?.stop()
    legend = new Legend(parentElement)
  }
  const mine = legend
  mine.show(data)
  return () => {
    mine.stop()
    if (legend === mine) legend = null
  }
}

class Legend {
  constructor(root) {
    this.root = root
    this.list = root.querySelector(".networks")
    this.networks = new Set()
    this.hidden = new Set()
    this.pinned = this.pointed = null
    this.stopping = new AbortController()
    const listen = (name, then) => document.addEventListener(name, then, { signal: this.stopping.signal, capture: true })
    listen("pointermove", (event) => event.pointerType !== "touch" && this.point(this.under(event)))
    document.documentElement.addEventListener("pointerleave", () => this.point(null), { signal: this.stopping.signal })
    listen("focusin", (event) => event.composedPath()[0].matches?.(":focus-visible") && this.point(this.under(event)))
    listen("focusout", () => this.point(null))
    listen("click", (event) => this.click(event))
    listen("keydown", ({ key }) => key === "Escape" && this.pin(null))
    document.addEventListener("activation-lab:joined", () => this.tell(), { signal: this.stopping.signal })
    // Charts come after the legend, and again when the page's width changes.
    this.watcher = new MutationObserver(() => this.move())
    this.watcher.observe(document.body, { childList: true, subtree: true })
  }

  stop() {
    this.stopping.abort()
    this.watcher.disconnect()
    clearTimeout(this.waiting)
  }

  show({ networks, reading }) {
    this.root.querySelector(".reading").textContent = reading
    const shown = JSON.stringify(networks)
    if (shown !== this.shown) {
      this.shown = shown
      this.networks = new Set(networks.map(({ label }) => label))
      this.hidden = new Set([...this.hidden].filter((label) => this.networks.has(label)))
      if (!this.networks.has(this.pinned)) this.pinned = null
      this.pointed = null
      this.list.replaceChildren(...networks.map((network) => this.entry(network)))
    }
    this.update()
  }

  entry(network) {
    const { label, shown } = network
    const entry = document.createElement("li")
    entry.dataset.network = label
    const tick = Object.assign(document.createElement("input"), { type: "checkbox", checked: !this.hidden.has(label) })
    tick.setAttribute("aria-label", shown)
    tick.title = shown
    tick.onchange = () => {
      if (tick.checked) this.hidden.delete(label)
      else this.hidden.add(label)
      this.update()
    }
    entry.append(tick, element("button", { type: "button" }, dashOf(network, 30), label))
    return entry
  }

  // Moving over a gap between two curves must not make the whole page flicker.
  point(network) {
    if (network === this.next) return
    this.next = network
    clearTimeout(this.waiting)
    this.waiting = setTimeout(() => {
      this.pointed = network
      this.update()
    }, CALM)
  }

  click(event) {
    const [target] = event.composedPath()
    if (target.closest?.("a, input, .picture, .download, th")) return // they do something of their own
    const network = this.under(event)
    if (network) this.pin(network === this.pinned ? null : network)
  }

  pin(network) {
    this.pinned = network
    if (network === null) this.pointed = null
    this.update()
  }

  get highlighted() {
    return this.pointed ?? this.pinned
  }

  update() {
    for (const entry of this.list.children) {
      const { network } = entry.dataset
      entry.classList.toggle("faded", this.highlighted !== null && network !== this.highlighted)
      entry.classList.toggle("bold", network === this.highlighted)
      entry.querySelector("button").setAttribute("aria-pressed", String(network === this.pinned))
    }
    this.move()
    this.tell()
  }

  move() {
    set("highlighted", this.highlighted ?? "")
    set("hidden", this.hidden.size ? `|${[...this.hidden].join("|")}|` : "")
  }

  tell() {
    document.dispatchEvent(new CustomEvent("activation-lab:highlight", { detail: { network: this.highlighted } }))
  }

  // The network of what an event happened at: an element of ours, a mark that Vega has drawn, or the nearest curve.
  under(event) {
    for (const node of event.composedPath()) {
      const label = node.dataset?.network ?? node.__data__?.datum?.network
      if (this.networks.has(label)) return label
      if (node.matches?.("svg.marks")) return this.nearest(node, event)
    }
    return null
  }

  nearest(chart, { clientX, clientY }) {
    const found = { label: null, distance: NEAR }
    for (const curve of chart.querySelectorAll("g.mark-line path")) {
      const label = curve.__data__?.datum?.network
      if (!this.networks.has(label) || this.hidden.has(label)) continue
      const { x, y } = new DOMPoint(clientX, clientY).matrixTransform(curve.getScreenCTM().inverse())
      const numbers = (curve.getAttribute("d") ?? "").match(/-?\d+(\.\d+)?(e-?\d+)?/g)?.map(Number) ?? []
      for (let at = 0; at + 3 < numbers.length; at += 2) {
        const distance = toPiece(x, y, ...numbers.slice(at, at + 4))
        if (distance < found.distance) Object.assign(found, { label, distance })
      }
    }
    return found.label
  }
}

// How far (x, y) is from the straight piece between two points.
function toPiece(x, y, x0, y0, x1, y1) {
  const [dx, dy] = [x1 - x0, y1 - y0]
  const along = Math.min(Math.max(((x - x0) * dx + (y - y0) * dy) / (dx * dx + dy * dy || 1), 0), 1)
  return Math.hypot(x - x0 - along * dx, y - y0 - along * dy)
}

function set(name, value) {
  for (const input of document.querySelectorAll(`.vega-bindings input[name="${name}"]`)) {
    if (input.value === value) continue
    input.value = value
    input.dispatchEvent(new Event("input", { bubbles: true }))
  }
}
