import { stringify } from 'yaml';
import { type Kind, settingsJsonSchema } from '#main/stages/kind.ts';
import { createProjectCatalog } from '#main/host/plugins/plugin-kinds.ts';
import { AppError } from '#shared/lib/app-error.ts';
import type { CliContext } from '../context.ts';
import { didYouMean } from '../did-you-mean.ts';
import { EXIT, type ExitCode } from '../exit-code.ts';

/** Lists the stage catalog, or describes one kind. */
export function kindsCommand(context: CliContext, name: string | undefined): ExitCode {
  const kinds = createProjectCatalog();
  if (name === undefined) return listKinds(context, kinds.list(context.projectDir));
  const kind = kinds.get(name, context.projectDir);
  if (!kind) {
    throw new AppError('usage', `There is no kind ${name}.`, {
      hint: didYouMean(
        name,
        kinds.list(context.projectDir).map(({ id }) => id),
        'See `pipewright kinds`.',
      ),
    });
  }
  return describeKind(context, kind);
}

function listKinds({ output }: CliContext, kinds: readonly Kind[]): ExitCode {
  const rows = kinds.map(({ id, summary }) => ({ id, summary }));
  if (output.format === 'json') output.json(rows);
  else if (output.format === 'ndjson') for (const row of rows) output.json(row);
  else {
    const width = Math.max(...rows.map(({ id }) => id.length));
    for (const { id, summary } of rows) output.line(`${output.colors.bold(id.padEnd(width))}  ${summary}`);
  }
  return EXIT.succeeded;
}

function listPart(
  output: CliContext['output'],
  title: string,
  rows: readonly (readonly [string, string])[],
): void {
  if (rows.length === 0) return;
  const width = Math.max(...rows.map(([name]) => name.length));
  output.line();
  output.line(output.colors.bold(title));
  for (const [name, text] of rows) output.line(`  ${name.padEnd(width)}  ${text}`.trimEnd());
}

function describeKind({ output }: CliContext, kind: Kind): ExitCode {
  const schema = settingsJsonSchema(kind);
  if (output.format !== 'pretty') {
    const { id, title, summary, docs, outputs = {}, reports = [], example } = kind;
    const tools = (kind.tools ?? []).map(({ name, install }) => ({ name, install }));
    output.json({ id, title, summary, docs, settings: schema, outputs, reports, tools, example });
    return EXIT.succeeded;
  }
  output.line(`${output.colors.bold(kind.id)}  ${kind.summary}`);
  output.line();
  output.line(kind.docs);
  output.line();
  output.line(output.colors.bold('Settings (`with:`)'));
  const { shape } = kind.settings;
  const width = Math.max(...Object.keys(shape).map((name) => name.length));
  for (const [name, field] of Object.entries(schema.properties ?? {})) {
    const { description = '', default: initial } = field as { description?: string; default?: unknown };
    const suffix = initial === undefined ? '' : output.colors.dim(` (default: ${JSON.stringify(initial)})`);
    output.line(`  ${name.padEnd(width)}  ${description}${suffix}`);
  }
  const { outputs = {}, reports = [], tools = [] } = kind;
  listPart(output, 'Outputs', Object.entries(outputs));
  if (reports.length > 0) listPart(output, 'Reports', [[reports.join(', '), '']]);
  listPart(
    output,
    'Tools',
    tools.map(({ name, install }) => [name, install]),
  );
  output.line();
  output.line(output.colors.bold('Example'));
  for (const line of stringify({ uses: kind.id, with: kind.example }).trimEnd().split('\n')) {
    output.line(`  ${line}`);
  }
  return EXIT.succeeded;
}
