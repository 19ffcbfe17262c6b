import type { Catalogue, MetricDefinition, SimpleMetric } from '../../../catalogue/catalogue.ts';
import { dimensionsOf, entityOf, findMetric, namesOf, namesOfEntity } from '../../../catalogue/lookup.ts';
import { findWay } from '../../../catalogue/paths.ts';
import { isCountOf } from '../compose/draft.ts';
import { namingDimension } from '../compose/reach.ts';
import type { Shown } from './shown.ts';

type ChangeForm = (text: string, shown: Shown) => string | null;

const metricOf = ({ previous, catalogue }: Shown): SimpleMetric | null => {
  const [id, another] = previous.kind === 'metric' ? previous.metrics : [];
  const metric = another === undefined ? catalogue.metrics.get(id ?? '') : undefined;
  return metric?.type === 'simple' ? metric : null;
};

/** "List those of EMEA" after figures: their records, narrowed. */
const asListedOnes: ChangeForm = (text, { previous }) => {
  const of =
    /^(?:list|show(?: me)?|name|see) (?:only |just |all )?(?:those|the ones|them) (?:(?:of|from|in|for|that are|which are|who are) )(?<which>\S.*)$/i.exec(
      text,
    )?.groups?.['which'];
  return of === undefined || previous.kind === 'list' || isPeriod.test(of) ? null : `only ${of}, list them`;
};

const isPeriod = /^(?:the )?(?:last|this|next|previous|q[1-4]\b|\d)/i;

/** "List Naomi's" of figures by owner: her records. */
const asListedOwn: ChangeForm = (text, { previous }) => {
  const who = /^list (?:only |just |all )?(?<who>[\p{L}"][\p{L}" -]*?)(?:'s|s'|s)?$/iu.exec(text)?.groups?.[
    'who'
  ];
  const [group, another] = previous.kind === 'metric' ? previous.groupBy : [];
  const isPerson = another === undefined && isOfPeople.test(group?.dimension ?? '');
  return who === undefined || !isPerson || isRows.test(who) ? null : `only ${who}, list them`;
};

const isOfPeople = /^(?:assignee|owner|conversation_agent|lead_owner|account_owner|intervention_owner)$/;
const isRows =
  /^(?:them|those|these|it|the|all|my|our|open|urgent|\p{L}+ (?:ones|tickets|deals|customers|accounts)|tickets?|deals?|customers?|accounts?|cases?|leads?|escalations?|incidents?|name|detail|record|row|more|everything)\b/iu;

/** "Sum" after records that are worth something: of what they are worth. */
const asSum: ChangeForm = (text, shown) => {
  const { previous, catalogue } = shown;
  if (!/^(?:the |their |as a )?sum(?: of (?:them|those|these|it))?(?: up)?$/i.test(text)) return null;
  const counted = metricOf(shown);
  const isCount = counted !== null && isCountOf(catalogue, counted, counted.entity);
  const entity = previous.kind === 'list' ? previous.entity : isCount ? counted.entity : null;
  return entity !== null && moneyOf(catalogue, entity) ? 'the total amount' : null;
};

/** Whether records show an amount of money that can be added up. */
const moneyOf = (catalogue: Catalogue, entity: string): boolean =>
  [...catalogue.metrics.values()].some(
    (one) =>
      one.type === 'simple' &&
      one.entity === entity &&
      one.measure.aggregate === 'sum' &&
      one.format.kind === 'money',
  );

/** "In units" after orders: what was sold of them. */
const asUnits: ChangeForm = (text, shown) =>
  /^(?:and )?(?:in|as|by) (?:units|pieces|quantit(?:y|ies))(?: sold)?(?: instead)?$/i.test(text) &&
  metricOf(shown) !== null
    ? 'units sold instead'
    : null;

