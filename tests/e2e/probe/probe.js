// A test asks with an event; the answer is JSON in an attribute. Extensions may look into closed
// shadow roots, pages and tests may not, so a test sees what a reader sees without opening them.
const rootOf = (host) =>
  globalThis.chrome?.dom?.openOrClosedShadowRoot
    ? chrome.dom.openOrClosedShadowRoot(host)
    : host.openOrClosedShadowRoot;

const boxOf = (element) => {
  const { x, y, width, height } = element.getBoundingClientRect();
  return { x, y, width, height };
};

const describe = (element, root) => ({
  name: element.localName,
  class: element.getAttribute('class') ?? '',
  text: element.textContent.trim(),
  label:
    element.getAttribute('aria-label') ??
    element.querySelector('[role=img]')?.getAttribute('aria-label') ??
    null,
  expanded: element.getAttribute('aria-expanded'),
  pressed: element.getAttribute('aria-pressed'),
  href: element.getAttribute('href'),
  focused: root.activeElement === element,
  box: boxOf(element),
});

addEventListener('probe', () => {
  const lines = [...document.querySelectorAll('kexue-companion')].map((host) => {
    const root = rootOf(host);
    const item = host.closest('.Post');
    // One that is fading away is gone.
    const card = root.querySelector('.card:not([hidden])');
    return {
      title: item?.querySelector('h1, h2')?.textContent.trim() ?? '',
      ground: host.getAttribute('data-ground'),
      isEnding: root.querySelector('.ending') !== null,
      // What is shown: what a container query took away has no box.
      text: [...root.querySelectorAll('.row > *')]
        .filter((element) => element.getBoundingClientRect().width > 0)
        .map((element) => element.textContent.trim())
        .filter(Boolean)
        .join(' '),
      box: boxOf(host),
      row: root.querySelector('.row') ? boxOf(root.querySelector('.row')) : null,
      controls: [...root.querySelectorAll('button, a')].map((element) => describe(element, root)),
      rows: [...root.querySelectorAll('.contents li')].map((row) => row.textContent.trim()),
      card: card?.textContent ?? null,
      cardBox: card ? boxOf(card) : null,
      formulas: [...(card?.querySelectorAll('math') ?? [])].map((math) => math.textContent),
      ruler: root.querySelector('.ruler')?.getAttribute('aria-label') ?? null,
    };
  });
  document.documentElement.setAttribute('data-probe', JSON.stringify(lines));
});
