/**
 * What is read of a page of the blog, as types that every part of the project may use. All of it comes
 * from the page: it is checked before it is stored.
 */

/** What a post is filed under; undefined where the page does not say. */
export interface Topics {
  /** The main one first. */
  categories: string[] | undefined;
  tags: string[] | undefined;
}

/**
 * One item of a listing page, or the head of a post page, which has the same form. A part is read from
 * the page when it is asked for.
 */
export interface Excerpt {
  /** The whole item. */
  readonly element: Element;
  readonly heading: Element;
  /** Whether no box of the blog is around the title: then its link is no proof of the post. */
  readonly isBare: boolean;
  /** The post that the title links to; `elsewhere` for a link to anything else, or to two posts. */
  readonly link: number | 'elsewhere' | undefined;
  /** At most 1,000 characters, formulas as TeX. */
  readonly title: string;
  /** The title, if the page shows it without labels and does not cut it. */
  readonly plainTitle: string | undefined;
  /** YYYY-MM-DD from the byline, else MM-DD from the date block, else undefined. */
  readonly date: string | undefined;
  /** The box of the opening, or of the whole text. */
  readonly content: Element | undefined;
  /** Whether the blog has cut the text and links to the rest. */
  readonly hasReadMore: boolean;
  /** The opening with its formulas as TeX. */
  readonly text: string;
  /** The opening with its formulas as they were drawn. */
  readonly opening: readonly RawPiece[];
  readonly topics: Topics;
}

/** The page of one post. */
export interface PostPage {
  /** The heading that contains the post's title. */
  readonly title: Element;
  /** undefined while it is still being parsed, and if the page shows an excerpt only. */
  readonly article: Element | undefined;
  /**
   * Where the post was found in another theme: the element after which our line is inserted, undefined if there is
   * none. Absent where it was found in the blog's own markup: the line comes after the byline (listing.ts).
   */
  readonly anchor?: Element | undefined;
}

/** Where the author's text is on a page in a theme that is not the blog's own. */
export interface ForeignText {
  /** The article; undefined where none was found: then there is no text. */
  readonly article: Element | undefined;
  /** Whether an element in the article's box is not part of its text: the title, a list of related posts. */
  readonly isOutside: (element: Element) => boolean;
}

/** An item of a listing page in a theme that is not the blog's own. */
export interface ForeignItem {
  /** A post that is known, shown with its own title and link. */
  readonly id: number;
  readonly title: Element;
  /** The whole item. */
  readonly box: Element;
  /** The element after which our line is inserted. */
  readonly anchor: Element;
}

/** The posts that have a title; empty if no post has it. */
export type TitleLookup = (title: string) => readonly number[];

/** A piece of an opening: text, or a formula as its TeX with the tree that MathJax has drawn. */
export type RawPiece = string | { tex: string; tree: Tree | undefined };

/** An element of MathML without its attributes. */
export type Tree = [name: string, ...children: (string | Tree)[]];

/** The amounts of text in an article; characters and words are counted outside of formulas and code. */
export interface Length {
  /** Chinese characters. */
  chars: number;
  /** Words in Latin letters; numbers alone do not count. */
  words: number;
  inlineFormulas: number;
  displayFormulas: number;
  /** Lines that are not blank. */
  codeLines: number;
}

/**
 * A position in an article's text. It does not depend on fonts, widths or formulas that are drawn
 * late.
 */
export interface Position {
  /** How many letters come before it; formulas have none. */
  at: number;
  /** A hash of the letters that follow, 0 to 2^24 - 1: it finds the position in a text that was edited. */
  print: number;
}

/** A position, or a letter some way after it. */
export interface PassagePlace extends Position {
  /** How many letters further; default: 0. */
  ahead?: number;
}

/** A paragraph, a heading or a piece of code of an article. */
export interface TextBlock {
  kind: 'paragraph' | 'heading' | 'code';
  /** In one line, except code; formulas as TeX with their delimiters. */
  text: string;
  /** Where its formulas begin and end: start, end, start, end and so on; empty for code. */
  formulas: number[];
  /** The numbers of its equations as the page shows them. */
  numbers: string[];
  /** Where it begins in the article. */
  place: Position;
}

/** The text of a post as its own page shows it. */
export interface PostText {
  id: number;
  title: string;
  /** YYYY-MM-DD. */
  day: string;
  blocks: TextBlock[];
}
