import { isAscii, isUtf8 } from 'node:buffer';
import { TextDecoder } from 'node:util';
import type { Issue } from '../../toolkit/issue.ts';
import { type Cleaning, cleanText } from './clean-text.ts';
import { type Input, RefusedInput } from './input-file.ts';
import { foreignFile, isMostlyControl, SNIFFED_BYTES, utf16WithoutMark } from './sniff-bytes.ts';

export interface DecodeOptions {
  /** Encoding label of the WHATWG standard, for example `windows-1252`; default UTF-8. A byte order mark wins. */
  readonly encoding?: string;
  readonly cleaning: Cleaning;
}

/**
 * Decodes a file as text, strictly: bytes that are not UTF-8 refuse the file and name the place, because a lenient
 * decoder would silently turn a Latin-1 "é" into U+FFFD. Archives, workbooks, pictures and web pages are named.
 *
 * @returns pieces of text without byte order mark, NUL and lone surrogates; the same text however the bytes are cut
 * @throws RefusedInput
 */
export async function* decodeText(input: Input, options: DecodeOptions): AsyncGenerator<string> {
  let decoder: Decoder | undefined;
  for await (const chunk of joinHead(input.chunks())) {
    decoder ??= decoderFor(input.name, chunk, options.encoding);
    const { text, fault } = decoder.take(chunk);
    if (text !== '') yield cleanText(text, options.cleaning);
    if (fault !== null) throw new RefusedInput(fault);
  }
  if (decoder === undefined) return;
  const { text, fault } = decoder.finish();
  if (text !== '') yield cleanText(text, options.cleaning);
  if (fault !== null) throw new RefusedInput(fault);
}

/** Whether the platform knows an encoding's label. */
export function isEncoding(label: string): boolean {
  try {
    new TextDecoder(label);
    return true;
  } catch {
    return false;
  }
}

/** What a file is shows in its first kilobytes; they may arrive in any pieces. */
async function* joinHead(chunks: AsyncIterable<Uint8Array>): AsyncGenerator<Uint8Array> {
  const parts: Uint8Array[] = [];
  let length = 0;
  let open = true;
  for await (const chunk of chunks) {
    if (!open) {
      yield chunk;
      continue;
    }
    parts.push(chunk);
    length += chunk.length;
    if (length < SNIFFED_BYTES) continue;
    open = false;
    yield parts.length === 1 ? chunk : Buffer.concat(parts);
  }
  if (open && length > 0) yield Buffer.concat(parts);
}

interface Decoded {
  readonly text: string;
  readonly fault: Issue | null;
}

interface Decoder {
  take(chunk: Uint8Array): Decoded;
  finish(): Decoded;
}

function decoderFor(name: string, chunk: Uint8Array, declared: string | undefined): Decoder {
  const head = chunk.subarray(0, SNIFFED_BYTES);
  if (head[0] === 0xff && head[1] === 0xfe && head[2] === 0 && head[3] === 0) {
    throw new RefusedInput({
      code: 'wrong-encoding',
      path: name,
      message: 'is written in UTF-32, which few programs read; save it as UTF-8',
    });
  }
  // UTF-16 is decoded leniently: a lone surrogate there is one bad character, not a wrong encoding.
  if (head[0] === 0xff && head[1] === 0xfe) return new ForeignDecoder(name, 'utf-16le', false);
  if (head[0] === 0xfe && head[1] === 0xff) return new ForeignDecoder(name, 'utf-16be', false);
  refuseForeign(name, head);
  const isMarkedUtf8 = head[0] === 0xef && head[1] === 0xbb && head[2] === 0xbf;
  const label = new TextDecoder(declared ?? 'utf-8').encoding;
  if (label === 'utf-8' || isMarkedUtf8) {
    refuseUnmarkedUtf16(name, head);
    return new Utf8Decoder(name, isMarkedUtf8);
  }
  if (label === 'windows-1252') return new WesternDecoder();
  return new ForeignDecoder(name, label, !label.startsWith('utf-16'));
}

