import { areaWords } from '../catalogue/lint/finding.ts';
import type { CatalogueReadiness } from '../catalogue/lint/lint-catalogue.ts';
import type { CatalogueEntry, Shown } from './catalogue-list.ts';

/** Entries in columns, one line each. */
export function writeEntries(entries: readonly CatalogueEntry[]): string {
  if (entries.length === 0) return 'Nothing in the catalogue fits.';
  const width = (of: (one: CatalogueEntry) => string): number =>
    Math.min(40, Math.max(...entries.map((one) => of(one).length)));
  const [idWidth, labelWidth] = [width((one) => one.id), width((one) => one.label)];
  const lines = entries.map(
    (one) =>
      `${one.kind.padEnd(9)}  ${one.id.padEnd(idWidth)}  ${one.label.padEnd(labelWidth)}  ${one.hidden ? '(hidden) ' : ''}${one.about}`,
  );
  return [...lines, '', `${entries.length} in all`].join('\n');
}

export function writeShown(lines: Shown): string {
  const width = Math.max(...lines.map(([name]) => name.length));
  return lines.map(([name, value]) => `${name.padEnd(width)}  ${value}`).join('\n');
}

const mostShown = 12;

/** The score, the areas and the first findings of each. */
export function writeReadiness(
  { score, areas, findings }: CatalogueReadiness,
  { all }: { readonly all: boolean },
): string {
  const lines = [`Readiness ${score} of 100`, ''];
  for (const { area, score: own, checked, found } of areas) {
    lines.push(
      `${String(own).padStart(4)}  ${areaWords[area].padEnd(22)} ${found} of ${checked} could be better`,
    );
  }
  for (const { area } of areas) {
    const some = findings.filter((finding) => finding.area === area);
    if (some.length === 0) continue;
    lines.push('', areaWords[area]);
    const shown = all ? some : some.slice(0, mostShown);
    lines.push(...shown.map(({ kind, id, message }) => `  ${kind} ${id}: ${message}`));
    if (shown.length < some.length) lines.push(`  … and ${some.length - shown.length} more (--all)`);
  }
  return lines.join('\n');
}
