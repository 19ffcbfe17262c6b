import { namesIn } from './question-form.ts';

/** A question taken apart into records, what should be shown of each, and their order. */
export interface ColumnWords {
  /** The records, in the asker's words. */
  readonly rows: string;
  readonly names: readonly string[];
  readonly order: OrderWords | null;
  /** The names go before the records: "last ticket and last meeting for every account". */
  readonly isBefore: boolean;
}

export interface OrderWords {
  /** As it was said: "oldest first". */
  readonly said: string;
  /** What they are ordered by; empty: whatever the superlative speaks of. */
  readonly by: string;
  readonly direction: 'asc' | 'desc';
  readonly superlative: string;
}

const descending = 'highest|most|largest|biggest|newest|latest|best|longest|top|greatest|most recent';
const ascending = 'lowest|least|smallest|fewest|oldest|earliest|worst|shortest|soonest|next';
const superlative = `(?<end>${descending}|${ascending})`;

/** "Sorted by close date, newest first", "by ARR descending", "oldest first", "lowest health first". */
const orders: readonly RegExp[] = [
  new RegExp(
    `[,;.:(-]* ?(?:and )?(?:sort(?:ed)?|order(?:ed)?|ranked) by (?:the )?(?<by>[\\p{L}'-]+(?: [\\p{L}'-]+){0,4}?)(?:,? (?:from )?(?:the )?${superlative}(?: first| to [a-z]+)?| (?<way>(?:in )?(?:asc|desc)(?:ending)?(?: order)?))?$`,
    'iu',
  ),
  new RegExp(
    `[,;.:(-]* (?:and |with )?(?:the )?${superlative}(?<by>(?: [\\p{L}&'-]+){0,4}) (?:first|on top|at the top)\\)?$`,
    'iu',
  ),
];

function withoutOrder(text: string): { readonly text: string; readonly order: OrderWords | null } {
  for (const pattern of orders) {
    const match = pattern.exec(text);
    if (!match) continue;
    const { by = '', end = '', way = '' } = match.groups ?? {};
    const isUp = new RegExp(`^(?:${ascending})$`, 'i').test(end) || /asc/i.test(way);
    const isDown = end !== '' || way !== '' || !/\b(?:date|name|day|since)\b/i.test(by);
    const order: OrderWords = {
      said: `${end} ${by.trim()} first`.replaceAll(/ +/g, ' ').trim(),
      by: by.trim(),
      direction: isUp || !isDown ? 'asc' : 'desc',
      superlative: end.toLowerCase(),
    };
    return { text: text.slice(0, match.index), order };
  }
  return { text, order: null };
}

const opening =
  /(?:,? (?:along |together )?(?:with|w\/|including|incl|showing|plus)(?: also)? |,? and (?=their |its |the (?:date|name|number|amount) )|,? and what (?:is|are) (?=their |its )|[,:] )(?:(?:both|the|their|its|each one's) )?/gi;
const showing =
  /^(?:please )?(?:also )?(?:show|list|give|include|add|display|tell)(?: me| us)?(?: also)? (?:(?:me|the|their|its|with) )*/i;
const perRow =
  /^(?:(?:show|list|give|get|tell)(?: me| us)? |what (?:is|are|was|were) |i (?:need|want) )?(?:the )?(?<names>.+?),? (?:for|of|per|by|from|with)(?<rows> (?:each|every|all)(?: of)?(?: my| our| the)? [^,]+| (?:my|our) [^,]+|(?<= per) [^,]+)$/i;

/** "ARR, health and renewal date of Umbra Security": of one that is named. */
const ofOne =
  /^(?:(?:show|list|give|get|tell)(?: me| us)? |(?:what|when|who) (?:is|are|was|were) |i (?:need|want) )?(?:the )?(?<names>.+) (?:of|for|at|from|with) (?<rows>"[^"]+"|\p{Lu}[^,?]*)$/u;
const moment = /^(?:the |my |our )?(?:last|latest|most recent|next|first|number of) /i;

/** What compares or goes on about the rows is the name of no column. */
const noName =
  /^(?:an?|no|any|only|at|more|less|without|who|which|that|what|from|to)\b|\b(?:above|below|over|under|between|than|since|before|after|exceeding|who|which|whose|without|not|how many|how much|how big|how often)\b|\d{2}/i;
const longestName = 8;
const mostNames = 8;

const namesOf = (text: string): readonly string[] =>
  namesIn(
    sharedNouns(text).replaceAll(/,? (?:and|plus|as well as|along with|&) (?:(?:the|their|its) )?/gi, ', '),
  );

/** "First and latest purchase date", "old and new date": each with what is said once. */
function sharedNouns(text: string): string {
  return text.replaceAll(
    /\b(first|last|old|new|latest|next|earliest|previous|former) (?:and|&|\/|vs\.?|or) (?:the )?(last|latest|new|next|most recent|current|old|first) (\p{L}+(?: \p{L}+){0,5})/giu,
    '$1 $3, $2 $3',
  );
}

function readable(names: readonly string[]): boolean {
  return (
    names.length > 0 &&
    names.length <= mostNames &&
    names.every((name) => {
      const own = name.replace(recently, '');
      return own.split(' ').length <= longestName && !noName.test(own);
    })
  );
}

/** "Number of calls in the last 30 days": when they were says no number of their own. */
const recently = / (?:in|over|during|within|from|for) the (?:last|past|previous) \d{1,3} [a-z]+$/i;

/** Each way in which a question may name what is shown of each record; those with the shortest records first. */
export function* readColumnWords(question: string): Generator<ColumnWords> {
  const text = question.replace(/[?!.\s]+$/, '').replace(/(?<=\w)[?!.]+ (?=[\p{L}])/giu, '. ');
  const sentences = text.split(/\. /);
  const [first = '', second, third] = sentences;
  if (third !== undefined) return;
  if (second !== undefined) {
    const cut = withoutOrder(` ${second}`);
    const names = namesOf(cut.text.trim().replace(showing, ''));
    const isAsked = showing.test(second) || /^(?:with )?names? and /i.test(second);
    const own = withoutOrder(first);
    // "… in the next 30 days? Customer, plan, date": a bare list of names asks for them as well.
    const isBare = names.length > 1 && sentences.length === 2;
    if ((isAsked || isBare) && readable(names))
      yield {
        rows: own.text,
        names: names.filter((name) => !/^names?$/i.test(name)),
        order: cut.order ?? own.order,
        isBefore: false,
      };
    return;
  }
  const { text: rest, order } = withoutOrder(first);
  const groups = (perRow.exec(rest) ?? ofOne.exec(rest))?.groups;
  const names = namesOf(groups?.['names'] ?? '');
  // Of one thing for each there is one record each.
  if (groups && names.length > 1 && readable(names)) {
    const rows = (groups['rows'] ?? '').trim().replace(/^(?:all|each|every)(?: of)? (?=my|our)/i, '');
    yield { rows, names, order, isBefore: true };
  }
  for (const match of rest.matchAll(opening)) {
    const names = namesOf(rest.slice(match.index + match[0].length));
    const rows = rest.slice(0, match.index);
    const isApart =
      (/^,/.test(match[0]) && !rows.includes(' ')) || (/^[,:]/.test(match[0]) && moment.test(rows));
    if (readable(names) && rows !== '' && !isApart) yield { rows, names, order, isBefore: false };
  }
  // "My accounts sorted by last meeting": what orders them is shown.
  if (order !== null && moment.test(order.by))
    yield { rows: rest, names: [order.by], order, isBefore: false };
}
