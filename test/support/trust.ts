import type { Host } from '#main/host/create-host.ts';
import { grantTrust } from '#main/host/trust.ts';

/** Adds the project and trusts one of its pipelines, as a person does who was asked. */
export async function trustPipeline(host: Host, projectDir: string, file = 'pipewright.yml'): Promise<void> {
  const { id } = host.store.projects.add(projectDir);
  await grantTrust(host, { projectId: id, file }, 'asked');
}
