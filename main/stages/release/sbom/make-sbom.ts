import { readFile } from 'node:fs/promises';
import path from 'node:path';
import type { KindContext } from '#main/engine/kind-ports.ts';
import { AppError } from '#shared/lib/app-error.ts';
import { NPM } from '../../publish/npm/npm-tool.ts';
import { findTool } from '../../tools/find-tool.ts';
import { requireTool } from '../../tools/require-tool.ts';
import type { Tool } from '../../tools/tool.ts';
import { LOCK_FILES, type LockedPackage } from './lock-files.ts';

export const CYCLONEDX_NPM: Tool = {
  name: 'cyclonedx-npm',
  bins: ['cyclonedx-npm'],
  isNodePackage: true,
  install: 'npm install --save-dev @cyclonedx/cyclonedx-npm',
};

export type SbomSource = 'auto' | 'npm' | 'cyclonedx-npm' | 'lock-files';

export interface MadeSbom {
  /** CycloneDX in JSON. */
  readonly text: string;
  /** For people: what it was made from. */
  readonly from: string;
}

const NPM_LOCKS = ['package-lock.json', 'npm-shrinkwrap.json'];

/**
 * A bill of materials of the folder of a stage, from its lock files: of npm by npm itself, of others as far as they name
 * their packages. Null: there is no lock file.
 * @throws AppError `tool-missing`, `kind-failed`
 */
export async function makeSbom(context: KindContext, source: SbomSource): Promise<MadeSbom | null> {
  const hasNpm = (await Promise.all(NPM_LOCKS.map((file) => read(context, file)))).some(
    (text) => text !== null,
  );
  if (source === 'cyclonedx-npm') return byTool(context, CYCLONEDX_NPM);
  if (source === 'npm' || (source === 'auto' && hasNpm)) {
    const npm = await findTool(context, NPM);
    return byTool(context, npm === null && source === 'auto' ? CYCLONEDX_NPM : NPM);
  }
  return byLockFiles(context);
}

async function byTool(context: KindContext, tool: Tool): Promise<MadeSbom> {
  const { command } = await requireTool(context, [tool], 'make a bill of materials');
  const words =
    tool === NPM
      ? ['sbom', '--sbom-format', 'cyclonedx', '--package-lock-only']
      : ['--package-lock-only', '--output-format', 'JSON', '--output-file', '-'];
  const exit = await context.exec({ argv: [...command, ...words], silent: 'stdout' });
  if (exit.outcome.type !== 'succeeded' || !exit.stdout.includes('CycloneDX')) {
    const said = exit.stderr
      .split('\n')
      .map((line) => line.trim())
      .findLast((line) => line !== '' && !/complete log|debug-0/.test(line));
    throw new AppError(
      'kind-failed',
      `${tool.name} made no bill of materials: ${said?.slice(0, 300) ?? 'it said nothing'}.`,
      {
        hint: 'A package-lock.json that fits the package.json is needed: run `npm install` and commit it.',
      },
    );
  }
  return { text: exit.stdout, from: tool === NPM ? 'npm sbom' : tool.name };
}

async function byLockFiles(context: KindContext): Promise<MadeSbom | null> {
  const packages = new Map<string, LockedPackage>();
  const from: string[] = [];
  for (const { file, read: readLock } of LOCK_FILES) {
    const text = await read(context, file);
    if (text === null) continue;
    from.push(file);
    for (const one of readLock(text)) packages.set(one.purl, one);
  }
  if (from.length === 0) return null;
  const components = [...packages.values()]
    .sort((a, b) => (a.purl < b.purl ? -1 : 1))
    .map(({ name, version, purl }) => ({ type: 'library', 'bom-ref': purl, name, version, purl }));
  const bill = {
    bomFormat: 'CycloneDX',
    specVersion: '1.6',
    version: 1,
    metadata: {
      component: { type: 'application', 'bom-ref': 'project', name: path.basename(context.run.projectDir) },
    },
    components,
  };
  return { text: `${JSON.stringify(bill, null, 2)}\n`, from: from.join(', ') };
}

async function read({ cwd }: KindContext, file: string): Promise<string | null> {
  return readFile(path.join(cwd, file), 'utf8').catch((error: unknown) => {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return null;
    throw error;
  });
}
