// Words selected in a text marked data-quote-source="ITEM" can be taken over into the field marked data-quote-target="ITEM".
import { element, text } from './texts.js'

const LONGEST = 500

/** The words selected now, and the target that wants them; null when there is nothing to quote. */
function selectedQuote() {
  const selection = document.getSelection()
  const words = selection.toString().trim().replace(/\s+/g, ' ')
  if (!words || words.length > LONGEST || selection.rangeCount === 0) return null
  const range = selection.getRangeAt(0)
  const parent = range.commonAncestorContainer
  const source = (parent instanceof Element ? parent : parent.parentElement)?.closest('[data-quote-source]')
  const target = source && document.querySelector(`[data-quote-target="${CSS.escape(source.dataset.quoteSource)}"]`)
  return target ? { words, target, box: range.getBoundingClientRect() } : null
}

function takeOver({ words, target }) {
  target.value = words
  target.dispatchEvent(new Event('input', { bubbles: true }))
  for (let box = target.closest('details'); box; box = box.parentElement?.closest('details')) box.open = true
  const form = target.form
  const preview = form?.querySelector('[data-quote-preview]')
  if (preview) {
    preview.textContent = words
    preview.hidden = false
  }
  const next = form?.querySelector('textarea') ?? target
  next.scrollIntoView({ block: 'center' })
  next.focus()
}

export function offerQuotes() {
  if (!document.querySelector('[data-quote-source]')) return
  const button = element('button', {
    type: 'button',
    className: 'btn btn-primary btn-sm quote-button',
    hidden: true,
    textContent: text('Quote'),
  })
  let quote = null
  // Keeps the selection when the button is pressed.
  button.addEventListener('pointerdown', (event) => event.preventDefault())
  button.addEventListener('click', () => {
    if (quote) takeOver(quote)
    button.hidden = true
  })
  document.body.append(button)
  document.addEventListener('selectionchange', () => {
    quote = selectedQuote()
    button.hidden = !quote
    if (!quote) return
    button.style.top = `${window.scrollY + quote.box.bottom + 8}px`
    button.style.left = `${Math.max(8, Math.min(window.scrollX + quote.box.left, document.documentElement.clientWidth - button.offsetWidth - 8))}px`
  })
}