/** "Amounts too" after how many were won: their amount beside their number. */
const asAmountBeside: ChangeForm = (text, shown) => {
  const isAsked =
    /^(?:and |with |plus |add )*(?:the |their )?(?:amounts?|values?|money)(?: (?:too|as well|also|beside it|next to it))?$/i.test(
      text,
    ) && /\b(?:too|as well|also|with|plus|add|beside|next)\b/i.test(text);
  const metric = isAsked ? metricOf(shown) : null;
  if (metric === null || !isCountOf(shown.catalogue, metric, metric.entity)) return null;
  const own = amountOf(shown.catalogue, metric);
  return own === null ? null : `with ${own.label.toLowerCase()}`;
};

/** The amount of the very rows that a figure counts. */
function amountOf(catalogue: Catalogue, metric: SimpleMetric): MetricDefinition | null {
  const key = JSON.stringify([metric.entity, metric.timeDimension, metric.filters]);
  const [only, another] = [...catalogue.metrics.values()].filter(
    (one) =>
      one.type === 'simple' &&
      one.hidden !== true &&
      one.measure.aggregate === 'sum' &&
      one.measure.times === undefined &&
      one.format.kind === 'money' &&
      JSON.stringify([one.entity, one.timeDimension, one.filters]) === key,
  );
  return only && !another ? only : null;
}

/** "By response rate" after how many campaigns there were: that of each. */
const asEachOnes: ChangeForm = (text, shown) => {
  const name = /^(?:and )?(?:sorted |ranked |ordered )?by (?:their |the )?(?<name>[\w ]+)$/i.exec(text)
    ?.groups?.['name'];
  const metric = metricOf(shown);
  const { catalogue, previous } = shown;
  if (name === undefined || metric === null || previous.kind !== 'metric' || previous.groupBy.length > 0)
    return null;
  const label = namingDimension(catalogue, metric.entity);
  const noun = catalogue.entities.get(metric.entity)?.label.one.toLowerCase();
  const figure = ownFigure(shown, name) ?? findMetric(catalogue, name.toLowerCase());
  const isOfEach =
    figure !== null &&
    (figure.type === 'ratio' || (figure.type === 'simple' && figure.measure.aggregate !== 'count')) &&
    label !== null &&
    isCountOf(catalogue, metric, metric.entity) &&
    (entityOf(catalogue, figure)?.id === metric.entity || isStep(catalogue, figure, label));
  return isOfEach && noun !== undefined ? `${figure.label.toLowerCase()} by ${noun} instead` : null;
};

const isStep = (catalogue: Catalogue, metric: MetricDefinition, dimension: string): boolean => {
  const entity = entityOf(catalogue, metric);
  const label = catalogue.dimensions.get(dimension);
  return entity !== null && label !== undefined && findWay(catalogue, entity.id, label) !== null;
};

/** What the records before are called in front of or behind some words: "mean time to resolve" of incidents. */
function ownFigure({ previous, catalogue }: Shown, words: string): MetricDefinition | null {
  const metric = previous.kind === 'metric' ? catalogue.metrics.get(previous.metrics[0] ?? '') : undefined;
  const id = previous.kind === 'list' ? previous.entity : metric && entityOf(catalogue, metric)?.id;
  const entity = catalogue.entities.get(id ?? '');
  if (entity === undefined) return null;
  const said = words.toLowerCase().trim();
  const [first = '', ...rest] = said.split(' ');
  const forms = namesOfEntity(entity).flatMap((name) => [
    `${said} ${name}`,
    `${name} ${said}`,
    `${said} of ${name}`,
    `${first} ${name} ${rest.join(' ')}`,
  ]);
  return forms.map((form) => findMetric(catalogue, form)).find((found) => found !== null) ?? null;
}

/** "Mean time to resolve" after incidents: of them, where another kind of record owns the bare name. */
const asOwnFigure: ChangeForm = (text, shown) => {
  const words =
    /^(?:and |what about |how about |show )*(?:the |their )?(?<words>[a-z0-9]+(?: [a-z0-9]+){1,4})(?: instead)?$/i.exec(
      text,
    )?.groups?.['words'];
  const bare = words === undefined ? null : findMetric(shown.catalogue, words.toLowerCase());
  const own = words === undefined || shown.previous.kind === 'list' ? null : ownFigure(shown, words);
  return own !== null && bare?.id !== own.id ? `${own.label.toLowerCase()} instead` : null;
};

