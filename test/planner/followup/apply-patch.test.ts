import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { applyPatch } from '../../../src/planner/followup/apply-patch.ts';
import { queryPlanSchema } from '../../../src/query/metric-query.ts';
import { type PlanPatch, planPatchSchema } from '../../../src/query/plan-patch.ts';
import { listPlan, metricPlan, theCatalogue } from '../../query/support/ask.ts';

const catalogue = theCatalogue();
const base = metricPlan('tickets_opened', {
  groupBy: [{ dimension: 'priority' }],
  time: { kind: 'to_date', unit: 'month' },
  where: [{ any: [{ dimension: 'region', op: 'eq', values: ['EMEA'] }] }],
});
const patched = (patch: Omit<PlanPatch, 'kind'>, plan: Parameters<typeof applyPatch>[1] = base) => {
  const applied = applyPatch(catalogue, plan, { kind: 'patch', ...patch });
  if (!applied.ok) throw new Error(JSON.stringify(applied.issues));
  return applied.value;
};
const eq = (dimension: string, ...values: string[]) => ({
  any: [{ dimension, op: values.length > 1 ? ('in' as const) : ('eq' as const), values }],
});
const neq = (dimension: string, value: string) => ({
  any: [{ dimension, op: 'neq' as const, values: [value] }],
});

