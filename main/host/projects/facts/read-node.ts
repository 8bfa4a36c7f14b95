import { parse } from 'yaml';
import type { NodeFacts } from '#shared/pipeline/templates/project-facts.ts';
import type { FolderReader } from './folder-reader.ts';

export type Manifest = Readonly<Record<string, unknown>>;

const LOCK_FILES: readonly (readonly [file: string, manager: NodeFacts['manager']])[] = [
  ['pnpm-lock.yaml', 'pnpm'],
  ['yarn.lock', 'yarn'],
  ['bun.lock', 'bun'],
  ['bun.lockb', 'bun'],
  ['package-lock.json', 'npm'],
  ['npm-shrinkwrap.json', 'npm'],
];
/** A test script that is nothing but the runner with options takes further ones. */
const RUNNERS = [
  ['node', /^node( -\S+)*( --test)( [^&|;<>`$]+)?$/],
  ['vitest', /^vitest( run)?( -\S+)*$/],
  ['jest-junit', /^jest( -\S+)*$/],
] as const;
const PLACEHOLDER = /no test specified/;

/** What package.json and its lock file say. */
export async function readNode(folder: FolderReader, manifest: Manifest): Promise<NodeFacts> {
  const scripts = textsOf(manifest['scripts']);
  const test = scripts['test'] ?? '';
  const dependencies = dependenciesOf(manifest);
  const [lockFile = null, locked = null] = LOCK_FILES.find(([file]) => folder.has(file)) ?? [];
  const named = /^(npm|pnpm|yarn|bun)@(\d+)?/.exec(String(manifest['packageManager']));
  const manager = locked ?? (named?.[1] as NodeFacts['manager'] | undefined) ?? 'npm';
  const isBerry = manager === 'yarn' && (folder.has('.yarnrc.yml') || Number(named?.[2] ?? 1) > 1);
  return {
    manager: isBerry ? 'yarn-berry' : manager,
    lockFile,
    hasDependencies: dependencies.length > 0,
    scripts: Object.keys(scripts).filter((name) => name !== 'test' || !PLACEHOLDER.test(test)),
    testRunner: runnerOf(test.trim(), dependencies),
    workspaces: await workspacesOf(folder, manifest),
  };
}

/** The names of all that it depends on, also to develop. */
export const dependenciesOf = (manifest: Manifest): readonly string[] =>
  ['dependencies', 'devDependencies', 'optionalDependencies'].flatMap((key) =>
    Object.keys(textsOf(manifest[key])),
  );

/** The entries of a mapping that are texts. */
export function textsOf(value: unknown): Readonly<Record<string, string>> {
  if (typeof value !== 'object' || value === null) return {};
  const entries = Object.entries(value).filter((entry): entry is [string, string] => {
    return typeof entry[1] === 'string';
  });
  return Object.fromEntries(entries);
}

function runnerOf(test: string, dependencies: readonly string[]): NodeFacts['testRunner'] {
  const runner = RUNNERS.find(([, pattern]) => pattern.test(test))?.[0] ?? null;
  return runner === 'jest-junit' && !dependencies.includes('jest-junit') ? null : runner;
}

async function workspacesOf(folder: FolderReader, manifest: Manifest): Promise<string[]> {
  const { workspaces } = manifest;
  const own = Array.isArray(workspaces) ? workspaces : listIn(workspaces);
  const pnpm = (await folder.text('pnpm-workspace.yaml')) ?? '';
  const globs: readonly unknown[] = own.length > 0 ? own : listIn(readYaml(pnpm));
  return globs.filter(isPlainGlob).map((glob) => glob.replace(/^\.\//, '').replace(/\/$/, ''));
}

function listIn(value: unknown): readonly unknown[] {
  if (typeof value !== 'object' || value === null || !('packages' in value)) return [];
  return Array.isArray(value.packages) ? value.packages : [];
}

/** What a script may name as it is; exclusions are left to whoever edits it. */
const isPlainGlob = (glob: unknown): glob is string =>
  typeof glob === 'string' && /^(?!\.\.)[\w@.*/-]+$/.test(glob) && glob !== '.';

function readYaml(text: string): unknown {
  try {
    return parse(text);
  } catch {
    return null;
  }
}
