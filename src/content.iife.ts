/**
 * The content script: one synchronous file at document_start. On a page of no use to it, it does
 * nothing but look at the address: the gate comes first and lets nothing else be evaluated there.
 */
import { kind } from './features/gate.ts';
import { start } from './features/start.ts';

start(kind);
