import type { Vocabulary } from './grammar.ts';

/** What a conversation is about, and what is said in it. */
export interface Topic {
  /** What the bot takes it for. */
  readonly intent: string;
  /** Relative number of conversations. */
  readonly weight: number;
  /** Chance that the bot's answer is all that was needed. */
  readonly botSuccess: number;
  readonly open: readonly string[];
  readonly bot: readonly string[];
  readonly agent: readonly string[];
  readonly customer: readonly string[];
}

export const topics: readonly Topic[] = [
  {
    intent: 'password reset',
    weight: 16,
    botSuccess: 0.92,
    open: [
      'Hi, I forgot my console password',
      'password reset mail never arrives',
      'Locked out after {3-6} attempts, can you help?',
      'new laptop, my authenticator is gone. how do I get back in?',
      'need to reset the login of {colleague}',
    ],
    bot: [
      'I have sent a reset link to the address of your account. It is valid for 30 minutes.',
      'You can reset it here: Console > Sign in > Forgot password. Shall I send the link again?',
      'Your login is unlocked. Please choose a new password at the next sign-in.',
    ],
    agent: [
      'I removed the old second factor, please enrol again at the next login.',
      'The mail went to {colleague}, who is the owner. I sent one to you as well.',
      'Can you check the spam folder? It left our side at {8-16}:{10-59}.',
    ],
    customer: [
      'still nothing',
      'link says expired',
      'ok trying',
      'got the mail, one moment',
      'same error on my phone',
    ],
  },
  {
    intent: 'billing question',
    weight: 13,
    botSuccess: 0.62,
    open: [
      'Question about invoice {2024-2026}-{1000-9800}',
      'why were we charged for {4-40} nodes in {month}?',
      'Can we pay by bank transfer instead of card?',
      'Our VAT number changed, where do I put it?',
      'the {month} invoice is not in the portal',
    ],
    bot: [
      'Invoices are under Console > Billing > Documents. The latest one is from the 1st of the month.',
      'The number of nodes is the average of the month. You find the days under Billing > Usage.',
      'I can change the payment method for the next invoice. Do you want that?',
    ],
    agent: [
      'You ran {3-12} extra nodes from the {2-11}th to the {14-28}th, that is the difference.',
      'I have asked finance for a corrected invoice, you get it by {day}.',
      'Credit note is booked, it shows on the next statement.',
      'Which entity should it be issued to?',
    ],
    customer: [
      'we never ordered those',
      'ok but who approved it?',
      'please send it to accounting too',
      'that explains it',
      'can I get a PDF?',
    ],
  },
  {
    intent: 'cluster status',
    weight: 18,
    botSuccess: 0.84,
    open: [
      'is {cluster} down?',
      'We see timeouts on {cluster}, anything known?',
      'status of {cluster} please',
      'Is there maintenance tonight in {place}?',
      'node {2-24} of {cluster} shows red in the console',
    ],
    bot: [
      'All nodes of {cluster} are healthy. Last check 40 seconds ago.',
      'One node of {cluster} is being replaced, reads and writes go on. Expected to finish in {5-25} minutes.',
      'There is maintenance in {place} from 22:00 to 23:00 UTC. No downtime is expected.',
    ],
    agent: [
      'Looking at {cluster} now.',
      'One tablet server is catching up after the restart, lag is {2-40} s and falling.',
      'I moved the leader away from that node. Can you check again?',
      'Please send me the client log around {8-18}:{10-59}.',
      'It is the load balancer health check, not the database. Change in progress.',
    ],
    customer: [
      'still slow here',
      'better now',
      'p99 is at {300-4000} ms',
      'our checkout is affected',
      'sent you the log',
      'since when?',
    ],
  },
  {
    intent: 'upgrade help',
    weight: 13,
    botSuccess: 0.48,
    open: [
      'How do we get from {2-3}.{10-18} to {4-5}.{1-6}?',
      'upgrade of {cluster} is stuck at {20-90} %',
      'Is a rolling upgrade safe with change streams on?',
      'planning the upgrade for {day}, anything to watch out for?',
    ],
    bot: [
      'Rolling upgrades are safe from any version of the last two years. Guide: docs, chapter Upgrade.',
      'Upgrades run node by node. You can follow it under Console > Cluster > Tasks.',
      'Take a backup first: Console > Backups > Now. Then start the upgrade from the same page.',
    ],
    agent: [
      'The task waits for node {2-24} to leave maintenance, I cleared that.',
      'Pause the connectors first, then upgrade, then resume. Order matters here.',
      'I would do {place} first, it has less traffic.',
      'Please do not restart it by hand, I am attaching an engineer.',
      'Pre-checks are green, you can go ahead.',
    ],
    customer: [
      'it moved to {91-99} %',
      'do we need downtime?',
      'ok, {day} then',
      'what about the drivers?',
      'can someone be on call with us?',
    ],
  },
  {
    intent: 'pricing',
    weight: 9,
    botSuccess: 0.7,
    open: [
      'What does a third region cost?',
      'price for {10-80} TB of backup storage?',
      'Do you have a start-up discount?',
      'how much is premium support per month',
    ],
    bot: [
      'The calculator is at Console > Billing > Estimate. A region costs as much as its nodes plus traffic.',
      'Premium support is a share of your plan. I can ask your account manager to send a quote.',
    ],
    agent: [
      'I pass this to your account manager, you hear from them {day}.',
      'For {10-80} TB the next tier is cheaper, let me send both.',
      'List price is in the estimate; discounts start at three years.',
    ],
    customer: [
      'per month or per year?',
      'ok, please send it in writing',
      'we are comparing with another vendor',
      'and for two years?',
    ],
  },
  {
    intent: 'slow queries',
    weight: 16,
    botSuccess: 0.3,
    open: [
      'Query on {table} takes {4-40} s since this morning',
      '{table} does a full scan after the statistics ran, why',
      'reads are slow in {place} only',
      'p99 doubled after the deploy yesterday',
    ],
    bot: [
      'Slow statements are listed under Console > Insights. Do you see yours there?',
      'An index may be missing. Please run EXPLAIN and look for Seq Scan.',
    ],
    agent: [
      'Can you paste the plan?',
      'Statistics on {table} are stale, please run ANALYZE.',
      'There is a hot shard: {50-92} % of the writes go to one tablet. I am splitting it.',
      'Add the tenant to the index, then it is a range read.',
      'I see the same on our side, taking this to engineering.',
    ],
    customer: [
      'plan attached',
      'now it is {40-300} ms',
      'no change',
      'we added the index, building now',
      'that table has {2-90} million rows',
      'our users complain',
    ],
  },
  {
    intent: 'backup',
    weight: 8,
    botSuccess: 0.55,
    open: [
      'last night’s backup of {cluster} failed',
      'How do I restore one table only?',
      'How long do you keep snapshots?',
    ],
    bot: [
      'Snapshots are kept for {7-35} days on your plan.',
      'One table: Console > Backups > Restore > Choose tables. It goes into a new database.',
    ],
    agent: [
      'The role lost access to the bucket, please grant it again.',
      'I started a manual backup, {20-90} % done.',
      'Restore runs at about {1-6} GB a minute.',
    ],
    customer: ['who changed the role?', 'ok granted', 'it works again', 'we need it before noon'],
  },
  {
    intent: 'other',
    weight: 7,
    botSuccess: 0.2,
    open: [
      'Hello, is anybody there?',
      'Who is our account manager?',
      'Need the SOC 2 report for our auditors',
      'can I add {colleague} as admin?',
    ],
    bot: ['I can help with logins, invoices, cluster status and upgrades. What is it about?'],
    agent: [
      'I sent the report to your security contact.',
      'Done, {colleague} has got an invitation.',
      'Your account manager is in the meeting invite of last week, I copy them in.',
    ],
    customer: ['great', 'please also add {colleague}', 'which address did you use?'],
  },
];

