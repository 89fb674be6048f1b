// The live connection of one text: the y-protocols messages, and two of the server's own: how much is on disk, and news.
import * as decoding from 'lib0/decoding'
import * as encoding from 'lib0/encoding'
import { applyAwarenessUpdate, encodeAwarenessUpdate, removeAwarenessStates } from 'y-protocols/awareness'
import { messageYjsSyncStep1, messageYjsSyncStep2, readSyncMessage, writeSyncStep1, writeUpdate } from 'y-protocols/sync'

const SYNC = 0
const AWARENESS = 1
const QUERY_AWARENESS = 3
const STORED = 4
const NEWS = 5

const FIRST_PAUSE = 500
const LONGEST_PAUSE = 10_000
const LARGEST_MESSAGE = 1_000_000
/** So long without a word from the server, and it is asked whether it is there; so long for its answer. */
const SILENCE = 25_000
const ANSWER_WITHIN = 8_000
const LOOK_EVERY = 4_000
/** A restart of the server takes about a second: not worth a word. */
const UNNOTICED = 1_500

/** What a close by the server means for good; after any other it is tried again. */
const ENDS = new Map([
  [4401, 'signed-out'],
  [4403, 'refused'],
  [4413, 'too-much'],
])

/**
 * Fires `change` whenever `state` may be another: connecting, saving, saved, offline (typing goes on), signed-out, refused or
 * too-much; `synced` when the text is as the server has it. Saved means: the server said that all of it is on disk.
 */
export class Provider extends EventTarget {
  #doc
  #awareness
  #socket = null
  #url
  #sent = 0
  #stored = 0
  #answered = false
  #synced = false
  #end = null
  #pause = FIRST_PAUSE
  #retry = 0
  #watch = 0
  #heard = 0
  #asked = 0
  #lostAt = 0
  #stop = new AbortController()

  /** Whether the person changed something that no server has confirmed. */
  unsaved = false
  /** The server's own words for why it closed the connection. */
  why = ''

