import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { readHotShard } from '../../src/sources/escalation-text/hot-shard.ts';
import { parseEscalation } from '../../src/sources/escalation-text/parse-escalation.ts';
import { readEscalation } from '../../src/sources/escalation-text/read-escalations.ts';
import { buildDirectory, recordId } from '../../src/sources/identity.ts';
import { fileInput, memoryInput } from '../../src/sources/text/input-file.ts';
import { readHumanDate } from '../../src/sources/values/human-date.ts';
import { escalationStatusIn, priorityIn } from '../../src/sources/values/vocabulary.ts';
import { packagePath } from '../../src/toolkit/package-root.ts';
import { collect, ofEntity } from './collect.ts';

const account = (id: string, name: string) => ({
  id,
  source: 'salesforce',
  sourceId: id,
  name,
  industry: null,
  region: null,
  tier: null,
});
const directory = buildDirectory({
  accounts: [account('northwind', 'Northwind Grocers'), account('hallmark', 'Hallmark Logistics GmbH')],
  people: [{ id: 'stefan', name: 'Stefan Huber', email: null }],
  tickets: [{ id: 'ticket', number: '00010412' }],
});
const fileDate = new Date('2026-11-18T00:00:00Z');

async function readFixture(number: number) {
  const file = fileInput(packagePath('fixtures', 'on_call', `CE-${number}.txt`));
  const all = await collect(readEscalation(file, directory, fileDate));
  return { all, escalation: ofEntity(all, 'customer_escalation')[0] };
}

const notesOf = (all: { readonly notes: readonly { readonly code: string }[] }) =>
  all.notes.map((note) => note.code);

