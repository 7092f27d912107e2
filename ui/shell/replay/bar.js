// Moves the hidden input of every chart that has a parameter `record`, as a hand would.
const FOLLOWERS = '.vega-bindings input[name="record"]'
const SECONDS_PER_REPLAY = 6
const bars = new WeakMap() // parentElement -> what it has to be told when the data change, or stopped

export default function ({ parentElement, data }) {
  const [button, slider, output] = ["button", "input", "output"].map((tag) => parentElement.querySelector(tag))
  const { moments, noun } = data
  const last = moments.length - 1
  bars.get(parentElement)?.stop()
  slider.max = last
  slider.setAttribute("aria-label", `${noun} shown`)
  slider.title = moments[last] > last ? `Recorded ${noun.toLowerCase()}s: every one at first, then fewer and fewer` : ""
  slider.value = last

  const followers = () => document.querySelectorAll(FOLLOWERS)
  const move = (input) => {
    if (input.value === slider.value || Number(input.max) !== last) return
    input.value = slider.value
    input.dispatchEvent(new Event("input", { bubbles: true }))
  }
  const show = () => {
    const text = `${noun} ${moments[slider.value]} of ${moments[last]}`
    output.value = text
    slider.setAttribute("aria-valuetext", text)
    followers().forEach(move)
  }

  let timer = null
  const pause = () => {
    clearInterval(timer)
    timer = null
    button.textContent = "▶"
    button.setAttribute("aria-label", "Play the training")
  }
  const step = () => {
    if (!slider.isConnected) return pause()
    slider.stepUp()
    show()
    if (Number(slider.value) === last) pause()
  }
  const play = () => {
    if (Number(slider.value) === last) slider.value = 0
    show()
    timer = setInterval(step, (1000 * SECONDS_PER_REPLAY) / Math.max(last, 1))
    button.textContent = "❚❚"
    button.setAttribute("aria-label", "Pause")
  }
  slider.oninput = () => {
    pause()
    show()
  }
  button.onclick = () => (timer === null ? play() : pause())
  button.disabled = slider.disabled = last === 0

  // Charts come after the bar, and again when the page's width changes.
  const watcher = new MutationObserver(() => {
    if (Number(slider.value) !== last) followers().forEach(move)
  })
  watcher.observe(document.body, { childList: true, subtree: true })

  const stop = () => {
    pause()
    watcher.disconnect()
  }
  bars.set(parentElement, { stop })
  pause()
  show()
  return stop
}
