/** The page of an extension that typesets, for tests/e2e/maths.test.ts. */
import '../../../src/ui/tokens.css';
import '../../../src/ui/page.css';
import './page.css';
import { h } from '../../../src/ui/h.ts';
import { typeset } from '../../../src/maths/typeset.ts';
import { SAMPLES } from './samples.ts';

const violations: string[] = [];
document.addEventListener('securitypolicyviolation', (event) => {
  violations.push(`${event.violatedDirective} ${event.sourceFile}`);
});

function draw(texts: readonly string[]): Promise<void> {
  const { nodes, done } = typeset(texts);
  const place = h('p');
  place.append(...nodes);
  document.querySelector('main')?.append(place);
  return done;
}

/** Microseconds per formula with KaTeX loaded and without drawing; each text is a separate post. */
async function measure(texts: readonly string[]): Promise<number> {
  let formulas = 0;
  const begin = performance.now();
  for (const text of texts) {
    const { nodes, done } = typeset([text]);
    await done;
    formulas += nodes.filter((node) => typeof node !== 'string').length;
  }
  return ((performance.now() - begin) * 1_000) / formulas;
}

Object.assign(globalThis, { violations, draw, measure, samples: SAMPLES });
const begun = document.fonts.size;
await draw(['没有公式的文字']);
await new Promise((resolve) => setTimeout(resolve, 50));
document.documentElement.dataset['without'] = `${begun} ${document.fonts.size}`;
for (const sample of SAMPLES) await draw([sample]);
await document.fonts.ready;
document.documentElement.dataset['ready'] = '';
