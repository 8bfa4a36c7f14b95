import { statSync } from 'node:fs';
import { offerProjectTemplates } from '#main/host/projects/offer-templates.ts';
import { listPipelineFiles } from '#main/host/projects/pipeline-files.ts';
import { createSourceFile } from '#main/host/projects/source-file.ts';
import { createProjectCatalog } from '#main/host/plugins/plugin-kinds.ts';
import type { TemplateOffer } from '#shared/api/template-schemas.ts';
import { AppError } from '#shared/lib/app-error.ts';
import { freeFileName, newFileName } from '#shared/pipeline/templates/new-file-name.ts';
import type { CliContext } from '../context.ts';
import { didYouMean } from '../did-you-mean.ts';
import { EXIT, type ExitCode } from '../exit-code.ts';

export interface InitOptions {
  readonly template?: string;
  readonly file?: string;
  readonly list?: boolean;
}

/** Writes a pipeline file from a template, or lists the templates. Never writes over a file. */
export async function initCommand(context: CliContext, options: InitOptions): Promise<ExitCode> {
  const { output, projectDir } = context;
  if (!(statSync(projectDir, { throwIfNoEntry: false })?.isDirectory() ?? false)) {
    throw new AppError('project-not-found', `There is no folder ${projectDir}.`, {
      hint: 'Choose the project with --project DIR.',
    });
  }
  const offers = await offerProjectTemplates(createProjectCatalog(), projectDir);
  if (options.list === true) return listOffers(context, offers);
  const { id, title, reason, text } = chooseOffer(offers, options.template);
  const taken = await listPipelineFiles(projectDir);
  if (taken.length > 0 && options.file === undefined && options.template === undefined) {
    throw new AppError('file-exists', `The project has a pipeline already: ${taken.join(', ')}.`, {
      hint: 'Write another one with --file NAME or --template NAME.',
    });
  }
  const name = newFileName(options.file ?? freeFileName(id, taken), taken);
  if (!name.ok) {
    throw new AppError(name.isTaken ? 'file-exists' : 'usage', name.problem, { hint: name.hint });
  }
  const { file } = await createSourceFile(projectDir, name.file, text);
  if (output.format !== 'pretty') output.json({ file, template: id, reason });
  else {
    output.line(`${file} from the template ${title}${reason === null ? '' : ` (${reason})`}`);
    const words = file === 'pipewright.yml' ? '' : ` ${file}`;
    output.note(`Look at it, then run it: pipewright run${words}`);
  }
  return EXIT.succeeded;
}

function chooseOffer(offers: readonly TemplateOffer[], wanted: string | undefined): TemplateOffer {
  const ids = offers.map(({ id }) => id);
  // Where nothing fits, a pipeline for another kind of project would help nobody.
  const fitting = offers.find(({ reason }) => reason !== null)?.id ?? 'empty';
  const chosen = offers.find(({ id }) => id === (wanted ?? fitting));
  if (chosen !== undefined) return chosen;
  throw new AppError('usage', `There is no template ${wanted ?? ''}.`, {
    hint: didYouMean(wanted ?? '', ids, `There is ${ids.join(', ')}.`),
  });
}

function listOffers({ output }: CliContext, offers: readonly TemplateOffer[]): ExitCode {
  const rows = offers.map(({ id, title, summary, reason }) => ({ id, title, summary, reason }));
  if (output.format === 'json') output.json(rows);
  else if (output.format === 'ndjson') for (const row of rows) output.json(row);
  else {
    const width = Math.max(...rows.map(({ id }) => id.length));
    for (const { id, summary, reason } of rows) {
      const why = reason === null ? '' : output.colors.green(` ← ${reason}`);
      output.line(`${output.colors.bold(id.padEnd(width))}  ${summary}${why}`);
    }
  }
  return EXIT.succeeded;
}
