import type { Catalogue } from '../../../catalogue/catalogue.ts';
import type { MetricPlan } from '../../../query/metric-query.ts';
import type { PlannedQuestion } from '../../planner.ts';
import { withoutChart } from '../slots/chart.ts';
import { tidy, tokenise } from '../token.ts';
import { sharesOfGroups } from './beside.ts';
import { shareReadings } from './share-constructions.ts';
import { onlyFigure, partOf, timeWords } from './share-of.ts';
import type { PlanWords } from './with-related.ts';

interface Asked {
  readonly question: string;
  readonly catalogue: Catalogue;
  readonly now: Date;
  readonly zone: string;
}

interface Planned {
  readonly plan: MetricPlan;
  readonly from: readonly PlannedQuestion[];
}

/**
 * "Each region's share of won amount", "out of all tickets, how many percent are urgent": whole, group and part are found
 * by the construction, and are understood by themselves. A reading counts only where every word of it is.
 */
export function planSaidShare(
  { question, catalogue, now, zone }: Asked,
  planWords: PlanWords,
): Planned | null {
  // "As a pie": drawn at the end, whatever is shared out.
  const { text, chart } = withoutChart(tidy(question).replace(/[?!.]+$/, ''));
  const said = timeWords(text, tokenise(text), now, zone);
  // "What share urgent tickets account for last month": the word belongs to the verb.
  const time = /\baccount(?:s|ed)? for /i.test(text) ? said.replace(/^for /i, '') : said;
  for (const reading of shareReadings(text, time)) {
    const found =
      reading.kind === 'groups'
        ? sharesOfGroups(catalogue, planWords(reading.core))
        : shareOfPart(catalogue, reading.narrow, reading.wide, planWords);
    if (found) return chart === null ? found : { ...found, plan: { ...found.plan, chart } };
  }
  return null;
}

function shareOfPart(
  catalogue: Catalogue,
  narrows: readonly string[],
  wides: readonly string[],
  planWords: PlanWords,
): Planned | null {
  for (const lead of ['how many ', ''])
    for (const words of wides) {
      const wide = onlyFigure(planWords(`${lead}${words}`));
      if (wide === null) continue;
      for (const part of narrows) {
        const narrow = onlyFigure(planWords(`${lead}${part}`));
        const plan = narrow && partOf(catalogue, wide.plan, narrow.plan);
        if (narrow && plan) return { plan, from: [narrow.from, wide.from] };
      }
    }
  return null;
}
