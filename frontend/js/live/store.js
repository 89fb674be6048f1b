// Edits that the server has not confirmed, kept in this browser: a log that is emptied as soon as all is saved, and at sign-out
// (../drafts.js). Each tab deletes only what it wrote or has itself brought to the server.
const NAME = 'pspm-live'
const EDITS = 'edits'
const KEPT_DAYS = 30

const done = (request) =>
  new Promise((resolve, reject) => {
    request.onsuccess = () => resolve(request.result)
    request.onerror = () => reject(request.error)
  })

function openDatabase() {
  const request = window.indexedDB.open(NAME, 1)
  request.onupgradeneeded = () => {
    const edits = request.result.createObjectStore(EDITS, { keyPath: 'id', autoIncrement: true })
    edits.createIndex('text', 'text')
    edits.createIndex('when', 'when')
  }
  return done(request)
}

/** The log of one text for one person; one that keeps nothing where the browser has no room or will not. */
export async function openStore(text) {
  const store = new Store(text)
  await store.open()
  return store
}

/** Fires `cleared` when this person signs out in another tab. */
class Store extends EventTarget {
  #database = null
  #text
  #ours = []

  constructor(text) {
    super()
    this.#text = text
  }

  async open() {
    try {
      this.#database = await openDatabase()
      // Signing out deletes the database: an open connection must not stand in its way.
      this.#database.onversionchange = () => {
        this.close()
        this.dispatchEvent(new Event('cleared'))
      }
      await this.#deleteOld()
    } catch {
      this.close()
    }
  }

  get keeps() {
    return this.#database !== null
  }

  #edits(mode) {
    return this.#database.transaction(EDITS, mode).objectStore(EDITS)
  }

  async #deleteOld() {
    const range = IDBKeyRange.upperBound(Date.now() - KEPT_DAYS * 86_400_000)
    const edits = this.#edits('readwrite')
    for (const id of await done(edits.index('when').getAllKeys(range))) edits.delete(id)
  }

  /** What was typed before and never confirmed, by this tab or another. */
  async read() {
    if (!this.keeps) return []
    const found = await done(this.#edits('readonly').index('text').getAll(this.#text))
    this.#ours.push(...found.map(({ id }) => id))
    return found.map(({ update }) => update)
  }

  async add(update) {
    if (!this.keeps) return
    try {
      this.#ours.push(await done(this.#edits('readwrite').add({ text: this.#text, update, when: Date.now() })))
    } catch {
      this.close() // Full, or switched off meanwhile: `keeps` says so.
    }
  }

  /** All that was added so far is on the server. */
  forget() {
    if (!this.keeps || !this.#ours.length) return
    const edits = this.#edits('readwrite')
    for (const id of this.#ours.splice(0)) edits.delete(id)
  }

  close() {
    this.#database?.close()
    this.#database = null
    this.#ours = []
  }
}
