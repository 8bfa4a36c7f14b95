import { toFailure } from '#renderer/bridge/app-failure.ts';
import type { Bridge } from '#renderer/bridge/bridge.ts';
import { showToast } from '#renderer/ui/toast-store.ts';
import type { Artifact, ArtifactFile } from '#shared/api/schemas.ts';
import type { RunId } from '#shared/lib/ids.ts';

function complain(title: string, error: unknown): void {
  const { message, hint } = toFailure(error);
  showToast({ tone: 'failed', title, body: hint === null ? message : `${message} ${hint}`, key: 'artifact' });
}

async function* pieceOf(bytes: Blob): AsyncGenerator<Uint8Array<ArrayBuffer>> {
  yield new Uint8Array(await bytes.arrayBuffer());
}

/** Saves one file of an artifact. @returns false after a refusal, which a toast tells */
export async function downloadFile(
  { client, saveFile }: Pick<Bridge, 'client' | 'saveFile'>,
  runId: RunId,
  artifact: Artifact,
  file: ArtifactFile,
): Promise<boolean> {
  try {
    const { bytes } = await client.artifact.read({ runId, name: artifact.name, path: file.path });
    await saveFile(file.path.slice(file.path.lastIndexOf('/') + 1), pieceOf(bytes));
    return true;
  } catch (error) {
    complain(`Could not download ${file.path}`, error);
    return false;
  }
}

/** Saves every file of an artifact, one after the other; stops at the first that fails, which a toast tells. */
export async function downloadArtifact(
  bridge: Pick<Bridge, 'client' | 'saveFile'>,
  runId: RunId,
  artifact: Artifact,
): Promise<void> {
  for (const file of artifact.files) {
    if (!(await downloadFile(bridge, runId, artifact, file))) return;
  }
}

/** Writes the artifact's files into a folder and shows it in the file manager (desktop), or says where it is (browser). */
export async function revealArtifact(
  { client, desktop }: Pick<Bridge, 'client' | 'desktop'>,
  runId: RunId,
  artifact: Artifact,
): Promise<void> {
  try {
    const { dir } = await client.artifact.extract({ runId, name: artifact.name });
    if (desktop !== undefined && (await desktop.reveal(dir))) return;
    showToast({
      title: `${artifact.name} is unpacked`,
      body: dir,
      action: { label: 'Copy the path', run: () => void navigator.clipboard.writeText(dir) },
      key: 'artifact',
    });
  } catch (error) {
    complain(`Could not unpack ${artifact.name}`, error);
  }
}
