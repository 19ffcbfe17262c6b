import type { Filter, Plan, QueryPlan } from '../../query/metric-query.ts';
import type { SeenNames } from '../../query/seen-names.ts';
import type { ExplainedQuestion } from './explained-question.ts';
import { isNotRead } from './explained-question.ts';
import { fillerWords } from './filler-words.ts';
import { grammarWords } from './grammar-words.ts';
import { tidy } from './token.ts';

/** Records that people call by words of their headline. */
interface Kind {
  readonly noun: string;
  readonly entity: string;
  readonly number: string;
  readonly headline: string;
  /** Stands for the number until it is known. */
  readonly placeholder: string;
}

const kinds: readonly Kind[] = [
  {
    noun: 'ticket|case',
    entity: 'ticket',
    number: 'ticket_number',
    headline: 'ticket_subject',
    placeholder: '00000000',
  },
  {
    noun: '(?:customer )?escalation|ce',
    entity: 'customer_escalation',
    number: 'ce_number',
    headline: 'escalation_title',
    placeholder: 'CE-0000',
  },
];

const mostWords = 8;
const verb =
  'is|are|was|were|has|have|had|do|does|did|who|whose|when|what|which|how|and|still|yet|already|please|pls|come|came|get|got|stand|stands';
/** What may follow a noun that is whole: "the backup ticket queue" is no ticket. */
const ends = `(?=\\s*$|\\s*[?.!,;]|'s\\b| (?:${verb}|from|by|of|for|opened|solved|closed|resolved|answered|assigned|open|waiting|pending|about|with|in|on|at|to|go|going|doing|take|took|taken|been|now|right|today|yesterday|last|this|since|belong|belongs|escalated|breach|breached|cost|cause|need|needs)\\b)`;

interface Said {
  readonly kind: Kind;
  /** "The failover ticket", as it stands in the question. */
  readonly words: string;
  /** What must stand in the headline. */
  readonly headline: readonly string[];
  /** The question with a number in place of the words. */
  readonly question: string;
}

/** "The failover ticket", "the ticket about spring data and the removed node"; null where no record is spoken of so. */
function findTheRecord(typed: string): Said | null {
  const text = tidy(typed);
  for (const kind of kinds) {
    const about = new RegExp(
      `\\b(?:the|that|this|my|our) (?:${kind.noun}) (?:that (?:is|was) )?(?:about|on|re|regarding|concerning|called|titled|named|saying|that says) (?:the |a |an )?([^,;?!]+?)(?=\\s*[,;?!]|\\s*\\.?$)`,
      'i',
    );
    const before = new RegExp(`\\b(?:the|that|this|our) ([^,;?!"]+?) (?:${kind.noun})${ends}`, 'gi');
    const found = about.exec(text) ?? [...text.matchAll(before)].map(nearest).find((one) => one !== null);
    if (!found) continue;
    const [words = '', said = ''] = found;
    const headline = contentOf(said);
    if (headline.length === 0 || headline.length > mostWords || /["@]|\b\d{5,}\b|\bce-\d/i.test(words))
      continue;
    const name = kind.entity === 'ticket' ? `ticket ${kind.placeholder}` : kind.placeholder;
    return { kind, words, headline, question: text.replace(words, name) };
  }
  return null;
}

/** From the last article on: "the status of the failover ticket" speaks of the failover ticket. */
function nearest([words = '', said = '']: RegExpMatchArray): readonly [string, string] | null {
  const from = [...said.matchAll(/\b(?:the|that|this|my|our) /gi)].at(-1);
  if (from === undefined) return [words, said];
  const rest = said.slice(from.index + from[0].length);
  return rest === '' ? null : [words.slice(words.indexOf(said) + from.index), rest];
}

const contentOf = (said: string): readonly string[] =>
  said
    .toLowerCase()
    .split(/[^\p{L}\p{N}._/-]+/u)
    .filter(
      (word) =>
        word.length > 1 &&
        !fillerWords.has(word) &&
        !/^(?:and|or|not|no|after|before|when|while)$/.test(word),
    );

/**
 * One ticket or customer escalation by words of its headline, where the question is not understood otherwise or would be
 * answered about all that have these words: "what is the status of the failover ticket" asks about one of them. Whoever runs
 * the plan finds out which ones the asker sees, and asks back where there are several.
 *
 * @param explain plans a question in other words
 */
export function explainTheRecord(
  question: string,
  whole: ExplainedQuestion,
  names: SeenNames | undefined,
  explain: (question: string) => ExplainedQuestion,
): ExplainedQuestion | null {
  const said = findTheRecord(question);
  if (said === null) return null;
  const { plan, guess } = whole.planned;
  const isOpen =
    isNotRead(plan) || guess !== undefined || isOfHeadline(plan, said.kind) || isOfUnseen(plan, said, names);
  if (!isOpen || said.headline.every((word) => grammarWords.has(word))) return null;
  const found = explain(said.question);
  const { planned, trace } = found;
  if (planned.plan.kind !== 'metric' && planned.plan.kind !== 'list') return null;
  const filter = filtersOf(planned.plan).find(({ values }) => values.includes(said.kind.placeholder));
  if (filter === undefined || planned.guess !== undefined || planned.one !== undefined) return null;
  const { number, headline } = said.kind;
  const one = {
    dimension: number,
    filter,
    words: said.words,
    headline: { dimension: headline, words: said.headline },
  };
  const step = { rule: 'one by its headline', words: said.words, meaning: said.headline.join(' ') };
  return { planned: { ...planned, one }, trace: [step, ...trace] };
}

/** "The CDC ticket": a word that looks like a name, and nothing that the asker sees is called so. */
function isOfUnseen(plan: Plan, { headline }: Said, names: SeenNames | undefined): boolean {
  if (names === undefined || (plan.kind !== 'metric' && plan.kind !== 'list')) return false;
  const seen = new Set([...names.values()].flatMap((some) => [...some].flatMap((name) => contentOf(name))));
  const taken = filtersOf(plan).flatMap(({ op, values }) => (op === 'eq' ? values.map(String) : []));
  return taken.some(
    (value) =>
      contentOf(value).length > 0 &&
      contentOf(value).every((word) => headline.includes(word) && !seen.has(word)),
  );
}

const filtersOf = (plan: QueryPlan): readonly Filter[] => plan.where.flatMap(({ any }) => any);

const isOfHeadline = (plan: Plan, { headline }: Kind): boolean =>
  (plan.kind === 'metric' || plan.kind === 'list') &&
  filtersOf(plan).some(({ dimension, op }) => dimension === headline && op === 'contains');
