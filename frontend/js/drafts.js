// Drafts of forms in the browser's own storage: what was typed, when, and whether it was sent.
const PREFIX = 'pspm:draft:'
const KEPT_DAYS = 30

function storage() {
  try {
    return window.localStorage
  } catch {
    return null // Storage is switched off: the page works, only without drafts.
  }
}

function keys() {
  const store = storage()
  return store ? Object.keys(store).filter((key) => key.startsWith(PREFIX)) : []
}

export function readDraft(key) {
  try {
    return JSON.parse(storage()?.getItem(PREFIX + key) ?? 'null')
  } catch {
    return null
  }
}

/** Keep a draft; false where the browser refuses (full or switched off). */
export function writeDraft(key, values, sent = false) {
  try {
    storage().setItem(PREFIX + key, JSON.stringify({ values, sent, when: Date.now() }))
    return true
  } catch {
    return false
  }
}

export const removeDraft = (key) => storage()?.removeItem(PREFIX + key)

/** Those of forms, and the edits of live texts (live/store.js). */
export const removeAllDrafts = () => {
  for (const key of keys()) storage().removeItem(key)
  window.indexedDB?.deleteDatabase('pspm-live')
}

/** Remove drafts for which `done` is true, and those too old to be of use. */
export function removeDraftsWhere(done) {
  const oldest = Date.now() - KEPT_DAYS * 86_400_000
  for (const key of keys()) {
    const draft = readDraft(key.slice(PREFIX.length))
    if (!draft || draft.when < oldest || done(draft)) storage().removeItem(key)
  }
}
