import type {
  Catalogue,
  DimensionDefinition,
  MetricDefinition,
} from '../../../../src/catalogue/catalogue.ts';
import { dimensionsOf, entityOf } from '../../../../src/catalogue/lookup.ts';
import { findWay } from '../../../../src/catalogue/paths.ts';
import type { Plan } from '../../../../src/query/metric-query.ts';
import type { StoredValues } from '../../../../src/query/stored-values.ts';

/** One plan, worded in many ways; the first wording is the plainest. */
export interface Family {
  readonly kind: string;
  readonly plan: { readonly metric: string; readonly groups: readonly string[] };
  readonly wordings: readonly { readonly form: string; readonly text: string }[];
}

/** The same numbers for the same seed, between 0 and 1. */
export function randomFrom(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state * 1_664_525 + 1_013_904_223) % 4_294_967_296;
    return state / 4_294_967_296;
  };
}

/** What the wordings of one plan have to agree on. */
export function signatureOf(plan: Plan): string {
  if (plan.kind === 'refuse' || plan.kind === 'clarify') return plan.kind;
  if (plan.kind === 'summary') return JSON.stringify(plan);
  const where = plan.where
    .map(({ any }) => JSON.stringify(any.toSorted((a, b) => a.dimension.localeCompare(b.dimension))))
    .toSorted();
  if (plan.kind === 'list') return JSON.stringify({ ...plan, where, columns: [] });
  const { chart: _, window: __, ...rest } = plan;
  const groupBy = plan.groupBy.map(({ dimension, grain }) => `${dimension} ${grain ?? ''}`).toSorted();
  return JSON.stringify({ ...rest, where, groupBy });
}

const times = [
  'last month',
  'this quarter',
  'in october',
  'so far this year',
  'in the last 30 days',
  'last week',
  'in Q3',
  'yesterday',
];

interface Scene {
  readonly catalogue: Catalogue;
  readonly stored: StoredValues;
  readonly pick: <T>(from: readonly T[]) => T;
}

const spoken = (label: string): string => label.replace(/^\p{Lu}(?=\p{Ll})/u, (first) => first.toLowerCase());

function plural(noun: string): string {
  if (/[^aeiou]y$/.test(noun)) return noun.replace(/y$/, 'ies');
  return /(?:s|x|ch|sh)$/.test(noun) ? `${noun}es` : `${noun}s`;
}

const many = ({ catalogue }: Scene, { entity, label, path }: DimensionDefinition): string => {
  const named = catalogue.entities.get(entity);
  return path === named?.titleColumn ? spoken(named.label.many) : plural(spoken(label));
};

/** What a figure can be split by: its own rows' properties, and those of what they belong to. */
function groupsOf({ catalogue }: Scene, metric: MetricDefinition): readonly DimensionDefinition[] {
  const entity = entityOf(catalogue, metric);
  if (!entity) return [];
  return dimensionsOf(catalogue, entity.id).filter((dimension) => {
    const way = findWay(catalogue, entity.id, dimension);
    return (
      dimension.groupable &&
      isSpeakable(dimension) &&
      dimension.hidden !== true &&
      dimension.calendar === undefined &&
      dimension.type === 'text' &&
      way !== null &&
      way.distance <= 1
    );
  });
}

const valuesOf = ({ stored }: Scene, { id, values }: DimensionDefinition): readonly string[] =>
  values.length > 0 ? values.map(({ label }) => spoken(label)) : (stored.get(id) ?? []);

/** "What", "Where": the names of columns that no sentence of this kind can hold. */
const isSpeakable = ({ label }: { readonly label: string }): boolean =>
  !/^(?:what|where|when|who|compared|per|time|name)$/i.test(label);

const isTimed = (metric: MetricDefinition): boolean =>
  metric.type === 'simple' && metric.timeDimension !== null;
const isCount = (metric: MetricDefinition): boolean =>
  metric.type === 'simple' && metric.measure.aggregate === 'count';

type Wordings = Readonly<Record<string, string>>;

function family(kind: string, metric: string, groups: readonly string[], wordings: Wordings): Family {
  const all = Object.entries(wordings).map(([form, text]) => ({
    form: `${kind}: ${form}`,
    text: text
      .replaceAll(/\s+/g, ' ')
      .replaceAll(/ ([,?])/g, '$1')
      .trim(),
  }));
  return { kind, plan: { metric, groups }, wordings: all };
}

