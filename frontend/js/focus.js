// A link to a form (its address ends in #comment, #reply …) that htmx puts in place moves the focus there, as the page would.
export function focusWhatWasAsked() {
  document.addEventListener('htmx:afterSettle', (event) => {
    if (!event.detail.requestConfig?.elt?.hash) return
    event.target.querySelector('form textarea, form input:not([type="hidden"]), form select')?.focus()
  })
}
