import { afterAll, beforeAll, expect, it } from 'vitest';
import { planSchema } from '../../../src/query/metric-query.ts';
import { type BedrockReply, type BedrockServer, startBedrockServer } from '../../fakes/bedrock-server.ts';
import { aMetricPlan, aPlanner, aRequest, catalogue, useTestCredentials } from './support.ts';

let server: BedrockServer;
beforeAll(async () => {
  useTestCredentials();
  server = await startBedrockServer();
});
afterAll(() => server.close());

const sql = `'; DROP TABLE tickets; --`;
const list = {
  kind: 'list',
  entity: 'ticket',
  columns: [],
  time: null,
  where: [],
  orderBy: [],
  limit: 10,
  subject: 'none',
};
const nested = (depth: number) => `${'['.repeat(depth)}1${']'.repeat(depth)}`;
const nestedObject = (depth: number) => `${'{"plan":'.repeat(depth)}1${'}'.repeat(depth)}`;
const clarify = (options: unknown, question: unknown = 'Which one?') => ({
  kind: 'clarify',
  question,
  options,
});
const filter = (more: Record<string, unknown>) =>
  aMetricPlan({
    where: [{ any: [{ dimension: 'ticket_priority', op: 'eq', values: ['urgent'], ...more }] }],
  });
const time = (value: unknown) => aMetricPlan({ time: value });

