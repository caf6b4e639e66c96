import { readFileSync } from 'node:fs';
import { categorySlugs, posts, type PostFacts } from './facts.ts';
import { html, Markup } from './html.ts';

/** A page in the pieces in which it is sent; joined they are the whole document. */
export interface SamplePage {
  readonly status: number;
  /** Everything before the main column, with the style sheet. */
  readonly head: string;
  /** The main column; on listings one piece for each item and one for the pager. */
  readonly pieces: readonly string[];
  readonly tail: string;
}

/** The parts that differ between pages. Addresses in the frame are absolute, as on the real blog. */
export interface FrameOptions {
  /** The scheme and the host of the page, without a trailing slash. */
  readonly origin: string;
  /** The part of the page title before the site's name; empty for the home page. */
  readonly title: string;
  readonly pieces: readonly Markup[];
  readonly status?: number;
  /** The headings of the article, for the overview in the sidebar. */
  readonly headings?: readonly string[];
}

const siteName = '科学空间|Scientific Spaces';

/** Pages of the menu, `/SLUG.html` each. */
export const menuPages: Readonly<Record<string, string>> = {
  reward: '打赏',
  latex: '公式',
  ac: '天象',
  links: '链接',
  me: '时光',
  science: '博览',
  content: '归档',
};

const TAGS = ['attention', '优化', '矩阵', '梯度', '生成模型', '概率', '语言模型', '天象', '极限'];

/** The length of the drawer's lists of new posts and of comments. */
const DRAWER_ITEMS = 10;

const styleSheet = new Markup(readFileSync(new URL('style.css', import.meta.url), 'utf8'));

/** Puts the pieces into the common frame: drawer, header, menus, sidebar, footer. */
export function framed(options: FrameOptions): SamplePage {
  return {
    status: options.status ?? 200,
    head: headOf(options).text,
    pieces: options.pieces.map((piece) => piece.text),
    tail: tailOf(options).text,
  };
}

export function postAddress(origin: string, post: PostFacts): string {
  return `${origin}/archives/${post.id}`;
}

export function categoryAddress(origin: string, category: string): string {
  return `${origin}/category/${categorySlugs[category]}`;
}

export function tagAddress(origin: string, tag: string): string {
  return `${origin}/tag/${encodeURIComponent(tag)}/`;
}

function headOf({ origin, title }: FrameOptions): Markup {
  return html`<!DOCTYPE html>
    <html lang="zh-CN">
      <head>
        <meta charset="UTF-8" />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <title>${title === '' ? siteName : `${title} - ${siteName}`}</title>
        <link rel="alternate" type="application/rss+xml" title="RSS 2.0" href="${origin}/feed" />
        <meta name="generator" content="Typecho" />
        <meta name="template" content="geekg" />
        <style>
          ${styleSheet}
        </style>
      </head>
      <body>
        ${drawer(origin)}
        <div id="Container">
          <div id="Header">
            <a href="${origin}">${siteName}</a>${menu(origin)}
            <p>样张：题名、日期与标签取自公开目录，正文为占位文字</p>
          </div>
          <div id="MainMenu">${categoryMenu(origin, (slug) => html` ${slug}`)}</div>
          <div id="MainMenuiPad">${categoryMenu(origin, () => html``)}</div>
          <div id="MainBody">
            <div id="content">
`;
}

function tailOf({ origin, headings = [] }: FrameOptions): Markup {
  return html`    </div>
    <div id="SideBar">
      ${headings.length > 0 ? overview(headings) : block('关于站长', html`<p>这里是站长的自我介绍。样张里没有站长，只有版面。</p>`)}
      <div class="diggwrapper"><h3>智能搜索</h3>${searchForm(origin)}<p>支持整句搜索，结果按相关程度排列。</p></div>
      ${block(
        '热门标签',
        html`${TAGS.map((tag) => html`<a href="${tagAddress(origin, tag)}">${tag}</a> `)}`,
      )}
      ${block('随机文章', postList(origin, everyNth(posts, 131)))}
      ${block(
        '最近评论',
        html`<ul>
          ${comments(origin, 5, ([name, link, text]) => html`<a href="${link}">${name}</a>: ${text}`)}
        </ul>`,
      )}
      ${block(
        '友情链接',
        html`<ul>
          <li><a href="https://example.org/">示例友链</a></li>
        </ul>`,
      )}
    </div>
  </div>
  <div id="Footer"><p>本页为样张 <a href="http://creativecommons.org/licenses/by-nc-nd/2.5/cn/">署名-非商业用途</a> Powered by <a href="http://typecho.org">Typecho</a></p></div>
</div>
</body>
</html>
`;
}

