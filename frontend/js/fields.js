// What a person typed in a form, as a plain object, and back.
const isChoice = (control) => control.type === 'checkbox' || control.type === 'radio'

/** Controls whose content a person writes; never tokens, passwords or files. */
const typed = (form) =>
  [...form.elements].filter(
    (control) => control.name && !['hidden', 'password', 'file', 'submit', 'button', 'fieldset'].includes(control.type),
  )

export function readFields(form) {
  const values = {}
  for (const control of typed(form)) {
    values[control.name] ??= []
    if (isChoice(control)) {
      if (control.checked) values[control.name].push(control.value)
    } else if (control.type === 'select-multiple') {
      values[control.name].push(...[...control.selectedOptions].map((option) => option.value))
    } else {
      values[control.name].push(control.value)
    }
  }
  return values
}

export function writeFields(form, values) {
  const used = {}
  for (const control of typed(form)) {
    const kept = values[control.name]
    if (!kept) continue
    if (isChoice(control)) {
      control.checked = kept.includes(control.value)
    } else if (control.type === 'select-multiple') {
      for (const option of control.options) option.selected = kept.includes(option.value)
    } else {
      used[control.name] ??= 0
      control.value = kept[used[control.name]++] ?? ''
    }
  }
}

export const sameFields = (one, other) => JSON.stringify(one) === JSON.stringify(other)
