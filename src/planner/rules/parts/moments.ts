import type { Catalogue } from '../../../catalogue/catalogue.ts';
import type { ListPlan, QueryPlan } from '../../../query/metric-query.ts';
import type { PlannedQuestion } from '../../planner.ts';
import { canonical, pastForms } from '../canonical.ts';
import { beginningDate } from '../compose/list-order.ts';
import { dateOfState } from '../compose/list-time.ts';
import { decision, hasBeen, mayLieAhead, tells } from '../date-events.ts';
import { smallNumbers } from '../small-numbers.ts';
import { vocabularyOf } from '../vocabulary.ts';
import { recordsPlan } from './asides.ts';
import { clauseTexts } from './clause-words.ts';
import type { PlanWords } from './with-related.ts';

interface Planned {
  readonly plan: QueryPlan;
  readonly from: readonly PlannedQuestion[];
}

/** What is asked for the newest or the oldest of: ways to say the records, likeliest first. */
interface Moment {
  readonly end: 'last' | 'first';
  readonly texts: readonly string[];
  readonly limit: number;
}

const last = 'last|latest|most recent|newest|most recently';
const which = `(?<which>${last}|first|earliest|very first|oldest)`;
const whose = `(?<whose>the|my|our|any|"[^"]+"(?:'s?)?|[\\p{L}\\p{N}&.' -]+?'s?)`;
const whoseOwn = `(?<whose>the|my|our|any|"[^"]+"'s?|[\\p{L}\\p{N}&.' -]+?'s?)`;
const number = `\\d{1,2}|${Object.keys(smallNumbers).slice(1).join('|')}`;
const count = `(?<n>${number})`;
const unit =
  '(?:minute|hour|day|week|month|quarter|year|night|business day|working day|couple|few|time)s?\\b';

/** "When was my last meeting with Acme", "date of our first order", "how long ago was the last outage". */
const nouns: readonly RegExp[] = [
  new RegExp(
    `^(?:when|on (?:which|what) (?:day|date)|what (?:day|date)|how long ago|how long has it been since|how long is it since|how long since)(?: (?:was|is|were|has been))?(?: ${whose})? ${which} (?!${unit})(?!(?:${number}) )(?<noun>.+)$`,
    'iu',
  ),
  new RegExp(
    `^(?:what (?:was|is|were) |show (?:me )?|tell me |give me )?(?:the )?(?:date|day|time) of (?:${whose} )?${which} (?!${unit})(?<noun>.+)$`,
    'iu',
  ),
  new RegExp(
    `^(?:what (?:was|is) |show (?:me )?|tell me |give me )?(?:${whose} )?${which} (?!${unit})(?<noun>[a-z -]+?) (?:date|day) (?<rest>(?:with|for|of|at|by|from) (?!each|every|all).+)$`,
    'iu',
  ),
];

/** "When did we last touch Acme", "last time I called Acme". */
const verbs: readonly RegExp[] = [
  new RegExp(
    `^(?:when|on (?:which|what) (?:day|date)|how long ago) (?:did|have|has|had) (?<who>.+?)(?<! (?:my|our|the|a|an|his|her|their)) ${which} (?<verb>[a-z]+)(?: (?<rest>.+))?$`,
    'iu',
  ),
  /^(?:when was |what was |how long ago was )?(?:the )?(?<which>last|first) time (?:that |when )?(?<who>i|we|anyone|somebody|.+?) (?<verb>[a-z]+)(?: (?<rest>.+))?$/iu,
];

/** "My last 5 calls", "the latest ticket of Acme": the records themselves. */
const several = new RegExp(
  `^(?:(?:what|when|on (?:which|what) (?:days|dates)) (?:were|was|are|is) |which (?:were|are) |show (?:me )?|list |give me |see )?(?:${whose} )?${which} ${count} (?!${unit})(?<noun>.+)$`,
  'iu',
);
const single = new RegExp(
  `^(?:what (?:was|is) |which (?:was|is) |show (?:me )?|give me |see )?(?:${whose} )?${which} (?!${unit})(?!\\d)(?<noun>.+)$`,
  'iu',
);

/** "Which order is the newest". */
const theOne = new RegExp(`^(?:which|what) (?<noun>.+?) (?:is|are|was|were) (?:the )?${which}$`, 'iu');

