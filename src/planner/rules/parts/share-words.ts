import { type Catalogue, metricTime } from '../../../catalogue/catalogue.ts';
import type { PlanOption, QueryPlan } from '../../../query/metric-query.ts';

const wish =
  "(?:(?:please|pls|can you|could you|kindly) )*(?:(?:show|give|tell)(?: me| us)? )?(?:(?:what|which)(?:'s)?(?: is| was| are)? |how (?:big|large|high) (?:a |is |was |are )?)?(?:the |our |my |a )?";
const noun = '(?:share|percentage|percent|%|pct|proportion|portion|fraction)s?';
const opener = new RegExp(`^${wish}${noun} of\\b`, 'i');

/** "What fraction of incidents was critical": a number of incidents is no answer to it. */
export const asksForShare = (question: string): boolean => opener.test(question.trim());

/** "How much of our backlog is urgent": so much of a whole, where the whole is counted. */
export const asksHowMuchOf = (question: string): boolean =>
  /^(?:and )?how much of (?:our|the|all|my|last|this)\b.* (?:is|are|was|were|comes?|came|has|have|had|goes|went)\b/i.test(
    question.trim(),
  );

/** "What share of", "how many percent of", "how much of our": what stands before the whole. */
const beforeWhole = new RegExp(
  `^(?:${wish}(?:(?:${noun}|part|ratio)(?: %)? of|how (?:many|much) ${noun} of)|(?:and )?how (?:much|many) (?:%|percent) of|how much of(?= (?:our|the|all|my|last|this)\\b)) (?:all |our |the )*`,
  'i',
);

/**
 * A tail that makes a share of what was said: "tickets solved within a day, share by agent", "resolved same day, what %";
 * the "%" of "a discount over 10 %" is the number's.
 */
const tail = new RegExp(
  `^(?<part>.+?),? (?:- )?(?:what |as (?:a |an )?|in )?(?:the )?(?<!\\d ?)${noun}(?: of (?:the |our )?(?:total|whole|all))?(?<rest>,? (?:by|per|each|for|in|this|last|since|over|during|today|yesterday|q[1-4]|january|february|march|april|may|june|july|august|september|october|november|december)\\b.*)?$`,
  'i',
);

/** "Open tickets as % of all tickets", "first reply under an hour, what % of emea tickets". */
const ofWhole = new RegExp(
  `^(?<part>.+?),? (?:- )?(?:what |as (?:a |an )?|in )(?:the )?(?<!\\d ?)${noun} of (?:all |the |our )*(?<whole>\\S.*)$`,
  'i',
);

/**
 * "Share of leads converted that are from webinars": the part is told behind the whole, so that a rate of the same name
 * as the whole is none of it.
 */
export const saysPartApart = (question: string): boolean => {
  const text = question.trim();
  if (amongWhole.test(text)) return true;
  return asksForShare(text) && ((clause.test(text) && !deedAtEnd.test(text)) || stateAtEnd.test(text));
};

const clause = /\b(?:that|which|who) (?:is|are|was|were|came|come|comes) (?!not\b)\S/i;
const deed = '(?:\\S+ed|won|lost|sent|paid|sold|met)';
const deedAtEnd = new RegExp(`\\b(?:that|which|who) (?:is|are|was|were) ${deed}[?.!]*$`, 'i');
/** "What share of SLAs met last week is urgent". */
const stateAtEnd = new RegExp(
  ` (?:is|are|was|were) (?!not\\b|${deed}\\b)\\S+(?: (?!${deed}\\b)\\S+){0,2}[?.!]*$`,
  'i',
);

/** "Share of email among tickets opened this quarter". */
const amongWhole = new RegExp(
  `^${wish}${noun} of (?<part>\\S.*?) (?:among|amongst|out of) (?:all |the |our )*(?<whole>\\S.*)$`,
  'i',
);

/** What a question says of a part and, where it does so apart, of the whole. */
export interface SaidShare {
  /** Part and whole in one: "tickets that are urgent". */
  readonly text: string;
  /** The whole, where it stands by itself. */
  readonly whole: string | null;
}

/** @param text a tidied question without its full stop */
export function readShare(text: string): SaidShare | null {
  const among = amongWhole.exec(text)?.groups;
  if (among) {
    const { part = '', whole = '' } = among;
    return { text: `${whole} with ${part}`, whole };
  }
  const lead = beforeWhole.exec(text);
  if (lead) return { text: text.slice(lead[0].length), whole: null };
  const both = ofWhole.exec(text)?.groups;
  if (both) {
    const { part = '', whole = '' } = both;
    return { text: `${whole} with ${part}`, whole };
  }
  const said = tail.exec(text)?.groups;
  return said ? { text: `${said['part'] ?? ''}${said['rest'] ?? ''}`, whole: null } : null;
}

/** Whether a plan's answer holds a share: a part of a whole, shares beside figures, or a rate. */
export function tellsShare(catalogue: Catalogue, plan: QueryPlan): boolean {
  if (plan.kind !== 'metric') return false;
  if (plan.part !== undefined || plan.transform === 'share') return true;
  return plan.metrics.every((id) => catalogue.metrics.get(id)?.format.kind === 'percent');
}

/** Figures that a question back may mean, each of its groups as a share of all; none where one is not split into groups. */
export function asShares(options: readonly PlanOption[]): PlanOption[] {
  const shares = options.flatMap(({ label, plan }): PlanOption[] => {
    if (plan.kind !== 'metric' || plan.metrics.length !== 1 || plan.groupBy.length === 0) return [];
    if (plan.transform !== 'none' || plan.groupBy.some(({ dimension }) => dimension === metricTime))
      return [];
    return [{ label, plan: { ...plan, transform: 'share' } }];
  });
  return shares.length === options.length ? shares : [];
}
