/**
 * The content script: one synchronous file at document_start. On a page of no use to it, it does
 * nothing but look at the address: the gate comes first and lets nothing else be evaluated there.
 * What is alike stands together, or gzip makes 2 kB more of it: first the style sheets, which their
 * features import themselves, then the code, then the index.
 */
import { kind } from './gate.ts';
import '../ui/tokens.css?inline';
import '../ui/icons.css?inline';
import './lines/line.css?inline';
import './card.css?inline';
import './archive/archive-bar.css?inline';
import './archive/archive-page.css?inline';
import './link-marks/link-marks.css?inline';
import './preview/preview.css?inline';
import { start } from './registry.ts';
import packed from '../catalogue/packed/index.ts';

start(kind, packed);
