/** The popup behind the companion's button. */
import '../platform/polyfill.ts';
import { start } from './popup.ts';

start(document.body);
