/** How the names of series are shown and compared. */
import { normaliseTitle } from './normalise.ts';

/** 【理解黎曼几何】 is 理解黎曼几何; brackets around a piece of the name only are part of it. */
export function displayName(name: string): string {
  const [, inner] =
    /^(?:【([^【】]+)】|《([^《》]+)》|\[([^[\]]+)\]|“([^“”]+)”)$/u.exec(name)?.filter(Boolean) ??
    [];
  return inner ?? name;
}

/** A name as it is compared: brackets around it, widths and spaces make no difference. */
export function comparedName(name: string): string {
  return normaliseTitle(displayName(name));
}