/** "Owners", "their owner": whose each of the records is. */
const asOwners: ChangeForm = (text, { previous }) =>
  previous.kind === 'list' &&
  /^(?:and )?(?:the |their )?(?:owners?|assignees?)(?: (?:too|as well))?$/i.test(text)
    ? 'who owns them'
    : null;

/** "Amount instead" after how many: what they are worth. */
const asAmountInstead: ChangeForm = (text, shown) => {
  if (!/^(?:and )?(?:by )?(?:amounts?|value)(?: instead)?$/i.test(text)) return null;
  const metric = metricOf(shown);
  if (metric === null || !isCountOf(shown.catalogue, metric, metric.entity)) return null;
  const own = amountOf(shown.catalogue, metric);
  return own === null ? 'the amount' : `${own.label.toLowerCase()} instead`;
};

/** "Peak" of a course: the highest of its points. */
const asPeak: ChangeForm = (text, { previous }) =>
  /^(?:and )?(?:when (?:is|was) )?(?:the |its )?peak(?: (?:hour|day|week|month|time))?$/i.test(text) &&
  previous.kind === 'metric' &&
  previous.groupBy.length === 1 &&
  (previous.groupBy[0]?.grain !== undefined ||
    /hour|weekday|month/.test(previous.groupBy[0]?.dimension ?? ''))
    ? 'only the top 1'
    : null;

/** "How many each" where that is what is shown. */
const asShownAlready: ChangeForm = (text, { previous, catalogue }) => {
  const metric = previous.kind === 'metric' ? catalogue.metrics.get(previous.metrics[0] ?? '') : undefined;
  const isCount =
    metric?.type === 'simple' && metric.measure.aggregate === 'count' && previous.kind === 'metric';
  return isCount &&
    previous.groupBy.length > 0 &&
    /^(?:and )?how many (?:each|does each have|do they (?:each )?have)$/i.test(text)
    ? 'in absolute numbers'
    : null;
};

/** "Number of customers each": as a question. */
const asNumberEach: ChangeForm = (text, { previous }) => {
  const rows =
    /^(?:and )?(?:the )?(?:number|count) of (?<rows>[a-z]+(?: [a-z]+)?) (?:each|for each|per group|in each|of each)$/i.exec(
      text,
    )?.groups?.['rows'];
  return rows === undefined || previous.kind !== 'metric' || previous.groupBy.length === 0
    ? null
    : `how many ${rows} is that each`;
};

/** "Average time" after what was resolved: how long that took. */
const asOwnTime: ChangeForm = (text, shown) => {
  const how =
    /^(?:and )?(?:the |their )?(?<how>average|avg|mean|median) (?:time|duration|length)(?: to (?:resolve|solve|close))?$/i.exec(
      text,
    )?.groups?.['how'];
  if (how === undefined || shown.previous.kind === 'list') return null;
  const kind = /median/i.test(how) ? 'median' : 'average';
  const own = [`${kind} resolution time`, `${kind} time to resolve`, `${kind} duration`]
    .map((words) => ownFigure(shown, words))
    .find((one) => one !== null);
  return own ? `${own.label.toLowerCase()} instead` : null;
};

