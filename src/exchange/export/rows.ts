/** The marked posts, for the export formats CSV, Markdown and BibTeX. Days are in the reader's time zone. */
import { type Host, postUrl } from '../../site/address.ts';
import type { Catalogue } from '../../catalogue/catalogue.ts';
import type { Post } from '../../catalogue/post.ts';
import type { Mark, ReadingRecord } from '../../record/marks.ts';
import { dayOf } from '../../record/days.ts';

/** The data that an export is made from. */
export interface ExportSource {
  catalogue: Catalogue;
  record: ReadingRecord;
  /** The host of the exported addresses. */
  host?: Host;
}

export interface MarkedPost {
  id: number;
  /** undefined for a post that the catalogue does not have. */
  post: Post | undefined;
  mark: Exclude<Mark, { kind: 'unread' }>;
  /** The day when the post was read; for other marks, the day when it was marked. */
  day: string;
  address: string;
}

/** All posts with a mark, by id. */
export function markedPosts({ catalogue, record, host }: ExportSource): MarkedPost[] {
  return [...record]
    .sort(([a], [b]) => a - b)
    .flatMap(([id, { mark, stamp }]) => {
      if (mark.kind === 'unread') return [];
      const day = dayOf(mark.kind === 'read' ? mark.at : stamp.time);
      return [{ id, post: catalogue.post(id), mark, day, address: postUrl(id, host) }];
    });
}
