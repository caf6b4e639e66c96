/**
 * Listings and posts of 科学空间 as other themes would write them, with the structures of public Typecho
 * themes: where the title is, what is a link, where date and category are, what is beside them. Each form takes
 * a few lines. The pages around it have misleading parts: menus, recent and related posts, pinned covers,
 * comments, previous and next.
 */

export interface ThemePost {
  id: number;
  title: string;
  date: string;
}

export interface Theme {
  name: string;
  css?: string;
  /** One item of a listing. */
  item: (post: ThemePost, at: number) => string;
  /** The items in their list. */
  list?: (items: string[]) => string;
  /** The article's part of a post page. */
  post: (post: ThemePost, article: string) => string;
  /** The whole page around the main part. */
  frame?: (main: string, sides: Sides) => string;
}

export interface Sides {
  recent: string;
  related: string;
  pinned: string;
  pager: string;
}

const PROSE = '占位文字讲一件不存在的事，一句接着一句，没有公式，也没有结论。';
export const EXCERPT = `<p>${PROSE.repeat(3)}</p>`;
export const ARTICLE = `<h2>小节</h2>${`<p>${PROSE.repeat(4)}</p>`.repeat(6)}`;

export const escaped = (text: string) =>
  text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('"', '&quot;');
const href = ({ id }: ThemePost) => `https://kexue.fm/archives/${id}`;
const link = (post: ThemePost, attributes = '') =>
  `<a ${attributes} href="${href(post)}">${escaped(post.title)}</a>`;
const category = '<a class="category" href="https://kexue.fm/category/Mathematics/">数学研究</a>';
const comments = (post: ThemePost) => `<a href="${href(post)}#comments">3 条评论</a>`;
const day = ({ date }: ThemePost) => date.replace(/-/, '年').replace(/-/, '月') + '日';
const plain = (post: ThemePost, article: string) =>
  `<article class="post"><h1 class="post-title">${escaped(post.title)}</h1>
  <ul class="post-meta"><li>作者</li><li><time>${post.date}</time></li><li>${category}</li></ul>
  <div class="post-content">${article}</div></article>`;

/** The page of the usual themes around the main part. */
const usual = (main: string, { recent, related, pinned, pager }: Sides) =>
  `<header id="header"><div class="site-name"><a href="/">科学空间</a></div><nav id="nav-menu"><a href="/">首页</a>
  <a href="/links.html">链接</a></nav></header>${pinned}<div id="body"><div class="container"><div class="row">
  <div class="col-mb-12 col-8" id="main" role="main">${main}${related}${pager}</div>
  <div class="col-mb-12 col-offset-1 col-3 kit-hidden-tb" id="secondary" role="complementary">
  <section class="widget"><h3 class="widget-title">最新文章</h3>${recent}</section></div></div></div></div>
  <footer id="footer">科学空间</footer>`;

