import { z } from 'zod';
import type { ProjectId } from '#shared/lib/ids.ts';
import type { InputValues } from './input-values.ts';

const schema = z.record(z.string(), z.string());
const keyOf = (projectId: ProjectId, file: string): string => `pipewright.inputs.${projectId}.${file}`;

/** What was given to a pipeline when it was last run from this window. */
export function rememberedInputs(projectId: ProjectId, file: string): InputValues {
  const text = localStorage.getItem(keyOf(projectId, file));
  if (text === null) return {};
  try {
    return schema.parse(JSON.parse(text));
  } catch {
    // Someone else's value: as if there were none.
    return {};
  }
}

export function rememberInputs(projectId: ProjectId, file: string, values: InputValues): void {
  localStorage.setItem(keyOf(projectId, file), JSON.stringify(values));
}
