import { posts, type Listing, type PostFacts } from './facts.ts';
import {
  categoryAddress,
  framed,
  menuPages,
  postAddress,
  tagAddress,
  type SamplePage,
} from './frame.ts';
import { html, type Markup } from './html.ts';
import { sampleText, type SampleText } from './text.ts';

const MONTHS = 'Jan Feb Mar Apr May Jun Jul Aug Sep Oct Nov Dec'.split(' ');

/** A home, category, tag, search, date or author page. */
export function listingPage(origin: string, listing: Listing): SamplePage {
  const isHome = listing.title === '';
  const items = listing.posts.map((post) => listingItem(origin, post));
  return framed({
    origin,
    title: listing.title,
    pieces: [
      ...(isHome ? [] : [breadcrumb(origin, html`${listing.title}`)]),
      ...(items.length > 0 ? items : [plainPost(html`没有找到内容`, html``)]),
      ...(listing.pages > 1 ? [pager(origin, listing)] : []),
    ],
  });
}

/** `/archives/ID`: the whole article with its footer boxes, neighbours and comments. */
export function postPage(origin: string, post: PostFacts): SamplePage {
  const text = sampleText(post);
  return framed({
    origin,
    title: post.title,
    headings: text.headings,
    pieces: [
      breadcrumb(origin, html`${categoryLinks(origin, post)} ${post.title}`),
      article(origin, post, text),
      html`<div class="clear"></div>
        <div class="tools" id="tools">${tools(origin, post)}</div>`,
      neighbours(origin, post),
      similar(origin, post),
      comments(origin, post),
    ],
  });
}

/** `/content.html`: links to all posts, newest first, by year and month, no excerpts. */
export function archivePage(origin: string, all: readonly PostFacts[]): SamplePage {
  const years = groups(all, (post) => post.date.slice(0, 4));
  const body = html`<p>全部文章，共${all.length}篇。</p>
    <div id="archives_body">
      <div id="archives" style="height: 2048px; overflow: hidden">
        ${years.map(
          ([year, ofYear]) =>
            html`<h3>${year}年 (共${ofYear.length}篇)</h3>
              <ul>
                ${groups(ofYear, (post) => post.date.slice(5, 7)).map(
                  ([month, ofMonth]) =>
                    html`<li>
                      <span>${month}月</span>
                      <ul>
                        ${ofMonth.map((post) => archiveItem(origin, post))}
                      </ul>
                    </li>`,
                )}
              </ul> `,
        )}
      </div>
      <input
        id="more_archives_botton"
        type="button"
        onclick="document.getElementById('archives').style.height = 'auto'; this.style.display = 'none'"
        value="点击加载更多..."
      />
    </div>`;
  const page = titledPage(origin, '归档', `${origin}/content.html`, body);
  // A slow response sends the list year by year.
  return { ...page, pieces: page.pieces.flatMap((piece) => piece.split(/(?=<h3>)/)) };
}

/**
 * A page of the menu, `/SLUG.html`.
 *
 * @returns null if the slug is not in the menu
 */
export function menuPage(origin: string, slug: string): SamplePage | null {
  const name = menuPages[slug];
  if (name === undefined) return null;
  const body = html`<p>一张普通的页面，列着几个去处：</p>
    <ul>
      <li><a href="https://example.org/">示例站点甲</a></li>
      <li><a href="https://example.com/">示例站点乙</a></li>
    </ul>`;
  return titledPage(origin, name, `${origin}/${slug}.html`, body);
}

export function notFoundPage(origin: string): SamplePage {
  const body = html`<p>
    这个地址下没有内容，可以从<a href="${origin}/content.html">归档</a>里找找。
  </p>`;
  return framed({
    origin,
    title: '页面没找到',
    status: 404,
    pieces: [plainPost(html`页面没找到`, body)],
  });
}

function titledPage(origin: string, name: string, address: string, body: Markup): SamplePage {
  const heading = html`<a href="${address}">${name}</a>`;
  return framed({ origin, title: name, pieces: [plainPost(heading, body)] });
}

