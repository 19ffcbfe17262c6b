import type { WorldAccount } from './accounts.ts';
import { people } from './people.ts';
import type { Random } from './random.ts';

export interface WorldEscalation {
  readonly number: string;
  readonly account: string;
  readonly status: string;
  readonly priority: string;
  readonly text: string;
}

interface Story {
  readonly title: string;
  readonly category: string;
  readonly issue: string;
  readonly rootCause: string;
  readonly details: string;
  readonly impact: string;
  readonly plan: string;
  readonly sentiment: string;
}

const stories: readonly Story[] = [
  {
    title: 'Hot shard on the orders table',
    category: 'Performance',
    issue: 'Checkout times out at peak hours. One tablet of the orders table takes almost all writes.',
    rootCause:
      'Monotonic order ids hash into one range after the last split; the table is range sharded on order_id.',
    details:
      'Cluster: prod-eu-1\nTable: orders\nShard: tablet-0007\nSkew ratio: 6.4\nWrites peak at 18k/s, 82 % of them on one tablet.',
    impact: 'Checkout success fell from 99.6 % to 94 %. About 1,900 orders an hour affected.',
    plan: '1. Split the hot tablet by hand (done)\n2. Move to a hash prefix on order_id\n3. Review the load test with the customer',
    sentiment: 'Frustrated. The VP of Engineering asked for a daily call.',
  },
  {
    title: 'Followers fall behind after the upgrade',
    category: 'Replication',
    issue: 'Read replicas in the second region lag by up to 25 minutes since the upgrade on Tuesday.',
    rootCause:
      'Compaction throttling defaults changed with the upgrade; followers are short of disk bandwidth.',
    details:
      'Cluster: prod-us-2\nTable: ledger_entries\nShard: tablet-0113\nSkew ratio: 2.1\nCompaction backlog 340 GB.',
    impact: 'Reports show stale balances; finance closes the month late.',
    plan: '1. Raise the compaction limit (rolling)\n2. Add one node to the follower region\n3. Confirm lag below 30 s for 24 h',
    sentiment: 'Concerned but cooperative.',
  },
  {
    title: 'Backups fail since the key rotation',
    category: 'Backup',
    issue: 'Every nightly backup since the key rotation stops with an access error.',
    rootCause: 'The backup role still refers to the old encryption key.',
    details: 'Cluster: prod-eu-3\nBackup job 4471 stops after 12 minutes. No snapshot newer than five days.',
    impact: 'No recovery point within the contract. The auditors are informed.',
    plan: '1. Grant the role on the new key\n2. Take a full backup by hand\n3. Restore test on the staging cluster',
    sentiment: 'Angry. They speak of their renewal.',
  },
  {
    title: 'Connections drop during failover',
    category: 'Connectivity',
    issue: 'Client connections are cut for up to 90 seconds whenever a zone fails over.',
    rootCause: 'Under investigation. The connection pool does not follow the new leader.',
    details: 'Cluster: prod-eu-2\nDriver 4.2 with a static host list. Health checks every 60 s.',
    impact: 'Payment terminals in 140 stores go offline for a minute.',
    plan: '1. Reproduce with the customer’s driver settings\n2. Ship the smart driver configuration\n3. Failover drill on Thursday',
    sentiment: 'Worried about the holiday season.',
  },
  {
    title: 'Query plan regression on the search endpoint',
    category: 'Performance',
    issue: 'A search that took 80 ms takes 4 s since statistics were refreshed.',
    rootCause: 'The planner prefers a sequential scan on a skewed column.',
    details: 'Cluster: prod-us-1\nTable: listings\nShard: tablet-0042\nSkew ratio: 3.3',
    impact: 'Search pages time out for about 8 % of visitors.',
    plan: '1. Pin the plan with a hint (done)\n2. Extended statistics on (region, status)',
    sentiment: 'Neutral, satisfied with the workaround.',
  },
  {
    title: 'Change stream stops after schema change',
    category: 'Replication',
    issue: 'The change stream to the data warehouse stops whenever a column is added.',
    rootCause: 'Connector version 1.9 does not handle a new column with a default.',
    details: 'Cluster: prod-eu-1\nConnector lag 11 hours.',
    impact: 'Dashboards of the management are a day old.',
    plan: '1. Upgrade the connector\n2. Replay from the last checkpoint',
    sentiment: 'Patient.',
  },
];

