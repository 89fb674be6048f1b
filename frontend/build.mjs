// Builds static/ from frontend/: a stylesheet and a script for all pages, one more of each for drafting, htmx, the icons that are
// used, and the fonts.
// The same sources give the same bytes: check.sh proves it.
import { createHash } from 'node:crypto'
import { mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { fileURLToPath } from 'node:url'
import { build } from 'esbuild'
import { transform } from 'lightningcss'
import { PurgeCSS } from 'purgecss'
import * as sass from 'sass'
import { fonts } from './fonts.mjs'
import { safelist } from './safelist.mjs'

const here = path.dirname(fileURLToPath(import.meta.url))
const root = path.dirname(here)
const modules = path.join(here, 'node_modules')
const target = path.join(root, 'static')

const write = (name, content) => {
  const file = path.join(target, name)
  mkdirSync(path.dirname(file), { recursive: true })
  writeFileSync(file, content)
}

function buildFonts() {
  rmSync(path.join(target, 'fonts'), { recursive: true, force: true })
  for (const [name, source] of Object.entries(fonts)) {
    write(`fonts/${name}`, readFileSync(path.join(modules, source)))
  }
}

// The app adds ?v=<hash> to addresses of static files; the stylesheet's must be the same, or a preloaded font loads twice.
function withFingerprints(css) {
  return css.replace(/url\(["']?\.\.\/fonts\/([^"')]+)["']?\)/g, (_, name) => {
    const hash = createHash('sha256')
      .update(readFileSync(path.join(target, 'fonts', name)))
      .digest('hex')
    return `url(../fonts/${name}?v=${hash.slice(0, 10)})`
  })
}

async function buildCss() {
  const compiled = sass.compile(path.join(here, 'scss', 'pspm.scss'), {
    loadPaths: [modules],
    quietDeps: true,
    silenceDeprecations: ['import', 'global-builtin', 'color-functions'],
  })
  const [purged] = await new PurgeCSS().purge({
    content: ['templates', 'pspm'].map((folder) => `${root}/${folder}/**/*.{html,py}`).concat(`${here}/js/*.js`),
    css: [{ raw: compiled.css }],
    defaultExtractor: (content) => content.match(/[A-Za-z0-9_-]+/g) ?? [],
    // A word of our code, and a big part of Bootstrap that no page uses.
    blocklist: ['container'],
    safelist,
    variables: true,
  })
  if (/url\(["']?data:font/.test(purged.css)) throw new Error('a font inside the stylesheet breaks the content security policy')
  writeCss('css/pspm.css', withFingerprints(purged.css))
  writeCss('css/drafting.css', sass.compile(path.join(here, 'scss', 'drafting.scss')).css)
}

function writeCss(name, css) {
  const targets = { chrome: 111 << 16, firefox: 113 << 16, safari: (16 << 16) | (4 << 8) }
  write(name, transform({ filename: name, code: Buffer.from(css), minify: true, targets }).code)
}

async function buildJs() {
  await build({
    entryPoints: {
      pspm: path.join(here, 'js', 'pspm.js'),
      drafting: path.join(here, 'js', 'live', 'drafting.js'),
      outline: path.join(here, 'js', 'live', 'outline.js'),
    },
    outdir: path.join(target, 'js'),
    bundle: true,
    minify: true,
    format: 'iife',
    target: 'es2020',
    legalComments: 'none',
  })
  write('js/htmx.min.js', readFileSync(path.join(modules, 'htmx.org/dist/htmx.min.js')))
}

// An icon that a template names and the sprite lacks would be an empty square that nobody notices.
function checkIcons(names) {
  const templates = path.join(root, 'templates')
  for (const file of readdirSync(templates, { recursive: true }).filter((name) => name.endsWith('.html'))) {
    const used = readFileSync(path.join(templates, file), 'utf8').matchAll(/\bicon(?:=|\()["']([a-z-]+)["']/g)
    for (const [, name] of used) if (!names.includes(name)) throw new Error(`${file}: icon "${name}" is not in icons.txt`)
  }
}

function buildIcons() {
  const sprite = readFileSync(path.join(modules, 'bootstrap-italia/dist/svg/sprites.svg'), 'utf8')
  const names = readFileSync(path.join(here, 'icons.txt'), 'utf8').split('\n').filter(Boolean).sort()
  checkIcons(names)
  const symbols = names.map((name) => {
    const found = sprite.match(new RegExp(`<symbol id="it-${name}".*?</symbol>`, 's'))
    if (!found) throw new Error(`icons.txt names "${name}", which the sprite does not have`)
    return found[0]
  })
  write('icons/sprite.svg', `<svg xmlns="http://www.w3.org/2000/svg">${symbols.join('')}</svg>\n`)
  write('icons/favicon.svg', readFileSync(path.join(here, 'favicon.svg')))
}

buildFonts()
buildIcons()
await Promise.all([buildCss(), buildJs()])
