/** What makes a catalogue ready for questions; each is scored by itself. */
export const lintAreas = [
  'names',
  'descriptions',
  'units',
  'time',
  'dimensions',
  'verified',
  'privacy',
] as const;
export type LintArea = (typeof lintAreas)[number];

export const areaWords: Readonly<Record<LintArea, string>> = {
  names: 'Labels and synonyms',
  descriptions: 'Descriptions',
  units: 'Units and direction',
  time: 'Times',
  dimensions: 'Dimensions in use',
  verified: 'Verified questions',
  privacy: 'Personal data',
};

export interface LintFinding {
  readonly area: LintArea;
  readonly kind: 'entity' | 'dimension' | 'metric';
  readonly id: string;
  /** Stable kebab-case name. */
  readonly code: string;
  /** What is wrong and what to do. */
  readonly message: string;
}

/** How many definitions an area looked at, and what it found. */
export interface AreaCheck {
  readonly area: LintArea;
  readonly checked: number;
  readonly findings: readonly LintFinding[];
}