const statuses = [
  'Open',
  'Investigating',
  'Open',
  'Mitigated',
  'Investigating',
  'Resolved',
  'Open',
  'Resolved',
  'Monitoring',
  'Closed',
  'Investigating',
  'Resolved',
] as const;
const priorities = [
  'Critical',
  'High',
  'High',
  'Medium',
  'Critical',
  'High',
  'High',
  'Medium',
  'High',
  'Low',
  'Medium',
  'Critical',
] as const;
const dayMs = 86_400_000;

/** Twelve customer escalations as different people would write them down: Markdown, plain, in their own order. */
export function buildEscalations(
  random: Random,
  accounts: readonly WorldAccount[],
  asOf: Date,
  declining: readonly string[],
): readonly WorldEscalation[] {
  const leads = people.filter((person) => person.role === 'supervisor' && person.team.startsWith('Support'));
  return statuses.map((status, index) => {
    const story = stories[index % stories.length];
    const priority = priorities[index] ?? 'Medium';
    const account = accounts.find(({ name }) => name === declining[index]) ?? random.pick(accounts);
    const ended = ['Resolved', 'Closed'].includes(status);
    const opened = new Date(
      asOf.getTime() -
        (ended ? random.whole(12, 50) : random.whole(1, 9)) * dayMs -
        random.whole(0, 9) * 3_600_000,
    );
    const resolved = ended ? new Date(opened.getTime() + random.whole(2, 9) * dayMs) : null;
    const owner = random.pick(leads).name;
    if (story === undefined) throw new Error('no story');
    const number = `CE-${String(1041 + index)}`;
    return {
      number,
      account: account.name,
      status,
      priority,
      text: write(index % 3, {
        ...story,
        number,
        account: account.name,
        priority,
        status,
        opened,
        resolved,
        owner,
      }),
    };
  });
}

type Facts = Story & {
  readonly number: string;
  readonly account: string;
  readonly priority: string;
  readonly status: string;
  readonly opened: Date;
  readonly resolved: Date | null;
  readonly owner: string;
};

function write(hand: number, facts: Facts): string {
  const stamp = (at: Date): string => at.toISOString().slice(0, 16).replace('T', ' ');
  const resolved = facts.resolved === null ? '' : stamp(facts.resolved);
  if (hand === 0) {
    return `# ${facts.number}: ${facts.title}\n\n## Customer Information\nCustomer: ${facts.account}\nOwner: ${facts.owner}\nOpened: ${stamp(facts.opened)} UTC\n${resolved === '' ? '' : `Resolved: ${resolved} UTC\n`}Category: ${facts.category}\n\n## Issue Description\n${facts.issue}\n\n## Priority\n${facts.priority}\n\n## Root Cause Analysis\n${facts.rootCause}\n\n## Technical Details\n${facts.details}\n\n## Impact Assessment\n${facts.impact}\n\n## Action Plan\n${facts.plan}\n\n## Status\n${facts.status}\n\n## Customer Sentiment\n${facts.sentiment}\n`;
  }
  if (hand === 1) {
    return `${facts.number} ${facts.title}\nCustomer: ${facts.account}\nPriority: ${facts.priority}\nStatus: ${facts.status}\nOwner: ${facts.owner}\nOpened: ${stamp(facts.opened)} UTC\n${resolved === '' ? '' : `Resolved: ${resolved} UTC\n`}Category: ${facts.category}\n\nISSUE DESCRIPTION:\n${facts.issue}\n\nIMPACT ASSESSMENT:\n${facts.impact}\n\nROOT CAUSE ANALYSIS:\n${facts.rootCause}\n\nTECHNICAL DETAILS:\n${facts.details}\n\nACTION PLAN:\n${facts.plan}\n\nCUSTOMER SENTIMENT:\n${facts.sentiment}\n`;
  }
  return `Escalation: ${facts.number}\nTitle: ${facts.title}\n\n**Status:** ${facts.status}\n**Priority:** ${facts.priority}\n**Customer sentiment:** ${facts.sentiment}\n**Customer:** ${facts.account}\n**Category:** ${facts.category}\n**Opened:** ${stamp(facts.opened)} UTC\n${resolved === '' ? '' : `**Resolved:** ${resolved} UTC\n`}**Owner:** ${facts.owner}\n\nIssue description\n-----------------\n${facts.issue}\n\nTechnical details\n-----------------\n${facts.details}\n\nRoot cause analysis\n-------------------\n${facts.rootCause}\n\nImpact assessment\n-----------------\n${facts.impact}\n\nAction plan\n-----------\n${facts.plan}\n`;
}
