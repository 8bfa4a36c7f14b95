import type { PythonFacts } from '#shared/pipeline/templates/project-facts.ts';
import type { FolderReader } from './folder-reader.ts';

const REQUIREMENTS = [
  'requirements.txt',
  'requirements-dev.txt',
  'requirements-test.txt',
  'dev-requirements.txt',
  'test-requirements.txt',
];
const EXTRAS = ['test', 'tests', 'dev'];
const LOCK_FILES = ['uv.lock', 'poetry.lock'];
const TEST_FILE = /^(test_.*|.*_test)\.py$/;

/** What a Python project's files say; null where there are none. Read by their words: no file is parsed as a whole. */
export async function readPython(folder: FolderReader): Promise<PythonFacts | null> {
  const pyproject = await folder.text('pyproject.toml');
  const requirements = REQUIREMENTS.filter((file) => folder.has(file));
  const names = await folder.names();
  const hasCode = names.some((name) => name.endsWith('.py'));
  const tests = await testFiles(folder, names);
  if (pyproject === null && requirements.length === 0 && !folder.has('setup.py') && !hasCode) return null;
  const told = [
    pyproject ?? '',
    ...(await Promise.all(
      [...requirements, 'setup.cfg', 'setup.py', 'tox.ini', 'pytest.ini'].map((file) => folder.text(file)),
    )),
  ].join('\n');
  const lockFile = folder.firstOf(...LOCK_FILES);
  const usesPytest = /\bpytest\b/.test(told) || folder.has('pytest.ini') || names.includes('conftest.py');
  return {
    manager: managerOf(lockFile, pyproject ?? ''),
    lockFile,
    requirements,
    isPackage: folder.has('setup.py') || /^\[(project|tool\.poetry)\]/m.test(pyproject ?? ''),
    extras: extrasOf(pyproject ?? ''),
    testRunner: usesPytest ? 'pytest' : tests ? 'unittest' : null,
    usesRuff: /\bruff\b/.test(told) || folder.has('ruff.toml'),
    usesMypy: /\bmypy\b/.test(told) || folder.has('mypy.ini'),
  };
}

async function testFiles(folder: FolderReader, names: readonly string[]): Promise<boolean> {
  const below = await Promise.all(['tests', 'test'].map((name) => folder.names(name)));
  return [...names, ...below.flat()].some((name) => TEST_FILE.test(name));
}

function managerOf(lockFile: string | null, pyproject: string): PythonFacts['manager'] {
  if (lockFile === 'uv.lock' || /^\[tool\.uv\]/m.test(pyproject)) return 'uv';
  if (lockFile === 'poetry.lock' || /^\[tool\.poetry\]/m.test(pyproject)) return 'poetry';
  return 'pip';
}

function extrasOf(pyproject: string): string[] {
  const table = /^\[project\.optional-dependencies\]\s*\n([^]*?)(?=^\[|$(?![^]))/m.exec(pyproject)?.[1] ?? '';
  return EXTRAS.filter((name) => new RegExp(`^${name}\\s*=`, 'm').test(table));
}
