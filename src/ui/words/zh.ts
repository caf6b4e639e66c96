/** The words on the blog, in Chinese. A sentence says what happened, then what can be done. */

import { count } from './count.ts';

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
  finished: '已完结',
  latestPart: (day: string) => `最近一篇 ${day}`,
  thisPost: '本篇',
  partsOf: (n: number) => `共 ${n} 篇`,

  references: (refs: number | null, citedBy: number) =>
    [refs ? `引用 ${refs} 篇` : '', citedBy ? `被 ${citedBy} 篇引用` : '']
      .filter(Boolean)
      .join('，'),
  refersTo: '引用',
  citedBy: '被引用',
  readFirst: '可先读',

  equation: (number: string) => `式 ${number}`,
  backToBefore: '回到刚才',
  upToHere: '上次来时到这里',
  backToPlace: '回到上次读到的地方',
  changedSince: (n: number) => `读后有改动：${n} 段`,
  textBefore: '原来',
  textAfter: '现在',
  goThere: '去看',
  seenChanges: '看过了',
  moreChanges: (n: number) => `另有 ${n} 段`,
  undo: '撤销',
  retry: '再试',
  notSaved: {
    full: '没存上：存储已满',
    failed: '没存上',
    newer: '没存上：记录来自更新的版本',
    refused: '没存上：请求不合规，请刷新本页',
    unreachable: '没存上：后台没有回应',
    gone: '没撤销：这一步已经不在撤销列表里',
  },
  updated: '已更新，请刷新本页',

  addToPlan: '加入计划',
  listHere: '这个地址里有一份文章清单。',
  takeList: '导入这份清单',
  dismiss: '收起',
  whose: '出自哪篇',
  whoseUnknown: '没有认出出处',
  whoseHere: '就出自这一篇',
  openingUnmet: '还没有见过这篇的开头',
  openingUnread: '开头没有读出来',
  unreadOf: (unread: number, refs: number) => `所引 ${refs} 篇中 ${unread} 篇未读`,
  linkMark: (mark: string, part: string) => `${mark}，${part}`,
  partIn: (name: string, part: string) => `${name} ${part}`,
  filterBy: '按标记筛选',
  filters: { all: '全部', unread: '未读', reading: '在读', read: '已读', later: '稍后' },
  noneOf: (filter: string) => `没有${filter}的文章。`,

  readingNow: '在读',
  count,
};

export default zh;
export type Words = typeof zh;
