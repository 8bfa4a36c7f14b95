import type { KeySealer } from '#main/secrets/key-sealer.ts';
import type { HostMessage, KeychainAnswer, KeychainRequest } from '#shared/api/host-protocol.ts';

/** The system's keychain through the desktop shell, which alone can reach it. */
export interface ShellSealer extends KeySealer {
  /** An answer of the shell; one that nobody waits for is dropped. */
  receive(id: number, answer: KeychainAnswer): void;
}

export function createShellSealer(send: (message: HostMessage) => void): ShellSealer {
  const waiting = new Map<number, (answer: KeychainAnswer) => void>();
  let nextId = 1;

  async function ask(request: KeychainRequest): Promise<string | null> {
    const id = nextId++;
    const { promise, resolve } = Promise.withResolvers<KeychainAnswer>();
    waiting.set(id, resolve);
    send({ type: 'keychain', id, request });
    const answer = await promise;
    if (!answer.ok) throw new Error(answer.message);
    return answer.value;
  }

  return {
    unavailable: () => ask({ type: 'unavailable' }),
    seal: async (text) => (await ask({ type: 'seal', text })) ?? '',
    open: async (sealed) => (await ask({ type: 'open', sealed })) ?? '',
    receive(id, answer) {
      waiting.get(id)?.(answer);
      waiting.delete(id);
    },
  };
}
