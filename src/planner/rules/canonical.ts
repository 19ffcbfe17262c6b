import { wordTable } from '../../toolkit/word-table.ts';

/** Words that are written in several ways, by the way the vocabulary knows. */
const spellings: Readonly<Record<string, string>> = wordTable({
  avg: 'average',
  mean: 'average',
  num: 'number',
  nr: 'number',
  pct: 'percent',
  percentage: 'percent',
  qtr: 'quarter',
  yr: 'year',
  wk: 'week',
  mth: 'month',
  yday: 'yesterday',
  tmrw: 'tomorrow',
  tmr: 'tomorrow',
  tdy: 'today',
  hr: 'hour',
  hrs: 'hour',
  mins: 'minute',
  min: 'minute',
  resp: 'response',
  ids: 'id',
  reply: 'response',
  vs: 'versus',
  tix: 'ticket',
  tkt: 'ticket',
  opp: 'opportunity',
  acct: 'account',
  cust: 'customer',
  esc: 'escalation',
  prio: 'priority',
  ppl: 'people',
  r: 'are',
  u: 'you',
  ur: 'your',
  q: 'quarter',
  mnth: 'month',
  pipe: 'pipeline',
  cert: 'certification',
  amt: 'amount',
  qty: 'quantity',
  convo: 'conversation',
  msg: 'message',
  mtg: 'meeting',
  prod: 'product',
  cnt: 'count',
  dt: 'date',
  nxt: 'next',
  w: 'with',
  n: 'and',
  wat: 'what',
  giv: 'give',
  yest: 'yesterday',
  sub: 'subscription',
  recieved: 'opened',
  anyone: 'who',
  anybody: 'who',
  dept: 'department',
  organisation: 'organization',
  categorisation: 'category',
  licence: 'license',
  cancelled: 'canceled',
  // What happened to a ticket or a deal, said in other words.
  raised: 'opened',
  created: 'opened',
  logged: 'opened',
  submitted: 'opened',
  filed: 'opened',
  incoming: 'opened',
  received: 'opened',
  reported: 'opened',
  came: 'opened',
  arrived: 'opened',
  arriving: 'opened',
  resolved: 'solved',
  fixed: 'solved',
  resolve: 'solve',
  resolving: 'solving',
  unresolved: 'unsolved',
  violated: 'breached',
  violation: 'breach',
  breaching: 'breach',
  broke: 'breached',
});

/** Words that end in s and are not plurals. */
const singular = new Set([
  'this',
  'is',
  'was',
  'has',
  'does',
  'us',
  'vs',
  'always',
  'less',
  'status',
  'sales',
  'plus',
  'across',
]);

/**
 * The one form in which words are compared: singular, abbreviations written out. Tenses stay apart ("open" is a
 * state, "opened" an event).
 */
export function canonical(lower: string): string {
  const direct = spellings[lower];
  if (direct !== undefined) return direct;
  const stem = toSingular(lower);
  return spellings[stem] ?? stem;
}

function toSingular(word: string): string {
  // "p1s", "s2s": several of one priority.
  if (/^[a-z]{1,4}\ds$/.test(word)) return word.slice(0, -1);
  if (word.length < 4 || singular.has(word) || !word.endsWith('s')) return word;
  if (/(?:ss|us|is)$/.test(word)) return word;
  if (word.endsWith('ies') && word.length > 4) return `${word.slice(0, -3)}y`;
  if (/(?:ch|sh|x|ss|zz)es$/.test(word)) return word.slice(0, -2);
  return word.slice(0, -1);
}

/** Base forms that follow "did we …", by the form that names the event. */
export const pastForms: Readonly<Record<string, string>> = wordTable({
  open: 'opened',
  arrive: 'opened',
  disqualify: 'disqualified',
  create: 'opened',
  raise: 'opened',
  log: 'opened',
  get: 'opened',
  receive: 'opened',
  close: 'closed',
  solve: 'solved',
  resolve: 'solved',
  fix: 'solved',
  win: 'won',
  lose: 'lost',
  breach: 'breached',
  break: 'breached',
  slip: 'slipped',
  escalate: 'escalated',
  reopen: 'reopened',
  miss: 'missed',
  handle: 'handled',
  sell: 'sold',
  buy: 'bought',
  order: 'ordered',
  answer: 'answered',
  reply: 'answered',
  convert: 'converted',
  cancel: 'canceled',
  churn: 'churned',
  expire: 'expired',
  sign: 'signed',
  book: 'booked',
  deliver: 'delivered',
  send: 'sent',
  fail: 'failed',
  leave: 'left',
  push: 'pushed',
  file: 'opened',
  submit: 'opened',
  meet: 'met',
});
