// Filters send themselves when a choice is made with a pointer. With the keyboard a choice passes over others on its way,
// so there the button sends.
export function submitOnChange() {
  let byKeyboard = false
  document.addEventListener('keydown', () => {
    byKeyboard = true
  })
  document.addEventListener('pointerdown', () => {
    byKeyboard = false
  })
  document.addEventListener('change', (event) => {
    const form = event.target.closest('form[data-autosubmit]')
    if (form && !byKeyboard && event.target.matches('select, [type="checkbox"], [type="radio"]')) form.requestSubmit()
  })
}
