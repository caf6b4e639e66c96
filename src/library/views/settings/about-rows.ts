/** 关于: the version and what is new in it, the licences, the privacy policy, and the way to report a problem. */
import { BUNDLED, LICENCES_FILE, privacyAddress, reportAddress } from '../../../app/about.ts';
import { browserName } from '../../../platform/browser.ts';
import { ourHomePage, ourVersion } from '../../../platform/package.ts';
import { languageOf } from '../../../platform/locale.ts';
import { h } from '../../../ui/h.ts';
import { NEWS, newsOf } from '../../../ui/words/news.ts';
import { disclosureButton, row } from '../../components.ts';
import type { LibraryContext } from '../../view.ts';

export interface AboutState {
  /** Whether the list of what is new is open. */
  isNewsOpen: boolean;
  toggleNews: () => void;
}

/** The rows. Links into the repository are left out while its address is a placeholder. */
export function aboutRows(
  { live, catalogue }: LibraryContext,
  { isNewsOpen, toggleNews }: AboutState,
): HTMLElement[] {
  const { words, settings } = live;
  const { about } = words;
  const [version, home, usedBrowser] = [ourVersion(), ourHomePage(), browserName()];
  const news = newsOf(version) ?? NEWS[0];
  const entries = news?.[languageOf(settings.language)] ?? [];
  const works = BUNDLED.map(({ name, licence }) => `${name} (${licence})`).join(', ');
  const report = reportAddress(home, version, usedBrowser);
  const privacy = privacyAddress(home);
  return [
    row({
      name: about.version,
      about: `${version} · ${words.catalogueUntil(catalogue.newestBundled.date)}`,
      actions:
        entries.length > 0 ? [disclosureButton(about.news, 'news', isNewsOpen, toggleNews)] : [],
      more: isNewsOpen
        ? [h('ul', { class: 'news' }, ...entries.map((entry) => h('li', {}, entry)))]
        : [],
    }),
    row({
      name: about.licences,
      about: about.licencesText(works),
      actions: [outside(about.allLicences, `/${LICENCES_FILE}`)],
    }),
    row({
      name: about.privacy,
      about: about.privacyText,
      actions: privacy === undefined ? [] : [outside(about.privacyPolicy, privacy)],
    }),
    ...(report === undefined
      ? []
      : [
          row({
            name: about.report,
            about: about.reportText(version, usedBrowser),
            actions: [outside(about.openForm, report)],
          }),
        ]),
  ];
}

/** A link that opens a tab of its own. */
function outside(text: string, href: string): HTMLElement {
  return h('a', { class: 'action', href, target: '_blank', rel: 'noopener noreferrer' }, text);
}
