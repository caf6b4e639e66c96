import { describe, expect, it } from 'vitest';
import { readLine, readText } from '../../../src/site/text.ts';
import { parsePage } from '../support.ts';

const textOf = (html: string) => readText(parsePage(`<body>${html}</body>`).body);

/** One formula in the states that MathJax 2.7 leaves it in. */
function states(tex: string, raw: string, display: boolean): Record<string, string> {
  const type = display ? 'math/tex; mode=display' : 'math/tex';
  const frame = `<span class="MathJax notranslate" id="MathJax-Element-1-Frame" data-mathml="&lt;math&gt;" role="presentation"><nobr aria-hidden="true"><span class="math"><span class="mi">glyph</span></span></nobr><span class="MJX_Assistive_MathML"><math><mi>twin</mi></math></span></span>`;
  return {
    'raw text': raw,
    preprocessed: `<span class="MathJax_Preview">${tex}</span><script type="${type}">${tex}</script>`,
    'being typeset': `<span class="MathJax_Preview" style="color: inherit;">${tex}</span><span class="MathJax_Processing"></span><script type="${type}" id="MathJax-Element-1">${tex}</script>`,
    typeset: `<span class="MathJax_Preview"></span>${display ? `<div class="MathJax_Display">${frame}</div>` : frame}<script type="${type}" id="MathJax-Element-1">${tex}</script>`,
  };
}

describe('a formula reads as its TeX in every state of MathJax', () => {
  it.each(Object.entries(states('x_1', '$x_1$', false)))('in the line, %s', (_, formula) => {
    expect(textOf(`<p>前${formula}后</p>`)).toBe('前$x_1$后');
  });

  it.each(Object.entries(states('x_1', String.raw`\(x_1\)`, false)))(
    'in the line as \\(…\\), %s',
    (_, formula) => {
      expect(textOf(`<p>前${formula}后</p>`)).toBe('前$x_1$后');
    },
  );

  it.each(Object.entries(states('x=y', '$$x=y$$', true)))('displayed, %s', (_, formula) => {
    // MathJax draws it in a block; that adds no line break to the text.
    expect(textOf(`<p>前${formula}后</p>`)).toBe('前$$x=y$$后');
  });

  it.each(Object.entries(states('x=y', String.raw`\[x=y\]`, true)))(
    'displayed as \\[…\\], %s',
    (_, formula) => {
      expect(textOf(`<p>前${formula}后</p>`)).toBe('前$$x=y$$后');
    },
  );

  const environment = String.raw`\begin{align}
a=\,b+c
\end{align}`;
  it.each(Object.entries(states(environment, environment, true)))(
    'as an environment, %s',
    (_, formula) => {
      expect(textOf(`<p>前${formula}后</p>`)).toBe(`前${environment}后`);
    },
  );

  it('an environment interrupted by <br> keeps its lines, its & and its \\\\', () => {
    const html = String.raw`<p>前<br />
\begin{align}<br />
f =&amp;\, x^2 \\<br />
\geq&amp;\, 1<br />
\end{align}<br />
后</p>`;
    expect(textOf(html)).toBe(
      ['前', String.raw`\begin{align}`, String.raw`f =&\, x^2 \\`, String.raw`\geq&\, 1`].join(
        '\n',
      ) + '\n\\end{align}\n后',
    );
  });
});

describe('the text of a block', () => {
  it('breaks lines between blocks and nowhere else', () => {
    expect(
      textOf('<p>一<strong>二</strong><u>三</u></p><ul><li>四</li><li>五</li></ul><p>六<br>七</p>'),
    ).toBe('一二三\n四\n五\n六\n七');
  });

  it('does not hold what a page runs, styles, hides or asks to be typed', () => {
    expect(
      textOf(
        '一<script>var a</script><style>p{}</style><template>t</template><noscript>n</noscript><textarea>x</textarea><!-- c -->二',
      ),
    ).toBe('一二');
  });

  it('takes an ordinary class that only begins with MathJax for text', () => {
    expect(textOf('<span class="MathJaxNotes">一</span><span class="x MathJax y">二</span>')).toBe(
      '一',
    );
  });

  it('leaves out the subtrees it is told to skip and goes on behind them', () => {
    const { body } = parsePage('<body>一<pre>二<b>三</b></pre>四</body>');
    expect(readText(body, (node) => node.nodeName === 'PRE')).toBe('一四');
    expect(readText(body, () => true)).toBe('');
  });

  it('reads one node, and not what follows it', () => {
    const page = parsePage('<p id="a">一<b>二</b></p><p>三</p>');
    expect(readText(page.getElementById('a') as Element)).toBe('一二');
    expect(readText(page.querySelector('b')?.firstChild as Node)).toBe('二');
  });
});

it('a line has single spaces and none at its ends', () => {
  const { body } = parsePage('<body>\n  一\u00a0 二\t<b> 三</b><p>四</p>\n</body>');
  expect(readLine(body)).toBe('一 二 三 四');
});
