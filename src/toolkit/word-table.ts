/**
 * A table that is looked up with words somebody typed. It inherits nothing, so that `constructor` or `valueOf` is as
 * unknown as any other word.
 */
export function wordTable<T>(entries: Readonly<Record<string, T>>): Readonly<Record<string, T>> {
  return Object.freeze(Object.assign(Object.create(null) as Record<string, T>, entries));
}
