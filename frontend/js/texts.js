// The words that scripts show, translated by the page (layouts/_footer.html).
export const text = (name) => document.getElementById('script-texts')?.dataset[name] ?? ''

export function element(tag, properties = {}, children = []) {
  const made = Object.assign(document.createElement(tag), properties)
  made.append(...children)
  return made
}
