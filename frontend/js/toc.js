// The table of contents shows where the reader is; on a small screen it starts closed.
export function followContents() {
  const contents = document.querySelector('.toc')
  if (!contents) return
  if (window.matchMedia('(max-width: 991.98px)').matches) contents.querySelector('details').open = false

  const links = new Map([...contents.querySelectorAll('a[href^="#"]')].map((link) => [link.hash.slice(1), link]))
  const observer = new IntersectionObserver(
    (entries) => {
      const [entry] = entries.filter((one) => one.isIntersecting)
      if (!entry) return
      for (const link of links.values()) link.removeAttribute('aria-current')
      links.get(entry.target.id).setAttribute('aria-current', 'location')
    },
    { rootMargin: '0px 0px -75% 0px' },
  )
  for (const id of links.keys()) {
    const target = document.getElementById(id)
    if (target) observer.observe(target)
  }
}
