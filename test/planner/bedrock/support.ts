import type { Catalogue } from '../../../src/catalogue/catalogue.ts';
import { filterCatalogue } from '../../../src/catalogue/filter-catalogue.ts';
import {
  type BedrockPlannerOptions,
  createBedrockPlanner,
} from '../../../src/planner/bedrock/bedrock-planner.ts';
import type { Planner, PlanRequest } from '../../../src/planner/planner.ts';
import { systemClock } from '../../../src/toolkit/clock.ts';
import { type Log, silentLog } from '../../../src/toolkit/log.ts';
import { shippedCatalogue } from '../../support/shipped-catalogue.ts';

export const modelId = 'eu.anthropic.claude-sonnet-4-5-20250929-v1:0';
export const region = 'eu-central-1';

/** Credentials for the signature; the stand-in checks its shape, not its value. */
export function useTestCredentials(): void {
  process.env['AWS_ACCESS_KEY_ID'] = 'AKIAIOSFODNN7EXAMPLE';
  process.env['AWS_SECRET_ACCESS_KEY'] = 'not-a-secret';
}

/** The shipped catalogue as a manager sees it. */
export const catalogue: Catalogue = filterCatalogue(shippedCatalogue(), 'manager');
export const wholeCatalogue: Catalogue = shippedCatalogue();

export function aPlanner(overrides: Partial<BedrockPlannerOptions> = {}): Planner {
  return createBedrockPlanner({
    region,
    modelId,
    timeoutMs: 6000,
    maxTokens: 1500,
    log: silentLog,
    clock: systemClock,
    ...overrides,
  });
}

export function aRequest(overrides: Partial<PlanRequest> = {}): PlanRequest {
  return {
    question: 'how many SLA breaches did we have last month',
    catalogue,
    now: new Date('2026-11-21T09:30:00Z'),
    zone: 'Europe/Berlin',
    requestId: '0198a1f0-7c1e-7b43-9c4e-3a1f3d1c2b11',
    ...overrides,
  };
}

/** A right plan, as a model in strict mode writes it: every field is there. */
export function aMetricPlan(overrides: Record<string, unknown> = {}): Record<string, unknown> {
  return {
    kind: 'metric',
    metrics: ['sla_breaches'],
    groupBy: [],
    time: { kind: 'relative', unit: 'month', n: 1, completeOnly: true },
    compare: 'none',
    transform: 'none',
    window: 7,
    includeEmpty: false,
    where: [],
    having: [],
    orderBy: [],
    limit: 20,
    subject: 'none',
    chart: 'auto',
    ...overrides,
  };
}

/** A log that keeps its lines. */
export function keptLog(): { readonly log: Log; readonly lines: Record<string, unknown>[] } {
  const lines: Record<string, unknown>[] = [];
  const keep = (fields: object, message: string) => {
    lines.push({ ...fields, message });
  };
  const log: Log = { debug: keep, info: keep, warn: keep, error: keep, child: () => log };
  return { log, lines };
}
