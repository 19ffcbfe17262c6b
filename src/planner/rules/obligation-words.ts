import { rephrased, type Turn } from './turn.ts';

/** What has to be done is due, and a task that is to be done is none that was logged. */
const deed =
  '(?:do|finish|complete|close|handle|tackle|get done|get through|wrap up|done|finished|completed|closed|handled)';
const duty =
  '(?:(?:still )?(?:have|has|need|needs|ought|got|supposed) (?:still )?to|(?:still )?(?:must|should)(?: still)?)';
const day =
  '(?=(?: by| before| until| till| on| within| in)? (?:today|tonight|tomorrow|this|next|the|end|eod|monday|tuesday|wednesday|thursday|friday|saturday|sunday)\\b)';
const person = '(?:i|we|my team|the team|[A-Z][a-z]+)';

const ofWhom = (who: string | undefined): string =>
  who === undefined ? '' : /^i$/i.test(who) ? ' of mine' : /^we$/i.test(who) ? '' : ` of ${who}`;

const turns: readonly Turn[] = [
  // "Tasks that have to be finished before Wednesday", "interventions I still have to do today".
  [new RegExp(`(?: (?:that|which))? ${duty} be ${deed}${day}`, 'gi'), () => ' due'],
  [
    new RegExp(`(?: (?:that|which))? (?:do |does )?(${person}) ${duty} ${deed}${day}`, 'g'),
    (_words, who) => `${ofWhom(who)} due`,
  ],
];

const logged = /\b(?:activit\w*|calls?|e-?mails?|meetings?|kinds?|types?|log|logs|logged|customer tasks?)\b/i;
const toDo =
  /\b(?:due|overdue|open|pending|outstanding|unfinished|incomplete|late|finish(?:ed)?|complete[ds]?|to do|to-do|deadlines?|on my (?:list|plate|desk)|(?:for|by) (?:today|tomorrow|this week|next week))\b/i;

/** "Open tasks", "tasks due today": what is to be done for customers; beside calls and meetings a task is one of these. */
const customerTasks = (text: string): string =>
  toDo.test(text) && !logged.test(text)
    ? text.replace(/(?<!\bfollow[- ]ups? )\b(tasks?)\b/gi, 'customer $1')
    : text;

/** "Tasks I still have to do today" are those that are due by then. */
export const inDueWords = (text: string): string => customerTasks(rephrased(text, turns));
