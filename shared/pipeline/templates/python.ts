import { block, type Line, pipelineText, type StageText } from './pipeline-text.ts';
import type { ProjectFacts, PythonFacts } from './project-facts.ts';
import type { PipelineTemplate } from './template.ts';

const DEFAULTS: PythonFacts = {
  manager: 'pip',
  lockFile: null,
  requirements: ['requirements.txt'],
  isPackage: false,
  extras: [],
  testRunner: 'pytest',
  usesRuff: false,
  usesMypy: false,
};

export const pythonTemplate: PipelineTemplate = {
  id: 'python',
  title: 'Python',
  summary: 'Installs into an environment of its own, checks and tests; builds a package if there is one.',
  keywords: ['pip', 'uv', 'poetry', 'pytest', 'django', 'flask'],
  rank: 1,
  reason({ python }) {
    if (python === null) return null;
    const { isPackage, lockFile, requirements, testRunner } = python;
    const files = [isPackage && 'a Python package', ...requirements, lockFile, testRunner];
    return files.filter((word) => typeof word === 'string').join(', ') || 'Python files';
  },
  write(facts) {
    const python = facts.python ?? DEFAULTS;
    return pipelineText({
      about: [
        hasOwnPackages(python)
          ? 'Checks and tests the project, whatever Python packages the machine has installed.'
          : 'Checks and tests the project with the Python packages that the machine has installed.',
      ],
      name: facts.name,
      head: ['timeout: 30m', ...pythonHead(facts)],
      stages: pythonStages(facts),
    });
  },
};

/** What of a file besides its stages these stand on. */
export function pythonHead(facts: ProjectFacts): readonly Line[] {
  return usesVenv(facts.python ?? DEFAULTS) ? venvVars(facts) : [];
}

const usesVenv = ({ manager, requirements, isPackage }: PythonFacts): boolean =>
  manager === 'pip' && (requirements.length > 0 || isPackage);

const hasOwnPackages = (python: PythonFacts): boolean => python.manager !== 'pip' || usesVenv(python);

const venvVars = ({ platform }: ProjectFacts): readonly Line[] =>
  platform === 'windows'
    ? ['vars:', '  # Elsewhere than on Windows: .venv/bin/python', '  python: .venv/Scripts/python']
    : ['vars:', '  # On Windows: .venv/Scripts/python', '  python: .venv/bin/python'];

/** What can be checked, tested and built. Never empty. */
export function pythonStages(facts: ProjectFacts): readonly StageText[] {
  const python = facts.python ?? DEFAULTS;
  const install = installStage(facts, python);
  const needs = install === null ? [] : ['install'];
  const tool = (words: string): string => `${runner(facts, python)}${words}`;
  const stages: readonly (StageText | null)[] = [
    install,
    python.usesRuff
      ? {
          id: 'lint',
          needs,
          lines: [`run: ${tool('ruff check .')}`, 'timeout: 5m'],
        }
      : null,
    python.usesMypy ? { id: 'types', needs, lines: [`run: ${tool('mypy .')}`, 'timeout: 10m'] } : null,
    unitStage(python, needs, tool),
    python.isPackage ? packageStage(python, needs, tool) : null,
  ];
  return stages.filter((stage) => stage !== null);
}

function runner(facts: ProjectFacts, python: PythonFacts): string {
  if (python.manager !== 'pip') return `${python.manager} run `;
  if (usesVenv(python)) return `${VENV_PYTHON} -m `;
  return `${systemPython(facts)} -m `;
}

const VENV_PYTHON = '${{ vars.python }}';

const systemPython = ({ platform }: ProjectFacts): string => (platform === 'windows' ? 'python' : 'python3');

function installStage(facts: ProjectFacts, python: PythonFacts): StageText | null {
  const { manager, lockFile } = python;
  const cache = (key: string, files: readonly string[], paths: string): readonly string[] =>
    block('cache', [
      `key: ${key}-\${{ hashFiles(${files.map((file) => `'${file}'`).join(', ')}) }}`,
      `restore-keys: [${key}-]`,
      `paths: ${paths}`,
    ]);
  const keyFiles = [lockFile ?? 'pyproject.toml'];
  switch (manager) {
    case 'uv':
      return {
        id: 'install',
        lines: [
          `run: uv sync${lockFile === null ? '' : ' --locked'} --all-groups`,
          ...block('env', ['UV_CACHE_DIR: .uv-cache']),
          'timeout: 10m',
          ...cache('uv', keyFiles, '.uv-cache'),
        ],
      };
    case 'poetry':
      return {
        id: 'install',
        lines: [
          'run: poetry install --no-interaction',
          ...block('env', ['POETRY_VIRTUALENVS_IN_PROJECT: true', 'POETRY_CACHE_DIR: .poetry-cache']),
          'timeout: 10m',
          ...cache('poetry', keyFiles, '.poetry-cache'),
        ],
      };
    case 'pip': {
      if (!usesVenv(python)) return null;
      const { requirements, isPackage, extras } = python;
      const self = isPackage ? [`-e ".${extras.length === 0 ? '' : `[${extras.join(',')}]`}"`] : [];
      const wanted = [...requirements.map((file) => `-r ${file}`), ...self].join(' ');
      const files = requirements.length > 0 ? requirements : ['pyproject.toml', 'setup.py', 'setup.cfg'];
      return {
        id: 'install',
        about: ['An environment of the run; what pip downloads is kept from run to run.'],
        lines: [
          'run: |',
          `  ${systemPython(facts)} -m venv .venv`,
          `  ${VENV_PYTHON} -m pip install --cache-dir .pip-cache ${wanted}`,
          'timeout: 10m',
          ...cache('pip', files, '.pip-cache'),
        ],
      };
    }
  }
}

function unitStage(
  { manager, testRunner }: PythonFacts,
  needs: readonly string[],
  tool: (words: string) => string,
): StageText {
  const isPytest = testRunner !== 'unittest';
  const unittest = tool(`${manager === 'pip' ? '' : 'python -m '}unittest discover`);
  return {
    id: 'unit',
    about: [
      testRunner === null && 'No tests were found: pytest fails until there is one.',
      !isPytest && 'pytest runs the same tests and writes JUnit XML, with which each test is shown.',
    ],
    needs,
    lines: [
      'uses: test.unit',
      ...block('with', [
        `command: ${isPytest ? tool('pytest --junitxml=reports/unit.xml') : unittest}`,
        isPytest && 'junit: reports/unit.xml',
      ]),
      'timeout: 15m',
    ],
  };
}

function packageStage(
  { manager }: PythonFacts,
  needs: readonly string[],
  tool: (words: string) => string,
): StageText {
  const build = manager === 'pip' ? tool('pip wheel --no-deps --wheel-dir dist .') : `${manager} build`;
  return {
    id: 'package',
    needs: [...needs, 'unit'].slice(-1),
    lines: [
      `run: ${build}`,
      'timeout: 10m',
      ...block('artifacts', ['name: package', 'paths: dist/*', 'if-no-files-found: error']),
    ],
  };
}
