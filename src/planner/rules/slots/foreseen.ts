import type { Catalogue } from '../../../catalogue/catalogue.ts';
import {
  type ListPlan,
  type MetricPlan,
  plainMetricPlan,
  type QueryPlan,
} from '../../../query/metric-query.ts';
import { smallNumbers } from '../small-numbers.ts';
import { readMayLeave } from './may-leave.ts';

/**
 * A question about the future that the analyser has an answer to: as a plan, or in words that name its figure, which are
 * only tried where something else may be meant as well.
 */
export type Foreseen =
  | { readonly kind: 'plan'; readonly plan: QueryPlan }
  | { readonly kind: 'words'; readonly words: string; readonly isTry?: boolean };

const leaving = '(?:churn(?:s|ing)?|leav(?:e|es|ing)|cancel(?:s|ing|ling)?|quit(?:s|ting)?)';
const customers = '(?:customers?|accounts?|clients?|companies|who)';
const mayWell = '(?:likely to|about to|at risk of|in danger of)';
const sold = '(?:close|book|win|sell|bring in|earn|make)';
const money = '(?:revenue|sales|bookings|won amount|turnover)';

/**
 * What is foreseen by name: who may leave (chance by customer), the monthly churn rate and the won revenue of this and
 * the next quarter, each with its interval where it has one. Anything else about the future is null.
 *
 * @param text lower case, without commas
 */
export function foreseen(text: string, catalogue: Catalogue): Foreseen | null {
  const said = counted.exec(text)?.groups;
  if (said?.['rest'] === undefined) return foreseenOf(text, catalogue);
  const found = foreseenOf(said['rest'], catalogue);
  if (found?.kind !== 'plan' || found.plan.kind !== 'list') return foreseenOf(text, catalogue);
  const n = said['n'] ?? '';
  const limit = n === '' ? found.plan.limit : Math.min(25, smallNumbers[n] ?? Number(n));
  return { kind: 'plan', plan: { ...found.plan, limit } };
}

/** "Give me the ten customers most likely to leave", "top 5 accounts likely to churn": so many of those. */
const counted = new RegExp(
  `^(?:(?:give|show|tell|list|name|get)(?: me| us)? |which (?:are )?|what are |who are )?(?:the |our )?(?:top )?(?:(?<n>[1-9]\\d?|${Object.keys(smallNumbers).slice(1).join('|')}) )?(?:of (?:my|our|the) )?(?<rest>${customers} .+)$`,
);

