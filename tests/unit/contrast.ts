/** Red, green and blue of #rrggbb, 0 to 255. */
export const channelsOf = (hex: string) =>
  [1, 3, 5].map((at) => Number.parseInt(hex.slice(at, at + 2), 16));

/** The contrast of two colours according to WCAG 2. */
export function contrastOf(a: readonly number[], b: readonly number[]): number {
  const [x, y] = [luminanceOf(a), luminanceOf(b)] as const;
  return (Math.max(x, y) + 0.05) / (Math.min(x, y) + 0.05);
}

function luminanceOf(channels: readonly number[]): number {
  const [r = 0, g = 0, b = 0] = channels
    .map((channel) => channel / 255)
    .map((part) => (part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4));
  return 0.2126 * r + 0.7152 * g + 0.0722 * b;
}
