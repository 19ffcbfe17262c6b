import { parseYaml } from '../../src/catalogue/read-yaml.ts';
import type { AnyRecord } from '../../src/domain/records.ts';
import { checkRecords } from '../../src/sources/check-record.ts';
import { readEscalation } from '../../src/sources/escalation-text/read-escalations.ts';
import { emptyDirectory } from '../../src/sources/identity.ts';
import { type Mapping, mappingSchema } from '../../src/sources/mapping/mapping-schema.ts';
import { readMapped } from '../../src/sources/mapping/read-mapped.ts';
import type { SourceEvent } from '../../src/sources/source-event.ts';
import { memoryInput } from '../../src/sources/text/input-file.ts';

/**
 * What became of a file, a line each: `2 ok`, `3 amount "1.234" may be …; say which …`, `refused t.csv:1 …`,
 * `skipped 2`, `note no-rows`.
 */
export async function outcomeOf(events: AsyncIterable<SourceEvent>): Promise<readonly string[]> {
  const lines: string[] = [];
  for await (const event of events) {
    if (event.kind === 'accepted') lines.push(`${event.line ?? '-'} ok`);
    else if (event.kind === 'skipped') lines.push(`skipped ${event.lines}`);
    else if (event.kind === 'note') lines.push(`note ${event.note.code}`);
    else if (event.kind === 'refused') {
      for (const issue of event.issues) lines.push(`refused ${issue.path} ${issue.message}`);
    } else if (event.kind === 'rejected') {
      const { line, field, value, reason, fix } = event.reject;
      const shown =
        value === null ? '' : ` ${JSON.stringify(value.length > 40 ? `${value.slice(0, 40)}…` : value)}`;
      lines.push(`${line ?? '-'} ${field ?? '*'}${shown} ${reason}${fix === undefined ? '' : `; ${fix}`}`);
    }
  }
  return lines;
}

/** Deals with every kind of value that people get wrong. */
export const dealsMapping = `
version: 1
source: deals
files:
  - file: "t.*"
    entities:
      - entity: opportunity
        id: id
        fields:
          name: name
          stage: stage
          amount: amount
          currency: { column: currency, optional: true }
          closeDate: close_date
          isWon: won
          updatedAt: changed_at
`;

export const dealsHeader = 'id,name,stage,amount,currency,close_date,won,changed_at';

export function mappingOf(yaml: string): Mapping {
  const parsed = parseYaml(yaml, mappingSchema, 'm.yml');
  if (!parsed.ok) throw new Error(parsed.issues.map((issue) => `${issue.path} ${issue.message}`).join('\n'));
  return parsed.value;
}

/** Reads bytes as a file of that name through a mapping and the checks. */
export function readHostile(
  name: string,
  content: string | Uint8Array,
  yaml: string = dealsMapping,
  chunkSize = 65_536,
): AsyncGenerator<SourceEvent> {
  const mapping = mappingOf(yaml);
  const [file] = mapping.files;
  if (file === undefined) throw new Error('the mapping has no file');
  return checkRecords(readMapped(memoryInput(name, content, chunkSize), mapping, file, emptyDirectory));
}

/** The same deals in a file whose encoding the mapping names. */
export const encodedDeals = (encoding: string | undefined): string =>
  encoding === undefined
    ? dealsMapping
    : dealsMapping.replace('    entities:', `    encoding: ${encoding}\n    entities:`);

/** As `outcomeOf`, where an accepted row is shown by the name that was read, and equal ones once. */
export async function namesOf(events: AsyncIterable<SourceEvent>): Promise<readonly string[]> {
  const names: string[] = [];
  async function* passed(): AsyncGenerator<SourceEvent> {
    for await (const event of events) {
      if (event.kind !== 'accepted') yield event;
      else for (const record of event.records) if (record.entity === 'opportunity') names.push(record.name);
    }
  }
  const others = await outcomeOf(passed());
  return [...new Set(names), ...others];
}

/** A customer escalation in one line, and the notes and rejects about it. */
export async function readHostileEscalation(
  name: string,
  content: string | Uint8Array,
  chunkSize = 65_536,
): Promise<readonly string[]> {
  const events = checkRecords(
    readEscalation(memoryInput(name, content, chunkSize), emptyDirectory, new Date('2026-11-20T00:00:00Z')),
  );
  const lines: string[] = [];
  for await (const event of events) {
    if (event.kind === 'note') lines.push(`note ${event.note.message}`);
    else if (event.kind === 'rejected')
      lines.push(`rejected ${event.reject.reason}; ${event.reject.fix ?? ''}`);
    else if (event.kind === 'accepted') lines.push(shownEscalation(event.records));
  }
  return lines;
}

function shownEscalation(records: readonly AnyRecord[]): string {
  let customer = '-';
  let shown = '';
  for (const record of records) {
    if (record.entity === 'account') customer = record.name;
    if (record.entity !== 'customer_escalation') continue;
    const { ceNumber, priority, status, openedAt, resolvedAt, title } = record;
    const days = [openedAt, resolvedAt].map((at) => at?.toISOString().slice(0, 16) ?? '-').join(' ');
    shown = `${ceNumber} ${priority ?? '-'} ${status} ${days} ${title.slice(0, 40)}`;
  }
  return `${customer}: ${shown}`;
}
