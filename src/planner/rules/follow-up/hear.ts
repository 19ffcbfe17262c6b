import type { QueryPlan } from '../../../query/metric-query.ts';
import type { PlanRequest } from '../../planner.ts';
import { type Understanding, understand } from '../understand.ts';
import type { Cue } from './cue-rule.ts';
import { entityOfPlan } from './patch-from-words.ts';
import { vocabularyAround } from './vocabulary-around.ts';

/** The words as they are meant beside the plan: of its rows, before anything else that is called so. */
export function hear(request: PlanRequest, previous: QueryPlan, text: string): Understanding | null {
  const { catalogue, now, zone, stored, names, fiscalStartMonth } = request;
  if (text === '') return null;
  const entity = entityOfPlan(catalogue, previous);
  return understand(text, catalogue, now, zone, {
    stored,
    names,
    fiscalStartMonth,
    ...(entity !== null && {
      hear: (vocabulary) => vocabularyAround(catalogue, vocabulary, entity, stored),
    }),
  });
}

/** A bare name is read where a name can stand: "only acme" as "for acme". */
export function readable({ rest }: Pick<Cue, 'rest'>, previous?: QueryPlan): string {
  // "90 days" after the last 30, or after the next.
  if (
    /^(?:for |in |over )?(?:the )?(?:\d{1,3}|two|three|four|five|six|ten|twelve) (?:minute|hour|day|week|month|quarter|year)s$/i.test(
      rest,
    )
  )
    return `${isAhead(previous) ? 'in the next' : 'last'} ${rest.replace(/^(?:for |in |over )?(?:the )?/i, '')}`;
  if (
    rest === '' ||
    /^(?:by|per|for|from|in|at|since|as|with|without|not|no|except|excluding|of|on|to)\b/i.test(rest)
  )
    return rest;
  return `for ${rest}`;
}

/** What lies ahead goes on to do so, with another length. */
const isAhead = (previous: QueryPlan | undefined): boolean =>
  (previous?.kind === 'metric' || previous?.kind === 'list') && previous.time?.kind === 'ahead';
