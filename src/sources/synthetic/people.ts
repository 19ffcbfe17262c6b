import type { Role } from '../../domain/records.ts';
import { firstNames, lastNames } from './names.ts';
import type { Random } from './random.ts';
import { salesforceId } from './salesforce-id.ts';

export interface WorldPerson {
  readonly id: string;
  readonly name: string;
  readonly email: string;
  readonly role: Role;
  readonly title: string;
  readonly team: string;
  readonly zone: string;
  readonly managerId: string | null;
  readonly region: 'EMEA' | 'Americas';
  /** Yearly, US dollars; reps only. */
  readonly quota: number | null;
}

const row = (
  id: number,
  name: string,
  role: Role,
  title: string,
  team: string,
  region: WorldPerson['region'],
  managerId: number | null,
  quota: number | null = null,
): WorldPerson => ({
  id: salesforceId('005', id),
  name,
  email: `${name
    .toLowerCase()
    .normalize('NFD')
    .replace(/[^a-z ]/g, '')
    .replace(' ', '.')}@quorumdata.example`,
  role,
  title,
  team,
  zone: region === 'EMEA' ? 'Europe/Berlin' : 'America/New_York',
  managerId: managerId === null ? null : salesforceId('005', managerId),
  region,
  quota,
});

/** Everybody who works at Quorum Data while it is small. The first three are the people whom the demo lets you act as. */
export const people: readonly WorldPerson[] = [
  row(1, 'Priya Raman', 'agent', 'Support engineer', 'Support EMEA', 'EMEA', 10),
  row(2, 'Jonas Weber', 'rep', 'Sales rep', 'Sales EMEA', 'EMEA', 11, 1_200_000),
  row(3, 'Maria Delgado', 'manager', 'Manager', 'Customer office', 'EMEA', null),
  row(4, 'Tomasz Nowak', 'agent', 'Support engineer', 'Support EMEA', 'EMEA', 10),
  row(5, 'Hannah Lindqvist', 'agent', 'Support engineer', 'Support EMEA', 'EMEA', 10),
  row(6, 'Marcus Bell', 'agent', 'Support engineer', 'Support Americas', 'Americas', 12),
  row(7, 'Aisha Grant', 'agent', 'Senior support engineer', 'Support Americas', 'Americas', 12),
  row(8, 'Diego Fuentes', 'agent', 'Support engineer', 'Support Americas', 'Americas', 12),
  row(9, 'Claire Fontaine', 'rep', 'Sales rep', 'Sales EMEA', 'EMEA', 11, 1_100_000),
  row(10, 'Stefan Huber', 'supervisor', 'Support lead EMEA', 'Support EMEA', 'EMEA', 3),
  row(11, 'Ingrid Solberg', 'supervisor', 'Sales lead EMEA', 'Sales EMEA', 'EMEA', 3),
  row(12, 'Robert Chen', 'supervisor', 'Support lead Americas', 'Support Americas', 'Americas', 3),
  row(13, 'Naomi Carter', 'rep', 'Sales rep', 'Sales Americas', 'Americas', 15, 1_400_000),
  row(14, 'Luis Ortega', 'rep', 'Sales rep', 'Sales Americas', 'Americas', 15, 1_300_000),
  row(15, 'Karen Whitfield', 'supervisor', 'Sales lead Americas', 'Sales Americas', 'Americas', 3),
  row(16, 'Elena Marchetti', 'executive', 'Chief customer officer', 'Customer office', 'EMEA', null),
];

/** A large company needs more hands: agents and reps of each region beside those of `people`. */
const hired = { agent: 60, rep: 28 } as const;
const leads: Readonly<Record<WorldPerson['region'], { readonly agent: number; readonly rep: number }>> = {
  EMEA: { agent: 10, rep: 11 },
  Americas: { agent: 12, rep: 15 },
};

/** Everybody who works at Quorum Data in a world of a size; always begins with `people`. */
export function buildPeople(random: Random, isLarge: boolean): readonly WorldPerson[] {
  if (!isLarge) return people;
  const everybody = [...people];
  const taken = new Set(people.map(({ name }) => name));
  for (const region of ['EMEA', 'Americas'] as const) {
    for (const role of ['agent', 'rep'] as const) {
      for (let count = 0; count < hired[role]; count += 1) {
        let name = '';
        do name = `${random.pick(firstNames)} ${random.pick(lastNames)}`;
        while (taken.has(name));
        taken.add(name);
        const team = `${role === 'agent' ? 'Support' : 'Sales'} ${region}`;
        const quota = role === 'rep' ? random.whole(8, 16) * 100_000 : null;
        const title = role === 'agent' ? 'Support engineer' : 'Sales rep';
        everybody.push(
          row(everybody.length + 1, name, role, title, team, region, leads[region][role], quota),
        );
      }
    }
  }
  return everybody;
}
