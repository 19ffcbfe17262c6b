import { dimensionsOf, entityOf, findMetric, namesOf } from '../../../catalogue/lookup.ts';
import { presentState } from '../compose/present-rows.ts';
import { pastOf } from '../past-of.ts';
import { withoutCondition } from './change-instead.ts';
import { countBehind } from './other-measure.ts';
import type { Shown } from './shown.ts';

type ChangeForm = (text: string, shown: Shown) => string | null;

const pointed = '(?:it|that|this|them|those|these|they)';

/** "Which tickets are these", "the records behind that number": what a figure is made of. */
const asRecords: ChangeForm = (text, { previous, nouns }) => {
  if (previous.kind === 'list') return null;
  const rows = `(?:${nouns}|records?|rows?|details?|entries|items)`;
  const looking =
    '(?:(?:list|show|name|see|display|view|get|give|read|look at|go through|pull(?: up)?|bring(?: up)?|have a look at)(?: me)? )';
  const behind = `(?: (?:behind|underneath|in|for|of|on|that make up) (?:${pointed}|(?:that|this|the) (?:number|figure|count|total)))`;
  const apart = '(?:,? (?:one by one|(?:one row )?(?:per|for each) \\w+|individually|in detail))*';
  const asked = [
    `^${looking}?(?:all )?(?:the|those|these) (?:actual |individual |single |underlying |very )?${rows}${behind}?${apart}$`,
    `^(?:${looking})+${pointed}${apart}$`,
    `^(?:the )?details (?:on|of|about|for|behind) (?:${pointed}|(?:that|the) (?:number|figure))${apart}$`,
    `^(?:which|what) (?:${nouns}|ones?|records) (?:are|were|is|was) ${pointed}$`,
    `^(?:drill|dig|zoom|go) (?:down )?(?:in|into)(?: (?:to )?(?:${pointed}|(?:that|the) (?:number|figure)))?$`,
  ];
  return asked.some((pattern) => new RegExp(pattern, 'i').test(text)) ? 'list them' : null;
};

/** "Total count", "how long is that list": of the records that are shown. */
const asCount: ChangeForm = (text, { previous, nouns }) => {
  if (previous.kind !== 'list') return null;
  const size = '(?:number|count|total|figure|sum)';
  const inAll = '(?:in all|in total|overall|altogether)';
  const asked = [
    `^(?:what(?:'?s| is) |give me |show me )?(?:just |only )?(?:the |a )?(?:total |overall |full |whole )?${size}(?: of ${pointed})?(?: ${inAll})?$`,
    `^(?:as|in) a ${size}$`,
    `^how many (?:${nouns}|of ${pointed}) ${inAll}$`,
    `^how many (?:${nouns}) (?:are (?:there|${pointed})|is ${pointed})(?: ${inAll})?$`,
    `^how (?:long|big|large) is (?:${pointed}|the|that|this)(?: list)?(?:, in .+)?$`,
    `^(?:count|add|total|tally|sum) ${pointed}(?: all)?(?: up)?$`,
    `^(?:not|i (?:do not|don't) (?:need|want)) the list,? (?:only |just |but )+the ${size}$`,
    `^(?:just )?(?:the |a )?${size} (?:instead of|rather than|and not) (?:the |a )?list$`,
  ];
  return asked.some((pattern) => new RegExp(pattern, 'i').test(text)) ? 'how many are there' : null;
};

/** "From how many answers", "how many answers": the rows that an average, a sum or a share is made of. */
const asCountBehind: ChangeForm = (text, { previous, catalogue, nouns }) => {
  if (previous.kind === 'list' || countBehind(catalogue, previous) === null) return null;
  const rows = `(?:${nouns}|records?|rows?|entries|cases|answers?|responses?|replies|ratings?)`;
  const asked = [
    `^(?:and )?(?:(?:from|out of|on|over|across|with|based on|made (?:up )?(?:of|from)) )+how many(?: ${rows})?(?: (?:is|was|are|were) ${pointed})?$`,
    `^(?:and )?how many ${rows}$`,
    `^(?:and )?(?:what(?:'s| is| was) the )?(?:sample(?: size)?|number of ${rows}|n)$`,
  ];
  if (/^(?:and )?how many (?:people |customers |of them )?(?:answered|responded|replied|voted)$/i.test(text))
    return previous.groupBy.length > 0 ? 'how many responses is that each' : 'how many is that';
  return asked.some((pattern) => new RegExp(pattern, 'i').test(text)) ? 'how many is that' : null;
};

