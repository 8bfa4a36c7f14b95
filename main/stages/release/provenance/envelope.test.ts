import { createPublicKey, generateKeyPairSync } from 'node:crypto';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { keyIdOf, openEnvelope, readPrivateKey, signEnvelope } from './envelope.ts';

const { privateKey, publicKey } = generateKeyPairSync('ed25519');

describe('a signed statement', () => {
  it('is opened by the key that signed it alone', () => {
    const text = JSON.stringify(signEnvelope({ a: 1 }, privateKey));
    expect(JSON.parse(openEnvelope(text, publicKey).toString())).toEqual({ a: 1 });
    const other = generateKeyPairSync('ed25519').publicKey;
    expect(() => openEnvelope(text, other)).toThrow(/does not fit/);
    expect(keyIdOf(privateKey)).toBe(keyIdOf(createPublicKey(privateKey)));
  });

  it('is refused whatever byte of its payload was changed', () => {
    const envelope = signEnvelope({ subject: 'shop' }, privateKey);
    const payload = Buffer.from(envelope.payload, 'base64');
    fc.assert(
      fc.property(fc.nat(payload.length - 1), fc.integer({ min: 1, max: 255 }), (at, by) => {
        const changed = Buffer.from(payload);
        changed[at] = (changed[at] ?? 0) ^ by;
        const text = JSON.stringify({ ...envelope, payload: changed.toString('base64') });
        expect(() => openEnvelope(text, publicKey)).toThrow(/does not fit/);
      }),
    );
  });

  it('is refused as any other text', () => {
    fc.assert(
      fc.property(fc.string(), (text) => {
        expect(() => openEnvelope(text, publicKey)).toThrow(/DSSE/);
      }),
    );
  });

  it('is signed by Ed25519 alone, and a key that is none is not shown', () => {
    const rsa = generateKeyPairSync('rsa', { modulusLength: 2048 }).privateKey;
    const pem = String(rsa.export({ type: 'pkcs8', format: 'pem' }));
    expect(() => readPrivateKey(pem)).toThrow('The signing key is no Ed25519 key in PEM.');
    expect(() => readPrivateKey('my-secret')).toThrow(expect.not.stringContaining('my-secret') as string);
  });
});
