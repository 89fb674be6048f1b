// Writing together, on the pages that have a text to write: where the browser cannot, the textarea stays.
import { startSession } from './session.js'

const root = document.querySelector('[data-live-editor]')
if (root && 'WebSocket' in window && 'indexedDB' in window) startSession(root)
