// Data coordinates of the plot, whose place on the screen is that of its background.
const BACKGROUND = "svg.marks .role-frame.root > g > path.background"
const KEYS = { ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowUp: [0, 1], ArrowDown: [0, -1] }
const FAR = 10 // steps at once, with Shift
const SETTLED = 700 // ms after the last key in which the place is taken, if no key is let go
const running = new WeakMap() // parentElement -> what ends its listeners

export default function ({ parentElement, data, setTriggerValue }) {
  running.get(parentElement)?.()
  const [origin, handle, told, said] = [".origin", ".handle", ".told", ".said"].map((one) => parentElement.querySelector(one))
  const chart = document.querySelector(`.st-key-${data.plot}`)
  const { window: limits, step, names } = data
  const digits = Math.max(0, Math.ceil(-Math.log10(step)))
  const sizes = limits.map(([least, greatest]) => Math.round((greatest - least) / step))
  const heights = data.heights ? data.heights.split(" ") : null
  let place = data.place

  // Where the plot is, in pixels of the window; null while it is not drawn.
  const plot = () => {
    const box = chart?.querySelector(BACKGROUND)?.getBoundingClientRect()
    return box?.width ? box : null
  }
  const within = ({ left, top, width, height }, { clientX: x, clientY: y }) =>
    x >= left && x <= left + width && y >= top && y <= top + height

  // Along both axes, the number of the step that is nearest.
  const numbers = (box, { clientX, clientY }) =>
    [(clientX - box.left) / box.width, 1 - (clientY - box.top) / box.height].map((share, axis) => {
      const [least, greatest] = limits[axis]
      return bounded(Math.round((share * (greatest - least)) / step), axis)
    })
  const bounded = (number, axis) => Math.min(Math.max(number, 0), sizes[axis])
  const placeOf = (each) => each.map((number, axis) => Number((limits[axis][0] + number * step).toFixed(digits)))
  const pixels = (box, at) => {
    const [across, up] = at.map((value, axis) => (value - limits[axis][0]) / (limits[axis][1] - limits[axis][0]))
    const from = origin.getBoundingClientRect()
    const beside = [box.left + across * box.width - from.left, box.top + (1 - up) * box.height - from.top]
    return beside.map((distance) => distance / (origin.currentCSSZoom ?? 1)) // of a page that is presented
  }
  const written = (at) => at.map((value, axis) => `${names[axis]} ${String(value).replace("-", "−")}`).join(", ")
  const withHeight = (each) => {
    const height = heights?.[each[1] * (sizes[0] + 1) + each[0]]
    return written(placeOf(each)) + (height ? `, ${data.heightName} ${height}` : "")
  }

  const draw = () => {
    const box = plot()
    if (!box) return // while the chart is being drawn anew; hidden, the handle would lose the focus
    handle.hidden = false
    const [x, y] = pixels(box, place)
    handle.style.left = `${x}px`
    handle.style.top = `${y}px`
    handle.setAttribute("aria-label", `${data.label} ${written(place)}`)
  }
  const tell = (each) => {
    const box = plot()
    told.hidden = !box || !each || !heights
    if (told.hidden) return
    const [x, y] = pixels(box, placeOf(each))
    told.textContent = withHeight(each)
    const isRight = each[0] > sizes[0] / 2
    told.style.left = `${x + (isRight ? -14 : 14)}px`
    told.style.top = `${y - 14}px`
    told.style.transform = `translate(${isRight ? "-100%" : "0"}, -100%)`
  }
  const moveTo = (each) => {
    place = placeOf(each)
    draw()
    tell(each)
  }
  const choose = () => {
    handle.classList.remove("moving")
    if (String(place) === String(data.place)) return
    said.textContent = written(place)
    setTriggerValue("chosen", place)
  }

  handle.onpointerdown = (event) => {
    if (event.button) return
    event.preventDefault()
    handle.focus({ focusVisible: false })
    handle.setPointerCapture(event.pointerId)
    handle.classList.add("moving")
  }
  handle.onpointermove = (event) => {
    const box = plot()
    if (box && handle.classList.contains("moving")) moveTo(numbers(box, event))
  }
  handle.onpointerup = choose
  handle.onpointercancel = () => {
    handle.classList.remove("moving")
    place = data.place
    draw()
  }

  let timer = null
  const settle = () => {
    clearTimeout(timer)
    if (timer !== null) choose()
    timer = null
  }
  handle.onkeydown = (event) => {
    const direction = KEYS[event.key]
    if (!direction) return
    event.preventDefault()
    const far = event.shiftKey ? FAR : 1
    const before = place.map((value, axis) => Math.round((value - limits[axis][0]) / step))
    moveTo(before.map((number, axis) => bounded(number + far * direction[axis], axis)))
    clearTimeout(timer)
    timer = setTimeout(settle, SETTLED)
  }
  handle.onkeyup = (event) => {
    if (event.key in KEYS) {
      clearTimeout(timer)
      timer = setTimeout(settle, SETTLED / 2)
    }
  }
  handle.onblur = settle

  const ending = new AbortController()
  const listen = (type, answer) => document.addEventListener(type, answer, { signal: ending.signal })
  const isOn = (event) => chart?.contains(event.target) && event.target.closest?.("svg.marks")
  listen("click", (event) => {
    const box = plot()
    if (!box || !isOn(event) || !within(box, event)) return
    moveTo(numbers(box, event))
    choose()
  })
  listen("pointermove", (event) => {
    if (handle.classList.contains("moving")) return
    const box = heights && plot()
    const isOver = box && within(box, event) && (isOn(event) || event.composedPath().includes(handle))
    tell(isOver ? numbers(box, event) : null)
  })

  // The chart is drawn after this, and again when the page's width changes.
  const watcher = new ResizeObserver(draw)
  const redrawn = new MutationObserver(draw)
  if (chart) {
    watcher.observe(chart)
    redrawn.observe(chart, { childList: true, subtree: true, attributes: true, attributeFilter: ["d", "transform"] })
  }
  told.hidden = true
  draw()

  const stop = () => {
    ending.abort()
    clearTimeout(timer)
    watcher.disconnect()
    redrawn.disconnect()
  }
  running.set(parentElement, stop)
  return stop
}
