import type { Finding } from '../../src/domain/finding.ts';
import { type EvaluateAlertsDeps, evaluateAlerts } from '../../src/jobs/evaluate-alerts.ts';
import { buildAlertMessage, buildAlertReply } from '../../src/messages/alert-message.ts';
import { buildBurstMessage } from '../../src/messages/burst-message.ts';
import type { Message } from '../../src/messages/message.ts';
import { type Store, sql } from '../../src/store/database.ts';
import { toJson } from '../../src/store/json.ts';
import { fixedClock } from '../../src/toolkit/clock.ts';
import { newId, stableId } from '../../src/toolkit/ids.ts';
import { aFinding, noon, shipped } from '../alerting/builders.ts';

/** A store with an analyser that says what a test wants it to say. */
export interface AlertWorld {
  readonly store: Store;
  readonly clock: ReturnType<typeof fixedClock>;
  /** A run of the analyser that found exactly this. */
  analyse(findings: readonly Finding[]): Promise<string>;
  evaluate(overrides?: Partial<EvaluateAlertsDeps>): ReturnType<typeof evaluateAlerts>;
  alerts(): Promise<readonly Record<string, unknown>[]>;
  events(): Promise<readonly string[]>;
  outbox(): Promise<
    readonly {
      readonly key: string;
      readonly conversation: string;
      readonly revision: number;
      readonly text: string;
    }[]
  >;
  /** Everything that evaluation writes, in a form that two histories can be compared by. */
  fingerprint(): Promise<unknown>;
}

export const person = stableId('person', 'test', 'ada');
export const otherPerson = stableId('person', 'test', 'ben');
export const account = stableId('account', 'test', 'northwind');

export function alertWorld(store: Store): AlertWorld {
  const clock = fixedClock(noon);
  const { db } = store;
  return {
    store,
    clock,
    analyse: (findings) => analyse(store, clock.now(), findings),
    evaluate: (overrides = {}) =>
      evaluateAlerts({
        store,
        rules: shipped.rules,
        routes: shipped.routes,
        clock,
        zone: 'Europe/Berlin',
        platform: 'slack',
        buildMessage: buildAlertMessage,
        buildReply: buildAlertReply,
        buildBurst: buildBurstMessage,
        ...overrides,
      }),
    alerts: () => db.selectFrom('alert').selectAll().orderBy('rule_id').orderBy('subject_id').execute(),
    events: async () => {
      const rows = await db
        .selectFrom('alert_event')
        .innerJoin('alert', 'alert.id', 'alert_event.alert_id')
        .select(['alert.rule_id', 'alert_event.kind', 'alert_event.reason'])
        .orderBy('alert_event.at')
        .orderBy('alert_event.id')
        .execute();
      return rows.map((row) => `${row.rule_id} ${row.kind} ${row.reason}`);
    },
    outbox: async () => {
      const rows = await db.selectFrom('outbox').selectAll().orderBy('created_at').execute();
      return rows.map((row) => ({
        key: row.dedupe_key,
        conversation: row.conversation,
        revision: row.wanted_revision,
        text: (row.body as Message).text,
      }));
    },
    fingerprint: async () => {
      const alerts = await db
        .selectFrom('alert')
        .select(['rule_id', 'fingerprint', 'state', 'severity', 'version', 'misses', 'labels'])
        .orderBy('fingerprint')
        .orderBy('pending_at')
        .execute();
      const events = await db
        .selectFrom('alert_event')
        .innerJoin('alert', 'alert.id', 'alert_event.alert_id')
        .select(['alert.fingerprint', 'alert_event.kind', 'alert_event.reason', 'alert_event.at'])
        .orderBy('alert.fingerprint')
        .orderBy('alert_event.at')
        .execute();
      const messages = await db
        .selectFrom('outbox')
        .select([sql<string>`body ->> 'text'`.as('text'), 'conversation', 'wanted_revision', 'lane'])
        .orderBy('text')
        .execute();
      return { alerts, events, messages };
    },
  };
}

async function analyse(store: Store, asOf: Date, findings: readonly Finding[]): Promise<string> {
  const runId = newId();
  await store.transaction(async (trx) => {
    await trx.deleteFrom('finding').execute();
    for (const finding of findings)
      await trx.insertInto('finding').values(findingRow(finding, runId)).execute();
    await trx
      .insertInto('analysis_run')
      .values({ id: runId, started_at: asOf, finished_at: asOf, state: 'done', as_of: asOf })
      .execute();
  });
  return runId;
}

function findingRow(finding: Finding, runId: string) {
  return {
    id: stableId('finding', finding.kind, finding.subject.id),
    kind: finding.kind,
    subject_kind: finding.subject.kind,
    subject_id: finding.subject.id,
    subject_label: finding.subject.label,
    account_id: finding.accountId,
    owner_id: finding.ownerId,
    team_id: finding.teamId,
    value: finding.value,
    observed_at: finding.observedAt,
    facts: toJson(finding.facts),
    evidence: toJson(finding.evidence),
    chart: finding.chart === null ? null : toJson(finding.chart),
    run_id: runId,
    computed_at: finding.observedAt,
  };
}

/** Ada, linked on Slack, and her customer. */
export async function addPeople(store: Store): Promise<void> {
  const common = { source: 'test', role: 'agent' as const };
  await store.db
    .insertInto('person')
    .values([
      { ...common, id: person, source_id: 'ada', name: 'Ada Okafor' },
      { ...common, id: otherPerson, source_id: 'ben', name: 'Ben Sato' },
    ] as never)
    .execute();
  await store.db
    .insertInto('chat_identity')
    .values({ platform: 'slack', workspace_id: 'T1', chat_user_id: 'U0ADA', person_id: person })
    .execute();
  await store.db
    .insertInto('account')
    .values({
      id: account,
      source: 'test',
      source_id: 'northwind',
      name: 'Northwind Traders',
      arr: 240_000,
      currency: 'USD',
    })
    .execute();
}

/** A clock of a ticket at a share of its target. */
export function clockAt(share: number, overrides: Partial<Finding> = {}, number = 1042): Finding {
  const state = share >= 1 ? 'breached' : 'running';
  const used = Math.round(share * 14_400);
  return aFinding({
    kind: 'sla-clock',
    subject: { kind: 'ticket', id: `t${number}/first_response`, label: `#${number} Cluster unreachable` },
    accountId: account,
    ownerId: person,
    value: share,
    facts: {
      metric: 'first_response',
      state,
      priority: 'normal',
      target_seconds: 14_400,
      used_seconds: used,
      remaining_seconds: 14_400 - used,
      due_at: new Date(noon.getTime() + (14_400 - used) * 1000).toISOString(),
      number: `#${number}`,
      account: 'Northwind Traders',
      assignee: 'Ada Okafor',
    },
    ...overrides,
  });
}

export function anomalyOf(value: number, overrides: Partial<Finding> = {}): Finding {
  return aFinding({ value, ...overrides });
}
