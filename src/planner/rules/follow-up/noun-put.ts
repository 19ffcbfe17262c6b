import type { Catalogue, EntityDefinition } from '../../../catalogue/catalogue.ts';
import { namesOf } from '../../../catalogue/lookup.ts';
import type { QueryPlan } from '../../../query/metric-query.ts';
import { entityOfPlan } from './patch-from-words.ts';

/** A follow-up as the whole question that it is short for. */
export interface WholeQuestion {
  readonly question: string;
  /** It speaks of the very rows before; otherwise of others of their kind under the same conditions. */
  readonly isOfThose: boolean;
  /** "How many of them …": a part of what was counted. */
  readonly isPart: boolean;
  /** "Which took the longest": one of the rows by its place, and no condition on them. */
  readonly isRank: boolean;
}

type Put = readonly [RegExp, (nouns: Nouns) => string];

interface Nouns {
  readonly one: string;
  readonly many: string;
}

const opening = /^(?:(?:and|but|so|ok(?:ay)?|n|now|then|also)[, ]+)+/i;
const those = '(?:them|those|these)(?: ones)?';

/** Words that stand for the rows before, with their noun in its place. */
const pointing: readonly Put[] = [
  [new RegExp(`^(how many|which|any|all|some|most) of ${those}(?= \\S)`, 'i'), ({ many }) => `$1 ${many}`],
  [new RegExp(`\\b(?:${those}|(?<=^(?:list|show|give) )em)\\b`, 'gi'), ({ many }) => `the ${many}`],
  [/\bthey\b/gi, ({ many }) => `the ${many}`],
  [/\b(?:that|this) one\b/gi, ({ one }) => `the ${one}`],
  [/\bit\b(?!'s)/gi, ({ one }) => `the ${one}`],
];

const verb =
  '(?:took|takes?|ran|runs?|has|have|had|is|are|was|were|did|do|does|came|comes?|went|goes|go|got|cost|costs|closed?|closes|expires?|renews?|ends?|waits?|waited|will|need|needs|lost|won|failed|breached|missed|converted|reopened|escalated)';

const bound = '(?:over|under|above|below|between|(?:more|less|fewer) than|at (?:least|most))';

/** Words that leave the noun out. */
const leaving: readonly Put[] = [
  [
    new RegExp(
      `^(?:(?:only|just) )?(?:the ones |ones )?(?:with|having|(?:that|who|which) have) (?=.*\\b${bound}\\b)`,
      'i',
    ),
    ({ many }) => `${many} with `,
  ],
  [
    new RegExp(`^(?:(?:only|just) )?(?=[\\p{L} ]{2,30} ${bound} \\S+$)(?!.* (?:by|per)\\b)`, 'iu'),
    ({ many }) => `${many} with `,
  ],
  [new RegExp(`^(which|what)(?: ones?)? (?=${verb}\\b)`, 'i'), ({ many }) => `which ${many} `],
  [/^(how many) (?=(?:did|do|does|were|are|was|has|have|had|got|came|will)\b)/i, ({ many }) => `$1 ${many} `],
  [
    /\bthe (oldest|newest|latest|longest|shortest|quickest|fastest|slowest|biggest|largest|smallest)(?: one)?(?= (?:been|is|was|has|did|take|took|open|waiting|close)\b|$)/i,
    ({ one }) => `the $1 ${one}`,
  ],
];

/**
 * "How many of them did the bot handle" after conversations is short for "how many conversations did the bot handle", "which took the
 * longest" after deals for "which deals took the longest": the noun of the rows before, put where the words point at them
 * or leave them out.
 *
 * @returns null where no word does
 */
export function withNounPut(catalogue: Catalogue, previous: QueryPlan, typed: string): WholeQuestion | null {
  const own = catalogue.entities.get(entityOfPlan(catalogue, previous) ?? '');
  if (own === undefined) return null;
  // A check of a deal is spoken of as the deal.
  const entity = catalogue.entities.get(parentOf(own) ?? '') ?? own;
  const text = typed
    .trim()
    .replace(/[\s?.!]+$/, '')
    .replace(opening, '');
  const nouns = nounsOf(entity);
  const pointed = put(text, pointing, nouns);
  if (pointed !== text)
    return {
      question: pointed.replace(/^(?:only|just) the /i, ''),
      isOfThose: true,
      isPart: /^how many of\b/i.test(text),
      isRank: false,
    };
  const [words, noun] = leaving.find(([one]) => one.test(text)) ?? [];
  if (words === undefined || noun === undefined) return null;
  const whole = text.replace(words, noun(nouns));
  const isRank = ranked.test(text);
  const question = isRank && /\btook the \w+$/i.test(text) ? `${whole}${deedOf(catalogue, previous)}` : whole;
  return { question, isOfThose: isRank || !opening.test(typed.trim()), isPart: false, isRank };
}

const ranked = /^(?:which|what|how long|how old|when|the)\b[^,]*\bthe (?:\w+est)\b|^the \w+est\b/i;

/** "Took the longest" after the days to close: to close. */
function deedOf(catalogue: Catalogue, previous: QueryPlan): string {
  const metric = previous.kind === 'metric' ? catalogue.metrics.get(previous.metrics[0] ?? '') : undefined;
  const said =
    metric === undefined ? [] : namesOf(metric).flatMap((name) => / (to [a-z]+)$/.exec(name)?.[1] ?? []);
  return said[0] === undefined ? '' : ` ${said[0]}`;
}

const put = (text: string, puts: readonly Put[], nouns: Nouns): string =>
  puts.reduce((said, [words, noun]) => said.replace(words, noun(nouns)), text);

/** What a record is kept about, where there is one of each. */
export const parentOf = ({ onePerParent, parent, joins }: EntityDefinition): string | null =>
  onePerParent === undefined ? null : (joins[parent ?? '']?.entity ?? null);

const nounsOf = ({ label }: EntityDefinition): Nouns => ({
  one: label.one.toLowerCase(),
  many: label.many.toLowerCase(),
});
