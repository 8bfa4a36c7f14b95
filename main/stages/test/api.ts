import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { z } from 'zod';
import type { KindContext, KindResult } from '#main/engine/kind-ports.ts';
import { AppError } from '#shared/lib/app-error.ts';
import { mergeFindings } from '#shared/reports/findings.ts';
import type { NormalForm } from '#shared/reports/normal-form.ts';
import { defineKind } from '../kind.ts';
import { metric, metricsForm } from '../tools/forms.ts';
import { matchingFiles } from '../tools/matching-files.ts';
import { missingTool } from '../tools/require-tool.ts';
import { findTool } from '../tools/find-tool.ts';
import { lastWords, pickAdapter, runAdapter } from '../tools/run-adapter.ts';
import { globsSetting, listOf, wordSetting } from '../tools/setting-shapes.ts';
import { judgeTests, nothingChecked } from '../tools/verdict.ts';
import { withScratch } from '../tools/with-scratch.ts';
import { workspacePath } from '../tools/workspace-path.ts';
import { CONTRACT_TOOLS, type ContractRequest } from './api/contract-tools.ts';
import { LINT_ADAPTERS, REDOCLY, SPECTRAL } from './api/lint-adapters.ts';
import { madeRequests } from './api/made-requests.ts';
import { type Operation, readOperations, untested } from './api/operations.ts';
import { conclude, FINDINGS_OUTPUTS } from './findings/conclude.ts';
import { verdictSettings } from './findings/settings.ts';

const settings = z.strictObject({
  document: wordSetting
    .optional()
    .describe('The OpenAPI document that describes the API')
    .meta({ title: 'OpenAPI document', examples: ['openapi.yaml'] }),
  lint: z
    .enum(['auto', 'spectral', 'redocly', 'off'])
    .default('auto')
    .describe('What checks the document itself: the first of Spectral and Redocly that is there unless set')
    .meta({ title: 'Check of the document' }),
  collection: wordSetting
    .optional()
    .describe('A Postman collection that newman runs')
    .meta({ title: 'Collection', examples: ['api.postman.json'] }),
  requests: globsSetting
    .optional()
    .describe('Globs of Hurl files to run')
    .meta({ title: 'Hurl files', 'x-control': 'globs', examples: ['api/*.hurl'] }),
  'base-url': z
    .string()
    .min(1)
    .optional()
    .describe(
      'Where the API is: `{{baseUrl}}` of a collection, `{{base_url}}` of Hurl files; with it, and neither of these, Schemathesis asks what the document describes',
    )
    .meta({ title: 'Address', examples: ['http://127.0.0.1:8080/v1'] }),
  variables: z
    .record(z.string().regex(/^[A-Za-z_]\w*$/), z.string())
    .default({})
    .describe('More variables for the collection or the Hurl files')
    .meta({ title: 'Variables' }),
  'max-untested': z
    .number()
    .int()
    .min(0)
    .optional()
    .describe(
      'More operations of the document than this without a request fail the stage; needs a collection',
    )
    .meta({ title: 'Untested operations at most' }),
  ...verdictSettings('high'),
});
type ApiSettings = z.output<typeof settings>;

/** Checks the description of an API, and the API by it. */
export const testApi = defineKind({
  id: 'test.api',
  title: 'API tests',
  summary: 'Checks the OpenAPI document, and asks the API with a collection, Hurl files or Schemathesis',
  docs: [
    'Checks the `document` with Spectral (by the rules of a `.spectral.yaml`, else its own for OpenAPI) or Redocly. With a',
    '`collection` newman asks the API, with `requests` Hurl does, and with a `base-url` alone Schemathesis, where it is installed,',
    'asks what the document describes and compares the answers with it.',
    '',
    'It fails when the document has findings at or over `fail-on`, when a test of an answer fails, and when more operations than',
    '`max-untested` were not asked for. How many there are and how many were tested are figures with a trend.',
    '',
    'Answers are compared with the schemas of the document by Schemathesis alone: newman and Hurl test what you wrote.',
  ].join('\n'),
  settings,
  example: {
    document: 'openapi.yaml',
    collection: 'api.postman.json',
    'base-url': "http://${{ services.api.host }}:${{ services.api.ports['8080'] }}",
    'max-untested': 0,
  },
  outputs: {
    ...FINDINGS_OUTPUTS,
    operations: 'How many operations the document has',
    tested: 'How many of them were asked for; empty where that is not known',
  },
  reports: ['findings', 'tests', 'metrics'],
  tools: [SPECTRAL, REDOCLY, ...CONTRACT_TOOLS.map(({ tool }) => tool)],
  worksOnFiles: true,
  run: runApi,
});

