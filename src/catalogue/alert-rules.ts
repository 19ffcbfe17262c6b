import { join } from 'node:path';
import { z } from 'zod';
import {
  type AlertRoutes,
  type AlertRule,
  alertRoutesSchema,
  alertRuleKeys,
  alertRuleSchema,
} from '../domain/alert-rule.ts';
import { fail, type Issue, ok, type Result } from '../toolkit/issue.ts';
import { didYouMean, nearest } from '../toolkit/nearest.ts';
import { folderHolding, type Layer, layersOf, shownAs, yamlFilesOf } from './layers.ts';
import { lintAlertRule } from './lint-alert-rule.ts';
import { readYaml } from './read-yaml.ts';

/** What decides about alerts; loaded from `catalogue/alerts/*.yml` and `catalogue/routes.yml`. */
export interface AlertCatalogue {
  readonly rules: readonly AlertRule[];
  readonly routes: AlertRoutes;
}

/** A misspelt key is named with its line before anything else is said about the rule. */
const knownKeys = z.unknown().superRefine((raw, context) => {
  if (typeof raw !== 'object' || raw === null) return;
  for (const key of Object.keys(raw).filter((one) => !alertRuleKeys.includes(one))) {
    const suggestions = nearest(key, alertRuleKeys);
    const message = `a rule has no ${JSON.stringify(key)}${didYouMean(suggestions)}`;
    context.addIssue({ code: 'custom', path: [key], message, params: { suggestions } });
  }
});

const lintedRule = alertRuleSchema.superRefine((rule, context) => {
  for (const { path, message, suggestions } of lintAlertRule(rule))
    context.addIssue({ code: 'custom', path: [...path], message, params: { suggestions } });
});

/** One file of `catalogue/alerts`. */
export const alertFileSchema = z.strictObject({ rules: z.array(knownKeys.pipe(lintedRule)).min(1) });

/**
 * Loads and lints every alert rule and the routes. All mistakes come back at once, each with file, line, field and
 * what was probably meant.
 *
 * @param folders absolute path of the catalogue folder, or several from the ground up: a file of the same name stands in
 *   for the one below it, any other file adds its rules
 */
export function loadAlertCatalogue(folders: string | readonly string[]): Result<AlertCatalogue> {
  const issues: Issue[] = [];
  const rules: { readonly rule: AlertRule; readonly file: string }[] = [];
  for (const { path, file } of alertFiles(layersOf(folders))) {
    const read = readYaml(path, alertFileSchema, file);
    if (read.ok) rules.push(...read.value.rules.map((rule) => ({ rule, file })));
    else issues.push(...read.issues);
  }
  const routes = readYaml(
    join(folderHolding(folders, 'routes.yml'), 'routes.yml'),
    alertRoutesSchema,
    'routes.yml',
  );
  if (!routes.ok) issues.push(...routes.issues);
  // A file that could not be read hides its rules; complaints about rules that are not there would mislead.
  if (issues.length === 0) issues.push(...lintTogether(rules));
  if (issues.length > 0 || !routes.ok) return fail(...issues);
  return ok({ rules: rules.map(({ rule }) => rule), routes: routes.value });
}

function alertFiles(layers: readonly Layer[]): readonly { readonly path: string; readonly file: string }[] {
  const byName = new Map<string, { readonly path: string; readonly file: string }>();
  for (const layer of layers)
    for (const name of yamlFilesOf(layer.folder, 'alerts'))
      byName.set(name, { path: join(layer.folder, name), file: shownAs(layer, name) });
  return [...byName.values()];
}

interface NamedRule {
  readonly rule: AlertRule;
  readonly file: string;
}

function lintTogether(rules: readonly NamedRule[]): readonly Issue[] {
  return [...lintDuplicates(rules), ...lintInhibitors(rules)];
}

function lintDuplicates(rules: readonly NamedRule[]): readonly Issue[] {
  const first = new Map<string, string>();
  return rules.flatMap(({ rule, file }): readonly Issue[] => {
    const other = first.get(rule.id);
    first.set(rule.id, other ?? file);
    if (other === undefined) return [];
    const message = `the id is taken by a rule in ${other}; every rule needs its own`;
    return [{ code: 'duplicate-rule', path: `${file} rule ${rule.id}`, message }];
  });
}

function lintInhibitors(rules: readonly NamedRule[]): readonly Issue[] {
  const byId = new Map(rules.map(({ rule }) => [rule.id, rule]));
  return rules.flatMap(({ rule, file }): readonly Issue[] => {
    const path = `${file} rule ${rule.id} inhibited_by`;
    const unknown = rule.inhibitedBy
      .filter((id) => !byId.has(id))
      .map((id): Issue => {
        const suggestions = nearest(id, byId.keys());
        const message = `there is no rule ${JSON.stringify(id)}${didYouMean(suggestions)}`;
        return { code: 'unknown-rule', path, message, suggestions };
      });
    const circle = reaches(rule, rule.id, byId, new Set());
    const message = 'the rule inhibits itself through the rules it names; take one of them out';
    return circle ? [...unknown, { code: 'inhibition-circle', path, message }] : unknown;
  });
}

function reaches(
  from: AlertRule,
  target: string,
  byId: ReadonlyMap<string, AlertRule>,
  seen: Set<string>,
): boolean {
  return from.inhibitedBy.some((id) => {
    if (id === target) return true;
    const next = byId.get(id);
    if (next === undefined || seen.has(id)) return false;
    seen.add(id);
    return reaches(next, target, byId, seen);
  });
}
