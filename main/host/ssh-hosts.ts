import { acceptHostKey } from '#main/executors/ssh/accept-host-key.ts';
import { listConfigHosts } from '#main/executors/ssh/config-hosts.ts';
import { sshProgram } from '#main/executors/ssh/ssh-arguments.ts';
import { testConnection } from '#main/executors/ssh/test-connection.ts';
import type { Store } from '#main/store/open-store.ts';
import type { SshHost } from '#main/store/ssh-hosts.ts';
import type { HostTestEvent, SshHostInfo } from '#shared/api/host-schemas.ts';

/** The hosts that stages run on by SSH, as people see and change them. */
export interface SshHostBook {
  /** By name. */
  list(): SshHostInfo[];
  /** Names of the user's SSH configuration that are not registered. */
  suggestions(): Promise<string[]>;
  save(host: Pick<SshHost, 'name' | 'labels' | 'slots'>): SshHostInfo;
  /** False when it was not registered. */
  remove(name: string): boolean;
  /** The steps of a test as they happen; what it comes to is kept for a registered host. Ends early when `signal` aborts. */
  test(name: string, signal: AbortSignal): AsyncGenerator<HostTestEvent, void, undefined>;
  /** @returns the file that has the key now. @throws AppError `host-key-changed`, `ssh-failed` */
  acceptKey(name: string, fingerprint: string, signal: AbortSignal): Promise<{ readonly file: string }>;
}

export interface SshHostBookOptions {
  readonly store: Pick<Store, 'sshHosts' | 'sshSlotRequests'>;
  readonly env: NodeJS.ProcessEnv;
  /** Epoch milliseconds. */
  readonly now: () => number;
}

export function createSshHostBook({ store, env, now }: SshHostBookOptions): SshHostBook {
  const program = sshProgram(env);
  const list = (): SshHostInfo[] => {
    const used = store.sshSlotRequests.used();
    return store.sshHosts
      .list()
      .map(({ labels, ...host }) => ({ ...host, labels: [...labels], usedSlots: used.get(host.name) ?? 0 }));
  };
  return {
    list,
    async suggestions() {
      const known = new Set(list().map(({ name }) => name));
      return (await listConfigHosts(program)).filter((name) => !known.has(name));
    },
    save(host) {
      store.sshHosts.save(host);
      return list().find(({ name }) => name === host.name)!;
    },
    remove: (name) => store.sshHosts.remove(name),
    async *test(name, signal) {
      let problem: string | null = null;
      for await (const event of testConnection(name, program, signal)) {
        if (event.status === 'failed') problem = event.words;
        yield event;
      }
      if (!signal.aborted) store.sshHosts.recordTest(name, { at: new Date(now()).toISOString(), problem });
    },
    acceptKey: async (name, fingerprint, signal) => ({
      file: await acceptHostKey(name, fingerprint, program, signal),
    }),
  };
}
