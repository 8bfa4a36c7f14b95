import { readdir } from 'node:fs/promises';
import type { KindContext } from '#main/engine/kind-ports.ts';
import { AppError } from '#shared/lib/app-error.ts';

/**
 * The first row of which a file lies in the stage's folder.
 * @param purpose what it is for, after "to": `compile it`
 * @param rows by name, each with the names of its files
 * @throws AppError `kind-failed` when none is there
 */
export async function rowByMarks<Name extends string>(
  { cwd, stage }: Pick<KindContext, 'cwd' | 'stage'>,
  rows: Readonly<Record<Name, { readonly marks: readonly string[] }>>,
  purpose: string,
): Promise<Name> {
  const files = new Set(await readdir(cwd));
  const names = Object.keys(rows) as Name[];
  const name = names.find((one) => rows[one].marks.some((mark) => files.has(mark)));
  if (name !== undefined) return name;
  const marks = names.flatMap((one) => rows[one].marks.slice(0, 1)).join(', ');
  throw new AppError('kind-failed', `Nothing in ${stage}'s folder tells which tool is to ${purpose}.`, {
    hint: `One of ${marks} is looked for; or say which in \`tool\`: ${names.join(', ')}.`,
  });
}
