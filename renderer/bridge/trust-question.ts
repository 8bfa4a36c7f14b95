import { create } from 'zustand';
import type { TrustView } from '#shared/api/trust-schemas.ts';
import type { ProjectId } from '#shared/lib/ids.ts';
import type { BridgeClient } from './client.ts';

/** A pipeline that somebody has to look at before it runs. */
export interface TrustQuestion {
  readonly projectId: ProjectId;
  readonly view: TrustView;
  /** True once the host has noted that the pipeline is trusted. */
  readonly answer: (isTrusted: boolean) => void;
}

/** The question that is open, if one is; whoever shows it answers it once. */
export const useTrustQuestion = create<{ readonly question: TrustQuestion | null }>()(() => ({
  question: null,
}));

/**
 * Asks whether a pipeline may run; false when nobody said so, also while another question is open.
 * @throws what `trust.get` throws
 */
export async function askTrust(
  client: BridgeClient,
  key: { readonly projectId: ProjectId; readonly file: string },
): Promise<boolean> {
  if (useTrustQuestion.getState().question !== null) return false;
  const view = await client.trust.get(key);
  return new Promise((resolve) => {
    useTrustQuestion.setState({
      question: {
        projectId: key.projectId,
        view,
        answer: (isTrusted) => {
          useTrustQuestion.setState({ question: null });
          resolve(isTrusted);
        },
      },
    });
  });
}
