// The line that says how far the text is saved, and what can be done when it is not.
const LASTING = ['offline', 'signed-out', 'refused', 'too-much']

const ACTIONS = {
  'signed-out': ['sign-in', 'again'],
  refused: ['download'],
  'too-much': ['again', 'download'],
}

/** `saveFile` gives the text to the writer as a file. */
export function showStatus(root, provider, store, saveFile) {
  const line = root.querySelector('[data-live-state]')
  const spoken = root.querySelector('[data-live-spoken]')
  const actions = [...root.querySelectorAll('[data-live-action]')]
  let before = ''
  let troubled = false

  const words = (state) => {
    if (state === 'offline' && !store.keeps) return line.dataset.offlineOnly
    const said = line.dataset[state.replace(/-(.)/g, (_, letter) => letter.toUpperCase())]
    return ['refused', 'too-much'].includes(state) && provider.why ? `${provider.why} ${said}` : said
  }

  // Each key makes it "Saving" for a moment: only what lasts is spoken, and its end.
  const speak = (state, said) => {
    const lasts = LASTING.includes(state)
    if (!lasts && state !== 'saved') return
    if (lasts || troubled) spoken.textContent = said
    troubled = lasts
  }

  const show = () => {
    const { state } = provider
    const said = words(state)
    if (said === before) return
    before = said
    line.textContent = said
    line.dataset.state = state
    const offered = ACTIONS[state] ?? []
    for (const action of actions) action.hidden = !offered.includes(action.dataset.liveAction)
    speak(state, said)
  }

  for (const action of actions) {
    if (action.dataset.liveAction === 'again') action.addEventListener('click', () => provider.connect())
    if (action.dataset.liveAction === 'download') action.addEventListener('click', saveFile)
  }
  // Back from the window in which one signed in again.
  window.addEventListener('focus', () => provider.state === 'signed-out' && provider.connect())
  provider.addEventListener('change', show)
  show()
}
