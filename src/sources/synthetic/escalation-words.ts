/** A problem that a customer escalated; places in braces are drawn once for the whole text, so that its parts agree. */
export interface Story {
  readonly title: string;
  readonly category: string;
  readonly issue: string;
  readonly rootCause: string;
  readonly details: string;
  readonly impact: string;
  readonly plan: readonly string[];
}

export const stories: readonly Story[] = [
  {
    title: 'Hot shard on the {table} table',
    category: 'Performance',
    issue: 'Requests time out at peak hours. One tablet of the {table} table takes almost all writes.',
    rootCause:
      'Ids grow with time and {table} is range sharded on them, so every new row lands on the last tablet.',
    details:
      'Cluster: {cluster}\nTable: {table}\nShard: {tablet}\nSkew ratio: {3-8}.{1-9}\nWrites peak at {6-30}k/s, {70-95} % of them on one tablet.',
    impact: 'Checkout success fell from 99.6 % to {88-96} %. About {400-2900} orders an hour affected.',
    plan: [
      'Split the hot tablet by hand (done)',
      'Move to a hash prefix',
      'Review the load test with the customer',
    ],
  },
  {
    title: 'Followers fall behind after the upgrade to {version}',
    category: 'Replication',
    issue: 'Read replicas in {region} lag by up to {15-90} minutes since the upgrade on {weekday}.',
    rootCause: 'Compaction is throttled more than before the upgrade; followers are short of disk bandwidth.',
    details:
      'Cluster: {cluster}\nTable: {table}\nShard: {tablet}\nSkew ratio: 2.{1-9}\nCompaction backlog {100-700} GB.',
    impact: 'Reports show stale {table}; finance closes the month late.',
    plan: [
      'Raise the compaction limit (rolling)',
      'Add a node in {region}',
      'Confirm lag below 30 s for 24 h',
    ],
  },
  {
    title: 'Backups fail since the key rotation',
    category: 'Backup',
    issue: 'Every nightly backup of {cluster} since the key rotation stops with an access error.',
    rootCause: 'The backup role still refers to the old encryption key.',
    details:
      'Cluster: {cluster}\nBackup job {1000-9000} stops after {3-40} minutes. No snapshot newer than {2-6} days.',
    impact: 'No recovery point within the contract. The auditors are informed.',
    plan: [
      'Grant the role on the new key',
      'Take a full backup by hand',
      'Restore test on the staging cluster',
    ],
  },
  {
    title: 'Connections drop during failover',
    category: 'Connectivity',
    issue: 'Client connections are cut for up to {40-120} seconds whenever {zone} fails over.',
    rootCause: 'Under investigation. The connection pool does not follow the new leader.',
    details: 'Cluster: {cluster}\nDriver: {driver}, static host list. Health checks every 60 s.',
    impact: 'Payment terminals in {60-900} stores go offline for a minute.',
    plan: [
      'Reproduce with the driver settings of the customer',
      'Ship the smart driver configuration',
      'Failover drill on {weekday}',
    ],
  },
  {
    title: 'Query plan regression on {table}',
    category: 'Performance',
    issue: 'A search that took {40-120} ms takes {2-9} s since statistics were refreshed.',
    rootCause: 'The planner prefers a sequential scan on a skewed column.',
    details: 'Cluster: {cluster}\nTable: {table}\nShard: {tablet}\nSkew ratio: 3.{1-9}',
    impact: 'Search pages time out for about {3-15} % of visitors.',
    plan: ['Pin the plan with a hint (done)', 'Extended statistics on (region, status)'],
  },
  {
    title: 'Change stream to {sink} stops after schema change',
    category: 'Replication',
    issue: 'The change stream of {table} to {sink} stops whenever a column is added.',
    rootCause: 'Connector version 1.{4-9} does not handle a new column with a default.',
    details: 'Cluster: {cluster}\nTable: {table}\nConnector lag {3-20} hours.',
    impact: 'Dashboards of the management are a day old.',
    plan: ['Upgrade the connector', 'Replay from the last checkpoint'],
  },
  {
    title: 'xCluster standby of {cluster} behind',
    category: 'Replication',
    issue:
      'The standby in {region} has not caught up since {weekday}; a planned switchover had to be called off.',
    rootCause: 'Write-ahead log of {table} is fetched by one thread only while a large index is built.',
    details: 'Cluster: {cluster}\nTable: {table}\nLag {20-300} minutes, growing by {2-20} minutes an hour.',
    impact: 'Recovery point objective of 5 minutes is missed; the regulator asks for a report.',
    plan: [
      'Pause the index build (done)',
      'Raise the number of fetchers',
      'Repeat the switchover on {weekday}',
    ],
  },
  {
    title: 'Connection pool exhausted on {cluster}',
    category: 'Connectivity',
    issue: 'New sessions wait for {5-60} seconds and fail with "remaining connection slots are reserved".',
    rootCause: 'A deployment of the {team} opens {20-90} sessions per pod and never closes them.',
    details: 'Cluster: {cluster}\nPooler: {tool}\n{300-900} sessions idle in transaction.',
    impact: 'Logins fail for {5-40} % of users at peak.',
    plan: ['Idle timeout of 60 s (done)', 'Pool sizes agreed with the {team}', 'Alert at 80 % of the slots'],
  },
  {
    title: 'Latency after {node} was replaced',
    category: 'Performance',
    issue: 'p99 of point reads on {table} went from {4-9} ms to {80-400} ms after a node was replaced.',
    rootCause: 'Leaders were not moved back; {zone} serves all of them over the longer path.',
    details:
      'Cluster: {cluster}\nTable: {table}\nShard: {tablet}\nSkew ratio: 2.{2-8}\nNo preferred zone is set.',
    impact: 'Mobile app is slow for all users in {region}.',
    plan: ['Set the preferred zone', 'Rebalance leaders tonight', 'Add the check to the replacement runbook'],
  },
  {
    title: 'Users locked out after certificate change of {provider}',
    category: 'Access',
    issue: 'Nobody of the {team} can log in since {provider} changed its certificate on {weekday}.',
    rootCause: 'Metadata is cached for 24 hours and was not refreshed.',
    details: 'Cluster: {cluster}\n{20-300} users, SAML, error "signature is not valid".',
    impact: 'Operations are blocked; two releases had to wait.',
    plan: [
      'Refresh metadata by hand (done)',
      'Shorten the cache to 10 minutes',
      'Tell customers before the next change',
    ],
  },
];

/** How the customer feels, as an engineer notes it down. */
export const moods = {
  bad: [
    'Frustrated. The VP of Engineering asked for a daily call.',
    'Angry. They speak of their renewal.',
    'Very unhappy with the time it took to find the right engineer.',
    'Worried about the holiday season.',
    'Frustrated, third incident this quarter.',
  ],
  fair: [
    'Concerned but cooperative.',
    'Neutral, satisfied with the workaround.',
    'Patient.',
    'Calm; wants a written summary.',
    'Relieved, thankful for the weekend work.',
  ],
} as const;
