// Words selected in a text marked data-quote-source="ITEM" can be taken over into the field marked data-quote-target="ITEM".
// Where that field is not on the page yet, the link marked data-quote-link="ITEM" brings its form.
import { element, text } from './texts.js'

const LONGEST = 500

const marked = (name, item) => document.querySelector(`[data-quote-${name}="${CSS.escape(item)}"]`)

const canQuote = (item) => marked('target', item) || marked('link', item)

/** The item that the text around `node` belongs to. */
const itemOf = (node) => (node instanceof Element ? node : node.parentElement)?.closest('[data-quote-source]')?.dataset.quoteSource

/** The words selected now and the item that they belong to; null when they cannot be quoted. */
function selectedQuote() {
  const selection = document.getSelection()
  const words = selection.toString().trim().replace(/\s+/g, ' ')
  if (!words || words.length > LONGEST) return null
  const range = selection.getRangeAt(0)
  const item = itemOf(range.commonAncestorContainer)
  return item && canQuote(item) ? { words, item, box: range.getBoundingClientRect() } : null
}

function takeOver({ words, item }) {
  const target = marked('target', item)
  target.value = words
  target.dispatchEvent(new Event('input', { bubbles: true }))
  for (let box = target.closest('details'); box; box = box.parentElement?.closest('details')) box.open = true
  const next = [...target.form.querySelectorAll('textarea')].find((field) => field !== target) ?? target
  next.scrollIntoView({ block: 'center' })
  next.focus()
}

function bringForm(quote) {
  const arrived = () => {
    if (!marked('target', quote.item)) return
    document.removeEventListener('htmx:afterSettle', arrived)
    takeOver(quote)
  }
  document.addEventListener('htmx:afterSettle', arrived)
  marked('link', quote.item).click()
}

function place(button, box) {
  const rightmost = document.documentElement.clientWidth - button.offsetWidth - 8
  button.style.top = `${window.scrollY + box.bottom + 8}px`
  button.style.left = `${Math.max(8, Math.min(window.scrollX + box.left, rightmost))}px`
}

export function offerQuotes() {
  if (!document.querySelector('[data-quote-source]')) return
  const button = element('button', {
    type: 'button',
    className: 'btn btn-primary btn-sm quote-button',
    hidden: true,
    textContent: text('quote'),
  })
  let quote = null
  // Keeps the selection when the button is pressed.
  button.addEventListener('pointerdown', (event) => event.preventDefault())
  button.addEventListener('click', () => {
    const chosen = quote
    button.hidden = true
    if (!chosen) return
    if (marked('target', chosen.item)) takeOver(chosen)
    else bringForm(chosen)
  })
  document.body.append(button)
  document.addEventListener('selectionchange', () => {
    quote = selectedQuote()
    button.hidden = !quote
    if (quote) place(button, quote.box)
  })
}
