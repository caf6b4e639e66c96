import { postById, type PostFacts } from './facts.ts';
import { html, type Markup } from './html.ts';

/** The placeholder text of a post, the same every time. */
export interface SampleText {
  /** The text on listings, which is the beginning of the article. */
  readonly introduction: Markup;
  /** The rest of the article; null for the few posts that listings show in full. */
  readonly rest: Markup | null;
  /** The headings of the rest, which are also their ids. */
  readonly headings: readonly string[];
}

/** The address of the sample's only picture. */
export const picturePath = '/usr/uploads/sample.svg';

/** A plot of arbitrary data, in colours that suit light and dark backgrounds. */
export const pictureSvg = `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 480 200">
<g fill="none" stroke="#8a9599" stroke-width="1"><path d="M40 16v152h416"/>
<path stroke-dasharray="2 5" d="M40 130h416M40 92h416M40 54h416M144 16v152M248 16v152M352 16v152"/></g>
<path fill="none" stroke="#3a86b0" stroke-width="2" d="M40 160C110 158 130 60 200 58s90 62 150 44 70-60 106-66"/>
<path fill="none" stroke="#c2803a" stroke-width="2" d="M40 140C120 138 180 120 250 104s120-46 206-52"/></svg>`;

const SENTENCES = [
  '先把问题说清楚，再谈怎么解决它，往往能省下一半的力气。',
  '这里换一个角度，从最简单的情形出发，看看能走多远。',
  '这个结论并不意外，但它背后的理由值得多花一点时间。',
  '为了便于讨论，我们暂时忽略那些不影响主线的细节。',
  '直觉上这应该成立，不过直觉常常只对了一部分。',
  '如果把两边放在一起比较，差别就显得很清楚了。',
  '当然，这样做需要一个前提，后面会回过头来补上。',
  '把式子写完整固然好，但有时一个例子胜过十行推导。',
  '可以看到，真正起作用的只是其中很小的一部分。',
  '换句话说，难点不在计算，而在于选对出发的地方。',
  '到目前为止，我们还没有用到任何特别的性质。',
  '读者不妨先自己试一试，再往下看。',
  '这一步看起来随意，其实是被后面的要求逼出来的。',
  '类似的想法在别的地方也出现过，只是名字不同。',
  '剩下的工作就是整理，把散落的线索收拢到一处。',
  '有趣的是，同样的现象在完全不同的场合又一次出现。',
  '顺着这条思路，我们可以得到一个更一般的说法。',
  '需要提醒的是，这里的记号与前文略有不同。',
  '这样的近似粗糙了些，好在足够说明问题。',
  '作为检验，取一个极端的情形代进去，结果符合预期。',
] as const;

/** Coprime to the number of sentences, so that a stride visits each of them before repeating one. */
const STRIDES = [1, 3, 7, 9, 11, 13, 17, 19] as const;

const HEADINGS = ['问题由来', '基本思路', '一个例子', '细节推敲', '几点讨论'] as const;
const LAST_HEADING = '文章小结';

/** The approximate number of characters under a heading. */
const SECTION_CHARS = 560;

/** The ratio of the length of a sample article to that of the real one's text. */
const LENGTH_FACTOR = 1.5;

/** The limits of an article in characters: about three and six screens of 900 px. */
const SHORTEST = 1900;
const LONGEST = 4700;

/** The length of an article if the real one is not known: about two screens. */
const UNKNOWN_LENGTH = 900;

export function sampleText(post: PostFacts): SampleText {
  const next = generator(post.id);
  const links = (post.refs ?? []).map(linkTo);
  const introduction = introductionOf(post, next, links.slice(0, 2));
  if (isShownInFull(post)) return { introduction, rest: null, headings: [] };

  const chars = post.length
    ? Math.min(LONGEST, Math.max(SHORTEST, post.length.chars * LENGTH_FACTOR))
    : UNKNOWN_LENGTH;
  const sections = Math.min(HEADINGS.length, Math.max(1, Math.round(chars / SECTION_CHARS) - 1));
  const headings = [...HEADINGS.slice(0, sections), LAST_HEADING];
  const bodies = headings.map((_, index) => {
    const isLast = index === sections;
    return [
      ...paragraphs(next, isLast ? SECTION_CHARS / 4 : chars / sections),
      index === 1 ? [formula(), figure(`图 ${post.id % 9}：示意`)] : [],
      isLast ? [furtherReading(links.slice(2)), plainNames(post.refs ?? [])].flat() : [],
    ];
  });
  const rest = html`${headings.map((heading, index) => section(heading, bodies[index] ?? []))}`;
  return { introduction, rest, headings };
}

