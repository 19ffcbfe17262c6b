/** How a text departs from the template: headings left out, one written twice, or all in another order. */
export type Quirk = 'missing' | 'doubled' | 'reordered';

export interface EscalationFacts {
  readonly number: string;
  readonly title: string;
  readonly account: string;
  readonly owner: string;
  readonly category: string;
  readonly priority: string;
  readonly status: string;
  readonly opened: Date;
  readonly resolved: Date | null;
  readonly issue: string;
  readonly rootCause: string;
  readonly details: string;
  readonly impact: string;
  readonly plan: string;
  readonly sentiment: string;
}

type Section = readonly [heading: string, text: string];

/**
 * Writes a customer escalation down.
 *
 * @param hand 0: Markdown; 1: plain with capitals; 2: plain with underlined headings and bold values
 */
export function writeEscalation(hand: number, facts: EscalationFacts, quirk: Quirk | null): string {
  const sections = depart(
    [
      ['Issue Description', facts.issue],
      ['Root Cause Analysis', facts.rootCause],
      ['Technical Details', facts.details],
      ['Impact Assessment', facts.impact],
      ['Action Plan', facts.plan],
    ],
    quirk,
  );
  const hasMood = quirk !== 'missing';
  const values: readonly Section[] = [
    ['Customer', facts.account],
    ['Owner', facts.owner],
    ['Opened', `${stamp(facts.opened)} UTC`],
    ...(facts.resolved === null ? [] : [['Resolved', `${stamp(facts.resolved)} UTC`] as const]),
    ['Category', facts.category],
  ];
  if (hand === 0) return inMarkdown(facts, values, sections, hasMood);
  return hand === 1
    ? inCapitals(facts, values, sections, hasMood)
    : underlined(facts, values, sections, hasMood);
}

const stamp = (at: Date): string => at.toISOString().slice(0, 16).replace('T', ' ');

function depart(sections: readonly Section[], quirk: Quirk | null): readonly Section[] {
  switch (quirk) {
    case null:
      return sections;
    case 'missing':
      return sections.filter(([heading]) => !/^(Root|Impact)/.test(heading));
    case 'doubled':
      return [
        ...sections,
        ['Issue Description', 'Update: it came back after the first fix, on another node.'],
      ];
    case 'reordered':
      return [...sections].reverse();
  }
}

type Hand = (
  facts: EscalationFacts,
  values: readonly Section[],
  sections: readonly Section[],
  hasMood: boolean,
) => string;

const inMarkdown: Hand = (facts, values, sections, hasMood) => {
  const [first, ...others] = sections;
  const blocks: readonly Section[] = [
    ['Customer Information', values.map(([name, value]) => `${name}: ${value}`).join('\n')],
    ...(first === undefined ? [] : [first]),
    ['Priority', facts.priority],
    ...others,
    ['Status', facts.status],
    ...(hasMood ? [['Customer Sentiment', facts.sentiment] as const] : []),
  ];
  return `# ${facts.number}: ${facts.title}\n${blocks.map(([heading, text]) => `\n## ${heading}\n${text}\n`).join('')}`;
};

const inCapitals: Hand = (facts, values, sections, hasMood) => {
  const [customer, ...others] = values;
  const head: readonly Section[] = [
    ...(customer === undefined ? [] : [customer]),
    ['Priority', facts.priority],
    ['Status', facts.status],
    ...others,
  ];
  const blocks: readonly Section[] = [
    ...sections,
    ...(hasMood ? [['Customer Sentiment', facts.sentiment] as const] : []),
  ];
  return `${facts.number} ${facts.title}\n${head.map(([name, value]) => `${name}: ${value}\n`).join('')}${blocks
    .map(([heading, text]) => `\n${heading.toUpperCase()}:\n${text}\n`)
    .join('')}`;
};

const underlined: Hand = (facts, values, sections, hasMood) => {
  const head: readonly Section[] = [
    ['Status', facts.status],
    ['Priority', facts.priority],
    ...(hasMood ? [['Customer sentiment', facts.sentiment] as const] : []),
    ...values,
  ];
  return `Escalation: ${facts.number}\nTitle: ${facts.title}\n\n${head
    .map(([name, value]) => `**${name}:** ${value}\n`)
    .join('')}${sections
    .map(([heading, text]) => `\n${heading}\n${'-'.repeat(heading.length)}\n${text}\n`)
    .join('')}`;
};
