const PAUSE = 300 // ms without a change, after which the server hears of it
// In steps: between two points of a stroke, around the pointer where they lie, and where points are erased.
const [APART, BRUSH, RUBBER] = [15, 12, 20]
const KEYS = { ArrowLeft: [-10, 0], ArrowRight: [10, 0], ArrowUp: [0, 10], ArrowDown: [0, -10] }
const FAR = 5 // times as far, with Shift
const ERASE = "erase" // instead of a class
const MOST_UNDONE = 200
// Outlives the canvas, which leaves the page with its dataset.  `past` are the points before each change, and `stated`
// is what the browser tells a server that has lost its sessions.
const drawing = { points: [], past: [], stated: null }
const canvases = new WeakMap() // parentElement -> its canvas

export default function ({ parentElement, data, setStateValue }) {
  if (!canvases.has(parentElement)) canvases.set(parentElement, new Canvas(parentElement))
  const canvas = canvases.get(parentElement)
  canvas.tell = (text) => setStateValue("points", text)
  canvas.show(data)
  return () => {
    canvas.stop()
    canvases.delete(parentElement)
  }
}

class Canvas {
  constructor(root) {
    for (const part of ["canvas", "choices", "actions", "status"]) this[part] = root.querySelector(`.${part}`)
    this.choice = 0 // a class, or ERASE
    this.offered = 2 // classes
    this.cursor = [MIDDLE, MIDDLE] // where the keys are
    this.ring = null // where it is seen
    this.told = [] // texts that the server was told, and has not answered to
    this.sizes = new ResizeObserver(() => this.draw())
    this.sizes.observe(this.canvas)
    Object.assign(this.canvas, {
      onpointerdown: (event) => this.begin(event),
      onpointermove: (event) => this.move(event),
      onpointerup: () => this.end(),
      onpointercancel: () => this.end(),
      onpointerleave: () => this.showRing(null),
      onblur: () => this.showRing(null),
      onkeydown: (event) => this.press(event),
    })
    root.querySelector(".drawing").onkeydown = (event) => {
      if (event.key !== "z" || !(event.ctrlKey || event.metaKey)) return
      event.preventDefault()
      this.undo()
    }
  }

  stop() {
    this.sizes.disconnect()
    if (this.timer) this.send()
  }

  // --- what the server knows

  // Its drawing takes the place of what is here, unless it has had that before or was told it from here.
  show(data) {
    const { text } = data
    this.data = data
    this.canvas.parentElement.inert = data.locked
    const answered = this.told.indexOf(text)
    if (answered >= 0) this.told.splice(0, answered + 1)
    else if (text !== this.known) this.takeOver(text)
    this.known = text
    this.build()
    this.draw()
  }

  takeOver(text) {
    clearTimeout(this.timer)
    this.timer = null
    this.told = []
    if (drawing.points.length && write(drawing.points) !== text) this.remember(drawing.points)
    drawing.points = read(text)
    if (drawing.stated !== null && drawing.stated !== text) this.state(text)
  }

  send() {
    this.timer = null
    const text = write(drawing.points)
    if (text !== (this.told.at(-1) ?? this.known)) this.state(text)
  }

  state(text) {
    drawing.stated = text
    this.told.push(text)
    this.tell(text)
  }

  // --- changes

  changed() {
    clearTimeout(this.timer)
    this.timer = setTimeout(() => this.send(), PAUSE)
    this.draw()
  }

  remember(points) {
    drawing.past.push(points)
    drawing.past.splice(0, drawing.past.length - MOST_UNDONE)
  }

  // One change, which one undo takes back.
  become(points) {
    this.remember(drawing.points)
    drawing.points = points
    this.changed()
  }

  undo() {
    if (!drawing.past.length || this.stroke) return
    drawing.points = drawing.past.pop()
    this.changed()
  }

  // Draws a point at a place, or erases those around it.
  touch(place, choice = this.choice) {
    const points =
      choice === ERASE
        ? drawing.points.filter((point) => distance(point, place) > RUBBER)
        : [...drawing.points, [...place.map(within), choice]].slice(0, this.data.most)
    if (points.length === drawing.points.length) return
    drawing.points = points
    this.changed()
  }

  // --- the pointer

  place({ clientX, clientY }) {
    const { left, bottom, width, height } = this.canvas.getBoundingClientRect()
    return [(clientX - left) / width, (bottom - clientY) / height].map(stepAt)
  }

