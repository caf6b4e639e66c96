/**
 * The content script: one synchronous file at document_start. On a page of no use to it, it does
 * nothing but look at the address: the gate comes first and lets nothing else be evaluated there.
 * The index comes last, for two languages in one place cost gzip 1.5 kB more than one after another.
 */
import { kind } from './features/gate.ts';
import { start } from './features/start.ts';
import packed from './catalogue/packed/index.ts';

start(kind, packed);
