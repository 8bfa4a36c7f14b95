import { writeFile } from 'node:fs/promises';
import path from 'node:path';
import type { KindContext } from '#main/engine/kind-ports.ts';
import { doxygenMatcher, mkdocsMatcher, sphinxMatcher, typedocMatcher } from '../matchers/docs.ts';
import type { ProblemMatcher } from '../matchers/matcher.ts';
import type { Scratch } from '../tools/with-scratch.ts';
import type { Tool } from '../tools/tool.ts';

/** What is to be built; relative to the kind's folder, with forward slashes. */
export interface DocsWish {
  /** Null: where the tool looks by itself. */
  readonly source: string | null;
  readonly out: string;
  readonly args: readonly string[];
}

/** A tool that makes HTML of what people wrote. */
export interface DocsTool {
  readonly tool: Tool;
  /** Files that tell that a project uses it. */
  readonly marks: readonly string[];
  readonly matcher: ProblemMatcher;
  /** The folder that the names of files in its warnings are relative to, where that is not the kind's own. */
  readonly warnsFrom?: string;
  /** Writes what it needs into the scratch folder, and answers with its arguments. */
  readonly argv: (
    wish: DocsWish,
    context: KindContext,
    scratch: Scratch,
  ) => Promise<readonly string[]> | readonly string[];
}

export const DOCS_TOOLS = {
  mkdocs: {
    tool: { name: 'mkdocs', bins: ['mkdocs'], install: 'apt install mkdocs, or pip install mkdocs' },
    marks: ['mkdocs.yml', 'mkdocs.yaml'],
    matcher: mkdocsMatcher,
    warnsFrom: 'docs',
    argv: ({ source, out, args }) => [
      ...['build', '--site-dir', out],
      ...(source === null ? [] : ['--config-file', source]),
      ...args,
    ],
  },
  sphinx: {
    tool: {
      ...{ name: 'sphinx', bins: ['sphinx-build'] },
      install: 'apt install python3-sphinx, or pip install sphinx',
    },
    marks: ['conf.py'],
    matcher: sphinxMatcher,
    argv: ({ source, out, args }, _context, { seen }) => [
      // Without what an earlier build has read: only that tells all warnings.
      ...['-b', 'html', '-E', '-a', '-d', seen],
      ...args,
      ...[source ?? '.', out],
    ],
  },
  doxygen: {
    tool: { name: 'doxygen', bins: ['doxygen'], install: 'apt install doxygen' },
    marks: ['Doxyfile'],
    matcher: doxygenMatcher,
    async argv({ source, out, args }, _context, { dir, seen }) {
      const lines = [
        `@INCLUDE = "${source ?? 'Doxyfile'}"`,
        `OUTPUT_DIRECTORY = "${out}"`,
        'HTML_OUTPUT = .',
        'GENERATE_HTML = YES',
        'GENERATE_LATEX = NO',
        'QUIET = YES',
        'WARN_FORMAT = "$file:$line: $text"',
      ];
      await writeFile(path.join(dir, 'Doxyfile'), `${lines.join('\n')}\n`);
      return [...args, `${seen}/Doxyfile`];
    },
  },
  typedoc: {
    tool: {
      ...{ name: 'typedoc', bins: ['typedoc'], isNodePackage: true },
      install: 'npm install --save-dev typedoc',
    },
    marks: ['typedoc.json', 'typedoc.config.js', 'typedoc.config.mjs', 'tsconfig.json'],
    matcher: typedocMatcher,
    argv: ({ source, out, args }) => [
      ...(source === null ? [] : ['--entryPoints', source]),
      ...['--out', out, '--cleanOutputDir', 'true'],
      ...args,
    ],
  },
} as const satisfies Record<string, DocsTool>;

export type DocsToolName = keyof typeof DOCS_TOOLS;
export const DOCS_TOOL_NAMES = Object.keys(DOCS_TOOLS) as [DocsToolName, ...DocsToolName[]];
