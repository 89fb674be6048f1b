// What the toolbar and the keys do: for each tool its command, and whether it is on where the caret is.
import { lift, setBlockType, toggleMark, wrapIn } from 'prosemirror-commands'
import { liftListItem, sinkListItem, wrapInList } from 'prosemirror-schema-list'
import { redoCommand, undoCommand } from 'y-prosemirror'
import { levelOf, schema } from './schema.js'
import { addColumn, addRow, deleteColumn, deleteRow, insertTable, inTable } from './tables.js'

const { nodes, marks } = schema
const LISTS = [nodes.bullet_list, nodes.ordered_list]

/** The nearest node around the selection for which `test` is true, with its position. */
function around({ $from }, test) {
  for (let depth = $from.depth; depth > 0; depth--) {
    if (test($from.node(depth))) return { node: $from.node(depth), position: $from.before(depth) }
  }
  return null
}

const nearestList = (state) => around(state.selection, ({ type }) => LISTS.includes(type))
const inList = (state) => nearestList(state) !== null
const inQuote = (state) => around(state.selection, ({ type }) => type === nodes.blockquote) !== null

export function hasMark({ selection: { from, to, empty, $from }, storedMarks, doc }, type) {
  if (empty) return Boolean(type.isInSet(storedMarks ?? $from.marks()))
  return doc.rangeHasMark(from, to, type)
}

/** Make it such a list, change its kind, or, where it is one, an ordinary text again. */
const toggleList = (type) => (state, dispatch) => {
  const list = nearestList(state)
  if (!list) return wrapInList(type)(state, dispatch)
  if (list.node.type === type) return liftListItem(nodes.list_item)(state, dispatch)
  dispatch?.(state.tr.setNodeMarkup(list.position, type))
  return true
}

/** What kind of block the caret is in: "paragraph" or a heading's level. */
export function blockAt(state) {
  const { parent } = state.selection.$from
  return parent.type === nodes.heading ? String(levelOf(parent)) : 'paragraph'
}

/** A heading cannot be an item of a list or in a cell. */
export const canBeHeading = (state) => !inList(state) && !inTable(state)

export const setBlock = (kind) => (state, dispatch) => {
  if (kind === 'paragraph') return setBlockType(nodes.paragraph)(state, dispatch)
  return canBeHeading(state) && setBlockType(nodes.heading, { level: Number(kind) })(state, dispatch)
}

const toggleQuote = (state, dispatch) => (inQuote(state) ? lift(state, dispatch) : wrapIn(nodes.blockquote)(state, dispatch))

export const tools = {
  bold: { run: toggleMark(marks.strong), isOn: (state) => hasMark(state, marks.strong) },
  italic: { run: toggleMark(marks.em), isOn: (state) => hasMark(state, marks.em) },
  bullets: { run: toggleList(nodes.bullet_list), isOn: (state) => nearestList(state)?.node.type === nodes.bullet_list },
  numbers: { run: toggleList(nodes.ordered_list), isOn: (state) => nearestList(state)?.node.type === nodes.ordered_list },
  indent: { run: sinkListItem(nodes.list_item) },
  outdent: { run: liftListItem(nodes.list_item) },
  quote: { run: toggleQuote, isOn: inQuote },
  table: { run: insertTable },
  'add-row': { run: addRow },
  'add-column': { run: addColumn },
  'delete-row': { run: deleteRow },
  'delete-column': { run: deleteColumn },
  undo: { run: undoCommand },
  redo: { run: redoCommand },
}

/** Groups of tools that are there only where they do something. */
export const places = { list: inList, table: inTable }
