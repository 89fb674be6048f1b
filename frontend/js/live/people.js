// The people in a text: the list of who is here, and their carets in it.
import { element } from '../texts.js'

const COLOR = /^#[0-9a-f]{6}$/i
const PLAIN = '#455b71'

export const safeColor = (color) => (COLOR.test(color ?? '') ? color : PLAIN)

/** Relative luminance, as WCAG defines it. */
function luminance(color) {
  const [red, green, blue] = [1, 3, 5]
    .map((at) => parseInt(color.slice(at, at + 2), 16) / 255)
    .map((part) => (part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4))
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue
}

/** White or the page's ink, whichever is read more easily on `color`. */
function inkOn(color) {
  const light = luminance(color)
  return 1.05 / (light + 0.05) > (light + 0.05) / (luminance('#1a2026') + 0.05) ? '#ffffff' : '#1a2026'
}

// By script, for the page's policy refuses style attributes in HTML.
function paint(dom, user) {
  const color = safeColor(user.color)
  dom.style.setProperty('--person', color)
  dom.style.setProperty('--person-ink', inkOn(color))
  return dom
}

export function caret(user) {
  const name = element('span', { className: 'live-caret__name', textContent: user.name })
  const dom = element('span', { className: 'live-caret' }, ['\u2060', name, '\u2060'])
  dom.setAttribute('aria-hidden', 'true')
  return paint(dom, user)
}

export const selected = (user) => ({ class: 'live-selected', style: `--person: ${safeColor(user.color)}` })

/** Keep the list in step with who is here; each person once, however many windows are open. */
export function listPeople(list, awareness, { id: own, you }) {
  const show = () => {
    const people = new Map()
    for (const { user } of awareness.getStates().values()) if (user?.name) people.set(String(user.id), user)
    const rows = [...people].sort(([one], [other]) => (other === own) - (one === own))
    list.replaceChildren(
      ...rows.map(([id, user]) => {
        const dot = element('span', { className: 'live__dot' })
        return paint(element('li', {}, [dot, id === own ? you.replace('{name}', user.name) : user.name]), user)
      }),
    )
    list.parentElement.hidden = !rows.length
  }
  awareness.on('change', show)
  show()
}
