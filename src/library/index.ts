/** 书房: the script of the library's page. */
import '../platform/polyfill.ts';
import { startLibrary } from './library.ts';

startLibrary(document.body);
