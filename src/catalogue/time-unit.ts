/** Units that ranges and groupings speak of. */
export type TimeUnit = 'hour' | 'day' | 'week' | 'month' | 'quarter' | 'year';