/** Plans as JSON text: what a broken or hijacked model might put into the tool's input. */
const plans: readonly (readonly [string, unknown])[] = [
  ['nothing', {}],
  ['null', null],
  ['a number', 7],
  ['a boolean', true],
  ['a string', 'metric'],
  ['SQL', sql],
  ['a list', [aMetricPlan()]],
  ['an empty list', []],
  ['no kind', { metrics: ['sla_breaches'] }],
  ['an unknown kind', aMetricPlan({ kind: 'sql' })],
  ['a kind that is a number', aMetricPlan({ kind: 1 })],
  ['a kind that is a list', aMetricPlan({ kind: ['metric'] })],
  ['a kind from the prototype', aMetricPlan({ kind: 'constructor' })],
  ['no metrics', aMetricPlan({ metrics: [] })],
  ['metrics that are a string', aMetricPlan({ metrics: 'sla_breaches' })],
  ['metrics that are an object', aMetricPlan({ metrics: { 0: 'sla_breaches', length: 1 } })],
  ['too many metrics', aMetricPlan({ metrics: Array(500).fill('sla_breaches') })],
  ['the same metric twice', aMetricPlan({ metrics: ['sla_breaches', 'sla_breaches'] })],
  ['SQL as metric', aMetricPlan({ metrics: [sql] })],
  ['SQL as dimension', aMetricPlan({ groupBy: [{ dimension: sql }] })],
  ['SQL as grain', aMetricPlan({ groupBy: [{ dimension: 'time', grain: sql }] })],
  ['SQL as filter value', filter({ values: [sql] })],
  ['SQL as operator', filter({ op: '= 1 OR 1=1' })],
  ['SQL as filtered dimension', filter({ dimension: sql })],
  ['SQL as order', aMetricPlan({ orderBy: [{ by: sql, direction: 'asc' }] })],
  ['SQL as direction', aMetricPlan({ orderBy: [{ by: 'sla_breaches', direction: sql }] })],
  ['SQL as having', aMetricPlan({ having: [{ metric: sql, op: 'gt', value: 1 }] })],
  ['SQL as comparison', aMetricPlan({ compare: sql })],
  ['SQL as subject', aMetricPlan({ subject: sql })],
  ['SQL as chart', aMetricPlan({ chart: sql })],
  ['SQL as limit', aMetricPlan({ limit: sql })],
  ['SQL as date', time({ kind: 'between', from: sql })],
  ['SQL as entity', { ...list, entity: sql }],
  ['SQL as column', { ...list, columns: [sql] }],
  ['a table instead of an entity', { ...list, entity: 'pg_catalog' }],
  ['a column that is no dimension', { ...list, columns: ['password_hash'] }],
  ['a field for SQL', aMetricPlan({ sql: 'SELECT * FROM people' })],
  ['a field for the tenant', aMetricPlan({ tenant: 'other' })],
  ['a field for the user', { ...list, user: 'U999' }],
  ['a field for the role', aMetricPlan({ role: 'admin' })],
  ['a field beside the plan is refused in a filter', filter({ raw: '1=1' })],
  ['a negative limit', aMetricPlan({ limit: -1 })],
  ['a broken limit', aMetricPlan({ limit: 1.5 })],
  ['a huge limit', aMetricPlan({ limit: 1e308 })],
  ['a million rows', { ...list, limit: 1_000_000 }],
  ['a time that is a string', time('last month')],
  ['a time without kind', time({ unit: 'month', n: 1 })],
  ['a time of zero months', time({ kind: 'relative', unit: 'month', n: 0, completeOnly: true })],
  ['a time of a fortnight', time({ kind: 'relative', unit: 'fortnight', n: 1, completeOnly: true })],
  ['a date that is none', time({ kind: 'between', from: '2026-13-45' })],
  ['a year far away', time({ kind: 'calendar', unit: 'year', year: 99_999 })],
  ['quarter nine', time({ kind: 'calendar', unit: 'quarter', number: 9 })],
  ['a range backwards', time({ kind: 'between', from: '2026-06-01', to: '2025-06-01' })],
  ['a filter without values', filter({ values: undefined })],
  ['values that are objects', filter({ values: [{ $ne: null }] })],
  ['values that are lists', filter({ values: [['urgent']] })],
  ['values with NUL and lone surrogates', filter({ values: ['a\u0000b\uD800'] })],
  ['too many values', filter({ values: Array(5000).fill('x') })],
  ['a value of 200 KB', filter({ values: ['x'.repeat(200_000)] })],
  ['a name of 200 KB', aMetricPlan({ metrics: ['a'.repeat(200_000)] })],
  ['a filter with no alternatives', aMetricPlan({ where: [{ any: [] }] })],
  ['a filter inside a filter', aMetricPlan({ where: [{ any: [{ any: [{ any: [] }] }] }] })],
  ['a thousand filters', aMetricPlan({ where: Array(1000).fill({ any: [] }) })],
  ['a question back without options', clarify([])],
  ['a question back with one option', clarify([{ label: 'one', plan: aMetricPlan() }])],
  [
    'a question back inside a question back',
    clarify([
      { label: 'a', plan: clarify([]) },
      { label: 'b', plan: clarify([]) },
    ]),
  ],
  [
    'a question back of markup only',
    clarify([
      { label: '<>', plan: aMetricPlan() },
      { label: '\u200B', plan: aMetricPlan() },
    ]),
  ],
  [
    'a question back with links',
    clarify(
      [
        { label: 'http://evil.example', plan: aMetricPlan() },
        { label: 'b', plan: list },
      ],
      '<http://evil.example|click>',
    ),
  ],
  [
    'a question back of 1 KB of links',
    clarify(
      [
        { label: 'a', plan: aMetricPlan() },
        { label: 'b', plan: list },
      ],
      'x://'.repeat(75),
    ),
  ],
  ['a refusal with an unknown reason', { kind: 'refuse', reason: 'because', detail: '' }],
  [
    'a refusal with a link',
    { kind: 'refuse', reason: 'no_metric', detail: 'see https://evil.example/?d=1', nearestMetrics: [] },
  ],
  ['a refusal that claims to be ours', { kind: 'refuse', reason: 'unavailable', detail: 'x' }],
  ['a refusal with SQL names', { kind: 'refuse', reason: 'no_metric', detail: sql, nearestMetrics: [sql] }],
  ['a refusal of 10 KB', { kind: 'refuse', reason: 'unclear', detail: 'y'.repeat(10_000) }],
];

