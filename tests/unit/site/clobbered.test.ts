/**
 * Pages that give form controls or images the names of properties: `form.parentNode` and
 * `document.querySelector` are then these elements. What src/site reads must be the same as without the names.
 * jsdom does not do this, so reads are recorded here; tests/e2e/clobbered.test.ts tests it in browsers.
 */
import { expect, it } from 'vitest';
import { archiveEntries, archiveList } from '../../../src/site/archive.ts';
import {
  articleBoxes,
  articleEnd,
  measureArticle,
  referencesOf,
} from '../../../src/site/article.ts';
import { findTitles, headingsAt, lineAnchor, readExcerpt } from '../../../src/site/listing.ts';
import { linkBoxes, postLinksIn } from '../../../src/site/links.ts';
import { namingTexts } from '../../../src/site/mentions.ts';
import { readNewPosts } from '../../../src/site/new-posts.ts';
import { findPosition } from '../../../src/site/position.ts';
import { postPage } from '../../../src/site/post-page.ts';
import { textsIn } from '../../../src/site/text-boxes.ts';
import { readText } from '../../../src/site/text.ts';
import { parsePage } from '../support.ts';

/** A page with everything that the blog's pages have; each element that can be a form is one. */
function blogPage(): Document {
  return parsePage(
    `<head><title>题名 - 科学空间|Scientific Spaces</title></head><body>
    <form id="MobileSideBar"><h2>NEWPOSTS</h2><a href="/archives/12001">新题</a></form>
    <form class="Post"><div class="PostHead"><div class="title-wrap">
      <h1><a href="/archives/9708">题名</a></h1></div></div>
      <div id="PostContent"><p>正文 <a href="/archives/8265">一</a>，《题名》</p><div><form><b>x</b></form></div></div>
    </form>
    <form class="PostContent"><p>另一段 <a href="/archives/8265">一</a><br>《题名》</p>
      <pre>code</pre><span class="MathJax_Preview">x</span><script type="math/tex">x</script></form>
    <div class="PostContent"><form id="archives"><h3>2023年 (共1篇)</h3><ul><li><span>08月</span><ul>
      <li>24日: <a href="/archives/9711">第三</a></li></ul></li></ul></form>
    </div><form id="content_tips"></form></body>`,
    'https://kexue.fm/archives/9708',
  );
}

/** What the functions of src/site read from a page. */
function readingOf(page: Document) {
  const titles = findTitles(page);
  const [title] = titles;
  const list = archiveList(page);
  const { article } = postPage(page, 9708) ?? {};
  if (!title || !list || !article) throw new Error('not read');
  const excerpt = readExcerpt(title);
  return {
    titles: titles.length,
    fresh: headingsAt([excerpt.element]).size,
    hasAnchor: lineAnchor(title, false) !== undefined,
    excerpt: { ...excerpt, element: 0, heading: 0, content: excerpt.content?.id },
    entries: archiveEntries(list).map(({ id, title: said, date, boxes }) => [
      id,
      said,
      date,
      boxes.length,
    ]),
    refs: referencesOf(article, 9708),
    end: articleEnd(article)?.id,
    length: measureArticle(article),
    links: postLinksIn([page], true).map(({ id }) => id),
    boxes: textsIn([page], linkBoxes(true)).length,
    texts: articleBoxes(page).map((box) => [
      readText(box),
      namingTexts(box, 1_000).readable.length,
    ]),
    newPosts: readNewPosts(page),
    found: findPosition(article, { at: 3, print: 0 }).startOffset,
  };
}

/** Records which properties src/site reads from a node itself, where a page can replace them. */
function watchReads(node: Node, reads: Set<string>): void {
  const first = Object.getPrototypeOf(node) as object;
  for (let at: object | null = first; at; at = Object.getPrototypeOf(at) as object | null)
    for (const name of Object.getOwnPropertyNames(at))
      if (!Object.hasOwn(node, name))
        Object.defineProperty(node, name, {
          get() {
            const [, , ...frames] = new Error().stack?.split('\n') ?? [];
            const caller = frames.find((frame) => !frame.includes('ProxyHandler')) ?? '';
            if (caller.includes('/src/site/')) reads.add(`${name} ${caller.trim()}`);
            return Reflect.get(first, name, node) as unknown;
          },
        });
}

it('nothing is read through properties that names in the page can replace', () => {
  const page = blogPage();
  const reads = new Set<string>();
  for (const node of [...page.querySelectorAll('form'), page]) watchReads(node, reads);
  expect(readingOf(page)).toMatchObject({
    titles: 1,
    refs: [8265],
    entries: [[9711, '第三', '2023-08-24', 3]],
  });
  expect([...reads]).toEqual([]);
});