describe('customer escalations in text files', () => {
  it('reads every heading of a tidy file, its customer, owner, ticket and hot shard (S0-02, S0-04, S0-05)', async () => {
    const { all, escalation } = await readFixture(2001);
    expect(all.notes).toEqual([]);
    expect(escalation).toMatchObject({
      ceNumber: 'CE-2001',
      title: 'Hot shard on the orders table',
      accountId: 'northwind',
      ownerId: 'stefan',
      ticketId: 'ticket',
      category: 'Performance',
      priority: 'urgent',
      sourcePriority: 'P1 - production degraded',
      status: 'mitigated',
      sentimentScore: -0.6,
      hotShard: { cluster: 'prod-us-1', table: 'orders', shard: 'tablet-0007', skewRatio: 6.4 },
    });
    expect(escalation?.openedAt.toISOString()).toBe('2026-11-17T06:40:00.000Z');
    expect(escalation?.issue).toMatch(/^Checkout times out/);
    expect(escalation?.rootCause).toMatch(/last tablet\.$/);
    expect(escalation?.impact).toContain('1,900 orders');
    expect(escalation?.actionPlan?.split('\n')).toHaveLength(3);
  });

  it('reads plain capitals, a status in a sentence and a hot shard in prose', async () => {
    const { all, escalation } = await readFixture(2002);
    expect(all.notes).toEqual([]);
    expect(escalation).toMatchObject({
      title: 'Followers fall behind after the upgrade',
      accountId: 'hallmark',
      priority: 'high',
      status: 'investigating',
      hotShard: { cluster: 'prod-eu-2', table: 'ledger_entries', shard: '0113', skewRatio: 2.1 },
    });
    expect(escalation?.openedAt.toISOString()).toBe('2026-11-14T08:15:00.000Z');
    // "The plan:" inside a text is no heading.
    expect(escalation?.rootCause).toContain('The plan: raise the limit first');
    expect(escalation?.actionPlan).toBe(
      '- raise the compaction limit (rolling)\n- add one node to the follower region',
    );
  });

  it('reads bold names, underlined headings in another order, and creates the customer nobody knows', async () => {
    const { all, escalation } = await readFixture(2003);
    const celadon = recordId('account', 'customers', 'Celadon Bank');
    expect(escalation).toMatchObject({
      ceNumber: 'CE-2003',
      title: 'Backups fail since the key rotation',
      accountId: celadon,
      status: 'resolved',
      sentimentScore: 0.6,
      hotShard: null,
    });
    expect(escalation?.resolvedAt?.toISOString()).toBe('2026-11-01T15:00:00.000Z');
    expect(ofEntity(all, 'account')[0]).toMatchObject({
      id: celadon,
      source: 'customers',
      name: 'Celadon Bank',
    });
    expect(escalation?.impact).toMatch(/^No recovery point/);
    expect(escalation?.rootCause).toMatch(/^The backup role/);
  });

  it('takes the number from the file name and a value from the line below its heading', async () => {
    const { escalation } = await readFixture(2004);
    expect(escalation).toMatchObject({
      ceNumber: 'CE-2004',
      status: 'closed',
      priority: 'normal',
      accountId: recordId('account', 'customers', 'Meridian Airlines'),
    });
    expect(escalation?.openedAt.toISOString()).toBe('2026-11-03T00:00:00.000Z');
    expect(escalation?.actionPlan).toMatch(/^Ship the smart driver/);
  });

  it('keeps both of two texts and the first of two values, with a warning each', async () => {
    const { all, escalation } = await readFixture(2005);
    expect(escalation?.issue).toMatch(/80 ms before\.\n\nStill slow/);
    expect(escalation).toMatchObject({
      priority: 'high',
      status: 'open',
      accountId: recordId('account', 'customers', 'Brightwater Health'),
    });
    expect([...notesOf(all)].sort()).toEqual(['date-missing', 'heading', 'heading', 'status-unknown']);
    expect(escalation?.openedAt).toEqual(fileDate);
  });

  it('keeps a note without any heading as the issue', async () => {
    const { all, escalation } = await readFixture(2006);
    expect(escalation?.ceNumber).toBe('CE-2006');
    expect(escalation?.title).toBe('Tallgrass called again this morning.');
    expect(escalation?.issue).toContain('Nobody has looked at it yet.');
    expect(escalation).toMatchObject({ status: 'open', priority: null, accountId: null });
    expect(notesOf(all)).toContain('customer-missing');
  });

  it('reads a table, does not take "not resolved" for resolved, and does not guess a date', async () => {
    const { all, escalation } = await readFixture(2007);
    expect(escalation).toMatchObject({ status: 'monitoring', priority: 'low', openedAt: fileDate });
    expect(notesOf(all)).toContain('date-unclear');
    expect(escalation?.technicalDetails).toContain('Date: see the release notes. Plan: upgrade.');
  });

  it('reads Windows-1252 with a warning and rejects an empty and a binary file', async () => {
    const western = await readFixture(2008);
    expect(western.escalation?.title).toBe('Zertifikat läuft ab');
    expect(notesOf(western.all)).toContain('encoding-guessed');
    for (const number of [2009, 2010]) {
      const { all } = await readFixture(number);
      expect([all.accepted, all.rejects.length]).toEqual([0, 1]);
    }
  });

  it('keeps the beginning of a file that is far too long', async () => {
    const text = `CE-9: Big\nCustomer: Northwind Grocers\nStatus: open\nIssue description:\n${'words and more words\n'.repeat(500_000)}`;
    const all = await collect(readEscalation(memoryInput('CE-9.txt', text), directory, fileDate));
    expect(ofEntity(all, 'customer_escalation')[0]).toMatchObject({ accountId: 'northwind', status: 'open' });
    expect(notesOf(all)).toContain('text-cut');
  });

  it('reads all headings in any order and any common way of writing them', () => {
    const texts = {
      'Issue description': 'It fails.',
      'Root cause analysis': 'A bug.',
      'Technical details': 'Version 9.',
      'Impact assessment': 'All shops.',
      'Action plan': 'Fix it.',
      'Customer sentiment': 'angry',
    } as const;
    const parts = ['issue', 'root-cause', 'technical-details', 'impact', 'action-plan', 'sentiment'] as const;
    const styles: readonly ((name: string, text: string) => string)[] = [
      (name, text) => `## ${name}\n${text}\n`,
      (name, text) => `${name.toUpperCase()}:\n${text}\n`,
      (name, text) => `**${name}:** ${text}\n`,
      (name, text) => `${name}\n-----\n${text}\n`,
      (name, text) => `- ${name}: ${text}\n`,
      (name, text) => `3. ${name}\n${text}\n`,
      (name, text) => `== ${name} ==\n\n${text}\n\n`,
    ];
    const entries = Object.entries(texts);
    fc.assert(
      fc.property(
        fc.shuffledSubarray(entries, { minLength: 1 }),
        fc.array(fc.constantFrom(...styles), { minLength: 6, maxLength: 6 }),
        (chosen, hands) => {
          const text = chosen.map(([name, body], index) => hands[index]!(name, body)).join('');
          const parsed = parseEscalation(text, 'CE-1.txt');
          const expected = new Map(
            chosen.map(([name, body]) => [parts[entries.findIndex(([one]) => one === name)], body]),
          );
          expect(parsed.parts).toEqual(expected);
        },
      ),
      { numRuns: 300 },
    );
  });

  it('never throws, and every file is one record or one reject', async () => {
    const line = fc.oneof(
      fc.string({ unit: 'binary', maxLength: 40 }),
      fc.constantFrom(
        'Status',
        'Status:',
        '## Priority',
        'Customer: Acme',
        'Closed',
        '|Priority|P1|',
        '---',
        'Opened: 31/31/2026',
        'shard',
      ),
    );
    await fc.assert(
      fc.asyncProperty(fc.array(line, { maxLength: 12 }), async (lines) => {
        const all = await collect(
          readEscalation(memoryInput('CE-5.txt', lines.join('\n')), directory, fileDate),
        );
        expect(all.accepted + all.rejects.length).toBe(1);
        expect(ofEntity(all, 'customer_escalation')).toHaveLength(all.accepted);
      }),
      { numRuns: 300 },
    );
    await fc.assert(
      fc.asyncProperty(fc.uint8Array({ maxLength: 400 }), async (bytes) => {
        const all = await collect(readEscalation(memoryInput('CE-5.txt', bytes), directory, fileDate));
        expect(all.accepted + all.rejects.length).toBe(1);
      }),
      { numRuns: 200 },
    );
  });
});

