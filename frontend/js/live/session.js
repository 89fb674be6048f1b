// One text written together: its document, what is kept of it here, its connection, and the editor in place of the textarea.
import { Awareness } from 'y-protocols/awareness'
import * as Y from 'yjs'
import { element } from '../texts.js'
import { makeEditor, saveFile } from './editor.js'
import { listPeople } from './people.js'
import { Provider } from './provider.js'
import { showStatus } from './status.js'
import { openStore } from './store.js'

/** So long the page waits for the connection before the textarea is what one writes in; less when there is a copy here. */
const WAIT = 4_000
const WAIT_WITH_COPY = 1_500
const FORGET_AFTER = 1_000
const AFTER_SIGN_OUT = 2_000
const SAVE_WITHIN = 3_000
const ENDED = ['signed-out', 'refused', 'too-much']

export async function startSession(root) {
  const { field: fieldId, item, userId: id, userName: name, userColor: color, address, title } = root.dataset
  const field = document.getElementById(fieldId)
  const doc = new Y.Doc()
  const awareness = new Awareness(doc)
  awareness.setLocalState({ user: { id, name, color }, cursor: null })

  const store = await openStore(`${item} ${id}`)
  const kept = await store.read()
  for (const update of kept) Y.applyUpdate(doc, update, store)
  const url = new URL(address, window.location.href)
  url.protocol = url.protocol.replace('http', 'ws')
  const provider = new Provider(url.href, doc, awareness)
  provider.unsaved = kept.length > 0

  const session = { root, field, doc, awareness, store, provider, title }
  if (await isReady(session)) openEditor(session)
  else giveWay(session)
}

/** Whether there is a text to write in: the server's, or a whole copy of it kept here. */
function isReady({ provider, doc, store, field }) {
  const hasCopy = () => doc.getXmlFragment('text').length > 0 && doc.store.pendingStructs === null
  return new Promise((resolve) => {
    const timer = setTimeout(() => resolve(hasCopy()), hasCopy() ? WAIT_WITH_COPY : WAIT)
    const settle = (ready) => {
      clearTimeout(timer)
      resolve(ready)
    }
    provider.addEventListener('synced', () => settle(true), { once: true })
    provider.addEventListener('change', () => ENDED.includes(provider.state) && settle(hasCopy()))
    // Who writes in the textarea already goes on there. With a copy here that may not be: it would be two texts.
    field.addEventListener('input', () => hasCopy() || settle(false), { once: true })
    keepEdits(doc, store, provider)
    provider.connect()
  })
}

/** Each edit goes into the browser's log at once, and out of it when the server has it. */
function keepEdits(doc, store, provider) {
  let timer = 0
  let hasBase = false
  let isCleared = false
  // Whether this window is signed out as well, the server says when it is asked anew, once it has done so.
  store.addEventListener('cleared', () => {
    isCleared = true
    setTimeout(() => provider.reconnect(), AFTER_SIGN_OUT)
  })
  doc.on('update', (update, origin) => origin !== provider && origin !== store && store.add(update))
  provider.addEventListener('change', () => {
    clearTimeout(timer)
    const { state } = provider
    if (state === 'saved') {
      hasBase = false
      if (isCleared && !store.keeps) store.open()
      timer = setTimeout(() => provider.state === 'saved' && store.forget(), FORGET_AFTER)
    } else if (provider.unsaved && !hasBase && ['offline', ...ENDED].includes(state)) {
      // The whole text once in each outage, so that the edits can be shown without the server.
      hasBase = true
      store.add(Y.encodeStateAsUpdate(doc))
    }
  })
}

function giveWay({ root, field, provider }) {
  provider.destroy()
  root.parentElement.querySelector('[data-live-missing]').hidden = false
  root.remove()
  field.readOnly = false
}

function openEditor(session) {
  const { root, field, doc, awareness, store, provider, title } = session
  const hadFocus = document.activeElement === field
  root.hidden = false
  const mayEdit = () => provider.state !== 'refused'
  const view = makeEditor(root, field, doc.getXmlFragment('text'), awareness, mayEdit)
  provider.addEventListener('change', () => view.editable !== mayEdit() && view.setProps({}))

  field.hidden = true
  field.required = false
  field.form.append(element('input', { type: 'hidden', name: `${field.name}_is_live`, value: '1' }))
  for (const part of document.querySelectorAll('[data-without-live]')) part.hidden = true
  listPeople(root.querySelector('[data-live-people]'), awareness, { id: root.dataset.userId, you: root.dataset.you })
  showStatus(root, provider, store, () => saveFile(view, title))
  showTyped(field, root)
  guardLeaving(field.form, provider)
  if (hadFocus) view.focus()
}

/** A text that came into the hidden textarea (a restored draft, one typed before) is shown, for the person to take from. */
function showTyped(field, root) {
  const note = root.parentElement.querySelector('[data-live-typed]')
  const show = () => {
    if (field.value === field.defaultValue) return
    field.hidden = note.hidden = false
    field.readOnly = true
    field.setAttribute('aria-describedby', note.id)
  }
  field.form.addEventListener('click', () => setTimeout(show))
  show()
}

/** The form waits a moment for the text; leaving with edits that only this browser has asks first. */
function guardLeaving(form, provider) {
  let sending = false
  form.addEventListener('submit', (event) => {
    if (event.defaultPrevented) return
    if (provider.state !== 'saving') {
      sending = true
      return
    }
    event.preventDefault()
    const { submitter } = event
    const go = () => {
      clearTimeout(timer)
      provider.removeEventListener('change', look)
      sending = true
      form.requestSubmit(submitter)
    }
    const look = () => provider.state !== 'saving' && go()
    const timer = setTimeout(go, SAVE_WITHIN)
    provider.addEventListener('change', look)
  })
  window.addEventListener('beforeunload', (event) => {
    if (provider.unsaved && !sending) event.preventDefault()
    sending = false
  })
  window.addEventListener('pagehide', () => provider.leave())
  // Come back to from the browser's own cache of pages: everything begins anew.
  window.addEventListener('pageshow', (event) => event.persisted && window.location.reload())
}