/** "Umbra Security last 5 activities", "Foxglove - last order": whose they are goes before. */
const named = new RegExp(
  `^(?<name>"[^"]+")(?:'s)?,?:?(?: -)? (?:the |their |its |our )?${which} (?:${count} )?(?!${unit})(?<noun>[a-z][^"]*?)(?<date>,? (?:date|day|when))?$`,
  'iu',
);
/** "Who had the last chat with Acme", "who in my team closed the last deal". */
const whoHad = new RegExp(
  `^(?:who|(?:which|what) [\\p{L}-]+)(?: (?:from|of|on) (?:us|our side|the team))?(?<scope> (?:from|of|on|in|at) (?:my|our|the|"|\\p{Lu}).*?)? (?:had|did|made|held|has|has had|logged|took|handled|got|(?<event>[a-z]+ed|won|lost|sold|sent|left)) (?:the |our |my )${which} (?!${unit})(?<noun>.+)$`,
  'iu',
);
/** "When did I close my last deal", "how long ago did Luis win his first deal". */
const didTo = new RegExp(
  `^(?:when|on (?:which|what) (?:day|date)|how long ago) (?:did|have|has|had) (?<who>.+?) (?<verb>[a-z]+) (?:the|our|my|his|her|its|their) ${which} (?!${unit})(?<noun>.+)$`,
  'iu',
);
/** "When did the last incident start", "when did Acme's last incident end"; "when did Acme last open" has no noun there. */
const itDid = new RegExp(
  `^(?:when|on (?:which|what) (?:day|date)|how long ago) (?:did|does|has|have) ${whoseOwn} ${which} (?!${unit})(?<noun>[\\p{L} -]+?) (?<verb>[a-z]+)$`,
  'iu',
);
const whoLast = new RegExp(
  `^who(?: (?:from|of|on|among) (?:us|our side|our team|the team))? (?:was it that |has |was the )?${which} (?<verb>[a-z]+)(?: (?<rest>.+))?$`,
  'iu',
);
/** "The 10 newest leads", "five latest tickets". */
const counted = new RegExp(
  `^(?:(?:what|when|on (?:which|what) (?:days|dates)) (?:were|was|are|is) |which (?:were|are) |show (?:me )?|list |give me |see )?(?:${whose} )?${count} ${which} (?!${unit})(?<noun>.+)$`,
  'iu',
);

/** The newest or oldest record of some kind, with its date. */
export function planMoment(question: string, catalogue: Catalogue, planWords: PlanWords): Planned | null {
  const text = question.replace(/[?!.]+$/, '').trim();
  const moment = readMoment(catalogue, text);
  for (const words of moment?.texts ?? []) {
    // "When did I last get an urgent one": whatever has become of it.
    const core = recordsPlan(catalogue, planWords(`list all ${words}`));
    // The period that a figure covers by itself is none of its newest or oldest record.
    const isUsual = core?.from.plan.kind === 'metric' && core.from.plan.time === null;
    const records = core && (isUsual ? { ...core.plan, time: null } : core.plan);
    const plan = records && moment && newestOf(catalogue, records, moment);
    const isOrders = moment !== null && moment.limit > 1 && /\borders\b(?! lines?\b)/i.test(text);
    const whole = plan && isOrders ? wholesOf(catalogue, plan, plan.orderBy[0]?.by ?? '') : null;
    if (core && whole) return { plan: whole, from: [core.from] };
    if (core && plan) return { plan: spoken.test(text) ? inPerson(plan) : plan, from: [core.from] };
  }
  return null;
}

/**
 * "My last 5 orders": an order is all its lines, so one of each is shown, without what is the line's alone. Null where the
 * rows are no parts of something that has a number.
 */
function wholesOf(catalogue: Catalogue, plan: ListPlan, date: string): ListPlan | null {
  const { entity } = plan;
  const shared = [...catalogue.metrics.values()].flatMap((one) =>
    one.type === 'simple' && one.entity === entity && one.measure.aggregate === 'count_distinct'
      ? [one.measure.path]
      : [],
  );
  const number = [...catalogue.dimensions.values()].find(
    (one) => one.entity === entity && /number$/.test(one.id) && shared.includes(one.path),
  );
  return number === undefined ? null : { ...plan, columns: [number.id, 'account', date], onePer: number.id };
}

