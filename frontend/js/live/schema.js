// What a plan's text is made of. The names are those of the shared document: the server reads and writes the same.
//
// The content rules are wider than what the editor makes (a cell with two paragraphs, an item that begins with a list): two people's
// changes can come together to such a thing, and y-prosemirror deletes for everybody what the rules forbid.
import { Schema } from 'prosemirror-model'

const SAFE = /^(https?:|mailto:)/i

export const isSafe = (href) => SAFE.test(href)

const blocks = {
  doc: { content: 'block+' },
  paragraph: { group: 'block', content: 'inline*', parseDOM: [{ tag: 'p' }], toDOM: () => ['p', 0] },
  heading: {
    group: 'block',
    content: 'inline*',
    defining: true,
    attrs: { level: { default: 2 } },
    parseDOM: [1, 2, 3, 4, 5, 6].map((level) => ({ tag: `h${level}`, attrs: { level } })),
    toDOM: (node) => [`h${levelOf(node)}`, 0],
  },
  blockquote: { group: 'block', content: 'block+', defining: true, parseDOM: [{ tag: 'blockquote' }], toDOM: () => ['blockquote', 0] },
  code_block: {
    group: 'block',
    content: 'text*',
    code: true,
    defining: true,
    parseDOM: [{ tag: 'pre', preserveWhitespace: 'full' }],
    toDOM: () => ['pre', ['code', 0]],
  },
  horizontal_rule: { group: 'block', parseDOM: [{ tag: 'hr' }], toDOM: () => ['hr'] },
}

/** Numbers may come from the server as 2.0 or "2". */
export const levelOf = (node) => Math.min(6, Math.max(1, Math.round(Number(node.attrs.level)) || 2))

const lists = {
  bullet_list: { group: 'block', content: 'list_item+', parseDOM: [{ tag: 'ul' }], toDOM: () => ['ul', 0] },
  ordered_list: {
    group: 'block',
    content: 'list_item+',
    attrs: { order: { default: 1 } },
    parseDOM: [{ tag: 'ol', getAttrs: (dom) => ({ order: dom.hasAttribute('start') ? dom.start : 1 }) }],
    toDOM: (node) => {
      const order = Math.round(Number(node.attrs.order))
      return order === 1 ? ['ol', 0] : ['ol', { start: order || 1 }, 0]
    },
  },
  list_item: { content: 'block+', defining: true, parseDOM: [{ tag: 'li' }], toDOM: () => ['li', 0] },
}

const ALIGNS = ['left', 'center', 'right']

const cell = (tag) => ({
  content: 'paragraph+',
  isolating: true,
  attrs: { align: { default: null } },
  parseDOM: [{ tag, getAttrs: (dom) => ({ align: ALIGNS.find((align) => align === dom.getAttribute('align')) ?? null }) }],
  toDOM: (node) => (ALIGNS.includes(node.attrs.align) ? [tag, { 'data-align': node.attrs.align }, 0] : [tag, 0]),
})

const tables = {
  table: { group: 'block', content: 'table_row+', isolating: true, parseDOM: [{ tag: 'table' }], toDOM: () => ['table', ['tbody', 0]] },
  table_row: { content: '(table_header | table_cell)+', parseDOM: [{ tag: 'tr' }], toDOM: () => ['tr', 0] },
  table_header: cell('th'),
  table_cell: cell('td'),
}

const inline = {
  text: { group: 'inline' },
  hard_break: { group: 'inline', inline: true, selectable: false, parseDOM: [{ tag: 'br' }], toDOM: () => ['br'] },
}

const marks = {
  link: {
    attrs: { href: {}, title: { default: null } },
    inclusive: false,
    parseDOM: [
      {
        tag: 'a[href]',
        getAttrs: (dom) => isSafe(dom.getAttribute('href')) && { href: dom.getAttribute('href'), title: dom.getAttribute('title') },
      },
    ],
    // What another browser put there need not be safe.
    toDOM: ({ attrs: { href, title } }) => ['a', isSafe(href) ? { href, title, rel: 'noopener nofollow' } : {}, 0],
  },
  em: { parseDOM: [{ tag: 'em' }, { tag: 'i' }], toDOM: () => ['em', 0] },
  strong: { parseDOM: [{ tag: 'strong' }, { tag: 'b' }], toDOM: () => ['strong', 0] },
  code: { parseDOM: [{ tag: 'code' }], toDOM: () => ['code', 0] },
}

export const schema = new Schema({ nodes: { ...blocks, ...lists, ...tables, ...inline }, marks })
