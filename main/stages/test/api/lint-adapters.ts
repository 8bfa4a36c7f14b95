import { readdirSync } from 'node:fs';
import { writeFile } from 'node:fs/promises';
import path from 'node:path';
import { z } from 'zod';
import type { Severity } from '#shared/reports/severity.ts';
import { finding, findingsForm } from '../../tools/forms.ts';
import type { ToolAdapter } from '../../tools/tool-adapter.ts';
import type { Tool } from '../../tools/tool.ts';

export interface LintRequest {
  /** The document, as the tool sees it, relative to where it runs. */
  readonly document: string;
}

export const SPECTRAL: Tool = {
  name: 'spectral',
  bins: ['spectral'],
  isNodePackage: true,
  install: 'npm install --save-dev @stoplight/spectral-cli',
};
export const REDOCLY: Tool = {
  name: 'redocly',
  bins: ['redocly'],
  isNodePackage: true,
  install: 'npm install --save-dev @redocly/cli',
};

const RULESET = /^\.spectral\.(ya?ml|json|js|mjs)$/;
const hasRuleset = (cwd: string): boolean => readdirSync(cwd).some((name) => RULESET.test(name));

const spectral: ToolAdapter<LintRequest> = {
  tool: SPECTRAL,
  // Without rules of the project's own it would do nothing.
  async prepare(_, { scratch }) {
    const rules = { extends: ['spectral:oas', 'spectral:asyncapi'] };
    await writeFile(path.join(scratch.dir, 'ruleset.json'), JSON.stringify(rules));
  },
  argv: ({ document }, { context, scratch }) => [
    'lint',
    '--format=sarif',
    `--output.sarif=${[scratch, 'spectral.sarif'].join(context.paths.separator)}`,
    '--quiet',
    ...(hasRuleset(context.cwd)
      ? []
      : [`--ruleset=${[scratch, 'ruleset.json'].join(context.paths.separator)}`]),
    document,
  ],
  exit: { 0: 'clean', 1: 'findings' },
  reports: [{ from: { file: 'spectral.sarif' }, format: 'sarif' }],
};

const place = z.object({ line: z.number().int(), col: z.number().int() }).nullish();
const redoclySchema = z.looseObject({
  version: z.string().nullish(),
  problems: z.array(
    z.looseObject({
      ruleId: z.string(),
      severity: z.string(),
      message: z.string(),
      reference: z.string().nullish(),
      location: z.array(
        z.looseObject({ source: z.looseObject({ ref: z.string() }), start: place, end: place }),
      ),
    }),
  ),
});

const redocly: ToolAdapter<LintRequest> = {
  tool: REDOCLY,
  argv: ({ document }) => ['lint', '--format=json', '--max-problems=10000', document],
  env: { REDOCLY_TELEMETRY: 'off', REDOCLY_SUPPRESS_UPDATE_NOTICE: 'true' },
  exit: { 0: 'clean', 1: 'findings' },
  reports: [
    {
      from: 'stdout',
      format(text) {
        const { version = null, problems } = redoclySchema.parse(JSON.parse(text));
        const findings = problems.map(({ ruleId, severity, message, location: [at] }) =>
          finding({
            ...{ tool: 'redocly', ruleId, severity: severityOf(severity), message },
            file: at?.source.ref.replaceAll('\\', '/') ?? null,
            line: at?.start?.line ?? null,
            column: at?.start?.col ?? null,
            endLine: at?.end?.line ?? null,
            endColumn: at?.end?.col ?? null,
          }),
        );
        return [findingsForm([{ name: 'redocly', version }], findings, 1)];
      },
    },
  ],
};

const severityOf = (word: string): Severity =>
  word === 'error' ? 'high' : word === 'warn' ? 'medium' : 'low';

/** What looks at a document of an API, the preferred first. */
export const LINT_ADAPTERS: readonly ToolAdapter<LintRequest>[] = [spectral, redocly];
