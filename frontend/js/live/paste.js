// What comes out of Word, Google Docs or a browser, as clean structure: the schema leaves out the rest (images, colours, fonts).
const isBold = /font-weight\s*:\s*(bold|[6-9]00)/i
const isNormal = /font-weight\s*:\s*(normal|400)/i
const isItalic = /font-style\s*:\s*italic/i
const wordList = /mso-list\s*:\s*l\d+\s+level(\d+)/i
const numbered = /^\s*(\d+|[a-z]{1,4})[.)]/i
const BLOCKS = 'p, div, li, h1, h2, h3, h4, h5, h6, blockquote, pre'

/** The page's policy refuses styles even where they are only read: their attributes go under another name, their elements away. */
const withoutStyles = (html) => html.replace(/<style\b[^]*?<\/style\s*>/gi, '').replace(/(<[^>]*?\s)style\s*=/gi, '$1data-look=')

/** As a string, for ProseMirror to read. */
export function cleanPasted(html) {
  const page = new DOMParser().parseFromString(withoutStyles(html), 'text/html')
  const { body } = page
  dropComments(page)
  for (const one of body.querySelectorAll('style, script, meta, link, title, img, svg, object')) one.remove()
  for (const one of body.querySelectorAll('[data-look*="mso-list:Ignore" i], [data-look*="mso-list: Ignore" i]')) {
    one.closest('p')?.setAttribute('data-sign', one.textContent)
    one.remove()
  }
  listsFromWord(body)
  headings(body)
  emphasis(body)
  for (const inner of body.querySelectorAll(':is(ul, ol) > :is(ul, ol)')) inner.previousElementSibling?.append(inner)
  cells(body)
  for (const one of body.querySelectorAll('[data-look]')) one.removeAttribute('data-look')
  return body.innerHTML
}

const look = (one) => one.getAttribute('data-look') ?? ''

function dropComments(page) {
  const walker = page.createTreeWalker(page, NodeFilter.SHOW_COMMENT)
  const comments = []
  while (walker.nextNode()) comments.push(walker.currentNode)
  for (const comment of comments) comment.remove()
}

function rename(one, tag) {
  const made = one.ownerDocument.createElement(tag)
  made.append(...one.childNodes)
  for (const { name, value } of one.attributes) made.setAttribute(name, value)
  one.replaceWith(made)
  return made
}

/** Word writes list items as paragraphs with a sign and a level. */
function listsFromWord(body) {
  let open = []
  for (const item of [...body.querySelectorAll('p[data-look*="mso-list" i]')]) {
    const level = Number(wordList.exec(look(item))?.[1] ?? 1)
    // Only the paragraph right below a list goes on with it.
    open = open[0] === item.previousElementSibling ? open.slice(0, level) : []
    const tag = numbered.test(item.dataset.sign ?? '') ? 'ol' : 'ul'
    while (open.length < level) open.push(startList(tag, open.at(-1), item))
    const entry = body.ownerDocument.createElement('li')
    open.at(-1).append(entry)
    entry.append(item)
  }
}

/** A list before `item`, or in the last entry of the list `above`. */
function startList(tag, above, item) {
  const list = item.ownerDocument.createElement(tag)
  if (!above) item.before(list)
  else (above.lastElementChild ?? above.appendChild(item.ownerDocument.createElement('li'))).append(list)
  return list
}

/** Levels below the sixth become the sixth; titles and headings that are only called so become some. */
function headings(body) {
  for (const one of body.querySelectorAll('p.MsoTitle')) rename(one, 'h1')
  for (const one of body.querySelectorAll('p[class*="MsoHeading"], [role="heading"]')) {
    const level = /MsoHeading(\d)/.exec(one.className)?.[1] ?? one.getAttribute('aria-level') ?? 2
    if (!/^H\d$/.test(one.tagName)) rename(one, `h${Math.min(6, Math.max(1, Number(level) || 2))}`)
  }
}

function emphasis(body) {
  // Google Docs wraps all it copies into a <b> that is not bold.
  for (const one of body.querySelectorAll('b, strong')) if (isNormal.test(look(one))) one.replaceWith(...one.childNodes)
  for (const one of [...body.querySelectorAll('span[data-look]')]) {
    if (one.closest('h1, h2, h3, h4, h5, h6')) continue
    for (const [test, tag] of [[isBold, 'strong'], [isItalic, 'em']]) if (test.test(look(one))) wrapWords(one, tag)
  }
}

function wrapWords(one, tag) {
  const made = one.ownerDocument.createElement(tag)
  made.append(...one.childNodes)
  one.append(made)
}

/** A cell holds one paragraph: blocks in it become lines. */
function cells(body) {
  for (const cell of body.querySelectorAll('td, th')) {
    const align = /text-align\s*:\s*(left|center|right)/i.exec(look(cell) || look(cell.querySelector('p') ?? cell))
    if (align) cell.setAttribute('align', align[1].toLowerCase())
    const inner = [...cell.querySelectorAll(BLOCKS)]
    for (const [index, block] of inner.entries()) {
      if (index) block.before(cell.ownerDocument.createElement('br'))
    }
    for (const block of [...inner, ...cell.querySelectorAll('ul, ol')]) block.replaceWith(...block.childNodes)
  }
}
