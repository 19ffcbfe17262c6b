import { type Entity, entities } from '../../domain/record-fields.ts';

/** Names that people say for an entity. */
const aliases: Readonly<Record<string, Entity>> = {
  usage: 'usage_daily',
  survey: 'survey_response',
  session: 'messaging_session',
  'queue-depth': 'queue_sample',
  'bot-outcome': 'bot_event',
  deal: 'opportunity',
  'stage-change': 'opportunity_stage_event',
  sale: 'sales_transaction',
  assessment: 'account_assessment',
};

const kinds: ReadonlyMap<string, Entity> = new Map([
  ...Object.entries(aliases),
  ...entities.flatMap((entity): readonly [string, Entity][] => [
    [entity, entity],
    [entity.replaceAll('_', '-'), entity],
  ]),
]);

/** The entity that `/ingest/v1/<kind>` is about; kebab or snake case, or an alias. Null: there is no such kind. */
export function entityOfKind(kind: string): Entity | null {
  return kinds.get(kind) ?? null;
}

/** Every kind as it is written in an address, aliases included. */
export const ingestKinds: readonly string[] = [
  ...new Set([...Object.keys(aliases), ...entities.map((entity) => entity.replaceAll('_', '-'))]),
].sort();