function foreseenOf(text: string, catalogue: Catalogue): Foreseen | null {
  const has = (...ids: readonly string[]) => ids.every((id) => catalogue.metrics.has(id));
  if (catalogue.entities.has('churn_score')) {
    const named =
      new RegExp(
        `^(?:what is the |whats the )?(?:chances?|probability|likelihood|risk) (?:of|that) (?!${customers}\\b)(.+?) (?:will |would |is going to )?${leaving}$`,
      ).exec(text) ??
      new RegExp(
        `^how likely (?:is it that )?(?:is |are )?(?!${customers}\\b)(.+?) (?:to |will )?${leaving}$`,
      ).exec(text) ??
      new RegExp(
        `^(?:will|is) (?!${customers}\\b|any|some|one\\b|there\\b|we\\b|it\\b)(.+?) (?:going to |about to |likely to |at risk of |in danger of )?${leaving}$`,
      ).exec(text);
    if (named?.[1] !== undefined)
      return { kind: 'words', words: `average churn probability for "${named[1]}"` };
    const who = new RegExp(
      `^(?:which |what |list |show |(?:is|are) (?:there )?(?:(?:any|some|one)(?:one)? )?|do (?:i|we) have (?:any )?)?(?:of )?(?:(?:my|our|the) )*${customers} (?:(?:who|that|which|\\w+) )?(?:will|is|are|${mayWell})(?: (?:going to|currently|${mayWell}))* ${leaving}(?: next| this| soon|$)`,
    );
    const most = new RegExp(
      `^(?:which |what |list |show )?(?:of (?:my|our) )?${customers}(?:'s|s)? (?:is |are )?(?:the )?(?:most|more) (?:likely|prone|at risk) (?:to|of)(?: be)? ${leaving}(?: us)?(?: (?:next|this|soon|in the (?:next|coming|near)|within|over the (?:next|coming)|during the (?:next|coming))\\b.*)?$`,
    );
    // "In EMEA", "of the enterprise segment": only those.
    const some = new RegExp(
      `^(?<head>(?:which |what |list |show )?(?:of (?:my|our) )?(?:[a-z]+ )?${customers} (?:is |are )?)(?:the )?(?:most|more) (?<rest>(?:likely|prone|at risk) (?:to|of)(?: be)? ${leaving}(?: us)? (?:in|from|of|at|with) (?!the (?:next|coming|near)\\b|\\d).+)$`,
    ).exec(text)?.groups;
    if (some !== undefined)
      return { kind: 'words', words: `${some['head'] ?? ''}${some['rest'] ?? ''}`, isTry: true };
    const leavers = readMayLeave(text);
    if (who.test(text) || most.test(text) || leavers === 'all')
      return { kind: 'plan', plan: { ...likelyToLeave, subject: ofWhom(text) } };
    if (leavers !== null)
      return {
        kind: 'words',
        words: `list churn scores of ${leavers.of}, highest churn probability first`,
        isTry: true,
      };
  }
  if (catalogue.entities.has('churn_month') && isChurnRate.test(text))
    return { kind: 'plan', plan: churnAhead };
  if (!isRevenue.test(text) || !has('forecast_low', 'forecast_high')) return null;
  if (/\bnext quarter\b/.test(text))
    return has('next_quarter_forecast')
      ? { kind: 'plan', plan: revenue('next_quarter_forecast', true) }
      : null;
  if (/\b(?:next|coming) (?!quarter)|\btomorrow\b/.test(text)) return null;
  return has('forecast_amount') ? { kind: 'plan', plan: revenue('forecast_amount', false) } : null;
}

/** "Which of my customers may leave". */
const ofWhom = (text: string): ListPlan['subject'] =>
  /\bmy (?:whole |entire )?team(?:'?s)?\b/.test(text) ? 'my_team' : /\bmy\b/.test(text) ? 'me' : 'none';

const isChurnRate =
  /^(?:how many (?:customers|accounts|clients) will (?:we lose|churn|leave)|what will (?:the |our )?churn(?: rate)? be|predict (?:the |our )?churn(?: rate)?|churn (?:rate )?(?:prediction|forecast) (?:for )?next (?:month|months|quarter))/;
const isRevenue = new RegExp(
  `^(?:how much (?:${money} )?(?:will|are) (?:we|the team)(?: likely to| going to)? ${sold}\\b|(?:what|how (?:much|high)) (?:will|is) (?:the |our )?${money} (?:be|going to be|expected)|(?:predict|forecast) (?:the |our )?${money}|what (?:${money} )?will (?:we|our ${money}) ${sold})`,
);

const likelyToLeave: ListPlan = {
  kind: 'list',
  entity: 'churn_score',
  columns: ['account', 'churn_probability', 'churn_risk_band', 'intervention_priority', 'churn_top_driver'],
  time: null,
  where: [],
  orderBy: [{ by: 'churn_probability', direction: 'desc' }],
  limit: 10,
  subject: 'none',
};

const churnAhead: ListPlan = {
  ...likelyToLeave,
  entity: 'churn_month',
  columns: ['churn_month', 'churn_month_rate', 'churn_lower_rate', 'churn_upper_rate'],
  where: [{ any: [{ dimension: 'churn_month_kind', op: 'eq', values: ['forecast'] }] }],
  orderBy: [{ by: 'churn_month', direction: 'asc' }],
};

/** Beside the figure the ends of its interval. */
function revenue(metric: string, isNext: boolean): MetricPlan {
  return plainMetricPlan([metric, 'forecast_low', 'forecast_high'], {
    time: isNext ? { kind: 'upcoming', unit: 'quarter', n: 1 } : { kind: 'calendar', unit: 'quarter' },
  });
}
