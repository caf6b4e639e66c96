/** Functions that read a page, for tests that run them in the page. */
import { openingOf, soundOpening, textsOf } from '../../src/catalogue/discovered/openings.ts';
import { openingNodes } from '../../src/ui/mathml.ts';
import { findTitles, readExcerpt } from '../../src/site/listing.ts';

export function readPage() {
  return findTitles(document).map((heading) => {
    const { title, date, link, text } = readExcerpt(heading);
    return { title, date, link, text: text.replaceAll(/\s+/g, '') };
  });
}

/** Draws each opening, as it would be stored, at the end of the page; returns what was read of each. */
export function drawOpenings() {
  return findTitles(document).map((heading) => {
    const opening = soundOpening(openingOf(readExcerpt(heading).opening)) ?? [];
    const place = document.createElement('p');
    place.className = 'drawn';
    place.append(...openingNodes(opening));
    document.body.append(place);
    return {
      texts: textsOf(opening),
      formulas: opening.filter((p) => typeof p !== 'string').length,
    };
  });
}
