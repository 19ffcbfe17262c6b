import type { Catalogue, DimensionDefinition } from '../../../catalogue/catalogue.ts';
import { dimensionsOf } from '../../../catalogue/lookup.ts';
import { findWay } from '../../../catalogue/paths.ts';
import type { ListPlan } from '../../../query/metric-query.ts';
import { wordTable } from '../../../toolkit/word-table.ts';
import { personDimensions } from '../compose/reach.ts';
import { vocabularyOf, wordsOf } from '../vocabulary.ts';
import { nameIn } from './apply-form.ts';

const around =
  /^(?:(?:and|with|incl|including|show|list|plus|what is|what are|whats|which|the|their|its|his|her|current|each|each one's) )+|(?: (?:next to (?:it|them)|beside (?:it|them)|each|of each|for each|of them|too|pls|please))+$/gi;
const dates = /^(?:dates?|when|day|on what date|since when)$/i;
const people =
  /^(?:owners?|reps?|who|by whom|salesperson|who (?:owns|has|handles) (?:it|them|each)|whose|person)$/i;
const amounts = /^(?:amounts?|values?|worth|how much|price|sum)$/i;

/**
 * The property of listed records that a short name says: "date" is the one they go by, "owner" whoever they belong to,
 * "qty" and "plan" the only column of theirs that is called so.
 *
 * @returns null: the records have none, or several, of that name
 */
export function fieldIn(catalogue: Catalogue, plan: ListPlan, said: string): string | null {
  const name = said.replaceAll(around, '').trim();
  const entity = catalogue.entities.get(plan.entity);
  if (name === '' || entity === undefined) return null;
  if (dates.test(name)) return plan.timeDimension ?? entity.defaultTime;
  if (people.test(name)) return personDimensions(catalogue, plan.entity)[0] ?? null;
  if (amounts.test(name)) {
    const amount = amountOf(catalogue, plan);
    if (amount !== null) return amount;
  }
  const exact = nameIn(catalogue, plan, name);
  const named = exact?.kind === 'dimension' ? exact.id : null;
  // The plan of a subscription is its own, whatever else of its customer is called a plan.
  const isOwn = catalogue.dimensions.get(named ?? '')?.entity === plan.entity;
  return isOwn
    ? named
    : (shownOf(catalogue, plan, name) ??
        byWords(catalogue, plan, name, 1) ??
        named ??
        byWords(catalogue, plan, name, 3));
}

/** "Ticket" of clocks: the column of its records that lists of them have anyway. */
function shownOf(catalogue: Catalogue, plan: ListPlan, name: string): string | null {
  const { keyOf } = vocabularyOf(catalogue);
  const [key = '', more] = wordsOf(name).map(keyOf);
  if (more !== undefined || !key.startsWith('@')) return null;
  const shown = catalogue.entities.get(plan.entity)?.listColumns ?? [];
  return shown.find((id) => catalogue.dimensions.get(id)?.entity === key.slice(1)) ?? null;
}

/** Whether words name a property of any records: the others of a question are not worth to be understood without them. */
export function mayBeField(catalogue: Catalogue, said: string): boolean {
  const name = said.replaceAll(around, '').trim();
  if (dates.test(name) || people.test(name) || amounts.test(name) || /^(?:names?|ids?|number)$/i.test(name))
    return true;
  const wanted = wantedWords(name);
  const { phrases, keyOf } = vocabularyOf(catalogue);
  const isRecord = phrases.get(wanted.map(keyOf).join(' '))?.meanings.some(({ kind }) => kind === 'entity');
  if (isRecord === true) return true;
  return wanted.length > 0 && [...catalogue.dimensions.values()].some((one) => says(one, wanted));
}

/** The amount that a list of these records shows. */
function amountOf(catalogue: Catalogue, plan: ListPlan): string | null {
  const shown = catalogue.entities.get(plan.entity)?.listColumns ?? [];
  const money = dimensionsOf(catalogue, plan.entity).filter(
    ({ entity, type, path }) =>
      entity === plan.entity && type === 'number' && /(?:^|_)(?:amount|mrr|arr|cost|quota|price)$/.test(path),
  );
  const usual = money.filter(({ id }) => shown.includes(id));
  const [only, another] = usual.length > 0 ? usual : money;
  return only && !another ? only.id : null;
}

const spelled: Readonly<Record<string, string | undefined>> = wordTable({
  qty: 'quantity',
  dt: 'date',
  cust: 'customer',
  no: 'number',
  headcount: 'employees',
});

const wantedWords = (name: string): readonly string[] =>
  name
    .toLowerCase()
    .split(' ')
    .flatMap((word) => wordsOf(spelled[word] ?? word));

/** The one property, the nearest first, whose name has all of these words; of several those that lists usually show. */
function byWords(catalogue: Catalogue, plan: ListPlan, name: string, furthest: number): string | null {
  const wanted = wantedWords(name);
  if (wanted.length === 0) return null;
  const shown = catalogue.entities.get(plan.entity)?.listColumns ?? [];
  const fitting = dimensionsOf(catalogue, plan.entity)
    .filter((dimension) => dimension.hidden !== true && dimension.type !== 'boolean')
    .filter((dimension) => says(dimension, wanted))
    .map((dimension) => ({
      dimension,
      rank:
        (findWay(catalogue, plan.entity, dimension)?.distance ?? 9) * 2 +
        (shown.includes(dimension.id) ? 0 : 1),
    }));
  const least = Math.min(...fitting.map(({ rank }) => rank));
  const [only, another] = fitting.filter(({ rank }) => rank === least);
  return only && !another && least <= furthest ? only.dimension.id : null;
}

const says = ({ id, label, synonyms }: DimensionDefinition, wanted: readonly string[]): boolean =>
  [id.replaceAll('_', ' '), label, ...synonyms].some((name) => {
    const words = new Set(wordsOf(name));
    return wanted.every((word) => words.has(word));
  });
