const OPENED = ".st-key-inside" // where the page shows the network whose picture was clicked
const views = new WeakMap() // parentElement -> its view

export default function ({ parentElement, data, setTriggerValue }) {
  if (!views.has(parentElement)) views.set(parentElement, new View(parentElement))
  const view = views.get(parentElement)
  view.ask = (place) => setTriggerValue("opened", place)
  view.show(new TextDecoder().decode(data))
  return () => {
    view.stop()
    views.delete(parentElement)
  }
}

class View {
  constructor(root) {
    this.root = root
    for (const part of ["grid", "legend", "download", "tooltip", "text", "pictures"]) this[part] = root.querySelector(`.${part}`)
    this.stopping = new AbortController()
    const { signal } = this.stopping
    document.addEventListener("activation-lab:record", ({ detail }) => this.goTo(detail), { signal })
    document.addEventListener("activation-lab:highlight", ({ detail }) => this.highlight(detail.network), { signal })
    window.addEventListener("resize", () => this.arrange(), { signal })
    window.addEventListener("scroll", () => (this.tooltip.hidden = true), { signal, capture: true })
    this.sizes = new ResizeObserver(() => this.arrange())
    this.sizes.observe(this.pictures)
    this.presenting = new MutationObserver(() => this.arrange())
    this.presenting.observe(document.documentElement, { attributeFilter: ["data-present"] })
    this.download.onclick = () =>
      download(this.drawn, this.record, this.columns, this.shade.bind(this), this.style())
  }

  stop() {
    this.place?.removeAttribute("data-drawn") // which may become the place of something else
    this.stopping.abort()
    this.sizes.disconnect()
    this.presenting.disconnect()
  }

  // The same text again, as after most reruns, changes nothing but perhaps the theme.
  show(text) {
    if (text !== this.shown) {
      this.shown = text
      this.drawn = JSON.parse(text)
      this.record = this.drawn.moments.length - 1
      this.films = this.drawn.networks.map(({ film }) => Object.assign(new Image(), { src: film }))
      this.build()
    }
    this.arrange(true)
    document.dispatchEvent(new CustomEvent("activation-lab:joined"))
  }

  build() {
    const { networks, texts, text } = this.drawn
    this.text.textContent = text
    this.download.textContent = texts.download
    this.tooltip.hidden = true
    this.figures = networks.map((network, place) => this.figure(network, place, texts))
    this.grid.replaceChildren(...this.figures)
    this.legend.replaceChildren(
      ...legendOf(this.drawn).map(({ label, ...mark }) => {
        const canvas = document.createElement("canvas")
        canvas.mark = mark
        return element("li", {}, canvas, label)
      }),
    )
  }

  figure(network, place, texts) {
    const name = element("span", { className: "name" }, dashOf(network), element("span", {}, network.label))
    const outcome = element("span", { className: "outcome" })
    const canvas = document.createElement("canvas")
    const picture = element(texts.open ? "button" : "div", { className: "picture" }, canvas)
    if (texts.open) {
      picture.type = "button"
      picture.setAttribute("aria-label", said(texts.open, { network: network.label }))
      picture.onclick = () => this.open(place)
    } else {
      picture.setAttribute("role", "img")
      picture.setAttribute("aria-label", network.label)
    }
    picture.onpointermove = (event) => event.pointerType !== "touch" && this.tell(place, event)
    picture.onpointerleave = () => (this.tooltip.hidden = true)
    const figure = element("figure", {}, element("figcaption", {}, name, outcome), picture)
    figure.dataset.network = network.label
    figure.style.setProperty("--colour", network.colour)
    return Object.assign(figure, { outcome, canvas })
  }

  open(place) {
    this.ask(place)
    const deadline = Date.now() + 5000
    const behavior = matchMedia("(prefers-reduced-motion: reduce)").matches ? "auto" : "smooth"
    const look = () => {
      const found = document.querySelector(OPENED)
      if (found) {
        found.style.scrollMarginTop = "10rem" // below the replay bar, with the heading
        found.scrollIntoView({ behavior, block: "start" })
      } else if (Date.now() < deadline) setTimeout(look, 100)
    }
    setTimeout(look, 300)
  }

  goTo({ record, last }) {
    if (!this.drawn || last !== this.drawn.moments.length - 1 || record === this.record) return
    this.record = record
    this.tooltip.hidden = true
    this.draw()
  }

  highlight(network) {
    for (const figure of this.figures ?? []) {
      figure.classList.toggle("faded", Boolean(network) && figure.dataset.network !== network)
      figure.classList.toggle("bold", figure.dataset.network === network)
    }
  }

  style() {
    const style = getComputedStyle(this.pictures)
    return { page: style.getPropertyValue("--st-background-color") || "white", text: style.color, font: style.fontFamily }
  }

