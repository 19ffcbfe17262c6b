/** What the database says of one table that is not Heed's. */
export interface TableFacts {
  /** Type by column as the database writes it, such as `numeric(10,2)` or `timestamp without time zone`. */
  readonly columns: ReadonlyMap<string, string>;
  /** Columns that the database user may read. */
  readonly readable: ReadonlySet<string>;
  /** Columns whose values are unique by a key or an index over them alone. */
  readonly unique: ReadonlySet<string>;
  readonly kind: 'table' | 'view';
  /** Schema that Heed's own tables stand in. */
  readonly isInHeedsSchema: boolean;
}
