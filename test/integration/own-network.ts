import { execFileSync, spawnSync } from 'node:child_process';

/** Whether namespaces of one's own can be made here: root on Linux with `unshare`, `ip` and busybox. On CI they must be. */
export function areNamespacesMissing(): boolean {
  if (process.platform !== 'linux' || process.getuid?.() !== 0) return true;
  if (process.env['CI'] !== undefined) return false;
  const tools = [
    ['unshare', '--mount', '--net', 'true'],
    ['ip', '-V'],
    ['busybox', 'nc', '--help'],
  ];
  return tools.some(([tool = '', ...args]) => spawnSync(tool, args, { stdio: 'ignore' }).status !== 0);
}

/** Two network namespaces of the test's own with one link between them, which nobody else's network sees. */
export interface OwnNetwork extends Disposable {
  /** Of the host. */
  readonly address: string;
  /** To be put before a command that is to reach the host. */
  readonly here: readonly string[];
  readonly inHost: (command: readonly string[]) => readonly string[];
  /** Takes the link down: nothing is answered any more, and nobody is told. */
  cut(): void;
  mend(): void;
}

/** Linux, as root, with `ip`. */
export function makeNetwork(): OwnNetwork {
  const names = ['a', 'b'].map((side) => `pipewright-${process.pid}-${side}`);
  const [here = '', there = ''] = names;
  const ip = (...words: readonly string[]): void => void execFileSync('ip', words, { stdio: 'pipe' });
  const remove = (): void => {
    for (const name of names) {
      try {
        ip('netns', 'delete', name);
      } catch {
        // It was not made.
      }
    }
  };
  try {
    for (const name of names) ip('netns', 'add', name);
    ip('-n', here, 'link', 'add', 'link0', 'type', 'veth', 'peer', 'name', 'link0', 'netns', there);
    for (const [index, name] of names.entries()) {
      ip('-n', name, 'address', 'add', `10.213.7.${index + 1}/30`, 'dev', 'link0');
      ip('-n', name, 'link', 'set', 'link0', 'up');
    }
  } catch (error) {
    remove();
    throw error;
  }
  return {
    address: '10.213.7.2',
    here: ['ip', 'netns', 'exec', here],
    inHost: (command) => ['ip', 'netns', 'exec', there, ...command],
    cut: () => ip('-n', here, 'link', 'set', 'link0', 'down'),
    mend: () => ip('-n', here, 'link', 'set', 'link0', 'up'),
    [Symbol.dispose]: remove,
  };
}
