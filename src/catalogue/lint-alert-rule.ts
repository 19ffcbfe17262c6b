import { type Comparison, comparisonsOf } from '../domain/alert-condition.ts';
import type { AlertRule } from '../domain/alert-rule.ts';
import type { FindingKind } from '../domain/finding.ts';
import {
  type FactDefinition,
  type FactType,
  factNames,
  factOf,
  findingKinds,
} from '../domain/finding-facts.ts';
import { didYouMean, nearest } from '../toolkit/nearest.ts';

/** A mistake inside one rule: where in the rule, what, and what was probably meant. */
export interface LintMistake {
  readonly path: readonly PropertyKey[];
  readonly message: string;
  readonly suggestions: readonly string[];
}

/** Checks that a rule speaks only of facts that its kind of finding has, with values they can have. */
export function lintAlertRule(rule: AlertRule): readonly LintMistake[] {
  const kind = rule.finding;
  return [
    ...lintComparisons(rule),
    ...lintTemplate(kind, rule.nextStep ?? '', ['next_step']),
    ...Object.entries(rule.labels).flatMap(([name, text]) => lintTemplate(kind, text, ['labels', name])),
    ...rule.refreshOn.flatMap((name, index) => lintName(kind, name, ['refresh_on', index])),
    ...lintName(kind, rule.worstFirst.field, ['worst_first', 'field']),
    ...rule.fingerprint.flatMap((name, index) => lintDimension(kind, name, ['fingerprint', index])),
  ];
}

function lintComparisons(rule: AlertRule): readonly LintMistake[] {
  const conditions = [
    { condition: rule.when, path: ['when'] },
    ...(rule.clearWhen === null ? [] : [{ condition: rule.clearWhen, path: ['clear_when'] }]),
    ...rule.severity.steps.map(({ when }, index) => ({
      condition: when,
      path: ['severity', 'steps', index, 'when'],
    })),
  ];
  return conditions
    .flatMap(({ condition, path }) => comparisonsOf(condition, path))
    .flatMap(({ comparison, path }) => lintComparison(rule.finding, comparison, path));
}

function lintComparison(
  kind: FindingKind,
  comparison: Comparison,
  path: readonly PropertyKey[],
): readonly LintMistake[] {
  const fact = factOf(kind, comparison.field);
  if (fact === undefined) return lintName(kind, comparison.field, [...path, 'field']);
  const fits = operatorFits(comparison, fact.type);
  if (fits !== null) return [{ path: [...path, 'op'], message: fits, suggestions: [] }];
  if (comparison.op === 'within_last') return [];
  return comparison.values.flatMap((value) => lintValue(comparison.field, fact, value, [...path, 'value']));
}

const ordered: ReadonlySet<string> = new Set(['gt', 'gte', 'lt', 'lte']);

function operatorFits({ op, field }: Comparison, type: FactType): string | null {
  if (op === 'within_last' && type !== 'instant' && type !== 'date')
    return `within_last needs an instant, but ${field} is ${nameOf(type)}`;
  if (ordered.has(op) && (type === 'text' || type === 'boolean'))
    return `${op} needs a number or a time, but ${field} is ${nameOf(type)}`;
  return null;
}

function lintValue(
  field: string,
  fact: FactDefinition,
  value: string | number | boolean,
  path: readonly PropertyKey[],
): readonly LintMistake[] {
  const expected = jsonType(fact.type);
  if (typeof value !== expected) {
    const message = `${field} is ${nameOf(fact.type)}, but it is compared with ${JSON.stringify(value)}`;
    return [{ path, message, suggestions: [] }];
  }
  if (fact.values === undefined || fact.values.includes(String(value))) return [];
  const suggestions = nearest(String(value), fact.values);
  const message = `${field} is never ${JSON.stringify(value)}; it is one of ${fact.values.join(', ')}${didYouMean(suggestions)}`;
  return [{ path, message, suggestions }];
}

function jsonType(type: FactType): 'string' | 'number' | 'boolean' {
  if (type === 'boolean') return 'boolean';
  return type === 'text' || type === 'instant' || type === 'date' ? 'string' : 'number';
}

function nameOf(type: FactType): string {
  return type === 'boolean' ? 'true or false' : `a ${type}`;
}

function lintTemplate(kind: FindingKind, text: string, path: readonly PropertyKey[]): readonly LintMistake[] {
  const names = [...text.matchAll(/\{([^{}]*)\}/g)].map((match) => match[1] ?? '');
  return names.flatMap((name) => lintName(kind, name, path));
}

function lintName(kind: FindingKind, name: string, path: readonly PropertyKey[]): readonly LintMistake[] {
  if (factOf(kind, name) !== undefined) return [];
  const suggestions = nearest(name, factNames(kind));
  const known = suggestions.length > 0 ? didYouMean(suggestions) : `; it has ${factNames(kind).join(', ')}`;
  const message = `the ${findingKinds[kind].label} has no fact ${JSON.stringify(name)}${known}`;
  return [{ path, message, suggestions }];
}

function lintDimension(
  kind: FindingKind,
  name: string,
  path: readonly PropertyKey[],
): readonly LintMistake[] {
  if (name === 'subject') return [];
  const fact = factOf(kind, name);
  if (fact === undefined) return lintName(kind, name, path);
  if (fact.type === 'text' || fact.type === 'date' || fact.type === 'boolean') return [];
  const message = `${name} is a measured value; an alert keyed by it would be a new one after every change`;
  return [{ path, message, suggestions: ['subject'] }];
}
