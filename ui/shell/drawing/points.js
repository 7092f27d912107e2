// A drawing is a list of [column, row, class], in steps from the bottom left corner.  As a text it is what
// core/data/drawing.py says: three characters for each point, class after class.
const SIDE = 501 // columns and rows
const MIDDLE = 250
const TO_ONE = 100 // steps to 1
const JITTER = 10 // steps, standard deviation
const CHARACTERS = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_"

function read(text) {
  return text.split(".").flatMap((points, label) =>
    (points.match(/.../g) ?? []).map((point) => {
      const place = [...point].reduce((number, each) => 64 * number + CHARACTERS.indexOf(each), 0)
      return [place % SIDE, Math.floor(place / SIDE), label]
    }),
  )
}

function write(points) {
  const classes = Array.from({ length: classesOf(points) }, () => "")
  for (const [column, row, label] of points) {
    const place = row * SIDE + column
    classes[label] += [place >> 12, (place >> 6) & 63, place & 63].map((digit) => CHARACTERS[digit]).join("")
  }
  return classes.join(".")
}

const classesOf = (points) => 1 + Math.max(-1, ...points.map(([, , label]) => label))
const within = (step) => Math.min(Math.max(Math.round(step), 0), SIDE - 1)
const distance = ([x, y], [u, v]) => Math.hypot(x - u, y - v)

// Everywhere in a circle alike.
function scattered([column, row], radius) {
  const [far, angle] = [radius * Math.sqrt(Math.random()), 2 * Math.PI * Math.random()]
  return [column + far * Math.cos(angle), row + far * Math.sin(angle)]
}

// Each moved a little: along both axes by a number that is normally distributed (Box and Muller).
function jittered(points) {
  const normal = () => Math.sqrt(-2 * Math.log(1 - Math.random())) * Math.cos(2 * Math.PI * Math.random())
  const moved = (step) => within(step + JITTER * normal())
  return points.map(([column, row, label]) => [moved(column), moved(row), label])
}
