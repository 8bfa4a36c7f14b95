import type { KindContext } from '#main/engine/kind-ports.ts';
import { asOperand } from '../findings/batches.ts';
import { endsWith, isPython } from '../findings/file-tool.ts';
import { asFindings } from '../findings/make-report.ts';
import { hasFile, projectFile } from './project-file.ts';
import { asStyle, linesOf, type StyleTool, unformatted } from './style-tool.ts';

const PRETTIER_CONFIGS = [
  '.prettierrc',
  ...['json', 'json5', 'yaml', 'yml', 'toml', 'js', 'cjs', 'mjs', 'ts', 'mts', 'cts'].map(
    (ending) => `.prettierrc.${ending}`,
  ),
  ...['js', 'cjs', 'mjs', 'ts', 'mts', 'cts'].map((ending) => `prettier.config.${ending}`),
];

const isPretty = endsWith(
  ...['js', 'mjs', 'cjs', 'jsx', 'ts', 'mts', 'cts', 'tsx', 'json', 'jsonc', 'json5', 'css', 'scss', 'less'],
  ...['html', 'vue', 'md', 'mdx', 'yml', 'yaml', 'graphql', 'gql', 'hbs'],
);

/** Reads a list of the files that a formatter would change, one a line. */
export const readUnformatted = (tool: string) => (text: string) =>
  asFindings(tool, linesOf(text).map(unformatted));

export const PRETTIER: StyleTool = {
  takes: isPretty,
  adapter: {
    tool: {
      name: 'prettier',
      bins: ['prettier'],
      install: 'npm install --save-dev prettier',
      isNodePackage: true,
    },
    fits: async (context) =>
      (await hasFile(context, ...PRETTIER_CONFIGS)) ||
      /"prettier"\s*:\s*[{"]/.test((await projectFile(context, 'package.json')) ?? ''),
    argv: ({ files, args }) => ['--list-different', '--ignore-unknown', ...args, ...files.map(asOperand)],
    // 2: a file that it cannot read as what its name says.
    exit: { 0: 'clean', 1: 'findings' },
    reports: [{ from: 'stdout', format: readUnformatted('prettier'), mayBeEmpty: true }],
    checked: () => null,
  },
  fix: ({ files, args }) => ['--write', '--ignore-unknown', ...args, ...files.map(asOperand)],
};

export const BLACK: StyleTool = {
  takes: isPython,
  insteadOf: 'format of Python',
  adapter: {
    tool: { name: 'black', bins: ['black'], install: 'pipx install black' },
    fits: (context) => hasTable(context, 'tool.black'),
    // A diff is the only thing that it writes to its standard output.
    argv: ({ files, args }) => ['--check', '--diff', '--no-color', ...args, ...files.map(asOperand)],
    exit: { 0: 'clean', 1: 'findings' },
    reports: [{ from: 'stdout', format: readBlack, mayBeEmpty: true }],
    checked: () => null,
  },
  fix: ({ files, args }) => [...args, ...files.map(asOperand)],
};

/** The files of a unified diff. A line of the content that looks like a header follows another line than one of `---`. */
export function readBlack(text: string): ReturnType<typeof asFindings> {
  const lines = text.split('\n');
  const files = lines.flatMap((line, index) => {
    const name = /^--- (.+?)(?:\t.*)?$/.exec(line)?.[1];
    return name !== undefined && lines[index + 1]?.startsWith('+++ ') === true ? [name] : [];
  });
  return asFindings('black', files.map(unformatted));
}

export const RUFF: StyleTool = {
  takes: isPython,
  severity: asStyle,
  adapter: {
    tool: { name: 'ruff', bins: ['ruff'], install: 'pipx install ruff' },
    fits: async (context) =>
      (await hasFile(context, 'ruff.toml', '.ruff.toml')) || (await hasTable(context, 'tool.ruff')),
    argv: ({ files, args }) => ['check', '--output-format=sarif', ...args, ...files.map(asOperand)],
    exit: { 0: 'clean', 1: 'findings' },
    reports: [{ from: 'stdout', format: 'sarif' }],
    checked: () => null,
  },
  fix: ({ files, args }) => ['check', '--fix', ...args, ...files.map(asOperand)],
};

async function hasTable(context: KindContext, table: string): Promise<boolean> {
  const text = (await projectFile(context, 'pyproject.toml')) ?? '';
  return text.split('\n').some((line) => line.startsWith(`[${table}]`) || line.startsWith(`[${table}.`));
}
