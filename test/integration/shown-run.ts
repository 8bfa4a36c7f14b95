/** What the tests read of `runs show --format json`. */
export interface ShownRun {
  readonly id: string;
  readonly status: string;
  readonly stages: readonly {
    readonly id: string;
    readonly status: string;
    readonly needs: readonly string[];
    readonly matrix: Readonly<Record<string, unknown>> | null;
    readonly reason: { readonly type: string } | null;
    readonly attempts: readonly { readonly outcome: string | null }[];
    readonly outputs: Readonly<Record<string, string>>;
    readonly reusedFrom: { readonly runId: string; readonly because: string } | null;
  }[];
}

export function statuses({ stages }: ShownRun): Record<string, string> {
  return Object.fromEntries(stages.map(({ id, status }) => [id, status]));
}

export function stageOf(run: ShownRun, id: string): ShownRun['stages'][number] {
  const stage = run.stages.find((one) => one.id === id);
  if (stage === undefined) throw new Error(`The run has no stage ${id}`);
  return stage;
}
