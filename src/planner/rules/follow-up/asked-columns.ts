import type { Catalogue, DimensionDefinition } from '../../../catalogue/catalogue.ts';
import { dimensionsOf, namesOf } from '../../../catalogue/lookup.ts';
import type { ListPlan, QueryPlan } from '../../../query/metric-query.ts';
import type { PlanPatch } from '../../../query/plan-patch.ts';
import type { PlanRequest } from '../../planner.ts';
import { canonical } from '../canonical.ts';
import { newDraft } from '../compose/draft.ts';
import { leftovers } from '../compose/leftovers.ts';
import { columnOf } from '../compose/list-columns.ts';
import { refuse } from '../compose/problem.ts';
import { namingDimension, personDimensions } from '../compose/reach.ts';
import { fillerWords } from '../filler-words.ts';
import { nameIn } from '../parts/apply-form.ts';
import { ownLength } from '../parts/column-meaning.ts';
import { fieldIn } from '../parts/field-names.ts';
import { namesIn } from '../parts/question-form.ts';
import { understand } from '../understand.ts';
import { wordsOf } from '../vocabulary.ts';
import type { Cue } from './cue-rule.ts';

const dateForm = /^(?:(?:and|but|so) )?(?:(?:until|till|since|by|from) )?when\b(?: exactly)?(.*)$/i;
const keeperForm =
  /^(?:(?:and|but|so) )?(?:who(?:'s| is| are)? (?:owns?|manages?|handles?|runs?|leads?|looks? after|takes? care of|responsible(?: for)?|in charge(?: of)?|(?:the |their )?owners?)|whose)(?: (?:are|is))?(?: (?:them|those|these|it|they|each(?: of them)?))?$/i;
/** "From which campaign", "in what stage". */
const placeForm =
  /^(?:(?:and|but|so) )?(?:from|in|on|at|by|to|of) (?:which|what) (\S+(?: \S+)?)(?: (?:is|are|was|were|do|does|did) (?:it|they|that|those)(?: in)?)?$/i;
const named =
  /^(?:(?:and|but|so) )?(?:(?:what|which|how)(?:'s| is| are| was| were)? |(?:show|add|include|give|with|plus)(?: me)?(?: also)? )?(?:(their|its|the) )?(.+?)(?: (?:are|is|do|does|did|were|have|has)?(?: ?(?:on |of |for )?(they|it|those|these|them))(?: (?:come|belong|sit|stand|work|live|run))?(?: (?:in|on|at|from|have|of|with|for|to))?)?$/i;
const altogether = /\b(?:total|altogether|together|combined|summed|overall|sum)\b/i;

/**
 * What is asked about the records of a list: "who owns them", "until when are they certified", "what is the root cause of
 * each", "add the amount". They are shown with it, and no record is left out for it.
 *
 * @returns null where a text asks for anything else
 */
export function askedColumns(request: PlanRequest, previous: QueryPlan, cue: Cue): readonly string[] | null {
  if (previous.kind !== 'list' || cue.sortedBy !== null || cue.toAmount || cue.limit !== null) return null;
  const { catalogue } = request;
  const text = request.question
    .trim()
    .replace(/[\s?.!]+$/, '')
    .replace(/ (?:please|pls|though|then)$/i, '')
    .replace(/^(?:(?:list|show|give)(?: me)? )?(?:them|em|those|it|these|this|that) (?=with )/i, '')
    .replace(/ (?:of|on|for) the (?:first|top|last) one$/i, ' of those');
  const date = dateForm.exec(text);
  if (date) return dateNamed(catalogue, previous.entity, date[1] ?? '', text);
  if (keeperForm.test(text)) return personDimensions(catalogue, previous.entity).slice(0, 1);
  const from = placeForm.exec(text);
  if (from) return columnsNamed(request, previous, from[1] ?? '');
  const isOfEach = / (?:of|for|on) each(?: of them)?$/i.test(text);
  const whole = named.exec(text.replace(/ (?:of|for|on) each(?: of them)?$/i, ''));
  const isOpened =
    /^(?:(?:and|but|so) )?(?:(?:show|add|include|with|plus)\b|(?:(?:what|which)\b.*\b)?(?:their|its)\b)/i.test(
      text,
    );
  if (!whole || !(isOfEach || isOpened || whole[3] !== undefined)) return null;
  const columns = columnsNamed(request, previous, whole[2] ?? '');
  // "What's their ARR in total": one number, and not that of each.
  const isNumeric = columns?.every((id) => catalogue.dimensions.get(id)?.type === 'number') === true;
  if (isNumeric && altogether.test(text)) return null;
  // "With health" of accounts that have none to show is no question about a figure of all of them.
  if (
    columns === null &&
    /^(?:(?:and|but) )?(?:with|including|plus) /i.test(text) &&
    !hasCondition(request, whole[2] ?? '')
  )
    throw refuse('no_field', whole[2] ?? '');
  return columns;
}

/**
 * "Who owns them" of groups that are records: each with whose it is. The groups stay those that were shown.
 *
 * @returns null where a text asks for anything else, or the groups are none of records that somebody has
 */
export function askedKeepers(
  { catalogue, question }: PlanRequest,
  previous: QueryPlan,
): PlanPatch['groupBy'] | null {
  const [group, another] = previous.kind === 'metric' ? previous.groupBy : [];
  const dimension = another ? undefined : catalogue.dimensions.get(group?.dimension ?? '');
  if (!dimension || !keeperForm.test(question.trim().replace(/[\s?.!]+$/, ''))) return null;
  if (namingDimension(catalogue, dimension.entity) !== dimension.id) return null;
  const [keeper] = personDimensions(catalogue, dimension.entity);
  return keeper === undefined ? null : { op: 'add', groups: [{ dimension: keeper }] };
}

/** "With more than 5", "with Acme", "with high priority": which of them, not what to show. */
function hasCondition(
  { catalogue, now, zone, stored, fiscalStartMonth }: PlanRequest,
  words: string,
): boolean {
  const { numbers, names, spans, time } = understand(words, catalogue, now, zone, {
    stored,
    fiscalStartMonth,
  });
  return (
    numbers.length + names.length > 0 ||
    time.range !== null ||
    /^(?:no|an?|any|open)\b/i.test(words) ||
    spans.some((span) => span.meanings.every(({ kind }) => kind === 'value'))
  );
}

/** Every word must be the name of a property that the records have. */
function columnsNamed(request: PlanRequest, previous: ListPlan, words: string): readonly string[] | null {
  return columnsUnderstood(request, previous.entity, words) ?? columnsCalled(request, previous, words);
}

/** "Owner and ARR" of what is a step away: each name by itself. */
function columnsCalled(
  { catalogue }: PlanRequest,
  previous: ListPlan,
  words: string,
): readonly string[] | null {
  const ids = namesIn(words).map((name) => {
    // "Owner" of what belongs to a customer is the owner of the customer.
    const found = nameIn(catalogue, previous, name) ?? nameIn(catalogue, previous, `account ${name}`);
    return found?.kind === 'dimension'
      ? found.id
      : (fieldIn(catalogue, previous, name) ?? ownLength(catalogue, previous, name));
  });
  const known = ids.filter((id) => id !== null);
  return known.length === ids.length && known.length > 0 ? known : null;
}

function columnsUnderstood(request: PlanRequest, entity: string, words: string): readonly string[] | null {
  const { catalogue, now, zone, stored, fiscalStartMonth } = request;
  const understood = understand(words, catalogue, now, zone, { stored, fiscalStartMonth });
  const { time, numbers, names, ranking, subject, spans, reading } = understood;
  const isMore =
    time.range !== null || numbers.length + names.length > 0 || ranking !== null || subject !== 'none';
  if (isMore || spans.length === 0) return null;
  const draft = newDraft(catalogue, understood, { entity });
  const columns = spans.map((span) => columnOf(draft, entity, span));
  for (const span of spans) draft.used.add(span);
  for (const { index, word } of reading.tokens) if (word === 'and') draft.usedTokens.add(index);
  if (leftovers(draft).length > 0) return null;
  const found = columns.flatMap((id) => (id === null ? [] : [id]));
  return found.length === columns.length ? found : null;
}

/** "Until when are they certified", "when do they renew": the one date of the records whose name has the word. */
function dateNamed(
  catalogue: Catalogue,
  entity: string,
  words: string,
  text: string,
): readonly string[] | null {
  const said = wordsOf(words).filter(
    (word) => !fillerWords.has(word) && !/^(?:will|did|due|should|would|it|they|that|this|one)$/.test(word),
  );
  const isDue = /\bdue\b/i.test(words);
  const own = dimensionsOf(catalogue, entity).filter(
    (one) => one.entity === entity && (one.type === 'date' || one.type === 'instant') && one.hidden !== true,
  );
  const all = [...said, ...(isDue ? ['due'] : [])];
  // "Since when": since they began.
  if (all.length === 0) {
    const usual = catalogue.entities.get(entity)?.defaultTime ?? null;
    return /^(?:(?:and|but|so) )?since\b/i.test(text) && usual !== null ? [usual] : null;
  }
  const [only, another] = own.filter((one) => all.every((word) => isIn(one, word)));
  return only && !another ? [only.id] : null;
}

const isIn = (one: DimensionDefinition, word: string): boolean =>
  namesOf(one).some((name) => wordsOf(name).some((part) => isAkin(canonical(part), canonical(word))));

/** "Certified" and "certification", "renew" and "renewal". */
function isAkin(one: string, other: string): boolean {
  const length = Math.min(5, one.length, other.length);
  return one === other || (length > 3 && one.slice(0, length) === other.slice(0, length));
}
