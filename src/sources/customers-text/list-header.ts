import { wordTable } from '../../toolkit/word-table.ts';

/** Columns that a customer list may have. */
export type ListColumn =
  | 'name'
  | 'industry'
  | 'region'
  | 'tier'
  | 'segment'
  | 'domain'
  | 'arr'
  | 'owner'
  | 'ignored';

const words = wordTable<ListColumn>({
  name: 'name',
  customer: 'name',
  'customer name': 'name',
  company: 'name',
  account: 'name',
  'account name': 'name',
  industry: 'industry',
  sector: 'industry',
  vertical: 'industry',
  region: 'region',
  country: 'region',
  location: 'region',
  tier: 'tier',
  plan: 'tier',
  level: 'tier',
  segment: 'segment',
  size: 'segment',
  domain: 'domain',
  website: 'domain',
  arr: 'arr',
  'annual recurring revenue': 'arr',
  owner: 'owner',
  'account owner': 'owner',
  csm: 'owner',
});

/**
 * Recognises the first line of a list as names of columns.
 *
 * @returns null when it is a customer: a header names its first column and at least half of the others in known words
 */
export function readHeader(cells: readonly string[]): readonly ListColumn[] | null {
  const columns = cells.map((cell) => words[cell.toLowerCase().replace(/[*_:]/g, ' ').trim()] ?? 'ignored');
  const known = columns.filter((column) => column !== 'ignored').length;
  if (!columns.includes('name') || known * 2 < cells.length) return null;
  return columns;
}
