// The words that scripts show, translated by the page (data-text-… of the body).
export const text = (name) => document.body.dataset[`text${name}`] ?? ''

export function element(tag, properties = {}, children = []) {
  const made = Object.assign(document.createElement(tag), properties)
  made.append(...children)
  return made
}
