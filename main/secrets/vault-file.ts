import fs from 'node:fs/promises';
import { z } from 'zod';
import { AppError } from '#shared/lib/app-error.ts';
import type { ProjectId } from '#shared/lib/ids.ts';
import { sealedSchema } from './seal.ts';

const FORMAT = 1;

const projectId = z.string().transform((text) => text as ProjectId);
const scopeSchema = z.discriminatedUnion('type', [
  z.object({ type: z.literal('global') }),
  z.object({ type: z.literal('project'), projectId }),
  z.object({ type: z.literal('environment'), projectId, environment: z.string() }),
]);

const storedSecretSchema = z.object({
  name: z.string(),
  scope: scopeSchema,
  /** ISO 8601. */
  updatedAt: z.string(),
  value: sealedSchema,
});
export type StoredSecret = z.infer<typeof storedSecretSchema>;

const vaultFileSchema = z.object({
  format: z.literal(FORMAT),
  salt: z.base64(),
  /** A known text: it tells a wrong key from a changed value. Null while no key has been used. */
  keyCheck: sealedSchema.nullable(),
  secrets: z.array(storedSecretSchema),
});
/** The file as it is; `secrets.json` of a data folder. */
export type VaultFile = z.infer<typeof vaultFileSchema>;

/** Null when there is none. @throws AppError `vault-unreadable` */
export async function readVaultFile(file: string): Promise<VaultFile | null> {
  let text: string;
  try {
    text = await fs.readFile(file, 'utf8');
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return null;
    throw unreadable(`The secrets in ${file} cannot be read.`, 'Make the file readable for you.', error);
  }
  let json: unknown;
  try {
    json = JSON.parse(text);
  } catch {
    throw damaged(file);
  }
  const newer = z.object({ format: z.number().int().gt(FORMAT) }).safeParse(json);
  if (newer.success)
    throw unreadable(`${file} was written by a newer Pipewright.`, 'Use that one; nothing was changed.');
  const parsed = vaultFileSchema.safeParse(json);
  if (!parsed.success) throw damaged(file);
  return parsed.data;
}

export function vaultFileText(vault: VaultFile): string {
  return `${JSON.stringify(vault, null, 2)}\n`;
}

function damaged(file: string): AppError {
  return unreadable(
    `${file} is damaged; it was left as it is.`,
    'Put a copy of it back, or remove it and set the secrets again.',
  );
}

function unreadable(message: string, hint: string, cause?: unknown): AppError {
  return new AppError('vault-unreadable', message, { hint, ...(cause === undefined ? {} : { cause }) });
}
