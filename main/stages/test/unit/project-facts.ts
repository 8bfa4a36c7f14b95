import { readdir, readFile } from 'node:fs/promises';
import path from 'node:path';
import { z } from 'zod';
import type { KindContext } from '#main/engine/kind-ports.ts';
import { isMissingFile } from '../../tools/missing-file.ts';

/** What the folder of a stage tells about its tests. */
export interface ProjectFacts {
  /** Names of what lies in the folder itself. */
  readonly names: ReadonlySet<string>;
  /** All dependencies of the package and of those around it. */
  readonly packages: ReadonlySet<string>;
  /** The package's `test` script; ''. */
  readonly testScript: string;
  readonly packageKeys: ReadonlySet<string>;
  /** Texts of small configuration files that may speak of a runner; '' for one that is not there. */
  readonly text: (name: string) => string;
}

const record = z.record(z.string(), z.unknown()).catch({});
const packageSchema = z.looseObject({
  scripts: z.looseObject({ test: z.string().catch('') }).catch({ test: '' }),
  dependencies: record,
  devDependencies: record,
});
type PackageFile = z.infer<typeof packageSchema>;

const CONFIG_FILES = ['pyproject.toml', 'setup.cfg', 'tox.ini'];

/** Reads what is needed of the kind's folder and of the packages around it, up to the workspace. */
export async function readProjectFacts({
  cwd,
  workspace,
}: Pick<KindContext, 'cwd' | 'workspace'>): Promise<ProjectFacts> {
  const names = new Set(await readdir(cwd));
  const packages = new Set<string>();
  let own: PackageFile | null = null;
  for (let folder = cwd; ; folder = path.dirname(folder)) {
    const file = await readPackage(path.join(folder, 'package.json'));
    if (folder === cwd) own = file;
    for (const name of Object.keys({ ...file?.dependencies, ...file?.devDependencies })) packages.add(name);
    if (path.relative(workspace, folder) === '' || folder === path.dirname(folder)) break;
  }
  const texts = new Map<string, string>();
  for (const name of CONFIG_FILES) {
    if (names.has(name)) texts.set(name, await readFile(path.join(cwd, name), 'utf8'));
  }
  return {
    names,
    packages,
    testScript: own?.scripts.test ?? '',
    packageKeys: new Set(Object.keys(own ?? {})),
    text: (name) => texts.get(name) ?? '',
  };
}

/** Null: there is none, or npm could not read it either. */
async function readPackage(file: string): Promise<PackageFile | null> {
  let text: string;
  try {
    text = await readFile(file, 'utf8');
  } catch (error) {
    if (isMissingFile(error)) return null;
    throw error;
  }
  try {
    return packageSchema.safeParse(JSON.parse(text)).data ?? null;
  } catch {
    return null;
  }
}

/** Whether one of the names in the folder has such a beginning, as `vitest.config.` has. */
export const hasName = ({ names }: ProjectFacts, start: string): boolean =>
  [...names].some((name) => name.startsWith(start));
