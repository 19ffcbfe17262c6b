import { appendFileSync, cpSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Catalogue } from '../../src/catalogue/catalogue.ts';
import { loadCatalogue } from '../../src/catalogue/load-catalogue.ts';
import type { Store } from '../../src/store/database.ts';
import { sql } from '../../src/store/database.ts';
import { describeStores } from '../support/store.ts';
import { asking, figure, metricPlan, records } from './support/ask.ts';
import { seedWiderWorld } from './support/wider-world.ts';
import { seedWorld } from './support/world.ts';

const folder = mkdtempSync(join(tmpdir(), 'heed-derived-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const metric = (id: string, formula: string, format = 'number') => `
  - id: ${id}
    label: ${id.replaceAll('_', ' ')}
    description: A metric that this test makes up from others.
    synonyms: [${id.replaceAll('_', '')} of the test]
    unit: units
    format: ${format}
    good: up
    formula: ${formula}
`;

function loadWith(...metrics: readonly string[]) {
  cpSync(resolve('catalogue'), folder, { recursive: true });
  appendFileSync(
    join(folder, 'constants.yml'),
    '  minutes: { label: minutes each, value: 6, unit: minutes }\n  hourly: { label: cost of an hour, value: 30, unit: money, currency: EUR }\n',
  );
  writeFileSync(join(folder, 'metrics', 'made-up.yml'), `metrics:${metrics.join('')}`);
  return loadCatalogue(folder);
}

describeStores('a derived metric', (engine) => {
  let store: Store;
  let catalogue: Catalogue;
  beforeAll(async () => {
    const loaded = loadWith(
      metric('hours_saved', 'bot_conversations * minutes / 60'),
      metric('money_saved', 'bot_conversations * minutes / 60 * hourly', 'money'),
      metric('conversations_per_account', 'conversations / accounts'),
      metric('cost_in_two_currencies', 'pipeline_amount - accounts * hourly', 'money'),
    );
    if (!loaded.ok)
      throw new Error(loaded.issues.map(({ path, message }) => `${path} ${message}`).join('\n'));
    catalogue = loaded.value;
    store = await engine.open();
    await seedWorld(store);
    await seedWiderWorld(store);
  });

  const botConversations = async (): Promise<number> => {
    const { rows } = await sql<{ n: number }>`
      select count(*)::int as n from conversation where handled_by_bot`.execute(store.db);
    return rows[0]!.n;
  };

  it('is its formula over what its metrics are, with the constants said in the answer', async () => {
    const ask = asking(store, catalogue);
    const answer = await ask.answer(metricPlan('hours_saved', { time: { kind: 'all' } }));
    expect(figure(answer)).toBeCloseTo(((await botConversations()) * 6) / 60, 10);
    expect(answer.provenance.filters).toContain(
      'hours saved = Conversations of the bot × 6 (minutes each) / 60',
    );
  });

  it('takes the currency of its constant', async () => {
    const answer = await asking(store, catalogue).answer(
      metricPlan('money_saved', { time: { kind: 'all' } }),
    );
    expect(answer.columns[0]?.format).toEqual({ kind: 'money', currency: 'EUR' });
    expect(figure(answer)).toBeCloseTo((await botConversations()) * 0.1 * 30, 10);
  });

  it('joins metrics of two entities group by group', async () => {
    const answer = await asking(store, catalogue).answer(
      metricPlan('conversations_per_account', {
        groupBy: [{ dimension: 'industry' }],
        time: { kind: 'all' },
        limit: 100,
      }),
    );
    const { rows } = await sql<{ industry: string | null; value: number | null }>`
      select a.industry, sum((select count(*) from conversation c where c.account_id = a.id))::float / count(*) as value
        from account a where a.deleted_at is null group by 1`.execute(store.db);
    for (const { industry, conversations_per_account: value } of records(answer)) {
      const expected = rows.find((row) => row.industry === industry)?.value ?? null;
      expect([industry, value]).toEqual([industry, expected]);
    }
    expect(answer.rows.length).toBeGreaterThanOrEqual(rows.length);
  });

  it('does not mix a constant in one currency with amounts in another', async () => {
    const issues = await asking(store, catalogue).issues(metricPlan('cost_in_two_currencies'));
    expect(issues.map(({ code }) => code)).toEqual(['constant-in-other-currency']);
  });
});

describe('a formula in a catalogue file', () => {
  it('may name only metrics and constants that exist', () => {
    const loaded = loadWith(metric('hours_saved', 'bot_conversatons * minutes'));
    expect(loaded.ok).toBe(false);
    if (loaded.ok) return;
    expect(loaded.issues[0]).toMatchObject({
      code: 'unknown-metric',
      message: 'hours_saved: bot_conversatons is not a simple metric and there is no such constant',
    });
    expect(loaded.issues[0]?.path).toMatch(/^metrics\/made-up\.yml:9 /);
  });

  it('is checked where it stands', () => {
    const loaded = loadWith(metric('hours_saved', '(conversations'));
    expect(loaded.ok ? [] : loaded.issues.map(({ path, message }) => [path, message])).toEqual([
      ['metrics/made-up.yml:9 metrics[0].formula', 'a bracket is not closed'],
    ]);
  });
});
