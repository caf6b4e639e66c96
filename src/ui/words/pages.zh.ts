/** The words of our own pages, in Chinese, besides those of the blog. */

const count = (n: number) => n.toLocaleString('en-US');

const pagesZh = {
  search: '搜标题、系列、标签',
  clearSearch: '清除搜索',
  nothingFound: '没有找到。',
  foundSeries: '系列',
  foundPosts: '文章',
  more: (n: number) => `还有 ${count(n)} 篇`,
  thisPage: '这一页',
  onThisPage: (n: number) => `这一页的 ${n} 篇`,
  readSoFar: (read: number, all: number) => `已读 ${count(read)} / ${count(all)} 篇`,
  outOf: (all: number) => `/ ${count(all)}`,
  yearOf: (year: number, read: number, all: number) => `${year}：${read} / ${all}`,
  readThisYear: '今年读完',
  continue: '接着读',
  series: '系列',
  seriesBegun: (begun: number, all: number) => `读过 ${begun} / ${all} 个系列`,
  showParts: (name: string) => `${name}的各篇`,
  marked: {
    unread: (title: string) => `已标为未读：《${title}》`,
    later: (title: string) => `已留待稍后：《${title}》`,
    reading: (title: string) => `已标为在读：《${title}》`,
    read: (title: string) => `已标为已读：《${title}》`,
  },
  markedMany: (posts: number) => `已标记 ${count(posts)} 篇`,
  undone: (posts: number) => `已撤销 ${count(posts)} 篇的标记`,
  undoneBut: (posts: number, left: number) =>
    `已撤销 ${count(posts)} 篇的标记；${count(left)} 篇后来又改过，没有动`,
  welcome: '还没有读过的记录',
  welcomeText:
    '打开博客读一篇，这里就会记下来。每篇摘要下会多一行，写着它在系列里的位置和你读到了哪里。',
  openBlog: '打开博客',
  noAccess: '还不能在博客上显示。',
  noAccessText: '浏览器没有允许伴读在科学空间的页面上运行。',
  allow: '允许',
  stillNoAccess: '浏览器没有允许。可以在扩展的权限设置里打开。',
  privateWindow: '无痕窗口，不自动记录',
  select: '选择',
  open: '打开',
  toggleRead: '标为已读',
  onTheBlog: '在博客上',
  switches: {
    linkMarks: '给文中指向文章的链接加标记',
    sidebarLinks: '侧栏里的链接也加',
    mentions: '把《》里的文章题名变成链接',
  },
  linkMarksSeen: '链接上的标记，博客自己的脚本也看得见。',
  language: '语言',
  automatic: '自动',
  languages: { 'zh-CN': '中文', en: 'English' },
  catalogueUntil: (date: string) => `目录到 ${date}`,
  unofficial: '非官方',
};

export default pagesZh;
export type PagesWords = typeof pagesZh;
