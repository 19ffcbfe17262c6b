import type { Catalogue } from '../../catalogue/catalogue.ts';
import { checkMetricPlan } from '../../query/check-metric-plan.ts';
import { checkRelated } from '../../query/check-related.ts';
import { checkBeside } from '../../query/columns-beside.ts';
import { besideColumn, type ListPlan, type Plan, type QueryPlan } from '../../query/metric-query.ts';
import { type Names, requireDimension, requireEntity } from '../../query/require-names.ts';
import { exhaustive } from '../../toolkit/exhaustive.ts';
import type { Issue } from '../../toolkit/issue.ts';

/** What in a plan is not in the catalogue or does not fit together; empty when all is well. */
export function checkNames(catalogue: Catalogue, plan: Plan): readonly Issue[] {
  switch (plan.kind) {
    case 'metric':
    case 'list':
      return checkQuery(catalogue, plan);
    case 'summary':
      return checkQuery(catalogue, plan.list).map((issue) => ({ ...issue, path: `list.${issue.path}` }));
    case 'clarify':
      return plan.options.flatMap((option, index) =>
        checkQuery(catalogue, option.plan).map((issue) => ({
          ...issue,
          path: `options[${index}].plan.${issue.path}`,
        })),
      );
    case 'refuse':
      return [];
    default:
      return exhaustive(plan);
  }
}

function checkQuery(catalogue: Catalogue, plan: QueryPlan): readonly Issue[] {
  // The catalogue is filtered already: nothing is hidden, so the role is never spoken of.
  const names: Names = { all: catalogue, mine: catalogue, role: 'agent' };
  if (plan.kind === 'list') return checkList(names, plan);
  const checked = checkMetricPlan(names, plan);
  return checked.ok ? [] : checked.issues;
}

function checkList(names: Names, plan: ListPlan): readonly Issue[] {
  const entity = requireEntity(names, plan.entity, 'entity');
  if (!entity.ok) return entity.issues;
  const beside = (plan.beside ?? []).map((_, index) => besideColumn(index));
  const named = [
    ...plan.columns.map((id, index) => ({ id, path: `columns[${index}]` })),
    ...plan.orderBy
      .map(({ by }, index) => ({ id: by, path: `orderBy[${index}].by` }))
      .filter(({ id }) => !beside.includes(id)),
    ...(plan.timeDimension === undefined ? [] : [{ id: plan.timeDimension, path: 'timeDimension' }]),
    ...(plan.onePer === undefined ? [] : [{ id: plan.onePer, path: 'onePer' }]),
  ];
  const filters = plan.where.flatMap(({ any }, outer) =>
    any.map(({ dimension }, inner) => ({
      id: dimension,
      path: `where[${outer}].any[${inner}].dimension`,
    })),
  );
  return [
    ...checkRelated(names, [entity.value.id], plan.related, 'related').issues,
    ...checkBeside(names, entity.value.id, plan.beside).issues,
    ...named.flatMap(({ id, path }) => {
      const found = requireDimension(names, entity.value, id, path);
      return found.ok ? [] : found.issues;
    }),
    ...filters.flatMap(({ id, path }): readonly Issue[] => {
      const found = requireDimension(names, entity.value, id, path);
      if (!found.ok) return found.issues;
      if (found.value.filterable) return [];
      return [{ code: 'not-filterable', path, message: `${found.value.label} cannot be filtered by.` }];
    }),
  ];
}
