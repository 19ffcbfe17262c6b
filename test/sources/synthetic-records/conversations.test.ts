import { rmSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { bytes, groupBy, type Row, readTable } from '../synthetic/world-files.ts';
import { type RecordWorld, writeRecords } from './record-world.ts';

const at = (row: Row | undefined, column: string): number => Date.parse(row?.[column] ?? '');
const median = (values: readonly number[]): number =>
  [...values].sort((a, b) => a - b)[Math.floor(values.length / 2)] ?? Number.NaN;

describe('conversations of a synthetic world', () => {
  let world: RecordWorld;
  let conversations: readonly Row[];
  let messages: readonly Row[];
  let byConversation: ReadonlyMap<string, readonly Row[]>;

  beforeAll(async () => {
    world = await writeRecords(42, 'demo');
    conversations = readTable(world.dir, 'conversations/conversations.csv');
    messages = readTable(world.dir, 'conversations/messages.csv');
    byConversation = groupBy(messages, (row) => row['conversation_id'] ?? '');
  });
  afterAll(() => rmSync(world.dir, { recursive: true, force: true }));

  it('states first response, average response, resolution and count as its messages have them (S1-03, S1-04)', () => {
    let answered = 0;
    for (const row of conversations) {
      const own = byConversation.get(row['conversation_id'] ?? '') ?? [];
      expect(row['message_count']).toBe(String(own.length));
      expect(at(own[0], 'at')).toBe(at(row, 'opened_at'));
      const firstAgent = own.find((one) => one['author_kind'] === 'agent');
      const first = firstAgent === undefined ? '' : String((at(firstAgent, 'at') - at(own[0], 'at')) / 1000);
      expect(row['first_response_seconds']).toBe(first);
      if (firstAgent !== undefined) answered += 1;
      // Independent of the generator: each agent's message that follows an unanswered one of the customer.
      const gaps: number[] = [];
      for (const [index, one] of own.entries()) {
        if (one['author_kind'] !== 'agent') continue;
        const before = own.slice(0, index);
        const lastAgent = before.findLastIndex((other) => other['author_kind'] === 'agent');
        const open = before.slice(lastAgent + 1).find((other) => other['author_kind'] === 'customer');
        if (open !== undefined) gaps.push((at(one, 'at') - at(open, 'at')) / 1000);
      }
      const mean = gaps.reduce((sum, gap) => sum + gap, 0) / gaps.length;
      if (gaps.length === 0) expect(row['avg_response_seconds']).toBe('');
      else expect(Number(row['avg_response_seconds'])).toBeCloseTo(mean, 0);
      const resolved =
        row['resolved_at'] === '' ? '' : String((at(row, 'resolved_at') - at(row, 'opened_at')) / 1000);
      expect(row['resolution_seconds']).toBe(resolved);
      expect(row['agent_id'] === '').toBe(firstAgent === undefined);
    }
    expect(answered).toBeGreaterThan(200);
  });

  it('keeps messages in order, within the world, and answers only through agents of the company', () => {
    const agents = new Set(world.basis.people.filter(({ role }) => role === 'agent').map(({ id }) => id));
    const end = world.basis.asOf.getTime();
    for (const own of byConversation.values()) {
      if (own[0]?.['conversation_id'] === '') continue;
      const times = own.map((row) => at(row, 'at'));
      expect(times).toEqual([...times].sort((a, b) => a - b));
    }
    for (const row of messages) {
      expect(at(row, 'at')).toBeLessThan(end);
      for (const column of ['delivered_at', 'read_at'])
        if (row[column] !== '') expect(at(row, column)).toBeLessThan(end);
      expect(row['author_kind'] === 'agent').toBe(agents.has(row['author_id'] ?? ''));
    }
  });

  it('narrows from sent to delivered to read, and gives a reason for each failure (S1-04)', () => {
    const outgoing = messages.filter((row) => row['direction'] === 'out');
    for (const row of outgoing) {
      expect(row['failed_reason'] === '').toBe(row['delivery_status'] !== 'failed');
      expect(row['delivered_at'] !== '').toBe(['delivered', 'read'].includes(row['delivery_status'] ?? ''));
      expect(row['read_at'] !== '').toBe(row['delivery_status'] === 'read');
      if (row['read_at'] !== '') expect(at(row, 'read_at')).toBeGreaterThan(at(row, 'delivered_at'));
      if (row['delivered_at'] !== '') expect(at(row, 'delivered_at')).toBeGreaterThan(at(row, 'at'));
    }
    const share = (status: string) =>
      outgoing.filter((row) => row['delivery_status'] === status).length / outgoing.length;
    expect(share('read')).toBeGreaterThan(0.4);
    expect(share('failed')).toBeLessThan(0.05);
    for (const row of messages) expect(row['recipient']).not.toMatch(/\d{3}/);
  });

  it('fails on the planted day as the truth says, and hardly on others', () => {
    const truth = world.truth['conversations']?.['deliveryFailures'] as {
      day: string;
      sent: number;
      failed: number;
      otherDays: { sent: number; failed: number };
    };
    const whatsapp = messages.filter((row) => row['channel'] === 'WhatsApp' && row['direction'] === 'out');
    const count = (isBad: boolean, isFailed: boolean) =>
      whatsapp.filter(
        (row) =>
          (row['at']?.slice(0, 10) === truth.day) === isBad &&
          (!isFailed || row['delivery_status'] === 'failed'),
      ).length;
    expect([count(true, false), count(true, true)]).toEqual([truth.sent, truth.failed]);
    expect([count(false, false), count(false, true)]).toEqual([truth.otherDays.sent, truth.otherDays.failed]);
    const rate = truth.otherDays.failed / truth.otherDays.sent;
    expect(truth.failed / truth.sent).toBeGreaterThan(5 * rate);
  });

  it('lets everybody wait on the planted evening, when the queue is at its peak', () => {
    const truth = world.truth['conversations'] as {
      longWaits: { from: string; to: string };
      queuePeak: { session: string; at: string; depth: number };
    };
    const chats = conversations.filter(
      (row) =>
        ['WhatsApp', 'Web chat'].includes(row['channel'] ?? '') && row['first_response_seconds'] !== '',
    );
    const isPlanted = (row: Row) =>
      (row['opened_at'] ?? '') >= truth.longWaits.from && (row['opened_at'] ?? '') < truth.longWaits.to;
    const waits = (rows: readonly Row[]) => median(rows.map((row) => Number(row['first_response_seconds'])));
    const planted = chats.filter(isPlanted);
    expect(planted.length).toBeGreaterThanOrEqual(18);
    expect(waits(planted)).toBeGreaterThan(5 * waits(chats.filter((row) => !isPlanted(row))));
    const samples = readTable(world.dir, 'conversations/queue_samples.csv');
    const deepest = samples.reduce((best, row) =>
      Number(row['depth']) > Number(best['depth']) ? row : best,
    );
    expect(Number(deepest['depth'])).toBe(truth.queuePeak.depth);
    expect(truth.queuePeak.at > truth.longWaits.from && truth.queuePeak.at < truth.longWaits.to).toBe(true);
    expect(median(samples.map((row) => Number(row['depth'])))).toBeLessThan(truth.queuePeak.depth / 10);
  });

  it('leaves about forty percent to the bot, whose success is that of its intents', () => {
    const share =
      conversations.filter((row) => row['handled_by_bot'] === 'true' && row['escalated_to_human'] === 'false')
        .length / conversations.length;
    expect(share).toBeGreaterThan(0.32);
    expect(share).toBeLessThan(0.48);
    const events = readTable(world.dir, 'conversations/bot_events.csv');
    const first = [...groupBy(events, (row) => row['conversation_id'] ?? '').values()].map(([row]) => row);
    const rates = world.truth['conversations']?.['botSuccess'] as Record<string, number>;
    // A binomial of this size lies within three deviations of its mean.
    for (const [intent, rate] of Object.entries(rates)) {
      const own = first.filter((row) => row?.['intent'] === intent);
      const found = own.filter((row) => row?.['success'] === 'true').length / Math.max(1, own.length);
      expect(Math.abs(found - rate)).toBeLessThan(
        3 * Math.sqrt((rate * (1 - rate)) / Math.max(1, own.length)),
      );
    }
    const handedOver = new Set(
      events.filter((row) => row['outcome'] === 'handed_over').map((row) => row['conversation_id']),
    );
    for (const row of conversations)
      expect(row['escalated_to_human']).toBe(String(handedOver.has(row['conversation_id'])));
    const asked = new Set(events.map((row) => row['conversation_id']));
    for (const row of conversations)
      expect(row['handled_by_bot']).toBe(String(asked.has(row['conversation_id'])));
  });

  it('follows the working day and week of both zones', () => {
    const weekend = conversations.filter((row) =>
      [0, 6].includes(new Date(at(row, 'opened_at')).getUTCDay()),
    );
    expect(weekend.length / conversations.length).toBeLessThan(0.2);
    const inHours = conversations.filter((row) => {
      const hour = new Date(at(row, 'opened_at')).getUTCHours();
      return hour >= 7 && hour < 22;
    });
    expect(inHours.length / conversations.length).toBeGreaterThan(0.85);
  });

  it('sends a broadcast to every member of its campaign, and fails for those who bounced', () => {
    const members = readTable(world.dir, 'marketing/campaign_members.csv');
    const broadcasts = messages.filter((row) => row['broadcast_id'] !== '');
    expect(broadcasts.length).toBeGreaterThan(40);
    for (const [campaign, sent] of groupBy(broadcasts, (row) => row['campaign_id'] ?? '')) {
      const own = members.filter((row) => row['campaign_id'] === campaign);
      expect(sent.length).toBe(own.length);
      const failed = sent.filter((row) => row['delivery_status'] === 'failed').length;
      expect(failed).toBe(own.filter((row) => row['status'] === 'bounced').length);
    }
  });

  it('is the same to the byte for the same seed and small enough for a demo and a test', async () => {
    const worlds = [
      await writeRecords(7, 'small'),
      await writeRecords(7, 'small'),
      await writeRecords(8, 'small'),
    ];
    const [first, again, other] = worlds.map(({ dir }) => bytes(dir));
    expect(again).toBe(first);
    expect(other).not.toBe(first);
    expect(worlds[0]?.rows).toBeLessThan(5_000);
    expect(world.rows).toBeLessThan(25_000);
    for (const { dir } of worlds) rmSync(dir, { recursive: true, force: true });
  });
});
