import { promisify } from 'node:util';
import { brotliDecompress, gunzip, inflate, zstdDecompress } from 'node:zlib';

/** A body may decode to so much; more is a bomb and not a page. */
const MAX_DECODED_BYTES = 64 * 1024 * 1024;
const limits = { maxOutputLength: MAX_DECODED_BYTES };

const DECODERS: Readonly<Record<string, (body: Buffer) => Promise<Buffer>>> = {
  gzip: (body) => promisify(gunzip)(body, limits),
  'x-gzip': (body) => promisify(gunzip)(body, limits),
  deflate: (body) => promisify(inflate)(body, limits),
  br: (body) => promisify(brotliDecompress)(body, limits),
  zstd: (body) => promisify(zstdDecompress)(body, limits),
};

/** What a request asks for. */
export const ACCEPTED_ENCODINGS = 'gzip, br, zstd';

/** The decoded body, or null where the encoding is unknown or the body is not what it says. */
export async function decodeBody(encoding: string | null, body: Buffer): Promise<Buffer | null> {
  if (encoding === null) return body;
  try {
    return (await DECODERS[encoding]?.(body)) ?? null;
  } catch {
    return null;
  }
}
