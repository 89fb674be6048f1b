// What scripts add to the pages. Every part is a plus: pages work without it.
import { clearDrafts, forgetSavedDrafts, keepDrafts } from './autosave.js'
import { submitOnChange } from './autosubmit.js'
import { askFirst } from './confirm.js'
import { focusWhatWasAsked } from './focus.js'
import { closeMenus, toggleNavigation } from './menu.js'
import { offerQuotes } from './quote.js'
import { dragItems } from './reorder.js'
import { followContents } from './toc.js'

forgetSavedDrafts()
toggleNavigation()
closeMenus()
askFirst()
submitOnChange()
clearDrafts()
offerQuotes()
focusWhatWasAsked()
followContents()
dragItems()
keepDrafts(document)
// What htmx puts in place has forms too.
document.addEventListener('htmx:load', (event) => keepDrafts(event.detail.elt))
