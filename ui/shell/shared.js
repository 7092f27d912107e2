// What the scripts of several components use.

// A text with its fields filled in.
const said = (text, fields) => text.replace(/{(\w+)}/g, (_, name) => fields[name])

function element(tag, properties, ...children) {
  const made = Object.assign(document.createElement(tag), properties)
  made.append(...children)
  return made
}

// A piece of a network's line, as the curves have it.
function dashOf({ colour, dash }, length = 26) {
  const made = document.createElement("template")
  made.innerHTML =
    `<svg width="${length}" height="6" aria-hidden="true"><line x1="0" y1="3" x2="${length}" y2="3" ` +
    `stroke-width="3" stroke="${colour}" stroke-dasharray="${dash.join(" ")}" /></svg>`
  return made.content.firstChild
}
