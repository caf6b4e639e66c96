/**
 * Converts letters to the mathematical letters of Unicode. MathJax's MathML marks a bold or double-struck letter by
 * an attribute, which browsers ignore and a plain tree does not keep. A Unicode letter keeps its form.
 */

/** For each `mathvariant` the code point of its A, and of its Α if it has Greek letters. */
const BEGINNINGS = new Map([
  ['bold', [0x1d400, 0x1d6a8]],
  ['bold-italic', [0x1d468, 0x1d71c]],
  ['script', [0x1d49c]],
  ['double-struck', [0x1d538]],
]);
/** Greek letters that follow ω in Unicode's mathematical alphabets, though not in Greek. */
const AFTER_OMEGA = '∂ϵϑϰϕϱϖ';
/**
 * Capitals that Unicode had before its mathematical alphabets, and the code points that are empty for them there, as
 * offsets from the script A.
 */
const OLDER = 'ℬℰℱℋℐℒℳℛℂℍℕℙℚℝℤ';
const EMPTY = [1, 4, 5, 7, 8, 11, 12, 17, 158, 163, 169, 171, 172, 173, 181];

/** A text in the letters of a `mathvariant`; a character without such a letter stays as it is. */
export function inLetters(text: string, variant: string): string {
  const [latin, greek] = BEGINNINGS.get(variant) ?? [];
  if (!latin) return text;
  return text.replace(/[A-Za-zΑ-Ω∇α-ω∂ϵϑϰϕϱϖ]/g, (letter) => {
    const code = letter.charCodeAt(0);
    if (code < 0x80) {
      const place = latin + code - (code < 0x61 ? 0x41 : 0x47);
      return OLDER[EMPTY.indexOf(place - 0x1d49c)] ?? String.fromCodePoint(place);
    }
    if (!greek) return letter;
    const after = AFTER_OMEGA.indexOf(letter);
    const place =
      letter === '∇' ? 25 : after < 0 ? code - (code < 0x3b1 ? 0x391 : 0x397) : 51 + after;
    return String.fromCodePoint(greek + place);
  });
}