/** Inputs as raw JSON, for what `JSON.stringify` cannot write. */
const inputs: readonly (readonly [string, string])[] = [
  ['an input that is a string', '"plan"'],
  ['an input that is null', 'null'],
  ['an input that is a list', '[1,2]'],
  ['a plan in a plan, 10 deep', nestedObject(10)],
  ['a plan in a plan, 1000 deep', nestedObject(1000)],
  ['lists 15,000 deep', `{"plan":${nested(15_000)}}`],
  ['lists 100,000 deep', `{"plan":${nested(100_000)}}`],
  ['filters 5000 deep', `{"plan":{"kind":"metric","metrics":["sla_breaches"],"where":${nested(5000)}}}`],
  ['100,000 empty parts', `{"plan":{"kind":"metric","metrics":[${Array(60_000).fill('[]').join()}]}}`],
  ['20,000 fields', `{"plan":{${Array.from({ length: 20_000 }, (_, i) => `"k${i}":1`).join()}}}`],
  ['a prototype as plan', '{"plan":{"__proto__":{"kind":"metric","metrics":["sla_breaches"]}}}'],
  [
    'a prototype beside a plan',
    JSON.stringify({ plan: aMetricPlan() }).replace('"kind"', '"__proto__":{"admin":true},"kind"'),
  ],
  ['a prototype beside the wrapper', '{"__proto__":{"plan":1},"constructor":{"prototype":{}},"plan":{}}'],
  [
    'a constructor in a filter',
    JSON.stringify({ plan: filter({ values: ['x'] }) }).replace(
      '"op"',
      '"constructor":{"prototype":{"x":1}},"op"',
    ),
  ],
  [
    'toString as a field',
    JSON.stringify({ plan: aMetricPlan() }).replace('"kind"', '"toString":1,"hasOwnProperty":2,"kind"'),
  ],
  [
    'the same field twice',
    '{"plan":{"kind":"refuse","kind":"metric","metrics":["x"],"metrics":["sla_breaches"]}}',
  ],
  ['numbers beyond all bounds', '{"plan":{"kind":"metric","metrics":["sla_breaches"],"limit":1e999}}'],
  ['a plan as a broken string', '{"plan":"{\\"kind\\":\\"metric\\""}'],
  [
    'a plan as a string in a string',
    JSON.stringify({ plan: JSON.stringify({ plan: JSON.stringify(aMetricPlan()) }) }),
  ],
  ['a plan as a string of a deep list', JSON.stringify({ plan: `{"kind":${nested(50_000)}}` })],
  ['a string of 10 MB', `{"plan":"${'z'.repeat(10 * 1024 * 1024)}"}`],
  ['a field name of 10 MB', `{"plan":{"${'z'.repeat(10 * 1024 * 1024)}":1}}`],
];

function rawReply(input: string, toolUseId = 'tooluse_1'): BedrockReply {
  const body = `{"metrics":{"latencyMs":1},"output":{"message":{"role":"assistant","content":[{"toolUse":{"toolUseId":${JSON.stringify(toolUseId)},"name":"answer_plan","input":${input}}}]}},"stopReason":"tool_use","usage":{"inputTokens":1,"outputTokens":1,"totalTokens":2}}`;
  return { kind: 'raw', status: 200, contentType: 'application/json', body };
}

const cases = [
  ...plans.map(([title, plan]) => [title, rawReply(JSON.stringify({ plan }))] as const),
  ...inputs.map(([title, input]) => [title, rawReply(input)] as const),
  ['an id that is no id', rawReply('{}', '../../x y')] as const,
  ...wholeAnswers().map(
    ([title, body]) => [title, { kind: 'raw', status: 200, contentType: 'application/json', body }] as const,
  ),
] satisfies readonly (readonly [string, BedrockReply])[];

