// The marks of the classes, by the names that Vega has for their shapes: corners around (0, 0), y downwards.
const CORNERS = {
  square: [[-0.85, -0.85], [0.85, -0.85], [0.85, 0.85], [-0.85, 0.85]],
  "triangle-up": [[0, -1.1], [1.05, 0.8], [-1.05, 0.8]],
  "triangle-down": [[0, 1.1], [1.05, -0.8], [-1.05, -0.8]],
  "triangle-left": [[-1.1, 0], [0.8, -1.05], [0.8, 1.05]],
  "triangle-right": [[1.1, 0], [-0.8, -1.05], [-0.8, 1.05]],
  diamond: [[0, -1.25], [1, 0], [0, 1.25], [-1, 0]],
  cross: [
    [-0.4, -1.1], [0.4, -1.1], [0.4, -0.4], [1.1, -0.4], [1.1, 0.4], [0.4, 0.4],
    [0.4, 1.1], [-0.4, 1.1], [-0.4, 0.4], [-1.1, 0.4], [-1.1, -0.4], [-0.4, -0.4],
  ],
  stroke: [[-1.2, -0.35], [1.2, -0.35], [1.2, 0.35], [-1.2, 0.35]],
  wedge: [[0, -1.3], [0.6, 1.1], [-0.6, 1.1]],
}

// A filled mark has a thin edge in the page's colour; a hollow one has what lies below it in its middle.
function drawMark(context, { shape, colour, hollow }, x, y, radius, page) {
  context.beginPath()
  if (shape in CORNERS) {
    for (const [dx, dy] of CORNERS[shape]) context.lineTo(x + dx * radius, y + dy * radius)
    context.closePath()
  } else context.arc(x, y, radius, 0, 2 * Math.PI)
  const stroke = (style, width) => {
    context.strokeStyle = style
    context.lineWidth = width
    context.stroke()
  }
  if (hollow) {
    stroke(page, radius * 0.8)
    stroke(colour, radius * 0.45)
  } else {
    context.fillStyle = colour
    context.fill()
    stroke(page, radius * 0.2)
  }
}

function drawPoints(context, drawn, side, radius, page) {
  const [left, right] = drawn.window.x
  const [bottom, top] = drawn.window.y
  for (const [part, hollow] of [["training", false], ["test", true]])
    for (const [x, y, number] of drawn.points[part]) {
      const place = [((x - left) / (right - left)) * side, ((top - y) / (top - bottom)) * side]
      const mark = { ...drawn.classes[number], hollow }
      const seen = place.map((each) => Math.min(Math.max(each, 2.2 * radius), side - 2.2 * radius))
      const outside = place.some((each) => each < 0 || each > side)
      drawMark(context, mark, ...(outside ? seen : place), radius, page)
      if (outside) drawRing(context, mark.colour, ...seen, radius, page)
    }
}

// Around what lies outside of the window, and is drawn at its edge.
function drawRing(context, colour, x, y, radius, page) {
  for (const [style, width] of [[page, 0.7], [colour, 0.35]]) {
    context.beginPath()
    context.arc(x, y, 1.8 * radius, 0, 2 * Math.PI)
    context.strokeStyle = style
    context.lineWidth = width * radius
    context.stroke()
  }
}
