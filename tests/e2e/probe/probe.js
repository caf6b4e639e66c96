/*
 * Tells a test what stands in our closed shadow roots. An extension may look into them; a page and a
 * test may not, so a test sees what a reader sees while the roots stay closed. The test asks with an
 * event; the answer is JSON in an attribute of the page.
 */
const { roleOf, nameOf, isExposed } = globalThis.accessible;

const shadowRootOf = (host) =>
  globalThis.chrome?.dom?.openOrClosedShadowRoot
    ? chrome.dom.openOrClosedShadowRoot(host)
    : host.openOrClosedShadowRoot;

const boxOf = (element) => {
  const { x, y, width, height } = element.getBoundingClientRect();
  return { x, y, width, height };
};

const describeControl = (element, root) => ({
  role: roleOf(element),
  name: nameOf(element),
  text: element.textContent.trim(),
  expanded: element.getAttribute('aria-expanded'),
  pressed: element.getAttribute('aria-pressed'),
  href: element.getAttribute('href'),
  focused: root.activeElement === element,
  box: boxOf(element),
});

const describeHost = (host) => {
  const root = shadowRootOf(host);
  const group = root.querySelector('[role=group]');
  const controls = [...root.querySelectorAll('a, button')].filter(isExposed);
  // What fades away is hidden already.
  const card = [...root.children].find(
    (each) => /^(?:dialog|region|status)$/.test(roleOf(each)) && !each.hidden,
  );
  const image = [...root.querySelectorAll('[role=img]')].find((each) => !each.closest('a, button'));
  return {
    title: host.closest('.Post')?.querySelector('h1, h2')?.textContent.trim() ?? '',
    ground: host.getAttribute('data-ground'),
    group: group && nameOf(group),
    isEnding: root.querySelector('nav') !== null,
    text: [...(group?.children ?? [])]
      .filter((element) => element.getBoundingClientRect().width > 0)
      .map((element) => element.textContent.trim())
      .filter(Boolean)
      .join(' '),
    box: boxOf(host),
    row: group && boxOf(group),
    controls: controls.map((element) => describeControl(element, root)),
    rows: [...root.querySelectorAll('li')].map((row) => row.textContent.trim()),
    ruler: image ? nameOf(image) : null,
    card: card?.textContent ?? null,
    cardBox: card ? boxOf(card) : null,
    formulas: [...(card?.querySelectorAll('math') ?? [])].map((math) => math.textContent),
  };
};

addEventListener('probe', () => {
  const hosts = [...document.querySelectorAll('kexue-companion')].map(describeHost);
  document.documentElement.setAttribute('data-probe', JSON.stringify(hosts));
});