  begin(event) {
    if (event.button || !event.isPrimary) return
    event.preventDefault()
    this.canvas.focus({ preventScroll: true, focusVisible: false })
    this.canvas.setPointerCapture(event.pointerId)
    const at = this.place(event)
    this.stroke = { before: drawing.points, at }
    this.touch(at)
  }

  move(event) {
    if (!event.isPrimary) return
    this.showRing(this.choice === ERASE ? this.place(event) : null)
    if (!this.stroke) return
    for (const each of [...(event.getCoalescedEvents?.() ?? []), event]) this.drawTo(this.place(each))
  }

  drawTo(end) {
    const start = this.stroke.at
    const whole = distance(start, end)
    for (let far = APART; far <= whole; far += APART) {
      const at = start.map((step, axis) => step + (far / whole) * (end[axis] - step))
      this.stroke.at = at
      this.touch(this.choice === ERASE ? at : scattered(at, BRUSH))
    }
  }

  end() {
    const { before } = this.stroke ?? { before: drawing.points }
    if (before !== drawing.points) this.remember(before)
    this.stroke = null
    this.draw()
  }

  // --- the keys

  press(event) {
    if (event.ctrlKey || event.metaKey || event.altKey) return
    const isErased = event.key === "Delete" || event.key === "Backspace"
    if (event.key in KEYS) {
      const far = event.shiftKey ? FAR : 1
      this.cursor = this.cursor.map((step, axis) => within(step + far * KEYS[event.key][axis]))
    } else if (event.key === "Enter" || event.key === " " || isErased) {
      const before = drawing.points
      this.touch(this.cursor, isErased ? ERASE : this.choice)
      if (before !== drawing.points) this.remember(before)
    } else return
    event.preventDefault()
    this.showRing(this.cursor)
  }

  showRing(place) {
    if (place === this.ring) return
    this.ring = place
    this.draw()
  }

  // --- what is seen

  build() {
    const { texts, classes } = this.data
    const button = (content, onclick) => element("button", { type: "button", onclick }, ...content)
    const choose = (choice) => () => {
      this.choice = choice
      this.draw()
    }
    this.canvas.setAttribute("aria-label", texts.canvas)
    this.choices.setAttribute("aria-label", texts.choices)
    this.offered = Math.max(this.offered, classesOf(drawing.points))
    if (this.choices.querySelectorAll("canvas").length !== this.offered) {
      const offered = classes.slice(0, this.offered).map((_, label) => {
        const swatch = element("canvas")
        swatch.setAttribute("aria-hidden", "true")
        return button([swatch, element("span")], choose(label))
      })
      const adds = this.offered < classes.length ? [button([texts.add], () => this.offerClass())] : []
      this.choices.replaceChildren(...offered, button([texts.erase], choose(ERASE)), ...adds)
    }
    if (this.actions.childElementCount) return
    const jitter = () => this.become(jittered(drawing.points))
    const actions = { jitter, undo: () => this.undo(), clear: () => this.become([]) }
    this.actions.replaceChildren(...Object.entries(actions).map(([name, act]) => button([texts[name]], act)))
  }

  offerClass() {
    this.choice = this.offered++
    this.build()
    this.draw()
    this.choices.children[this.choice].focus()
  }

  draw() {
    if (!this.data || !this.canvas.clientWidth) return
    const { choice, offered } = this
    const { points } = drawing
    const { classes, most, texts } = this.data
    const ring = this.ring && { place: this.ring, radius: RUBBER }
    drawCanvas(this.canvas, { points, classes, ring, hint: texts.hint })
    const buttons = [...this.choices.children]
    buttons.slice(0, offered).forEach((button, label) => {
      const number = points.filter((point) => point[2] === label).length
      drawSwatch(button.firstChild, classes[label])
      button.lastChild.textContent = said(texts.of, { label: classes[label].label, number })
      button.setAttribute("aria-pressed", choice === label)
    })
    buttons[offered].setAttribute("aria-pressed", choice === ERASE)
    const [jitter, undo, clear] = this.actions.children
    jitter.disabled = clear.disabled = !points.length
    undo.disabled = !drawing.past.length
    const [x, y] = this.cursor.map((step) => ((step - MIDDLE) / TO_ONE).toFixed(1).replace("-", "−"))
    this.status.textContent = [
      ...(this.ring === this.cursor ? [said(texts.place, { x, y })] : []),
      said(points.length < most ? texts.count : texts.full, { number: points.length, most }),
    ].join(" ")
  }
}