  // The pictures' places and, if these or the theme have changed, everything that is drawn.
  arrange(anew = false) {
    const width = this.pictures.clientWidth
    if (!this.drawn || !width) return
    const scale = Number(getComputedStyle(this.pictures).getPropertyValue("--zoom")) || 1 // where the page is presented
    const count = this.drawn.networks.length
    const { columns, side } = layout(count, width, window.innerHeight, 14, 48 * scale)
    if (!anew && columns === this.columns && side === this.side && scale === this.scale) return
    Object.assign(this, { columns, side, scale })
    this.pictures.style.setProperty("--columns", columns)
    this.pictures.style.setProperty("--side", `${side}px`)
    this.pictures.style.setProperty("--scale", scale)
    const inTwoLines = this.drawn.networks.some(({ outcomes }) => outcomes.some((outcome) => outcome.includes(" · ")))
    this.pictures.classList.toggle("narrow", inTwoLines && side < 300 * scale)
    this.place = this.root.host?.closest(".stElementContainer")
    this.place?.toggleAttribute("data-drawn", true) // page.css shows what is below
    const pixels = Math.round((side - 4) * devicePixelRatio)
    const page = this.style().page
    this.points = Object.assign(document.createElement("canvas"), { width: pixels, height: pixels })
    drawPoints(this.points.getContext("2d"), this.drawn, pixels, (1.2 + side / 140) * scale * devicePixelRatio, page)
    for (const { canvas } of this.figures) Object.assign(canvas, { width: pixels, height: pixels })
    for (const canvas of this.legend.querySelectorAll("canvas")) {
      const size = Math.round(14 * scale * devicePixelRatio)
      Object.assign(canvas, { width: size, height: size })
      const mark = { colour: this.style().text, ...canvas.mark }
      drawMark(canvas.getContext("2d"), mark, size / 2, size / 2, size / 3, page)
    }
    this.draw()
  }

  draw() {
    const narrow = this.pictures.classList.contains("narrow")
    this.figures.forEach((figure, place) => {
      const outcome = this.drawn.networks[place].outcomes[this.record]
      figure.outcome.textContent = narrow ? outcome.replace(" · ", "\n") : outcome
      this.paint(place)
    })
  }

  paint(place) {
    const film = this.films[place]
    if (!film.naturalWidth) {
      film.onload = () => this.films[place] === film && this.paint(place)
      return
    }
    const { canvas } = this.figures[place]
    const context = canvas.getContext("2d")
    context.clearRect(0, 0, canvas.width, canvas.height)
    context.imageSmoothingQuality = "high"
    this.shade(context, place, canvas.width)
    context.drawImage(this.points, 0, 0)
  }

  // What is behind the points at the epoch shown.
  shade(context, place, size) {
    const film = this.films[place]
    context.drawImage(film, ...this.cut(film), 0, 0, size, size)
  }

  // Where the epoch shown is in a film, with a row above and below that repeats its own (see ui/charts/pictures.py).
  cut({ naturalWidth: side }) {
    return [0, this.record * (side + 2) + 1, side, side]
  }

  tell(place, event) {
    const { networks, moments, texts } = this.drawn
    const box = this.figures[place].canvas.getBoundingClientRect()
    const share = [(event.clientX - box.left) / box.width, (event.clientY - box.top) / box.height]
    const told = this.predicted(place, ...share.map((each) => Math.min(Math.max(each, 0), 0.999)))
    if (!told) return
    const moment = said(texts.moment, { moment: moments[this.record] })
    this.tooltip.textContent = [networks[place].label, told, moment].join("\n")
    this.tooltip.hidden = false
    const { offsetWidth: width, offsetHeight: height } = this.tooltip
    const right = event.clientX + 14 + width > window.innerWidth
    this.tooltip.style.left = `${Math.max(4, right ? event.clientX - 14 - width : event.clientX + 14)}px`
    this.tooltip.style.top = `${Math.max(4, Math.min(event.clientY + 14, window.innerHeight - height - 4))}px`
  }

  // What the network predicts there, from the colour and the opacity of its picture's pixel.
  predicted(place, across, down) {
    const { classes, levels, strongest, texts } = this.drawn
    const film = this.films[place]
    if (!film.naturalWidth) return null
    const pixel = Object.assign(document.createElement("canvas"), { width: 1, height: 1 }).getContext("2d")
    const [left, top, width, height] = this.cut(film)
    pixel.drawImage(film, left + Math.floor(across * width), top + Math.floor(down * height), 1, 1, 0, 0, 1, 1)
    const [red, green, blue, alpha] = pixel.getImageData(0, 0, 1, 1).data
    const level = Math.round((alpha / (255 * strongest)) * (levels - 1))
    if (level === 0) return texts.undecided
    const away = classes.map(({ colour }) => {
      const [r, g, b] = [1, 3, 5].map((at) => parseInt(colour.slice(at, at + 2), 16))
      return (r - red) ** 2 + (g - green) ** 2 + (b - blue) ** 2
    })
    const { label } = classes[away.indexOf(Math.min(...away))]
    const probability = (1 + (level / (levels - 1)) * (classes.length - 1)) / classes.length
    return said(texts.predicted, { label, probability: probability.toFixed(2) })
  }
}
