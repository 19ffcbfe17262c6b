/** Parts of a customer escalation; the first nine are the headings that people are asked to use. */
export type Part =
  | 'customer-information'
  | 'issue'
  | 'priority'
  | 'root-cause'
  | 'technical-details'
  | 'impact'
  | 'action-plan'
  | 'status'
  | 'sentiment'
  | 'customer'
  | 'owner'
  | 'opened'
  | 'resolved'
  | 'category'
  | 'title'
  | 'number';

/** How people write them; compared without case, marks and doubled blanks. */
const written: Readonly<Record<Part, readonly string[]>> = {
  'customer-information': [
    'customer information',
    'customer info',
    'customer details',
    'account information',
  ],
  issue: [
    'issue description',
    'issue',
    'description',
    'problem',
    'problem description',
    'summary',
    'what happened',
  ],
  priority: ['priority', 'severity', 'prio', 'urgency'],
  'root-cause': ['root cause analysis', 'root cause', 'rca', 'cause'],
  'technical-details': [
    'technical details',
    'technical detail',
    'technical information',
    'tech details',
    'technical',
  ],
  impact: ['impact assessment', 'impact', 'business impact', 'customer impact'],
  'action-plan': ['action plan', 'actions', 'next steps', 'plan', 'mitigation plan'],
  status: ['status', 'current status', 'state'],
  sentiment: ['customer sentiment', 'sentiment', 'customer mood', 'mood'],
  customer: ['customer', 'customer name', 'account', 'account name', 'company', 'client'],
  owner: ['owner', 'assigned to', 'assignee', 'engineer', 'lead'],
  opened: ['opened', 'opened at', 'opened on', 'reported', 'reported on', 'created', 'date', 'date opened'],
  resolved: ['resolved', 'resolved at', 'resolved on', 'closed', 'closed on', 'date resolved'],
  category: ['category', 'area', 'component', 'type'],
  title: ['title', 'subject', 'name'],
  number: ['escalation', 'escalation number', 'ce', 'ce number', 'id', 'escalation id'],
};

const parts: ReadonlyMap<string, Part> = new Map(
  (Object.entries(written) as [Part, readonly string[]][]).flatMap(([part, words]) =>
    words.map((word) => [word, part] as const),
  ),
);

/** These hold one value on their own line; a text below belongs to none of them. */
const oneLine: ReadonlySet<Part> = new Set([
  'priority',
  'status',
  'customer',
  'owner',
  'opened',
  'resolved',
  'category',
  'title',
  'number',
]);

export const isOneLine = (part: Part): boolean => oneLine.has(part);

export interface Heading {
  readonly part: Part;
  /** What stands behind the colon; empty for a heading above its text. */
  readonly value: string;
}

/** Reads a line as a heading (`## Status`, `STATUS:`, `**Status:** open`, `Status: open`); null for any other line. */
export function readHeading(line: string): Heading | null {
  const trimmed = line.trim();
  if (trimmed === '' || trimmed.length > 400) return null;
  const isMarked = /^#{1,6}\s/.test(trimmed) || /^(\*\*|__)/.test(trimmed);
  const bare = trimmed.replace(/^#{1,6}\s*/, '').replace(/\s*#+$/, '');
  const colon = bare.indexOf(':');
  const name = normal(colon === -1 ? bare : bare.slice(0, colon));
  const part = parts.get(name);
  if (part === undefined) return null;
  const value =
    colon === -1
      ? ''
      : bare
          .slice(colon + 1)
          .replace(/^\s*(\*\*|__)\s*/, '')
          .trim();
  // "Issue" alone on a line may be a heading; "cause" in the middle of a text is not, unless it is marked as one.
  if (
    colon === -1 &&
    !isMarked &&
    bare !== bare.toUpperCase() &&
    name.split(' ').length < 2 &&
    !isOneLine(part)
  )
    return null;
  return { part, value };
}

/** The line under a heading in the other Markdown style. */
export const isUnderline = (line: string): boolean => /^\s*[-=]{3,}\s*$/.test(line);

function normal(text: string): string {
  return text.replace(/[*_`]/g, '').replace(/\s+/g, ' ').trim().toLowerCase();
}