/** Whether listings show a post in full: one in forty, among those whose length is not known. */
function isShownInFull(post: PostFacts): boolean {
  return post.length === null && post.id % 40 === 5;
}

/** One to three paragraphs; some posts have a quotation, a picture, a heading or a formula. */
function introductionOf(post: PostFacts, next: () => number, links: readonly Markup[]): Markup {
  const opening = html`<p>${sentences(next, 2 + (post.id % 3))}${mention(links)}</p>`;
  switch (post.id % 12) {
    case 1:
      return html`${opening}
        <blockquote>
          <p>1、${sentences(next, 1)}</p>
          <p>2、${sentences(next, 1)}</p>
        </blockquote>`;
    case 3:
      return html`${opening}${figure('图 0：示意')}
        <p>${sentences(next, 2)}</p>`;
    case 5:
      return html`${opening}
        <h2 id="写在前面">写在前面</h2>
        <p>${sentences(next, 3)}</p>
        ${plainNames(post.refs ?? [])}`;
    case 7:
      return html`${opening}
        <p>记所求的量为$x$，它的大小决定了后面的一切。</p>`;
    case 9:
      return opening;
    default:
      return html`${opening}
        <p>${sentences(next, 2 + (post.id % 4))}</p>`;
  }
}

function section(heading: string, body: readonly (Markup | readonly Markup[])[]): Markup {
  return html`<h2 id="${heading}">${heading} <a href="#${heading}">#</a></h2>
    ${body}`;
}

/** Paragraphs with at least `chars` characters in all. */
function paragraphs(next: () => number, chars: number): Markup[] {
  const made: Markup[] = [];
  for (let written = 0; written < chars;) {
    const text = sentences(next, 3 + (next() % 4));
    written += text.length;
    made.push(html`<p>${text}</p>`);
  }
  return made;
}

/** Different sentences, in another order in every call. */
function sentences(next: () => number, count: number): string {
  const start = next();
  const stride = STRIDES[next() % STRIDES.length] ?? 1;
  const pick = (index: number) => SENTENCES[(start + stride * index) % SENTENCES.length] ?? '';
  return Array.from({ length: count }, (_, index) => pick(index)).join('');
}

function linkTo(id: number): Markup {
  const title = postById(id)?.title ?? String(id);
  return html`<a href="/archives/${id}" target="_blank">《${title}》</a>`;
}

function mention(links: readonly Markup[]): Markup {
  return links.length === 0 ? html`` : html`相关的内容在${joined(links, '和')}里也谈到过。`;
}

function furtherReading(links: readonly Markup[]): Markup[] {
  return links.length === 0 ? [] : [html`<p>此外还可以参考${joined(links, '、')}。</p>`];
}

/** The names of a post and a paper without links, beside a formula in the next paragraph. */
function plainNames([id]: readonly number[]): Markup[] {
  const title = id === undefined ? undefined : postById(id)?.title;
  if (title === undefined) return [];
  return [
    html`<p>同样的想法在《${title}》里也有，又见《A Paper That Is No Post》。</p>`,
    html`<p>如《${title}》所说，$x$并不重要。</p>`,
  ];
}

function joined(links: readonly Markup[], separator: string): Markup {
  return html`${links.map((link, index) => (index === 0 ? link : [separator, link]))}`;
}

function formula(): Markup {
  return html`<p>其中最要紧的是$f(x)$随$x$变化的快慢。</p>`;
}

function figure(caption: string): Markup {
  const source = `data:image/svg+xml,${encodeURIComponent(pictureSvg)}`;
  return html`<p></p>
    <div class="pic-container">
      <div class="typecho-caption aligncenter" style="max-width: 480px">
        <div style="margin: 5px">
          <a href="${picturePath}" target="_blank" title="点击查看原图"
            ><img alt="${caption}" src="${source}" width="480" height="200" style="max-width: 100%"
          /></a>
        </div>
        <p class="typecho-caption-text">${caption}</p>
      </div>
    </div>`;
}

/** A small pseudo-random generator (xorshift); yields integers from 0 to 2³¹ − 1. */
function generator(seed: number): () => number {
  let state = Math.imul(seed, 2_654_435_761) | 1;
  return () => {
    state ^= state << 13;
    state ^= state >>> 17;
    state ^= state << 5;
    return state >>> 1;
  };
}
