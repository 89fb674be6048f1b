// The toolbar above the text: one stop of the Tab key, arrows between its tools (the ARIA toolbar pattern).
import { blockAt, canBeHeading, hasMark, places, setBlock, tools } from './commands.js'
import { schema } from './schema.js'

const STEPS = { ArrowRight: 1, ArrowLeft: -1 }

/** Returns what keeps it in step with the text, and what moves the focus to it. */
export function toolbar(root, view, openLink) {
  const bar = root.querySelector('[role="toolbar"]')
  const select = bar.querySelector('select')
  const buttons = [...bar.querySelectorAll('[data-tool]')]
  const controls = [select, ...buttons]
  let current = select

  const there = () => controls.filter((control) => !control.closest('[hidden]'))
  const makeCurrent = (control) => {
    current.tabIndex = -1
    current = control
    current.tabIndex = 0
  }
  const run = (name) => {
    if (name === 'link') return openLink()
    tools[name].run(view.state, view.dispatch, view)
    return view.focus()
  }

  for (const control of controls) control.tabIndex = control === current ? 0 : -1
  // The selection stays in the text when a tool is pressed.
  bar.addEventListener('pointerdown', (event) => event.target.closest('button') && event.preventDefault())
  bar.addEventListener('click', (event) => {
    const button = event.target.closest('[data-tool]')
    if (button && view.editable && button.getAttribute('aria-disabled') !== 'true') run(button.dataset.tool)
  })
  bar.addEventListener('focusin', (event) => controls.includes(event.target) && makeCurrent(event.target))
  bar.addEventListener('keydown', (event) => moveWithin(event, there(), current) || (event.key === 'Escape' && view.focus()))
  select.addEventListener('change', () => {
    setBlock(select.value)(view.state, view.dispatch)
    view.focus()
  })

  const update = () => {
    const { state } = view
    for (const group of bar.querySelectorAll('[data-where]')) group.hidden = !places[group.dataset.where](state)
    if (current.closest('[hidden]')) makeCurrent(select)
    for (const button of buttons) showState(button, state, view.editable)
    showBlock(select, state, view.editable)
  }
  return { update, focus: () => current.focus() }
}

/** True when the key moved the focus to another tool. */
function moveWithin(event, controls, current) {
  const at = controls.indexOf(current)
  const to = { Home: 0, End: controls.length - 1 }[event.key] ?? (event.key in STEPS ? at + STEPS[event.key] : null)
  if (to === null) return false
  event.preventDefault() // Else an arrow would change the choice of the select, too.
  controls[(to + controls.length) % controls.length].focus()
  return true
}

function showState(button, state, isEditable) {
  const name = button.dataset.tool
  const isOn = name === 'link' ? hasMark(state, schema.marks.link) : tools[name].isOn?.(state)
  if (isOn !== undefined) button.setAttribute('aria-pressed', String(isOn))
  const canRun = isEditable && (name === 'link' || tools[name].run(state))
  button.setAttribute('aria-disabled', String(!canRun))
}

/** Levels that the text has and the list lacks are added, so that it never tells an untruth. */
function showBlock(select, state, isEditable) {
  const kind = blockAt(state)
  if (![...select.options].some(({ value }) => value === kind)) {
    select.add(new Option(select.dataset.level.replace('{level}', kind), kind))
  }
  if (select.value !== kind) select.value = kind
  const may = (value) => value === kind || (isEditable && (value === 'paragraph' || canBeHeading(state)))
  for (const option of select.options) option.disabled = !may(option.value)
}