describe('words and dates that people write', () => {
  it.each([
    ['Resolved on Friday', 'resolved'],
    ['not yet resolved', null],
    ['Unresolved', null],
    ['Open (waiting for a fix)', 'open'],
    ['workaround in place, monitoring', 'mitigated'],
    ['reopened', null],
    ['IN PROGRESS', 'investigating'],
  ])('reads the status %j as %s', (text, status) => {
    expect(escalationStatusIn(text)).toBe(status);
  });

  it.each([
    ['P1 – production down', 'urgent'],
    ['1', 'urgent'],
    ['Severity 2 (was 3)', 'high'],
    ['medium/low', 'normal'],
    ['we have 3 of them', null],
  ])('reads the priority %j as %s', (text, priority) => {
    expect(priorityIn(text)).toBe(priority);
  });

  it.each([
    ['2026-11-02 14:30 UTC', '2026-11-02T14:30:00.000Z'],
    ['2 November 2026', '2026-11-02T00:00:00.000Z'],
    ['Mon, Nov 2nd, 2026 at 2:30 PM EST', '2026-11-02T19:30:00.000Z'],
    ['25/12/2026', '2026-12-25T00:00:00.000Z'],
    ['12/25/2026 08:00', '2026-12-25T08:00:00.000Z'],
    ['2.11.2026 08:00 CET', '2026-11-02T07:00:00.000Z'],
  ])('reads %s', (text, iso) => {
    expect(readHumanDate(text)?.toISOString()).toBe(iso);
  });

  it.each(['03/04/2026', 'yesterday', '', '2026-13-01', '10:30 IST'])('does not guess %j', (text) => {
    expect(readHumanDate(text)).toBeNull();
  });

  it.each([
    ['The tablet is hot and the shard overloaded.', null],
    ['Nothing about it: cluster prod-1, table orders', null],
    [
      'shard 17 of table "events" at 3.5x the average',
      { cluster: null, table: 'events', shard: '17', skewRatio: 3.5 },
    ],
    [
      'Cluster = eu-1; Table = orders; Shard = t-9; skewed 4x',
      { cluster: 'eu-1', table: 'orders', shard: 't-9', skewRatio: 4 },
    ],
  ])('reads the hot shard of %j (S0-25)', (text, expected) => {
    expect(readHotShard(text)).toEqual(expected);
  });
});
