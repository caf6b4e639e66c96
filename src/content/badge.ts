/**
 * Shows on the extension's toolbar button how many parts of the post's series are unread.
 *
 * Try it on https://kexue.fm/archives/9708, with the setting switched on
 */
import { query } from '../app/transport.ts';
import { lineView } from '../app/line-view.ts';
import { type Feature, type FeatureContext, ORPHANED } from './feature.ts';
import { whenParsed } from './when-parsed.ts';

export const badge: Feature = { setting: 'badge', kinds: ['post'], init };

function init(context: FeatureContext, signal: AbortSignal): void {
  const { live, ownId } = context;
  let shown: number | null = null;
  const show = (unread: number | null) => {
    if (unread === shown) return;
    shown = unread;
    void query('badge', { unread });
  };

  const draw = () => {
    if (ownId === undefined || !context.postPage()) return;
    const [series] = lineView(context.placementOf(ownId), '', live.record).series;
    show(series ? series.parts.length - series.read : null);
  };

  whenParsed(() => context.onChange(draw), signal);
  // The browser removed it when the tab left the page.
  const comeBack = ({ persisted }: PageTransitionEvent) => {
    if (!persisted) return;
    shown = null;
    draw();
  };
  addEventListener('pageshow', comeBack, { signal });
  signal.addEventListener('abort', () => signal.reason !== ORPHANED && show(null));
}
