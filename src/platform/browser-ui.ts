/**
 * The browser's own places where the companion shows something: the badge on its button, menus on
 * links, keys, the address bar. For the background, whose listeners stand from its first moment.
 */
import type { Omnibox, Runtime } from 'webextension-polyfill';
import { browserApi } from './browser.ts';

/** Calls back when the companion was installed, `isFirst` for the first time, or updated. */
export function onInstalled(callback: (isFirst: boolean) => void): void {
  browserApi().runtime.onInstalled.addListener(({ reason }: Runtime.OnInstalledDetailsType) =>
    callback(reason === 'install'),
  );
}

/** The text on the companion's button while that tab is shown; '' for none. */
export async function setBadge(tab: number, text: string): Promise<void> {
  await browserApi().action.setBadgeText({ tabId: tab, text });
}

/** A key was pressed, by the name that the manifest gives it. */
export function onCommand(callback: (name: string) => void): void {
  browserApi().commands.onCommand.addListener((name) => callback(name));
}

export interface LinkMenu {
  id: string;
  /** Key of its words in _locales: the browser's own menus speak the browser's language. */
  message: string;
}

/** Offers these on links to such addresses, instead of what was offered before. */
export async function offerOnLinks(menus: readonly LinkMenu[], patterns: string[]): Promise<void> {
  const { contextMenus, i18n } = browserApi();
  await contextMenus.removeAll();
  for (const { id, message } of menus)
    contextMenus.create({
      id,
      title: i18n.getMessage(message),
      contexts: ['link'],
      targetUrlPatterns: patterns,
    });
}

/** Calls back with the menu's id and the link's address. */
export function onLinkMenu(callback: (id: string, link: string) => void): void {
  browserApi().contextMenus.onClicked.addListener(({ menuItemId, linkUrl }) => {
    if (linkUrl !== undefined) callback(String(menuItemId), linkUrl);
  });
}

export interface Suggestion {
  /** The address that it opens. */
  url: string;
  text: string;
}

/** The address bar after our keyword: suggests while one types, and opens what was chosen. */
export function onAddressBar(
  suggest: (text: string) => Promise<readonly Suggestion[]>,
  choose: (text: string) => Promise<string>,
): void {
  const { omnibox } = browserApi();
  omnibox.onInputChanged.addListener((text, show) => {
    void suggest(text).then((all) =>
      show(all.map((each) => ({ content: each.url, description: escaped(each.text) }))),
    );
  });
  omnibox.onInputEntered.addListener((text, disposition: Omnibox.OnInputEnteredDisposition) => {
    const { tabs } = browserApi();
    void choose(text).then((url) =>
      disposition === 'currentTab'
        ? tabs.update({ url })
        : tabs.create({ url, active: disposition === 'newForegroundTab' }),
    );
  });
}

/** Chromium reads a description as XML; Firefox shows it as it stands. */
function escaped(text: string): string {
  const isXml = browserApi().runtime.getURL('').startsWith('chrome-extension:');
  const entities: Record<string, string> = {
    '&': '&amp;',
    '<': '&lt;',
    '>': '&gt;',
    '"': '&quot;',
    "'": '&apos;',
  };
  return isXml ? text.replace(/[&<>"']/g, (sign) => entities[sign] ?? sign) : text;
}
