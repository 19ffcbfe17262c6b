import type { Catalogue } from '../../../catalogue/catalogue.ts';
import { canonical, pastForms } from '../canonical.ts';
import { isCountOf } from '../compose/draft.ts';
import { numberWords } from '../time/time-words.ts';
import { vocabularyOf } from '../vocabulary.ts';
import type { Clause } from './clause-marks.ts';

/** Verbs whose noun is another word. Who was spoken to was touched, whatever the way. */
const nouns: Readonly<Record<string, readonly string[]>> = {
  bought: ['order', 'sale', 'purchase'],
  buy: ['order', 'sale', 'purchase'],
  purchased: ['order', 'sale', 'purchase'],
  purchase: ['order', 'sale', 'purchase'],
  met: ['meeting'],
  meet: ['meeting'],
  contacted: ['touch'],
  contact: ['touch'],
  reached: ['touch'],
  reach: ['touch'],
  spoken: ['touch'],
  spoke: ['touch'],
  speak: ['touch'],
  talked: ['touch'],
  talk: ['touch'],
  hear: ['touch'],
  heard: ['touch'],
  touch: ['touch'],
  paid: ['payment'],
  pay: ['payment'],
  sold: ['order', 'sale', 'purchase'],
  written: ['message'],
};

/** Verbs that only say that the thing named behind them exists. */
const light =
  /^(?:opened|open|made|make|had|have|got|get|done|do|placed|place|booked|held|hold|given|give|sent|send|logged|log|seen|see)$/;

const participles =
  /\b(?:with (?:them|us|him|her)|(?:open|running) with (?:them|us)|logged|recorded|made|done|held|taken|placed|registered|involved|booked|scheduled|on file|on record|attached|at all|whatsoever|yet|ever|so far)\b/gi;

/**
 * Ways to say a clause as a question for records, likeliest first: "ordered quorum vault" as "orders of quorum vault",
 * "activity logged in the last 30 days" as "activity in the last 30 days".
 */
export function clauseTexts(catalogue: Catalogue, clause: Clause): readonly string[] {
  const words = clause.has === 'none' ? sinceThen(clause.words) : clause.words;
  const mine = clause.isMine ? 'my ' : '';
  const plain = words.replace(participles, ' ').replace(/\s+/g, ' ').trim();
  const received = /^(?<verb>received|made|placed|signed|got) (?:a |an |any )?(?<object>\S+(?: \S+)?)$/i.exec(
    words,
  )?.groups;
  const turned = received ? [`${received['object']} ${received['verb']}`] : [];
  if (!clause.isVerb)
    return distinct([
      words,
      ...turned,
      plain,
      plain.replace(/\b(order)s?\b(?! lines?)/i, '$1 lines'),
      // "No contact with": nobody spoke to them. So many contacts are people, and not the calls with them.
      ...(clause.atLeast > 1 ? [] : [plain.replace(/^contacts?\b(?: with)?/i, 'touches')]),
      ...scoresSaid(plain),
      // Of what was never sold there are no order lines.
      plain.replace(/^sales\b(?! (?:activit|call|meeting|touch))/i, 'order lines'),
      // What a customer renews is a subscription.
      plain.replace(/^(?:upcoming |coming )?renewals?\b/i, 'subscriptions up for renewal'),
      plain.replace(/^sub(?:scription)?s? renew(?:s|ing)?\b/i, 'subscriptions up for renewal'),
    ]);
  // What renews or expires of a customer is a subscription of theirs.
  if (/^(?:renew|expir)/i.test(words)) return [`subscriptions ${words}`];
  const several = severalVerbs(catalogue, words);
  if (several !== null) return [`${mine}${several}`];
  const [verb = '', ...others] = words.replace(/^logged (?:in|on|into)\b/i, 'login').split(' ');
  const rest = others
    .join(' ')
    .replace(/^(?:to|with|from|by|on) (?=for|in|since|this|last|during|within|$)/i, '');
  const lower = verb.toLowerCase();
  const object = rest.replace(/^(?:(?:even )?(?:a single|one single|one)|a|an|any|the|some|another) /i, '');
  if (light.test(lower) || canonical(lower) === 'opened' || pastForms[lower] === 'opened')
    return object === '' ? [] : distinct([`${mine}${object}`, `${mine}${object} ${verb}`]);
  const isTimed =
    rest === '' ||
    /^(?:for|in|since|this|last|during|within|before|after|on|yesterday|today|at|so)\b/i.test(rest);
  const done = pastForms[canonical(lower)] ?? lower;
  const ways = [...(isTimed ? countsOf(catalogue, done) : []), ...nounsOf(catalogue, lower)];
  const anything = rest.replace(/^(?:anything|anyone|it|them|us|any)\b ?/i, '');
  return distinct([
    ...ways.map((noun) =>
      isTimed || anything !== rest ? `${mine}${noun} ${anything}` : `${mine}${noun} of ${object}`,
    ),
    ...(isTimed ? [] : [`${mine}${done} ${object}`]),
  ]);
}

