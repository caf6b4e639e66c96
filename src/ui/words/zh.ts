/** Every word on screen, in Chinese. The reader's words: what happened, then what can be done. */

const count = (n: number) => n.toLocaleString('en-US');

/** 约 22 分钟, 约 1 小时 16 分钟; minutes are whole. */
const duration = (minutes: number) => {
  const [hours, rest] = [Math.floor(minutes / 60), minutes % 60];
  if (hours === 0) return `约 ${rest} 分钟`;
  return rest === 0 ? `约 ${hours} 小时` : `约 ${hours} 小时 ${rest} 分钟`;
};

const zh = {
  name: '科学空间伴读',

  unread: '未读',
  later: '稍后读',
  readLater: '稍后读',
  reading: (percent: number) => (percent > 0 ? `在读 ${percent}%` : '在读'),
  read: '已读',
  markOf: (title: string, mark: string) => `标记：${mark}，《${title}》`,
  allMarks: '四种标记',
  newPost: '新文章',

  part: (k: number, n: number): [before: string, k: string, after: string] => [
    '第 ',
    `${k}`,
    ` / ${n} 篇`,
  ],
  seriesAt: (name: string, part: string) => `系列：${name}，${part}`,
  also: '又见',
  previous: (title: string) => `上一篇：${title}`,
  next: (title: string) => `下一篇：${title}`,
  previousPart: '上一篇',
  nextPart: '下一篇',
  nextUnread: '下一篇未读',
  earlierUnread: '前面还有未读',
  allRead: '全系列已读',
  rulerOf: (read: number, n: number) => `${n} 篇中已读 ${read} 篇`,
  readOf: (read: number, n: number) => `已读 ${read} / ${n} 篇`,
  left: (minutes: number, unknown: number) => {
    if (minutes === 0) return unknown === 0 ? '' : `余下 ${unknown} 篇长度未知`;
    return `余下${duration(minutes)}${unknown === 0 ? '' : `，另有 ${unknown} 篇长度未知`}`;
  },
  minutes: (minutes: number) => duration(minutes),
  thisPost: '本篇',
  partsOf: (n: number) => `共 ${n} 篇`,

  references: (refs: number | null, citedBy: number) =>
    [refs ? `引用 ${refs} 篇` : '', citedBy ? `被 ${citedBy} 篇引用` : '']
      .filter(Boolean)
      .join('，'),
  refersTo: '引用',
  citedBy: '被引用',
  readFirst: '可先读',

  undo: '撤销',
  retry: '再试',
  notSaved: {
    full: '没存上：存储已满',
    failed: '没存上',
    newer: '没存上：记录来自更新的版本',
    unreachable: '没存上：后台没有回应',
  },
  updated: '已更新，请刷新本页',

  whose: '出自哪篇',
  whoseUnknown: '没有认出出处',
  linkMark: (mark: string, part: string) => `${mark}，${part}`,
  partIn: (name: string, part: string) => `${name} ${part}`,
  filterBy: '按标记筛选',
  filters: { all: '全部', unread: '未读', reading: '在读', read: '已读', later: '稍后' },
  noneOf: (filter: string) => `没有${filter}的文章。`,

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
  readingNow: '在读',
  count,
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

export default zh;
export type Words = typeof zh;