const spoken = /\b(?:talk|talked|talking|speak|spoke|spoken)\b/i;

/** Who asks when somebody was talked to means no e-mail, task or note. */
function inPerson(plan: ListPlan): ListPlan {
  const saysKind = plan.where.some(({ any }) => any.some(({ dimension }) => dimension === 'activity_kind'));
  if (plan.entity !== 'activity' || saysKind) return plan;
  const kinds = { dimension: 'activity_kind', op: 'in' as const, values: ['call', 'meeting'] };
  return { ...plan, where: [...plan.where, { any: [kinds] }] };
}

function readMoment(catalogue: Catalogue, text: string): Moment | null {
  for (const pattern of nouns) {
    const groups = pattern.exec(text)?.groups;
    if (groups) return { end: endOf(groups), texts: ownTexts(groups), limit: 1 };
  }
  const done = didTo.exec(text)?.groups;
  if (done) return { end: endOf(done), texts: doneTexts(done), limit: 1 };
  const itself = itDid.exec(text)?.groups;
  if (itself) return { end: endOf(itself), texts: ownTexts({ ...itself, noun: pastOf(itself) }), limit: 1 };
  for (const pattern of verbs) {
    const groups = pattern.exec(text)?.groups;
    if (groups) return { end: endOf(groups), texts: verbTexts(catalogue, groups), limit: 1 };
  }
  const who = whoHad.exec(text)?.groups;
  if (who)
    return {
      end: endOf(who),
      texts: ownTexts({ noun: `${who['event'] ?? ''} ${who['noun'] ?? ''}${who['scope'] ?? ''}`.trim() }),
      limit: 1,
    };
  const doer = whoLast.exec(text)?.groups;
  if (doer) return { end: endOf(doer), texts: verbTexts(catalogue, { ...doer, who: 'we' }), limit: 1 };
  const own = named.exec(text)?.groups;
  if (own)
    return {
      end: endOf(own),
      texts: ownTexts({ ...own, whose: `${own['name'] ?? ''}'s` }),
      limit: numberOf(own) ?? 1,
    };
  const many = several.exec(text)?.groups ?? counted.exec(text)?.groups;
  if (many) {
    const limit = numberOf(many) ?? 0;
    return limit < 1 ? null : { end: endOf(many), texts: ownTexts(many), limit };
  }
  const some = single.exec(text)?.groups ?? theOne.exec(text)?.groups;
  if (!some) return null;
  // "The last order of Acme" is one, "the latest orders" are as many as a list shows.
  const limit = isSingular(catalogue, some['noun'] ?? '') ? 1 : usualRows;
  return { end: endOf(some), texts: ownTexts(some), limit };
}

const usualRows = 10;

/** Up to as many as a list shows; null where none is said. */
function numberOf({ n = '' }: Groups): number | null {
  if (n === '') return null;
  return Math.min(25, smallNumbers[n.toLowerCase()] ?? Number(n));
}

type Groups = Readonly<Record<string, string | undefined>>;

const endOf = (groups: Groups): Moment['end'] =>
  /first|earliest|oldest/i.test(groups['which'] ?? '') ? 'first' : 'last';

function ownTexts({ whose: owner = '', noun = '', rest = '' }: Groups): readonly string[] {
  const what = `${noun} ${rest}`.trim();
  if (/^my$/i.test(owner)) return [`my ${what}`];
  const name = /^(?<name>"[^"]+"|.+?(?='))(?:'s?)?$/i.exec(owner)?.groups?.['name'];
  const text = name === undefined ? what : `${what} of ${name}`;
  return [text, text.replace(/\borders?\b(?! lines?)/i, 'order lines')];
}

/** The records and what became of them; where they begin is what they go by. */
function pastOf({ noun = '', verb = '' }: Groups): string {
  const isBeginning = /^(?:start|begin|open|happen|occur|arise|come|arrive|started|begun|opened|happened)$/i;
  return isBeginning.test(verb) ? noun : `${pastForms[verb.toLowerCase()] ?? verb} ${noun}`;
}

