import { asOperand } from '../name-pattern.ts';
import type { Runner, WantedCase } from '../runner.ts';

export const pytestRunner: Runner = {
  tool: { name: 'pytest', bins: ['pytest', 'pytest-3', 'py.test'], install: 'pip install pytest' },
  fits: ({ names, text }) =>
    ['pytest.ini', 'conftest.py', '.pytest.ini'].some((name) => names.has(name)) ||
    text('pyproject.toml').includes('[tool.pytest') ||
    text('setup.cfg').includes('[tool:pytest]') ||
    text('tox.ini').includes('[pytest]') ||
    [...names].some((name) => /^test_.*\.py$|_test\.py$/.test(name)),
  argv: ({ scratch, files, cases, withCoverage, args }) => [
    `--junitxml=${scratch('tests.xml')}`,
    // The older form tells the file of each test.
    '-o',
    'junit_family=xunit1',
    ...(withCoverage ? ['--cov=.', '--cov-branch', `--cov-report=lcov:${scratch('lcov.info')}`] : []),
    ...args,
    ...(cases.length > 0 ? nodeIds(cases, files) : files.map(asOperand)),
  ],
  env: ({ scratch }) => ({ COVERAGE_FILE: scratch('.coverage') }),
  results: { type: 'scratch', file: 'tests.xml' },
  coverage: {
    from: 'scratch',
    globs: ['lcov.info'],
    needs: { help: '--cov=', install: 'pip install pytest-cov' },
  },
  files: { globs: ['**/test_*.py', '**/*_test.py'] },
  canRerun: true,
};

/** `tests/test_a.py::TestX::test_y`; of a test without a file, all files. */
function nodeIds(cases: readonly WantedCase[], files: readonly string[]): readonly string[] {
  const ids: string[] = [];
  for (const { file, classname, name } of cases) {
    if (file === null) return files.map(asOperand);
    const module = file.replace(/\.py$/, '').replaceAll('/', '.');
    const inside = classname?.startsWith(module) === true ? classname.slice(module.length) : '';
    ids.push(asOperand([file, ...inside.split('.').filter((part) => part !== ''), name].join('::')));
  }
  return ids;
}
