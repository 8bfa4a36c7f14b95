import type { PipelineView } from '#shared/api/schemas.ts';
import { MAX_FILE_BYTES } from '#shared/pipeline/limits.ts';
import { hasErrors } from '#shared/pipeline/issue-list.ts';
import { namedEvents } from '#shared/pipeline/named-events.ts';
import { inputView, stageViews } from '#shared/pipeline/stage-views.ts';
import { type KindNames, readPipeline } from './plan-run.ts';

/** A file as a window shows it. @throws AppError `pipeline-not-found` */
export async function pipelineView(
  kinds: KindNames,
  projectDir: string,
  file: string,
): Promise<PipelineView> {
  const { pipeline, issues, bytes } = await readPipeline(kinds, projectDir, file);
  return {
    file,
    name: pipeline?.name ?? null,
    text: bytes.length > MAX_FILE_BYTES ? '' : new TextDecoder().decode(bytes),
    issues: [...issues],
    inputs: (pipeline?.inputs ?? []).map(inputView),
    stages: stageViews(pipeline?.stages ?? [], pipeline?.defaults.place),
    triggers: namedEvents(pipeline?.file.on),
    runnable: pipeline !== null && !hasErrors(issues),
  };
}