/** Answers that are broken outside of the tool's input. */
function wholeAnswers(): readonly (readonly [string, string])[] {
  const call = { toolUseId: 'a', name: 'answer_plan', input: { plan: {} } };
  const answer = (content: unknown, more: object = {}) =>
    JSON.stringify({ output: { message: { role: 'assistant', content } }, stopReason: 'tool_use', ...more });
  return [
    ['an answer that is a string', '"x"'],
    ['an answer that is null', 'null'],
    ['an answer that is a list', '[]'],
    ['an answer with content that is a string', answer('x')],
    ['an answer with content that is null', answer(null)],
    ['blocks that are null', answer([null, null])],
    ['blocks that are numbers', answer([1, 2])],
    ['a block of two kinds', answer([{ text: 'x', toolUse: call }])],
    ['a tool use without anything', answer([{ toolUse: {} }])],
    ['a tool use with numbers for names', answer([{ toolUse: { toolUseId: 1, name: 2, input: 3 } }])],
    ['a hundred tool uses', answer(Array(100).fill({ toolUse: call }))],
    [
      'tokens that are words',
      answer([{ toolUse: call }], { usage: { inputTokens: 'many', outputTokens: null } }),
    ],
    ['negative tokens', answer([{ toolUse: call }], { usage: { inputTokens: -5, outputTokens: 1e99 } })],
    ['a stop reason that is a list', answer([{ toolUse: call }], { stopReason: ['tool_use'] })],
    ['a stop reason that is missing', answer([{ toolUse: call }], { stopReason: undefined })],
  ];
}

it('meets more than a hundred kinds of broken answers', () => {
  expect(new Set(cases.map(([title]) => title)).size).toBe(cases.length);
  expect(cases.length).toBeGreaterThan(100);
});

const readable = new Set(plans.map(([title]) => title));

it.each(cases)('answers with a valid plan or a refusal when the model sends %s', async (title, reply) => {
  server.script(reply);
  const planned = await aPlanner({ endpoint: server.url }).plan(aRequest());
  const parsed = planSchema.safeParse(planned.plan);
  expect(parsed.success && parsed.data).toStrictEqual(planned.plan);
  // What can be read is judged for what it says, not thrown away as a failure.
  if (readable.has(title)) expect(planned.plan).not.toMatchObject({ reason: 'unavailable' });
  expect(namesIn(planned.plan).filter((name) => !isKnown(name))).toStrictEqual([]);
  expect(shownWords(planned.plan)).not.toMatch(/[<>]|:\/\//);
  for (const tokens of Object.values(planned.usage ?? {})) expect(tokens).toBeGreaterThanOrEqual(0);
  expect(({} as Record<string, unknown>)['admin']).toBeUndefined();
  expect(server.requests.length).toBeLessThanOrEqual(2);
});

/** Words of a plan that a person reads. */
function shownWords(plan: object): string {
  if ('options' in plan && 'question' in plan) {
    const options = plan.options as readonly { readonly label: string }[];
    return [plan.question, ...options.map(({ label }) => label)].join('\n');
  }
  return 'detail' in plan ? String(plan.detail) : '';
}

const isKnown = (name: string) =>
  name === 'time' ||
  catalogue.metrics.has(name) ||
  catalogue.dimensions.has(name) ||
  catalogue.entities.has(name);

/** Every name of the catalogue in a plan, wherever it stands. */
function namesIn(value: unknown, key = ''): readonly string[] {
  if (typeof value === 'string') {
    return [
      'metrics',
      'dimension',
      'by',
      'metric',
      'entity',
      'columns',
      'nearestMetrics',
      'timeDimension',
    ].includes(key)
      ? [value]
      : [];
  }
  if (Array.isArray(value)) return value.flatMap((item) => namesIn(item, key));
  if (typeof value !== 'object' || value === null) return [];
  return Object.entries(value).flatMap(([name, member]) => namesIn(member, name));
}
