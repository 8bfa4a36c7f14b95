import { z } from 'zod';
import { AppError } from '#shared/lib/app-error.ts';
import type { ArtifactSummary } from '#shared/run/events.ts';
import type { Blobs } from './blobs.ts';

export const EXECUTABLE_MODE = 0o755;
export const PLAIN_MODE = 0o644;

const manifestSchema = z.strictObject({
  files: z.array(
    z.strictObject({
      path: z.string(),
      sizeBytes: z.number().int().min(0),
      sha256: z.string().regex(/^[0-9a-f]{64}$/),
      /** Only whether a file may be executed is kept, so that equal content has an equal hash whatever the umask. */
      mode: z.literal([EXECUTABLE_MODE, PLAIN_MODE]),
    }),
  ),
});

/** What an artifact consists of. Paths are relative, with forward slashes; whoever writes them to disk checks them. */
export type Manifest = z.infer<typeof manifestSchema>;
export type ManifestFile = Manifest['files'][number];

/** The one text of a manifest: keys in a fixed order, files by path (UTF-16 code units). Its hash names the artifact. */
export function serializeManifest(files: readonly ManifestFile[]): string {
  const sorted = files.toSorted((a, b) => (a.path < b.path ? -1 : a.path > b.path ? 1 : 0));
  return JSON.stringify({
    files: sorted.map(({ path, sizeBytes, sha256, mode }) => ({ path, sizeBytes, sha256, mode })),
  });
}

/** Stores a manifest whose files' content is stored already. */
export async function storeManifest(
  blobs: Blobs,
  name: string,
  files: readonly ManifestFile[],
): Promise<ArtifactSummary> {
  const { sha256 } = await blobs.putBytes(Buffer.from(serializeManifest(files)));
  const sizeBytes = files.reduce((sum, file) => sum + file.sizeBytes, 0);
  return { name, sizeBytes, sha256, fileCount: files.length };
}

/** @throws AppError `blob-corrupt`, `artifact-not-found` */
export async function readManifest(blobs: Blobs, sha256: string): Promise<Manifest> {
  const { bytes } = await blobs.read(sha256);
  try {
    return manifestSchema.parse(JSON.parse(bytes.toString()));
  } catch (error) {
    throw new AppError('blob-corrupt', `The stored content ${sha256} is no list of an artifact's files.`, {
      cause: error,
    });
  }
}
