import { z } from 'zod';
import { columnsOf, type SalesforceObject } from '../objects.ts';
import type { Caller, SalesforceClient } from './client.ts';
import { RefusedRequest, saysAbsent } from './errors.ts';
import { parseJson } from './read-answer.ts';
import type { Selection } from './soql.ts';

const globalBody = z.object({ sobjects: z.array(z.object({ name: z.string(), queryable: z.boolean() })) });

const fieldBody = z.object({
  name: z.string(),
  filterable: z.boolean(),
  sortable: z.boolean(),
  relationshipName: z.string().nullish(),
  referenceTo: z.array(z.string()).nullish(),
});
const describeBody = z.object({ fields: z.array(fieldBody) });

type DescribedField = z.infer<typeof fieldBody>;

/** An org's fields change seldom; a day has four looks at them, not hundreds. */
const FRESH_MILLISECONDS = 6 * 3600_000;

/** What the org has of the objects and fields that are read, as the run-as user sees it. */
export class OrgDescription {
  private readonly client: SalesforceClient;
  private readonly fields = new Map<string, readonly DescribedField[] | null>();
  private objects: ReadonlySet<string> | null = null;
  private readAt = 0;

  constructor(client: SalesforceClient) {
    this.client = client;
  }

  /** Looks again: the org answered that a field or object is gone. */
  forget(): void {
    this.objects = null;
    this.fields.clear();
  }

  /**
   * @param changedBy column of the time of a change where it is not the object's own
   * @returns null when the org has no such object for this user, or no way to tell what changed in it
   */
  async select(object: SalesforceObject, caller: Caller, changedBy?: string): Promise<Selection | null> {
    const fields = await this.fieldsOf(object, caller);
    if (fields === null) return null;
    const names = new Map(fields.map((field) => [field.name.toLowerCase(), field]));
    const chosen = new Set<string>();
    for (const column of columnsOf(object)) {
      const name = column.includes('.')
        ? await this.related(fields, column, caller)
        : (names.get(column)?.name ?? null);
      if (name !== null) chosen.add(name);
    }
    // Histories are written once and have no stamp of changes.
    const own = ['systemmodstamp', 'lastmodifieddate', 'createddate']
      .map((column) => names.get(column))
      .find((field) => field?.filterable === true && field.sortable);
    const changedAt =
      changedBy === undefined ? own?.name : await this.related(fields, changedBy.toLowerCase(), caller);
    if (changedAt === undefined || changedAt === null) return null;
    return { object, fields: [...chosen.add('Id').add(changedAt)], changedAt };
  }

  /** `opportunity.iswon` where the field points to one object that has such a field. */
  private async related(
    fields: readonly DescribedField[],
    column: string,
    caller: Caller,
  ): Promise<string | null> {
    const [relation = '', wanted = ''] = column.split('.');
    const pointer = fields.find((field) => field.relationshipName?.toLowerCase() === relation);
    const [target, ...others] = pointer?.referenceTo ?? [];
    if (pointer?.relationshipName == null || target === undefined || others.length > 0) return null;
    const found = (await this.fieldsOf(target, caller))?.find(({ name }) => name.toLowerCase() === wanted);
    return found === undefined ? null : `${pointer.relationshipName}.${found.name}`;
  }

  private async fieldsOf(object: string, caller: Caller): Promise<readonly DescribedField[] | null> {
    const now = this.client.serverClock.now().getTime();
    if (now - this.readAt > FRESH_MILLISECONDS) {
      this.forget();
      this.readAt = now;
    }
    this.objects ??= await this.readObjects(caller);
    if (!this.objects.has(object)) return null;
    const known = this.fields.get(object);
    if (known !== undefined) return known;
    const described = await this.describe(object, caller);
    this.fields.set(object, described);
    return described;
  }

  /** One call tells which objects there are, instead of one error for each that is not. */
  private async readObjects(caller: Caller): Promise<ReadonlySet<string>> {
    const answer = await this.client.send({ method: 'GET', path: `${this.client.root}/sobjects` }, caller);
    const parsed = globalBody.safeParse(parseJson(answer.body));
    if (!parsed.success) throw new RefusedRequest('UNREADABLE', 'the list of objects could not be read');
    return new Set(parsed.data.sobjects.filter(({ queryable }) => queryable).map(({ name }) => name));
  }

  private async describe(object: string, caller: Caller): Promise<readonly DescribedField[] | null> {
    try {
      const path = `${this.client.root}/sobjects/${object}/describe`;
      const answer = await this.client.send({ method: 'GET', path }, caller);
      const parsed = describeBody.safeParse(parseJson(answer.body));
      if (!parsed.success)
        throw new RefusedRequest('UNREADABLE', `the fields of ${object} could not be read`);
      return parsed.data.fields;
    } catch (error) {
      if (saysAbsent(error)) return null;
      throw error;
    }
  }
}