/** "Called, emailed or met in the past 30 days": any of these. */
function severalVerbs(catalogue: Catalogue, words: string): string | null {
  const match = /^(?<verbs>(?:[a-z]+, )*[a-z]+,? (?:or|nor|and) [a-z]+)\b(?<rest>.*)$/i.exec(words)?.groups;
  const verbs = (match?.['verbs'] ?? '').toLowerCase().split(/,? (?:or|nor|and) |, /);
  const named = verbs.map((verb) => nounsOf(catalogue, verb)[0]);
  const known = named.filter((noun) => noun !== undefined);
  return match && known.length === verbs.length && known.length > 1
    ? `${known.join(' and ')}${match['rest'] ?? ''}`
    : null;
}

/** "For 30 days", said of what did not happen, is the time in which it did not. */
function sinceThen(words: string): string {
  return words.replace(
    new RegExp(
      `\\b(?:(?:for|in|during|within) (?:the )?(?:(?:last|past) )?(?:(?:over|more than|at least) )?|(?<!\\b(?:next|coming|previous|last|past|trailing|rolling|every|first|than|over|least|under|within|after|before|between|and|to) )(?<=\\w ))(a|${Object.keys(numberWords).join('|')}|\\d+) (day|week|month|quarter|year)s?\\b(?! (?:ago|old|ahead|from now))`,
      'gi',
    ),
    (_all, n: string, unit: string) =>
      `in the last ${/^\d/.test(n) ? n : (numberWords[n.toLowerCase()] ?? 1)} ${unit}s`,
  );
}

const comparison =
  '(?:under|below|over|above|less than|more than|lower than|higher than|at least|at most) [$€]?\\d';

/** "Health under 60": the scores that are so. "Tickets over 10" are so many of them, whatever each is scored with. */
function scoresSaid(words: string): readonly string[] {
  const { name, rest } =
    new RegExp(`^(?<name>\\S+(?: \\S+)?) (?<rest>${comparison}.*)$`, 'i').exec(words)?.groups ?? {};
  return name === undefined || /s$|score$/i.test(name) ? [] : [`${name} scores ${rest}`];
}

/** "Won nothing": no records that are counted as won. */
function countsOf(catalogue: Catalogue, done: string): readonly string[] {
  const { phrases } = vocabularyOf(catalogue);
  return [...catalogue.entities.values()].flatMap(({ id, label, parent }) => {
    const meanings = phrases.get(`${canonical(done)} @${id}`)?.meanings ?? [];
    const isCounted = meanings.some((one) => {
      const metric = one.kind === 'metric' ? catalogue.metrics.get(one.id) : undefined;
      return metric !== undefined && isCountOf(catalogue, metric, id);
    });
    return isCounted && parent === undefined ? [`${done} ${label.many}`] : [];
  });
}

/** Nouns of a verb in any form, as the catalogue's words have them. */
function nounsOf(catalogue: Catalogue, verb: string): readonly string[] {
  const { phrases, keyOf } = vocabularyOf(catalogue);
  const stems = [
    ...(nouns[verb] ?? []),
    verb.replace(/ed$/, ''),
    verb.replace(/d$/, ''),
    verb.replace(/(.)\1ed$/, '$1'),
    verb.replace(/ied$/, 'y'),
    verb.replace(/(?:at)?ed$/, 'ation'),
  ];
  return stems
    .filter((stem) => stem.length > 2 && !/ed$/.test(stem))
    .flatMap((stem) => {
      const word = canonical(stem);
      // Whoever has ordered has an order line.
      if (phrases.has(`${word} line`)) return [`${stem} lines`];
      const meanings = phrases.get(keyOf(word))?.meanings ?? [];
      const isThing = keyOf(word).startsWith('@') || meanings.some(({ kind }) => kind !== 'dimension');
      return isThing ? [plural(stem)] : [];
    });
}

const plural = (noun: string): string => `${noun}s`.replace(/(ch|sh|x|s)s$/, '$1es').replace(/ys$/, 'ies');

const distinct = (texts: readonly string[]): readonly string[] =>
  [...new Set(texts.map((text) => text.trim()))].filter((text) => text !== '');
