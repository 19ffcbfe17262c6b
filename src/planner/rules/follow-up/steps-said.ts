import type { QueryPlan } from '../../../query/metric-query.ts';

/** Changes one after the other, each in the words in which changes are read. */
export type Steps = readonly string[];
type Form = (text: string, previous: QueryPlan) => Steps | null;

const opening = /^(?:(?:and|but|so|ok(?:ay)?|n|now|then|also|please|pls)[, ]+)+/i;
const plain = (typed: string): string =>
  typed
    .trim()
    .replace(/[\s?.!]+$/, '')
    .replace(opening, '')
    .replace(/,? (?:please|pls|plz|thanks|thx)$/i, '');

const shownKind =
  '(?:counts?|numbers?|amounts?|values?|sums?|totals?|averages?|means?|medians?|percent(?:age)?s?|rates?|money|\\$|%|€)';
const money = '(?:eur|usd|gbp|chf|euros?|dollars?)';
const ofWhich =
  '(?:(?:only|just|for) )?(?:the )?(?<which>[\\p{L}-]+)(?: (?:ones|deals|tickets|orders|customers|accounts|only))?';

/** "Amount instead of number, EUR deals", "units not $", "amount instead, EUR ones". */
const inPlaceOf: Form = (text) => {
  const { what, which } =
    new RegExp(
      `^(?:as |by |in |show )?(?:the )?(?<what>[\\p{L}%]+(?: [\\p{L}%]+){0,4}?) (?:instead of|rather than|not|in place of|and not) (?:the |an? )?${shownKind}(?:,? (?:and )?${ofWhich})?$`,
      'iu',
    ).exec(text)?.groups ??
    new RegExp(
      `^(?:as |by |in |show )?(?:the )?(?<what>[\\p{L}%]+(?: [\\p{L}%]+){0,3}?) instead,? (?:and )?${ofWhich}$`,
      'iu',
    ).exec(text)?.groups ??
    {};
  if (what === undefined) return null;
  const figure = what.replace(/ in (?:days|hours|minutes|%|percent)$/i, '').replace(/^avg\b/i, 'average');
  const isUnits = /^(?:units|quantit(?:y|ies)|pieces)$/i.test(figure);
  return [
    isUnits ? 'in units' : `${figure} instead`,
    ...(which === undefined || /^of$/i.test(which) ? [] : [`only ${which}`]),
  ];
};

/** "Median is better". */
const better: Form = (text) => {
  const { what } =
    /^(?:the |an? )?(?<what>[a-z]+(?: [a-z]+)?) (?:is|would be|are|makes? more sense|might be)(?: probably| maybe)? (?:better|nicer|fairer|more useful)$/i.exec(
      text,
    )?.groups ??
    /^better (?:as |in |with |use )?(?:the |an? )?(?<what>[a-z]+(?: [a-z]+)?)$/i.exec(text)?.groups ??
    {};
  return what === undefined ? null : [what];
};

/** "EUR amount" after how many. */
const amountIn: Form = (text) => {
  const { which = '' } =
    new RegExp(
      `^(?:the )?(?:(?<which>${money}) (?:amounts?|values?)|(?:amounts?|values?) in (?<other>${money}))$`,
      'i',
    ).exec(text)?.groups ?? {};
  const other = /\bin (\S+)$/i.exec(text)?.[1] ?? '';
  const said = which === '' ? other : which;
  return new RegExp(`^${money}$`, 'i').test(said) ? ['amount instead', `only ${said}`] : null;
};

/** "Delivery rate next to it". */
const besideIt: Form = (text) => {
  const what =
    /^(?:put |show |add )?(?:the |their )?(?<what>[a-z]+(?: [a-z]+){0,3}) (?:next to|beside|alongside|along with|together with) (?:it|that|them|those|these)$/i.exec(
      text,
    )?.groups?.['what'];
  return what === undefined ? null : [`${what.replace(/^unweighted$/i, 'unweighted pipeline')} as well`];
};

/** "Per agent, with the number of responses". */
const splitAndNumber: Form = (text, previous) => {
  const { by = '', rows = '' } =
    /^(?<by>(?:by|per) [a-z]+(?: [a-z]+)?),? (?:with|plus|and|incl|including|along with) (?:the |their )?(?:number|count) of (?<rows>[a-z]+(?: [a-z]+)?)$/i.exec(
      text,
    )?.groups ?? {};
  return by === '' || previous.kind === 'list' ? null : [by, `add the number of ${rows}`];
};

