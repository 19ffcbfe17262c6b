import { metricTime } from '../../../catalogue/catalogue.ts';
import type { PlanRequest } from '../../planner.ts';
import { pastForms } from '../canonical.ts';
import { tidy } from '../token.ts';
import type { PlanOfParts } from './plan-in-parts.ts';
import type { PlanWords } from './with-related.ts';

const asksWhy = /^(?:so |and |but )?why (?:did|do|does|were|was|are|is|have|has) (.+?)[?.!]*$/i;

/**
 * "Why did messages fail yesterday": where the records keep their reason, they are counted by it; null where they keep
 * none, and a text would be needed.
 */
export function planReasons({ question, catalogue }: PlanRequest, planWords: PlanWords): PlanOfParts | null {
  const [, told] = asksWhy.exec(tidy(question)) ?? [];
  if (told === undefined) return null;
  const happened = told
    .split(' ')
    .map((word) => pastForms[word.toLowerCase()] ?? word)
    .join(' ');
  for (const words of [`how many ${happened} by reason`, `how many ${told} by reason`]) {
    const planned = planWords(words);
    if (planned?.plan.kind !== 'metric' || planned.guess !== undefined) continue;
    const groups = planned.plan.groupBy.filter(({ dimension }) => dimension !== metricTime);
    const isTold = groups.some(({ dimension }) => catalogue.dimensions.get(dimension)?.isReason === true);
    if (isTold) return { plan: planned.plan, from: [planned], how: words };
  }
  return null;
}