/** "Responses too" after a figure of one kind of answers: the number of those that it is made of. */
const asOwnCount: ChangeForm = (text, { previous, catalogue, nouns }) => {
  if (previous.kind !== 'metric' || previous.metrics.length !== 1) return null;
  const metric = catalogue.metrics.get(previous.metrics[0] ?? '');
  const said =
    /^(?:and |with |plus |add )*(?:the |their )?(?:number of |how many )?(?<noun>[a-z]+)(?: (?:too|as well|also|in there))?$/i.exec(
      text,
    )?.groups?.['noun'];
  const isBeside = /\b(?:too|as well|also|in there|with|plus|add)\b/i.test(text);
  if (said === undefined || !isBeside || metric === undefined) return null;
  const rows =
    metric.type === 'ratio' ? catalogue.metrics.get(metric.denominator) : rowsOf(catalogue, metric);
  const isNoun = new RegExp(`^(?:${nouns}|answers|responses|replies)$`, 'i').test(said);
  return isNoun && rows?.type === 'simple' && rows.hidden !== true && rows.filters.length > 0
    ? `with ${rows.label.toLowerCase()}`
    : null;
};

function rowsOf(catalogue: Catalogue, metric: MetricDefinition): MetricDefinition | undefined {
  if (metric.type !== 'simple' || isCountOf(catalogue, metric, metric.entity)) return undefined;
  const key = JSON.stringify([metric.entity, metric.timeDimension, metric.filters]);
  return [...catalogue.metrics.values()].find(
    (one) =>
      one.type === 'simple' &&
      isCountOf(catalogue, one, metric.entity) &&
      JSON.stringify([one.entity, one.timeDimension, one.filters]) === key,
  );
}

/** "Only those with won amount over 100k" of won amounts by rep: which of the groups. */
const asOwnBound: ChangeForm = (text, { previous, catalogue }) => {
  const metric = previous.kind === 'metric' ? catalogue.metrics.get(previous.metrics[0] ?? '') : undefined;
  const { what = '', bound = '' } =
    /^(?:(?:only|just) )?(?:(?:those|the ones|ones|[a-z]+s) )?(?:with|having|who have|that have) (?:an? |the )?(?<what>[a-z ]+?) (?<bound>(?:over|under|above|below|more than|less than|at least|at most) \S+)$/i.exec(
      text,
    )?.groups ?? {};
  const isOwn = metric !== undefined && namesOf(metric).includes(what.toLowerCase());
  return isOwn && previous.kind === 'metric' && previous.groupBy.length > 0 ? `only ${bound}` : null;
};

/** "Only agents with 5 or more responses" where the number of responses is shown: of those figures. */
const asShownBound: ChangeForm = (text, { previous, catalogue }) => {
  const {
    least,
    how,
    n,
    noun = '',
  } = /^(?:only |just )?(?:(?:those|the ones|ones|[a-z]+s) )?(?:with|having|who have|that have) (?:(?<least>\d+)(?: or more|\+)|(?<how>at least|more than|over|under|fewer than|less than) (?<n>\d+)) (?<noun>[a-z]+)$/i.exec(
    text,
  )?.groups ?? {};
  if (noun === '' || previous.kind === 'list' || previous.groupBy.length === 0) return null;
  const [only, another] = previous.metrics.flatMap((id) => {
    const metric = catalogue.metrics.get(id);
    const isCalledSo =
      metric !== undefined && namesOf(metric).some((name) => name.endsWith(` ${noun.toLowerCase()}`));
    return isCalledSo ? [metric] : [];
  });
  if (only === undefined || another !== undefined) return null;
  return `only those with ${least === undefined ? `${how ?? ''} ${n ?? ''}` : `at least ${least}`} ${only.label.toLowerCase()}`;
};

/** "Bigger than 100k": a bound, and no comparison with anything. */
const asBound: ChangeForm = (text) => {
  const { more, n } =
    /^(?:and )?(?:only |just )?(?:(?:those|the ones|ones) )?(?:that are |which are )?(?:(?<more>bigger|larger|higher|greater)|smaller|lower) than (?<n>[$€]?\d\S*)$/i.exec(
      text,
    )?.groups ?? {};
  return n === undefined ? null : `${more === undefined ? 'under' : 'over'} ${n}`;
};