/** "With how many deals each", "how many tickets does each have". */
const numberOfEach: Form = (text, previous) => {
  const rows =
    /^(?:with |show )?how many (?<rows>[a-z]+(?: [a-z]+)?) (?:each|for each|per group|(?:does|do|did|has|have|had) (?:each|they|these|those)(?: of them| one)?(?: each)?(?: have| had| get| got)?)$/i.exec(
      text,
    )?.groups?.['rows'];
  return rows === undefined || previous.kind === 'list' || previous.groupBy.length === 0
    ? null
    : [`add the number of ${rows}`];
};

/** "Which accounts had more than one of them", of figures that are not split by accounts. */
const havingSeveral: Form = (text, previous) => {
  const {
    group = '',
    bound = '',
    n = '',
  } = /^which (?<group>[a-z]+?)s? (?:have|had|has|got|did|raised|opened) (?<bound>more than|at least|over) (?<n>\w+)(?: of (?:them|those|these)| in there)?$/i.exec(
    text,
  )?.groups ?? {};
  const number = ['one', 'two', 'three', 'four', 'five'].indexOf(n.toLowerCase()) + 1 || Number(n);
  const isSplit =
    previous.kind === 'metric' &&
    previous.groupBy.some(({ dimension }) => dimension.includes(group.toLowerCase()));
  return group === '' || !Number.isFinite(number) || isSplit
    ? null
    : [`by ${group} instead`, `only those with ${bound} ${number}`];
};

/** "At least 5 tickets" of what is ranked by another figure. */
const ofSeveral: Form = (text, previous) => {
  const { bound = '', rows = '' } =
    /^(?:(?:only|just) )?(?:(?:those|the ones|ones|[a-z]+s) )?(?:with |that have |having )?(?<bound>(?:at least|more than|over|fewer than|less than|under) \d+|\d+ or more|\d+\+) (?<rows>[a-z]+s)(?: only| each)?$/i.exec(
      text,
    )?.groups ?? {};
  if (bound === '' || previous.kind === 'list' || previous.groupBy.length === 0) return null;
  const said = bound.replace(/^(\d+)(?: or more|\+)$/, 'at least $1');
  return [`add the number of ${rows}`, `only those with ${said} ${rows}`];
};

/** "How many breached already" after tickets: of these. */
const breachedOnes: Form = (text, previous) =>
  previous.kind === 'list' &&
  previous.entity === 'ticket' &&
  /^how many (?:of (?:them|those|these) )?(?:(?:have|are|were|has|had) )?(?:already )?(?:breached|missed|in breach|past (?:their )?sla)(?: (?:already|so far|yet|now|by now|(?:their|the|an) slas?))*$/i.test(
    text,
  )
    ? ['only those with a breached SLA', 'how many are there']
    : null;

/** "Who owns them" after figures by something else. */
const byOwner: Form = (text, previous) =>
  previous.kind === 'metric' &&
  previous.groupBy.length > 0 &&
  /^who(?:'s| is| are)? (?:owns?|has|have|responsible for|in charge of|working on|handling|assigned to) (?:them|those|these|it)$/i.test(
    text,
  )
    ? ['by owner instead']
    : null;

/** "List those by age". */
const listedBy: Form = (text, previous) => {
  const by =
    /^(?:list|show(?: me)?) (?:all |of )?(?:them|those|these|the ones)(?: (?:sorted|ordered|ranked))? by (?<by>[a-z]+(?: [a-z]+)?)$/i.exec(
      text,
    )?.groups?.['by'];
  return by === undefined ? null : [...(previous.kind === 'list' ? [] : ['list them']), `sort by ${by}`];
};

/** "The biggest in USD" after how many. */
const extremeIn: Form = (text, previous) => {
  const { most = '', which = '' } =
    new RegExp(
      `^(?:which (?:one )?(?:is|was) )?(?:the )?(?<most>biggest|largest|highest|smallest|lowest)(?: one)? in (?<which>${money})$`,
      'i',
    ).exec(text)?.groups ?? {};
  return most === '' || (previous.kind === 'metric' && previous.groupBy.length > 0)
    ? null
    : [...(previous.kind === 'list' ? [] : ['list them']), `only ${which}`, `the ${most} one`];
};