function refuseForeign(name: string, head: Uint8Array): void {
  const foreign = foreignFile(head);
  if (foreign === null) return;
  throw new RefusedInput({
    code: 'file-foreign',
    path: name,
    message: `looks like ${foreign.what}; ${foreign.advice}`,
  });
}

function refuseUnmarkedUtf16(name: string, head: Uint8Array): void {
  const label = utf16WithoutMark(head);
  if (label !== null) {
    throw new RefusedInput({
      code: 'wrong-encoding',
      path: name,
      message: `looks like ${label.toUpperCase()} without its byte order mark; save it as UTF-8, or add encoding: ${label} to this file in a mapping`,
      suggestions: [label],
    });
  }
  if (isMostlyControl(head)) {
    throw new RefusedInput({
      code: 'file-foreign',
      path: name,
      message: 'is not text: many of its bytes are control characters; export the table again as CSV or JSON',
    });
  }
}

/** UTF-8 checked and decoded by the platform's vector code; a character that a chunk cuts waits for the next one. */
class Utf8Decoder implements Decoder {
  private readonly name: string;
  private carry: Buffer = Buffer.alloc(0);
  private offset = 0;
  private line = 1;
  private hasMark: boolean;
  /** Characters beyond ASCII were read: it is UTF-8 indeed. */
  private hasOthers = false;

  constructor(name: string, hasMark: boolean) {
    this.name = name;
    this.hasMark = hasMark;
  }

  take(chunk: Uint8Array): Decoded {
    let bytes = Buffer.from(chunk.buffer, chunk.byteOffset, chunk.byteLength);
    if (this.carry.length > 0) bytes = Buffer.concat([this.carry, bytes]);
    if (this.hasMark) {
      bytes = bytes.subarray(3);
      this.offset += 3;
      this.hasMark = false;
    }
    if (isAscii(bytes)) {
      this.carry = Buffer.alloc(0);
      this.advance(bytes);
      return { text: bytes.toString('latin1'), fault: null };
    }
    const whole = bytes.subarray(0, bytes.length - unfinishedBytes(bytes));
    if (!isUtf8(whole)) return this.refuse(whole);
    // Copied: the bytes of a chunk belong to the stream that reads it.
    this.carry = Buffer.from(bytes.subarray(whole.length));
    this.advance(whole);
    this.hasOthers ||= !isAscii(whole);
    return { text: whole.toString('utf8'), fault: null };
  }

  finish(): Decoded {
    if (this.carry.length === 0) return { text: '', fault: null };
    const message = 'ends in the middle of a character; the file looks cut off: copy or export it again';
    return { text: '', fault: { code: 'file-truncated', path: `${this.name}:${this.line}`, message } };
  }

  private refuse(bytes: Buffer): Decoded {
    const at = firstInvalid(bytes);
    const good = bytes.subarray(0, at);
    const where = this.line + countNewlines(good);
    const byte = bytes[at] ?? 0;
    const shown = `0x${byte.toString(16).toUpperCase().padStart(2, '0')}`;
    const place = `byte ${shown} at position ${this.offset + at}`;
    const message =
      this.hasOthers || !isAscii(good)
        ? `is UTF-8 with a broken character: ${place}; repair the line, or export the file again`
        : `is not UTF-8: ${place} ("${westernText(bytes.subarray(at, at + 1))}" in Windows' Western encoding); save it as UTF-8, or add encoding: windows-1252 to this file in a mapping`;
    return {
      text: good.toString('utf8'),
      fault: { code: 'wrong-encoding', path: `${this.name}:${where}`, message },
    };
  }

  private advance(bytes: Buffer): void {
    this.offset += bytes.length;
    this.line += countNewlines(bytes);
  }
}

