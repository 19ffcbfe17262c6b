import { TextDecoder } from 'node:util';
import type { Cleaning } from './clean-text.ts';
import { cleanText } from './clean-text.ts';
import { type Input, RefusedInput } from './input-file.ts';

export interface DecodeOptions {
  /** Encoding label of the WHATWG standard, for example `windows-1252`; default UTF-8, or UTF-16 when a BOM says so. */
  readonly encoding?: string;
  readonly cleaning: Cleaning;
}

/**
 * Decodes a file as text, strictly: bytes that are not UTF-8 refuse the file and name the place, because a lenient
 * decoder would silently turn a Latin-1 "é" into U+FFFD.
 *
 * @returns pieces of text without byte order mark, NUL and lone surrogates
 * @throws RefusedInput
 */
export async function* decodeText(input: Input, options: DecodeOptions): AsyncGenerator<string> {
  let decoder: TextDecoder | undefined;
  let offset = 0;
  let line = 1;
  for await (const chunk of joinHead(input.chunks())) {
    decoder ??= decoderFor(chunk, options.encoding);
    let text: string;
    try {
      text = decoder.decode(chunk, { stream: true });
    } catch {
      throw notDecodable(input.name, decoder.encoding, chunk, offset, line);
    }
    offset += chunk.length;
    line += countNewlines(chunk);
    yield cleanText(text, options.cleaning);
  }
  try {
    const rest = decoder?.decode() ?? '';
    if (rest !== '') yield cleanText(rest, options.cleaning);
  } catch {
    throw new RefusedInput({
      code: 'file-truncated',
      path: `${input.name}:${line}`,
      message: 'ends in the middle of a character; the file looks cut off',
    });
  }
}

/** A byte order mark may arrive split over chunks: the first chunk is made at least three bytes long. */
async function* joinHead(chunks: AsyncIterable<Uint8Array>): AsyncGenerator<Uint8Array> {
  let head: Uint8Array = Buffer.alloc(0);
  let open = true;
  for await (const chunk of chunks) {
    if (!open) {
      yield chunk;
      continue;
    }
    head = Buffer.concat([head, chunk]);
    if (head.length < 3) continue;
    open = false;
    yield head;
  }
  if (open && head.length > 0) yield head;
}

function decoderFor(head: Uint8Array, declared: string | undefined): TextDecoder {
  // UTF-16 is decoded leniently: a lone surrogate there is one bad character, not a wrong encoding.
  if (head[0] === 0xff && head[1] === 0xfe) return new TextDecoder('utf-16le');
  if (head[0] === 0xfe && head[1] === 0xff) return new TextDecoder('utf-16be');
  return new TextDecoder(declared ?? 'utf-8', { fatal: true });
}

function notDecodable(name: string, encoding: string, chunk: Uint8Array, offset: number, line: number) {
  const at = encoding === 'utf-8' ? firstInvalidUtf8(chunk) : 0;
  const byte = chunk[at] ?? 0;
  const shown = `0x${byte.toString(16).toUpperCase().padStart(2, '0')}`;
  const where = line + countNewlines(chunk.subarray(0, at));
  const advice =
    encoding === 'utf-8'
      ? 'save it as UTF-8, or name its encoding in the mapping (encoding: windows-1252)'
      : 'name another encoding in the mapping';
  return new RefusedInput({
    code: 'wrong-encoding',
    path: `${name}:${where}`,
    message: `is not ${encoding.toUpperCase()}: byte ${shown} at position ${offset + at}; ${advice}`,
  });
}

/** Position of the first byte that no valid prefix covers, by halving. */
function firstInvalidUtf8(chunk: Uint8Array): number {
  let good = 0;
  let bad = chunk.length;
  while (bad - good > 1) {
    const middle = Math.floor((good + bad) / 2);
    if (isValidPrefix(chunk.subarray(0, middle))) good = middle;
    else bad = middle;
  }
  return startOfSequence(chunk, good);
}

/** A byte that begins a longer character is valid until the next one does not continue it: the beginning is at fault. */
function startOfSequence(chunk: Uint8Array, at: number): number {
  for (let back = 1; back <= 3 && back <= at; back += 1) {
    const byte = chunk[at - back] ?? 0;
    if (byte < 0x80) break;
    if (byte < 0xc0) continue;
    const length = byte >= 0xf0 ? 4 : byte >= 0xe0 ? 3 : 2;
    return length > back ? at - back : at;
  }
  return at;
}

function isValidPrefix(bytes: Uint8Array): boolean {
  try {
    new TextDecoder('utf-8', { fatal: true }).decode(bytes, { stream: true });
    return true;
  } catch {
    return false;
  }
}

function countNewlines(bytes: Uint8Array): number {
  let count = 0;
  for (let at = bytes.indexOf(10); at !== -1; at = bytes.indexOf(10, at + 1)) count += 1;
  return count;
}
