import type { Random } from './random.ts';

/** Customers of every world, in this order; larger worlds add made-up ones of the same kind. */
export const firstCompanies: readonly (readonly [name: string, industry: string])[] = [
  ['Halden Logistics', 'Logistics'],
  ['Brightwater Energy', 'Energy'],
  ['Kestrel Payments', 'Financial services'],
  ['Marlowe Retail Group', 'Retail'],
  ['Ostara Health', 'Healthcare'],
  ['Pelican Insurance', 'Insurance'],
  ['Quillon Media', 'Media'],
  ['Ravensburg Automotive', 'Manufacturing'],
  ['Solvang Foods', 'Consumer goods'],
  ['Tessera Games', 'Gaming'],
  ['Umbra Security', 'Software'],
  ['Vantage Rail', 'Transport'],
  ['Wrenfield Bank', 'Financial services'],
  ['Yarrow Pharma', 'Healthcare'],
  ['Zephyr Airlines', 'Transport'],
  ['Alder & Finch', 'Retail'],
  ['Borealis Telecom', 'Telecommunications'],
  ['Cinder Robotics', 'Manufacturing'],
  ['Dovetail Mortgage', 'Financial services'],
  ['Everline Grocery', 'Retail'],
  ['Foxglove Labs', 'Healthcare'],
  ['Granite State Utilities', 'Energy'],
  ['Harbor & Vine', 'Consumer goods'],
  ['Ironwood Freight', 'Logistics'],
  ['Juniper Street Capital', 'Financial services'],
  ['Kairos Ticketing', 'Media'],
  ['Lumen Education', 'Education'],
  ['Mistral Mobility', 'Transport'],
  ['Northgate Hospitals', 'Healthcare'],
  ['Opaline Cosmetics', 'Consumer goods'],
  ['Prairie Wireless', 'Telecommunications'],
  ['Quarry Analytics', 'Software'],
  ['Redshore Casinos', 'Gaming'],
  ['Sable Motors', 'Manufacturing'],
  ['Thornbury Housing', 'Public sector'],
  ['Uplift Payroll', 'Software'],
  ['Verdant Farms', 'Agriculture'],
  ['Westerly Shipping', 'Logistics'],
  ['Xenith Optics', 'Manufacturing'],
  ['Yellowtail Travel', 'Travel'],
];

const split = (list: string): readonly string[] => list.trim().split(/\s+/);
const phrases = (list: string): readonly string[] => list.split(',').map((word) => word.trim());

/** Sounds that no register of companies holds with these endings. */
const roots = split(`
  Alderon Amberlin Anselwood Arkenholt Ashmere Avenbrook Balthea Barrowick Belvane Birchgate Blackmoss Bramhurst
  Brennick Caldrith Calloway Carnwell Castermont Cedarlane Cloverdene Coldbrook Corvane Cranmoor Crestholm Dalmora
  Darnhill Deepwell Dellport Dunvarra Eastmere Eldergrove Elmstrand Embervale Fairlund Fallowmere Fenwright Fernholt
  Fjordane Flintmoor Fosterlund Galeshore Garnetfield Gildenmoor Glassport Glenvara Goldcrest Grayhaven Greenvale
  Hallowfield Hartmere Hawkstone Hazelbrook Heatherby Highmark Hollowell Holmgate Inglevale Ironmere Islemont Ivorydale
  Jadewood Kaldera Keldmoor Kingsmere Kirkholm Lakeborn Lanternhill Larkspur Laurelton Leithmoor Lindenau Lochmere
  Lorimond Maplecourt Marrowby Meadowlark Merrowdale Millstrand Moorgate Morningstar Nettlecombe Nordhaven Norrland
  Oakhallow Oldbridge Orchardine Orlenda Ottermere Parnassa Pebblecourt Pinehollow Porthaven Quayside Quillmere
  Rainford Redfern Ridgemont Rookwood Rosalind Rowanfell Saltmarsh Sandholm Seabrook Selmara Silverfen Skyborne
  Sorrelwood Southmoor Sparrowhill Starling Stonebeck Summerlin Swanmere Tamarind Thistledown Thornvale Tidewell
  Timberline Torvane Tregarth Valmora Vesterholt Vinterberg Wavecrest Westmarch Whitfell Willowmere Windhollow
  Winterbourne Wolverlea Woodmere Yewdale Zellerbach Zinnia
`);

