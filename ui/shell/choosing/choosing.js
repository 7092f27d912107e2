// A click on a mark that Vega has drawn for a setting, in any chart of the page, chooses that setting.
const running = new WeakMap() // parentElement -> what ends its listener

export default function ({ parentElement, setTriggerValue }) {
  running.get(parentElement)?.abort()
  const ending = new AbortController()
  const choose = (event) => {
    for (const node of event.composedPath()) {
      const cell = node.__data__?.datum?.cell
      if (cell !== undefined && cell !== null) {
        setTriggerValue("chosen", Number(cell)) // Arrow's whole numbers may be BigInt
        return
      }
      if (node.matches?.("svg.marks")) return
    }
  }
  document.addEventListener("click", choose, { signal: ending.signal })
  running.set(parentElement, ending)
  return () => ending.abort()
}
