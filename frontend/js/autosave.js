// Forms marked data-autosave="KEY" lose nothing: not by a closed tab, an expired sign-in or a dropped connection.
import { readDraft, removeAllDrafts, removeDraft, removeDraftsWhere, writeDraft } from './drafts.js'
import { readFields, sameFields, writeFields } from './fields.js'
import { element, text } from './texts.js'

const PAUSE = 400

/** A draft that was sent is done with when the answer was a page, and not one that came back with errors. */
export function forgetSavedDrafts() {
  const [navigation] = performance.getEntriesByType('navigation')
  const arrived = navigation?.type === 'navigate' && (navigation.responseStatus ?? 200) < 400
  const refused = document.querySelector('.error-summary')
  removeDraftsWhere((draft) => draft.sent && arrived && !refused)
}

/** Signing out leaves nothing behind on a shared computer. */
export function clearDrafts() {
  document.addEventListener('submit', (event) => {
    if (event.target.matches('[data-forget-drafts]')) removeAllDrafts()
  })
}

export function keepDrafts(root) {
  for (const form of root.querySelectorAll('form[data-autosave]')) keepDraft(form)
  if (root instanceof Element && root.matches('form[data-autosave]')) keepDraft(root)
}

function keepDraft(form) {
  if (form.draftIsKept) return
  form.draftIsKept = true
  const key = form.dataset.autosave
  const state = showState(form)
  let saved = readFields(form)
  let timer = 0
  let leaving = false

  const changed = () => !sameFields(readFields(form), saved)
  const keep = () => {
    if (changed()) state(writeDraft(key, readFields(form)) ? text('kept') : text('unsaved'))
    else {
      removeDraft(key)
      state('')
    }
  }

  offerDraft(form, key, keep)
  form.addEventListener('input', () => {
    leaving = false
    clearTimeout(timer)
    timer = setTimeout(keep, PAUSE)
  })
  form.addEventListener('submit', (event) => {
    if (event.defaultPrevented && !form.matches('[hx-post], [data-hx-post]')) return
    clearTimeout(timer)
    leaving = true
    if (changed()) writeDraft(key, readFields(form), true)
  })
  form.addEventListener('htmx:afterRequest', (event) => {
    if (event.detail.elt !== form) return
    leaving = false
    if (event.detail.successful) {
      removeDraft(key)
      saved = readFields(form)
      state('')
    } else if (changed()) writeDraft(key, readFields(form))
  })
  window.addEventListener('pagehide', () => {
    if (form.isConnected && changed() && !leaving) writeDraft(key, readFields(form))
  })
  window.addEventListener('beforeunload', (event) => {
    if (form.isConnected && changed() && !leaving) event.preventDefault()
  })
}

/** A line beside the buttons that says what is kept where; returns the function that changes it. */
function showState(form) {
  const line = element('span', { className: 'draft-state', role: 'status' })
  const place = form.querySelector('.form__buttons') ?? form
  place.append(line)
  const lost = () => {
    line.textContent = text('offline')
    line.classList.add('draft-state--offline')
  }
  window.addEventListener('offline', lost)
  form.addEventListener('htmx:sendError', lost)
  window.addEventListener('online', () => {
    line.textContent = ''
    line.classList.remove('draft-state--offline')
  })
  return (words) => {
    if (!line.classList.contains('draft-state--offline')) line.textContent = words
  }
}

function offerDraft(form, key, changed) {
  const draft = readDraft(key)
  if (!draft || sameFields(draft.values, readFields(form))) return
  const when = new Date(draft.when).toLocaleString(document.documentElement.dataset.locale, { dateStyle: 'medium', timeStyle: 'short' })
  const restore = element('button', { type: 'button', className: 'btn btn-primary btn-sm', textContent: text('restoreYes') })
  const discard = element('button', { type: 'button', className: 'btn btn-link btn-sm', textContent: text('restoreNo') })
  const offer = element('div', { className: 'draft-offer', role: 'status' }, [
    element('p', { textContent: text('restore').replace('{when}', when) }),
    restore,
    discard,
  ])
  restore.addEventListener('click', () => {
    writeFields(form, draft.values)
    offer.remove()
    changed()
    form.querySelector('textarea, input:not([type="hidden"])')?.focus()
  })
  discard.addEventListener('click', () => {
    removeDraft(key)
    offer.remove()
  })
  form.prepend(offer)
  form.closest('details')?.setAttribute('open', '')
}
