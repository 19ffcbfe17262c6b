/**
 * Reads the records of a JSON export, streamed. In: `[…]`, `{"records": […]}`, `{"accounts": […], "contacts": […]}` or
 * one record a line (.ndjson, .jsonl). Out: one object per record with its line. Broken records are rejected alone.
 */

import { removedNote } from '../csv/read-csv.ts';
import { rejected, type SourceEvent } from '../source-event.ts';
import { decodeText } from '../text/decode-text.ts';
import { type Input, RefusedInput } from '../text/input-file.ts';
import { type JsonElement, JsonSplitter } from './split-json.ts';

export type JsonObject = Readonly<Record<string, unknown>>;

export type JsonEvent =
  | {
      readonly kind: 'object';
      readonly line: number;
      /** Key of the list it stood in; null for a bare list. */
      readonly list: string | null;
      readonly value: JsonObject;
    }
  | Exclude<SourceEvent, { kind: 'accepted' | 'derived' }>;

/** Longest record in characters. */
const RECORD_LIMIT = 4 * 1024 * 1024;

/** @returns events in file order; the last is `file-read` or `refused`; never throws for content */
export async function* readJson(
  input: Input,
  options: { encoding?: string } = {},
): AsyncGenerator<JsonEvent> {
  const cleaning = { removed: 0 };
  try {
    const text = decodeText(input, { ...options, cleaning });
    const elements = /\.(ndjson|jsonl)$/i.test(input.name) ? splitLines(text) : splitLists(input.name, text);
    for await (const element of elements) yield toEvent(input.name, element);
    if (cleaning.removed > 0) yield removedNote(input.name, cleaning.removed);
    yield { kind: 'file-read', file: input.name, ...(await input.finish()) };
  } catch (error) {
    if (!(error instanceof RefusedInput)) throw error;
    yield { kind: 'refused', issues: [error.issue] };
  }
}

function toEvent(file: string, element: JsonElement): JsonEvent {
  const reject = (reason: string): JsonEvent =>
    rejected(file, element.line, reason, null, element.text) as JsonEvent;
  if (element.text.trim() === '') return { kind: 'skipped', lines: 1 };
  if (element.text.length > RECORD_LIMIT) return reject(`is longer than ${RECORD_LIMIT} characters`);
  let value: unknown;
  try {
    value = JSON.parse(element.text);
  } catch (error) {
    return reject(`is not valid JSON: ${error instanceof Error ? error.message : String(error)}`);
  }
  if (typeof value !== 'object' || value === null || Array.isArray(value)) {
    return reject('is not an object with named fields');
  }
  return { kind: 'object', line: element.line, list: element.key, value: value as JsonObject };
}

async function* splitLists(file: string, text: AsyncIterable<string>): AsyncGenerator<JsonElement> {
  const splitter = new JsonSplitter();
  for await (const part of text) yield* splitter.push(part);
  const fault = splitter.fault();
  if (fault === null) return;
  throw new RefusedInput({ code: 'invalid-json', path: `${file}:${fault.line}`, message: fault.message });
}

async function* splitLines(text: AsyncIterable<string>): AsyncGenerator<JsonElement> {
  let rest = '';
  let line = 0;
  for await (const part of text) {
    const lines = (rest + part).split('\n');
    rest = lines.pop() ?? '';
    for (const one of lines) {
      line += 1;
      yield { key: null, line, text: one };
    }
  }
  if (rest !== '') yield { key: null, line: line + 1, text: rest };
}