const high = '(?:largest|biggest|highest|busiest|top|best|leading|most (?:common|frequent|important))';
const low = '(?:smallest|lowest|quietest|bottom|worst|weakest|least (?:common|frequent))';
const few = '(?:\\d{1,2}|one|two|three|four|five|six|seven|eight|nine|ten|twenty)';
const cutting = `(?:(?:too (?:long|many|much)[,:;]? )?(?:(?:cut|reduce|limit|narrow|trim|shorten|keep|leave|give me|show me|show|only|just|to|down|${pointed}) )*)`;

/** "Top 5 customers", "the 3 biggest regions" after one figure, or after it by something else: of the same figure. */
const asTopGroups: ChangeForm = (text, { previous, catalogue, groups }) => {
  const metric = previous.kind === 'metric' ? catalogue.metrics.get(previous.metrics[0] ?? '') : undefined;
  const found = new RegExp(
    `^(?:and |show (?:me )?|give (?:me )?|which are |what are )*(?:the )?(?:(?<first>top|bottom) )?(?<n>${few}) (?:(?<high>${high}|heaviest|strongest)|(?<low>${low}|lightest))? ?(?<noun>[a-z]+)$`,
    'i',
  ).exec(text)?.groups;
  const { first, n = '', high: most, low: least, noun = '' } = found ?? {};
  if (metric === undefined || found === undefined || (first ?? most ?? least) === undefined) return null;
  if (new RegExp(`^(?:${groups})$`, 'i').test(noun) || !isKindOfGroup.test(noun)) return null;
  const isLow = least !== undefined || first?.toLowerCase() === 'bottom';
  return `by ${noun.replace(/ies$/i, 'y').replace(/s$/i, '')}, ${isLow ? 'bottom' : 'top'} ${n}`;
};

/** What figures are commonly split by; rows of a kind of their own are asked for by themselves. */
const isKindOfGroup =
  /^(?:customers|accounts|clients|regions|segments|products|categories|channels|agents|reps|owners|teams|stages|sources|campaigns|partners|industries|months|weeks|days|priorities)$/i;

/** "The 3 busiest categories", "cut it to the 5 largest": of the groups that are shown. */
const asFewest: ChangeForm = (text, { previous, groups }) => {
  if (previous.kind !== 'metric' || previous.groupBy.length === 0) return null;
  const noun = `(?:${groups}|ones?|entries|rows|places|groups|of ${pointed})`;
  const found = new RegExp(
    `^${cutting}(?:the )?(?:(?<first>top|first|bottom|last) )?(?<n>${few})(?: (?:${high}|(?<low>${low})))?(?: ${noun})?(?: (?:with|that have|having) the (?:most|highest|largest|biggest|(?<least>fewest|least|lowest|smallest))(?: [\\w ]+)?)?(?:,? (?:highest|largest|biggest|most)(?: (?:count|number|value|ones))? first)?$`,
    'i',
  ).exec(text);
  if (found === null) return null;
  const isNamed = new RegExp(`\\b(?:top|first|bottom|last|${high}|${low}|most|fewest|least)\\b`, 'i').test(
    text,
  );
  const isLow =
    found.groups?.['low'] !== undefined ||
    found.groups?.['least'] !== undefined ||
    /^(?:bottom|last)$/i.test(found.groups?.['first'] ?? '');
  return isNamed ? `${isLow ? 'bottom' : 'top'} ${found.groups?.['n'] ?? ''}` : null;
};

const share = '(?:shares?|percent(?:ages?)?|%|proportions?|fractions?)';

/** "What percentage does each priority make up": of what is split already. */
const asShares: ChangeForm = (text, { previous, nouns, groups }) => {
  if (previous.kind !== 'metric' || previous.groupBy.length === 0) return null;
  const every = `(?:(?:each|every)(?: (?:one|of ${pointed}|${groups}))?|the (?:${groups}))`;
  const all = `(?:all(?: of ${pointed})?|the total|the whole|${pointed}|(?:all )?(?:the )?(?:${nouns}))`;
  const ofAll = `(?: (?:of|in|out of) ${all})`;
  const asked = [
    `^(?:what|which|how much|how many)(?: ${share})?(?:${ofAll})? (?:is|are|does|do|has|have|goes? to|falls? (?:on|to)|comes? from) ${every}(?: (?:make up|account for|have|hold|represent|contribute(?: to)?))?(?:${ofAll}| ${all})?$`,
    `^(?:the |as )?${share}(?:${ofAll})? (?:by|per|for|of) (?:(?:each|every|the) )?(?:${groups})$`,
    `^(?:the )?(?:percentage|percent|%|relative) (?:split|breakdown|distribution|shares?|numbers|values)$`,
    `^(?:and )?relative to ${all}$`,
    `^(?:(?:express|turn|put|convert|show|have)(?:ed)? ${pointed} )?(?:as|in|into) (?:an? )?${share}(?:${ofAll})?$`,
    `^how (?:big|large|high) (?:is|are) (?:${every}|each one)(?:'s|s'|')? ${share}$`,
    `^(?:as|in) ${share},? (?:and )?(?:not|instead of|rather than) (?:the )?(?:counts?|numbers?|absolute numbers?|figures)$`,
  ];
  return asked.some((pattern) => new RegExp(pattern, 'i').test(text)) ? 'in percent' : null;
};

