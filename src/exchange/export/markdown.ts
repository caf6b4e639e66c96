/** A checklist in Markdown, by series. */
import { postUrl } from '../../site/address.ts';
import type { SeriesPlacement } from '../../catalogue/place.ts';
import { placeInSeries } from '../../catalogue/place.ts';
import { type MarkedPost, markedPosts, type ExportSource } from './rows.ts';

export interface ChecklistWords {
  /** The heading for posts in no series. */
  others: string;
  /** The note after a post that is marked as later. */
  later: string;
}

/**
 * Every series that has a marked part, with all its parts as `- [x] [title](address) 2026-10-01`; then
 * the marked posts in no series. A post in two series is listed in both.
 */
export function asMarkdown(source: ExportSource, words: ChecklistWords): string {
  const { catalogue, host } = source;
  const marked = new Map(markedPosts(source).map((each) => [each.id, each]));
  const begun = catalogue.series.filter(({ posts }) => posts.some((id) => marked.has(id)));
  const lone = [...marked.values()].filter(({ id }) => catalogue.seriesOf(id).length === 0);
  const line = (id: number, title = '') => {
    const address = postUrl(id, host);
    const read = marked.get(id)?.mark.kind === 'read';
    const note = noteOn(marked.get(id), words);
    return `- [${read ? 'x' : ' '}] [${escape(title || address)}](${address})${note}`;
  };
  const sections = begun.map((series) => {
    const placement = placeInSeries(series, catalogue);
    return section(
      `${escape(placement.name)} ${readParts(placement, marked)}`,
      placement.parts.map(({ id, title }) => line(id, title)),
    );
  });
  const rest = lone.map(({ id, post }) => line(id, post?.title));
  return [...sections, ...(rest.length > 0 ? [section(escape(words.others), rest)] : [])].join(
    '\n',
  );
}

function section(heading: string, lines: readonly string[]): string {
  return [`## ${heading}`, '', ...lines, ''].join('\n');
}

function readParts({ parts }: SeriesPlacement, marked: ReadonlyMap<number, MarkedPost>): string {
  const read = parts.filter(({ id }) => marked.get(id)?.mark.kind === 'read');
  return `${read.length} / ${parts.length}`;
}

function noteOn(marked: MarkedPost | undefined, words: ChecklistWords): string {
  if (!marked) return '';
  const { mark, day } = marked;
  switch (mark.kind) {
    case 'read':
      return ` ${day}`;
    case 'reading':
      return ` ${Math.round(mark.fraction * 100)}%`;
    case 'later':
      return ` ${escape(words.later)}`;
  }
}

/** Escapes a text so that nothing in it is Markdown, HTML or a formula. */
function escape(text: string): string {
  return text.replace(/\s+/gu, ' ').replace(/[\\`*_{}[\]<>~|#$&!]/gu, '\\$&');
}
