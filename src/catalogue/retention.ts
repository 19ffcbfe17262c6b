import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';
import { ok, type Result } from '../toolkit/issue.ts';
import { readYaml } from './read-yaml.ts';

/** Days after which a kind of row goes; null: never. */
export type Retention = Readonly<Record<RetentionKind, number | null>>;

/** A folder without `retention.yml`, or one that leaves a kind out, gets these. */
const defaults = {
  job_ticks: 14,
  analysis_runs: 30,
  inbox: 30,
  idempotency_keys: 7,
  sync_runs: 90,
  sync_rejects: 30,
  waiting_files: 2,
  answers: 365,
  resolved_alerts: 365,
  message_bodies: 180,
  messages: 365,
  health_scores: 730,
  anomalies: 730,
  churn_scores: 730,
  agent_days: 730,
  model_usage: 400,
  deleted_records: 90,
  conversation_text: null,
  usage_days: null,
  audit_log: null,
} as const satisfies Readonly<Record<string, number | null>>;

export type RetentionKind = keyof typeof defaults;

const age = z.union([z.int().min(1).max(36_500), z.literal('never').transform(() => null)], {
  error: 'must be a number of days from 1 to 36500, or never',
});

const kinds = Object.keys(defaults) as [RetentionKind, ...RetentionKind[]];
const schema = z.strictObject({ retention: z.partialRecord(z.enum(kinds), age) });

/** Reads `retention.yml`. */
export function loadRetention(catalogueDir: string): Result<Retention> {
  const file = join(catalogueDir, 'retention.yml');
  if (!existsSync(file)) return ok(defaults);
  const read = readYaml(file, schema);
  return read.ok ? ok({ ...defaults, ...read.value.retention }) : read;
}