/** "What share is that", "as percent" of one figure: of all of its kind. */
const asShareOfAll: ChangeForm = (text, { previous }) => {
  if (previous.kind !== 'metric' || (previous.groupBy.length > 0 && previous.related === undefined))
    return null;
  const whole = '(?:all|the total|the whole|everything|their (?:\\w+ )?(?:total|\\w+))';
  const asked = [
    `^(?:and )?(?:what|which|how (?:big|high|large)(?: a| is the)?) ${share}(?: (?:is|are|was|were|would|does) ${pointed}(?: (?:be|make))?)?(?: of ${whole})?$`,
    `^(?:and )?(?:as|in) (?:an? |the )?${share}(?: of ${whole})?$`,
    `^(?:and )?(?:the )?${share}$`,
    `^(?:and )?(?:out|as part) of (?:how many|all)$`,
  ];
  return asked.some((pattern) => new RegExp(pattern, 'i').test(text)) ? 'as a share of all' : null;
};

const bound =
  '(?<less>below|under|less than|lower than|fewer than|short of|beneath)|(?<more>above|over|more than|higher than|beyond)|(?<least>at least)|(?<most>at most)';

/** "Who is below 90 percent", "hide everyone at 90 or above": of the groups that are shown. */
const asBound: ChangeForm = (text, { previous, groups }) => {
  if (previous.kind !== 'metric' || previous.groupBy.length === 0) return null;
  const who = `(?:who|(?:which|what|only|just|show(?: me)?(?: only| just)?|(?:filter|narrow|limit|reduce|restrict)(?: ${pointed})?(?: down)? to|keep(?: only| just)?|the)(?: the| of)? (?:${groups}|ones?|people|those|them|everyone)|those|the ones|(?:${groups}))`;
  const value = '(?<n>\\d[\\d.,]*(?: ?%| percent)?)';
  const of = (pattern: string) => new RegExp(pattern, 'i').exec(text)?.groups;
  const hidden = of(
    `^(?:hide|drop|remove|exclude|leave out|skip) (?:everyone|everything|all|those|the ones|anyone|${groups}) (?:at|with|on) ${value} (?:or|and) (?:(?<less>above|more|higher|over|better)|(?<more>below|less|lower|under|worse))$`,
  );
  const missed = of(
    `^${who}(?: (?:that|who|which))?(?: (?:has|have|had))? (?:(?:did(?:n't| not)|do(?:es)?(?:n't| not)|never) (?:reach|make|hit|meet|achieve|get to|come to)|miss(?:ed)?|fell short of|fall short of) ${value}$`,
  );
  const reached = of(
    `^${who}(?: (?:that|who|which))?(?: (?:has|have|had))? (?:reach(?:ed)?|made|hit|met|achieved|got to) ${value}$`,
  );
  const plain = of(
    `^${who}(?: (?:that|who|which))?(?: (?:is|are|was|were|has|have|had|with|came|come|came in|comes in|stayed|lies?|sits?|got|fell|went))* (?:${bound}) ${value}$`,
  );
  const found = hidden ?? missed ?? reached ?? plain;
  if (found === undefined) return null;
  const n = (found['n'] ?? '').replace(/ percent$/i, '%');
  if (found === missed || found['less'] !== undefined) return `only below ${n}`;
  if (found === hidden || found['more'] !== undefined) return `only above ${n}`;
  return found['most'] === undefined ? `only at least ${n}` : `only at most ${n}`;
};

const oldest = '(?:oldest|earliest|longest(?:[- ](?:open|standing|waiting))?)';
const newest = '(?:newest|latest|most recent)';

