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
  | 'number'
  | 'ticket';

interface PartRule {
  /** How people write it, anywhere in the text. */
  readonly names: string;
  /** Words that mean this part only above the first text, or when they are marked as a heading. */
  readonly shortNames?: string;
  /** A value, not a text: it ends with its line. */
  readonly isValue?: true;
}

const rules: Readonly<Record<Part, PartRule>> = {
  'customer-information': {
    names: 'customer information, customer info, customer details, account information, account details',
  },
  issue: {
    names:
      'issue description, issue, issue summary, problem description, problem statement, description of the issue',
    shortNames: 'problem, description, summary, what happened',
  },
  priority: { names: 'priority, severity', shortNames: 'prio, urgency, sev', isValue: true },
  'root-cause': { names: 'root cause analysis, root cause, root causes, rca', shortNames: 'cause, analysis' },
  'technical-details': {
    names: 'technical details, technical detail, technical information, technical analysis',
    shortNames: 'tech details, technical, details, environment',
  },
  impact: { names: 'impact assessment, impact, business impact, customer impact' },
  'action-plan': {
    names: 'action plan, action items, next steps, mitigation plan',
    shortNames: 'actions, plan, mitigation, workaround',
  },
  status: { names: 'status, current status', shortNames: 'state', isValue: true },
  sentiment: { names: 'customer sentiment, sentiment', shortNames: 'customer mood, mood' },
  customer: {
    names: 'customer, customer name, account name',
    shortNames: 'account, company, client',
    isValue: true,
  },
  owner: {
    names: 'owner, assigned to, assignee, escalation owner',
    shortNames: 'engineer, lead, dri',
    isValue: true,
  },
  opened: {
    names: 'opened, opened at, opened on, date opened, reported, reported on, reported at',
    shortNames: 'created, created at, date, start, started',
    isValue: true,
  },
  resolved: {
    names: 'resolved at, resolved on, closed on, closed at, date resolved',
    shortNames: 'resolved, closed',
    isValue: true,
  },
  category: { names: 'category', shortNames: 'area, component, type', isValue: true },
  title: { names: 'title, subject', isValue: true },
  number: {
    names: 'escalation number, ce number, escalation id, escalation',
    shortNames: 'ce, id, number',
    isValue: true,
  },
  ticket: {
    names: 'ticket, case, ticket number, case number, support ticket, salesforce case',
    isValue: true,
  },
};

interface KnownName {
  readonly part: Part;
  readonly isShort: boolean;
}

const names: ReadonlyMap<string, KnownName> = new Map<string, KnownName>(
  (Object.entries(rules) as [Part, PartRule][]).flatMap(([part, rule]) => [
    ...splitNames(rule.names).map((name) => [name, { part, isShort: false }] as const),
    ...splitNames(rule.shortNames ?? '').map((name) => [name, { part, isShort: true }] as const),
  ]),
);

function splitNames(list: string): readonly string[] {
  return list.split(',').flatMap((name) => (name.trim() === '' ? [] : [name.trim()]));
}

/** True for parts that hold one value and no text. */
export const isValuePart = (part: Part): boolean => rules[part].isValue === true;

export interface Heading {
  readonly part: Part;
  /** What stands behind the colon; empty for a heading above its text. */
  readonly value: string;
  /** Written as a heading: `## Status`, `**Status**`, `== Status ==`, or all capitals. */
  readonly isMarked: boolean;
}

/** Longest line that can be a heading with its value. */
const LINE_LIMIT = 400;

/**
 * Reads a line as a heading: `## Status`, `STATUS:`, `**Status:** open`, `- Status: open`, `2. Status`, `| Status | open |`.
 *
 * @param inText the line stands inside a text, where "plan:" or "date:" are words like others
 * @param isUnderlined the next line is a row of dashes
 * @returns null for any other line
 */
export function readHeading(line: string, inText: boolean, isUnderlined = false): Heading | null {
  const trimmed = line.trim();
  if (trimmed === '' || trimmed.length > LINE_LIMIT) return null;
  const cells = /^\|([^|]+)\|([^|]*)\|?$/.exec(trimmed);
  const flat = cells === null ? trimmed : `${cells[1] ?? ''}:${cells[2] ?? ''}`;
  const bare = flat
    .replace(/^#{1,6}\s*/, '')
    .replace(/\s*#+$/, '')
    .replace(/^={2,}\s*(.*?)\s*={2,}$/, '$1')
    .replace(/^[-*\u2022]\s+/, '')
    .replace(/^\d{1,2}[.)]\s+/, '');
  const colon = bare.indexOf(':');
  const written = colon === -1 ? bare : bare.slice(0, colon);
  const known = names.get(plainName(written));
  if (known === undefined) return null;
  const isMarked =
    isUnderlined || /^#{1,6}\s|^={2,}|^\|/.test(trimmed) || /^(?:\*\*|__)/.test(bare) || isCapitals(written);
  const value = colon === -1 ? '' : unmark(bare.slice(colon + 1));
  if (!isMarked && known.isShort && inText) return null;
  // A bare word is a heading only when it can hardly be anything else: "Status" may, "Closed" and "Plan" may not.
  if (!isMarked && colon === -1 && known.isShort) return null;
  return { part: known.part, value, isMarked };
}

/** The line under a heading in the other Markdown style. */
export const isUnderline = (line: string): boolean => /^\s*[-=]{3,}\s*$/.test(line);

/** Removes the stars that belong to a bold name or value. */
function unmark(text: string): string {
  return text
    .trim()
    .replace(/^(?:\*\*|__)\s*/, '')
    .replace(/\s*(?:\*\*|__)$/, '')
    .trim();
}

const isCapitals = (text: string): boolean => /[A-Z]{3}/.test(text) && text === text.toUpperCase();

function plainName(text: string): string {
  return text.replace(/[*_`]/g, '').replace(/\s+/g, ' ').trim().toLowerCase();
}
