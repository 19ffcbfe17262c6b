import type { Catalogue, MetricDefinition } from '../catalogue.ts';
import { dimensionsOf } from '../lookup.ts';
import type { AreaCheck, LintFinding } from './finding.ts';

const shortestDescription = 12;

/** Answers show descriptions: each must be a sentence that says more than the label. */
export function lintDescriptions(catalogue: Catalogue): AreaCheck {
  const all = [
    ...[...catalogue.metrics.values()].map((one) => ({ ...one, kind: 'metric' as const })),
    ...[...catalogue.dimensions.values()].map((one) => ({ ...one, kind: 'dimension' as const })),
  ];
  const findings = all.flatMap(({ kind, id, label, description }): LintFinding[] => {
    const says = description.trim();
    const about = { area: 'descriptions' as const, kind, id };
    if (says.length < shortestDescription || says.toLowerCase() === label.toLowerCase())
      return [
        {
          ...about,
          code: 'no-description',
          message: 'has no description; say in a sentence what is counted or shown',
        },
      ];
    if (!/[.!?]$/.test(says))
      return [
        { ...about, code: 'no-sentence', message: 'the description is no sentence; end it with a full stop' },
      ];
    return [];
  });
  return { area: 'descriptions', checked: all.length, findings };
}

/** A number without its unit, or with one that its format contradicts, is misread. */
export function lintUnits(catalogue: Catalogue): AreaCheck {
  const metrics = [...catalogue.metrics.values()];
  const findings = metrics.flatMap((metric): LintFinding[] => {
    const problem = unitProblem(metric);
    return problem === null
      ? []
      : [{ area: 'units', kind: 'metric', id: metric.id, code: 'unfit-unit', message: problem }];
  });
  return { area: 'units', checked: metrics.length, findings };
}

function unitProblem({ unit, format, ...metric }: MetricDefinition): string | null {
  if (/^(?:number|value|n\/a|none|-)$/i.test(unit))
    return `the unit “${unit}” says nothing; name what is counted`;
  if (format.kind === 'percent' && !/share|percent|rate|ratio|probability|%/i.test(unit))
    return `is shown as a percentage and its unit is “${unit}”; write share`;
  if (format.kind === 'duration' && !/second|minute|hour|day|duration|time/i.test(unit))
    return `is shown as a duration and its unit is “${unit}”; write seconds`;
  const isSum = metric.type === 'simple' && metric.measure.aggregate === 'sum';
  if (metric.type === 'simple' && !isSum && metric.additive && metric.measure.aggregate !== 'count')
    return `${metric.measure.aggregate} of disjoint groups cannot be added; write additive: false`;
  return null;
}

/** A question with a period needs to know of which time it speaks. */
export function lintTimes(catalogue: Catalogue): AreaCheck {
  const entities = [...catalogue.entities.values()];
  const findings = entities.flatMap((entity): LintFinding[] => {
    if (entity.defaultTime !== null || entity.snapshot) return [];
    const times = dimensionsOf(catalogue, entity.id).filter(
      (one) => (one.type === 'date' || one.type === 'instant') && one.entity === entity.id,
    );
    const isCounted = [...catalogue.metrics.values()].some(
      (metric) => metric.type === 'simple' && metric.entity === entity.id && metric.timeDimension !== null,
    );
    if (times.length === 0 || !isCounted) return [];
    const message = `has times (${times.map(({ id }) => id).join(', ')}) and no default_time; name the one a bare period speaks of`;
    return [{ area: 'time', kind: 'entity', id: entity.id, code: 'no-default-time', message }];
  });
  return { area: 'time', checked: entities.length, findings };
}
