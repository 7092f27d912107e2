// All pictures with their labels as one PNG, on the page's own colour, so that it can be read wherever it is put.
const SIDE = 360
const MARGIN = 24
const LINE = 22

function download(drawn, record, columns, shade, style) {
  const rows = Math.ceil(drawn.networks.length / columns)
  const step = SIDE + MARGIN
  const entries = legendOf(drawn)
  const width = columns * step + MARGIN
  const across = Math.max(1, Math.floor((width - 2 * MARGIN) / 170))
  const canvas = document.createElement("canvas")
  canvas.width = 2 * width
  canvas.height = 2 * (rows * (step + 2 * LINE) + MARGIN + LINE * (Math.ceil(entries.length / across) + 2))
  const context = canvas.getContext("2d")
  context.scale(2, 2)
  context.fillStyle = style.page
  context.fillRect(0, 0, canvas.width, canvas.height)
  const write = (text, x, y, weight = 400) => {
    context.fillStyle = style.text
    context.font = `${weight} 15px ${style.font}`
    context.fillText(text, x, y, SIDE)
  }
  drawn.networks.forEach((network, place) => {
    const x = MARGIN + (place % columns) * step
    const y = MARGIN + Math.floor(place / columns) * (step + 2 * LINE) + 2 * LINE
    write(network.label, x, y - LINE - 6, 600)
    write(network.outcomes[record], x, y - 8)
    context.save()
    context.translate(x, y)
    context.beginPath()
    context.rect(0, 0, SIDE, SIDE)
    context.clip()
    shade(context, place, SIDE)
    drawPoints(context, drawn, SIDE, 3.8, style.page)
    context.restore()
    context.strokeStyle = network.colour
    context.lineWidth = 2
    context.strokeRect(x, y, SIDE, SIDE)
  })
  const below = rows * (step + 2 * LINE) + MARGIN + LINE
  entries.forEach(({ label, ...mark }, place) => {
    const x = MARGIN + (place % across) * 170
    const y = below + Math.floor(place / across) * LINE
    drawMark(context, { colour: style.text, ...mark }, x + 6, y - 5, 5, style.page)
    write(label, x + 18, y)
  })
  write(said(drawn.texts.moment, { moment: drawn.moments[record] }), MARGIN, below + Math.ceil(entries.length / across) * LINE)
  const link = document.createElement("a")
  link.download = drawn.file
  link.href = canvas.toDataURL("image/png")
  link.click()
}

const legendOf = ({ classes, texts }) => [
  ...classes,
  { label: texts.training, shape: "circle" },
  ...(texts.test ? [{ label: texts.test, shape: "circle", hollow: true }] : []),
]