function listingItem(origin: string, post: PostFacts): Markup {
  const address = postAddress(origin, post);
  const { introduction, rest } = sampleText(post);
  const more = html`<p class="more">
    <a href="${address}" title="${post.title}">点击阅读全文...</a>
  </p>`;
  return html`
    <div class="Post">
      <div class="PostHead">
        ${dateBlock(post)}
        <div class="title-wrap">
          <h2><a href="${address}">${post.title}</a></h2>
          <span class="submitted"
            >${byline(post)}<a class="title_button" href="${address}#how_to_cite">引用</a></span
          >
        </div>
      </div>
      <div class="PostContent">${introduction}${rest === null ? html`` : more}</div>
      <div class="clear"></div>
      <div class="tools">${tools(origin, post)}</div>
    </div>
  `;
}

function article(origin: string, post: PostFacts, { introduction, rest }: SampleText): Markup {
  const address = postAddress(origin, post);
  return html`<div class="Post">
    <div class="PostHead">
      ${dateBlock(post)}
      <div class="title-wrap">
        <h1><a href="${address}">${post.title}</a></h1>
        <span class="submitted"
          >${byline(post)}<span class="title_button" id="kimi">Kimi</span
          ><a class="title_button" id="to_cite" href="#how_to_cite">引用</a
          ><a class="title_button" id="print" href="#PostContent">打印</a
          ><span class="title_button" id="share"><span id="share_position"></span>分享</span></span
        >
      </div>
    </div>
    <div class="PostContent" id="PostContent">
      ${introduction}${rest === null ? html`` : html`<!--more-->${rest}`}
      <p style="color: #FF8800">
        <em
          ><strong>转载到请包括本文地址：</strong
          ><a href="${address}" title="${post.title}">${address}</a></em
        >
      </p>
      <div id="content_tips">
        <p>
          <strong
            >如果觉得有用，欢迎<a href="${address}#share">分享</a>或<a href="${address}#pay">打赏</a
            >。</strong
          >
        </p>
      </div>
      <div id="pay">
        <p>打赏</p>
        <div id="QR"><p>样张不收打赏。</p></div>
      </div>
      <div id="how_to_cite">
        <p><strong>如果要引用这篇文章：</strong></p>
        <p class="cite_style">
          苏剑林. (${post.date}). 《${post.title}》[Blog post]. Retrieved from
          <a href="${address}">${address}</a>
        </p>
      </div>
    </div>
  </div> `;
}

/** A post box without date, byline and tools. */
function plainPost(heading: Markup, body: Markup): Markup {
  return html`<div class="Post">
    <div class="PostHead">
      <div class="title-wrap"><h1>${heading}</h1></div>
    </div>
    <div class="PostContent" id="PostContent">${body}</div>
  </div> `;
}

function breadcrumb(origin: string, trail: Markup): Markup {
  return html`<div id="breadcrumb"><a href="${origin}">首页</a> ${trail}</div> `;
}

function dateBlock({ date }: PostFacts): Markup {
  const month = MONTHS[Number(date.slice(5, 7)) - 1] ?? '';
  return html`<div class="date-wrap">
    <span class="date-day">${Number(date.slice(8))}</span><span class="date-month">${month}</span>
  </div>`;
}

/** The byline without its buttons. */
function byline({ id, date }: PostFacts): Markup {
  const readers = 900 + ((id * 7919) % 60_000);
  return html`<span>By </span><span>苏剑林 | </span><span>${date} | </span
    ><span>${readers}位读者</span> | `;
}

function tools(origin: string, post: PostFacts): Markup {
  const tags = post.tags.map((tag, index) => [
    index === 0 ? '' : ', ',
    html`<a href="${tagAddress(origin, tag)}">${tag}</a>`,
  ]);
  return html`<span class="cat"
      >分类：${categoryLinks(origin, post)} &nbsp;&nbsp; 标签：${tags}</span
    ><span class="comment_comments"
      ><a href="${postAddress(origin, post)}#comments">${post.id % 60} 评论</a></span
    >`;
}

/** The main category first, separated by commas without spaces, as on the blog. */
function categoryLinks(origin: string, { categories }: PostFacts): Markup[] {
  return categories.map(
    (name, index) =>
      html`${index === 0 ? '' : ','}<a href="${categoryAddress(origin, name)}">${name}</a>`,
  );
}

