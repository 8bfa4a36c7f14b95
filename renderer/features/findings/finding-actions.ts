import { toFailure } from '#renderer/bridge/app-failure.ts';
import type { Bridge } from '#renderer/bridge/bridge.ts';
import { showToast } from '#renderer/ui/toast-store.ts';
import type { IgnoredFinding } from '#shared/api/report-schemas.ts';
import type { ProjectId, RunId } from '#shared/lib/ids.ts';

type Client = Pick<Bridge, 'client'>;

function complain(title: string, error: unknown): void {
  const { message, hint } = toFailure(error);
  showToast({ tone: 'failed', title, body: hint === null ? message : `${message} ${hint}`, key: 'finding' });
}

/** Saves all findings of a run as SARIF. A refusal is told by a toast. */
export async function saveSarif(
  { client, saveFile }: Pick<Bridge, 'client' | 'saveFile'>,
  runId: RunId,
): Promise<void> {
  try {
    const { text } = await client.report.sarif({ runId });
    await saveFile(`findings-${runId}.sarif`, piece(text));
  } catch (error) {
    complain('Could not export the findings', error);
  }
}

async function* piece(text: string): AsyncGenerator<Uint8Array<ArrayBuffer>> {
  yield await Promise.resolve(new TextEncoder().encode(text));
}

/** What a person decides about a finding. */
export interface Decision {
  readonly fingerprint: string;
  readonly reason: string;
  /** ISO 8601; null: for good. */
  readonly until: string | null;
}

/** Has a finding count no more. @returns false after a refusal, which a toast tells */
export async function ignoreFinding(
  bridge: Client,
  projectId: ProjectId,
  decision: Decision,
  onUndone: () => void,
): Promise<boolean> {
  try {
    const ignored = await bridge.client.report.ignoreFinding({ projectId, ...decision });
    showToast({
      title: 'The finding is ignored',
      key: 'finding',
      action: { label: 'Undo', run: () => void stopIgnoring(bridge, projectId, ignored).then(onUndone) },
    });
    return true;
  } catch (error) {
    complain('Could not ignore the finding', error);
    return false;
  }
}

export async function stopIgnoring(
  { client }: Client,
  projectId: ProjectId,
  { fingerprint }: Pick<IgnoredFinding, 'fingerprint'>,
): Promise<void> {
  try {
    await client.report.unignoreFinding({ projectId, fingerprint });
  } catch (error) {
    complain('Could not count the finding again', error);
  }
}
