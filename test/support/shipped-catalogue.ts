import type { Catalogue } from '../../src/catalogue/catalogue.ts';
import { type LoadedCatalogue, loadCatalogueWithPlaces } from '../../src/catalogue/load-catalogue.ts';
import { packagePath } from '../../src/toolkit/package-root.ts';

let shipped: LoadedCatalogue | undefined;

/**
 * The catalogue that Heed comes with, read once for all test files of a process: reading takes half a second. Its
 * places are kept too: a copy with one changed file is read in no time then.
 */
export function shippedCatalogue(): Catalogue {
  if (shipped) return shipped.catalogue;
  const loaded = loadCatalogueWithPlaces(packagePath('catalogue'));
  if (!loaded.ok) throw new Error(loaded.issues.map(({ path, message }) => `${path} ${message}`).join('\n'));
  shipped = loaded.value;
  return shipped.catalogue;
}
