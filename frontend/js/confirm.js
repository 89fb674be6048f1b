// Forms marked data-confirm ask before they are sent.
export function askFirst() {
  document.addEventListener(
    'submit',
    (event) => {
      const question = event.submitter?.dataset.confirm ?? event.target.dataset.confirm
      if (question && !window.confirm(question)) {
        event.preventDefault()
        event.stopImmediatePropagation()
      }
    },
    true,
  )
}
