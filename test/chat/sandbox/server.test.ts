import { request } from 'node:http';
import { createServer } from 'node:net';
import { describe, expect, it } from 'vitest';
import { createSandbox } from '../../../src/chat/sandbox/index.ts';
import { aClient, aWorld, tinyPng } from './support.ts';

describe('the server', () => {
  it('gives its page and its control to this machine only, whatever name points at it', async () => {
    const { sandbox } = await aWorld();
    const ask = (path: string, host: string): Promise<number | undefined> =>
      new Promise((resolve, reject) => {
        const { port } = new URL(sandbox.url);
        request({ host: '127.0.0.1', port, path, headers: { Host: host } }, (response) => {
          response.resume();
          resolve(response.statusCode);
        })
          .on('error', reject)
          .end();
      });
    expect(await ask('/_control/log', 'rebound.example')).toBe(403);
    expect(await ask('/page/state', 'rebound.example:4010')).toBe(403);
    expect(await ask('/page/state', 'localhost:4010')).toBe(200);
  });

  it('sends its page with rules that let nothing in from elsewhere, and no file from outside of its folder', async () => {
    const { sandbox } = await aWorld();
    const page = await fetch(sandbox.url);
    expect(page.headers.get('content-security-policy')).toContain("default-src 'none'; script-src 'self'");
    expect(await page.text()).toContain('<script type="module" src="/page/page.js">');
    expect((await fetch(`${sandbox.url}/page/fonts/400.woff2`)).headers.get('content-type')).toBe(
      'font/woff2',
    );
    for (const path of [
      '/page/..%2f..%2fpackage.json',
      '/page/page.html',
      '/page/fonts/100.woff2',
      '/nothing',
    ])
      expect((await fetch(`${sandbox.url}${path}`)).status).toBe(404);
  });

  it('hands an uploaded file to the holder of the token', async () => {
    const { sandbox } = await aWorld();
    const client = aClient(sandbox);
    const uploaded = await client.filesUploadV2({ file: tinyPng, filename: 'a chart.png' });
    const { file } = await client.files.info({ file: uploaded.files[0]?.files?.[0]?.id ?? '' });
    const address = file?.url_private ?? '';
    expect((await fetch(address)).status).toBe(403);
    const held = await fetch(address, { headers: { Authorization: `Bearer ${sandbox.botToken}` } });
    expect(Buffer.from(await held.arrayBuffer()).equals(tinyPng)).toBe(true);
  });

  it('takes an upload as raw bytes and refuses one of another length than announced', async () => {
    const { sandbox } = await aWorld();
    const client = aClient(sandbox);
    const announce = async () =>
      (await client.files.getUploadURLExternal({ filename: 'a.png', length: tinyPng.length })).upload_url ??
      '';
    const send = async (body: Buffer) =>
      (await fetch(await announce(), { method: 'POST', body: new Uint8Array(body) })).status;
    expect(await send(tinyPng)).toBe(200);
    expect(await send(tinyPng.subarray(1))).toBe(400);
  });

  it('refuses a socket without a ticket, and the same ticket twice', async () => {
    const { sandbox } = await aWorld();
    const { url = '' } = await aClient(sandbox, sandbox.appToken).apps.connections.open();
    const knock = (path: string): Promise<number | undefined> =>
      new Promise((resolve, reject) => {
        const { port } = new URL(sandbox.url);
        const headers = {
          Connection: 'Upgrade',
          Upgrade: 'websocket',
          'Sec-WebSocket-Version': '13',
          'Sec-WebSocket-Key': 'dGhlIHNhbXBsZSBub25jZQ==',
        };
        request({ host: '127.0.0.1', port, path, headers })
          .on('upgrade', (response, socket) => {
            socket.destroy();
            resolve(response.statusCode);
          })
          .on('response', (response) => resolve(response.statusCode))
          .on('error', reject)
          .end();
      });
    const { pathname, search } = new URL(url);
    expect(await knock(pathname + search)).toBe(101);
    expect(await knock(pathname + search)).toBe(403);
    expect(await knock('/socket-mode')).toBe(403);
  });

  it('rejects when its port is taken', async () => {
    const other = createServer();
    const port = await new Promise<number>((resolve) => {
      other.listen(0, '127.0.0.1', () => resolve((other.address() as { port: number }).port));
    });
    await expect(createSandbox({ port })).rejects.toMatchObject({ code: 'EADDRINUSE' });
    await new Promise((resolve) => other.close(resolve));
  });
});
