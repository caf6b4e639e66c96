// A content script that reads our closed shadow roots, which a page cannot do. It notes when eight
// lines have their words, and in which frame a press on a mark is drawn. The bench sends an event
// and reads the answer as JSON in an attribute. The probe relies only on the name of our element and
// on aria-pressed on a mark, so it works with older builds too.
const HOST = 'kexue-companion, [data-kexue-companion]';
const LINES = 8;

const rootOf = (host) =>
  globalThis.chrome?.dom?.openOrClosedShadowRoot
    ? chrome.dom.openOrClosedShadowRoot(host)
    : host.openOrClosedShadowRoot;
const hosts = () => [...document.querySelectorAll(HOST)];
const hasWords = (element) =>
  element.textContent.trim() !== '' || element.querySelector('[data-text]') !== null;
const markIn = (host) => rootOf(host)?.querySelector('button[aria-pressed]');
const isPressed = (host) => markIn(host)?.getAttribute('aria-pressed');
const everything = { childList: true, subtree: true, characterData: true, attributes: true };

/** When the eighth line had its words, in milliseconds since the page's time origin. */
let stood;
/** For each host, whether it has words. */
const watched = new Map();
const observer = new MutationObserver(look);
observer.observe(document, { childList: true, subtree: true });

function look() {
  for (const host of hosts()) {
    const root = rootOf(host);
    if (!root || watched.get(host)) continue;
    if (!watched.has(host)) observer.observe(root, everything);
    watched.set(
      host,
      [...root.children].some((each) => each.localName !== 'style' && hasWords(each)),
    );
  }
  if ([...watched.values()].filter(Boolean).length < LINES) return;
  stood = performance.now();
  performance.mark('lines stand');
  observer.disconnect();
}

/** The answer to each press on a mark; subjects.ts has its type. */
const presses = [];

addEventListener(
  'click',
  (event) => {
    const host = event.target;
    if (!host?.matches?.(HOST) || !event.isTrusted) return;
    const before = isPressed(host);
    const press = { frames: 0, changed: 0, drawn: 0 };
    /** The number of frames since the press, and whether one is being made. */
    let frame = 0;
    let isInFrame = false;
    const { port1, port2 } = new MessageChannel();
    // A message that is posted in a frame arrives after the frame is laid out and painted.
    port1.addEventListener('message', () => (isInFrame = false));
    port1.start();
    const begin = () => {
      frame++;
      isInFrame = true;
      port2.postMessage('');
      if (press.frames === frame) finish();
      else if (frame < 600) requestAnimationFrame(begin);
    };
    const finish = () => {
      press.drawn = performance.now() - event.timeStamp;
      presses.push(press);
      port1.close();
    };
    const change = new MutationObserver(() => {
      if (isPressed(host) === before) return;
      change.disconnect();
      press.changed = performance.now() - event.timeStamp;
      press.frames = isInFrame ? frame : frame + 1;
      // This frame will show the change.
      if (isInFrame) finish();
    });
    change.observe(rootOf(host), everything);
    requestAnimationFrame(begin);
  },
  { capture: true },
);

addEventListener('bench', () => {
  const boxOf = (host) => {
    const { x, y, width, height } = markIn(host)?.getBoundingClientRect() ?? {};
    return { x, y, width, height };
  };
  const marks = stood === undefined ? [] : hosts().map(boxOf);
  document.documentElement.setAttribute('data-bench', JSON.stringify({ stood, presses, marks }));
});