/** "The same day last week" beside one day. */
const asDayWeekBefore: ChangeForm = (text, { previous }) => {
  if (
    !/^(?:and )?(?:what about )?(?:on )?(?:the )?same day (?:last week|a week (?:ago|earlier|before)|the week before)$/i.test(
      text,
    )
  )
    return null;
  const { time } = previous;
  const ago =
    time?.kind === 'day' ? -time.offset : time?.kind === 'to_date' && time.unit === 'day' ? 0 : null;
  return ago === null ? null : `${ago + 7} days ago`;
};

/** "Root causes", "their stages" after records: that column of each. */
const asColumns: ChangeForm = (text, { previous, catalogue }) => {
  const words = /^(?:and )?(?:the |their )?(?<words>[a-z]+(?: [a-z]+){0,2})s$/i.exec(text)?.groups?.['words'];
  if (words === undefined || previous.kind !== 'list') return null;
  const own = dimensionsOf(catalogue, previous.entity).some(
    (one) =>
      one.entity === previous.entity &&
      [one.label, ...one.synonyms].some((name) => name.toLowerCase() === words.toLowerCase()),
  );
  return own && findMetric(catalogue, `${words}s`.toLowerCase()) === null
    ? `with ${words.toLowerCase()}`
    : null;
};

/** "And by customer, top 5": a ranking is of one kind of group. */
const asOtherTop: ChangeForm = (text, { previous }) => {
  const { by, top } =
    /^(?:and )?(?:by|per) (?<by>[a-z]+),? (?:the )?(?<top>(?:top|bottom) \d{1,2})$/i.exec(text)?.groups ?? {};
  return by === undefined || previous.kind === 'list' ? null : `by ${by} instead, ${top ?? ''}`;
};

/** "Which category had the most" after one figure: the one that leads. */
const asLeader: ChangeForm = (text, { previous }) => {
  const { group, least } =
    /^(?:and )?which (?<group>(?!of\b|one\b)[a-z]+[^s\W]) (?:has|had|got|gets|sees|saw) the (?:most|(?<least>fewest|least))$/i.exec(
      text,
    )?.groups ?? {};
  return group === undefined || previous.kind === 'list' || previous.groupBy.length > 0
    ? null
    : `by ${group}, ${least === undefined ? 'top' : 'bottom'} 1`;
};

/** "In euros only": those amounts that are. */
const asCurrency: ChangeForm = (text) => {
  const { money } =
    /^(?:and )?(?:only |just )?in (?<money>euros?|eur|dollars?|us dollars?|usd)(?: only| alone)?$/i.exec(text)
      ?.groups ?? {};
  const isOnly = /\b(?:only|just|alone)\b/i.test(text);
  return money === undefined || !isOnly ? null : `only ${/^eu/i.test(money) ? 'EUR' : 'USD'}`;
};

/** "What's the total amount" after records that are worth something. */
const asTotal: ChangeForm = (text, { previous, catalogue }) =>
  previous.kind === 'list' &&
  moneyOf(catalogue, previous.entity) &&
  /^(?:and )?(?:what(?:'?s| is| are) |give me )?(?:the |their )?(?:sum )?total (?:amount|value|worth)(?: of (?:them|those|these|that))?$/i.test(
    text,
  )
    ? 'how much is that'
    : null;

/** "Who was that" after records: whose each is. */
const asWhose: ChangeForm = (text, { previous }) =>
  previous.kind === 'list' &&
  /^(?:and )?who(?:'s|s| is| was| were| are) (?:that|it|this|these|those|they)(?: (?:by|with))?$/i.test(text)
    ? 'who owns them'
    : null;

/** Changes of one or two words, whose meaning is what is shown. */
export const terseForms: readonly ChangeForm[] = [
  asListedOnes,
  asListedOwn,
  asAmountInstead,
  asPeak,
  asShownAlready,
  asNumberEach,
  asOwnTime,
  asSum,
  asUnits,
  asAmountBeside,
  asEachOnes,
  asOwners,
  asOwnCount,
  asOwnFigure,
  asOwnBound,
  asShownBound,
  asBound,
  asDayWeekBefore,
  asColumns,
  asOtherTop,
  asLeader,
  asCurrency,
  asTotal,
  asWhose,
];
