// Tables as Markdown has them: a grid without joined cells, the first row its header.
import { Plugin, TextSelection } from 'prosemirror-state'
import { ySyncPluginKey } from 'y-prosemirror'
import { schema } from './schema.js'

const { paragraph, hard_break: hardBreak, table, table_row: row, table_cell: cell, table_header: header } = schema.nodes

/** Where the selection is: the table, its position, and the row and column by number; null outside of tables. */
export function findCell({ $from }) {
  for (let depth = $from.depth; depth > 1; depth--) {
    if ($from.node(depth - 1).type !== row) continue
    const at = depth - 2
    return { table: $from.node(at), start: $from.before(at), row: $from.index(at), column: $from.index(at + 1), depth }
  }
  return null
}

export const inTable = (state) => findCell(state.selection) !== null

const emptyCell = (type, align = null) => type.create({ align }, paragraph.create())

const cells = (one) => one.content.content

/** The position of a cell within the table at `start`. */
function positionOf(grid, start, rowAt, columnAt) {
  let position = start + 1
  for (let index = 0; index < rowAt; index++) position += grid.child(index).nodeSize
  position += 1
  const line = grid.child(rowAt)
  for (let index = 0; index < Math.min(columnAt, line.childCount - 1); index++) position += line.child(index).nodeSize
  return position
}

function selectCell(tr, start, rowAt, columnAt) {
  const grid = tr.doc.nodeAt(start)
  const position = positionOf(grid, start, Math.min(rowAt, grid.childCount - 1), columnAt)
  return tr.setSelection(TextSelection.near(tr.doc.resolve(position + 1))).scrollIntoView()
}

export function insertTable(state, dispatch) {
  if (inTable(state) || state.selection.$from.parent.type.spec.code) return false
  const line = (type) => row.create(null, [emptyCell(type), emptyCell(type)])
  const made = table.create(null, [line(header), line(cell), line(cell)])
  if (dispatch) {
    const tr = state.tr.replaceSelectionWith(made)
    let start = tr.mapping.map(state.selection.from, -1)
    tr.doc.descendants((node, position) => {
      if (node === made) start = position
    })
    const after = start + made.nodeSize
    // Without a paragraph below, there would be no place to go on writing.
    if (after === tr.doc.content.size) tr.insert(after, paragraph.create())
    dispatch(selectCell(tr, start, 0, 0))
  }
  return true
}

export function addRow(state, dispatch) {
  const here = findCell(state.selection)
  if (!here) return false
  if (dispatch) {
    const made = row.create(null, cells(here.table.child(here.row)).map((one) => emptyCell(cell, one.attrs.align)))
    let position = here.start + 1
    for (let index = 0; index <= here.row; index++) position += here.table.child(index).nodeSize
    dispatch(selectCell(state.tr.insert(position, made), here.start, here.row + 1, 0))
  }
  return true
}

export function addColumn(state, dispatch) {
  const here = findCell(state.selection)
  if (!here) return false
  if (dispatch) {
    const { tr } = state
    // From the last row up, so that the positions of those above stay.
    for (let index = here.table.childCount - 1; index >= 0; index--) {
      const line = here.table.child(index)
      const column = Math.min(here.column, line.childCount - 1)
      const position = positionOf(here.table, here.start, index, column) + line.child(column).nodeSize
      tr.insert(position, emptyCell(line.child(column).type))
    }
    dispatch(selectCell(tr, here.start, here.row, here.column + 1))
  }
  return true
}

/** Deleting its last row or column deletes the table. */
function deleteTable(state, dispatch, here) {
  dispatch?.(state.tr.delete(here.start, here.start + here.table.nodeSize).scrollIntoView())
  return true
}

export function deleteRow(state, dispatch) {
  const here = findCell(state.selection)
  if (!here) return false
  if (here.table.childCount === 1) return deleteTable(state, dispatch, here)
  if (dispatch) {
    const from = positionOf(here.table, here.start, here.row, 0) - 1
    dispatch(selectCell(state.tr.delete(from, from + here.table.child(here.row).nodeSize), here.start, here.row, here.column))
  }
  return true
}

