/**
 * Reads customer escalations, one text file each. In: files named CE*.txt. Out: a customer escalation per file, with
 * the customer it names. What cannot be read becomes a warning; only a file without any text is rejected.
 */
import { statSync } from 'node:fs';
import type { AccountRecord, CustomerEscalationRecord } from '../../domain/records.ts';
import { customersSource, type Directory, recordId, sourceKey } from '../identity.ts';
import { type Note, rejected, type SourceEvent } from '../source-event.ts';
import type { PlannedFile, SourcePlan } from '../source-plan.ts';
import { decodeText } from '../text/decode-text.ts';
import { fileInput, type Input, RefusedInput } from '../text/input-file.ts';
import { explainHumanDate, readHumanDate } from '../values/human-date.ts';
import { escalationStatusIn, priorityIn } from '../values/vocabulary.ts';
import { moodOf } from './mood.ts';
import { type ParsedEscalation, parseEscalation } from './parse-escalation.ts';

export const escalationsSource = 'escalations';
/** What stands behind it is left out, with a warning. */
const LIMIT_CHARACTERS = 200_000;

export function planEscalations(files: readonly PlannedFile[]): SourcePlan {
  return {
    adapter: 'escalation-text',
    source: escalationsSource,
    files,
    partial: 'allow',
    async *read(directory) {
      for (const file of files)
        yield* readEscalation(fileInput(file.path, file.name), directory, modifiedAt(file.path));
    },
  };
}

/** The epoch for a file that has gone meanwhile; reading it says so. */
function modifiedAt(path: string): Date {
  return statSync(path, { throwIfNoEntry: false })?.mtime ?? new Date(0);
}

/**
 * @param fileDate stands in where the text names no date
 * @returns events of one file; never throws for content
 */
export async function* readEscalation(
  input: Input,
  directory: Directory,
  fileDate: Date,
): AsyncGenerator<SourceEvent> {
  const notes = new Map<string, Note>();
  const warn = (code: string, message: string): void => {
    const count = (notes.get(message)?.count ?? 0) + 1;
    notes.set(message, { code, file: input.name, message, count });
  };
  try {
    const text = await readText(input, warn);
    const finished = await input.finish();
    const fault = faultOf(text);
    if (fault !== null) {
      const fix =
        'write what happened under the headings Issue description, Priority and Status, or delete the file';
      yield rejected(input.name, 1, fault, null, null, fix);
      return;
    }
    const parsed = parseEscalation(text, input.name);
    for (const warning of parsed.warnings) warn('heading', warning);
    const records = toRecords(parsed, input.name, directory, fileDate, warn);
    yield { kind: 'accepted', file: input.name, line: 1, records };
    for (const note of notes.values()) yield { kind: 'note', note };
    yield { kind: 'file-read', file: input.name, ...finished };
  } catch (error) {
    if (!(error instanceof RefusedInput)) throw error;
    // One bad file must not stop the others.
    const [reason = '', ...advice] = error.issue.message.split('; ');
    const fix = error.issue.code === 'file-foreign' ? 'save it as plain text (.txt)' : advice.join('; ');
    yield rejected(input.name, null, reason, null, null, fix);
  }
}

/** UTF-8, else Windows' Western European, which reads every byte; at most as much as an escalation can be long. */
async function readText(input: Input, warn: (code: string, message: string) => void): Promise<string> {
  const read = async (encoding?: string): Promise<string> => {
    const cleaning = { removed: 0 };
    let text = '';
    for await (const part of decodeText(input, {
      cleaning,
      ...(encoding === undefined ? {} : { encoding }),
    })) {
      if (text.length < LIMIT_CHARACTERS) text += part;
    }
    if (cleaning.removed > 0)
      warn('characters-removed', 'holds characters that a database cannot keep; they were removed');
    if (text.length <= LIMIT_CHARACTERS) return text;
    warn('text-cut', `is longer than ${LIMIT_CHARACTERS} characters; the rest was left out`);
    return text.slice(0, LIMIT_CHARACTERS).replace(/[\uD800-\uDBFF]$/, '');
  };
  try {
    return await read();
  } catch (error) {
    const isGuessable =
      error instanceof RefusedInput && ['wrong-encoding', 'file-truncated'].includes(error.issue.code);
    if (!isGuessable) throw error;
    const encoding = error.issue.suggestions?.[0] ?? 'windows-1252';
    warn(
      'encoding-guessed',
      `is not UTF-8; it was read as ${encoding === 'windows-1252' ? 'Windows-1252' : encoding.toUpperCase()}`,
    );
    return read(encoding);
  }
}

function faultOf(text: string): string | null {
  if (text.trim() === '') return 'holds no text';
  if (looksBinary(text)) return 'is not text';
  return /\p{L}/u.test(text) ? null : 'holds no words';
}

