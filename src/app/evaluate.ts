import type { AlertRoutes } from '../domain/alert-rule.ts';
import {
  type AlertScope,
  type EvaluateAlertsDeps,
  type EvaluateAlertsReport,
  evaluateAlerts,
  evaluateTouchedAlerts,
} from '../jobs/evaluate-alerts.ts';
import { buildAlertMessage, buildAlertReply } from '../messages/alert-message.ts';
import { buildBurstMessage } from '../messages/burst-message.ts';
import type { Heed } from './open-heed.ts';

/** Evaluates every alert rule once, with conversations named by what the platform calls them. */
export function evaluate(heed: Heed, channels: ReadonlyMap<string, string>): Promise<EvaluateAlertsReport> {
  return evaluateAlerts(evaluateDeps(heed, channels));
}

/** Evaluates the rules over findings that an event has just changed. */
export function evaluateTouched(
  heed: Heed,
  channels: ReadonlyMap<string, string>,
  scope: AlertScope,
): Promise<EvaluateAlertsReport> {
  return evaluateTouchedAlerts(evaluateDeps(heed, channels), scope);
}

function evaluateDeps(heed: Heed, channels: ReadonlyMap<string, string>): EvaluateAlertsDeps {
  return {
    store: heed.store,
    clock: heed.clock,
    zone: heed.config.HEED_TIME_ZONE,
    platform: 'slack',
    rules: heed.alerts.rules.map((rule) => ({
      ...rule,
      channels: rule.channels?.map(withId(channels)) ?? null,
    })),
    routes: routesWithIds(heed.alerts.routes, channels),
    buildMessage: buildAlertMessage,
    buildReply: buildAlertReply,
    buildBurst: buildBurstMessage,
  };
}

/** Every channel that the routes, rules and clearances name. */
export function namedChannels(heed: Pick<Heed, 'alerts' | 'clearances' | 'digests'>): readonly string[] {
  const { routes, rules } = heed.alerts;
  const all = [
    ...routes.defaultChannels,
    ...routes.routes.flatMap(({ channels }) => channels),
    ...rules.flatMap(({ channels }) => channels ?? []),
    ...heed.clearances.keys(),
    ...heed.digests.map(({ channel }) => channel),
  ];
  return [...new Set(all.filter((channel) => channel.startsWith('#')))];
}

function routesWithIds(routes: AlertRoutes, channels: ReadonlyMap<string, string>): AlertRoutes {
  return {
    defaultChannels: routes.defaultChannels.map(withId(channels)),
    routes: routes.routes.map((route) => ({ ...route, channels: route.channels.map(withId(channels)) })),
  };
}

/** `#name` to the platform's id; ids and people stay as they are. */
function withId(channels: ReadonlyMap<string, string>): (channel: string) => string {
  return (channel) => (channel.startsWith('#') ? (channels.get(channel.slice(1)) ?? channel) : channel);
}
