import { upperFirst } from '../../toolkit/letter-case.ts';
import { formatDuration, shorten } from '../format.ts';
import {
  type AlertWords,
  accountName,
  arrOf,
  factNumber,
  factText,
  fieldsOf,
  type Subject,
} from './subject.ts';

export function wordsOfCustomerEscalation(subject: Subject): AlertWords {
  const { seen } = subject;
  const name = nameOf(subject);
  const who = accountName(subject);
  const age = factNumber(seen, 'age_seconds');
  const priority = factText(seen, 'priority');
  const impact = factText(seen, 'impact');
  const opened = age === null ? '' : `, open for ${formatDuration(age)}`;
  const escalation = escalationWords(priority);
  return {
    headline: `${who === null ? '' : `${who}: `}${name}`,
    sentence: `${who ?? 'A customer'} has ${escalation}${opened}.${impact === null ? '' : ` Impact: ${ended(shorten(impact, 200))}`}`,
    fields: fieldsOf([
      ['Account', who],
      ['ARR', arrOf(subject)],
      ['Priority', upperFirst(priority ?? '')],
      ['Status', upperFirst(factText(seen, 'status') ?? '')],
      ['Category', factText(seen, 'category')],
      ['Sentiment', upperFirst(factText(seen, 'sentiment') ?? '')],
      ['Root cause', factText(seen, 'root_cause') ?? 'not known yet'],
      ['Open for', age === null ? null : formatDuration(age)],
    ]),
    over: {
      headline: `${who === null ? '' : `${who}: `}${name} is closed`,
      sentence: `${statusOver(subject)}${cause(factText(seen, 'root_cause'))}.`,
      isGood: true,
    },
  };
}

/** `CE-123 Cluster down`: the number once, whether or not the label has it already. */
function nameOf({ label, seen }: Subject): string {
  const number = factText(seen, 'ce_number');
  const short = shorten(label, 75);
  return number === null || short.includes(number) ? short : `${number} ${short}`;
}

function escalationWords(priority: string | null): string {
  if (priority === null) return 'an open escalation';
  return priority === 'urgent' ? 'an urgent escalation' : `a ${priority}-priority escalation`;
}

function ended(text: string): string {
  return /[.!?…]$/.test(text) ? text : `${text}.`;
}

function statusOver({ seen, hasLeft }: Subject): string {
  const status = factText(seen, 'status');
  return hasLeft || status === null ? 'It was closed at its source' : `Its status is ${status}`;
}

function cause(rootCause: string | null): string {
  return rootCause === null ? '' : `. Root cause: ${shorten(rootCause, 160).replace(/[.\s]+$/, '')}`;
}
