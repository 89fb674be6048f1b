// The navigation folds on small screens; menus made of <details> close with Escape or a click elsewhere.
export function toggleNavigation() {
  const button = document.querySelector('.menu-toggle')
  const navigation = document.querySelector('.navigation')
  button?.addEventListener('click', () => {
    const open = navigation.classList.toggle('navigation--open')
    button.setAttribute('aria-expanded', String(open))
  })
}

export function closeMenus() {
  const open = () => document.querySelectorAll('details[data-menu][open]')
  document.addEventListener('click', (event) => {
    for (const menu of open()) if (!menu.contains(event.target)) menu.open = false
  })
  document.addEventListener('keydown', (event) => {
    if (event.key !== 'Escape') return
    for (const menu of open()) {
      menu.open = false
      menu.querySelector('summary').focus()
    }
  })
}