export const THEMES: Theme[] = [
  {
    name: 'the default of Typecho: heading, meta list, content',
    item: (
      post,
    ) => `<article class="post" itemscope><h2 class="post-title" itemprop="name headline">
      ${link(post, 'itemprop="url"')}</h2><ul class="post-meta"><li>作者: <a href="/author/1/">苏剑林</a></li>
      <li>时间: <time datetime="${post.date}">${post.date}</time></li><li>分类: ${category}</li>
      <li>${comments(post)}</li></ul><div class="post-content" itemprop="articleBody">${EXCERPT}
      <p class="more"><a href="${href(post)}">- 阅读剩余部分 -</a></p></div></article>`,
    post: plain,
  },
  {
    name: 'div.title > a, no heading',
    item: (post) => `<div class="item"><div class="title">${link(post)}</div>
      <div class="info">${day(post)} · ${category}</div><div class="desc">${EXCERPT}</div></div>`,
    post: (
      post,
      article,
    ) => `<div class="entry"><div class="entry-title">${escaped(post.title)}</div>
      <div class="info">${day(post)}</div><div class="entry-body">${article}</div></div>`,
  },
  {
    name: 'p > a as title',
    item: (post) => `<div class="log"><p class="log-title">${link(post)}</p>
      <p class="log-info"><span>${post.date}</span></p>${EXCERPT}</div>`,
    post: (post, article) => `<div class="log"><h1>${escaped(post.title)}</h1><p>${post.date}</p>
      <div class="text">${article}</div></div>`,
  },
  {
    name: 'dl: dt date, dd > a',
    item: (post) => `<dl class="entry"><dt>${post.date}</dt><dd>${link(post)}</dd>
      <dd class="summary">${EXCERPT}</dd></dl>`,
    post: plain,
  },
  {
    name: 'a.post > div.title: the whole item is a link',
    item: (
      post,
    ) => `<div class="post-wrap"><a class="post" href="${href(post)}"><div class="title">${escaped(post.title)}</div>
      <div class="date">${post.date}</div><div class="excerpt">${PROSE.repeat(2)}</div></a></div>`,
    post: (
      post,
      article,
    ) => `<div class="single"><div class="single-head"><h1>${escaped(post.title)}</h1>
      <div class="date">${post.date}</div></div><div class="single-body">${article}</div></div>`,
  },
  {
    name: 'a > article > h1: a link around the heading',
    item: (
      post,
    ) => `<a href="${href(post)}" class="card-link"><article class="card"><h1>${escaped(post.title)}</h1>
      <span class="time">${post.date}</span><p>${PROSE}</p></article></a>`,
    post: plain,
  },
  {
    name: 'a > h2 in a header',
    item: (post) => `<article><header><a href="${href(post)}"><h2>${escaped(post.title)}</h2></a>
      <div class="meta"><time>${post.date}</time> / ${category}</div></header><section>${EXCERPT}</section></article>`,
    post: (
      post,
      article,
    ) => `<article><header><h1><a href="${href(post)}">${escaped(post.title)}</a></h1>
      <div class="meta"><time>${post.date}</time></div></header><section>${article}</section></article>`,
  },
  {
    name: 'a category link before the title in the heading',
    item: (post) => `<article class="excerpt"><header><h2>${category} ${link(post)}</h2></header>
      <p class="meta"><time>${post.date}</time></p><p class="note">${PROSE.repeat(2)}</p></article>`,
    post: (post, article) => `<article class="content"><header><h1>${category} ${link(post)}</h1>
      <p class="meta"><time>${post.date}</time></p></header><div class="article-content">${article}</div></article>`,
  },
  {
    name: 'a date before the title, the content behind it',
    item: (post) => `<li class="article"><span class="day">${post.date}</span><h3>${link(post)}</h3>
      <div class="summary">${EXCERPT}</div></li>`,
    list: (items) => `<ul class="articles">${items.join('')}</ul>`,
    post: (post, article) => `<div class="article"><span class="day">${post.date}</span>
      <h2 class="title">${escaped(post.title)}</h2><div class="markdown">${article}</div></div>`,
  },
  {
    name: 'cards: cover left, body right, in a flex row',
    css: '.card{display:flex}.card .meta{display:flex}',
    item: (post) => `<div class="card"><a class="card-img" href="${href(post)}"><img alt=""></a>
      <div class="card-body"><h2 class="card-title">${link(post)}</h2><div class="card-text">${PROSE}</div>
      <div class="meta"><span>${category}</span><span class="date">${post.date}</span></div></div></div>`,
    post: plain,
  },
  {
    name: 'title and date in one flex row',
    css: '.head{display:flex;justify-content:space-between}',
    item: (
      post,
    ) => `<section class="post-item"><div class="head"><h3>${link(post)}</h3><span>${post.date}</span></div>
      <div class="body">${EXCERPT}</div></section>`,
    post: (
      post,
      article,
    ) => `<section class="post-full"><div class="head"><h1>${escaped(post.title)}</h1>
      <span>${post.date}</span></div><div class="body">${article}</div></section>`,
  },
  {
    name: 'a list of titles with dates only',
    item: (post) => `<li><time>${post.date}</time> ${link(post)}</li>`,
    list: (items) => `<ul class="post-list">${items.join('')}</ul>`,
    post: plain,
  },
  {
    name: 'rows of a table',
    item: (post) =>
      `<tr><td class="t">${link(post)}</td><td>${post.date}</td><td>${category}</td></tr>`,
    list: (items) => `<table class="posts"><tbody>${items.join('')}</tbody></table>`,
    post: plain,
  },
  {
    name: 'a grid of columns with cards',
    css: '.grid{display:grid}',
    item: (
      post,
    ) => `<div class="cell"><div class="thumb"><a href="${href(post)}"><img alt=""></a></div>
      <div class="text"><h4>${link(post)}</h4><p>${PROSE}</p><small>${post.date}</small></div></div>`,
    list: (items) => `<div class="grid">${items.join('')}</div>`,
    post: plain,
  },
  {
    name: 'a link that lies over the item, beside its heading',
    css: '.cover-link{position:absolute;inset:0}.entry{position:relative}',
    item: (
      post,
    ) => `<article class="entry"><a class="cover-link" href="${href(post)}" aria-label="阅读"></a>
      <h2 class="entry-title">${escaped(post.title)}</h2><p class="meta">${post.date}</p>${EXCERPT}</article>`,
    post: plain,
  },
  {
    name: 'a label 置顶 inside the link, a new post among them',
    item: (post, at) =>
      `<div class="post-card"><h2 class="title"><a href="${href(post)}">${
        at === 0 ? '<span class="sticky">置顶</span>' : ''
      }${escaped(post.title)}</a></h2><div class="post-meta"><span>${post.date}</span></div>${EXCERPT}</div>`,
    post: plain,
  },
  {
    name: 'a label 置顶 before the link in the heading',
    item: (
      post,
      at,
    ) => `<div class="post-card"><h2 class="title">${at === 0 ? '<em>[置顶]</em> ' : ''}${link(post)}</h2>
      <div class="post-meta"><span>${post.date}</span></div>${EXCERPT}</div>`,
    post: plain,
  },
  {
    name: 'an icon before the title, a count behind it',
    item: (
      post,
    ) => `<div class="panel"><div class="panel-heading"><i class="icon"></i> ${link(post, 'class="t"')}
      <span class="badge">3</span></div><div class="panel-body">${EXCERPT}</div><div class="panel-footer">${post.date}</div></div>`,
    post: (
      post,
      article,
    ) => `<div class="panel"><div class="panel-heading"><h1>${escaped(post.title)}</h1></div>
      <div class="panel-body">${article}</div></div>`,
  },
  {
    name: 'a timeline by months',
    item: (
      post,
    ) => `<li class="timeline-item"><div class="dot"></div><div class="timeline-content"><span>${post.date}</span>
      <h3>${link(post)}</h3><p>${PROSE}</p></div></li>`,
    list: (items) =>
      `<div class="timeline"><h2>三月</h2><ul>${items.slice(0, 3).join('')}</ul><h2>二月</h2><ul>${items
        .slice(3)
        .join('')}</ul></div>`,
    post: plain,
  },
  {
    name: 'an archive by years and months, some posts alone in their month or year',
    css: '.entry{display:flex}',
    item: (
      post,
    ) => `<div class="entry"><a href="${href(post)}"><span class="day">${day(post)}</span>
      <span class="name">${escaped(post.title)}</span></a><span>${category}</span></div>`,
    list: (items) => {
      const month = (from: number, to: number) =>
        `<div class="month"><h3>共 ${to - from} 篇文章</h3><div class="entries">${items.slice(from, to).join('')}</div></div>`;
      const year = (...months: string[]) =>
        `<div class="year"><h2><a href="/2026/">2026 年</a></h2>${months.join('')}</div>`;
      return (
        year(month(0, 1), month(1, 6)) +
        year(month(6, 7), month(7, 8)) +
        year(month(8, 9)) +
        year(month(9, 10))
      );
    },
    post: plain,
  },
  {
    name: 'two columns of cards',
    item: (
      post,
    ) => `<div class="waterfall-item"><div class="inner"><a href="${href(post)}"><img alt=""></a>
      <p class="w-title">${link(post)}</p><p class="w-date">${post.date}</p></div></div>`,
    list: (
      items,
    ) => `<div class="cols"><div class="colm">${items.filter((_, at) => at % 2 === 0).join('')}</div>
      <div class="colm">${items.filter((_, at) => at % 2 === 1).join('')}</div></div>`,
    post: plain,
  },
  {
    name: 'title and meta over a cover, the excerpt below',
    css: '.hero{background-image:url(x.png);position:relative}.over{position:absolute;bottom:0}',
    item: (post) => `<article class="big"><div class="hero"><div class="over"><h2>${link(post)}</h2>
      <p>${post.date}</p></div></div><div class="below">${EXCERPT}</div></article>`,
    post: (post, article) => `<div class="hero"><div class="over"><h1>${escaped(post.title)}</h1>
      <p>${post.date}</p></div></div><div class="wrapper"><div class="below">${article}</div></div>`,
  },
  {
    name: 'a hero header outside of the main part of a post',
    css: '.intro-header{background-image:url(x.png)}',
    item: (
      post,
    ) => `<div class="post-preview"><a href="${href(post)}"><h2 class="post-title">${escaped(post.title)}</h2>
      <h3 class="post-subtitle">${PROSE}</h3></a><p class="post-meta">苏剑林 发布于 ${day(post)}</p></div><hr>`,
    post: (
      post,
      article,
    ) => `<header class="intro-header"><div class="container"><div class="post-heading">
      <h1>${escaped(post.title)}</h1><span class="meta">${day(post)}</span></div></div></header>
      <div class="post-container">${article}</div>`,
  },
  {
    name: 'the title is a button of an accordion, read more below',
    item: (post) => `<div class="entry"><strong class="entry-name">${link(post)}</strong>
      <div class="entry-text">${EXCERPT}<a class="go" href="${href(post)}">继续阅读 →</a></div></div>`,
    post: plain,
  },
  {
    name: 'a blog roll of whole posts with headings that link to other posts',
    item: (
      post,
      at,
    ) => `<div class="post"><h2>${link(post)}</h2><p class="by">${post.date}</p><div class="text">
      <h3>小节</h3>${EXCERPT}<p>可以参考前面写过的这一篇文章：<a href="https://kexue.fm/archives/${
        at % 2 === 0 ? 6933 : 4765
      }">这里</a>，以及评论里的讨论。</p></div></div>`,
    post: plain,
  },
  {
    name: 'meta row at the foot, behind the excerpt',
    css: '.foot{display:flex}',
    item: (
      post,
    ) => `<div class="post-block"><h2 class="h">${link(post)}</h2><div class="excerpt">${EXCERPT}</div>
      <div class="foot"><span>${post.date}</span><span>${comments(post)}</span></div></div>`,
    post: plain,
  },
  {
    name: 'spans all the way down',
    css: '.n,.d,.x{display:block}',
    item: (
      post,
    ) => `<div class="e"><span class="n"><span>${link(post)}</span></span><span class="d">${post.date}</span>
      <span class="x">${PROSE.repeat(2)}</span></div>`,
    post: (post, article) => `<div class="e"><span class="n title">${escaped(post.title)}</span>
      <span class="d">${post.date}</span><div class="x">${article}</div></div>`,
  },
  {
    name: 'chat bubbles of a journal with relative dates',
    item: (
      post,
    ) => `<div class="moment"><div class="avatar"></div><div class="bubble"><div class="who">苏剑林</div>
      <h2>${link(post)}</h2><div class="when">3 天前</div><div class="words">${EXCERPT}</div></div></div>`,
    post: plain,
  },
  {
    name: 'a heading inside a heading row with a thumbnail, English dates',
    css: '.entry-header{display:flex}',
    item: (
      post,
    ) => `<article class="hentry"><header class="entry-header"><div class="left"><img alt=""></div>
      <div class="right"><h2 class="entry-title">${link(post, 'rel="bookmark"')}</h2>
      <div class="entry-meta">March 5, 2026 by 苏剑林</div></div></header>
      <div class="entry-content">${EXCERPT}</div></article>`,
    post: plain,
  },
  {
    name: 'material cards: the title in the media part',
    css: '.mdl-card__media{background-image:url(x.png)}',
    item: (
      post,
    ) => `<div class="mdl-card"><div class="mdl-card__media"><p class="article-headline-p">${link(post)}</p></div>
      <div class="mdl-card__supporting-text">${PROSE.repeat(2)}</div><div class="mdl-card__actions"><span>${post.date}</span></div></div>`,
    post: (
      post,
      article,
    ) => `<div class="mdl-card"><div class="mdl-card__media"><p class="article-headline-p title">${escaped(post.title)}</p></div>
      <div class="mdl-card__supporting-text">${article}</div></div>`,
  },
  {
    name: 'main list named recent-posts, as in Butterfly',
    item: (
      post,
    ) => `<div class="recent-post-item"><div class="post_cover"><a href="${href(post)}"><img alt=""></a></div>
      <div class="recent-post-info"><a class="article-title" href="${href(post)}">${escaped(post.title)}</a>
      <div class="article-meta-wrap"><time>${post.date}</time> ${category}</div><div class="content">${PROSE}</div></div></div>`,
    list: (items) => `<div class="recent-posts" id="recent-posts">${items.join('')}</div>`,
    post: (
      post,
      article,
    ) => `<div id="post"><div id="post-info"><h1 class="post-title">${escaped(post.title)}</h1>
      <div id="post-meta">${post.date}</div></div><div id="article-container">${article}</div></div>`,
  },
  {
    name: 'a layout with a side bar in its class names',
    item: (post) =>
      `<div class="loop"><h2>${link(post)}</h2><p class="i">${post.date}</p>${EXCERPT}</div>`,
    post: plain,
    frame: (
      main,
      { recent, pager, pinned, related },
    ) => `<div class="has-sidebar sidebar-layout-right"><div class="top">
      ${pinned}</div><section class="primary">${main}${related}${pager}</section><div class="sidebar-box"><h3>最近</h3>${recent}</div></div>`,
  },
  {
    name: 'a side bar without names, before the list',
    item: (post) => `<div class="it"><h2>${link(post)}</h2><p>${post.date}</p>${EXCERPT}</div>`,
    post: plain,
    frame: (
      main,
      { recent, pager, related },
    ) => `<table><tr><td width="200"><b>最近</b>${recent}</td>
      <td>${main}${related}${pager}</td></tr></table>`,
  },
  {
    name: 'the title with its own link to the heading',
    item: (
      post,
    ) => `<article class="p"><h2 id="x">${link(post)} <a class="anchor" href="#x">#</a></h2>
      <p>${post.date}</p>${EXCERPT}</article>`,
    post: (
      post,
      article,
    ) => `<article class="p"><h1 id="x">${link(post)} <a class="anchor" href="#x">#</a></h1>
      <p>${post.date}</p><div class="c">${article}</div></article>`,
  },
  {
    name: 'the text of the post right behind the title, without a box',
    item: (post) => `<div class="q"><h2>${link(post)}</h2>${EXCERPT}<hr></div>`,
    post: (post, article) =>
      `<div class="q"><h1>${escaped(post.title)}</h1><p class="s">${post.date}</p>${article}</div>`,
  },
];

