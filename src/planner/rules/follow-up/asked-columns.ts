import type { Catalogue, DimensionDefinition } from '../../../catalogue/catalogue.ts';
import { dimensionsOf, namesOf } from '../../../catalogue/lookup.ts';
import type { QueryPlan } from '../../../query/metric-query.ts';
import type { PlanRequest } from '../../planner.ts';
import { canonical } from '../canonical.ts';
import { newDraft } from '../compose/draft.ts';
import { leftovers } from '../compose/leftovers.ts';
import { columnOf } from '../compose/list-columns.ts';
import { personDimensions } from '../compose/reach.ts';
import { fillerWords } from '../filler-words.ts';
import { understand } from '../understand.ts';
import { wordsOf } from '../vocabulary.ts';
import type { Cue } from './cue-rule.ts';

const dateForm = /^(?:(?:and|but|so) )?(?:(?:until|till|since|by|from) )?when\b(?: exactly)?(.*)$/i;
const keeperForm =
  /^(?:(?:and|but|so) )?(?:who(?:'s| is| are)? (?:owns?|manages?|handles?|runs?|leads?|looks? after|takes? care of|responsible(?: for)?|in charge(?: of)?|(?:the |their )?owners?)|whose)(?: (?:are|is))?(?: (?:them|those|these|it|they|each(?: of them)?))?$/i;
const named =
  /^(?:(?:and|but|so) )?(?:(?:what|which|how)(?:'s| is| are| was| were)? |(?:show|add|include|give|with|plus)(?: me)?(?: also)? )?(?:(their|its|the) )?(.+?)(?: (?:are|is|do|does|did|were|have|has)?(?: ?(they|it|those|these))(?: (?:come|belong|sit|stand|work|live|run))?(?: (?:in|on|at|from|have|of|with|for|to))?)?$/i;

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
    .replace(/ (?:please|pls|though|then)$/i, '');
  const date = dateForm.exec(text);
  if (date) return dateNamed(catalogue, previous.entity, date[1] ?? '');
  if (keeperForm.test(text)) return personDimensions(catalogue, previous.entity).slice(0, 1);
  const isOfEach = / (?:of|for) each(?: of them)?$/i.test(text);
  const whole = named.exec(text.replace(/ (?:of|for) each(?: of them)?$/i, ''));
  const isOpened =
    /^(?:(?:and|but|so) )?(?:(?:show|add|include|with|plus)\b|(?:(?:what|which)\b.*\b)?(?:their|its)\b)/i.test(
      text,
    );
  if (!whole || !(isOfEach || isOpened || whole[3] !== undefined)) return null;
  return columnsNamed(request, previous.entity, whole[2] ?? '');
}

/** Every word must be the name of a property that the records have. */
function columnsNamed(request: PlanRequest, entity: string, words: string): readonly string[] | null {
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
function dateNamed(catalogue: Catalogue, entity: string, words: string): readonly string[] | null {
  const said = wordsOf(words).filter((word) => !fillerWords.has(word) && !/^(?:will|did|due)$/.test(word));
  const isDue = /\bdue\b/i.test(words);
  const own = dimensionsOf(catalogue, entity).filter(
    (one) => one.entity === entity && (one.type === 'date' || one.type === 'instant') && one.hidden !== true,
  );
  const all = [...said, ...(isDue ? ['due'] : [])];
  if (all.length === 0) return null;
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