/** A figure in all ways to split, rank, narrow and count it, of one metric of the catalogue. */
export function familiesOf(scene: Scene, metric: MetricDefinition): readonly Family[] {
  const { catalogue, pick } = scene;
  const X = spoken(metric.label);
  const T = isTimed(metric) ? pick(times) : '';
  const found: Family[] = [];
  const dimensions = groupsOf(scene, metric);
  if (dimensions.length > 0) {
    const dimension = pick(dimensions);
    const D = spoken(dimension.label);
    const Ds = many(scene, dimension);
    const home = catalogue.entities.get(dimension.entity)?.label.one ?? '';
    const groups = [dimension.id];
    found.push(
      family('split', metric.id, groups, {
        'X by D T': `${X} by ${D} ${T}`,
        'X per D T': `${X} per ${D} ${T}`,
        'X T by D': `${X} ${T} by ${D}`,
        'T X by D': `${T} ${X} by ${D}`,
        'T, X by D': T === '' ? `by ${D}, ${X}` : `${T}, ${X} by ${D}`,
        'X for each D T': `${X} for each ${D} ${T}`,
        'X split by D T': `${X} split by ${D} ${T}`,
        'X broken down by D T': `${X} broken down by ${D} ${T}`,
        'X grouped by D, T': `${X} grouped by ${D}, ${T}`.replace(/, $/, ''),
        'D-wise X T': `${D}-wise ${X} ${T}`,
        'X D-wise T': `${X} ${D}-wise ${T}`,
        'X by D of the R': `${X} ${T} by ${D} of the ${home}`,
        'breakdown of X by D T': `breakdown of ${X} by ${D} ${T}`,
        'show me X by D T please': `show me ${X} by ${D} ${T} please`,
        'could you give me X per D T, thanks': `could you give me ${X} per ${D} ${T}, thanks`,
        'what is X by D T?': `what is ${X} by ${D} ${T}?`,
        'D breakdown of X T': `${D} breakdown of ${X} ${T}`,
        'X across Ds T': `${X} across ${Ds} ${T}`,
      }),
      family('ordered', metric.id, groups, {
        'X by D T, highest first': `${X} by ${D} ${T}, highest first`,
        'X by D T, largest first': `${X} by ${D} ${T}, largest first`,
        'X by D T descending': `${X} by ${D} ${T}, descending`,
        'X by D T from highest to lowest': `${X} by ${D} ${T} from highest to lowest`,
        'X by D T in descending order': `${X} by ${D} ${T} in descending order`,
        'T X per D, highest first': `${T} ${X} per ${D}, highest first`,
      }),
      family('ordered up', metric.id, groups, {
        'X by D T, lowest first': `${X} by ${D} ${T}, lowest first`,
        'X by D T ascending': `${X} by ${D} ${T}, ascending`,
        'X by D T from lowest to highest': `${X} by ${D} ${T} from lowest to highest`,
        'X per D T, smallest first': `${X} per ${D} ${T}, smallest first`,
      }),
      family('first', metric.id, groups, {
        'which D has the highest X T': `which ${D} has the highest ${X} ${T}`,
        'what D had the highest X T': `what ${D} had the highest ${X} ${T}?`,
        'D with the highest X T': `${D} with the highest ${X} ${T}`,
        'T which D had the highest X': `${T} which ${D} had the highest ${X}`,
        'tell me which D has the highest X T': `tell me which ${D} has the highest ${X} ${T}`,
        ...(isCount(metric) && {
          'which D has the most X T': `which ${D} has the most ${X} ${T}`,
          'the D with the most X T': `the ${D} with the most ${X} ${T}`,
          'which D had most X T': `which ${D} had most ${X} ${T}`,
        }),
      }),
      family('top', metric.id, groups, {
        'top 5 Ds by X T': `top 5 ${Ds} by ${X} ${T}`,
        'top five Ds by X T': `top five ${Ds} by ${X} ${T}`,
        '5 Ds with the highest X T': `5 ${Ds} with the highest ${X} ${T}`,
        'the five Ds with the highest X T': `the five ${Ds} with the highest ${X} ${T}`,
        'which 5 Ds have the highest X T': `which 5 ${Ds} have the highest ${X} ${T}`,
        'which are the top 5 Ds by X T': `which are the top 5 ${Ds} by ${X} ${T}?`,
        'T top 5 Ds by X': `${T} top 5 ${Ds} by ${X}`,
        'X by D T, top 5': `${X} by ${D} ${T}, top 5`,
        'Ds with the highest X T, top 5': `${Ds} with the highest ${X} ${T}, top 5`,
        'top 5 Ds for X T': `top 5 ${Ds} for ${X} ${T}`,
        ...(isCount(metric) && {
          '5 Ds with the most X T': `5 ${Ds} with the most ${X} ${T}`,
          'top 5 Ds with the most X T': `top 5 ${Ds} with the most ${X} ${T}`,
        }),
      }),
      family('bottom', metric.id, groups, {
        'bottom 3 Ds by X T': `bottom 3 ${Ds} by ${X} ${T}`,
        '3 Ds with the lowest X T': `3 ${Ds} with the lowest ${X} ${T}`,
        'the three Ds with the lowest X T': `the three ${Ds} with the lowest ${X} ${T}`,
        'which three Ds have the lowest X T': `which three ${Ds} have the lowest ${X} ${T}`,
        'X by D T, bottom 3': `${X} by ${D} ${T}, bottom 3`,
        ...(isCount(metric) && {
          'the three Ds with the fewest X T': `the three ${Ds} with the fewest ${X} ${T}`,
          '3 Ds with the least X T': `3 ${Ds} with the least ${X} ${T}`,
        }),
      }),
    );
    if (isTimed(metric)) {
      const period = pick(['sept to oct', 'this year', 'in the last 6 months']);
      found.push(
        family('split along time', metric.id, [...groups, 'time'], {
          'X by D and month T': `${X} by ${D} and month ${period}`,
          'X by month and D T': `${X} by month and ${D} ${period}`,
          'X per month and D, T': `${X} per month and ${D}, ${period}`,
          'X per D and month T': `${X} per ${D} and month ${period}`,
          'X per D per month T': `${X} per ${D} per month ${period}`,
          'X by month by D T': `${X} by month by ${D} ${period}`,
          'X month by month per D T': `${X} month by month per ${D} ${period}`,
          'monthly X by D T': `monthly ${X} by ${D} ${period}`,
          'X by D, monthly, T': `${X} by ${D}, monthly, ${period}`,
          'X T by D and by month': `${X} ${period} by ${D} and by month`,
          'X for each D and month T': `${X} for each ${D} and month ${period}`,
          'X by D, by month T': `${X} by ${D}, by month, ${period}`,
          'X each month by D T': `${X} each month by ${D} ${period}`,
        }),
      );
    }
    const own = metric.type === 'simple' ? metric.filters.map((filter) => filter.dimension) : [];
    const values = dimensions.filter((one) => valuesOf(scene, one).length > 1 && !own.includes(one.id));
    if (values.length > 0) found.push(...narrowed(scene, metric, pick(values), T));
  }
  if (isCount(metric)) found.push(counted(metric, X, T));
  if (isTimed(metric)) found.push(...timed(metric, X, pick));
  return found;
}

