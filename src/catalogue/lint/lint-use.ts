import type { Catalogue } from '../catalogue.ts';
import { simpleParts } from '../lookup.ts';
import { findWay } from '../paths.ts';
import type { AreaCheck, LintFinding } from './finding.ts';

/** Every dimension is reached by a metric or shown in a list. */
export function lintDimensions(catalogue: Catalogue): AreaCheck {
  const dimensions = [...catalogue.dimensions.values()];
  const counted = new Set(
    [...catalogue.metrics.values()].flatMap((metric) =>
      simpleParts(catalogue, metric).map((part) => part.entity),
    ),
  );
  const listed = new Set([...catalogue.entities.values()].flatMap((entity) => entity.listColumns));
  const findings = dimensions.flatMap((dimension): LintFinding[] => {
    const about = { area: 'dimensions' as const, kind: 'dimension' as const, id: dimension.id };
    const isReached = [...counted].some((id) => findWay(catalogue, id, dimension) !== null);
    if (!isReached && !listed.has(dimension.id))
      return [
        {
          ...about,
          code: 'unused-dimension',
          message: 'no metric reaches it and no list shows it; use it or take it out',
        },
      ];
    if (dimension.type === 'boolean' || dimension.values.length !== 1) return [];
    return [
      {
        ...about,
        code: 'single-value',
        message: 'has a vocabulary of one value; add the others or take it out',
      },
    ];
  });
  return { area: 'dimensions', checked: dimensions.length, findings };
}

/** A question that somebody has checked is answered without any guess. */
export function lintVerified(catalogue: Catalogue): AreaCheck {
  const metrics = [...catalogue.metrics.values()].filter((metric) => metric.hidden !== true);
  const planned = new Set(
    catalogue.verified.flatMap(({ plan }) =>
      Array.isArray(plan['metrics']) ? plan['metrics'].map(String) : [],
    ),
  );
  const findings = metrics
    .filter((metric) => metric.verifiedQuestions.length === 0 && !planned.has(metric.id))
    .map(
      (metric): LintFinding => ({
        area: 'verified',
        kind: 'metric',
        id: metric.id,
        code: 'no-verified-question',
        message: `no verified question; add one that means exactly ${metric.label}`,
      }),
    );
  return { area: 'verified', checked: metrics.length, findings };
}

const personal = /(?:^|_)(?:phone|mail|email|address|birth|birthday|iban|ssn|passport|salary)(?:$|_)/;

/** What names a person is neither filtered by default nor left unmarked. */
export function lintPrivacy(catalogue: Catalogue): AreaCheck {
  const dimensions = [...catalogue.dimensions.values()];
  const metrics = [...catalogue.metrics.values()];
  const entities = [...catalogue.entities.values()];
  const isPersonal = (id: string): boolean => catalogue.dimensions.get(id)?.pii === true;
  const finding = (kind: LintFinding['kind'], id: string, code: string, message: string): LintFinding => ({
    area: 'privacy',
    kind,
    id,
    code,
    message,
  });
  const findings = [
    ...dimensions
      .filter((one) => !one.pii && one.type === 'text' && personal.test(one.path.split('.').at(-1) ?? ''))
      .map((one) =>
        finding(
          'dimension',
          one.id,
          'unmarked-pii',
          'looks like personal data; write pii: true, or rename the column',
        ),
      ),
    ...dimensions
      .filter((one) => one.pii && /phone|mail|address/.test(one.path) && one.groupable)
      .map((one) =>
        finding('dimension', one.id, 'groupable-pii', 'groups by personal data; write groupable: false'),
      ),
    ...metrics.flatMap((metric) =>
      metric.type === 'simple' && metric.filters.some((filter) => isPersonal(filter.dimension))
        ? [
            finding(
              'metric',
              metric.id,
              'pii-filter',
              'is filtered by personal data; filter by an id or a role',
            ),
          ]
        : [],
    ),
    ...entities
      .filter((entity) => (entity.listFilters ?? []).some((filter) => isPersonal(filter.dimension)))
      .map((entity) =>
        finding(
          'entity',
          entity.id,
          'pii-filter',
          'lists are filtered by personal data; filter by an id or a role',
        ),
      ),
  ];
  return { area: 'privacy', checked: dimensions.length + metrics.length + entities.length, findings };
}
