/** Converts traditional characters, which some readers type, to simplified ones, as in the titles. */

/** Two strings of equal length: each traditional character, and its simplified form at the same index. */
export interface SimplifiedForms {
  traditional: string;
  simplified: string;
}

/** Returns a function that replaces each traditional character of a text. The length stays the same. */
export function simplifier({ traditional, simplified }: SimplifiedForms): (text: string) => string {
  const forms = new Map(Array.from(traditional, (character, at) => [character, simplified[at]]));
  return (text) => Array.from(text, (character) => forms.get(character) ?? character).join('');
}
