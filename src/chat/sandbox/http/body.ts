import type { IncomingMessage } from 'node:http';
import type { Json, JsonObject } from '../json.ts';
import { isObject, parseJson } from '../json.ts';

const maxBodyBytes = 64 * 1024 * 1024;

/** The whole body; throws when it is larger than 64 MB or the client goes away. */
export async function readBody(request: IncomingMessage): Promise<Buffer> {
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of request as AsyncIterable<Buffer>) {
    size += chunk.length;
    if (size > maxBodyBytes) throw new Error('request body is too large');
    chunks.push(chunk);
  }
  return Buffer.concat(chunks);
}

/** Arguments of a Web API call from the query and from a form, JSON or multipart body. */
export function parseArguments(request: IncomingMessage, body: Buffer): JsonObject {
  const type = (request.headers['content-type'] ?? '').toLowerCase();
  const query = new URL(request.url ?? '/', 'http://sandbox').searchParams;
  const given: Record<string, Json | undefined> = Object.fromEntries(query);
  if (type.startsWith('application/json')) {
    const parsed = parseJson(body.toString('utf8'));
    return isObject(parsed) ? { ...given, ...parsed } : given;
  }
  if (type.startsWith('multipart/form-data')) {
    for (const part of parseMultipart(type, request.headers['content-type'] ?? '', body))
      if (part.fileName === null) given[part.name] = part.content.toString('utf8');
    return given;
  }
  return { ...given, ...Object.fromEntries(new URLSearchParams(body.toString('utf8'))) };
}

/** The file of an upload: the body itself, or the first file (else the first field) of a multipart body. */
export function parseUpload(request: IncomingMessage, body: Buffer): Buffer {
  const type = request.headers['content-type'] ?? '';
  if (!type.toLowerCase().startsWith('multipart/form-data')) return body;
  const parts = parseMultipart(type.toLowerCase(), type, body);
  return (parts.find((part) => part.fileName !== null) ?? parts[0])?.content ?? Buffer.alloc(0);
}

interface Part {
  readonly name: string;
  readonly fileName: string | null;
  readonly content: Buffer;
}

/** RFC 7578, as far as clients here use it: no nesting, no transfer encodings. */
function parseMultipart(lowerType: string, type: string, body: Buffer): readonly Part[] {
  const at = lowerType.indexOf('boundary=');
  if (at < 0) return [];
  const boundary = (type.slice(at + 'boundary='.length).split(';')[0] ?? '').replaceAll('"', '').trim();
  const delimiter = Buffer.from(`--${boundary}`);
  const parts: Part[] = [];
  let start = body.indexOf(delimiter);
  while (start >= 0) {
    const from = start + delimiter.length + 2;
    const end = body.indexOf(delimiter, from);
    if (end < 0) break;
    const headersEnd = body.indexOf('\r\n\r\n', from);
    if (headersEnd >= 0 && headersEnd < end) {
      const headers = body.subarray(from, headersEnd).toString('utf8');
      parts.push({
        name: /[; ]name="([^"]*)"/i.exec(headers)?.[1] ?? '',
        fileName: /filename="([^"]*)"/i.exec(headers)?.[1] ?? null,
        content: body.subarray(headersEnd + 4, end - 2),
      });
    }
    start = end;
  }
  return parts;
}
