import { randomUUID } from 'node:crypto';
import type { Entity } from '../../src/domain/records.ts';
import { type AnalyseTouchedDeps, analyseTouched } from '../../src/jobs/analyse-touched.ts';
import {
  type EvaluateAlertsDeps,
  evaluateAlerts,
  evaluateTouchedAlerts,
} from '../../src/jobs/evaluate-alerts.ts';
import { type IngestOutcome, type IngestRequest, ingestEvents } from '../../src/jobs/ingest-events.ts';
import { analysisSteps, runAnalysis } from '../../src/jobs/run-analysis.ts';
import { buildTouchedKinds } from '../../src/jobs/touched-kinds.ts';
import { buildAlertMessage, buildAlertReply } from '../../src/messages/alert-message.ts';
import { buildBurstMessage } from '../../src/messages/burst-message.ts';
import { type Store, sql } from '../../src/store/database.ts';
import type { TouchedIds } from '../../src/store/ingest-store.ts';
import { shipped } from '../alerting/builders.ts';
import { analysisDeps } from './analysis-world.ts';

const source = 'test';

/** History makes no alert, and takes as long as half of the other steps together. */
const withoutHistory = { steps: analysisSteps.filter(({ name }) => name !== 'snapshots') };

/** A request as the HTTP server hands it on. */
export function aRequest(
  entity: Entity,
  items: readonly unknown[],
  overrides: Partial<IngestRequest> = {},
): IngestRequest {
  return {
    source,
    entity,
    key: randomUUID(),
    signature: randomUUID(),
    body: new TextEncoder().encode(JSON.stringify({ items })),
    items: items.map((value, index) => ({ index, value })),
    partial: 'refuse',
    ...overrides,
  };
}

export function answerIn(outcome: IngestOutcome): Record<string, unknown> {
  if (!('answer' in outcome)) throw new Error(`no answer in ${outcome.kind}`);
  return JSON.parse(outcome.answer) as Record<string, unknown>;
}

/** Analyser, rules and fast path over one store, with the shipped catalogue and a clock that the test moves. */
export function ingestWorld(store: Store, overrides: Partial<EvaluateAlertsDeps> = {}) {
  const deps = analysisDeps(store);
  const { clock } = deps;
  const rules: EvaluateAlertsDeps = {
    store,
    rules: shipped.rules,
    routes: shipped.routes,
    clock,
    zone: deps.zone,
    platform: 'slack',
    buildMessage: buildAlertMessage,
    buildReply: buildAlertReply,
    buildBurst: buildBurstMessage,
    ...overrides,
  };
  const touchedDeps: AnalyseTouchedDeps = {
    ...deps,
    kinds: buildTouchedKinds(),
    evaluate: (scope) => evaluateTouchedAlerts(rules, scope),
  };
  const analyse = (touched: TouchedIds) => analyseTouched(touchedDeps, touched);
  return {
    deps,
    clock,
    analyse,
    /** A tick of the analyser and one of the rules. */
    async tick() {
      await runAnalysis(deps, withoutHistory);
      return evaluateAlerts(rules);
    },
    evaluate: () => evaluateAlerts(rules),
    store: (request: IngestRequest) => ingestEvents({ store, clock }, request),
    /** Stores and looks, as the webhook does. */
    async send(entity: Entity, ...items: readonly unknown[]) {
      const outcome = await ingestEvents({ store, clock }, aRequest(entity, items));
      if (outcome.kind !== 'stored') throw new Error(JSON.stringify(outcome));
      return outcome.touched === null ? null : analyse(outcome.touched);
    },
    /** What people see of alerts. */
    async seen() {
      const alerts = await store.db
        .selectFrom('alert')
        .select(['rule_id', 'subject_label', 'state', 'severity', 'version', 'resolve_reason'])
        .orderBy('rule_id')
        .orderBy('subject_label')
        .orderBy('pending_at')
        .execute();
      const outbox = await store.db
        .selectFrom('outbox')
        .select(['conversation', 'wanted_revision', sql<string>`body ->> 'text'`.as('text')])
        .orderBy('text')
        .execute();
      const events = await store.db
        .selectFrom('alert_event')
        .select(['kind', 'reason', 'at'])
        .orderBy('at')
        .orderBy('kind')
        .execute();
      return { alerts, outbox, events };
    },
    /** Findings, clocks and scores, without what only says when they were made. */
    async computed() {
      const findings = await store.db
        .selectFrom('finding')
        .select(['kind', 'subject_id', 'value', 'facts', 'evidence', 'chart'])
        .orderBy('kind')
        .orderBy('subject_id')
        .execute();
      const clocks = await store.db
        .selectFrom('sla_clock')
        .select(['ticket_id', 'metric', 'state', 'due_at', 'used_seconds', 'stopped_at'])
        .orderBy('ticket_id')
        .orderBy('metric')
        .execute();
      const scores = await store.db
        .selectFrom('health_score')
        .select(['account_id', 'profile', 'day', 'score', 'components'])
        .orderBy('account_id')
        .orderBy('profile')
        .orderBy('day')
        .execute();
      return { findings, clocks, scores };
    },
  };
}
