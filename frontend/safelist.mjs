// Selectors that no template names, because a library or the reader's own text makes them.
export const safelist = {
  // Markdown that people write.
  standard: ['blockquote', 'code', 'pre', 'kbd', 'img', 'hr', 'ol', 'ul', 'table', 'thead', 'tbody', 'th', 'td', 'em', 'strong'],
  // Classes whose names a template puts together from a state.
  greedy: [
    /^state--/,
    /^notice--/,
    /^decision--/,
    /^item--/,
    /^tree__item--/,
    /^btn-(primary|outline-primary|outline-danger|danger|link|sm)$/,
    /^field__control/,
    /^htmx-/,
    /^is-/,
  ],
}