/**
 * Forms in which items cannot be told apart or a line has no place: nothing is recognised on their listings.
 */
export const LEFT_OUT: Theme[] = [
  {
    name: 'cards that are links, side by side in a grid',
    css: '.grid{display:grid}',
    item: (post) =>
      `<a class="card" href="${href(post)}"><h3>${escaped(post.title)}</h3><p>${PROSE}</p></a>`,
    list: (items) => `<div class="grid">${items.join('')}</div>`,
    post: plain,
  },
  {
    name: 'titles that the server cuts',
    item: (post) =>
      `<div class="it"><h2><a href="${href(post)}" title="${escaped(post.title)}">${escaped(
        post.title.slice(0, 6),
      )}...</a></h2><p>${post.date}</p>${EXCERPT}</div>`,
    post: plain,
  },
  {
    name: 'titles alone in a list, without a date',
    item: (post) => `<li>${link(post)}</li>`,
    list: (items) => `<ul>${items.join('')}</ul>`,
    post: plain,
  },
  {
    name: 'no link to the post at all',
    item: (post) =>
      `<div class="it" onclick="go(${post.id})"><h2>${escaped(post.title)}</h2><p>${post.date}</p>${EXCERPT}</div>`,
    post: plain,
  },
  {
    name: 'cards that lie over pictures, placed by a script',
    css: '.m{position:absolute}',
    item: (post) =>
      `<div class="m" style="background-image:url(x.png)"><h2>${link(post)}</h2><p>${post.date}</p></div>`,
    post: plain,
  },
];

