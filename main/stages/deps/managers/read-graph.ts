import type { KindContext, ToolExit } from '#main/engine/kind-ports.ts';
import { AppError } from '#shared/lib/app-error.ts';
import { requireTool } from '../../tools/require-tool.ts';
import type { Tool } from '../../tools/tool.ts';
import type { DependencyGraph } from '../dependency-graph.ts';
import { readNpmTree } from '../npm/npm-tree.ts';
import { NPM, runNpm } from '../npm/run-npm.ts';
import { readCargoMetadata } from './cargo-graph.ts';
import { readGoModules } from './go-graph.ts';
import { readMavenTree } from './maven-graph.ts';

interface Manager {
  readonly tool: Tool;
  /** Files of which one tells that a project uses it. */
  readonly marks: readonly string[];
  readonly read: (context: KindContext) => Promise<DependencyGraph>;
}

const PURPOSE = 'list the dependencies';
const CARGO: Tool = { name: 'cargo', bins: ['cargo'], install: 'see rustup.rs, or apt install cargo' };
const GO: Tool = {
  ...{ name: 'go', bins: ['go'], versionArgs: ['version'] },
  install: 'apt install golang-go, or see go.dev',
};
export const MVN: Tool = { name: 'mvn', bins: ['mvnw', 'mvn'], install: 'apt install maven' };

/** Who resolves dependencies, in the order in which a project is asked. */
export const MANAGERS = {
  npm: {
    tool: NPM,
    marks: ['package.json'],
    async read(context) {
      const options = { purpose: PURPOSE, mayFail: ['ELSPROBLEMS'] };
      return readNpmTree((await runNpm(context, ['ls', '--all', '--long'], options)).json);
    },
  },
  cargo: {
    tool: CARGO,
    marks: ['Cargo.toml'],
    read: async (context) =>
      readCargoMetadata(await outputOf(context, CARGO, ['metadata', '--format-version', '1'])),
  },
  go: {
    tool: GO,
    marks: ['go.mod'],
    async read(context) {
      const list = await outputOf(context, GO, ['list', '-m', '-json', 'all']);
      return readGoModules(list, await outputOf(context, GO, ['mod', 'graph']));
    },
  },
  mvn: {
    tool: MVN,
    marks: ['pom.xml'],
    read: async (context) => readMavenTree(await outputOf(context, MVN, ['--batch-mode', 'dependency:tree'])),
  },
} as const satisfies Record<string, Manager>;

export type ManagerName = keyof typeof MANAGERS;
export const MANAGER_NAMES = Object.keys(MANAGERS) as [ManagerName, ...ManagerName[]];

async function outputOf(context: KindContext, tool: Tool, args: readonly string[]): Promise<string> {
  const found = await requireTool(context, [tool], PURPOSE);
  const exit = await context.exec({ argv: [...found.command, ...args], silent: 'stdout' });
  if (exit.outcome.type !== 'succeeded') throw failedTool(tool, exit);
  return exit.stdout;
}

function failedTool({ name }: Tool, { stderr, stdout }: ToolExit): AppError {
  const lines = `${stdout}\n${stderr}`.split('\n').map((line) => line.trim());
  const said = lines.find((line) => /^(?:error|\[ERROR\]|go: )/i.test(line)) ?? lines.filter(Boolean).at(-1);
  const reason = (said ?? 'it did not say why').replace(/\.$/, '').slice(0, 300);
  return new AppError('kind-failed', `${name} could not ${PURPOSE}: ${reason}.`, {
    hint: 'Look at the log of the stage for what it said.',
  });
}
