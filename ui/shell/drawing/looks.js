// What is seen of a drawing: its points on a grid, and the ring around which is drawn or erased.
const NUMBERS = [-2, -1, 0, 1, 2] // of the grid's lines
// Shares of the canvas' side: what is free around the square, where marks at its edge have room, and one step.
const EDGE = 0.02
const ONE_STEP = (1 - 2 * EDGE) / (SIDE - 1)
const shareOf = (step) => EDGE + ONE_STEP * step
const stepAt = (share) => (share - EDGE) / ONE_STEP

function drawCanvas(canvas, { points, classes, ring, hint }) {
  const style = getComputedStyle(canvas)
  const [page, border] = ["background", "border"].map((name) => style.getPropertyValue(`--st-${name}-color`))
  const scale = devicePixelRatio * (canvas.currentCSSZoom ?? 1) // of a page that is presented
  const side = Math.round(canvas.clientWidth * scale)
  Object.assign(canvas, { width: side, height: side })
  const context = canvas.getContext("2d")
  const pixels = ([column, row]) => [column, SIDE - 1 - row].map((step) => side * shareOf(step))
  const line = (from, to) => {
    context.beginPath()
    context.moveTo(...pixels(from))
    context.lineTo(...pixels(to))
    context.stroke()
  }
  Object.assign(context, { fillStyle: style.color, strokeStyle: border, lineWidth: scale })
  context.font = `${11 * scale}px ${style.fontFamily}`
  for (const number of NUMBERS) {
    const step = MIDDLE + number * TO_ONE
    context.setLineDash(number ? [scale, 4 * scale] : [])
    line([step, 0], [step, SIDE - 1])
    line([0, step], [SIDE - 1, step])
    context.fillText(String(number).replace("-", "−"), pixels([step, 0])[0] + 3 * scale, side - 4 * scale)
    if (number) context.fillText(String(number).replace("-", "−"), 3 * scale, pixels([0, step])[1] - 3 * scale)
  }
  const radius = Math.max(side / 80, 4 * scale)
  for (const [column, row, label] of points) drawMark(context, classes[label], ...pixels([column, row]), radius, page)
  if (!points.length) {
    Object.assign(context, { font: `${15 * scale}px ${style.fontFamily}`, textAlign: "center" })
    context.fillText(hint, side / 2, side / 3, 0.9 * side)
  }
  if (ring) {
    context.setLineDash([])
    context.beginPath()
    context.arc(...pixels(ring.place), ring.radius * ONE_STEP * side, 0, 2 * Math.PI)
    Object.assign(context, { strokeStyle: style.color, lineWidth: 1.5 * scale })
    context.stroke()
  }
}

function drawSwatch(canvas, mark) {
  const side = Math.round(14 * devicePixelRatio * (canvas.currentCSSZoom ?? 1))
  Object.assign(canvas, { width: side, height: side })
  const page = getComputedStyle(canvas).getPropertyValue("--st-background-color")
  drawMark(canvas.getContext("2d"), mark, side / 2, side / 2, side / 3, page)
}
