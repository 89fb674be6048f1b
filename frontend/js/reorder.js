// Drag and drop in a list marked data-reorder: what is dropped is sent with the page's data-reorder-form.
// The same moves exist as buttons.
const row = (target) => target.closest?.('[data-reorder] [data-item]')

function places(item) {
  return [...item.parentElement.children].filter((child) => child.dataset.item)
}

/** Before or after `target`, whichever half of its row the pointer is over. */
function goesAfter(target, y) {
  const box = (target.querySelector('.tree__row') ?? target).getBoundingClientRect()
  return y > box.top + box.height / 2
}

function send(form, item, target, after) {
  const others = places(target).filter((other) => other !== item)
  // By name, since `elements.item` is a method of the collection.
  const fill = (name, value) => {
    form.elements.namedItem(name).value = value
  }
  fill('item', item.dataset.item)
  fill('parent', target.parentElement.closest('[data-item]')?.dataset.item ?? '')
  fill('position', others.indexOf(target) + (after ? 1 : 0))
  form.requestSubmit()
}

/** What was put in place by a script too. */
export function makeDraggable() {
  for (const item of document.querySelectorAll('[data-reorder] [data-item]')) item.draggable = true
}

export function dragItems() {
  const form = document.querySelector('[data-reorder-form]')
  if (!form) return
  let dragged = null
  const clear = () => {
    for (const marked of document.querySelectorAll('.is-drop-before, .is-drop-after')) {
      marked.classList.remove('is-drop-before', 'is-drop-after')
    }
  }
  makeDraggable()

  document.addEventListener('dragstart', (event) => {
    dragged = row(event.target)
    dragged?.classList.add('is-dragged')
  })
  document.addEventListener('dragover', (event) => {
    const target = dragged && row(event.target)
    clear()
    if (!target || dragged.contains(target)) return
    event.preventDefault()
    target.classList.add(goesAfter(target, event.clientY) ? 'is-drop-after' : 'is-drop-before')
  })
  document.addEventListener('drop', (event) => {
    const target = dragged && row(event.target)
    if (!target || dragged.contains(target)) return
    event.preventDefault()
    send(form, dragged, target, goesAfter(target, event.clientY))
  })
  document.addEventListener('dragend', () => {
    dragged?.classList.remove('is-dragged')
    dragged = null
    clear()
  })
}
