import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Plan } from '../../../src/query/metric-query.ts';
import { packagePath } from '../../../src/toolkit/package-root.ts';
import { type BedrockReply, type BedrockServer, startBedrockServer } from '../../fakes/bedrock-server.ts';
import { smallCatalogue } from './small-catalogue.ts';
import { aPlanner, aRequest, useTestCredentials } from './support.ts';

/** One file of `fixtures/bedrock`: what is asked, what goes over the wire, and what comes of it. */
interface Exchange {
  readonly about: string;
  readonly question: string;
  readonly guardrail?: { readonly id: string; readonly version: string };
  readonly exchanges: {
    request: { method: string; path: string; headers: Record<string, string>; body: unknown };
    readonly response: {
      readonly status: number;
      readonly headers: Readonly<Record<string, string>>;
      readonly body: unknown;
    };
  }[];
  readonly plan: Plan;
}

const folder = packagePath('fixtures', 'bedrock');
const files = readdirSync(folder).filter((file) => file.endsWith('.json'));

let server: BedrockServer;
beforeAll(async () => {
  useTestCredentials();
  server = await startBedrockServer();
});
afterAll(() => server.close());

function replyOf({ response }: Exchange['exchanges'][number]): BedrockReply {
  const errorType = response.headers['x-amzn-errortype'];
  return { kind: 'json', status: response.status, body: response.body, ...(errorType ? { errorType } : {}) };
}

async function replay(exchange: Exchange) {
  server.script(...exchange.exchanges.map(replyOf));
  const { question, guardrail } = exchange;
  const planner = aPlanner({ endpoint: server.url, ...(guardrail ? { guardrail } : {}) });
  const planned = await planner.plan(aRequest({ question, catalogue: smallCatalogue }));
  const sent = server.requests.map(({ method, path, headers, body }) => ({
    method,
    path,
    headers: { 'content-type': headers['content-type'] ?? '' },
    body,
  }));
  return { planned, sent };
}

describe('the exchanges on file', () => {
  it('show a plan, a repair, a question back, a refusal, a guardrail and an error', () => {
    expect(files.length).toBeGreaterThanOrEqual(6);
  });

  // HEED_WRITE_FIXTURES=1 writes what is sent after the prompt, the contract or the catalogue's text changed.
  it.each(files)('%s is what the client really sends and understands', async (file) => {
    const path = `${folder}/${file}`;
    const exchange = JSON.parse(readFileSync(path, 'utf8')) as Exchange;
    const { planned, sent } = await replay(exchange);
    if (process.env['HEED_WRITE_FIXTURES'] === '1') {
      for (const [index, one] of exchange.exchanges.entries()) one.request = sent[index] ?? one.request;
      writeFileSync(path, `${JSON.stringify(exchange, null, 2)}\n`);
    }
    expect(sent).toStrictEqual(exchange.exchanges.map(({ request }) => request));
    expect(planned.plan).toStrictEqual(exchange.plan);
  });
});