/** "Which one is the cheapest". */
const cheapest: Form = (text, previous) => {
  const { low, high } =
    /^(?:(?:which|what|who)(?: one)?(?: of (?:them|those|these))? (?:is|was|are) )?the (?:(?<low>cheapest|least expensive)|(?<high>most expensive|dearest|priciest))(?: one)?$/i.exec(
      text,
    )?.groups ?? {};
  if (low === undefined && high === undefined) return null;
  return previous.kind === 'metric' && previous.groupBy.length > 0
    ? [`${low === undefined ? 'top' : 'bottom'} 1`]
    : null;
};

/** "Longest without an update first". */
const longestUntouched: Form = (text) =>
  /^(?:the )?(?:longest|oldest) (?:without|w\/o|since|with no) (?:an? |the |any )?(?:last )?updates?(?: first| on top)?$/i.test(
    text,
  )
    ? ['sort by last update ascending']
    : null;

/** "Without the ones that are closed by now". */
const notClosed: Form = (text) =>
  /^(?:without|excluding|except|not) (?:the ones|those|any)? ?(?:that|which)?(?: are| were)? ?(?:already )?closed(?: ones)?(?: by now| now| already| since| meanwhile)*$/i.test(
    text,
  )
    ? ['only open ones']
    : null;

const counted = '(?:two|three|four|five|six|seven|eight|ten|\\d{1,2})';
/** "Which of the five have an open escalation": of them. */
const ofAllShown: Form = (text) => {
  const said = text.replace(
    new RegExp(
      `\\b(?:of )?(?:all|the|these|those|all of the|all the) ${counted}(?: of (?:them|those|these)| (?:accounts|customers|deals|agents|reps|ones))?(?=$| (?:have|has|had|are|were|did|do)\\b)`,
      'i',
    ),
    'of them',
  );
  return said === text ? null : [said.replace(/^and /i, '')];
};

const certain: readonly Form[] = [breachedOnes, inPlaceOf, better, amountIn, besideIt, splitAndNumber];
const perhaps: readonly Form[] = [
  numberOfEach,
  ofSeveral,
  havingSeveral,
  byOwner,
  listedBy,
  extremeIn,
  cheapest,
  longestUntouched,
  notClosed,
  ofAllShown,
];

const stepsBy =
  (forms: readonly Form[]) =>
  (typed: string, previous: QueryPlan): readonly Steps[] => {
    const text = plain(typed);
    return forms.flatMap((form) => {
      const steps = form(text, previous);
      return steps === null ? [] : [steps];
    });
  };

/** Steps that the words say outright: they are tried before the words are read as one change. */
export const certainSteps = stepsBy(certain);

/** Steps that words may be short for which are understood as nothing else. */
export const possibleSteps = stepsBy(perhaps);

const there =
  /^(?<asked>(?:(?:are there |is there |do we have |have we )?(?:any|how many|which|what|open|my|our)\b.+?)) (?:there|with them|at theirs|for them)$/i;

/**
 * The whole question that a follow-up is short for: "any open deals there" after the last activity at Halden asks for those
 * of Halden. Null where it is a change of what is shown.
 */
export function wholeQuestion(typed: string, previous: QueryPlan): string | null {
  const text = plain(typed);
  if (previous.kind === 'list' && previous.entity === 'opportunity' && /^(?:by|per) partner$/i.test(text)) {
    const isOfPartners =
      previous.related?.length === 1 &&
      previous.related[0]?.entity === 'partner_deal' &&
      previous.related[0].has === 'some';
    const isOpen = JSON.stringify(previous.where) === openDeals;
    return isOfPartners && isOpen && previous.time === null && previous.subject === 'none'
      ? 'open joint deals by partner'
      : null;
  }
  const asked = there.exec(text)?.groups?.['asked'];
  const [account, another] = previous.where.flatMap(({ any }) =>
    any.length === 1
      ? any.flatMap(({ dimension, op, values }) => (dimension === 'account' && op === 'eq' ? values : []))
      : [],
  );
  if (asked === undefined || account === undefined || another !== undefined) return null;
  return `${asked} of "${String(account)}"`;
}

const openDeals = JSON.stringify([{ any: [{ dimension: 'deal_closed', op: 'eq', values: [false] }] }]);
