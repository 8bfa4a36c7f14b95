import type { NodeFacts, ProjectFacts, PythonFacts } from './project-facts.ts';

/** A folder in which nothing was found. */
export const emptyFolder: ProjectFacts = {
  name: 'Shop',
  platform: 'posix',
  mainBranch: 'main',
  node: null,
  python: null,
  go: null,
  rust: null,
  maven: null,
  gradle: null,
  containerFile: null,
  site: null,
};

export const nodeFacts = (facts: Partial<NodeFacts> = {}): NodeFacts => ({
  manager: 'npm',
  lockFile: 'package-lock.json',
  hasDependencies: true,
  scripts: ['lint', 'test', 'build', 'typecheck', 'test:e2e', 'format:check'],
  testRunner: 'vitest',
  workspaces: [],
  ...facts,
});

export const pythonFacts = (facts: Partial<PythonFacts> = {}): PythonFacts => ({
  manager: 'pip',
  lockFile: null,
  requirements: [],
  isPackage: false,
  extras: [],
  testRunner: 'pytest',
  usesRuff: true,
  usesMypy: true,
  ...facts,
});

/** Projects that differ in what templates look at, by what is particular about them. */
export const FACT_SETS: Readonly<Record<string, Partial<ProjectFacts>>> = {
  'an empty folder': {},
  'a name that YAML would read as something else': { name: '#1: "yes"' },
  'a name without letters': { name: '...' },
  'Windows and another main branch': {
    platform: 'windows',
    mainBranch: 'trunk',
    python: pythonFacts({ requirements: ['requirements.txt'] }),
    maven: { hasWrapper: true },
    gradle: { hasWrapper: true },
  },
  npm: { node: nodeFacts({ testRunner: 'node' }) },
  'npm without a lock file': { node: nodeFacts({ lockFile: null, testRunner: null }) },
  'npm without dependencies': { node: nodeFacts({ lockFile: null, hasDependencies: false }) },
  'package.json without scripts': { node: nodeFacts({ scripts: [] }) },
  'package.json with nothing in it': {
    node: nodeFacts({ scripts: [], lockFile: null, hasDependencies: false }),
  },
  pnpm: { node: nodeFacts({ manager: 'pnpm', lockFile: 'pnpm-lock.yaml' }) },
  yarn: { node: nodeFacts({ manager: 'yarn', lockFile: 'yarn.lock', testRunner: 'jest-junit' }) },
  'a later yarn': { node: nodeFacts({ manager: 'yarn-berry', lockFile: 'yarn.lock' }) },
  bun: { node: nodeFacts({ manager: 'bun', lockFile: 'bun.lock' }) },
  workspaces: { node: nodeFacts({ workspaces: ['packages/*', 'apps/web'] }) },
  'workspaces of yarn': { node: nodeFacts({ manager: 'yarn', workspaces: ['packages/*'] }) },
  Astro: { node: nodeFacts(), site: { tool: 'Astro', command: null, folder: 'dist' } },
  Hugo: { site: { tool: 'Hugo', command: 'hugo --minify', folder: 'public' } },
  'pages of HTML': { site: { tool: 'HTML', command: null, folder: 'public' } },
  'pip with requirements': { python: pythonFacts({ requirements: ['requirements.txt'] }) },
  'a Python package with extras': { python: pythonFacts({ isPackage: true, extras: ['test', 'dev'] }) },
  'Python files alone': { python: pythonFacts({ testRunner: 'unittest', usesRuff: false, usesMypy: false }) },
  uv: { python: pythonFacts({ manager: 'uv', lockFile: 'uv.lock', isPackage: true, testRunner: null }) },
  poetry: { python: pythonFacts({ manager: 'poetry', lockFile: null, testRunner: 'unittest' }) },
  Go: { go: { hasSum: false } },
  'Rust without a lock file': { rust: { hasLock: false } },
  'Maven without a wrapper': { maven: { hasWrapper: false } },
  'Gradle without a wrapper': { gradle: { hasWrapper: false } },
  'a Containerfile': { containerFile: 'Containerfile' },
};
