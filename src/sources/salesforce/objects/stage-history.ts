import type { RecordOf } from '../../../domain/records.ts';
import { from } from '../field-table.ts';
import type { ObjectDefinition } from '../object-definition.ts';

type StageEvent = RecordOf<'opportunity_stage_event'>;

export const opportunityHistory: ObjectDefinition = {
  entity: 'opportunity_stage_event',
  rules: {
    createdAt: from('createddate'),
    opportunityId: from('opportunityid'),
    toStage: from('stagename'),
    amount: from('amount'),
    prevAmount: from('prevamount'),
    closeDate: from('closedate'),
    prevCloseDate: from('prevclosedate'),
    probability: { ...from('probability'), times: 0.01 },
    forecastCategory: from('forecastcategory'),
    at: from('createddate'),
  },
  required: [
    ['opportunityId', 'OpportunityId'],
    ['toStage', 'StageName'],
    ['at', 'CreatedDate'],
  ],
  isHeld: true,
};

/** A row of OpportunityHistory says what was true from then on; what changed is the difference to the row before. */
export function* orderHistory(rows: readonly StageEvent[]): Generator<StageEvent> {
  const ordered = [...rows].sort(
    (a, b) =>
      compare(a.opportunityId, b.opportunityId) ||
      a.at.getTime() - b.at.getTime() ||
      compare(a.sourceId, b.sourceId),
  );
  let before: StageEvent | undefined;
  for (const row of ordered) {
    const previous = before?.opportunityId === row.opportunityId ? before : undefined;
    before = row;
    yield {
      ...row,
      fromStage: previous?.toStage ?? null,
      prevAmount: row.prevAmount ?? previous?.amount ?? null,
      prevCloseDate: row.prevCloseDate ?? previous?.closeDate ?? null,
    };
  }
}

const compare = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0);
