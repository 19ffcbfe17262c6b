import { tidy } from '../token.ts';
import { corrections, endings, leads, openings } from './cue-openings.ts';
import { type Cue, type CueRule, type Found, setMode } from './cue-rule.ts';
import { wholeWishes, wishes } from './cue-wishes.ts';

const questionHead =
  /^(?:how (?:many|much|long|often|big|high)|what(?:'s| is| was| are| were)\b|which\b|who\b|show\b|list\b|give\b|tell\b|display\b|count of|number of|do we|did we|are there|is there)/i;

/** Reads what a text says about the question before it. Pure; an ordinary question comes back almost as it is. */
export function readCue(question: string): Cue {
  const found: Found = {
    mode: 'plain',
    isWider: false,
    isStrong: false,
    isPointing: false,
    isReplacing: false,
    asksWhich: null,
    isCounted: false,
    asksOne: false,
    isOfThose: false,
    isQuestion: false,
    toList: false,
    toCount: false,
    ungrouped: false,
    unfiltered: false,
    anyTime: false,
    chart: null,
    subject: null,
    transform: null,
    window: null,
    includeEmpty: null,
    limit: null,
    comparedWith: null,
    toAmount: false,
    restOf: null,
    asksStanding: false,
    nextRows: null,
    place: null,
    placeBy: null,
    asksChange: false,
    isExport: false,
    sortedBy: null,
    movedBack: null,
    insteadOf: null,
    aggregate: null,
    rateOf: null,
    rest: spelledOut(tidy(question)),
  };
  takeClauses(found);
  found.asksOne ||= /^(?:what|which)(?:'s| is| was)?(?: the)? \w+(?:est|most)\b/i.test(found.rest);
  found.isQuestion = questionHead.test(found.rest);
  // "which customers?" names no more than what the answer before is to be split by.
  if (/^(?:which|who|whose|by whom|by which)(?: [\p{L}-]+){0,2}$/iu.test(found.rest)) {
    found.isStrong = true;
    found.isQuestion = false;
    setMode(found, 'add');
  }
  found.rest = found.rest.replaceAll(pointers, (word) => {
    found.isStrong = true;
    found.isPointing = true;
    // "The won ones" are others of their kind; "those" are the very same.
    found.isOfThose ||= !/^ones$/i.test(word);
    return ' ';
  });
  return { ...found, rest: found.rest.replaceAll(/\s+/g, ' ').trim() };
}

/** Short forms that only speech has. */
const spelledOut = (text: string): string =>
  text
    .replaceAll(/(^|\s)'?em\b(?!-)/gi, '$1them')
    .replaceAll(/\bhi(?=[- ]prio)/gi, 'high')
    .replace(/^((?:and |n )?)(?:wich|whitch|whcih|witch)(?= |$)/i, '$1which')
    // "Why not the open ones": a proposal.
    .replace(/^(?:and )?why not (?=(?:the |only |just |by |per )?\S+(?: ones?)?\??$)/i, 'what about ')
    // "The other team?": those that are not of the one before.
    .replace(
      /^(?:and |what about |how about )*(?:in |of |for )?the other (?:team|region|segment|channel|product|category|priority|department|group)s?(?=\??$)/i,
      'the others',
    )
    // "Not this week, last", "not closed, opened".
    .replace(
      /^(?:no,? )?not (?:this|last|next|the) (hour|day|week|month|quarter|year)(?:,| but|, but)? (?:the )?(last|this|previous|next)(?: one)?[.!]*$/i,
      '$2 $1 instead',
    )
    .replace(
      /^(?:no,? )?not (?:by )?([\w-]+)(?:,| but|, but) (?:rather )?((?:by )?[\w-]+)[.!]*$/i,
      '$2 instead',
    )
    .replaceAll(/\blo(?=[- ]prio)/gi, 'low')
    // "Without the pending ones".
    .replace(
      /^((?:and )?(?:without|excluding|exclude|except|minus|drop|hide|skip|remove|leave out|ignore|not)) (?:the |those |any )?([\p{L}-]+) ones$/iu,
      '$1 $2',
    )
    // "What categories", "who are the customers", "whose customers are those": by what the answer is to be split.
    .replace(
      /^((?:and )?)what (?=(?!is|are|was|were|about|else|now|if|of|happened|changed|to|for|do|did)[\p{L}-]+s\??$)/iu,
      '$1by ',
    )
    .replace(
      /^((?:and )?)(?:who|which) (?:are|were|is|was) the (?!(?:top|most|least|worst|first|last|\w+est)\b)(?=[\p{L}-]+\??$)/iu,
      '$1which ',
    )
    .replace(
      /^((?:and )?)(?:whose|which) ([\p{L}-]+) (?:are|is|were|was) (?:those|these|they|that|it|this)(?=\??$)/iu,
      '$1which $2',
    )
    // "Leave out anything below 20k": only those from there on.
    .replace(
      leftOut,
      (_all: string, isLess: string | undefined, bound: string) =>
        `only those with ${isLess === undefined ? 'at most' : 'at least'} ${bound}`,
    )
    // "What is behind the difference, by topic".
    .replace(
      /^((?:and )?)what(?:'s|s| is| was) behind (?:it|that|this|the (?:difference|change|drop|rise|increase|decrease|jump|dip)),? (?=(?:by|per)\b)/i,
      '$1',
    )
    // "Which ones were first reply and which resolution": told apart by that.
    .replace(
      /^(?:and )?(?:which|how many)(?: ones?| of (?:them|those|these))? (?:is|are|was|were) ([^,?]+?) and (?:which|how many)(?: ones?)?(?: (?:is|are|was|were))? ([^,?]+?)(?=\??$)/i,
      'compare $1 versus $2',
    );

const leftOut =
  /^(?:and )?(?:leave out|take out|drop|remove|exclude|excluding|without|ignore|hide|skip|omit|not|no)(?: (?:anything|everything|all|any|the ones|those|ones))?(?: (?:that (?:is|are|has|have)|which (?:is|are|has|have)|with|having))? (?:(below|under|less than|fewer than|lower than|smaller than)|(?:above|over|more than|higher than|bigger than|larger than)) (\S.*)$/i;

/** Words that stand for the rows of the answer before; "this week" and "that customer" name something else. */
const pointers =
  /\b(?:ones|them|those|these|their|they|he|she|him|his|her)\b|(?<!\b(?:is|are|was|were|be|been) )\bthere$|\b(?:is|are|was|were|makes?|would|does)(?: all)? (?:that|this|it|they)(?: (?:be|make))?\b|\b(?:that|this) (?:is|was|makes?)\b/gi;

const betweenClauses =
  /\s*(?:,(?!\d{3}(?!\d))|;|[?.!](?=\s))\s*(?:(?:and|but|then) )?|\s+(?:and|but|then) (?=(?:sort|order|rank|list|show|compare|split|group|break|exclud)\w*\b|(?:only|just|top|per|as|in total|without)\b)/gi;

/** "Only USD, top 3 accounts": each part may say something of its own; what is left of them is read as one. */
function takeClauses(found: Found): void {
  takeAll(endings, found);
  takeAll(corrections, found);
  takeAll(wholeWishes, found);
  const parts = found.rest.split(betweenClauses);
  const joints = [...found.rest.matchAll(betweenClauses)].map(([joint]) => joint);
  const wasStrong = found.isStrong;
  let rest = '';
  for (const [index, part] of parts.entries()) {
    found.rest = part;
    takeClause(found, index === 0);
    if (found.rest !== '') rest += `${rest === '' ? '' : (joints[index - 1] ?? ' ')}${found.rest}`;
    else if (index === 0) found.isStrong = true;
  }
  found.rest = rest;
  found.isStrong = found.isStrong || wasStrong || rest === '';
}

function takeClause(found: Found, isFirst: boolean): void {
  const { mode } = found;
  takeAll(endings, found);
  takeWishes(found);
  takeAll(leads, found);
  takeWishes(found);
  takeAll([...leads, ...openings], found);
  takeWishes(found);
  takeAll(endings, found);
  if (!isFirst && mode !== 'plain' && !found.isReplacing) found.mode = mode;
}

/** "as a chart" alone points back; at the end of a whole question it belongs to that. */
function takeWishes(found: Found): void {
  const wasStrong = found.isStrong;
  takeAll(wishes, found);
  found.isStrong = wasStrong || found.rest === '';
}

/** Takes what fits until nothing does; each rule at most twice, so that no text keeps it busy. */
function takeAll(rules: readonly CueRule[], found: Found): void {
  for (let round = 0; round < 3; round += 1) {
    let hasTaken = false;
    for (const rule of rules) {
      const match = rule.pattern.exec(found.rest);
      if (!match || (match[0] === '' && match.index === 0)) continue;
      rule.says(found, match);
      const before = found.rest.slice(0, match.index);
      const after = found.rest.slice(match.index + match[0].length);
      const next = `${before} ${rule.keeps?.(match) ?? ''}${after}`.trim();
      if (next === found.rest) continue;
      found.rest = next;
      hasTaken = true;
    }
    if (!hasTaken) return;
  }
}
