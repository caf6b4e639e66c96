/** The words of our own pages, in English. */
import type { PagesWords } from './pages.zh.ts';

import { count } from './count.ts';
import { posts } from './en.ts';

const marks = (n: number) => (n === 1 ? '1 mark' : `${count(n)} marks`);
const unchanged = 'Nothing was changed.';

const pagesEn: PagesWords = {
  search: 'Search titles, series, tags, pinyin',
  clearSearch: 'Clear search',
  nothingFound: 'No results.',
  foundSeries: 'Series',
  foundPosts: 'Posts',
  foundTexts: 'In what you read',
  foundTags: 'Tags',
  foundCategories: 'Categories',
  allCategories: 'Category',
  stillReading: 'Loading your record…',
  notRead: 'Your record cannot be read right now. Nothing is lost.',
  more: (n) => (n === 1 ? '1 more post' : `${count(n)} more posts`),
  thisPage: 'This page',
  onThisPage: (n) => `${posts(n)} on this page`,
  newSince: (posts) =>
    posts === 1
      ? '1 new post since your last visit'
      : `${count(posts)} new posts since your last visit`,
  readSoFar: (read, all) => `${count(read)} of ${count(all)} read`,
  outOf: (all) => `of ${count(all)}`,
  yearOf: (year, read, all) => `${year}: ${read} of ${all} read`,
  readThisYear: 'Read this year',
  continue: 'Continue reading',
  series: 'Series',
  seriesBegun: (begun, all) => `${begun} of ${all} started`,
  showParts: (name) => `Parts of ${name}`,
  marked: {
    unread: (title) => `Marked as unread: ${title}`,
    later: (title) => `Saved to read later: ${title}`,
    reading: (title) => `Marked as reading: ${title}`,
    read: (title) => `Marked as read: ${title}`,
  },
  markedMany: (n) => `Marked ${posts(n)}`,
  undone: (n) => `Undone for ${posts(n)}`,
  undoneBut: (n, left) =>
    `Undone for ${posts(n)}; ${posts(left)} changed since then and ${left === 1 ? 'stays as it is' : 'stay as they are'}`,
  planned: (title) => `Added to plan: ${title}`,
  unplanned: (title) => `Removed from plan: ${title}`,
  welcome: 'Nothing read yet',
  welcomeText:
    'Open the blog and read a post, and it will show up here. Under each excerpt you will see where the post stands in its series and how far you have read.',
  openBlog: 'Open the blog',
  noAccess: 'The companion is not allowed on the blog yet.',
  noAccessText: 'Your browser does not let it run on the pages of Scientific Spaces.',
  allow: 'Allow',
  stillNoAccess:
    'Permission was not granted. You can change it in the browser’s settings for this extension.',
  privateWindow: 'Private window: reading is not recorded automatically',
  trouble: {
    'not-understood': 'This page was not recognised',
    'no-posts': 'There are no posts on this page',
    'no-article': 'This does not look like a post',
    text: 'Posts that are not recognised get no marks. With a diagnosis of this page we can fix it.',
    diagnosis: 'Show the diagnosis',
    holds:
      'The diagnosis holds the structure of this page only: tags, classes, kinds of links, lengths of texts. It has no text, title or address.',
    shown: 'The whole diagnosis',
    copy: 'Copy',
    send: 'Send it here',
  },
  select: 'select',
  open: 'open',
  toggleRead: 'read / unread',
  library: 'Library',
  record: {
    title: 'Your reading record stays on this computer',
    titleOnPhone: 'Your reading record stays on this phone',
    text: (n, backup) => `${marks(n)}. ${backup ? `Last backup: ${backup}.` : ''}`,
    view: 'View',
    look: 'Preview',
    cancel: 'Cancel',
    none: 'None yet',
    newPost: (id) => `Post ${id}`,
    actOn: (act, what) => `${act}: ${what}`,
    merged: 'Merged into your record.',
    restored: 'Backup restored.',
    nothingChanged: 'No changes were needed.',

    export: 'Export',
    exportAbout:
      'Marks, plans, settings and details learned from pages, to import elsewhere; without undo history, backups and the texts you read.',
    formats: {
      json: 'Record file',
      csv: 'Table',
      markdown: 'Markdown list',
      bibtex: 'BibTeX of read posts',
    },

    import: 'Import',
    plansToTake: (n) => (n === 1 ? 'And one plan.' : `And ${count(n)} plans.`),
    takeSettings: (n) =>
      `Use the settings of the file too (${n === 1 ? '1 differs' : `${count(n)} differ`} from yours)`,
    importAbout: 'Merged with your record: the newer mark of each post is kept. You can undo it.',
    chooseFile: 'Choose file',
    paste: 'Paste text',
    pasteAbout:
      'An exported file, or links to posts or their numbers. Other text may surround them.',
    pasted: 'the pasted text',
    sharedList: 'the list in the link',
    arrived: (from) => `From ${from}, not imported yet:`,
    markAs: 'Mark as',
    wouldChange: (fresh, changed, kept, same, refused) =>
      [
        `${count(fresh)} new`,
        `${count(changed)} changed`,
        `${count(kept)} kept as is`,
        `${count(same)} identical`,
        refused > 0 ? `${count(refused)} skipped` : '',
      ]
        .filter(Boolean)
        .join(', ') + '.',
    kinds: { fresh: 'New', changed: 'Changed', kept: 'Kept as is', refused: 'Skipped' },
    take: (n) => (n > 0 ? `Import ${posts(n)}` : 'Import'),
    places: {
      lines: (at) => `Line ${count(at)}: `,
      marks: (at) => `Mark ${count(at)}: `,
      learned: (at) => `New post ${count(at)}: `,
      plans: (at) => `Plan ${count(at)}: `,
      posts: (at) => `Post ${at}: `,
    },
    reasons: {
      entry: 'not an entry',
      id: 'invalid post number',
      mark: 'unknown mark',
      fraction: 'invalid progress',
      place: 'invalid position in the text',
      at: 'invalid date read',
      by: 'unknown source of the mark',
      time: 'invalid time',
      tick: 'invalid order',
      device: 'invalid device name',
      basis: 'invalid basis',
      hidden: 'invalid earlier marks',
      met: 'invalid day first seen',
      facts: 'invalid title, date or other details',
      plan: 'not a plan',
      'too-many-plans': 'too many plans',
      twice: 'duplicate',
      words: 'no link to a post and no post number',
      elsewhere: 'links to another site',
      'no-post-address': 'not a link to a post',
      unticked: 'not ticked',
      'no-post': 'the blog has no such post',
    },
    trouble: {
      'too-long': (most) => `Too long: the limit is ${most} characters. ${unchanged}`,
      'too-many': (most) => `Too many lines: the limit is ${most}. ${unchanged}`,
      'no-json': (line) =>
        `Cannot be read: from line ${line} on it is not complete JSON. The file may have been cut off. ${unchanged}`,
      foreign: () => `This is not a file exported by the companion. ${unchanged}`,
      field: (field) => `The file has an invalid value for “${field}”. ${unchanged}`,
      newer: (version) =>
        `The file comes from a newer version of the companion (format ${version}). Update this one first. ${unchanged}`,
      'damaged-list': () => 'The list in the link is incomplete. Copy the link again.',
      'newer-list': () =>
        'The list comes from a newer version of the companion. Update this one first.',
      unreadable: () => `The file could not be read. ${unchanged}`,
    },

    share: 'Share',
    shareAbout: 'A list without dates. The blog’s own scripts can see a list in a link.',
    whatToShare: 'What to share',
    copyText: 'Copy text',
    copyAddress: 'Copy link',
    copied: 'Copied.',
    notCopied: 'Not copied: the browser does not allow it.',
    tooLongForAddress: 'Too many posts for a link. Copy the text instead.',

    history: 'Browser history',
    historyAbout:
      'Find the posts that you have visited. Permission is requested when you press the button and given up right after.',
    noHistoryAllowed: 'Permission was not granted, so nothing was read.',
    noHistory: 'There are no posts of the blog in your history.',
    historyFailed: 'The browser’s history could not be read.',
    historyFound: (all, fresh) =>
      `${posts(all)} visited, ${count(fresh)} without a mark. Existing marks stay as they are.`,

    undoList: 'Undo history',
    undoAbout: (n) =>
      n === 1 ? 'The last step can be undone.' : `Each of the last ${n} steps can be undone.`,
    undoNone: 'Nothing to undo yet.',
    undone: 'Undone',
    stepOf: {
      act: (n) => `${posts(n)} marked`,
      import: (n) => `${posts(n)} imported`,
      share: (n) => `${posts(n)} imported from a shared list`,
      history: (n) => `${posts(n)} added from the browser history`,
      restore: (n) => `Backup restored, ${posts(n)} changed`,
    },

    backups: 'Backups',
    backupsAbout: 'Made before large changes (the last 5 are kept) and once a week.',
    backupOf: {
      migration: 'Before an update, ',
      import: 'Before an import, ',
      bulk: 'Before marking many posts, ',
      restore: 'Before restoring a backup, ',
      week: 'Weekly, ',
      damage: 'Record was damaged, ',
    },
    marksIn: marks,
    restore: 'Restore',
    restoreNow: (n: number) =>
      n === 1 ? 'Restore and change 1 post' : `Restore and change ${count(n)} posts`,
    restoreChanges: (n: number) =>
      n === 0 ? 'Same as now' : n === 1 ? 'Changes 1 post' : `Changes ${count(n)} posts`,

    sync: {
      title: 'Sync',
      isOff: 'Sync between your devices through your browser account. Off by default.',
      isOn: 'On: your devices are synced through your browser account.',
      notOnPhones:
        'Firefox for Android does not sync the data of extensions, so there is no sync here. Use export and import to combine the record with that of a computer.',
      turnOn: 'Turn on',
      turnOff: 'Turn off',
      joins: {
        chromium:
          'Connects only browsers of the same kind (such as Chrome and Chrome) that are signed in to the same account with sync turned on. Without an account nothing leaves this computer. To combine it with Firefox, export on each side and import on the other.',
        firefox:
          'Connects only Firefox browsers that are signed in to the same Mozilla account with add-on sync turned on. Without an account nothing leaves this computer. To combine it with Chrome, export on each side and import on the other.',
      },
      name: 'Name of this device',
      devices: 'Devices in the account',
      thisOne: 'this device',
      partial: 'not fully received yet',
      newer: 'from a newer version of the companion, cannot be read',
      used: (percent) => `Uses ${percent}% of the space that the account gives the companion.`,
      waiting: 'New marks will be uploaded shortly, or the next time the companion is used.',
      leave: 'Turn off and remove this device’s marks from the account',
      leaveAbout: 'Devices that have already merged them keep them.',
      trouble: {
        'over-quota': (n) =>
          `The account is full: the oldest ${count(n)} marks are not synced. All of them are still on this computer.`,
        full: 'Storage on this computer is full: marks from other devices were not added.',
        newer:
          'Your record was written by a newer version of the companion and is not synced. Update this one.',
        unavailable: 'This browser has no sync for extensions.',
        'too-often': 'The browser limits how often data is synced. It will be tried again later.',
        failed: 'Sync failed. It will be tried again next time.',
      },
    },

    discovered: 'Learned from pages',
    discoveredAbout: (all, fresh) =>
      `Details of ${posts(all)} were found on pages of the blog, ${count(fresh)} of them new to the catalogue.`,
    facts: {
      title: 'title',
      ownTitle: 'title',
      date: 'date',
      categories: 'categories',
      tags: 'tags',
      refs: 'references',
      length: 'length',
    },
    forget: 'Forget',
    forgetTextsNow: (n) => `Forget ${posts(n)} for good`,
    forgetAll: 'Forget all',
    forgotten: (n) => `What pages said about ${posts(n)} is forgotten.`,

    texts: 'Texts you read',
    textsAbout: (n, size) =>
      n === 0
        ? 'The texts of posts that you read are kept in this browser, so that you can find them again; never synced or exported.'
        : `${n === 1 ? 'The text of 1 post' : `The texts of ${count(n)} posts`}, ${size}; in this browser only, never synced or exported.`,
    textsOff: 'Switched off in the settings: no more texts are kept, and none are searched.',
    textsPrivate: 'In private windows, texts are neither kept nor shown.',
    textsTrouble: {
      full: 'The disk is full: what you read now is not kept.',
      newer: 'The texts were kept by a newer version. Update the companion, or forget them all.',
      refused: 'This browser gives the extension no room for texts. Everything else works.',
      unanswered: 'The background does not answer, so the kept texts cannot be read now.',
    },
    textsForgotten: (n) =>
      n === 1 ? 'Forgot the text of 1 post.' : `Forgot the texts of ${count(n)} posts.`,
    changedTexts: 'Changed since you read',
    changedTextsAbout: (n) =>
      n === 1
        ? '1 post has changed since you read it.'
        : `${count(n)} posts have changed since you read them.`,
    paragraphs: (n) => (n === 1 ? '1 paragraph' : `${count(n)} paragraphs`),
    see: 'Compare',

    aside: 'Needs attention',
    asideAbout: (n) =>
      n === 1
        ? 'One entry could not be read. It has been set aside unchanged.'
        : `${count(n)} entries could not be read. They have been set aside unchanged.`,
  },
  welcomePage: {
    title: 'A companion for reading Scientific Spaces',
    text: 'It is installed. Open the blog to see it at work. These are the six things it does.',
    line: 'One line.',
    lineText:
      'Under each excerpt: which part of its series it is, how far you have read, and what comes next.',
    marks: 'Three marks.',
    marksText:
      'Posts that you really read are marked automatically. A click changes the mark, holding it down offers all marks, and every step can be undone.',
    library: 'A library.',
    libraryText:
      'A map, plans, a list and your years; and your record with export, import, backups and sync.',
    find: 'Find it again.',
    findText: 'Search for words that you read, and open the post at that passage.',
    findExample: ['… so ', ' decays ', 'exponentially', ', …'],
    changed: 'Changed since.',
    changedText:
      'The line of a post says what changed after you read it, before and now side by side.',
    changedExample: ['decays ', 'exponentially', 'linearly'],
    equation: 'Equations at hand.',
    equationText:
      'Hover over the number of an equation to see it there; go to it, and back to where you were.',
    equationExample: ['By equation ', ' …'],
    never: 'What it never does',
    nevers: [
      'It never goes online. Your record stays in this browser; sync is off until you turn it on, and uses your browser account.',
      'It never collects anything: no statistics, no advertising.',
      'It never shares what you read. The texts are kept in this browser only, so that you can find them again; you can switch that off, and forget them at any time.',
      'It never marks a post unless it is sure which one it is.',
      'It never changes the blog’s text. Each feature can be turned off and then leaves no trace.',
    ],
    switches: 'Change settings',
    begin: 'Start from your history or another computer',
  },
  list: {
    title: 'All posts',
    found: posts,
    selected: (n) => `${count(n)} selected`,
    clearSelection: 'Clear selection',
    markAll: 'Mark all as',
    columns: {
      mark: 'Mark',
      title: 'Title',
      series: 'Series',
      part: 'Part',
      category: 'Category',
      minutes: 'Minutes',
      date: 'Date',
    },
    part: (k, n) => `${k} / ${n}`,
    tag: 'Tag',
    year: 'Year',
    length: 'Series length',
    noSeries: 'Not in a series',
    lengthOf: (from, to) => `${from}–${to} parts`,
    lengthFrom: (from) => `${from} or more parts`,
    sortBy: 'Sort by',
    option: (name, n) => `${name} (${count(n)})`,
    untitled: (day) => `(title not known yet, marked ${day})`,
    nothing: 'No posts match.',
    clear: 'Clear filters',
    keys: 'Click a row to select it, Shift-click for a range. Space changes the mark, Enter opens.',
  },
  plan: {
    lead: 'Reading plan for',
    title: 'Which post do you want to understand?',
    about:
      'Choose a post to see what to read first: the earlier parts of its series and the posts it refers to. Posts you have read are left out.',
    find: 'Find a post',
    text: (n, time, unknown) =>
      [
        `${posts(n)} to read first`,
        time,
        unknown > 0 ? `${time ? 'plus ' : ''}${count(unknown)} of unknown length` : '',
      ]
        .filter(Boolean)
        .join(', ') + '.',
    stillOf: (all, read) => ` ${posts(all)} in total, ${count(read)} read.`,
    alsoRead: (n) =>
      n === 1
        ? ' 1 more post is needed; you have read it, so it is left out.'
        : ` ${count(n)} more posts are needed; you have read them, so they are left out.`,
    nothing: 'There is nothing to read first.',
    unknown: ' The posts it refers to are not known yet.',
    cut: (most) => ` There are too many: only the nearest ${most} are listed.`,
    noPost: 'The blog has no such post.',
    reach: 'How far back',
    reaches: { direct: 'Direct references', near: 'One level further', all: 'All the way back' },
    sameCategory: 'This category only',
    keep: 'Save plan',
    kept: (day) => `Saved ${day}`,
    drop: 'Delete',
    dropPlan: (title) => `Delete the plan for ${title}`,
    full: (most) => `You can save up to ${most} plans. Delete one first.`,
    neededBy: (steps) => `Needed for ${/,/.test(steps) ? 'steps' : 'step'} ${steps}`,
    neededByMany: (steps, n) => `Needed for ${n} steps, such as ${steps}`,
    comma: ', ',
    goal: 'Goal',
    minutes: (n) => `${n} min`,
    steps: 'Steps',
    plans: 'Saved plans',
    none: 'No saved plans yet.',
  },
  map: {
    sum: (n, series) => `${posts(n)}, ${count(series)} series`,
    span: (from, to) => `, ${from} to ${to}. Each dot is a post.`,
    zoom: 'Zoom',
    zoomIn: 'Zoom in',
    zoomOut: 'Zoom out',
    whole: 'Show all',
    noCategory: 'No category',
    picture: (n) =>
      `Map of all ${posts(n)}: time runs from left to right, categories and series are bands`,
    keys: 'The left and right arrows move along time, up and down between rows, the brackets within the series. Enter opens, Space changes the mark, P adds to the plan, plus and minus zoom, zero shows the whole map. The list has the same posts.',
    chosen: 'Selected post',
    notLater: 'Remove from read later',
    seePlan: 'View plan',
    inList: 'Show in list',
    said: (...parts) => parts.join(', '),
  },
  year: {
    title: (year, n) => `${posts(n)} read in ${year}`,
    none: 'Nothing read yet',
    noneText: 'Each post that you finish will appear here as a dot.',
    text: (minutes, unknown) =>
      [minutes, unknown > 0 ? `${minutes ? 'plus ' : ''}${posts(unknown)} of unknown length` : '']
        .filter(Boolean)
        .join(', ') + '.',
    choose: 'Year',
    yearName: (year, n) => `${year}, ${posts(n)}`,
    byWeek: 'By week',
    byWeekText: 'Each dot is a post, each column a week; in a busy week dots stand side by side.',
    byCategory: 'By category',
    inMonth: (month, n) => `${month}: ${count(n)}`,
    inWeek: (from, to, n) => `${from} to ${to}: ${posts(n)}`,
    plot: (...months) => `Posts read each month: ${months.join(', ')}`,
    save: 'Save as image',
    notSaved: 'The image could not be saved.',
  },
  views: {
    map: 'Map',
    plan: 'Plan',
    list: 'List',
    year: 'Year',
    record: 'Record',
    settings: 'Settings',
    welcome: 'Welcome',
  },
  on: 'On',
  off: 'Off',
  settingsTitle: 'What to show on the blog',
  settingsText: 'Each feature can be turned off separately and then leaves no trace on the blog.',
  ourPages: 'Popup and library',
  settings: {
    listingLines: ['Line under excerpts', 'On listing pages, one line under each byline.'],
    postLines: ['Post pages', 'A line under the title, and the parts of the series at the end.'],
    archiveBar: [
      'Archive filters',
      'On the archive page, filters by mark, and how much of each year you have read.',
    ],
    linkMarks: [
      'Marks on links',
      'Your mark beside links to posts that you have marked. The blog’s own scripts can see it.',
    ],
    sidebarLinks: ['Sidebar links', 'Mark links to posts in the sidebar too.'],
    mentions: ['Titles in 《》', 'Turn titles of posts in 《》 into links.'],
    badge: [
      'Toolbar badge',
      'On a post, the toolbar button shows how many parts of its series are unread.',
    ],
    quotations: [
      'Find source post',
      'Select a text of at least 60 characters to find out which post it is from.',
    ],
    passagePreviews: [
      'Equations and sections',
      'Hover over the number of an equation, or over a heading in the table of contents, to see it. After you follow the link, one button takes you back.',
    ],
    sinceLast: [
      'Since last time',
      'A rule under the posts that are newer than your last visit, on listing pages and in the archive; the popup says how many. A visit ends six hours after you last looked at the blog.',
    ],
    previews: [
      'Preview',
      'Hover over a link to a post to see its series, your mark and how it begins.',
    ],
    autoRead: [
      'Automatic marking',
      'Record how far you have read, and mark posts as read when you finish them.',
    ],
    keepTexts: [
      'Texts you read',
      'Keeps the texts of posts that you read, to find them again and to see what changed; in this browser only.',
    ],
    strictness: ['What counts as read', 'You have seen enough of the post and taken enough time.'],
    language: ['Language', 'For the line on the blog, the popup and the library.'],
    theme: ['Appearance', 'On the blog it always follows the page.'],
  },
  strictnesses: { loose: 'Lenient', normal: 'Normal', strict: 'Strict' },
  countsAsRead: (coverage, share, seconds) =>
    ` Now: ${coverage}% seen, in at least ${share}% of the estimated time and at least ${seconds} seconds.`,
  themes: { auto: 'Same as system', light: 'Light', dark: 'Dark' },
  language: 'Language',
  automatic: 'Automatic',
  languages: { 'zh-CN': '中文', en: 'English' },
  about: {
    title: 'About',
    version: 'Version',
    news: 'What is new',
    newsOf: (version) => `New in ${version}`,
    updated: (version) => `The companion was updated to ${version}.`,
    seen: 'OK',
    licences: 'Licences',
    licencesText: (works) => `MIT. The package also has: ${works}.`,
    allLicences: 'Full texts',
    privacy: 'Privacy',
    privacyText:
      'Nothing is collected. The record stays in this browser; with sync on, it is also in your browser account.',
    privacyPolicy: 'Privacy policy',
    report: 'Report a problem',
    reportText: (version, where) =>
      `Opens a form with only the version (${version}) and the browser (${where}) filled in.`,
    openForm: 'Open the form',
  },
  catalogueUntil: (date) => `Catalogue up to ${date}`,
  unofficial: 'Unofficial',
};

export default pagesEn;