describe('a change of a plan', () => {
  it('leaves alone what it does not name', () => {
    expect(patched({})).toEqual(base);
    expect(patched({ limit: 5 })).toEqual({ ...base, limit: 5 });
  });

  it('puts a condition in the place of that on the same dimension, and beside others', () => {
    expect(patched({ where: { op: 'replace', all: [eq('region', 'APAC')] } }).where).toEqual([
      eq('region', 'APAC'),
    ]);
    expect(patched({ where: { op: 'replace', all: [eq('segment', 'SMB')] } }).where).toEqual([
      eq('region', 'EMEA'),
      eq('segment', 'SMB'),
    ]);
  });

  it('keeps one of each while there is an each', () => {
    const list = listPlan('ticket', { onePer: 'assignee' });
    expect(patched({ limit: 5 }, list)).toMatchObject({ onePer: 'assignee' });
    expect(patched({ entity: 'lead' }, list)).not.toHaveProperty('onePer');
    expect(applyPatch(catalogue, list, { kind: 'patch', to: 'metric' }).ok).toBe(false);
    const leaders = metricPlan('tickets_opened', {
      groupBy: [{ dimension: 'priority' }, { dimension: 'account' }],
      onePer: 'priority',
      orderBy: [{ by: 'tickets_opened', direction: 'desc' }],
    });
    expect(patched({ limit: 5 }, leaders)).toMatchObject({ onePer: 'priority' });
    const alone = { op: 'remove' as const, groups: [{ dimension: 'priority' }] };
    expect(patched({ groupBy: alone }, leaders)).not.toHaveProperty('onePer');
  });

  it('widens, takes out and drops values', () => {
    const two = patched({ where: { op: 'widen', all: [eq('region', 'APAC')] } });
    expect(two.where).toEqual([eq('region', 'EMEA', 'APAC')]);
    expect(patched({ where: { op: 'replace', all: [neq('region', 'apac')] } }, two).where).toEqual([
      { any: [{ dimension: 'region', op: 'in', values: ['EMEA'] }] },
    ]);
    expect(patched({ where: { op: 'replace', all: [neq('region', 'EMEA')] } }).where).toEqual([
      neq('region', 'EMEA'),
    ]);
    expect(patched({ dropWhere: ['region'] }).where).toEqual([]);
    expect(patched({ dropWhere: 'all' }, two).where).toEqual([]);
  });

  it('joins what is left out, and takes it back in', () => {
    const without = patched({ where: { op: 'replace', all: [neq('ticket_status', 'closed')] } });
    const more = patched({ where: { op: 'replace', all: [neq('ticket_status', 'solved')] } }, without);
    expect(more.where.at(-1)).toEqual({
      any: [{ dimension: 'ticket_status', op: 'not_in', values: ['closed', 'solved'] }],
    });
    const less = patched({ where: { op: 'widen', all: [eq('ticket_status', 'closed')] } }, more);
    expect(less.where.at(-1)).toEqual({
      any: [{ dimension: 'ticket_status', op: 'not_in', values: ['solved'] }],
    });
  });

  it('carries order and conditions over to the figure that takes the place of another', () => {
    const ranked = metricPlan('tickets_opened', {
      groupBy: [{ dimension: 'account' }],
      orderBy: [{ by: 'tickets_opened', direction: 'desc' }],
      having: [{ metric: 'tickets_opened', op: 'gt', value: 3 }],
    });
    expect(patched({ metrics: { op: 'replace', ids: ['tickets_solved'] } }, ranked)).toMatchObject({
      metrics: ['tickets_solved'],
      orderBy: [{ by: 'tickets_solved', direction: 'desc' }],
      having: [{ metric: 'tickets_solved', op: 'gt', value: 3 }],
    });
  });

  it('shows the records behind a figure under all of its conditions and its own range', () => {
    expect(patched({ to: 'list' }, metricPlan('open_escalations'))).toMatchObject({
      kind: 'list',
      entity: 'customer_escalation',
      time: null,
      where: [{ any: [{ dimension: 'escalation_status' }] }],
    });
    const opened = patched({ to: 'list' }, metricPlan('tickets_opened'));
    expect(opened).toMatchObject({ time: { kind: 'relative', unit: 'month', n: 12, completeOnly: false } });
  });

  it('counts a list by the figure whose conditions it has', () => {
    const list = patched({ to: 'list' }, metricPlan('open_tickets', { where: [eq('priority', 'urgent')] }));
    expect(patched({ to: 'metric' }, list)).toMatchObject({
      metrics: ['open_tickets'],
      time: null,
      where: [eq('priority', 'urgent')],
    });
  });

  it('refuses what the plan has no place for, instead of leaving it out', () => {
    const list = listPlan('ticket');
    for (const [patch, plan, code] of [
      [{ compare: 'previous_period' }, list, 'not-of-lists'],
      [{ transform: 'share' }, list, 'not-of-lists'],
      [{ entity: 'account' }, base, 'not-of-figures'],
      [{ groupBy: { op: 'add', groups: [{ dimension: 'stage' }] } }, base, 'incompatible-dimension'],
      [{ metrics: { op: 'replace', ids: ['no_such_metric'] } }, base, 'unknown-metric'],
      [{ to: 'list', metrics: { op: 'replace', ids: ['win_rate'] } }, base, 'no-records'],
      [{ metrics: { op: 'replace', ids: ['open_tickets'] } }, base, 'time-not-applicable'],
    ] as const) {
      const applied = applyPatch(catalogue, plan, planPatchSchema.parse({ kind: 'patch', ...patch }));
      expect(applied.ok ? [] : applied.issues.map((issue) => issue.code), code).toContain(code);
    }
  });

  it('makes only plans of the contract, whatever it is handed', () => {
    const names = [...catalogue.metrics.keys(), ...catalogue.dimensions.keys(), 'nonsense'];
    const name = fc.constantFrom(...names);
    const metric = fc.constantFrom(...catalogue.metrics.keys());
    const plans = fc.oneof(
      metric.map((id) => metricPlan(id)),
      fc.constantFrom(...catalogue.entities.keys()).map((id) => listPlan(id)),
    );
    const patch = fc.record(
      {
        kind: fc.constant('patch' as const),
        metrics: fc.record({
          op: fc.constantFrom('add' as const, 'replace' as const, 'remove' as const),
          ids: fc.array(name, { minLength: 1, maxLength: 4 }),
        }),
        groupBy: fc.record({
          op: fc.constantFrom('add' as const, 'replace' as const, 'remove' as const),
          groups: fc.array(fc.record({ dimension: name }), { maxLength: 3 }),
        }),
        where: fc.record({
          op: fc.constantFrom('add' as const, 'replace' as const, 'widen' as const),
          all: fc.array(
            fc.record({
              any: fc.array(
                fc.record({
                  dimension: name,
                  op: fc.constantFrom('eq' as const, 'neq' as const),
                  values: fc.array(fc.string({ maxLength: 9 }), { maxLength: 2 }),
                }),
                { minLength: 1, maxLength: 2 },
              ),
            }),
            { maxLength: 12 },
          ),
        }),
        dropWhere: fc.oneof(fc.constant('all' as const), fc.array(name, { maxLength: 3 })),
        limit: fc.integer({ min: 1, max: 100 }),
        to: fc.constantFrom('list' as const, 'metric' as const),
        orderBy: fc.array(
          fc.record({ by: name, direction: fc.constantFrom('asc' as const, 'desc' as const) }),
          { maxLength: 3 },
        ),
      },
      { requiredKeys: ['kind'] },
    );
    let fits = 0;
    fc.assert(
      fc.property(plans, patch, (plan, change) => {
        const applied = applyPatch(catalogue, plan, change);
        if (!applied.ok) {
          expect(applied.issues.length).toBeGreaterThan(0);
          return;
        }
        fits += 1;
        expect(queryPlanSchema.parse(applied.value)).toEqual(applied.value);
      }),
      { numRuns: 400 },
    );
    expect(fits).toBeGreaterThan(10);
  });
});
