/**
 * The kind of page that is open, and the end of the script where it is none of ours. The build makes
 * of the `throw` a way past everything that comes after this module (vite.config.ts), so that such a
 * page neither compiles nor evaluates it.
 */
import { pageKind } from '../site/address.ts';

const here = pageKind(location);
if (here === 'other') throw new Error('nothing to do here');

export const kind = here;
