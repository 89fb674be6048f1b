// Keys and what is made while typing: "- " a list, "1. " a numbered one, "## " a heading, "> " a quotation.
// Tab moves between the cells of a table and leaves the text everywhere else: nobody is caught in it.
import { baseKeymap, chainCommands, exitCode, toggleMark } from 'prosemirror-commands'
import { inputRules, textblockTypeInputRule, undoInputRule, wrappingInputRule } from 'prosemirror-inputrules'
import { keymap } from 'prosemirror-keymap'
import { splitListItem } from 'prosemirror-schema-list'
import { canBeHeading, tools } from './commands.js'
import { schema } from './schema.js'
import { breakInCell, emptyCells, goToCell } from './tables.js'

const { nodes, marks } = schema

const newLine = chainCommands(exitCode, (state, dispatch) => {
  dispatch?.(state.tr.replaceSelectionWith(nodes.hard_break.create()).scrollIntoView())
  return true
})

const always = (command) => (state, dispatch) => {
  command(state, dispatch)
  return true
}

function headingRule() {
  const rule = textblockTypeInputRule(/^(#{1,6})\s$/, nodes.heading, (match) => ({ level: match[1].length }))
  const { handler } = rule
  rule.handler = (state, ...rest) => (canBeHeading(state) ? handler(state, ...rest) : null)
  return rule
}

const rules = [
  headingRule(),
  wrappingInputRule(/^\s*[-*]\s$/, nodes.bullet_list),
  wrappingInputRule(
    /^(\d{1,9})[.)]\s$/,
    nodes.ordered_list,
    (match) => ({ order: Number(match[1]) }),
    (match, list) => list.childCount + Number(list.attrs.order) === Number(match[1]),
  ),
  wrappingInputRule(/^\s*>\s$/, nodes.blockquote),
]

/** `extra`: keys that belong to the page around the text. */
export const keys = (extra) => [
  inputRules({ rules }),
  keymap({
    ...extra,
    'Mod-b': toggleMark(marks.strong),
    'Mod-i': toggleMark(marks.em),
    'Mod-z': always(tools.undo.run),
    'Mod-y': always(tools.redo.run),
    'Shift-Mod-z': always(tools.redo.run),
    'Mod-]': tools.indent.run,
    'Mod-[': tools.outdent.run,
    Tab: goToCell(1),
    'Shift-Tab': goToCell(-1),
    Enter: chainCommands(breakInCell, splitListItem(nodes.list_item)),
    'Shift-Enter': newLine,
    'Mod-Enter': newLine,
    Backspace: chainCommands(undoInputRule, emptyCells),
    Delete: emptyCells,
  }),
  keymap(baseKeymap),
]
