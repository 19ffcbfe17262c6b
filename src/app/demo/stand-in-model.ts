import { loadCatalogue } from '../../catalogue/load-catalogue.ts';
import {
  answerReply,
  type BedrockReply,
  planReply,
  textReply,
  toolUse,
} from '../../planner/bedrock/stand-in/replies.ts';
import {
  type SeenRequest,
  type StandInServer,
  startStandInServer,
} from '../../planner/bedrock/stand-in/stand-in-server.ts';
import { createRulesPlanner } from '../../planner/rules/rules-planner.ts';
import { UserError } from '../../toolkit/issue.ts';

/** Phrasings that the rules do not know, and what they mean. */
const script: readonly { readonly asked: RegExp; readonly plan: Readonly<Record<string, unknown>> }[] = [
  {
    asked: /disappoint|keep (?:our|my) (?:word|promises?)|broken promises?/i,
    plan: {
      kind: 'metric',
      metrics: ['sla_breaches'],
      time: { kind: 'relative', unit: 'month', n: 1, completeOnly: true },
    },
  },
  {
    asked: /drowning|up to (?:their|his|her) neck|swamped/i,
    plan: {
      kind: 'metric',
      metrics: ['open_tickets'],
      groupBy: [{ dimension: 'assignee' }],
      orderBy: [{ by: 'open_tickets', direction: 'desc' }],
      limit: 5,
    },
  },
  {
    asked: /on fire|where does it burn|hurting most/i,
    plan: {
      kind: 'metric',
      metrics: ['open_escalations'],
      groupBy: [{ dimension: 'account' }],
      orderBy: [{ by: 'open_escalations', direction: 'desc' }],
      limit: 5,
    },
  },
];

/**
 * Starts something that speaks like Bedrock and is no model: plans come from a script of a few phrasings and from the
 * rules, summaries are the first sentences of the texts. It shows the whole way over the wire, never how well a model
 * understands.
 */
export async function startStandInModel(catalogueDir: string): Promise<StandInServer> {
  const loaded = loadCatalogue(catalogueDir);
  if (!loaded.ok) throw new UserError(loaded.issues);
  const rules = createRulesPlanner();
  return startStandInServer({
    reply: async (request) => {
      const words = textsOf(request);
      if (!('toolConfig' in request.body))
        return textReply(JSON.stringify({ points: firstSentences(words) }));
      const question = inside(words, 'question').replaceAll('&lt;', '<');
      const known = script.find(({ asked }) => asked.test(question));
      if (known) return planReply(known.plan);
      const now = new Date();
      const about = { question, catalogue: loaded.value, now, zone: 'UTC', requestId: 'stand-in' };
      return plannedReply((await rules.plan(about)).plan);
    },
  });
}

function plannedReply(plan: unknown): BedrockReply {
  return answerReply([toolUse({ plan })]);
}

function textsOf({ body }: SeenRequest): string {
  return body.messages
    .flatMap(({ content }) => content)
    .map(({ text, guardContent }) => JSON.stringify(text ?? guardContent ?? ''))
    .map((text) => String(JSON.parse(text)))
    .join('\n');
}

const inside = (text: string, tag: string): string =>
  new RegExp(`<${tag}>([\\s\\S]*?)</${tag}>`).exec(text)?.[1] ?? '';

/** Of up to four records the first sentence of their newest line. */
function firstSentences(
  words: string,
): readonly { readonly text: string; readonly ids: readonly string[] }[] {
  const records = JSON.parse(inside(words, 'records') || '[]') as readonly {
    readonly id: string;
    readonly title: string;
    readonly lines: readonly string[];
  }[];
  return records.slice(0, 4).map(({ id, title, lines }) => {
    const line = lines[0]?.replace(/^[a-z ]+: /, '') ?? title;
    const sentence = /^.{20,220}?[.!?](?=\s|$)/s.exec(line)?.[0] ?? line.slice(0, 220);
    return { text: sentence, ids: [id] };
  });
}
