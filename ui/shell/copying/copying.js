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

export default function ({ parentElement, data }) {
  const [button, status] = ["button", "span"].map((tag) => parentElement.querySelector(tag))
  button.textContent = data.label
  let timer = null
  button.onclick = async () => {
    clearTimeout(timer)
    status.textContent = await copy(data.text).then(() => data.copied, () => data.failed)
    timer = setTimeout(() => (status.textContent = ""), 4000)
  }
  return () => clearTimeout(timer)
}