/** The characters of Windows-1252 from 0x80 to 0x9F; the rest is Latin-1. */
const WESTERN =
  '\u20AC\u0081\u201A\u0192\u201E\u2026\u2020\u2021\u02C6\u2030\u0160\u2039\u0152\u008D\u017D\u008F' +
  '\u0090\u2018\u2019\u201C\u201D\u2022\u2013\u2014\u02DC\u2122\u0161\u203A\u0153\u009D\u017E\u0178';

/** Windows-1252 (and what calls itself Latin-1): by a table of our own, for Node's takes these bytes for Latin-1. */
function westernText(bytes: Uint8Array): string {
  const text = Buffer.from(bytes).toString('latin1');
  return text.replace(/[\u0080-\u009F]/g, (character) => WESTERN.charAt(character.charCodeAt(0) - 0x80));
}

class WesternDecoder implements Decoder {
  take(chunk: Uint8Array): Decoded {
    return { text: westernText(chunk), fault: null };
  }

  finish(): Decoded {
    return { text: '', fault: null };
  }
}

/** Every other encoding, by the platform's tables. */
class ForeignDecoder implements Decoder {
  private readonly name: string;
  private readonly decoder: TextDecoder;
  private line = 1;

  constructor(name: string, label: string, fatal: boolean) {
    this.name = name;
    this.decoder = new TextDecoder(label, { fatal });
  }

  take(chunk: Uint8Array): Decoded {
    return this.decode(() => this.decoder.decode(chunk, { stream: true }));
  }

  finish(): Decoded {
    return this.decode(() => this.decoder.decode());
  }

  private decode(step: () => string): Decoded {
    try {
      const text = step();
      for (let at = text.indexOf('\n'); at !== -1; at = text.indexOf('\n', at + 1)) this.line += 1;
      return { text, fault: null };
    } catch {
      const label = this.decoder.encoding.toUpperCase();
      const message = `is not ${label} from about here on; name its real encoding in the mapping, or save it as UTF-8`;
      return { text: '', fault: { code: 'wrong-encoding', path: `${this.name}:${this.line}`, message } };
    }
  }
}

/** Bytes at the end that begin a character and may be continued. */
function unfinishedBytes(bytes: Buffer): number {
  for (let back = 1; back <= 3 && back <= bytes.length; back += 1) {
    const byte = bytes[bytes.length - back] ?? 0;
    if (byte < 0x80) return 0;
    if (byte < 0xc0) continue;
    const length = byte >= 0xf0 ? 4 : byte >= 0xe0 ? 3 : 2;
    return length > back && isContinuable(bytes, bytes.length - back) ? back : 0;
  }
  return 0;
}

/** A second byte that no character has after the first will not become right by waiting. */
function isContinuable(bytes: Buffer, at: number): boolean {
  const first = bytes[at] ?? 0;
  const second = bytes[at + 1];
  if (first < 0xc2 || first > 0xf4) return false;
  if (second === undefined) return true;
  if (first === 0xe0) return second >= 0xa0;
  if (first === 0xed) return second <= 0x9f;
  if (first === 0xf0) return second >= 0x90;
  if (first === 0xf4) return second <= 0x8f;
  return true;
}

/** Position of the first byte that begins no character, by halving. */
function firstInvalid(bytes: Buffer): number {
  let good = 0;
  let bad = bytes.length;
  while (bad - good > 1) {
    const middle = Math.floor((good + bad) / 2);
    const prefix = bytes.subarray(0, middle);
    if (isUtf8(prefix.subarray(0, middle - unfinishedBytes(prefix)))) good = middle;
    else bad = middle;
  }
  const prefix = bytes.subarray(0, good);
  return good - unfinishedBytes(prefix);
}

function countNewlines(bytes: Buffer): number {
  let count = 0;
  for (let at = bytes.indexOf(10); at !== -1; at = bytes.indexOf(10, at + 1)) count += 1;
  return count;
}
