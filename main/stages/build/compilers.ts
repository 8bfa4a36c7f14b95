import type { MatcherName } from '../matchers/matchers.ts';
import type { Tool } from '../tools/tool.ts';

/** How a compiler is called, and how it is known that a project wants it. */
export interface Compiler {
  readonly tool: Tool;
  /** Files of the stage's folder of which one must be there; empty: only by name. */
  readonly marks: readonly string[];
  /** The arguments of its commands, one command after the other. */
  readonly commands: (args: readonly string[]) => readonly (readonly string[])[];
  readonly matchers: readonly MatcherName[];
}

const npm = (name: string, pkg: string): Tool => ({
  ...{ name, bins: [name], isNodePackage: true },
  install: `npm install --save-dev ${pkg}`,
});

/** In the order in which a project is asked for them: the one that drives the others first. */
export const COMPILERS = {
  cargo: {
    tool: { name: 'cargo', bins: ['cargo'], install: 'see rustup.rs, or apt install cargo' },
    marks: ['Cargo.toml'],
    commands: (args) => [['build', ...args]],
    matchers: ['rustc'],
  },
  go: {
    tool: {
      name: 'go',
      bins: ['go'],
      versionArgs: ['version'],
      install: 'apt install golang-go, or see go.dev',
    },
    marks: ['go.mod'],
    commands: (args) => [['build', ...(args.length === 0 ? ['./...'] : args)]],
    matchers: ['go', 'gcc'],
  },
  mvn: {
    tool: { name: 'mvn', bins: ['mvnw', 'mvn'], install: 'apt install maven' },
    marks: ['pom.xml'],
    commands: (args) => [['--batch-mode', 'compile', ...args]],
    matchers: ['javac'],
  },
  cmake: {
    tool: { name: 'cmake', bins: ['cmake'], install: 'apt install cmake' },
    marks: ['CMakeLists.txt'],
    commands: (args) => [
      ['-S', '.', '-B', 'build', ...args],
      ['--build', 'build'],
    ],
    matchers: ['cmake', 'gcc'],
  },
  vite: {
    tool: npm('vite', 'vite'),
    marks: ['vite.config.ts', 'vite.config.js', 'vite.config.mjs', 'vite.config.mts'],
    commands: (args) => [['build', ...args]],
    matchers: ['esbuild'],
  },
  tsc: {
    tool: npm('tsc', 'typescript'),
    marks: ['tsconfig.json'],
    commands: (args) => [args.length === 0 ? ['--project', '.'] : [...args]],
    matchers: ['tsc'],
  },
  make: {
    tool: { name: 'make', bins: ['make', 'gmake'], install: 'apt install make' },
    marks: ['Makefile', 'makefile', 'GNUmakefile'],
    commands: (args) => [[...args]],
    matchers: ['gcc'],
  },
  esbuild: {
    tool: npm('esbuild', 'esbuild'),
    marks: [],
    commands: (args) => [[...args]],
    matchers: ['esbuild'],
  },
} as const satisfies Record<string, Compiler>;

export type CompilerName = keyof typeof COMPILERS;
export const COMPILER_NAMES = Object.keys(COMPILERS) as [CompilerName, ...CompilerName[]];
