import type { FindingKind } from '../../domain/finding.ts';
import { wordsOfAnomaly } from './anomaly-words.ts';
import { wordsOfChurn } from './churn-words.ts';
import { wordsOfCustomerEscalation } from './customer-escalation-words.ts';
import { wordsOfDeal } from './deal-words.ts';
import { wordsOfHealth } from './health-words.ts';
import { wordsOfMetric } from './metric-words.ts';
import { wordsOfShare } from './share-words.ts';
import { wordsOfSla } from './sla-words.ts';
import type { AlertWords, Subject } from './subject.ts';
import { wordsThatAreTold } from './told-words.ts';

/** What an alert says, by the kind of its finding. */
export function wordsOf(kind: FindingKind, subject: Subject): AlertWords {
  return wordsByKind[kind](subject);
}

const wordsByKind: Readonly<Record<FindingKind, (subject: Subject) => AlertWords>> = {
  'sla-clock': wordsOfSla,
  'customer-escalation': wordsOfCustomerEscalation,
  'account-health': wordsOfHealth,
  'churn-risk': wordsOfChurn,
  'volume-anomaly': wordsOfAnomaly,
  'metric-anomaly': wordsOfMetric,
  'share-outlier': wordsOfShare,
  'deal-slipped': wordsOfDeal,
  'agent-workload': wordsThatAreTold('agent-workload'),
  'agents-away': wordsThatAreTold('agents-away'),
  'session-down': wordsThatAreTold('session-down'),
  'queue-pressure': wordsThatAreTold('queue-pressure'),
  'service-level': wordsThatAreTold('service-level'),
  'trend-change': wordsThatAreTold('trend-change'),
  'analyser-step': wordsThatAreTold('analyser-step'),
  'deal-stale': wordsThatAreTold('deal-stale'),
  'deal-untouched': wordsThatAreTold('deal-untouched'),
  'partner-certification': wordsThatAreTold('partner-certification'),
  'faq-candidate': wordsThatAreTold('faq-candidate'),
  'escalation-pattern': wordsThatAreTold('escalation-pattern'),
};
