// The small form for the address of a link. Not a <form>: it stands inside one.
import { hasMark } from './commands.js'
import { isSafe, schema } from './schema.js'

const { link } = schema.marks

/** As people type addresses: "example.org" and "name@example.org" too. Null for what is none. */
export function toAddress(typed) {
  const address = typed.trim()
  if (!address || /\s/.test(address)) return null
  if (isSafe(address)) return address
  if (/^[\w.+-]+@[\w-]+(\.[\w-]+)+$/.test(address)) return `mailto:${address}`
  if (/^[\w-]+(\.[\w-]+)+([/?#:].*)?$/.test(address)) return `https://${address}`
  return null
}

/** The link that the caret is in: where it begins and ends, and its mark. */
function linkAround({ doc, selection: { $from } }) {
  const found = (node) => node && link.isInSet(node.marks)
  const mark = found($from.nodeAfter) || found($from.nodeBefore)
  if (!mark) return null
  const spans = []
  doc.nodesBetween($from.start(), $from.end(), (node, position) => {
    if (mark.isInSet(node.marks ?? [])) spans.push([position, position + node.nodeSize])
  })
  const at = spans.findIndex(([from, to]) => from <= $from.pos && $from.pos <= to)
  let [from, to] = spans[at]
  for (let index = at - 1; index >= 0 && spans[index][1] === from; index--) [from] = spans[index]
  for (let index = at + 1; index < spans.length && spans[index][0] === to; index++) [, to] = spans[index]
  return { from, to, mark }
}

function range(state) {
  const { from, to, empty } = state.selection
  return empty ? (linkAround(state) ?? { from, to }) : { from, to }
}

function setLink(view, address) {
  const { from, to } = range(view.state)
  const { tr } = view.state
  const mark = link.create({ href: address })
  if (from === to) tr.insert(from, schema.text(address.replace(/^mailto:/, ''), [mark]))
  else tr.removeMark(from, to, link).addMark(from, to, mark)
  view.dispatch(tr.scrollIntoView())
}

function removeLink(view) {
  const { from, to } = range(view.state)
  view.dispatch(view.state.tr.removeMark(from, to, link))
}

export function linkForm(root, view) {
  const form = root.querySelector('[data-live-link]')
  const input = form.querySelector('input')
  const wrong = form.querySelector('[data-live-link-wrong]')
  const [apply, remove, cancel] = ['apply', 'remove', 'cancel'].map((name) => form.querySelector(`[data-live-link-${name}]`))

  const mark = (isWrong) => {
    wrong.hidden = !isWrong
    input.toggleAttribute('aria-invalid', isWrong)
    if (isWrong) input.setAttribute('aria-invalid', 'true')
  }
  const close = () => {
    form.hidden = true
    view.focus()
  }
  const send = () => {
    const address = toAddress(input.value)
    mark(!address)
    if (!address) return input.focus()
    setLink(view, address)
    return close()
  }

  apply.addEventListener('click', send)
  cancel.addEventListener('click', close)
  remove.addEventListener('click', () => {
    removeLink(view)
    close()
  })
  form.addEventListener('keydown', (event) => {
    if (event.key === 'Escape') close()
    if (event.key !== 'Enter' || event.target !== input) return
    event.preventDefault() // Not the big form around it.
    send()
  })

  return function open() {
    const here = linkAround(view.state)
    input.value = here?.mark.attrs.href ?? ''
    remove.hidden = !here && !hasMark(view.state, link)
    mark(false)
    form.hidden = false
    input.focus()
    input.select()
    return true
  }
}
