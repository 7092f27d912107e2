// The clipboard's own interface is there on https and localhost only.
const copy = async (text) => {
  if (navigator.clipboard) return navigator.clipboard.writeText(text)
  const field = document.createElement("textarea")
  field.value = text
  document.body.append(field)
  field.select()
  const done = document.execCommand("copy")
  field.remove()
  if (!done) throw new Error("not copied")
}

// The link, with these settings as they are in the page's address now.
const asShown = (link, apart) => {
  const [copied, shown] = [new URL(link, location.href), new URLSearchParams(location.search)]
  for (const key of apart) {
    copied.searchParams.delete(key)
    for (const value of shown.getAll(key)) copied.searchParams.append(key, value)
  }
  return copied.href
}

export default function ({ parentElement, data }) {
  const [button, status] = ["button", "span"].map((tag) => parentElement.querySelector(tag))
  button.textContent = data.label
  let timer = null
  button.onclick = async () => {
    clearTimeout(timer)
    const text = data.apart.length ? asShown(data.text, data.apart) : data.text
    status.textContent = await copy(text).then(() => data.copied, () => data.failed)
    timer = setTimeout(() => (status.textContent = ""), 4000)
  }
  return () => clearTimeout(timer)
}
