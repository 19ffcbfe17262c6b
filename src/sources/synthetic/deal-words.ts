import type { Vocabulary } from './grammar.ts';

/** What Quorum Data sells, as its price list writes it; sales people write it without the blanks. */
export const productNames = [
  'Quorum Core',
  'Quorum Cloud Pro',
  'Quorum Geo',
  'Quorum Stream',
  'Quorum Vault',
] as const;

/** `Quorum Cloud Pro` as others write it. */
export const squeezed = (product: string): string => product.replaceAll(' ', '');

export const dealKinds = [
  'platform expansion',
  'renewal and upgrade',
  'second region',
  'migration from Oracle',
  'analytics cluster',
  'payments ledger',
  'disaster recovery site',
  'proof of value',
  'private link package',
  'premium support',
  'move off MySQL',
  'IoT ingestion',
  'session store',
  'core banking pilot',
  'multi-year renewal',
  'EU data residency',
] as const;

export const requirements = [
  'PostgreSQL compatible, multi-region, 20k writes/s',
  'Change data capture to Kafka',
  'Row-level geo partitioning (GDPR)',
  'Zero-downtime schema changes',
  'Online migration from Oracle 19c',
  'Point-in-time recovery within 15 minutes',
  'Active-active over two regions, RPO 0',
  '40 TB, p99 reads below 10 ms',
  'Runs on their own Kubernetes (OpenShift)',
  'Customer-managed keys, SOC 2 report',
] as const;

/** What a rep notes for the week to come, by stage. */
export const nextSteps: Readonly<Record<string, readonly string[]>> = {
  Prospecting: [
    'Get a first call with {who}',
    'Send the {industry} case study, call {day}',
    'Find out who owns the database budget',
    '{who} opened the mail twice - ring {day}',
    'Invite to the {city} round table',
  ],
  Qualification: [
    'Discovery call {day}, bring an SE',
    'Confirm budget with {who} before month end',
    'Clarify timeline: go-live {month} or next year?',
    'Map the buying centre, meet {who}',
    'Ask for current Oracle licence count',
  ],
  'Needs Analysis': [
    'Sizing workshop with the platform team {day}',
    'SE to answer {3-40} technical questions',
    'Start POC on {3-12} nodes, success criteria signed by {who}',
    'Demo failover for {who} {day}',
    'Check CDC requirement with product',
  ],
  'Proposal/Price Quote': [
    'Send revised quote for {6-60} nodes by {day}',
    '{who} wants {5-25} % off for three years - talk to deal desk',
    'Reference call with a peer in {industry} {day}',
    'Quote expires end of {month}, nudge {who}',
    'Walk {who} through the TCO sheet',
  ],
  'Negotiation/Review': [
    'Legal redlines back by {day}',
    'Security questionnaire ({40-260} questions) with {who}',
    'Waiting for PO, {who} promised {day}',
    'MSA: liability cap still open, call their counsel',
    'Verbal yes from {who}; signature before quarter end',
  ],
};

export const people: Vocabulary = {
  who: [
    'the CTO',
    'procurement',
    'their DBA lead',
    'the VP Engineering',
    'the CFO',
    'the architect',
    'their CISO',
  ],
  day: ['Mon', 'Tue', 'Wed', 'Thu', 'Fri', 'next week', 'tomorrow', 'on the 15th'],
  month: ['January', 'March', 'April', 'June', 'September', 'October', 'December'],
  industry: ['retail', 'banking', 'logistics', 'gaming', 'telco', 'energy'],
  city: ['Berlin', 'London', 'Stockholm', 'New York', 'Austin', 'Toronto', 'Amsterdam'],
};
