import { describe, expect, it } from 'vitest';
import { readCloseDateMoves } from '../../../src/analysis/pipeline/close-date-moves.ts';
import {
  buildSlippedFindings,
  findSlippedDeals,
  type OpenDeal,
} from '../../../src/analysis/pipeline/slipped-deals.ts';
import { chartSpecSchema } from '../../../src/charts/chart-spec-schema.ts';

const now = new Date('2026-05-10T22:30Z');
let count = 0;
function aDeal(overrides: Partial<OpenDeal> = {}): OpenDeal {
  count += 1;
  return {
    id: `deal-${count}`,
    name: `Deal ${count}`,
    accountId: 'acme',
    account: 'Acme Corp',
    ownerId: 'ben',
    owner: 'Ben',
    teamId: null,
    amount: 50_000,
    currency: 'EUR',
    stage: 'Negotiation',
    closeDate: '2026-06-30',
    ...overrides,
  };
}
const moved = (deal: OpenDeal, from: string | null, to: string | null, at: string) => ({
  opportunityId: deal.id,
  prevCloseDate: from,
  closeDate: to,
  at: new Date(at),
});
const find = (deal: OpenDeal, ...events: readonly ReturnType<typeof moved>[]) =>
  findSlippedDeals([deal], readCloseDateMoves(events), now, 'Europe/Berlin')[0];

describe('slipped deals', () => {
  it('are those past their close date, by the local calendar', () => {
    // In Berlin it is already 11 May.
    expect(find(aDeal({ closeDate: '2026-05-10' }))).toMatchObject({ days: 1, isOverdue: true });
    expect(find(aDeal({ closeDate: '2026-05-11' }))).toBeUndefined();
    expect(find(aDeal({ closeDate: null }))).toBeUndefined();
  });
  it('are those put off into a later quarter, and not those moved within one', () => {
    const deal = aDeal({ closeDate: '2026-07-15' });
    expect(find(deal, moved(deal, '2026-06-30', '2026-07-15', '2026-05-01'))).toMatchObject({
      days: 15,
      isOverdue: false,
      previousCloseDate: '2026-06-30',
    });
    const within = aDeal({ closeDate: '2026-06-30' });
    expect(find(within, moved(within, '2026-05-20', '2026-06-30', '2026-05-01'))).toBeUndefined();
    const early = aDeal({ closeDate: '2026-06-30' });
    expect(find(early, moved(early, '2026-07-15', '2026-06-30', '2026-05-01'))).toBeUndefined();
  });
  it('add several pushes up and forgive one that was taken back', () => {
    const pushedTwice = aDeal({ closeDate: '2026-09-30' });
    const first = moved(pushedTwice, '2026-06-30', '2026-07-31', '2026-04-01');
    const second = moved(pushedTwice, '2026-07-31', '2026-09-30', '2026-05-01');
    expect(find(pushedTwice, second, first)).toMatchObject({ days: 92, previousCloseDate: '2026-06-30' });
    const takenBack = aDeal({ closeDate: '2026-06-30' });
    const events = [
      moved(takenBack, '2026-06-30', '2026-07-31', '2026-04-01'),
      moved(takenBack, '2026-07-31', '2026-06-30', '2026-05-01'),
    ];
    expect(find(takenBack, ...events)).toBeUndefined();
  });
  it('reads histories that only note the new date', () => {
    const deal = aDeal({ closeDate: '2026-07-15' });
    const events = [
      moved(deal, null, '2026-06-30', '2026-03-01'),
      moved(deal, null, null, '2026-03-05'),
      moved(deal, null, '2026-07-15', '2026-05-01'),
    ];
    expect(find(deal, ...events)).toMatchObject({ days: 15, previousCloseDate: '2026-06-30' });
  });
  it('forgets pushes of more than 90 days ago', () => {
    const deal = aDeal({ closeDate: '2026-07-15' });
    expect(find(deal, moved(deal, '2026-03-31', '2026-07-15', '2026-02-01'))).toBeUndefined();
  });
});

describe('deal-slipped finding', () => {
  const deals = Array.from({ length: 15 }, (_, index) =>
    aDeal({
      name: `Deal of ${index + 1} days`,
      closeDate: `2026-04-${String(30 - index).padStart(2, '0')}`,
      amount: index * 1000,
    }),
  );
  const other = aDeal({
    ownerId: 'cleo',
    owner: 'Cleo',
    closeDate: '2026-05-01',
    currency: null,
    amount: null,
  });
  const findings = buildSlippedFindings(findSlippedDeals([...deals, other], [], now, 'UTC'), now, 'UTC');
  it('carries the facts of the deal, largest amount first', () => {
    expect(findings[0]).toMatchObject({
      subject: { kind: 'opportunity', label: 'Deal of 15 days' },
      value: 24,
      ownerId: 'ben',
      facts: {
        name: 'Deal of 15 days',
        account: 'Acme Corp',
        owner: 'Ben',
        amount: 14_000,
        currency: 'EUR',
        stage: 'Negotiation',
        close_date: '2026-04-16',
        previous_close_date: null,
        days_slipped: 24,
        is_overdue: true,
      },
    });
  });
  it('draws the longest slipped deals of the owner, always with its own', () => {
    for (const finding of findings) {
      const chart = chartSpecSchema.parse(finding.chart);
      if (chart.kind !== 'horizontal-bar') throw new Error(chart.kind);
      expect(chart.bars.filter((bar) => bar.tone === 'critical').map((bar) => bar.label)).toEqual([
        finding.facts['name'],
      ]);
      expect(chart.bars.map((bar) => bar.value)).toContain(finding.value);
      expect(chart.bars).toHaveLength(finding.ownerId === 'ben' ? 10 : 1);
    }
  });
  it('shows nobody else’s deals as evidence', () => {
    const cleo = findings.find((finding) => finding.ownerId === 'cleo');
    expect(cleo?.evidence.rows).toHaveLength(1);
    expect(cleo?.evidence.caption).toBe('Slipped open deals of Cleo');
    expect(findings[0]?.evidence.rows).toHaveLength(15);
    expect(findings[0]?.evidence.rows[0]?.[0]).toBe('Deal of 15 days');
  });
});
