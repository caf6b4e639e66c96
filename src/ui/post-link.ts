/** A link to a post on our own pages. */
import { BLOG_LANGUAGE, postUrl } from '../site/address.ts';
import type { Settings } from '../app/settings.ts';
import { h } from './h.ts';

/** Opens in a new tab: our page stays, and a popup would close if its tab navigated. */
export function postLink(
  { host }: Pick<Settings, 'host'>,
  id: number,
  attributes: Record<string, string | undefined>,
  ...children: (Node | string)[]
): HTMLAnchorElement {
  return h(
    'a',
    {
      href: postUrl(id, host),
      target: '_blank',
      rel: 'noopener',
      lang: BLOG_LANGUAGE,
      ...attributes,
    },
    ...children,
  );
}
