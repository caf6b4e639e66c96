/** Checks the texts for the stores against the stores' limits, so that no store refuses them after a release. */

/** The texts of one language in the folder store/. */
export interface Listing {
  name: string;
  summary: string;
  /** Its lines. */
  description: readonly string[];
  singlePurpose: string;
  permissions: Readonly<Record<string, string>>;
  privacy: Readonly<Record<string, string>>;
  reviewerNotes: readonly string[];
}

/** The files of the listings. */
export const LISTING_FILES = ['store/zh-CN.json', 'store/en.json'] as const;

/** The longest texts that all three stores take, in characters. */
const LONGEST = { name: 45, summary: 132, description: 10_000, others: 1_000 };
/** Edge wants a description of this many characters at least. */
const SHORTEST_DESCRIPTION = 250;

/** The faults for which a store would refuse a listing, one line for each. */
export function listingFaults(path: string, listing: Listing): string[] {
  const { name, summary, singlePurpose, permissions, privacy, reviewerNotes } = listing;
  const description = listing.description.join('\n');
  const texts: [field: string, text: string, longest: number][] = [
    ['name', name, LONGEST.name],
    ['summary', summary, LONGEST.summary],
    ['description', description, LONGEST.description],
    ...[
      ['singlePurpose', singlePurpose] as const,
      ...Object.entries(permissions),
      ...Object.entries(privacy),
      ...reviewerNotes.map((note, at) => [`reviewerNotes ${at + 1}`, note] as const),
    ].map(([field, text]): [string, string, number] => [field, text, LONGEST.others]),
  ];
  return texts.flatMap(([field, text, longest]) => {
    if (text.trim() === '') return [`${path}: ${field} is empty.`];
    if (text.length > longest)
      return [`${path}: ${field} has ${text.length} characters; the stores take ${longest}.`];
    return field === 'description' && text.length < SHORTEST_DESCRIPTION
      ? [`${path}: description has ${text.length} characters; Edge wants ${SHORTEST_DESCRIPTION}.`]
      : [];
  });
}
