/**
 * Reads customer escalations, one text file each. In: files named CE*.txt. Out: a customer escalation per file, with
 * the customer it names. What cannot be read becomes a warning; only a file without any text is rejected.
 */
import { statSync } from 'node:fs';
import type { AccountRecord, CustomerEscalationRecord } from '../../domain/records.ts';
import { customersSource, type Directory, recordId, sourceKey } from '../identity.ts';
import { noted, rejected, type SourceEvent } from '../source-event.ts';
import type { PlannedFile, SourcePlan } from '../source-plan.ts';
import { decodeWhole } from '../text/decode-text.ts';
import { fileInput, type Input, RefusedInput } from '../text/input-file.ts';
import { compileDateFormat, toInstant } from '../values/date-format.ts';
import { escalationStatusOf, priorityOf } from '../values/vocabulary.ts';
import { moodOf } from './mood.ts';
import { type ParsedEscalation, parseEscalation } from './parse-escalation.ts';

export const escalationsSource = 'escalations';
/** A longer file is no escalation. */
const limitCharacters = 1_000_000;

export function planEscalations(files: readonly PlannedFile[]): SourcePlan {
  return {
    adapter: 'escalation-text',
    source: escalationsSource,
    files,
    partial: 'allow',
    async *read(directory) {
      for (const file of files)
        yield* readEscalation(fileInput(file.path, file.name), directory, statSync(file.path).mtime);
    },
  };
}

/** @param fileDate stands in where the text names no date */
export async function* readEscalation(
  input: Input,
  directory: Directory,
  fileDate: Date,
): AsyncGenerator<SourceEvent> {
  let text: string;
  try {
    text = await decodeWhole(input, { cleaning: { removed: 0 }, limitCharacters });
  } catch (error) {
    if (!(error instanceof RefusedInput)) throw error;
    // One bad file must not stop the others.
    yield rejected(input.name, 1, error.issue.message);
    return;
  }
  if (!/\p{L}/u.test(text)) {
    yield rejected(input.name, 1, 'holds no text');
    return;
  }
  const parsed = parseEscalation(text, input.name);
  const notes: SourceEvent[] = parsed.warnings.map((warning) => noted(input.name, 'heading', warning));
  const warn = (code: string, message: string): void => void notes.push(noted(input.name, code, message));
  yield {
    kind: 'accepted',
    file: input.name,
    line: 1,
    records: toRecords(parsed, input.name, directory, fileDate, warn),
  };
  yield* notes;
  yield { kind: 'file-read', file: input.name, ...(await input.finish()) };
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
  const customer = (part('customer') ?? part('customer-information')?.split('\n')[0] ?? null)?.trim() ?? null;
  const known = customer === null ? null : directory.findAccount(customer);
  if (customer === null) warn('customer-missing', 'names no customer');
  const opened = readDate(part('opened'));
  if (opened === null) warn('date-missing', 'says not when it was opened; the date of the file was taken');
  const resolved = readDate(part('resolved'));
  const sourceStatus = part('status')?.split('\n')[0] ?? null;
  const status = escalationStatusOf(firstWords(sourceStatus)) ?? (resolved === null ? 'open' : 'resolved');
  if (sourceStatus === null || escalationStatusOf(firstWords(sourceStatus)) === null)
    warn(
      'status-unknown',
      `the status ${sourceStatus === null ? 'is missing' : `"${sourceStatus.slice(0, 60)}"`} was read as ${status}`,
    );
  const sourcePriority = part('priority')?.split('\n')[0] ?? null;
  const priority = priorityOf(firstWords(sourcePriority));
  if (priority === null)
    warn(
      'priority-unknown',
      `the priority ${sourcePriority === null ? 'is missing' : `"${sourcePriority.slice(0, 60)}" is none of ours`}`,
    );
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
    openedAt: opened ?? fileDate,
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

/** `Open (waiting for a fix)` and `High - production down` begin with the word that counts. */
function firstWords(text: string | null): string | null {
  return text?.split(/\s*[(,;–—]|\s-\s/)[0]?.trim() ?? null;
}

const formats = ['iso', 'yyyy/MM/dd HH:mm', 'yyyy/MM/dd', 'd MMM yyyy HH:mm', 'd MMM yyyy', 'MMM d yyyy'].map(
  compileDateFormat,
);

/** A date as people write it without room for doubt; `03/04/2017` is doubtful and gives null. UTC unless it says more. */
function readDate(text: string | null): Date | null {
  const plain = text
    ?.split('\n')[0]
    ?.replace(/\s*\(?\b(UTC|GMT)\b\)?\s*$/i, '')
    .replace(/(\d)(st|nd|rd|th)\b/g, '$1')
    .replace(/,/g, '')
    .trim();
  if (plain === undefined || plain === '') return null;
  for (const format of formats) {
    const parsed = format.parse(plain);
    if (parsed !== null) return toInstant(parsed, 'UTC');
  }
  return null;
}
