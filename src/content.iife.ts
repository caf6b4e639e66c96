/**
 * The content script: one synchronous file at document_start. On a page of no use to it, it does
 * nothing but look at the address: the gate comes first and lets nothing else be evaluated there.
 * What is alike stands together, or gzip makes 2 kB more of it: first the style sheets, which their
 * features import themselves, then the code, then the index.
 */
import { kind } from './features/gate.ts';
import './ui/tokens.css?inline';
import './ui/glyph.css?inline';
import './features/line.css?inline';
import './features/card.css?inline';
import './features/archive-bar.css?inline';
import './features/archive-page.css?inline';
import './features/link-marks.css?inline';
import './features/preview.css?inline';
import { start } from './features/start.ts';
import packed from './catalogue/packed/index.ts';

start(kind, packed);
