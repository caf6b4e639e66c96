/** What tables and lists say of a marked post, in the reader's own days. */
import { type Host, postUrl } from '../../site/address.ts';
import type { Catalogue } from '../../catalogue/catalogue.ts';
import type { Post } from '../../catalogue/post.ts';
import type { Mark, ReadingRecord } from '../../record/marks.ts';
import { dayOf } from '../../record/time.ts';

/** What the formats for people and other programs are made of. */
export interface Shelf {
  catalogue: Catalogue;
  record: ReadingRecord;
  /** The host that addresses are to lead to. */
  host?: Host;
}

export interface MarkedPost {
  id: number;
  /** undefined for a post that the catalogue does not have. */
  post: Post | undefined;
  mark: Exclude<Mark, { kind: 'unread' }>;
  /** The day of reading, for a mark of another kind that of the act. */
  day: string;
  address: string;
}

/** All posts with a mark, by id. */
export function markedPosts({ catalogue, record, host }: Shelf): MarkedPost[] {
  return [...record]
    .sort(([a], [b]) => a - b)
    .flatMap(([id, { mark, stamp }]) => {
      if (mark.kind === 'unread') return [];
      const day = dayOf(mark.kind === 'read' ? mark.at : stamp.time);
      return [{ id, post: catalogue.post(id), mark, day, address: postUrl(id, host) }];
    });
}
