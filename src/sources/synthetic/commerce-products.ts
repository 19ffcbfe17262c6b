import type { Cell } from './world.ts';

export interface WorldProduct {
  readonly sku: string;
  readonly name: string;
  readonly category: 'Platform' | 'Add-on' | 'Storage' | 'Support' | 'Services';
  /** List price of a unit in US dollars; euro customers pay a list of their own. */
  readonly price: number;
  /** Part of the price that a unit costs us. */
  readonly costShare: number;
  readonly isActive: boolean;
  /** Chance that an order contains it on its own account. */
  readonly demand: number;
  /** Most units in a line. */
  readonly most: number;
}

const product = (
  sku: string,
  name: string,
  category: WorldProduct['category'],
  price: number,
  costShare: number,
  demand: number,
  most = 4,
): WorldProduct => ({ sku, name, category, price, costShare, isActive: demand > 0, demand, most });

/** Margins differ from eight percent on hardware keys to ninety on software. */
export const products: readonly WorldProduct[] = [
  product('QC-CORE', 'Quorum Core', 'Platform', 1_800, 0.22, 0.16, 12),
  product('QC-PRO', 'Quorum Cloud Pro', 'Platform', 3_400, 0.34, 0.14, 8),
  product('QC-GEO', 'Quorum Geo', 'Platform', 5_200, 0.38, 0.09, 4),
  product('QC-STREAM', 'Quorum Stream', 'Add-on', 1_250, 0.18, 0.11, 6),
  product('QC-VAULT', 'Quorum Vault', 'Storage', 900, 0.45, 0.12, 6),
  product('QA-CDC', 'Connector pack', 'Add-on', 480, 0.1, 0.03, 5),
  product('QA-TB', 'Backup storage, 1 TB', 'Storage', 60, 0.72, 0.04, 40),
  product('QA-LINK', 'Private link', 'Add-on', 350, 0.4, 0.03, 4),
  product('QA-NODE', 'Extra node', 'Platform', 640, 0.55, 0.2, 24),
  product('QA-KEY', 'Hardware security key', 'Services', 55, 0.92, 0.05, 50),
  product('QS-PREM', 'Premium support, month', 'Support', 2_500, 0.48, 0.1, 3),
  product('QS-AUDIT', 'Compliance report', 'Services', 1_400, 0.3, 0.05, 1),
  product('QS-TRAIN', 'Training day on site', 'Services', 1_900, 0.66, 0.4, 3),
  product('QS-MIGR', 'Migration package', 'Services', 12_000, 0.7, 0.05, 1),
  product('QS-TUNE', 'Query tuning day', 'Services', 1_600, 0.6, 0.09, 3),
  product('QX-OLD', 'Quorum Classic', 'Platform', 1_500, 0.5, 0),
];

/** Whoever buys the first mostly buys the second as well. */
export const pairs = [
  ['QC-STREAM', 'QA-CDC'],
  ['QC-VAULT', 'QA-TB'],
  ['QC-GEO', 'QA-LINK'],
] as const;
export const pairChance = 0.75;

/** Sells less and less: in 30 days it loses so much of what is left. */
export const falling = { sku: 'QS-TRAIN', days: 60, lossIn30Days: 0.65 } as const;

export const productHeader = [
  'sku',
  'name',
  'category',
  'list_price',
  'unit_cost',
  'currency',
  'active',
] as const;

export function productRow({
  sku,
  name,
  category,
  price,
  costShare,
  isActive,
}: WorldProduct): readonly Cell[] {
  return [sku, name, category, price, (price * costShare).toFixed(2), 'USD', isActive];
}
