// The editor of a long text: ProseMirror on the shared document, under the label and hint of the field it stands for.
import { gapCursor } from 'prosemirror-gapcursor'
import { DOMSerializer } from 'prosemirror-model'
import { EditorState, Plugin } from 'prosemirror-state'
import { EditorView } from 'prosemirror-view'
import { initProseMirrorDoc, yCursorPlugin, ySyncPlugin, yUndoPlugin } from 'y-prosemirror'
import { keys } from './keys.js'
import { linkForm } from './link.js'
import { cleanPasted } from './paste.js'
import { caret, selected } from './people.js'
import { schema } from './schema.js'
import { mendTables } from './tables.js'
import { toolbar } from './toolbar.js'

/** What ties the editor to the label, hint and errors that the field has. */
function names(field, help) {
  const label = document.querySelector(`label[for="${CSS.escape(field.id)}"]`)
  label.id ||= `${field.id}-label`
  const described = [field.getAttribute('aria-describedby'), help.id].filter(Boolean).join(' ')
  return {
    label,
    attributes: {
      class: 'live__text prose',
      role: 'textbox',
      'aria-multiline': 'true',
      'aria-labelledby': label.id,
      'aria-describedby': described,
    },
  }
}

function plugins(fragment, mapping, awareness, extraKeys, onUpdate) {
  return [
    ySyncPlugin(fragment, { mapping }),
    yCursorPlugin(awareness, { cursorBuilder: caret, selectionBuilder: selected }),
    yUndoPlugin(),
    mendTables,
    ...keys(extraKeys),
    gapCursor(),
    new Plugin({ view: () => ({ update: onUpdate }) }),
  ]
}

/** The view, put into `root` (templates/components/live_editor.html). `mayEdit` is asked at each key. */
export function makeEditor(root, field, fragment, awareness, mayEdit) {
  const { label, attributes } = names(field, root.querySelector('[data-live-help]'))
  const { doc, mapping } = initProseMirrorDoc(fragment, schema)
  let bar = null
  let openLink = null
  const extraKeys = {
    'Mod-k': () => openLink(),
    'Alt-F10': () => {
      bar.focus()
      return true
    },
  }
  const view = new EditorView(root.querySelector('[data-live-place]'), {
    state: EditorState.create({ schema, doc, plugins: plugins(fragment, mapping, awareness, extraKeys, () => bar?.update()) }),
    attributes,
    editable: mayEdit,
    transformPastedHTML: cleanPasted,
    // The toolbar stays at the top of the window and would hide the line that is scrolled to.
    scrollThreshold: { top: 120, right: 0, bottom: 40, left: 0 },
    scrollMargin: { top: 130, right: 0, bottom: 60, left: 0 },
  })
  openLink = linkForm(root, view)
  bar = toolbar(root, view, openLink)
  bar.update()
  label.addEventListener('click', () => view.focus())
  return view
}

/** The text as a file that every word processor opens. */
export function saveFile(view, title) {
  const page = document.implementation.createHTMLDocument(title)
  page.head.prepend(Object.assign(page.createElement('meta'), { httpEquiv: 'content-type', content: 'text/html; charset=utf-8' }))
  page.documentElement.lang = document.documentElement.lang
  page.body.append(DOMSerializer.fromSchema(schema).serializeFragment(view.state.doc.content, { document: page }))
  const file = new Blob([`<!doctype html>${page.documentElement.outerHTML}`], { type: 'text/html' })
  const link = Object.assign(document.createElement('a'), { href: URL.createObjectURL(file), download: `${title}.html` })
  link.click()
  setTimeout(() => URL.revokeObjectURL(link.href), 60_000)
}