/** More than one control character in fifty is no text that a person wrote. */
function looksBinary(text: string): boolean {
  const sample = text.slice(0, 20_000);
  // biome-ignore lint/suspicious/noControlCharactersInRegex: control characters are what is looked for
  const controls = sample.match(/[\u0001-\u0008\u000e-\u001f\u007f-\u009f\ufffd]/g)?.length ?? 0;
  return controls * 50 > sample.length;
}

function toRecords(
  parsed: ParsedEscalation,
  fileName: string,
  directory: Directory,
  fileDate: Date,
  warn: (code: string, message: string) => void,
): readonly (AccountRecord | CustomerEscalationRecord)[] {
  const part = (name: Parameters<typeof parsed.parts.get>[0]): string | null =>
    parsed.parts.get(name) ?? null;
  const number = parsed.number ?? fileName.replace(/^.*[/\\]/, '').replace(/\.[^.]+$/, '');
  const customer = nameOfCustomer(parsed, directory);
  const known = customer === null ? null : directory.findAccount(customer);
  if (customer === null) warn('customer-missing', 'names no customer');
  const opened = dateOf(part('opened'), 'opened', warn);
  if (opened === null)
    warn('date-missing', 'does not say when it was opened; the date of the file was taken');
  const resolved = dateOf(part('resolved'), 'resolved', warn);
  if (opened !== null && resolved !== null && resolved < opened)
    warn('dates-crossed', 'was resolved before it was opened; correct one of the dates');
  const sourceStatus = part('status')?.split('\n')[0] ?? null;
  const knownStatus = escalationStatusIn(sourceStatus);
  const status = knownStatus ?? (resolved === null ? 'open' : 'resolved');
  if (knownStatus === null) warn('status-unknown', `${said('status', sourceStatus)} was read as ${status}`);
  const sourcePriority = part('priority')?.split('\n')[0] ?? null;
  const priority = priorityIn(sourcePriority);
  if (priority === null) warn('priority-unknown', `${said('priority', sourcePriority)} was left empty`);
  const owner = part('owner');
  const escalation: CustomerEscalationRecord = {
    entity: 'customer_escalation',
    id: recordId('customer_escalation', escalationsSource, number),
    source: escalationsSource,
    sourceId: number,
    ceNumber: number,
    title: parsed.title ?? number,
    accountId: customer === null ? null : (known?.id ?? recordId('account', customersSource, customer)),
    ticketId: parsed.ticketNumber === null ? null : directory.findTicket(parsed.ticketNumber),
    ownerId: owner === null ? null : (directory.findPerson(owner)?.id ?? null),
    priority,
    sourcePriority,
    category: part('category'),
    status,
    sourceStatus,
    issue: part('issue'),
    rootCause: part('root-cause'),
    technicalDetails: part('technical-details'),
    impact: part('impact'),
    actionPlan: part('action-plan'),
    sentiment: part('sentiment'),
    sentimentScore: moodOf(part('sentiment')),
    // A copy of the file has another date; what was taken the first time stays.
    openedAt: opened ?? directory.findEscalationOpenedAt(number) ?? fileDate,
    resolvedAt: resolved,
    hotShard: parsed.hotShard,
  };
  if (customer === null || known !== null) return [escalation];
  const account: AccountRecord = {
    entity: 'account',
    id: recordId('account', customersSource, customer),
    source: customersSource,
    sourceId: sourceKey(customersSource, customer),
    name: customer,
  };
  return [account, escalation];
}

/** `Acme Corp (Enterprise, EMEA)` is Acme Corp, unless a customer is called just so. */
function nameOfCustomer(parsed: ParsedEscalation, directory: Directory): string | null {
  const written = parsed.parts.get('customer') ?? firstLine(parsed.parts.get('customer-information'));
  const line =
    written
      ?.split('\n', 1)[0]
      ?.replace(/^(?:name|company)\s*:\s*/i, '')
      .replace(/^[-*\u2022]\s+/, '')
      .trim() ?? '';
  if (line === '' || !/[\p{L}\p{N}]/u.test(line)) return null;
  const plain = line
    .replace(/\s*[([|].*$/, '')
    .replace(/\s+[-\u2013\u2014]\s.*$/, '')
    .trim();
  if (plain === '' || directory.findAccount(line) !== null) return line.slice(0, NAME_LIMIT);
  return plain.slice(0, NAME_LIMIT);
}

const NAME_LIMIT = 200;

const firstLine = (text: string | undefined): string | undefined =>
  text?.split('\n').find((line) => line.trim() !== '');

const said = (what: string, word: string | null): string =>
  word === null ? `the ${what} is missing and` : `the ${what} "${word.slice(0, 60)}"`;

function dateOf(
  text: string | null,
  what: string,
  warn: (code: string, message: string) => void,
): Date | null {
  if (text === null) return null;
  const date = readHumanDate(text);
  if (date === null) {
    const why = explainHumanDate(text);
    warn('date-unclear', `the date "${text.slice(0, 60)}" (${what}) ${why}; write 2026-11-02 14:30 UTC`);
  }
  return date;
}
