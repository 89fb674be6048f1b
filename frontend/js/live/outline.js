// The outline of a plan as others change it: what they add, move and delete shows within a second, and who writes where.
import * as decoding from 'lib0/decoding'
import { makeDraggable } from '../reorder.js'
import { element } from '../texts.js'

const NEWS = 5
const FIRST_PAUSE = 500
const LONGEST_PAUSE = 10_000
/** Closes that mean it for good: signed out, not allowed, too much. */
const ENDS = [4401, 4403, 4413]

/** The page's part that says where to connect, and the words. */
const root = document.querySelector('[data-live-outline]')

function watch() {
  const url = new URL(root.dataset.address, window.location.href)
  url.protocol = url.protocol.replace('http', 'ws')
  let stamp = Number(root.dataset.stamp)
  let people = []
  let pause = FIRST_PAUSE
  let late = false

  const connect = () => {
    const socket = new WebSocket(url)
    socket.binaryType = 'arraybuffer'
    socket.onmessage = ({ data }) => {
      pause = FIRST_PAUSE
      const decoder = decoding.createDecoder(new Uint8Array(data))
      if (decoding.readVarUint(decoder) === NEWS) take(JSON.parse(decoding.readVarString(decoder)))
    }
    socket.onclose = ({ code }) => {
      if (ENDS.includes(code)) return
      setTimeout(connect, pause * (0.75 + Math.random() / 2))
      pause = Math.min(pause * 2, LONGEST_PAUSE)
    }
  }

  const take = async (news) => {
    people = news.people
    if (news.stamp !== stamp) {
      stamp = news.stamp
      await refresh()
    }
    showPeople(people)
  }

  /** Put the page's parts as they are now in place of the old ones; not under a hand that is dragging. */
  const refresh = async () => {
    if (document.querySelector('.is-dragged')) {
      late ||= document.addEventListener('dragend', () => setTimeout(refresh), { once: true }) ?? true
      return
    }
    late = false
    const answer = await fetch(window.location.href, { credentials: 'same-origin' })
    if (!answer.ok || answer.redirected) return
    const page = new DOMParser().parseFromString(await answer.text(), 'text/html')
    for (const part of document.querySelectorAll('[data-fresh]')) {
      const fresh = page.getElementById(part.id)
      if (fresh) replace(part, fresh)
    }
    makeDraggable()
    showPeople(people)
    root.querySelector('[role=status]').textContent = root.dataset.changed
  }

  connect()
}

/** Branches stay open as they were, and the focus where it was. */
function replace(part, fresh) {
  const focused = part.contains(document.activeElement) && placeOf(document.activeElement)
  for (const branch of part.querySelectorAll('[data-item] > details')) {
    const same = fresh.querySelector(`#${branch.parentElement.id} > details`)
    if (same) same.open = branch.open
  }
  part.replaceWith(document.adoptNode(fresh))
  if (focused) document.getElementById(focused.item)?.querySelectorAll('a, button, summary')[focused.index]?.focus()
}

function placeOf(target) {
  const item = target.closest('[data-item]')
  return item && { item: item.id, index: [...item.querySelectorAll('a, button, summary')].indexOf(target) }
}

function showPeople(people) {
  for (const old of document.querySelectorAll('.tree__people')) old.remove()
  for (const item of new Set(people.map((person) => person.item))) {
    const title = document.querySelector(`#i-${CSS.escape(item)} > .tree__row .tree__title`)
    title?.append(element('ul', { className: 'tree__people' }, people.filter((person) => person.item === item).map(row)))
  }
}

function row({ name, color }) {
  const dot = element('span', { className: 'tree__dot' })
  dot.style.setProperty('--person', color)
  return element('li', {}, [dot, root.dataset.writes.replace('{name}', name)])
}

if (root && 'WebSocket' in window) watch()
