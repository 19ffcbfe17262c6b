import { beforeAll, describe, expect, it } from 'vitest';
import { textStep } from '../../src/jobs/analysis-text.ts';
import { runAnalysis } from '../../src/jobs/run-analysis.ts';
import { type Store, sql } from '../../src/store/database.ts';
import { fixedClock } from '../../src/toolkit/clock.ts';
import { openTestStore } from '../support/store.ts';
import {
  addEscalation,
  addTicket,
  analysisDeps,
  fillWorld,
  idOf,
  readFindings,
  worldNow,
} from './analysis-world.ts';

const only = { steps: [textStep] };

async function scoresOf(store: Store) {
  const rows = await store.db.selectFrom('text_score').selectAll().execute();
  return new Map(rows.map((row) => [row.id, row]));
}

async function say(store: Store, ticket: string, when: string, body: string, actor: string | null = null) {
  await store.db
    .insertInto('ticket_event')
    .values({
      id: idOf('ticket_event', `${ticket}/${when}`),
      source: 'test',
      source_id: `${ticket}/${when}`,
      ticket_id: idOf('ticket', ticket),
      kind: actor === null ? 'comment' : 'reply',
      actor_id: actor === null ? null : idOf('person', actor),
      body,
      at: new Date(when),
    })
    .execute();
}

describe('the step text', () => {
  let store: Store;
  let report: Awaited<ReturnType<typeof runAnalysis>>;
  beforeAll(async () => {
    store = await openTestStore();
    await fillWorld(store);
    await addTicket(store, '3001', {
      account: 'Globex',
      opened: '2026-03-20T10:00Z',
      subject: 'Restore of a snapshot',
    });
    await say(store, '3001', '2026-03-20T11:00Z', 'This is unacceptable, we are furious and still waiting.');
    await say(store, '3001', '2026-03-20T12:00Z', 'Great, wonderful, perfect!', 'Ada');
    await addTicket(store, '3002', {
      account: 'Acme',
      opened: '2026-03-21T10:00Z',
      subject: 'Terrible answer',
      sentiment_score: 0.4,
    });
    await addTicket(store, '3003', {
      account: 'Acme',
      opened: '2026-03-22T10:00Z',
      subject: 'Thank you, great help',
      category: 'Praise',
    });
    await store.db
      .insertInto('survey_response')
      .values({
        id: idOf('survey_response', 'of 3003'),
        source: 'test',
        source_id: 'of 3003',
        ticket_id: idOf('ticket', '3003'),
        kind: 'csat',
        score: 1,
        comment: 'Nobody called back',
        responded_at: new Date('2026-03-23T10:00Z'),
      })
      .execute();
    await addTicket(store, '3004', {
      account: 'Acme',
      opened: '2026-03-22T10:00Z',
      subject: 'Die Verbindung ist nicht da und wir warten noch',
    });
    await addEscalation(store, 'CE-3', { account: 'Acme', opened: '2026-03-30T00:00Z' });
    await sql`update customer_escalation set issue = 'The customer is very disappointed and threatens to sue' where ce_number = 'CE-3'`.execute(
      store.db,
    );
    report = await runAnalysis(analysisDeps(store), only);
  });

  it('reads tone and topic of every ticket, escalation and survey (S0-05)', async () => {
    expect(report.steps[0]).toMatchObject({ name: 'text', state: 'done' });
    const records = await sql<{ count: number }>`
      select (select count(*) from ticket) + (select count(*) from customer_escalation)
           + (select count(*) from survey_response) as count`.execute(store.db);
    const scores = await scoresOf(store);
    expect(scores.size).toBe(records.rows[0]!.count);
    // The customer's words alone: Ada's friendly answer does not count.
    expect(scores.get(idOf('ticket', '3001'))).toMatchObject({
      kind: 'ticket',
      tone: 'negative',
      sentiment_source: 'lexicon',
      sentiment_version: 'en-1',
      topic: 'Backup',
      topic_source: 'keywords',
      account_id: idOf('account', 'Globex'),
    });
    expect(scores.get(idOf('customer_escalation', 'CE-3'))).toMatchObject({ tone: 'negative' });
  });

  it('takes the survey answer before the tone of the source, and that before the words', async () => {
    const scores = await scoresOf(store);
    expect(scores.get(idOf('ticket', '3003'))).toMatchObject({
      sentiment: -1,
      sentiment_source: 'survey',
      topic: 'Praise',
      topic_source: 'source',
    });
    expect(scores.get(idOf('ticket', '3002'))).toMatchObject({
      sentiment: 0.4,
      tone: 'positive',
      sentiment_source: 'source',
    });
  });

  it('says "not scored" of a German text, not 0, and tells how many there are', async () => {
    const scores = await scoresOf(store);
    expect(scores.get(idOf('ticket', '3004'))).toMatchObject({
      sentiment: null,
      tone: 'not scored',
      sentiment_source: null,
    });
    const unread = [...scores.values()].filter(({ tone }) => tone === 'not scored').length;
    expect(report.steps[0]!.notes.join()).toContain(`${unread} of ${scores.size} texts are not scored`);
  });

  it('looks only at what changed, and forgets what was deleted', async () => {
    await sql`update ticket set synced_at = now() - interval '1 day'`.execute(store.db);
    await sql`update ticket_event set synced_at = now() - interval '1 day'`.execute(store.db);
    await sql`update survey_response set synced_at = now() - interval '1 day'`.execute(store.db);
    await sql`update customer_escalation set synced_at = now() - interval '1 day'`.execute(store.db);
    await sql`update analysis_step set read_until = now() - interval '1 hour'`.execute(store.db);
    await sql`update ticket set deleted_at = now(), synced_at = now() where number = '3002'`.execute(
      store.db,
    );
    await say(store, '1001', '2026-03-30T10:00Z', 'We are really happy now, thank you so much!');
    const before = await scoresOf(store);
    const soon = { ...analysisDeps(store), clock: fixedClock(new Date(worldNow.getTime() + 60_000)) };
    const second = await runAnalysis(soon, only);
    const after = await scoresOf(store);
    expect(after.has(idOf('ticket', '3002'))).toBe(false);
    expect(after.get(idOf('ticket', '1001'))).toMatchObject({ tone: 'positive' });
    const rewritten = [...after.values()].filter(
      ({ computed_at }) => computed_at.getTime() > worldNow.getTime(),
    );
    expect(rewritten.map(({ id }) => id)).toEqual([idOf('ticket', '1001')]);
    expect(before.size - after.size).toBe(1);
    expect(second.steps[0]!.rowsWritten).toBeLessThan(5);
  });
});