  constructor(url, doc, awareness) {
    super()
    this.#url = url
    this.#doc = doc
    this.#awareness = awareness
    doc.on('update', this.#send)
    awareness.on('update', this.#tell)
    const { signal } = this.#stop
    window.addEventListener('online', () => this.connect(), { signal })
    window.addEventListener('offline', () => this.#lose(), { signal })
    document.addEventListener('visibilitychange', () => document.hidden || this.#wake(), { signal })
    this.#watch = setInterval(() => this.#look(), LOOK_EVERY)
  }

  get state() {
    if (this.#end) return this.#end
    if (this.#answered && this.#synced) return this.#stored === this.#sent ? 'saved' : 'saving'
    const lately = !this.#lostAt || Date.now() - this.#lostAt < UNNOTICED
    return lately && navigator.onLine ? 'connecting' : 'offline'
  }

  /** Now, whatever closed the last connection. */
  connect() {
    if (this.#stop.signal.aborted || this.#socket) return
    clearTimeout(this.#retry)
    this.#end = null
    const socket = new WebSocket(this.#url)
    this.#socket = socket
    socket.binaryType = 'arraybuffer'
    socket.onopen = () => this.#open()
    socket.onmessage = (event) => this.#receive(new Uint8Array(event.data))
    socket.onclose = (event) => this.#lose(event.code)
    this.#changed()
  }

  /** Show the server anew who one is. */
  reconnect() {
    this.#lose()
    this.connect()
  }

  destroy() {
    this.leave()
    this.#stop.abort()
    clearInterval(this.#watch)
    clearTimeout(this.#retry)
    this.#doc.off('update', this.#send)
    this.#awareness.off('update', this.#tell)
    this.#drop()
  }

  /** Be gone from the others' lists at once. */
  leave() {
    removeAwarenessStates(this.#awareness, [this.#doc.clientID], 'leave')
  }

  #changed() {
    this.dispatchEvent(new Event('change'))
  }

  #open() {
    this.#pause = FIRST_PAUSE
    this.#heard = Date.now()
    this.#post(SYNC, (encoder) => writeSyncStep1(encoder, this.#doc))
    // A later clock than the one with which the server told the others that this page had gone.
    this.#awareness.setLocalState(this.#awareness.getLocalState())
    this.#changed()
  }

  #drop() {
    if (!this.#socket) return
    this.#socket.onopen = this.#socket.onmessage = this.#socket.onclose = null
    this.#socket.close()
    this.#socket = null
  }

  #lose(code = 0) {
    this.#drop()
    this.#sent = this.#stored = this.#asked = 0
    this.#answered = this.#synced = false
    this.#lostAt ||= Date.now()
    this.#end ??= ENDS.get(code) ?? null
    const others = [...this.#awareness.getStates().keys()].filter((client) => client !== this.#doc.clientID)
    removeAwarenessStates(this.#awareness, others, this)
    clearTimeout(this.#retry)
    if (!this.#end) {
      this.#retry = setTimeout(() => this.connect(), this.#pause * (0.75 + Math.random() / 2))
      this.#pause = Math.min(this.#pause * 2, LONGEST_PAUSE)
      setTimeout(() => this.#changed(), UNNOTICED)
    }
    this.#changed()
  }

  /** A connection can be dead without a sign, after a sleep for one. */
  #look() {
    if (this.#socket?.readyState !== WebSocket.OPEN) return
    const now = Date.now()
    if (this.#asked && now - this.#asked > ANSWER_WITHIN) this.#lose()
    else if (!this.#asked && now - this.#heard > SILENCE) this.#ask()
  }

  #ask() {
    this.#asked = Date.now()
    this.#post(QUERY_AWARENESS)
  }

  #wake() {
    if (this.#socket?.readyState === WebSocket.OPEN) this.#ask()
    else if (!this.#end) this.connect()
  }

  #receive(data) {
    const decoder = decoding.createDecoder(data)
    this.#heard = Date.now()
    this.#asked = 0
    const kind = decoding.readVarUint(decoder)
    if (kind === SYNC) this.#sync(decoder)
    else if (kind === AWARENESS) applyAwarenessUpdate(this.#awareness, decoding.readVarUint8Array(decoder), this)
    else if (kind === STORED) this.#stored = decoding.readVarUint(decoder)
    else if (kind === NEWS) this.#news(JSON.parse(decoding.readVarString(decoder)))
    if (this.state === 'saved') this.unsaved = false
    this.#changed()
  }

  #sync(decoder) {
    const answer = encoding.createEncoder()
    encoding.writeVarUint(answer, SYNC)
    const kind = readSyncMessage(decoder, answer, this.#doc, this)
    if (kind === messageYjsSyncStep1) {
      this.#answered = true
      this.#content(encoding.toUint8Array(answer))
    } else if (kind === messageYjsSyncStep2) {
      this.#synced = true
      this.#lostAt = 0
      this.dispatchEvent(new Event('synced'))
    }
  }

  #news(news) {
    if (news.kind === 'refused') this.why = news.why
    this.dispatchEvent(new CustomEvent('news', { detail: news }))
  }

  #post(kind, write = () => {}) {
    if (this.#socket?.readyState !== WebSocket.OPEN) return
    const encoder = encoding.createEncoder()
    encoding.writeVarUint(encoder, kind)
    write(encoder)
    this.#socket.send(encoding.toUint8Array(encoder))
  }

  /** A message that the server counts, and says of when it is on disk. */
  #content(bytes) {
    if (bytes.length > LARGEST_MESSAGE) {
      this.#lose(4413)
      return
    }
    this.#sent += 1
    this.#socket.send(bytes)
  }

  #send = (update, origin) => {
    if (origin === this) return
    this.unsaved = true
    // Before the server has asked what this page has, an update could stand on something that the server lacks.
    if (this.#answered) {
      const encoder = encoding.createEncoder()
      encoding.writeVarUint(encoder, SYNC)
      writeUpdate(encoder, update)
      this.#content(encoding.toUint8Array(encoder))
    }
    this.#changed()
  }

  #tell = ({ added, updated, removed }) => {
    const own = this.#doc.clientID
    if (![...added, ...updated, ...removed].includes(own)) return
    this.#post(AWARENESS, (encoder) => encoding.writeVarUint8Array(encoder, encodeAwarenessUpdate(this.#awareness, [own])))
  }
}
