/** 书房: the record and everything that one does with it, in a tab of its own. */
import '../platform/polyfill.ts';
import { start } from './library.ts';

start(document.body);