function narrowed(
  scene: Scene,
  metric: MetricDefinition,
  dimension: DimensionDefinition,
  T: string,
): readonly Family[] {
  const X = spoken(metric.label);
  const D = spoken(dimension.label);
  const V = scene.pick(valuesOf(scene, dimension));
  const only = family('narrowed', metric.id, [], {
    'X where D is V T': `${X} where ${D} is ${V} ${T}`,
    'X for D V T': `${X} for ${D} ${V} ${T}`,
    'X with D V T': `${X} with ${D} ${V} ${T}`,
    'X T where the D is V': `${X} ${T} where the ${D} is ${V}`,
    'X for V only T': `${X} for ${V} only ${T}`,
    'X for V T': `${X} for ${V} ${T}`,
    'T X for V': `${T} ${X} for ${V}`,
    'X T, D V': `${X} ${T}, ${D} ${V}`,
    'only V: X T': `${X} ${T}, only ${V}`,
    'X T with D = V': `${X} ${T} with ${D} = ${V}`,
    ...(isCount(metric) && {
      'V X T': `${V} ${X} ${T}`,
      'how many X are V T': `how many ${X} ${T} are ${V}`,
      'number of V X T': `number of ${V} ${X} ${T}`,
      'how many V X T': `how many ${V} ${X} ${T}`,
    }),
  });
  if (!isCount(metric)) return [only];
  return [
    only,
    family('share', metric.id, [], {
      'share of V among X T': `share of ${V} among ${X} ${T}`,
      'what share of X T is V': `what share of ${X} ${T} is ${V}`,
      'what percentage of X T are V': `what percentage of ${X} ${T} are ${V}`,
      'percentage of X T that are V': `percentage of ${X} ${T} that are ${V}`,
      'how many percent of X T are V': `how many percent of ${X} ${T} are ${V}`,
      'what proportion of X T was V': `what proportion of ${X} ${T} was ${V}`,
    }),
  ];
}

