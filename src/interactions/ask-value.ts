import type { Catalogue, EntityDefinition } from '../catalogue/catalogue.ts';
import { entityById } from '../catalogue/paths.ts';
import type { AnswerData } from '../query/answer-data.ts';
import type { Filter, ListPlan, PlanOption, QueryPlan } from '../query/metric-query.ts';
import type { Issue, Result } from '../toolkit/issue.ts';
import { entityOfPlan, plansWithSuggestions } from './repair-values.ts';

type Run = (plan: QueryPlan) => Promise<Result<AnswerData>>;

const mostButtons = 4;
const longestLabel = 70;
const mostRows = 25;

/**
 * A name that fits several: a button for each of them. People at customers and deals are told apart by their account, and
 * those of one name in two accounts become two buttons.
 *
 * @param run under the asker's scope
 */
export async function optionsForValue(
  catalogue: Catalogue,
  run: Run,
  plan: QueryPlan,
  issue: Issue,
): Promise<readonly PlanOption[]> {
  const named = plansWithSuggestions(plan, issue);
  const dimension = named[0]?.filter.dimension ?? '';
  const isOfAccount = homeOf(catalogue, dimension)?.joins['account'] !== undefined;
  if (!isOfAccount || !namesRecord(catalogue, dimension)) return named.map(plain);
  const options: PlanOption[] = [];
  for (const one of named) {
    const accounts = await accountsWith(catalogue, run, plan, one.filter);
    // A deal that begins with its account's name says whose it is.
    if (accounts.length < 2 && one.label.startsWith(accounts[0] ?? '\u0000')) options.push(plain(one));
    else if (accounts.length === 0) options.push(plain(one));
    else
      for (const name of accounts)
        options.push({
          label: labelled(one.label, name),
          plan: accounts.length === 1 ? one.plan : within(one.plan, name),
        });
  }
  return options.slice(0, mostButtons);
}

const homeOf = (catalogue: Catalogue, id: string): EntityDefinition | undefined =>
  entityById(catalogue, catalogue.dimensions.get(id)?.entity ?? '');

/** A name that a record of somebody else has: a customer's, a contact's, a deal's; not that of a team of ours. */
export function namesRecord(catalogue: Catalogue, id: string): boolean {
  const path = catalogue.dimensions.get(id)?.path;
  return path !== undefined && path === homeOf(catalogue, id)?.titleColumn;
}

const plain = ({ label, plan }: PlanOption): PlanOption => ({ label, plan });

const labelled = (name: string, account: string): string => `${name} (${account})`.slice(0, longestLabel);

const within = (plan: QueryPlan, account: string): QueryPlan => ({
  ...plan,
  where: [...plan.where, { any: [{ dimension: 'account', op: 'eq', values: [account] }] }],
});

/** Accounts among the rows of the question, or of the records themselves where the asker may list those. */
async function accountsWith(
  catalogue: Catalogue,
  run: Run,
  plan: QueryPlan,
  filter: Filter,
): Promise<readonly string[]> {
  const home = catalogue.dimensions.get(filter.dimension)?.entity ?? '';
  const entity = catalogue.entities.has(home) ? home : (entityOfPlan(catalogue, plan) ?? '');
  const list: ListPlan = {
    kind: 'list',
    entity,
    columns: ['account'],
    time: null,
    where: [{ any: [filter] }],
    orderBy: [],
    limit: mostRows,
    subject: 'none',
  };
  const result = await run(list);
  if (!result.ok) return [];
  const column = result.value.columns.findIndex(({ id }) => id === 'account');
  return [
    ...new Set(result.value.rows.flatMap((row) => (typeof row[column] === 'string' ? [row[column]] : []))),
  ];
}