/** A pager: the first and the last page, the pages around this one, and dots between. */
function pager(origin: string, { page, pages, pathOf }: Listing): Markup {
  const near = Array.from({ length: 7 }, (_, index) => page - 3 + index);
  const shown = [...new Set([1, ...near, pages])].filter((n) => n >= 1 && n <= pages);
  const link = (n: number, text: string | number) =>
    html`<a href="${origin}${pathOf(n)}">${text}</a>`;
  const numbers = shown.map((n, index) => [
    index > 0 && n - (shown[index - 1] ?? 0) > 1 ? html`<li><span>...</span></li>` : '',
    n === page ? html`<li class="current">${link(n, n)}</li>` : html`<li>${link(n, n)}</li>`,
  ]);
  const previous = page > 1 ? html`<li class="prev">${link(page - 1, '«')}</li>` : '';
  const next = page < pages ? html`<li class="next">${link(page + 1, '»')}</li>` : '';
  return html`
    <ol class="page-navigator">
      ${[previous, numbers, next]}
    </ol>
  `;
}

function neighbours(origin: string, post: PostFacts): Markup {
  const index = posts.indexOf(post);
  const link = (neighbour: PostFacts | undefined) =>
    neighbour === undefined
      ? '没有了'
      : html`<a href="${postAddress(origin, neighbour)}" title="${neighbour.title}"
          >${neighbour.title}</a
        >`;
  return html`<div id="entrynavigation">
    &lt; ${link(posts[index + 1])} | ${link(posts[index - 1])} &gt;
  </div> `;
}

/** Up to ten posts that share most tags with this one. */
function similar(origin: string, post: PostFacts): Markup {
  const shared = (other: PostFacts) => other.tags.filter((tag) => post.tags.includes(tag)).length;
  const found = posts
    .filter((other) => other !== post && shared(other) > 0)
    .sort((a, b) => shared(b) - shared(a))
    .slice(0, 10)
    .map(
      (other) =>
        html`<li>
          <a href="${postAddress(origin, other)}" title="${other.title}">${other.title}</a>
        </li>`,
    );
  return html`<div id="similar">
    <h3>你也许还对下面的内容感兴趣</h3>
    <ul>
      ${found}
    </ul>
  </div> `;
}

function comments(origin: string, post: PostFacts): Markup {
  const address = postAddress(origin, post);
  const comment = (number: number) =>
    html`<div class="AllComments">
      <div class="ComListLi" id="comment-${post.id}${number}">
        <span class="ListNr">${number}</span>
        <p><a href="https://example.org/">读者${number}</a></p>
        <p>${post.date}</p>
        <div class="block-comment"><p>读到这里，有一处没有想明白，${number === 2 ? pointer(origin, post) : '回头再看一遍'}。</p></div>
        <span class="comment_reply"
          ><a href="${address}/comment-page-1?replyTo=${post.id}${number}#respond-post-${post.id}"
            >回复评论</a
          ></span
        >
      </div>
    </div>`;
  return html`<p id="PostComment"><a href="${address}#comment_form">发表你的看法</a></p>
    <div id="comments">
      ${[1, 2].map(comment)}
      <div id="respond-post-${post.id}">
        <form id="comment_form" method="post" action="${address}/comment">
          <textarea name="text" aria-label="评论"></textarea>
        </form>
      </div>
    </div> `;
}

/** A comment that links to the first reference of a post. */
function pointer(origin: string, { refs }: PostFacts): Markup {
  const [id] = refs ?? [];
  return id === undefined
    ? html`回头再看一遍`
    : html`是不是<a href="${origin}/archives/${id}">前面那篇</a>说的`;
}

function archiveItem(origin: string, post: PostFacts): Markup {
  const address = postAddress(origin, post);
  return html`<li>
    ${post.date.slice(8)}日: <a href="${address}">${post.title}</a> (<a
      href="${address}#PostComment"
      >${post.id % 60}</a
    >)
  </li>`;
}

/** Groups neighbours with equal keys, in order. */
function groups(
  list: readonly PostFacts[],
  keyOf: (post: PostFacts) => string,
): [key: string, members: PostFacts[]][] {
  const found = new Map<string, PostFacts[]>();
  for (const post of list) {
    const members = found.get(keyOf(post));
    if (members) members.push(post);
    else found.set(keyOf(post), [post]);
  }
  return [...found];
}
