import type { Catalogue } from '../catalogue.ts';
import { shownCatalogue } from '../filter-catalogue.ts';
import type { AreaCheck, LintArea, LintFinding } from './finding.ts';
import { lintDescriptions, lintTimes, lintUnits } from './lint-meaning.ts';
import { lintNames } from './lint-names.ts';
import { lintDimensions, lintPrivacy, lintVerified } from './lint-use.ts';

export interface CatalogueReadiness {
  /** 0-100: the mean of the areas. */
  readonly score: number;
  readonly areas: readonly {
    readonly area: LintArea;
    /** 0-100: share of what was looked at without a finding. */
    readonly score: number;
    readonly checked: number;
    readonly found: number;
  }[];
  readonly findings: readonly LintFinding[];
}

/** How ready a catalogue is for questions, with everything that could be better. Hidden definitions are not looked at. */
export function lintCatalogue(whole: Catalogue): CatalogueReadiness {
  const catalogue = shownCatalogue(whole);
  const checks: readonly AreaCheck[] = [
    lintNames(catalogue),
    lintDescriptions(catalogue),
    lintUnits(catalogue),
    lintTimes(catalogue),
    lintDimensions(catalogue),
    lintVerified(catalogue),
    lintPrivacy(catalogue),
  ];
  const areas = checks.map(({ area, checked, findings }) => {
    const found = new Set(findings.map(({ kind, id }) => `${kind} ${id}`)).size;
    return {
      area,
      checked,
      found,
      score: checked === 0 ? 100 : Math.round((100 * (checked - found)) / checked),
    };
  });
  const score = Math.round(areas.reduce((sum, area) => sum + area.score, 0) / areas.length);
  return { score, areas, findings: checks.flatMap(({ findings }) => findings) };
}