/** Records that somebody did something to, in the past form that tells which they are. */
function doneTexts({ who = '', verb = '', noun = '' }: Groups): readonly string[] {
  const isSilent = /^(?:have|get|make|do|hold|take|had|got|made|done|held|taken|see)$/i.test(verb);
  const past = isSilent ? '' : (pastForms[verb.toLowerCase()] ?? verb);
  if (/^(?:we|you|anyone|anybody|someone|somebody|us)$/i.test(who)) return [`${past} ${noun}`.trim()];
  return /^i$/i.test(who) ? [`my ${past} ${noun}`, `${noun} I ${past}`] : [`${past} ${noun} of ${who}`];
}

function verbTexts(catalogue: Catalogue, { who = '', verb = '', rest = '' }: Groups): readonly string[] {
  // "Last open a ticket with me": it is mine, whatever has become of it.
  const isMine = /^i$/i.test(who) || /\bwith me\b/i.test(rest);
  const isAnybody = /^(?:i|we|anyone|anybody|someone|somebody|us)$/i.test(who);
  // "Do anything together with", "have contact with": be in touch. Whom "to" and "with" lead to is whose records they are.
  const words = `${verb} ${rest}`
    .replace(
      /^(?:do|did|have|had|get|got|be|been) (?:in )?(?:a |any )?(?:anything|something|contact|touch)(?: together)?\b/i,
      'touch',
    )
    .replace(/ (?:anything|something|it)\b/i, '')
    .replace(/ with (?:me|us)\b/i, '')
    .replace(/^(\S+) (?:to|with|from|at|by) (?=\S)/i, '$1 ')
    .trim();
  const texts = clauseTexts(catalogue, {
    has: 'some',
    atLeast: 1,
    words,
    isVerb: true,
    isMine,
    isOr: false,
  });
  return isAnybody ? texts : texts.map((text) => `${text} of ${who.replace(/^(?:the|our|my) /i, '')}`);
}

/** Whether the records are named as one: "order", not "orders". */
function isSingular(catalogue: Catalogue, noun: string): boolean {
  const { keyOf, phrases } = vocabularyOf(catalogue);
  const words = noun.toLowerCase().split(' ');
  const at = words.findIndex((word) => {
    const key = keyOf(canonical(word));
    const meanings = phrases.get(key)?.meanings ?? [];
    return key.startsWith('@') || meanings.some(({ kind }) => kind !== 'dimension');
  });
  const head = words[at];
  return head !== undefined && at < 3 && !/s$/.test(head);
}

function newestOf(catalogue: Catalogue, plan: ListPlan, { end, limit }: Moment): ListPlan | null {
  const usual = plan.timeDimension ?? catalogue.entities.get(plan.entity)?.defaultTime ?? null;
  const began = beginningDate({ catalogue, entity: plan.entity });
  // By a date that may lie ahead no record is the last one yet: that it began with is.
  const isOpen = plan.timeDimension === undefined && tells(catalogue, usual, mayLieAhead);
  const isWon = plan.where.some(({ any }) =>
    any.some(({ dimension }) => tells(catalogue, dimension, decision)),
  );
  // "When did I last solve a ticket": the moment that they must have come to.
  const [event, another] = plan.where.flatMap(({ any }) =>
    any.filter(({ op, dimension: id }) => {
      const type = catalogue.dimensions.get(id)?.type ?? '';
      return op === 'is_not_null' && /^(?:date|instant)$/.test(type);
    }),
  );
  const said = plan.timeDimension === undefined && another === undefined ? event?.dimension : undefined;
  const by = said ?? dateOfState(catalogue, plan) ?? (isOpen && !isWon ? began : usual);
  if (by === null || plan.orderBy.length > 0) return null;
  const shown =
    plan.columns.length > 0 ? plan.columns : (catalogue.entities.get(plan.entity)?.listColumns ?? []);
  return {
    ...plan,
    ...(by !== catalogue.entities.get(plan.entity)?.defaultTime && { timeDimension: by }),
    // What is planned has not been yet.
    time: plan.time ?? (end === 'last' && !tells(catalogue, by, hasBeen) ? { kind: 'between' } : null),
    columns: shown.includes(by) ? plan.columns : [...shown.slice(0, 9), by],
    orderBy: [{ by, direction: end === 'last' ? 'desc' : 'asc' }],
    limit,
  };
}
