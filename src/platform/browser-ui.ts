/**
 * The parts of the browser's interface that the extension uses: badge, context menu, keys, address bar.
 * The functions are for the background, which adds its listeners when it starts. In a browser that lacks a part,
 * such as Firefox for Android, they do nothing.
 */
import type { Action, Omnibox, Runtime } from 'webextension-polyfill';
import { browserApi, optionalApi } from './browser.ts';

/** Calls back after the extension was installed (`isFirst`) or updated. */
export function onInstalled(callback: (isFirst: boolean) => void): void {
  browserApi().runtime.onInstalled.addListener(({ reason }: Runtime.OnInstalledDetailsType) =>
    callback(reason === 'install'),
  );
}

/** Sets the badge text of a tab; '' removes the badge. */
export async function setBadge(tab: number, text: string): Promise<void> {
  const { action }: { action: Partial<Action.Static> } = browserApi();
  await action.setBadgeText?.({ tabId: tab, text });
}

/** Calls back when a keyboard shortcut is pressed, with its name in the manifest. */
export function onCommand(callback: (name: string) => void): void {
  optionalApi().commands?.onCommand.addListener((name) => callback(name));
}

export interface LinkMenu {
  id: string;
  /** The key of its text in _locales; the browser's menus use the browser's language. */
  message: string;
}

/** Replaces the menu entries on links whose addresses match the patterns. */
export async function offerOnLinks(menus: readonly LinkMenu[], patterns: string[]): Promise<void> {
  const { i18n } = browserApi();
  const { contextMenus } = optionalApi();
  await contextMenus?.removeAll();
  for (const { id, message } of menus)
    contextMenus?.create({
      id,
      title: i18n.getMessage(message),
      contexts: ['link'],
      targetUrlPatterns: patterns,
    });
}

/** Calls back with the menu's id and the link's address. */
export function onLinkMenu(callback: (id: string, link: string) => void): void {
  optionalApi().contextMenus?.onClicked.addListener(({ menuItemId, linkUrl }) => {
    if (linkUrl !== undefined) callback(String(menuItemId), linkUrl);
  });
}

export interface Suggestion {
  /** The address that the suggestion opens. */
  url: string;
  text: string;
}

/**
 * Handles input after our keyword in the address bar: `suggest` while typing, `choose` for the address
 * to open.
 */
export function onAddressBar(
  suggest: (text: string) => Promise<readonly Suggestion[]>,
  choose: (text: string) => Promise<string>,
): void {
  const { omnibox } = optionalApi();
  omnibox?.onInputChanged.addListener((text, show) => {
    void suggest(text).then((all) =>
      show(all.map((each) => ({ content: each.url, description: escaped(each.text) }))),
    );
  });
  omnibox?.onInputEntered.addListener((text, disposition: Omnibox.OnInputEnteredDisposition) => {
    const { tabs } = browserApi();
    void choose(text).then((url) =>
      disposition === 'currentTab'
        ? tabs.update({ url })
        : tabs.create({ url, active: disposition === 'newForegroundTab' }),
    );
  });
}

/** Whether the focused window is private; true also if the browser does not tell. */
export async function isPrivateWindowFocused(): Promise<boolean> {
  try {
    return (await browserApi().windows.getLastFocused()).incognito;
  } catch {
    return true;
  }
}

/** Chromium parses a description as XML; Firefox shows it unchanged. */
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
