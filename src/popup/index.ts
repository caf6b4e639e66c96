/** The popup behind the companion's button. */
import '../platform/polyfill.ts';
import { startPopup } from './popup.ts';

startPopup(document.body);
