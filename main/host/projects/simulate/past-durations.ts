import { existsSync } from 'node:fs';
import path from 'node:path';
import { DATABASE_FILE } from '#main/store/open-database.ts';
import { openStore } from '#main/store/open-store.ts';
import { projectIdOfDir } from '#main/store/project-id.ts';
import { AppError } from '#shared/lib/app-error.ts';

/**
 * How long the stages of a pipeline took in past runs, for one who has no host. Makes no data folder where there is none;
 * one that cannot be read is as good as none, since nothing but an estimate hangs on it.
 */
export function pastDurations(
  dataDir: string,
  projectDir: string,
  pipelineFile: string,
): Readonly<Record<string, number>> {
  if (!existsSync(path.join(dataDir, DATABASE_FILE))) return {};
  try {
    const store = openStore(dataDir, Date.now, true);
    try {
      return store.stageDurations.expected(projectIdOfDir(projectDir), pipelineFile);
    } finally {
      store.close();
    }
  } catch (error) {
    if (error instanceof AppError) return {};
    throw error;
  }
}
