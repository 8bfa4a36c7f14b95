import { createCipheriv, createDecipheriv, randomBytes } from 'node:crypto';
import { z } from 'zod';

const NONCE_BYTES = 12;
const TAG_BYTES = 16;

/** Base64 of a random nonce, the encrypted text and the tag, in this order. */
export const sealedSchema = z.base64().brand<'Sealed'>();
export type Sealed = z.infer<typeof sealedSchema>;

/**
 * Encrypts with AES-256-GCM.
 * @param key 32 bytes
 * @param label what the text is for; it opens under the same label alone
 */
export function seal(key: Buffer, label: string, text: string): Sealed {
  const nonce = randomBytes(NONCE_BYTES);
  const cipher = createCipheriv('aes-256-gcm', key, nonce, { authTagLength: TAG_BYTES });
  cipher.setAAD(Buffer.from(label));
  const bytes = Buffer.concat([nonce, cipher.update(text, 'utf8'), cipher.final(), cipher.getAuthTag()]);
  return sealedSchema.parse(bytes.toString('base64'));
}

/** Null when it was sealed with another key or label, or changed since. */
export function unseal(key: Buffer, label: string, sealed: Sealed): string | null {
  const bytes = Buffer.from(sealed, 'base64');
  if (bytes.length < NONCE_BYTES + TAG_BYTES) return null;
  const decipher = createDecipheriv('aes-256-gcm', key, bytes.subarray(0, NONCE_BYTES), {
    authTagLength: TAG_BYTES,
  });
  decipher.setAAD(Buffer.from(label));
  decipher.setAuthTag(bytes.subarray(-TAG_BYTES));
  const text = decipher.update(bytes.subarray(NONCE_BYTES, -TAG_BYTES));
  try {
    return Buffer.concat([text, decipher.final()]).toString();
  } catch {
    return null;
  }
}
