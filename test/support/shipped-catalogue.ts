import type { Catalogue } from '../../src/catalogue/catalogue.ts';
import { loadCatalogue } from '../../src/catalogue/load-catalogue.ts';
import { packagePath } from '../../src/toolkit/package-root.ts';

let shipped: Catalogue | undefined;

/** The catalogue that Heed comes with, read once for all test files of a process: reading takes half a second. */
export function shippedCatalogue(): Catalogue {
  if (shipped) return shipped;
  const loaded = loadCatalogue(packagePath('catalogue'));
  if (!loaded.ok) throw new Error(loaded.issues.map(({ path, message }) => `${path} ${message}`).join('\n'));
  shipped = loaded.value;
  return shipped;
}
