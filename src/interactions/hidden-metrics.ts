import type { Catalogue } from '../catalogue/catalogue.ts';
import { planByRules } from '../planner/rules/rules-planner.ts';
import type { SeenNames } from '../query/seen-names.ts';
import type { StoredValues } from '../query/stored-values.ts';

/** Labels of what a question asks for when everybody's catalogue is read, and the asker's role does not see. */
export function hiddenMetrics(
  all: Catalogue,
  mine: Catalogue,
  common: {
    readonly question: string;
    readonly now: Date;
    readonly zone: string;
    readonly requestId: string;
    readonly stored?: StoredValues;
    readonly names?: SeenNames;
  },
): readonly string[] {
  const { plan } = planByRules({ ...common, catalogue: all });
  if (plan.kind === 'list')
    return mine.entities.has(plan.entity) ? [] : [all.entities.get(plan.entity)?.label.many ?? plan.entity];
  if (plan.kind !== 'metric') return [];
  return plan.metrics.filter((id) => !mine.metrics.has(id)).map((id) => all.metrics.get(id)?.label ?? id);
}
