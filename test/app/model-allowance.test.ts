import { afterAll, beforeAll, expect, it } from 'vitest';
import { createMetrics } from '../../src/app/metrics.ts';
import { costOf, createModelAllowance } from '../../src/app/model-allowance.ts';
import { createCascade } from '../../src/planner/cascade.ts';
import { createRulesPlanner } from '../../src/planner/rules/rules-planner.ts';
import { type BedrockServer, errorReply, planReply, startBedrockServer } from '../fakes/bedrock-server.ts';
import { smallCatalogue } from '../planner/bedrock/small-catalogue.ts';
import { aMetricPlan, aPlanner, aRequest, useTestCredentials } from '../planner/bedrock/support.ts';
import { describeStores } from '../support/store.ts';

const person = '0198a1f0-7c1e-7b43-9c4e-3a1f3d1c2b12';
const settings = {
  BEDROCK_TOKENS_PER_DAY: 40_000,
  BEDROCK_COST_PER_DAY: undefined,
  BEDROCK_PRICE_IN: 0.003,
  BEDROCK_PRICE_OUT: 0.015,
};
let server: BedrockServer;
beforeAll(async () => {
  useTestCredentials();
  server = await startBedrockServer();
});
afterAll(() => server.close());

it('costs tokens by the thousand, in and out, and nothing without prices', () => {
  expect(costOf(settings, { inputTokens: 2000, outputTokens: 500 })).toBeCloseTo(0.006 + 0.0075, 10);
  expect(
    costOf({ ...settings, BEDROCK_PRICE_IN: undefined }, { inputTokens: 1, outputTokens: 1 }),
  ).toBeNull();
});

describeStores('the allowance of model tokens', (engine) => {
  it('books what a question took on the person and their local day', async () => {
    const store = await engine.open();
    server.script(planReply(aMetricPlan({ metrics: ['tickets_opened'] })));
    const planner = aPlanner({ endpoint: server.url, allowance: createModelAllowance(store, settings) });
    await planner.plan(aRequest({ catalogue: smallCatalogue, personId: person, zone: 'Pacific/Kiritimati' }));
    const rows = await store.db.selectFrom('model_usage').selectAll().execute();
    expect(rows).toMatchObject([
      { person_id: person, calls: 1, input_tokens: 900, output_tokens: 60, held_tokens: 0 },
    ]);
    expect(rows[0]?.cost).toBeCloseTo(0.9 * 0.003 + 0.06 * 0.015, 10);
  });

  it('is never passed by questions that come at once, and the rules answer beyond it with a line that says so', async () => {
    const store = await engine.open();
    server.script(planReply(aMetricPlan({ metrics: ['tickets_opened'] })));
    const allowance = createModelAllowance(store, settings);
    const held = await Promise.all(
      Array.from({ length: 8 }, () =>
        allowance.hold(person, '2026-11-21', { inputTokens: 9000, outputTokens: 1000 }),
      ),
    );
    expect(held.filter((one) => one !== null)).toHaveLength(4);
    expect(
      await allowance.hold(person, '2026-11-22', { inputTokens: 9000, outputTokens: 1000 }),
    ).not.toBeNull();
    const model = aPlanner({
      endpoint: server.url,
      allowance: { hold: (who, _day, expected) => allowance.hold(who, '2026-11-21', expected) },
    });
    const cascade = createCascade({ first: createRulesPlanner(), second: model, threshold: 0.7 });
    const planned = await cascade.plan(
      aRequest({ catalogue: smallCatalogue, personId: person, question: 'did we let anyone down' }),
    );
    expect(server.requests).toHaveLength(0);
    expect(planned.planner).toBe('rules');
    expect(planned.notes.join()).toContain('allowance of model tokens is used up); understood by rules');
    for (const one of held)
      await one?.settle({ calls: 1, inputTokens: 10, cachedTokens: 0, outputTokens: 1 });
    const [row] = await store.db
      .selectFrom('model_usage')
      .selectAll()
      .where('day', '=', '2026-11-21')
      .execute();
    expect(row).toMatchObject({ calls: 4, input_tokens: 40, output_tokens: 4, held_tokens: 0 });
  });

  it('can be capped by cost', async () => {
    const store = await engine.open();
    const allowance = createModelAllowance(store, { ...settings, BEDROCK_COST_PER_DAY: 0.05 });
    const expected = { inputTokens: 9000, outputTokens: 200 };
    const first = await allowance.hold(person, '2026-11-21', expected);
    expect(first).not.toBeNull();
    expect(await allowance.hold(person, '2026-11-21', expected)).toBeNull();
    await first?.settle({ calls: 1, inputTokens: 1000, cachedTokens: 0, outputTokens: 10 });
    expect(await allowance.hold(person, '2026-11-21', expected)).not.toBeNull();
  });

  it('counts a request whose answer never came', async () => {
    const store = await engine.open();
    server.script({ kind: 'hang' });
    const planner = aPlanner({
      endpoint: server.url,
      timeoutMs: 60,
      allowance: createModelAllowance(store, settings),
    });
    await planner.plan(aRequest({ catalogue: smallCatalogue, personId: person }));
    const [row] = await store.db.selectFrom('model_usage').selectAll().execute();
    expect(row?.input_tokens).toBeGreaterThan(1000);
    server.script(errorReply('AccessDeniedException', 403));
    await aPlanner({ endpoint: server.url, allowance: createModelAllowance(store, settings) }).plan(
      aRequest({ catalogue: smallCatalogue, personId: person }),
    );
    expect((await store.db.selectFrom('model_usage').selectAll().execute())[0]?.input_tokens).toBe(
      row?.input_tokens,
    );
  });
});

it('writes figures that a monitoring system can read', () => {
  const metrics = createMetrics();
  metrics.answered({ outcome: 'answered', planner: 'rules', latencyMs: 150, reason: null });
  metrics.answered({
    outcome: 'refused',
    planner: 'bedrock:x"y\n',
    latencyMs: 4000,
    reason: 'unknown_word: "evil"\n',
  });
  metrics.spent({ calls: 2, inputTokens: 100, cachedTokens: 40, outputTokens: 7 });
  const text = metrics.render({ hits: 3, misses: 1 });
  expect(text.split('\n')).toEqual(
    expect.arrayContaining([
      'heed_answer_seconds_bucket{le="0.1"} 0',
      'heed_answer_seconds_bucket{le="0.2"} 1',
      'heed_answer_seconds_bucket{le="5"} 2',
      'heed_answer_seconds_bucket{le="+Inf"} 2',
      'heed_answer_seconds_sum 4.15',
      'heed_answers_total{outcome="answered",planner="rules"} 1',
      'heed_answers_total{outcome="refused",planner="bedrock"} 1',
      'heed_answer_errors_total{code="unknown_word"} 1',
      'heed_query_cache_hit_ratio 0.75',
      'heed_model_tokens_total{direction="in"} 100',
    ]),
  );
  for (const line of text.trimEnd().split('\n'))
    expect(line).toMatch(/^(?:# (?:HELP|TYPE) \w+ .+|\w+(?:\{(?:\w+="[^"\\]*",?)+\})? [\d.]+)$/);
});
