import { createTriggerPipelines, webhookUrls } from '#main/host/triggers.ts';
import { listTriggers } from '#main/triggers/list-triggers.ts';
import { startedByHand } from '#main/triggers/run-type.ts';
import { projectIdOfDir } from '#main/store/project-id.ts';
import { TRIGGER_TYPES, type Trigger } from '#shared/api/trigger-schemas.ts';
import { AppError } from '#shared/lib/app-error.ts';
import type { CliContext } from '../context.ts';
import { EXIT, type ExitCode } from '../exit-code.ts';
import { runTriggered } from '../run-output/run-triggered.ts';
import { plainText } from '../run-output/stage-line.ts';
import { createConsent } from '../trust/consent.ts';
import { withHost } from '../with-host.ts';

export interface TriggerWords {
  readonly file?: string | undefined;
  readonly type?: string | undefined;
}

/** Of every project unless one was named. */
export async function listTriggersCommand(context: CliContext): Promise<ExitCode> {
  const { output } = context;
  const triggers = await readAll(context, context.isProjectGiven);
  if (output.format === 'json') output.json(triggers);
  else if (output.format === 'ndjson') for (const trigger of triggers) output.json(trigger);
  else {
    for (const trigger of triggers) output.line(lineOf(trigger, context));
    if (triggers.length === 0) output.note('No pipeline says `on:`. See docs/triggers.md.');
  }
  return EXIT.succeeded;
}

function lineOf(trigger: Trigger, { output: { colors } }: CliContext): string {
  const { type, name, summary, paused, fault, nextAt, askedAt, last } = trigger;
  const state = fault === null ? (paused ? colors.yellow('paused') : '') : colors.red(plainText(fault));
  const became = last === null ? '' : `last ${last.at.slice(0, 19)}: ${last.runId ?? last.skipped ?? ''}`;
  const asked = askedAt === null ? '' : `asked ${timeOf(askedAt)}`;
  const next = nextAt === null ? '' : `next ${timeOf(nextAt)}`;
  return [
    type.padEnd(12),
    plainText(name),
    plainText(summary),
    state,
    asked,
    next,
    colors.dim(plainText(became)),
  ]
    .filter((part) => part !== '')
    .join('  ');
}

const timeOf = (at: string): string => `${at.slice(0, 16).replace('T', ' ')}Z`;

/** Pauses or resumes the triggers of the project that the words choose; a host that watches obeys at once. */
export async function pauseTriggersCommand(
  context: CliContext,
  words: TriggerWords,
  paused: boolean,
): Promise<ExitCode> {
  const chosen = choose(await readAll(context, true), words);
  return withHost(context, ({ store }) => {
    for (const { projectId, file, type } of chosen)
      store.triggers.setPaused({ projectId, file, type }, paused);
    const { output } = context;
    if (output.format === 'pretty') {
      for (const { type, name } of chosen)
        output.note(`${type} of ${plainText(name)} ${paused ? 'is paused' : 'goes on'}.`);
    } else output.json(chosen.map((trigger) => ({ ...trigger, paused })));
    return EXIT.succeeded;
  });
}

/** Runs a pipeline now as one of its triggers would, and waits for its end. */
export async function runTriggerCommand(
  context: CliContext,
  words: TriggerWords,
  trust: boolean,
): Promise<ExitCode> {
  const chosen = choose(await readAll(context, true), words);
  const [trigger] = chosen;
  if (trigger === undefined || chosen.some(({ file }) => file !== trigger.file)) {
    throw new AppError('usage', 'Several pipelines have triggers.', { hint: 'Name a file.' });
  }
  const { type } = trigger;
  return runTriggered(context, trigger, type, startedByHand(type), createConsent(context, trust));
}

function choose(triggers: readonly Trigger[], { file, type }: TriggerWords): readonly Trigger[] {
  if (type !== undefined && !TRIGGER_TYPES.some((each) => each === type)) {
    throw new AppError('usage', `There is no trigger ${type}.`, {
      hint: `There is ${TRIGGER_TYPES.join(', ')}.`,
    });
  }
  const chosen = triggers.filter(
    (trigger) =>
      (file === undefined || trigger.file === file) && (type === undefined || trigger.type === type),
  );
  if (chosen.length > 0) return chosen;
  throw new AppError('usage', 'No pipeline of this project has such a trigger.', {
    hint: 'See `pipewright triggers list`.',
  });
}

function readAll(context: CliContext, ofProject: boolean): Promise<readonly Trigger[]> {
  return withHost(context, async (host) => {
    if (ofProject) host.store.projects.add(context.projectDir);
    const projectId = projectIdOfDir(context.projectDir);
    const pipelines = await createTriggerPipelines(host)();
    return listTriggers(
      pipelines.filter((pipeline) => !ofProject || pipeline.projectId === projectId),
      host.store.triggers,
      Date.now(),
      webhookUrls(host),
    );
  });
}