/** The drawer comes first at every width; the style sheet shows it on narrow screens only. */
function drawer(origin: string): Markup {
  const categories = Object.keys(categorySlugs);
  return html`<div id="MobileSideBar">
    <img src="${drawerIcon}" alt="MobileSideBar" tabindex="0" />
    <h2>SEARCH</h2>
    ${searchForm(origin)}
    <h2>MENU</h2>
    ${menu(origin)}
    <h2>CATEGORIES</h2>
    <ul>
      ${categories.map((category) => html`<li><a href="${categoryAddress(origin, category)}">${category}</a></li>`)}
    </ul>
    <h2>NEWPOSTS</h2>
    ${postList(origin, posts.slice(0, DRAWER_ITEMS))}
    <div id="MobileComments">
      <h2>COMMENTS</h2>
      <ul>
        ${comments(origin, DRAWER_ITEMS, ([name, link, text]) => html`<a href="${link}">${name}: ${text}</a>`)}
      </ul>
    </div>
    <h2>USERLOGIN</h2>
    <ul>
      <li><a href="${origin}/admin/login.php">登录</a></li>
    </ul>
  </div>`;
}

const drawerIcon = `data:image/svg+xml,${encodeURIComponent(
  '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 20 20">' +
    '<path stroke="#7d8a8c" stroke-width="1.6" d="M3 5.5h14M3 10h14M3 14.5h14"/></svg>',
)}`;

function menu(origin: string): Markup {
  const pages = Object.entries(menuPages);
  return html`<ul>
    ${pages.map(([slug, name]) => html`<li><a href="${origin}/${slug}.html">${name}</a></li>`)}
  </ul>`;
}

function categoryMenu(origin: string, after: (slug: string) => Markup): Markup {
  const categories = Object.entries(categorySlugs);
  return html`<ul>
    ${categories.map(
      ([name, slug]) =>
        html`<li>
          <a href="${origin}/category/${slug}"><strong>${name}</strong>${after(slug)}</a>
        </li>`,
    )}
  </ul>`;
}

function searchForm(origin: string): Markup {
  return html`<form action="${origin}/" method="post">
    <input type="text" name="s" aria-label="搜索" placeholder="输入关键字" />
  </form>`;
}

function block(heading: string, content: Markup): Markup {
  return html`<div class="diggwrapper">
    <h3>${heading}</h3>
    <div class="content">${content}</div>
  </div>`;
}

function overview(headings: readonly string[]): Markup {
  const links = headings.map((heading) => html`<a href="#${heading}">${heading}</a><br />`);
  return block('内容速览', html`${links}`);
}

function postList(origin: string, list: readonly PostFacts[]): Markup {
  return html`<ul>
    ${list.map((post) => html`<li><a href="${postAddress(origin, post)}">${post.title}</a></li>`)}
  </ul>`;
}

/** A list item for each of the newest posts: a reader's name, the address and the text of a comment. */
function comments(
  origin: string,
  count: number,
  item: (comment: readonly [name: string, link: string, text: string]) => Markup,
): Markup {
  return html`${posts.slice(0, count).map((post, index) => {
    const link = `${postAddress(origin, post)}/comment-page-1#comment-${post.id}`;
    return html`<li>${item([`读者${index + 1}`, link, '读到这里，有一处没有想明白...'])}</li>`;
  })}`;
}

function everyNth(list: readonly PostFacts[], n: number): readonly PostFacts[] {
  return list.filter((_, index) => index % n === n - 1);
}
