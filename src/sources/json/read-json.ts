/**
 * Reads the records of a JSON export, streamed. In: `[…]`, `{"records": […]}`, `{"accounts": […], "contacts": […]}` or
 * one record a line (.ndjson, .jsonl). Out: one object per record with its line. Broken records are rejected alone.
 */

import { removedNote } from '../csv/read-csv.ts';
import { noted, rejected, type SourceEvent } from '../source-event.ts';
import { type Cleaning, cleanJson } from '../text/clean-text.ts';
import { decodeText } from '../text/decode-text.ts';
import { type Input, RefusedInput } from '../text/input-file.ts';
import { countMembers, DEPTH_LIMIT, doubledName, inspectJson } from './inspect-json.ts';
import { type JsonElement, JsonSplitter, splitRecordLines } from './split-json.ts';

export type JsonObject = Readonly<Record<string, unknown>>;

export type JsonEvent =
  | {
      readonly kind: 'object';
      readonly line: number;
      /** Key of the list it stood in; null for a bare list. */
      readonly list: string | null;
      /** Whole numbers above 2^53 are text, so that no digit of an id is lost. */
      readonly value: JsonObject;
    }
  | Exclude<SourceEvent, { kind: 'accepted' | 'derived' }>;

export interface JsonOptions {
  readonly encoding?: string;
  /** One record a line; by default the file's name says it. */
  readonly isLines?: boolean;
}

/** Whether a file of this name holds one record a line. */
export const isRecordLines = (name: string): boolean => /\.(ndjson|jsonl)$/i.test(name);

/** @returns events in file order; the last is `file-read` or `refused`; never throws for content */
export async function* readJson(input: Input, options: JsonOptions = {}): AsyncGenerator<JsonEvent> {
  const cleaning = { removed: 0 };
  let records = 0;
  try {
    const encoding = options.encoding === undefined ? {} : { encoding: options.encoding };
    const text = decodeText(input, { ...encoding, cleaning });
    for await (const element of elementsOf(input.name, text, options)) {
      const event = toEvent(input.name, element, cleaning);
      if (event.kind !== 'skipped') records += 1;
      yield event;
    }
    const finished = await input.finish();
    if (finished.bytes === 0)
      throw refusal(input.name, null, 'is empty; export it again, or delete the file');
    if (records === 0) yield noted(input.name, 'no-rows', 'holds no records') as JsonEvent;
    if (cleaning.removed > 0) yield removedNote(input.name, cleaning.removed);
    yield { kind: 'file-read', file: input.name, ...finished };
  } catch (error) {
    if (!(error instanceof RefusedInput)) throw error;
    yield { kind: 'refused', issues: [error.issue] };
  }
}

function toEvent(file: string, element: JsonElement, cleaning: Cleaning): JsonEvent {
  const reject = (reason: string, fix: string): JsonEvent =>
    rejected(file, element.line, reason, null, element.text.trim() || null, fix) as JsonEvent;
  if (element.isTooLong) return reject('is longer than 4 million characters', 'split the record');
  const trimmed = element.text.trim();
  if (trimmed === '') {
    return element.isLine
      ? { kind: 'skipped', lines: 1 }
      : reject('is missing behind a comma', 'delete the comma');
  }
  const inspected = inspectJson(trimmed);
  if (inspected.depth > DEPTH_LIMIT)
    return reject(`is nested ${inspected.depth} levels deep; ${DEPTH_LIMIT} are read`, 'export flat records');
  let value: unknown;
  try {
    value = JSON.parse(inspected.text);
  } catch {
    return reject(...explainBroken(trimmed));
  }
  if (typeof value !== 'object' || value === null || Array.isArray(value)) {
    const fix = 'write each record as an object with names: {"id": 1, "name": "Acme"}';
    return reject('is not an object with named fields', fix);
  }
  if (countMembers(value) !== inspected.members) {
    const name = doubledName(trimmed);
    return reject(
      `names ${JSON.stringify(name)} twice`,
      'keep one of the two; nobody knows which one is meant',
    );
  }
  // Half surrogates can be written as escapes only; others were removed with the bytes.
  const clean = trimmed.includes('\\u') ? (cleanJson(value, cleaning) as JsonObject) : (value as JsonObject);
  return { kind: 'object', line: element.line, list: element.key, value: clean };
}

function isJson(text: string): boolean {
  try {
    JSON.parse(text);
    return true;
  } catch {
    return false;
  }
}

/** What people write that JSON does not know; reason and advice. */
function explainBroken(text: string): [string, string] {
  const fix = 'write it as JSON does, or let the program that exports it do so';
  // Half a million characters show well enough what is wrong.
  const outside = text.slice(0, 500_000).replace(/"(?:[^"\\]|\\.){0,2000}"/g, '""');
  if (/[}\]]\s*[{[]/.test(outside)) return ['has no comma between two records', 'add the comma'];
  if (/,\s*[}\]]/.test(outside)) return ['has a comma behind its last field', 'delete the comma'];
  if (/\b(?:NaN|-?Infinity|undefined|None|True|False)\b/.test(outside)) {
    const word = /\b(?:NaN|-?Infinity|undefined|None|True|False)\b/.exec(outside)?.[0] ?? '';
    return [`has the word ${word}, which JSON does not know`, 'write null, true or false'];
  }
  if (outside.includes("'")) return ['has single quotation marks', 'write double ones'];
  if (/\/\/|\/\*/.test(outside)) return ['has a comment, which JSON does not know', 'delete the comment'];
  if (/[{,]\s*[A-Za-z_$][\w$]*\s*:/.test(outside)) return ['has a name without quotation marks', fix];
  // biome-ignore lint/suspicious/noControlCharactersInRegex: control characters are what is looked for
  if (isJson(text.replace(/[\u0001-\u001F]/g, ' ')))
    return [
      'has a line break or a tab inside a text',
      'write \\n or \\t there, or let the program that exports it do so',
    ];
  if ((text.match(/[{[]/g) ?? []).length > (text.match(/[}\]]/g) ?? []).length)
    return [
      'ends before its last bracket',
      'export it again if it was cut off; one record stands on one line',
    ];
  return ['is not valid JSON', fix];
}

/** A list in a file that is named for lines is read as the list that it is. */
async function* elementsOf(
  file: string,
  text: AsyncIterable<string>,
  options: JsonOptions,
): AsyncGenerator<JsonElement> {
  const parts = text[Symbol.asyncIterator]();
  let head = '';
  let isOver = false;
  while (!isOver && head.trim() === '') {
    const next = await parts.next();
    if (next.done === true) isOver = true;
    else head += next.value;
  }
  const whole = async function* (): AsyncGenerator<string> {
    yield head;
    if (!isOver) yield* { [Symbol.asyncIterator]: () => parts };
  };
  const isLines = (options.isLines ?? isRecordLines(file)) && !head.trimStart().startsWith('[');
  yield* isLines ? splitRecordLines(whole()) : splitLists(file, whole());
}

async function* splitLists(file: string, text: AsyncIterable<string>): AsyncGenerator<JsonElement> {
  const splitter = new JsonSplitter();
  for await (const part of text) yield* splitter.push(part);
  const rest = splitter.end();
  if (rest !== null) yield rest;
  const fault = splitter.fault();
  if (fault !== null) throw refusal(file, fault.line, fault.message);
}

const refusal = (file: string, line: number | null, message: string): RefusedInput =>
  new RefusedInput({
    code: message.startsWith('is empty') ? 'file-empty' : 'invalid-json',
    path: line === null ? file : `${file}:${line}`,
    message,
  });
