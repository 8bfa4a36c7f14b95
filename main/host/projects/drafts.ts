import { createHash } from 'node:crypto';
import { mkdir, readFile, rm } from 'node:fs/promises';
import path from 'node:path';
import { replaceFile } from '#main/secrets/replace-file.ts';
import { type Draft, draftSchema } from '#shared/api/source-schemas.ts';
import { systemErrorCode } from '#shared/lib/system-error.ts';
import type { ProjectId } from '#shared/lib/ids.ts';

/** Text of pipeline files that nobody has saved yet; kept in the data folder, for its user alone. */
export interface Drafts {
  /** Null when there is none. */
  read(projectId: ProjectId, file: string): Promise<Draft | null>;
  write(projectId: ProjectId, file: string, draft: Draft): Promise<void>;
  remove(projectId: ProjectId, file: string): Promise<void>;
}

export function createDrafts(dataDir: string): Drafts {
  const placeOf = (projectId: ProjectId, file: string): string => {
    const name = createHash('sha256').update(file).digest('hex').slice(0, 32);
    return path.join(dataDir, 'drafts', projectId, `${name}.json`);
  };
  return {
    async read(projectId, file) {
      const text = await readFile(placeOf(projectId, file), 'utf8').catch(ifThere);
      if (text === null) return null;
      return draftSchema.safeParse(parsed(text)).data ?? null;
    },
    async write(projectId, file, draft) {
      const place = placeOf(projectId, file);
      await mkdir(path.dirname(place), { recursive: true });
      await replaceFile(place, JSON.stringify({ file, ...draft }));
    },
    remove: (projectId, file) => rm(placeOf(projectId, file), { force: true }),
  };
}

function ifThere(error: unknown): null {
  if (systemErrorCode(error) === 'ENOENT') return null;
  throw error;
}

/** Undefined for what another version, or a failing disk, has left there. */
function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
