/*
 * Reports the content of our closed shadow roots to a test. Extensions can access them; pages and tests
 * cannot. So a test sees what a reader sees while the roots stay closed. The test sends an event; the
 * answer is JSON in an attribute of the page.
 */
const { roleOf, nameOf, isExposed, seenText } = globalThis.accessible;

const shadowRootOf = (host) =>
  globalThis.chrome?.dom?.openOrClosedShadowRoot
    ? chrome.dom.openOrClosedShadowRoot(host)
    : host.openOrClosedShadowRoot;

/** Our hosts and the page's root, even if elements of the page have the names of properties. */
const hostsIn = () => [
  ...Document.prototype.querySelectorAll.call(document, '[data-kexue-companion]'),
];
const rootElement = () => Reflect.get(Document.prototype, 'documentElement', document);

const boxOf = (element) => {
  const { x, y, width, height } = element.getBoundingClientRect();
  return { x, y, width, height };
};

const describeControl = (element, root) => ({
  role: roleOf(element),
  name: nameOf(element),
  text: seenText(element).trim(),
  expanded: element.getAttribute('aria-expanded'),
  pressed: element.getAttribute('aria-pressed'),
  // A link of ours gets its href when the reader comes to it.
  href: element.getAttribute('data-address') ?? element.getAttribute('href'),
  isComplete: element.hasAttribute('href'),
  focused: root.activeElement === element,
  box: boxOf(element),
});

const pen = new OffscreenCanvas(1, 1).getContext('2d', { willReadFrequently: true });
/** Red, green, blue and alpha, 0 to 1, of a colour in any notation. */
const channelsOf = (colour) => {
  pen.clearRect(0, 0, 1, 1);
  pen.fillStyle = colour;
  pen.fillRect(0, 0, 1, 1);
  return [...pen.getImageData(0, 0, 1, 1).data].map((channel) => channel / 255);
};
/** WCAG 2 relative luminance. */
const luminance = (channels) => {
  const [r, g, b] = channels.map((c) => (c <= 0.04045 ? c / 12.92 : ((c + 0.055) / 1.055) ** 2.4));
  return 0.2126 * r + 0.7152 * g + 0.0722 * b;
};
/** The contrast of an element's words with the opaque background behind them. */
const contrastOf = (element) => {
  let opacity = 1;
  let ground;
  for (let at = element; at && !ground; at = at.parentElement ?? at.getRootNode().host) {
    const style = getComputedStyle(at);
    opacity *= Number(style.opacity);
    const [r, g, b, alpha] = channelsOf(style.backgroundColor);
    if (alpha > 0.95) ground = [r, g, b];
  }
  ground ??= [1, 1, 1];
  const ink = channelsOf(getComputedStyle(element).color);
  const seen = ground.map((under, i) => under + (ink[i] - under) * ink[3] * opacity);
  const [light, dark] = [luminance(seen), luminance(ground)].sort((a, b) => b - a);
  return (light + 0.05) / (dark + 0.05);
};
const hasWords = (element) =>
  element.checkVisibility({ visibilityProperty: true }) &&
  (element.dataset.text !== undefined ||
    [...element.childNodes].some(({ nodeType, data }) => nodeType === 3 && data.trim() !== ''));

const titleOf = (host) => {
  const item = host.closest('.Post');
  const title = item && Element.prototype.querySelector.call(item, 'h1, h2');
  return title?.textContent.trim() ?? '';
};

/** How far words exceed the right edge of a host, in px, except words in rows, which are cut. */
const overflowOf = (host, root) => {
  const rights = [...root.querySelectorAll(':not([role=group] *, li *)')]
    .filter(hasWords)
    .map((element) => element.getBoundingClientRect().right);
  return Math.max(0, ...rights.map((right) => right - host.getBoundingClientRect().right));
};

const describeHost = (host) => {
  const root = shadowRootOf(host);
  const group = root.querySelector('[role=group]');
  const controls = [...root.querySelectorAll('a, button')].filter(isExposed);
  // A card that is fading out is already hidden.
  const card = [...root.children].find(
    (each) => /^(?:dialog|region|status)$/.test(roleOf(each)) && !each.hidden,
  );
  const image = [...root.querySelectorAll('[role=img]')].find((each) => !each.closest('a, button'));
  return {
    title: titleOf(host),
    group: group && nameOf(group),
    isEnding: root.querySelector('nav') !== null,
    text: [...(group?.children ?? [])]
      .filter((element) => element.getBoundingClientRect().width > 0)
      .map((element) => seenText(element).trim())
      .filter(Boolean)
      .join(' '),
    box: boxOf(host),
    row: group && boxOf(group),
    overflow: overflowOf(host, root),
    controls: controls.map((element) => describeControl(element, root)),
    rows: [...root.querySelectorAll('li')].map((row) => seenText(row).trim()),
    ruler: image ? nameOf(image) : null,
    card: card ? seenText(card) : null,
    cardBox: card ? boxOf(card) : null,
    formulas: [...(card?.querySelectorAll('math') ?? [])].map((math) => math.textContent),
  };
};

addEventListener('probe', () => {
  const hosts = hostsIn().map(describeHost);
  rootElement().setAttribute('data-probe', JSON.stringify(hosts));
});

// Reports the texts in our hosts and their contrast with the background.
addEventListener('probe-inks', () => {
  const inks = hostsIn().flatMap((host) =>
    [...shadowRootOf(host).querySelectorAll('*')]
      .filter(hasWords)
      .map((element) => ({ text: seenText(element).trim(), contrast: contrastOf(element) })),
  );
  rootElement().setAttribute('data-probe-inks', JSON.stringify(inks));
});

// Reports all texts in our hosts, and those that are in text nodes outside inert elements.
addEventListener('probe-texts', () => {
  const texts = [];
  const bare = [];
  for (const host of hostsIn()) {
    const walker = document.createTreeWalker(shadowRootOf(host));
    while (walker.nextNode()) {
      const { data, dataset, parentElement } = walker.currentNode;
      if (dataset?.text !== undefined) texts.push(dataset.text);
      if (data === undefined || data.trim() === '') continue;
      texts.push(data);
      if (!parentElement.closest('[inert]')) bare.push(data);
    }
  }
  rootElement().setAttribute('data-probe-texts', JSON.stringify({ texts, bare }));
});

// Focuses the first control of the first host, as a page with access to the root could.
addEventListener('probe-focus', () => shadowRootOf(hostsIn()[0]).querySelector('button').focus());

// Moves that control out of its root into the page, as such a page could too.
addEventListener('probe-move', () =>
  document.body.prepend(shadowRootOf(hostsIn()[0]).querySelector('button')),
);
