import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { z } from 'zod';
import type { KindContext } from '#main/engine/kind-ports.ts';
import { AppError } from '#shared/lib/app-error.ts';

const ranges = z.record(z.string(), z.string()).optional();
const packageSchema = z.object({
  dependencies: ranges,
  devDependencies: ranges,
  optionalDependencies: ranges,
});

/** The names of the packages that the package.json of the kind's folder asks for. @throws AppError `kind-failed` */
export async function namedDependencies({ cwd }: Pick<KindContext, 'cwd'>): Promise<string[]> {
  let text: string;
  try {
    text = await readFile(path.join(cwd, 'package.json'), 'utf8');
  } catch (error) {
    throw new AppError('kind-failed', 'There is no package.json in the folder of the stage.', {
      hint: 'Say where it is in `working-directory`.',
      cause: error,
    });
  }
  try {
    const { dependencies, devDependencies, optionalDependencies } = packageSchema.parse(JSON.parse(text));
    return [...new Set(Object.keys({ ...dependencies, ...devDependencies, ...optionalDependencies }))];
  } catch (error) {
    throw new AppError('kind-failed', 'The package.json of the stage cannot be read.', { cause: error });
  }
}
