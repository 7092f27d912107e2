const tables = new WeakMap() // parentElement -> its table

export default function ({ parentElement, data }) {
  if (!tables.has(parentElement)) tables.set(parentElement, new Table(parentElement))
  const table = tables.get(parentElement)
  table.show(data)
  return () => {
    table.stop()
    tables.delete(parentElement)
  }
}

class Table {
  constructor(root) {
    const find = (selector) => root.querySelector(selector)
    ;[this.head, this.body, this.scroll, this.meanings] = ["thead", "tbody", ".scroll", "dl"].map(find)
    ;[this.all, this.allText, this.summary] = [".all input", ".all span", "summary"].map(find)
    this.allLabel = find(".all")
    this.sorted = { name: null, descending: false }
    this.stopping = new AbortController()
    const { signal } = this.stopping
    document.addEventListener("activation-lab:highlight", ({ detail }) => this.highlight(detail.network), { signal })
    this.all.onchange = () => this.build()
  }

  stop() {
    this.stopping.abort()
  }

  show(data) {
    const text = JSON.stringify(data)
    if (text === this.shown) return
    this.shown = text
    this.data = data
    const { texts, columns } = data
    this.allText.textContent = texts.all
    this.allLabel.hidden = columns.every(({ is_usual }) => is_usual)
    this.scroll.setAttribute("aria-label", data.title)
    this.summary.textContent = texts.meaning
    if (!columns.some(({ name }) => name === this.sorted.name)) this.sorted = { name: null, descending: false }
    this.build()
    document.dispatchEvent(new CustomEvent("activation-lab:joined"))
  }

  build() {
    const { columns, rows, texts } = this.data
    const shown = columns.filter(({ is_usual }) => is_usual || this.all.checked)
    if (!shown.some(({ name }) => name === this.sorted.name)) this.sorted = { name: null, descending: false }
    const headings = [{ name: null, heading: texts.network }, ...shown].map((column) => this.heading(column))
    this.head.replaceChildren(element("tr", {}, ...headings))
    const places = this.order(rows, shown)
    this.body.replaceChildren(...places.map((place) => this.row(rows[place], place, shown)))
    this.meanings.replaceChildren(
      ...shown.flatMap(({ heading, meaning }) => [element("dt", {}, heading), element("dd", {}, meaning)]),
    )
    this.highlight(this.highlighted)
  }

  heading({ name, heading }) {
    const button = element("button", { type: "button", title: this.data.texts.sort }, heading)
    button.onclick = () => {
      const again = this.sorted.name === name
      // A first click puts the largest on top; of the networks' column, it is their own order.
      this.sorted = { name, descending: again ? !this.sorted.descending : name !== null }
      this.build()
      this.head.querySelectorAll("button")[[...button.closest("tr").children].indexOf(button.parentElement)]?.focus()
    }
    const cell = element("th", { scope: "col" }, button)
    const way = this.sorted.descending ? "descending" : "ascending"
    cell.setAttribute("aria-sort", this.sorted.name === name && (name !== null || this.sorted.descending) ? way : "none")
    return cell
  }

  // Rows without a number come last, whichever way the others go.
  order(rows, shown) {
    const column = shown.find(({ name }) => name === this.sorted.name)
    const sign = this.sorted.descending ? -1 : 1
    return rows
      .map((_, place) => place)
      .sort((one, other) => {
        if (!column) return sign * (one - other)
        const [a, b] = [column.numbers[one], column.numbers[other]]
        if (a === null || b === null) return (a === null) - (b === null) || one - other
        return sign * (a - b) || one - other
      })
  }

  row(network, place, shown) {
    const name = element("th", { scope: "row" }, dashOf(network), network.label)
    const row = element("tr", {}, name, ...shown.map(({ texts }) => element("td", {}, texts[place])))
    row.dataset.network = network.label
    return row
  }

  highlight(network) {
    this.highlighted = network
    for (const row of this.body.children) {
      row.classList.toggle("faded", Boolean(network) && row.dataset.network !== network)
      row.classList.toggle("bold", row.dataset.network === network)
    }
  }
}
