import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { signBody, verifySignature } from '../../../src/sources/webhook/verify-signature.ts';

const bytes = (text: string) => new TextEncoder().encode(text);
const secret = 'test-secret-of-24-characters';
const body = bytes('{"items":[]}');
const timestamp = '1790000000';
const now = new Date(1_790_000_000_000);
const secrets = new Map([['crm', ['an-older-secret-of-32-characters', secret]]]);
const signed = { source: 'crm', timestamp, signature: signBody(secret, timestamp, body), body };
const verdictOf = (changed: Partial<typeof signed>, at = now) =>
  verifySignature({ ...signed, ...changed }, secrets, at).kind;

describe('the signature of an event', () => {
  it('is HMAC-SHA256 over version, timestamp and body, as openssl computes it', () => {
    // printf 'v1:1790000000:{"items":[]}' | openssl dgst -sha256 -hmac 'test-secret-of-24-characters'
    const hex = '39a93a245e6ad72e5d3eef425797087e2503028c1e0271f56ea19c910bab4faa';
    expect(signed.signature).toBe(`v1=${hex}`);
    expect(verifySignature(signed, secrets, now)).toEqual({ kind: 'signed', source: 'crm', signature: hex });
  });

  it('is taken with every secret of its source, and with one of several signatures', () => {
    const old = signBody('an-older-secret-of-32-characters', timestamp, body);
    expect(verdictOf({ signature: old })).toBe('signed');
    expect(
      verdictOf({ signature: `v2=abc, v1=${'0'.repeat(64)}, ${old.toUpperCase().replace('V1', 'v1')}` }),
    ).toBe('signed');
  });

  it('is refused alike for an unknown source, another secret, another body and another time', () => {
    expect(verdictOf({ source: 'nobody' })).toBe('wrong');
    expect(verdictOf({ source: 'nobody', signature: signBody('0'.repeat(32), timestamp, body) })).toBe(
      'wrong',
    );
    expect(verdictOf({ signature: signBody('another-secret-of-24-chars', timestamp, body) })).toBe('wrong');
    expect(verdictOf({ body: bytes('{"items":[] }') })).toBe('wrong');
    expect(verdictOf({ timestamp: '1790000001' })).toBe('wrong');
  });

  it('holds for five minutes before and after its time', () => {
    const off = (seconds: number) => new Date(now.getTime() + seconds * 1000);
    expect([-301, -300, 300, 301].map((seconds) => verdictOf({}, off(seconds)))).toEqual([
      'stale',
      'signed',
      'signed',
      'stale',
    ]);
  });

  it('names the header that is missing or malformed', () => {
    const headerOf = (changed: object) => verifySignature({ ...signed, ...changed }, secrets, now);
    expect(headerOf({ source: 'CRM one' })).toEqual({ kind: 'unsigned', header: 'X-Heed-Source' });
    expect(headerOf({ timestamp: '2026-09-21' })).toEqual({ kind: 'unsigned', header: 'X-Heed-Timestamp' });
    expect(headerOf({ signature: 'v1=abc' })).toEqual({ kind: 'unsigned', header: 'X-Heed-Signature' });
    expect(headerOf({ signature: null })).toEqual({ kind: 'unsigned', header: 'X-Heed-Signature' });
  });

  it('fits no other bytes', () => {
    fc.assert(
      fc.property(
        fc.uint8Array({ maxLength: 200 }),
        fc.nat(),
        fc.integer({ min: 1, max: 255 }),
        (any, at, flip) => {
          const request = { ...signed, body: any, signature: signBody(secret, timestamp, any) };
          expect(verifySignature(request, secrets, now).kind).toBe('signed');
          const other =
            any.length === 0
              ? Uint8Array.of(flip)
              : any.map((one, i) => (i === at % any.length ? one ^ flip : one));
          expect(verifySignature({ ...request, body: other }, secrets, now).kind).toBe('wrong');
        },
      ),
    );
  });
});
