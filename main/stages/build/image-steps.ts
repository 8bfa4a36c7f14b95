import type { KindContext } from '#main/engine/kind-ports.ts';

const STEP = /^step (\d{1,6})\/(\d{1,6}) ?: ?(.*)/i;

/** Tells how far the build of an image is: `Step 3/10 : COPY . .` is what an engine says before it begins with a step. */
export function tellBuildStep(context: Pick<KindContext, 'progress'>, line: string): void {
  const [, number, count, instruction] = STEP.exec(line) ?? [];
  if (number !== undefined) context.progress(Number(number) - 1, Number(count), instruction);
}