const trap = (posts: readonly ThemePost[], wrap: (post: ThemePost) => string) =>
  posts.map(wrap).join('');

/** A listing with these items, among misleading parts. */
export function listingOf(
  theme: Theme,
  items: readonly ThemePost[],
  beside: readonly ThemePost[],
): string {
  const { list = (all: string[]) => all.join('\n'), frame = usual } = theme;
  const main = list(items.map(theme.item));
  return documentOf(theme, '科学空间', frame(main, { ...sidesOf(beside), related: '' }));
}

/** The page of a post in a theme, among misleading parts. */
export function postOf(theme: Theme, post: ThemePost, beside: readonly ThemePost[]): string {
  const { frame = usual } = theme;
  const sides = sidesOf([post, ...beside]);
  const thread = `<div id="comments"><ol class="comment-list"><li><div class="comment-content"><p>${link(post)}</p>
    <p>${PROSE.repeat(9)}</p></div></li></ol></div>`;
  const near = `<ul class="post-near">${trap(beside.slice(0, 2), (each) => `<li>上一篇: ${link(each)}</li>`)}</ul>`;
  const main = `<div class="breadcrumb"><a href="/">首页</a> <span class="title">${escaped(post.title)}</span></div>
    ${theme.post(post, ARTICLE)}`;
  const page = frame(main, { ...sides, related: sides.related + near + thread });
  return documentOf(theme, `${post.title} - 科学空间|Scientific Spaces`, page);
}

function sidesOf(posts: readonly ThemePost[]): Sides {
  return {
    recent: `<ul>${trap(posts, (post) => `<li>${link(post)}</li>`)}</ul>`,
    related: `<div class="related-posts"><h3>相关文章</h3>${trap(
      posts,
      (post) => `<div class="item"><h4>${link(post)}</h4><span>${post.date}</span></div>`,
    )}</div>`,
    pinned: `<div class="swiper-container"><div class="swiper-wrapper">${trap(
      posts.slice(0, 3),
      (post) => `<div class="swiper-slide"><a href="${href(post)}"><h3>${escaped(post.title)}</h3>
        <p>${PROSE} ${post.date}</p></a></div>`,
    )}</div></div>`,
    pager: '<ol class="page-navigator"><li><a href="/page/2/">下一页</a></li></ol>',
  };
}

function documentOf({ css = '' }: Theme, title: string, body: string): string {
  return `<!DOCTYPE html><html lang="zh-CN"><head><meta charset="utf-8"><title>${escaped(title)}</title>
    <style>${css}</style></head><body class="home">${body}</body></html>`;
}