describe('questions that come again and again (S2-26)', () => {
  let store: Store;
  beforeAll(async () => {
    store = await openTestStore();
    await fillWorld(store);
    for (let index = 0; index < 8; index += 1) {
      await addTicket(store, `Q${index}`, {
        account: index % 2 === 0 ? 'Acme' : 'Globex',
        opened: `2026-03-0${index + 1}T10:00Z`,
        subject: `How do I rotate the API key of cluster prod-${index}?`,
        ...(index < 5
          ? {
              status: 'solved',
              solved_at: new Date('2026-03-20T10:00Z'),
              first_replied_at: new Date('2026-03-10T10:00Z'),
            }
          : {}),
      });
    }
    for (let index = 0; index < 4; index += 1)
      await addTicket(store, `I${index}`, {
        opened: '2026-03-05T10:00Z',
        subject: 'Where is the invoice of last month?',
      });
    await addTicket(store, 'OLD', {
      opened: '2025-03-05T10:00Z',
      subject: 'How do I rotate the API key of cluster prod?',
    });
    await runAnalysis(analysisDeps(store), only);
  });

  it('finds the question, who asks it, and the newest ticket that was answered', async () => {
    const rows = await store.db.selectFrom('faq_candidate').selectAll().execute();
    // Four invoices are fewer than five; the ticket of last year is out of the window.
    expect(rows).toHaveLength(1);
    expect(rows[0]).toMatchObject({
      tickets: 8,
      accounts: 2,
      answered: 5,
      answered_ticket_id: idOf('ticket', 'Q4'),
    });
    expect(rows[0]!.question).toMatch(/rotate the API key/);
    const [finding] = (await readFindings(store)).filter(({ kind }) => kind === 'faq-candidate');
    expect(finding).toMatchObject({
      value: 8,
      facts: { tickets: 8, accounts: 2, answered_share: 5 / 8, answered_ticket: 'Q4' },
    });
    expect((finding!.evidence as { rows: unknown[] }).rows).toHaveLength(8);
  });
});
