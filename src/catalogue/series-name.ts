/** The form in which names of series are shown and compared. */
import { normaliseTitle } from './normalise.ts';

/** Removes brackets around the whole name: 【理解黎曼几何】 becomes 理解黎曼几何. Other brackets stay. */
export function displayName(name: string): string {
  const [, inner] =
    /^(?:【([^【】]+)】|《([^《》]+)》|\[([^[\]]+)\]|“([^“”]+)”)$/u.exec(name)?.filter(Boolean) ??
    [];
  return inner ?? name;
}

/** A name normalised for comparison: ignores brackets around it, widths and spaces. */
export function comparedName(name: string): string {
  return normaliseTitle(displayName(name));
}
