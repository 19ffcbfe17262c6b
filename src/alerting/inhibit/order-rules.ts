import type { AlertRule } from '../../domain/alert-rule.ts';

/** Rules in an order in which every rule comes after those that inhibit it; otherwise as they stand. */
export function inhibitorsFirst(rules: readonly AlertRule[]): readonly AlertRule[] {
  const byId = new Map(rules.map((rule) => [rule.id, rule]));
  const ordered: AlertRule[] = [];
  const seen = new Set<string>();
  const visit = (rule: AlertRule): void => {
    // A circle is refused by the catalogue; seen before the visit, it at least cannot hang.
    if (seen.has(rule.id)) return;
    seen.add(rule.id);
    for (const id of rule.inhibitedBy) {
      const inhibitor = byId.get(id);
      if (inhibitor !== undefined) visit(inhibitor);
    }
    ordered.push(rule);
  };
  for (const rule of rules) visit(rule);
  return ordered;
}
