// Vega shows the values at a place while a pointer is over it, and a finger that is lifted is over nothing.  So what was
// tapped is pointed at until the next touch, or until something is scrolled.
const [OVER, OUT] = [["pointerover", "pointermove"], ["pointerout", "mouseout"]] // Vega hears a mixture
let [hearing, tapped] = [false, null]

function hearTaps() {
  if (hearing) return
  hearing = true
  document.addEventListener("pointerup", keepPointing, true)
  for (const type of ["pointerdown", "scroll"]) document.addEventListener(type, leave, true)
}

function keepPointing(event) {
  if (event.pointerType !== "touch" || !event.target.closest?.("svg.marks")) return
  setTimeout(() => { // the browser says first that the finger is gone
    tapped = event
    point(OVER)
  })
}

function leave() {
  if (tapped) point(OUT)
  tapped = null
}

function point(types) {
  const { target, clientX, clientY } = tapped
  const happened = { bubbles: true, pointerType: "touch", clientX, clientY }
  for (const type of types) target.dispatchEvent(new PointerEvent(type, happened))
}