/** "Only the oldest", "which was opened first": one of the records that are shown. */
const asOne: ChangeForm = (text, { previous, nouns }) => {
  if (previous.kind !== 'list') return null;
  const lead = `(?:(?:only|just|show me|show|give me|tell me|and|pick|pick out|single out|find) )*`;
  const of = `(?: (?:one|of ${pointed}|(?:${nouns})))?`;
  const dated = '(?:open(?:ed|ing)?|creation|created|start(?:ed)?|came in|raised|reported|logged)';
  const isOf = (word: string, place: string): boolean =>
    [
      `^${lead}(?:which(?: one| of ${pointed})?(?: is| was)?(?: the)? |the )?${word}${of}$`,
      `^${lead}which(?: one| of ${pointed})?(?: (?:was|has been|did they|did we))?(?: been)? ${dated}(?: in)? ${place}$`,
      `^${lead}the (?:one )?(?:with the )?${word} ${dated}(?: date| time)?$`,
    ].some((pattern) => new RegExp(pattern, 'i').test(text));
  if (isOf(oldest, '(?:first|earliest|before all others)')) return 'the oldest one';
  if (
    new RegExp(
      `^${lead}(?:which(?: one| of ${pointed})?|the one (?:that|which)) ?(?:has|have|is|'s) been (?:waiting|open|around|there|lying around) (?:for )?(?:the )?longest(?: since .+)?$`,
      'i',
    ).test(text)
  )
    return 'the oldest one';
  return isOf(newest, '(?:last|latest|most recently)') ? 'the newest one' : null;
};

/** "Show me only urgent tickets" of tickets that are shown. */
const asNarrower: ChangeForm = (text, { previous, nouns }) => {
  const found =
    /^(?:show(?: me)?|list|keep|leave|give me|see) (?:only|just) (?<what>.+?)(?: (?:in|from|of|out of) (?:there|it|them|those|(?:the|that|this) list))?$/i.exec(
      text,
    )?.groups?.['what'];
  if (found === undefined || previous.kind !== 'list') return null;
  const own = new RegExp(` (?:${nouns})$`, 'i');
  return own.test(found) || found.split(' ').length < 3 ? `only ${found.replace(own, ' ones')}` : null;
};

/** "Who brought it in", "who closed it": whose the figure is. */
const asWhose: ChangeForm = (text, { previous }) => {
  const isWho =
    /^who (?:(?:has |have )?[a-z]+(?:ed|t|n|d|e)) (?:(?:in|up) )?(?:how (?:much|many)(?: of (?:it|them|that|those))?|it|that|this|them|those)(?: in| up)?$/i.test(
      text,
    );
  return isWho && previous.kind === 'metric' && previous.groupBy.length === 0 ? 'by whom' : null;
};

/** "Back to all of them": without what narrowed them, and still in the state that they were asked for in. */
const asAllAgain: ChangeForm = (text, shown) => {
  const { previous, catalogue } = shown;
  if (
    !/^(?:(?:ok(?:ay)?|now|and|then),? )*back to (?:all|everything|everybody|everyone)(?: of (?:them|those|it|these))?(?: again)?$/i.test(
      text,
    )
  )
    return null;
  const entity = previous.kind === 'list' ? previous.entity : null;
  const state = new Set(
    (entity === null ? [] : presentState(catalogue, entity)).map((group) => JSON.stringify(group)),
  );
  const narrowed = previous.where.filter((group) => !state.has(JSON.stringify(group)));
  const [only, another] = narrowed;
  if (narrowed.length === previous.where.length && narrowed.length > 0) return 'without filters';
  const [value] = only?.any[0]?.values ?? [];
  return only && !another && typeof value === 'string'
    ? withoutCondition(`without the ${value} filter`, shown)
    : null;
};

/** "Why" after what failed: by the reason that its records tell, where they tell one. */
const asReasons: ChangeForm = (text, { previous, catalogue }) => {
  if (
    !/^(?:and |but )?(?:(?:the |their )?(?:reasons?|causes?)|why|why (?:is|was|are|were) (?:that|this|it|they|those)|for (?:what|which) reasons?|what (?:is|are|was|were) the (?:reasons?|causes?))$/i.test(
      text,
    )
  )
    return null;
  const metric = previous.kind === 'metric' ? catalogue.metrics.get(previous.metrics[0] ?? '') : undefined;
  const entity = metric && entityOf(catalogue, metric);
  const reason = dimensionsOf(catalogue, entity?.id ?? '').find(
    (one) => one.entity === entity?.id && one.isReason === true,
  );
  const name =
    reason && (namesOf(reason).find((one) => /^(?:reason|root cause)$/i.test(one)) ?? reason.label);
  return name === undefined ? null : `by ${name.toLowerCase()}`;
};