async function runApi(settings: ApiSettings, context: KindContext): Promise<KindResult> {
  const document = settings.document && (await workspacePath(context, settings.document, 'document'));
  const operations = document ? await readDocument(document.here, document.relative) : [];
  if (document && operations.length === 0 && !settings['allow-empty']) {
    nothingChecked(`${document.relative} describes no operation`, 'Look at `document`.');
  }
  const linted = document && settings.lint !== 'off' ? await lint(settings, context, document.relative) : [];
  const asked = await ask(settings, context, document ? document.relative : null, operations);
  if (linted.length === 0 && asked === null) {
    throw new AppError(
      'usage',
      'There is nothing to do: neither a `document` to check nor anything to ask the API with.',
      {
        hint: 'Set `document`, `collection` or `requests`.',
      },
    );
  }
  const findings = mergeFindings(linted.flatMap((form) => (form.type === 'findings' ? [form.report] : [])));
  const figures = [
    ...(document ? [metric('api.operations', operations.length, 'count', 'higher')] : []),
    ...(document && asked?.untested
      ? [metric('api.tested', operations.length - asked.untested.length, 'count', 'higher')]
      : []),
  ];
  return conclude(context, settings, {
    findings,
    reports: [...(asked?.reports ?? []), ...(figures.length === 0 ? [] : [metricsForm(figures)])],
    reasons: [...(asked?.reasons ?? []), ...judgeUntested(settings, asked?.untested ?? null)],
    outputs: {
      operations: document ? String(operations.length) : '',
      tested: asked?.untested ? String(operations.length - asked.untested.length) : '',
    },
  });
}

async function readDocument(file: string, name: string): Promise<readonly Operation[]> {
  let text: string;
  try {
    text = await readFile(file, 'utf8');
  } catch (error) {
    throw new AppError('kind-failed', `${name} could not be read.`, {
      hint: 'Look at `document`.',
      cause: error,
    });
  }
  return readOperations(text, name);
}

async function lint(
  { lint: which }: ApiSettings,
  context: KindContext,
  document: string,
): Promise<readonly NormalForm[]> {
  const adapters = LINT_ADAPTERS.filter(({ tool }) => which === 'auto' || tool.name === which);
  const request = { document };
  const picked = await pickAdapter(context, adapters, request, 'check the document of the API');
  const { reports } = await runAdapter(context, picked, request);
  return reports;
}

interface Asked {
  readonly reports: readonly NormalForm[];
  readonly reasons: readonly string[];
  /** Null: the tool does not tell what it asked for. */
  readonly untested: readonly Operation[] | null;
}

async function ask(
  settings: ApiSettings,
  context: KindContext,
  document: string | null,
  operations: readonly Operation[],
): Promise<Asked | null> {
  const { collection } = settings;
  const baseUrl = settings['base-url'] ?? null;
  if (baseUrl !== null && !/^https?:\/\/[^/]/.test(baseUrl)) {
    throw new AppError('usage', `\`base-url\`: ${baseUrl} is no address of an API.`, {
      hint: 'It begins with `http://` or `https://`.',
    });
  }
  const request: Omit<ContractRequest, 'scratch'> = {
    document,
    collection:
      collection === undefined ? null : (await workspacePath(context, collection, 'collection')).relative,
    requests:
      settings.requests === undefined
        ? []
        : await matchingFiles(context, listOf(settings.requests), 'requests'),
    baseUrl,
    variables: settings.variables,
  };
  const [way] = CONTRACT_TOOLS.filter(({ fits }) => fits({ ...request, scratch: (file) => file }));
  if (way === undefined) return null;
  const found = await findTool(context, way.tool);
  if (found === null) throw missingTool([way.tool], 'ask the API');
  return withScratch(context, async (scratch) => {
    const inScratch = (file: string): string => [scratch.seen, file].join(context.paths.separator);
    const exit = await context.exec({
      argv: [...found.command, ...way.argv({ ...request, scratch: inScratch })],
    });
    const below = path.relative(context.workspace, scratch.dir).replaceAll(path.sep, '/');
    const { reports } = await context.readReports({ junit: [`${below}/api.xml`] });
    if (reports.length === 0) {
      throw new AppError('kind-failed', `${way.tool.name} reported no test.${lastWords(exit)}`);
    }
    const outcome = judgeTests(reports, exit.exitCode);
    const written = await readFile(path.join(scratch.dir, 'requests.json'), 'utf8').catch(() => null);
    return {
      reports,
      reasons: outcome.type === 'failed' ? [outcome.message ?? 'the tests failed'] : [],
      untested: written === null || document === null ? null : untested(operations, madeRequests(written)),
    };
  });
}

function judgeUntested(
  { 'max-untested': most }: ApiSettings,
  missed: readonly Operation[] | null,
): readonly string[] {
  if (most === undefined) return [];
  if (missed === null) {
    throw new AppError(
      'kind-failed',
      '`max-untested` cannot be judged: it is not known which operations were asked for.',
      {
        hint: 'It needs a `document` and a `collection`.',
      },
    );
  }
  if (missed.length <= most) return [];
  const names = missed.slice(0, 5).map(({ method, path: at }) => `${method} ${at}`);
  const rest = missed.length > names.length ? ', …' : '';
  return [`${missed.length} operations were not asked for, more than ${most}: ${names.join(', ')}${rest}`];
}
