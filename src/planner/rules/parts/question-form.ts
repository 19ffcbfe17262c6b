import { tidy } from '../token.ts';

/** What a question says about the form of its answer, apart from what it asks for. */
export interface QuestionForm {
  /** The question without it. */
  readonly core: string;
  /** Names of what should be shown, in the asker's words and order. */
  readonly columns: readonly string[];
  readonly order: FormOrder | null;
  /** "Revenue refers to the sum of sale_price": must be true of the figures that answer. */
  readonly definitions: readonly { readonly figure: string; readonly meaning: string }[];
}

export interface FormOrder {
  /** What to order by; null: whatever the question ranks or shows first. */
  readonly by: string | null;
  readonly direction: 'asc' | 'desc' | 'first';
}

/** Said about how the answer should be computed or written; it asks for nothing. */
const remarks: readonly RegExp[] = [
  /,? \(?(?:inclusive of|including|incl(?:\.|uding)?) (?:today'?s? date|today)\)?/gi,
  /,? rounded (?:to|off to) (?:\d+|one|two|three|zero) (?:decimal places?|decimals?|digits?)/gi,
  /,? (?:based on|by|when|after) (?:doing (?:a|an) (?:left |right |inner |outer |full )*join|joining)\b[^.?!;]*?\btables?\b/gi,
  /,? starting (?:from|with|at) the top\b/gi,
];

/** Said of a period that has neither part anyway. */
const periods: readonly (readonly [RegExp, string])[] = [
  [
    /\b(last|previous|prior) (?:iso |calendar )?(week|month|quarter|year),? \(?(?:not including|excluding|without|except) the (?:current|running|present) \2\)?/gi,
    '$1 $2',
  ],
  [/\b(?:in )?(?:the )?whole of (?:the )?(?=last|previous|prior)/gi, 'in the '],
  [/\biso (?=weeks?\b)/gi, ''],
];

const descending =
  /^(?:(?:from )?(?:highest|most|largest|biggest|newest|latest|best|z|high) (?:to|first)\b.*|desc(?:ending)?(?: order)?|(?:highest|largest|most|biggest|newest|latest) first|in descending order)$/i;
const ascending =
  /^(?:(?:from )?(?:lowest|least|smallest|fewest|oldest|earliest|a|low) (?:to|first)\b.*|asc(?:ending)?(?: order)?|(?:lowest|smallest|least|fewest|oldest|earliest) first|in ascending order)$/i;

const ordered =
  /,? (?:and )?(?:order|ordered|sort|sorted|ranked) (?:it |them |the (?:list|result|results|rows) )?(?:by (?:the )?(?<by>[^,.;?!]*?))?(?: ?,? ?(?<direction>(?:in )?(?:asc|desc)(?:ending)?(?: order)?|(?:from )?(?:highest|most|largest|lowest|least|smallest|fewest|newest|oldest|earliest|latest) to [^.,;?!]*|(?:highest|lowest|largest|smallest|most|least|newest|oldest|latest|earliest) first))?(?=$|[.;?!])/i;
const orderAlone = /,? in (?<direction>ascending|descending) order\b/i;
const orderSentence =
  /^(?:please )?(?:order|sort) (?:the (?:list|result|results|rows) |them |it )?by (?:the )?(?<by>.+?)(?: ?,? ?(?:in )?(?<direction>(?:asc|desc)(?:ending)?(?: order)?|from .+))?$/i;

const shown =
  /^(?:please )?(?:also )?(?:return|show|list|give|display|include|report|output|provide)(?: me| us)? (?:only |just )?(?<columns>.+)$/i;
const noted =
  /^(?:please )?note that (?<figure>[a-z ]+?) (?:refers to|is defined as|means|is|equals) the (?<meaning>.+)$/i;

/**
 * Parts a question from what it says about the form of its answer: further sentences that name columns ("Return make
 * and model."), orders, remarks about joins and rounding.
 *
 * @returns null when it says nothing of the kind
 */
export function readForm(question: string): QuestionForm | null {
  const text = withoutRemarks(tidy(question).replaceAll(/(?<=[a-z])_(?=[a-z])/gi, ' '));
  const sentences = text
    .split(/(?<=[a-z0-9)"'])[.?!;]+(?:\s+|$)/i)
    .map((one) => one.trim())
    .filter((one) => one !== '');
  const columns: string[] = [];
  const definitions: { figure: string; meaning: string }[] = [];
  const cores: string[] = [];
  let order: FormOrder | null = null;
  for (const [index, sentence] of sentences.entries()) {
    const asOrder = orderSentence.exec(sentence);
    if (asOrder) {
      order = orderOf(asOrder.groups ?? {});
      continue;
    }
    const cut = withoutOrder(sentence);
    order = cut.order ?? order;
    const asShown = shown.exec(cut.text);
    const asNoted = noted.exec(cut.text);
    if (asNoted?.groups) {
      const { figure = '', meaning = '' } = asNoted.groups;
      definitions.push({ figure, meaning });
    } else if (asShown?.groups && index > 0) columns.push(...namesIn(asShown.groups['columns'] ?? ''));
    else cores.push(cut.text);
  }
  const [first, another] = cores;
  if (first === undefined || another !== undefined) return null;
  const core = withShowing(first, columns);
  const isPlain =
    core ===
    tidy(question)
      .replace(/[?!.]+$/, '')
      .trim();
  return isPlain && order === null ? null : { core, columns, order, definitions };
}

function withoutRemarks(text: string): string {
  let rest = text;
  for (const remark of remarks) rest = rest.replace(remark, '');
  for (const [said, plain] of periods) rest = rest.replace(said, plain);
  return rest.replace(/\s+([?.!,;])/g, '$1');
}

function withoutOrder(sentence: string): { readonly text: string; readonly order: FormOrder | null } {
  const match = ordered.exec(sentence) ?? orderAlone.exec(sentence);
  if (!match) return { text: sentence, order: null };
  const text = sentence.slice(0, match.index) + sentence.slice(match.index + match[0].length);
  return { text: text.trim(), order: orderOf(match.groups ?? {}) };
}

function orderOf(groups: Readonly<Record<string, string | undefined>>): FormOrder {
  const direction = (groups['direction'] ?? '').trim();
  const by = (groups['by'] ?? '').trim();
  const trailing =
    /^(?<name>.*?),? ?(?<way>(?:from )?(?:highest|most|largest|lowest|least|smallest|fewest|newest|oldest|earliest|latest) to .*|(?:in )?(?:asc|desc)(?:ending)?(?: order)?)$/i.exec(
      by,
    );
  const way = direction === '' ? (trailing?.groups?.['way'] ?? '') : direction;
  const name = trailing?.groups?.['name'] ?? by;
  const side = descending.test(way) ? 'desc' : ascending.test(way) ? 'asc' : 'first';
  return { by: name === '' ? null : name, direction: side };
}

const showing =
  /,? (?:showing|including|along with|together with) (?:the |their |its )?(?<columns>[^.?!]+?)(?: for (?:each|every) (?:[a-z]+))?$/i;
const returned =
  /^(?:please )?(?:return|list|give(?: me)?|show(?: me)?|display) (?:the )?(?:distinct |unique )?(?:list of )?(?:distinct |unique )?(?<columns>[^.?!]+?) (?:for|of) (?:each |every |all |the )?(?<rows>[^.?!]+)$/i;

/** "Return the make, model and year for cars that …": what is shown comes before the rows. */
function withShowing(sentence: string, columns: string[]): string {
  const match = showing.exec(sentence);
  if (match?.groups) {
    columns.push(...namesIn(match.groups['columns'] ?? ''));
    return sentence.slice(0, match.index).trim();
  }
  const first = returned.exec(sentence)?.groups;
  const names = first ? namesIn(first['columns'] ?? '') : [];
  if (first && names.length > 1 && !/\b(?:top|bottom)\b/i.test(first['columns'] ?? '')) {
    columns.push(...names);
    const isEach = / for (?:each|every) [a-z]+$/i.test(sentence);
    return isEach ? `by ${first['rows'] ?? ''}` : `list ${first['rows'] ?? ''}`;
  }
  const only = distinct.exec(sentence)?.groups;
  return only ? `list ${only['rest'] ?? ''}` : sentence;
}

const distinct =
  /^(?:return|list|give me|show me|show)(?: the)? (?:(?:distinct|unique) (?:list of )?|list of (?:distinct|unique) )(?<rest>.+)$/i;

/** "Their ID, first and last name, total revenue": names between commas and "and"; a shared last word is given to each. */
export function namesIn(text: string): readonly string[] {
  const parts = text
    .replace(/\([^)]*\)/g, '')
    .replace(/^with /i, '')
    .replace(/(?: (?:please|pls|plz|thanks|thx|ty))+$/i, '')
    .replace(/ (?:for|of) (?:each|every|the|that|those)\b.*$/i, '')
    .split(/,\s*(?:and\s+)?|\s+and\s+|\s*&\s*/i)
    .map((part) => part.trim().replace(/^(?:the|their|its|his|her|both|also|each|all) /i, ''))
    .filter((part) => part !== '');
  return parts.map((part, index) => {
    const next = parts[index + 1];
    const isShared = /^(?:first|last|full|start|end|sale|hire|due)$/i.test(part) && next !== undefined;
    const last = next?.split(' ').at(-1);
    return isShared && last !== undefined ? `${part} ${last}` : part;
  });
}