const endings: readonly (readonly [industry: string, words: readonly string[]])[] = [
  ['Logistics', phrases('Logistics, Freight, Forwarding, Parcel, Cold Chain, Warehousing')],
  ['Energy', phrases('Energy, Power, Grid, Renewables, Solar, Utilities')],
  ['Financial services', phrases('Bank, Payments, Capital, Wealth, Leasing, Credit Union, Clearing')],
  ['Insurance', phrases('Insurance, Assurance, Mutual, Reinsurance')],
  ['Retail', phrases('Retail, Outfitters, Markets, Home, Grocers, Department Stores')],
  ['Healthcare', phrases('Health, Clinics, Diagnostics, Pharma, Biosciences, Medical Devices')],
  ['Media', phrases('Media, Broadcasting, Publishing, Studios, Streaming')],
  ['Manufacturing', phrases('Motors, Robotics, Machine Works, Components, Steel, Aerospace, Optics')],
  ['Consumer goods', phrases('Foods, Beverages, Cosmetics, Apparel, Toys')],
  ['Gaming', phrases('Games, Interactive, Esports')],
  ['Software', phrases('Software, Systems, Analytics, Cloud, Security, Payroll')],
  ['Transport', phrases('Rail, Airlines, Mobility, Shipping, Ferries')],
  ['Telecommunications', phrases('Telecom, Wireless, Fibre, Networks')],
  ['Public sector', phrases('Housing, Water Authority, Transit Authority, Land Registry')],
  ['Education', phrases('Education, Academies, Learning')],
  ['Travel', phrases('Travel, Hotels, Resorts')],
  ['Agriculture', phrases('Farms, Seeds, Dairy')],
];

/**
 * Names and industries of customers, all different also without case, punctuation and legal form.
 *
 * @param count at most 10,000 or so: roots times endings
 */
export function buildCompanies(
  random: Random,
  count: number,
): readonly (readonly [name: string, industry: string])[] {
  const companies = [...firstCompanies.slice(0, count)];
  const taken = new Set(firstCompanies.map(([name]) => name));
  const flat = endings.flatMap(([industry, words]) => words.map((word) => [industry, word] as const));
  while (companies.length < count) {
    const [industry, ending] = random.pick(flat);
    const name = `${random.pick(roots)} ${ending}`;
    if (taken.has(name)) continue;
    taken.add(name);
    companies.push([name, industry]);
  }
  return companies;
}

const legalForms: Readonly<Record<string, readonly string[]>> = {
  Germany: ['GmbH', 'AG', 'SE'],
  France: ['SA'],
  Sweden: ['AB'],
  Netherlands: ['BV', 'NV'],
  'United Kingdom': ['Ltd', 'plc'],
  Italy: ['SRL'],
  'United States': ['Inc.', 'LLC', 'Corp.'],
  Canada: ['Inc.', 'Ltd'],
  Brazil: ['SA'],
};

/** A third of the companies carry their legal form, as they signed the contract. */
export function withLegalForm(random: Random, name: string, country: string): string {
  const forms = legalForms[country];
  return forms === undefined || !random.chance(0.35) ? name : `${name} ${random.pick(forms)}`;
}

const formAtTheEnd = /,?\s+(?:GmbH|AG|SE|SA|AB|BV|NV|Ltd|plc|SRL|Inc\.|LLC|Corp\.)$/;

/** As somebody else keeps the same customer in a list: in capitals, or without the legal form. */
export function listedName(random: Random, name: string): string {
  const bare = name.replace(formAtTheEnd, '');
  if (random.chance(0.12)) return bare.toUpperCase();
  return random.chance(0.6) ? bare : name;
}