function counted(metric: MetricDefinition, X: string, T: string): Family {
  return family('counted', metric.id, [], {
    'number of X T': `number of ${X} ${T}`,
    'how many X T': `how many ${X} ${T}`,
    'count of X T': `count of ${X} ${T}`,
    'X count T': `${X} count ${T}`,
    'X T, count': `${X} ${T}, count`,
    'X, count, T': `${X}, count, ${T}`.replace(/, $/, ''),
    'how many X were there T': `how many ${X} were there ${T}?`,
    'total number of X T': `total number of ${X} ${T}`,
    'T how many X': `${T} how many ${X}`,
    'the number of X T please': `the number of ${X} ${T} please`,
    'can you tell me how many X T': `can you tell me how many ${X} ${T}`,
    'I need the number of X T': `I need the number of ${X} ${T}`,
  });
}

function timed(metric: MetricDefinition, X: string, pick: Scene['pick']): readonly Family[] {
  const { id } = metric;
  const [a, b, A, B] = pick([
    ['sept', 'oct', 'September', 'October'],
    ['may', 'july', 'May', 'July'],
    ['feb', 'june', 'February', 'June'],
  ] as const);
  const unit = pick(['quarter', 'month', 'week']);
  return [
    family('between', id, [], {
      'X from A to B': `${X} from ${A} to ${B}`,
      'X between A and B': `${X} between ${A} and ${B}`,
      'X a to b': `${X} ${a} to ${b}`,
      'X from a to b': `${X} from ${a} to ${b}`,
      'X A through B': `${X} ${A} through ${B}`,
      'X A-B': `${X} ${A}-${B}`,
      'from A to B, X': `from ${A} to ${B}, ${X}`,
      'X, a - b': `${X}, ${a} - ${b}`,
      'X from A until B': `${X} from ${A} until ${B}`,
      'what were X between A and B?': `what were ${X} between ${A} and ${B}?`,
    }),
    family('compared', id, [], {
      'X this U compared to last U': `${X} this ${unit} compared to last ${unit}`,
      'X this U compared to the U before': `${X} this ${unit} compared to the ${unit} before`,
      'X this U vs last U': `${X} this ${unit} vs last ${unit}`,
      'X this U versus the previous U': `${X} this ${unit} versus the previous ${unit}`,
      'X so far this U compared with last U': `${X} so far this ${unit} compared with last ${unit}`,
      'compare X this U with last U': `compare ${X} this ${unit} with last ${unit}`,
      'X this U against last U': `${X} this ${unit} against last ${unit}`,
      'this U vs last U: X': `this ${unit} vs last ${unit}: ${X}`,
      'how do X this U compare to last U': `how do ${X} this ${unit} compare to last ${unit}`,
      'X this U, and last U for comparison': `${X} this ${unit}, and last ${unit} for comparison`,
    }),
    family('placed', id, [], {
      'X so far this U': `${X} so far this ${unit}`,
      'X this U so far': `${X} this ${unit} so far`,
      'so far this U, X': `so far this ${unit}, ${X}`,
      'X this U': `${X} this ${unit}`,
      'this U X': `this ${unit} ${X}`,
      'X for this U': `${X} for this ${unit}`,
      'X during this U': `${X} during this ${unit}`,
      'what is X this U': `what is ${X} this ${unit}?`,
      'hi, can I see X for this U please': `hi, can I see ${X} for this ${unit} please`,
      'X in the current U': `${X} in the current ${unit}`,
      'this Us X': `this ${unit}'s ${X}`,
      'X until now this U': `${X} until now this ${unit}`,
    }),
  ];
}