/** "Who are the detractors" after their share: the customers that are such. */
const asCustomers: ChangeForm = (text, { previous, catalogue }) => {
  const said =
    /^(?:and )?who (?:are|were|is|was) (?:the |our |my |these |those )?([a-z]+(?: [a-z]+)?)$/i.exec(
      text,
    )?.[1];
  if (said === undefined || previous.kind === 'list' || previous.groupBy.length > 0) return null;
  const metric = findMetric(catalogue, said);
  const entity = metric && entityOf(catalogue, metric);
  return entity && entity.id !== 'account' && entity.joins['account'] !== undefined
    ? `${said} by customer`
    : null;
};

/** "How many did Aisha solve" after what somebody else solved: the same of her. */
const asSameDone: ChangeForm = (text, { previous, catalogue }) => {
  const { who = '', verb = '' } =
    /^how (?:many|much)(?: of (?:them|those|these))? (?:did|has|have) (?<who>["\p{Lu}].*?) (?<verb>\p{Ll}+)$/u.exec(
      text,
    )?.groups ?? {};
  const metric = previous.kind === 'metric' ? catalogue.metrics.get(previous.metrics[0] ?? '') : undefined;
  if (who === '' || metric === undefined) return null;
  const done = new RegExp(`\\b${pastOf(verb)}\\b`, 'i');
  return namesOf(metric).some((name) => done.test(name)) ? `what about ${who}` : null;
};

/** Changes that only what is shown decides: what it is split by, what its records are called. */
/** "Only those with ARR over 20k" after customers: which of them, and not their ARR. */
const asCondition: ChangeForm = (text, { previous, catalogue }) => {
  const whose =
    /^(?:(?:only|just) )?(?:(?:those|the ones|ones|customers|accounts) )?whose (?<what>[\p{L} ]+?) (?:is|are) (?<bound>(?:over|under|above|below|more than|less than|at least|at most) \S+)$/iu.exec(
      text,
    )?.groups;
  const said =
    whose === undefined
      ? /^(?:(?:only|just) )?(?:(?:those|the ones|ones) )?(?:(?:with|having|(?:that|who|which) have) )?(?<what>[\p{L} ]+? (?:over|under|above|below|more than|less than|at least|at most) \S+)$/iu.exec(
          text,
        )?.groups?.['what']
      : `${whose['what'] ?? ''} ${whose['bound'] ?? ''}`;
  const entity = previous.kind === 'list' ? catalogue.entities.get(previous.entity) : undefined;
  if (said === undefined || entity === undefined || !isAmountOf.test(said)) return null;
  // Checks of customers are spoken of as the customers.
  const parent = entity.joins[entity.parent ?? '']?.entity;
  const isOfEach = entity.onePerParent !== undefined || entity.snapshot !== undefined;
  const owner = isOfEach && parent !== undefined ? catalogue.entities.get(parent) : undefined;
  return owner === undefined
    ? `those ${entity.label.many.toLowerCase()} with ${said}`
    : `only ${owner.label.many.toLowerCase()} with ${said}`;
};

const isAmountOf = /^(?:an? )?(?:arr|mrr|amount|acv|revenue|annual revenue|recurring revenue)\b/i;

/** "Add expansion" after new and churned MRR: the figure of that name, and no condition on the others. */
const asSibling: ChangeForm = (text, { previous, catalogue }) => {
  if (previous.kind !== 'metric') return null;
  const said =
    /^(?:and|add|plus|also|with|include)(?: (?:the|also))? (?<what>[\p{L}]+(?: [\p{L}]+)?)$/iu.exec(text);
  const what = said?.groups?.['what']?.toLowerCase();
  if (what === undefined) return null;
  const labels = previous.metrics.flatMap((id) => catalogue.metrics.get(id)?.label.toLowerCase() ?? []);
  const kinds = labels.flatMap((label) => (label.split(' ').length === 2 ? [label.split(' ')[1] ?? ''] : []));
  const isOne = kinds.length > 0 && kinds.every((kind) => kind === kinds[0]);
  const name = what.includes(' ') ? what : isOne ? `${what} ${kinds[0]}` : '';
  const metric = name === '' ? null : findMetric(catalogue, name);
  const isAdded = /^(?:add|include|plus)\b/i.test(text) || !what.includes(' ');
  return metric === null || previous.metrics.includes(metric.id) || !isAdded ? null : `with ${name}`;
};

export const changeForms: readonly ChangeForm[] = [
  asCondition,
  asSibling,
  asRecords,
  asCount,
  asCountBehind,
  asTopGroups,
  asFewest,
  asShares,
  asShareOfAll,
  asBound,
  asOne,
  asNarrower,
  asWhose,
  asReasons,
  asAllAgain,
  asCustomers,
  asSameDone,
];
