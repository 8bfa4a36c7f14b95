import { createHash, createPrivateKey, createPublicKey, type KeyObject, sign, verify } from 'node:crypto';
import { z } from 'zod';
import { AppError } from '#shared/lib/app-error.ts';

/** A signed statement, by the DSSE specification. */
const envelopeSchema = z.object({
  payloadType: z.literal('application/vnd.in-toto+json'),
  /** Base64. */
  payload: z.string(),
  signatures: z.array(z.object({ keyid: z.string().optional(), sig: z.string() })).min(1),
});
export type Envelope = z.infer<typeof envelopeSchema>;

const TYPE = 'application/vnd.in-toto+json';

/** What is signed: the type and the payload with their lengths, so that neither can pass for the other. */
function preAuthEncoding(payload: Uint8Array): Buffer {
  return Buffer.concat([Buffer.from(`DSSEv1 ${TYPE.length} ${TYPE} ${payload.length} `), payload]);
}

/** SHA-256 of a public key (its SPKI in DER), which names it. */
export function keyIdOf(key: KeyObject): string {
  const spki = createPublicKey(
    key.type === 'private'
      ? key.export({ type: 'pkcs8', format: 'pem' })
      : key.export({ type: 'spki', format: 'pem' }),
  );
  return createHash('sha256')
    .update(spki.export({ type: 'spki', format: 'der' }))
    .digest('hex');
}

export function signEnvelope(statement: unknown, key: KeyObject): Envelope {
  const payload = Buffer.from(JSON.stringify(statement));
  const sig = sign(null, preAuthEncoding(payload), key).toString('base64');
  return {
    payloadType: TYPE,
    payload: payload.toString('base64'),
    signatures: [{ keyid: keyIdOf(key), sig }],
  };
}

/**
 * The payload, if a signature of this key is on it.
 * @throws AppError `usage` when it is no envelope, or no signature fits: it was changed, or another key signed it
 */
export function openEnvelope(text: string, key: KeyObject): Buffer {
  const envelope = readEnvelope(text);
  const payload = Buffer.from(envelope.payload, 'base64');
  const signed = preAuthEncoding(payload);
  const fits = envelope.signatures.some(({ sig }) => verify(null, signed, key, Buffer.from(sig, 'base64')));
  if (fits) return payload;
  throw new AppError(
    'usage',
    'The signature does not fit: the statement was changed, or another key signed it.',
    {
      hint: `It was to be signed by the key ${keyIdOf(key).slice(0, 16)}….`,
    },
  );
}

function readEnvelope(text: string): Envelope {
  try {
    return envelopeSchema.parse(JSON.parse(text));
  } catch (error) {
    throw new AppError('usage', 'This is no signed in-toto statement (a DSSE envelope).', { cause: error });
  }
}

/** @param pem of an Ed25519 key. @throws AppError `usage`, without a word of the key */
export function readPrivateKey(pem: string): KeyObject {
  return readKey(() => createPrivateKey(pem), 'The signing key');
}

/** @throws AppError `usage` */
export function readPublicKey(pem: string): KeyObject {
  return readKey(() => createPublicKey(pem), 'The public key');
}

function readKey(read: () => KeyObject, what: string): KeyObject {
  let key: KeyObject | null = null;
  try {
    key = read();
  } catch {
    // What OpenSSL says may hold a piece of it.
  }
  if (key?.asymmetricKeyType === 'ed25519') return key;
  throw new AppError('usage', `${what} is no Ed25519 key in PEM.`, {
    hint: 'Make one with `openssl genpkey -algorithm ed25519`.',
  });
}
