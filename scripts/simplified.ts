/**
 * Computes the table of traditional characters and their simplified forms that the search uses, with OpenCC.
 * Characters outside of the basic plane are left out, because no title has them and texts must keep their
 * length.
 */
import { Converter } from 'opencc-js/t2cn';
import type { SimplifiedForms } from '../src/catalogue/search/simplified.ts';

/** CJK unified ideographs with extension A, and compatibility ideographs. */
const BLOCKS = [
  [0x3400, 0x9fff],
  [0xf900, 0xfaff],
] as const;

export function simplifiedForms(): SimplifiedForms {
  const convert = Converter({ from: 't', to: 'cn' });
  const forms: SimplifiedForms = { traditional: '', simplified: '' };
  for (const [first, last] of BLOCKS) {
    for (let code = first; code <= last; code++) {
      const character = String.fromCharCode(code);
      const simplified = convert(character);
      if (simplified === character || simplified.length !== 1) continue;
      forms.traditional += character;
      forms.simplified += simplified;
    }
  }
  return forms;
}
