// Which font file goes where: name in static/fonts/ → file in node_modules.
const web = Object.fromEntries(
  ['latin', 'latin-ext'].flatMap((subset) =>
    [
      ['400', 'normal'],
      ['400', 'italic'],
      ['600', 'normal'],
      ['700', 'normal'],
    ].map(([weight, style]) => [
      `titillium-web-${subset}-${weight}${style === 'italic' ? '-italic' : ''}.woff2`,
      `@fontsource/titillium-web/files/titillium-web-${subset}-${weight}-${style}.woff2`,
    ]),
  ),
)

// Whole families for documents (PDF), where a file is read from disk and its size does not matter.
const family = (folder, prefix, version, faces) =>
  Object.fromEntries(
    faces.map(([name, face]) => [
      `${prefix}-${name}.ttf`,
      `bootstrap-italia/dist/fonts/${folder}/${prefix}-${version}-latin-ext_latin-${face}.ttf`,
    ]),
  )

export const fonts = {
  ...web,
  ...family('Titillium_Web', 'titillium-web', 'v10', [
    ['regular', 'regular'],
    ['italic', 'italic'],
    ['semibold', '600'],
    ['semibold-italic', '600italic'],
    ['bold', '700'],
    ['bold-italic', '700italic'],
  ]),
  ...family('Lora', 'lora', 'v20', [
    ['regular', 'regular'],
    ['italic', 'italic'],
    ['bold', '700'],
    ['bold-italic', '700italic'],
  ]),
  ...family('Roboto_Mono', 'roboto-mono', 'v13', [
    ['regular', 'regular'],
    ['bold', '700'],
  ]),
  // The others lack ≥, →, Greek and more: DejaVu is the last family of a document's font list, so that no glyph is missing.
  'dejavu-sans-regular.ttf': 'dejavu-fonts-ttf/ttf/DejaVuSans.ttf',
  'dejavu-sans-bold.ttf': 'dejavu-fonts-ttf/ttf/DejaVuSans-Bold.ttf',
  'dejavu-sans-license.txt': 'dejavu-fonts-ttf/LICENSE',
  'titillium-web-license.txt': 'bootstrap-italia/dist/fonts/Titillium_Web/OFL.txt',
  'lora-license.txt': 'bootstrap-italia/dist/fonts/Lora/OFL.txt',
  'roboto-mono-license.txt': 'bootstrap-italia/dist/fonts/Roboto_Mono/LICENSE.txt',
}
