/** Reads the PNG files of the tests: 8 bits for each channel, RGB or RGBA, not interlaced. */
import { inflateSync } from 'node:zlib';

export interface Picture {
  width: number;
  height: number;
  channels: 3 | 4;
  /** Rows from the top, `channels` bytes for each pixel. */
  pixels: Uint8Array;
}

/** Width and height of any PNG file. */
export function pngSize(file: Buffer): { width: number; height: number } {
  return { width: file.readUInt32BE(16), height: file.readUInt32BE(20) };
}

export function readPng(file: Buffer): Picture {
  const { width, height } = pngSize(file);
  const [depth, colour, , , interlaced] = file.subarray(24, 29);
  if (depth !== 8 || (colour !== 2 && colour !== 6) || interlaced !== 0)
    throw new Error(`a PNG of another kind: depth ${depth}, colour ${colour}`);
  const channels = colour === 6 ? 4 : 3;
  const raw = inflateSync(Buffer.concat(dataChunks(file)));
  const stride = width * channels;
  const pixels = new Uint8Array(stride * height);
  for (let y = 0; y < height; y++) {
    const filter = raw[y * (stride + 1)];
    for (let x = 0; x < stride; x++) {
      const left = x < channels ? 0 : (pixels[y * stride + x - channels] ?? 0);
      const up = y === 0 ? 0 : (pixels[(y - 1) * stride + x] ?? 0);
      const corner = x < channels || y === 0 ? 0 : (pixels[(y - 1) * stride + x - channels] ?? 0);
      const guess = [0, left, up, (left + up) >> 1, paeth(left, up, corner)][filter ?? 0] ?? 0;
      pixels[y * stride + x] = (raw[y * (stride + 1) + 1 + x] ?? 0) + guess;
    }
  }
  return { width, height, channels, pixels };
}

function dataChunks(file: Buffer): Buffer[] {
  const chunks: Buffer[] = [];
  for (let at = 8; at < file.length; at += 12 + file.readUInt32BE(at))
    if (file.toString('latin1', at + 4, at + 8) === 'IDAT')
      chunks.push(file.subarray(at + 8, at + 8 + file.readUInt32BE(at)));
  return chunks;
}

/** The predictor of the PNG specification. */
function paeth(left: number, up: number, corner: number): number {
  const guess = left + up - corner;
  const [a, b, c] = [left, up, corner].map((each) => Math.abs(guess - each)) as [
    number,
    number,
    number,
  ];
  if (a <= b && a <= c) return left;
  return b <= c ? up : corner;
}