export function deleteColumn(state, dispatch) {
  const here = findCell(state.selection)
  if (!here) return false
  if (here.table.child(here.row).childCount === 1) return deleteTable(state, dispatch, here)
  if (dispatch) {
    const { tr } = state
    for (let index = here.table.childCount - 1; index >= 0; index--) {
      const line = here.table.child(index)
      if (here.column >= line.childCount || line.childCount === 1) continue
      const from = positionOf(here.table, here.start, index, here.column)
      tr.delete(from, from + line.child(here.column).nodeSize)
    }
    dispatch(selectCell(tr, here.start, here.row, here.column))
  }
  return true
}

/** To the next cell or the one before; false at the ends, so that Tab leaves the text there. */
export const goToCell = (step) => (state, dispatch) => {
  const here = findCell(state.selection)
  if (!here) return false
  const all = cells(here.table).flatMap((line, index) => cells(line).map((_, column) => [index, column]))
  const to = all[all.findIndex(([index, column]) => index === here.row && column === here.column) + step]
  if (!to) return false
  dispatch?.(selectCell(state.tr, here.start, ...to))
  return true
}

export function breakInCell(state, dispatch) {
  if (!inTable(state)) return false
  dispatch?.(state.tr.replaceSelectionWith(hardBreak.create()).scrollIntoView())
  return true
}

/** Words selected across cells go; the cells stay. */
export function emptyCells(state, dispatch) {
  const { $from, $to, from, to } = state.selection
  const here = findCell(state.selection)
  const other = findCell({ $from: $to })
  if (!here || other?.start !== here.start || $from.sharedDepth(to) >= here.depth) return false
  if (dispatch) {
    const { tr } = state
    const found = []
    state.doc.nodesBetween(from, to, (node, position) => {
      if (node.isTextblock) found.push([Math.max(from, position + 1), Math.min(to, position + 1 + node.content.size)])
    })
    for (const [start, end] of found.reverse()) tr.delete(start, end)
    dispatch(tr.setSelection(TextSelection.near(tr.doc.resolve(from))).scrollIntoView())
  }
  return true
}

/** One paragraph from those of a cell, line under line. */
function joined(one) {
  if (one.childCount === 1) return one.firstChild
  const words = []
  one.forEach((part, _, index) => words.push(...(index ? [hardBreak.create()] : []), ...part.content.content))
  return paragraph.create(null, words)
}

/** The same table as an even grid with a header row; itself when it is one already. */
function evened(grid) {
  const width = Math.max(...cells(grid).map((line) => line.childCount))
  const good = cells(grid).every((line, index) => {
    const type = index ? cell : header
    return line.childCount === width && cells(line).every((one) => one.type === type && one.childCount === 1)
  })
  if (good) return grid
  const rows = cells(grid).map((line, index) => {
    const type = index ? cell : header
    const filled = cells(line).map((one) => type.create(one.attrs, joined(one)))
    while (filled.length < width) filled.push(emptyCell(type))
    return row.create(null, filled)
  })
  return table.create(null, rows)
}

/** After this person's own changes (a paste, a deletion across cells), never after another's: both would mend at once. */
export const mendTables = new Plugin({
  appendTransaction(transactions, _, state) {
    const own = transactions.some((tr) => tr.docChanged && !tr.getMeta(ySyncPluginKey)?.isChangeOrigin)
    if (!own) return null
    const wrong = []
    state.doc.descendants((node, position) => {
      if (node.type !== table) return !node.isTextblock
      const even = evened(node)
      if (even !== node) wrong.push([position, node, even])
      return false
    })
    if (!wrong.length) return null
    const { tr } = state
    for (const [position, old, even] of wrong.reverse()) tr.replaceWith(position, position + old.nodeSize, even)
    return tr
  },
})
