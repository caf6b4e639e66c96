// Looks into our closed shadow roots, which pages and benches cannot, and notes when eight lines
// stand and in which frame a press is drawn. The bench asks with an event; the answer is JSON in an
// attribute. It knows no more of a build than the name of our element and that a mark is a button
// with aria-pressed, so it measures older builds too.
const HOST = 'kexue-companion';
const LINES = 8;

const rootOf = (host) =>
  globalThis.chrome?.dom?.openOrClosedShadowRoot
    ? chrome.dom.openOrClosedShadowRoot(host)
    : host.openOrClosedShadowRoot;
const hosts = document.getElementsByTagName(HOST);
const markIn = (host) => rootOf(host)?.querySelector('button[aria-pressed]');
const isPressed = (host) => markIn(host)?.getAttribute('aria-pressed');
const everything = { childList: true, subtree: true, characterData: true, attributes: true };

/** When the last of eight lines got its words, in ms of the page's clock. */
let stood;
/** By host, whether it has words. */
const watched = new Map();
const observer = new MutationObserver(look);
observer.observe(document, { childList: true, subtree: true });

function look() {
  for (const host of hosts) {
    const root = rootOf(host);
    if (!root || watched.get(host)) continue;
    if (!watched.has(host)) observer.observe(root, everything);
    watched.set(
      host,
      [...root.children].some(
        ({ localName, textContent }) => localName !== 'style' && textContent.trim() !== '',
      ),
    );
  }
  if ([...watched.values()].filter(Boolean).length < LINES) return;
  stood = performance.now();
  performance.mark('lines stand');
  observer.disconnect();
}

/** What each press on a mark led to. */
const presses = [];

addEventListener(
  'click',
  (event) => {
    const host = event.target;
    if (host?.localName !== HOST || !event.isTrusted) return;
    const before = isPressed(host);
    const press = { frames: 0, changed: 0, drawn: 0 };
    /** Frames begun since the press, and whether one is being made just now. */
    let frame = 0;
    let isInFrame = false;
    const { port1, port2 } = new MessageChannel();
    // A message posted in a frame arrives after that frame is laid out and painted.
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
      // Changed within the frame that has begun.
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
  const marks = stood === undefined ? [] : [...hosts].map(boxOf);
  document.documentElement.setAttribute('data-bench', JSON.stringify({ stood, presses, marks }));
});
