import type { WorldPerson } from './people.ts';
import { dayMs } from './presence-hours.ts';
import type { Cell, WorldBasis } from './world.ts';

export interface WorldPartner {
  readonly id: string;
  readonly name: string;
  readonly type: string;
  readonly tier: 'gold' | 'silver' | 'registered';
  readonly region: WorldPerson['region'];
  readonly manager: WorldPerson;
  readonly certification: string | null;
  /** `YYYY-MM-DD`; null: not certified yet. */
  readonly certExpiresOn: string | null;
  readonly enablement: 'not_started' | 'in_progress' | 'enabled' | 'expired';
}

export const partnerHeader = [
  'partner_id',
  'name',
  'type',
  'tier',
  'region',
  'manager_id',
  'certification',
  'cert_expires_on',
  'enablement_status',
] as const;

const names = [
  ['Nordkap Systems', 'System integrator'],
  ['Cloudreach Partners', 'Reseller'],
  ['Delta Consulting', 'System integrator'],
  ['Bluepine Data', 'Technology'],
  ['Helvetia IT Services', 'Managed service provider'],
  ['Redwood Integrators', 'System integrator'],
  ['Canal Street Software', 'Reseller'],
  ['Iberia Cloud', 'Managed service provider'],
  ['Great Lakes Tech', 'Reseller'],
  ['Fjordline Analytics', 'Technology'],
  ['Summit Ridge', 'System integrator'],
  ['Lowland Digital', 'Reseller'],
] as const;
const certifications = ['Certified Implementer', 'Certified Architect', 'Certified Operator'];
const counts = { small: 6, demo: 12, large: 150 } as const;
/** Days from the end of the world to the end of the certificate of the first partners; the others have longer. */
const plantedDays = [-21, 12, 27, -80, null, null] as const;

export function buildPartners(basis: WorldBasis): readonly WorldPartner[] {
  const { asOf, people, size } = basis;
  const today = Math.floor(asOf.getTime() / dayMs) * dayMs;
  return Array.from({ length: counts[size] }, (_, index): WorldPartner => {
    const random = basis.random('partners').fork(`partner ${index}`);
    const [base, type] = names[index % names.length] ?? names[0];
    const round = Math.floor(index / names.length);
    const region = index % 5 < 3 ? 'EMEA' : 'Americas';
    const managers = people.filter((one) => one.role === 'supervisor' && one.team === `Sales ${region}`);
    const manager = managers[0] ?? people[0];
    if (manager === undefined) throw new Error('nobody manages partners');
    const planted = index < plantedDays.length;
    const days = planted ? (plantedDays[index] ?? null) : random.chance(0.85) ? random.whole(45, 700) : null;
    const expires = days === null ? null : today + days * dayMs;
    return {
      id: `PTR-${String(index + 1).padStart(3, '0')}`,
      name: round === 0 ? base : `${base} ${round + 1}`,
      type,
      tier: index % 4 === 0 ? 'gold' : index % 4 === 3 ? 'registered' : 'silver',
      region,
      manager,
      certification: days === null ? null : random.pick(certifications),
      certExpiresOn: expires === null ? null : new Date(expires).toISOString().slice(0, 10),
      enablement:
        days === null ? (index % 2 === 0 ? 'not_started' : 'in_progress') : days < 0 ? 'expired' : 'enabled',
    };
  });
}

export function partnerRow(partner: WorldPartner): readonly Cell[] {
  return [
    partner.id,
    partner.name,
    partner.type,
    partner.tier,
    partner.region,
    partner.manager.id,
    partner.certification,
    partner.certExpiresOn,
    partner.enablement,
  ];
}
