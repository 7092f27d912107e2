// Puts words of the page's language in the place of those that Streamlit writes itself (own_words.py), where and when they
// come.  What stood there is kept: for another language, and to see whether Streamlit has written anew since.
const TEXTS = '[data-testid="stFileUploader"], [data-testid="InputInstructions"], [role="listbox"], [role="dialog"], ' +
  '[data-testid="stStatusWidget"], [data-testid="stSkipToContent"]'
const LABELS = ":is(a, button, input, section, div, span)[aria-label]"
const kept = { texts: new WeakMap(), labels: new WeakMap() } // by nodes: what stood there, and what stands there now
let patterns = null

function speak(words) {
  const escaped = (text) => text.replace(/[.*+?^$()|[\]\\]/g, "\\$&")
  const before = patterns?.length
  patterns = Object.entries(words).map(([theirs, ours]) => [
    new RegExp("^" + escaped(theirs).replace(/\{(\w+)\}/g, "(?<$1>.+)") + "$"),
    ours.replace(/\{(\w+)\}/g, "$<$1>"),
  ])
  if (before === undefined) {
    const changes = { subtree: true, childList: true, characterData: true, attributeFilter: ["aria-label"] }
    new MutationObserver(() => patterns.length && say()).observe(document.body, changes)
  }
  if (before || patterns.length) say()
}

function say() {
  for (const part of document.querySelectorAll(TEXTS)) {
    const texts = document.createTreeWalker(part, NodeFilter.SHOW_TEXT)
    while (texts.nextNode()) put(kept.texts, texts.currentNode, texts.currentNode.data, (node, text) => (node.data = text))
  }
  for (const each of document.querySelectorAll(LABELS))
    put(kept.labels, each, each.getAttribute("aria-label"), (element, text) => element.setAttribute("aria-label", text))
}

function put(store, node, now, write) {
  const before = store.get(node)
  const theirs = before?.ours === now ? before.theirs : now
  const found = patterns.find(([pattern]) => pattern.test(theirs))
  if (!found && !before) return
  const ours = found ? theirs.replace(...found) : theirs
  store.set(node, { theirs, ours })
  if (ours !== now) write(node, ours)
}