export const smallTalk = {
  greeting: [
    'Hi, {agent} here.',
    'Hello, this is {agent}.',
    'Good day, {agent} from support.',
    'Hi, thanks for waiting.',
  ],
  late: ['Sorry for the wait, it is a busy evening.', 'Thanks for your patience, many are writing today.'],
  handOver: [
    'I am passing you to a colleague.',
    'Let me get somebody from the team for this.',
    'A person will take over, please stay here.',
  ],
  unsatisfied: [
    'that does not help',
    'I need a person please',
    'no, it is something else',
    'already tried that',
    'agent please',
  ],
  thanks: [
    'thanks!',
    'perfect, thank you',
    'great, that was it',
    'ok thanks',
    '👍',
    'works now, cheers',
    'danke!',
  ],
  bye: ['You are welcome.', 'Glad it works. Have a good day!', 'Anything else, just write.'],
} as const;

export const broadcastWords = [
  'Quorum {4-5}.{1-6} is out: faster restores and a new console. Read more: quorumdata.example/new',
  'Reminder: our webinar on multi-region starts {day} at 15:00 CET. Reply YES for a seat.',
  'Maintenance in {place} {day} night, 22:00-23:00 UTC. No action needed.',
  'New: premium support with a named engineer. Reply INFO and we call you.',
] as const;

export const chatWords: Vocabulary = {
  colleague: ['Anna', 'our new DBA', 'Marc', 'Priyanka', 'the night shift', 'Sven', 'my manager', 'Lucía'],
  month: ['January', 'March', 'June', 'August', 'September', 'October'],
  day: ['Monday', 'Tuesday', 'Wednesday', 'Thursday', 'Friday', 'tomorrow'],
  cluster: ['prod-eu-1', 'prod-eu-2', 'prod-us-1', 'staging', 'ledger-prod', 'orders-prod', 'analytics-2'],
  place: ['Frankfurt', 'Dublin', 'Virginia', 'Oregon', 'Sao Paulo', 'eu-west-1'],
  table: ['orders', 'ledger_entries', 'sessions', 'inventory', 'events', 'shipments', 'users'],
};
