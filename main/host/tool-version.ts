import { execa } from 'execa';

const TIMEOUT_MS = 5_000;

/**
 * What tools say their versions are, each asked once per host: the first line of `<tool> --version`,
 * '' for a tool that is not there, fails or does not answer in time. Never rejects.
 */
export function createToolVersions(): (tool: string, cwd: string) => Promise<string> {
  const known = new Map<string, Promise<string>>();
  return (tool, cwd) => {
    const version = known.get(tool) ?? askVersion(tool, cwd);
    known.set(tool, version);
    return version;
  };
}

async function askVersion(tool: string, cwd: string): Promise<string> {
  const { stdout, failed } = await execa(tool, ['--version'], {
    cwd,
    stdin: 'ignore',
    timeout: TIMEOUT_MS,
    reject: false,
  });
  return failed ? '' : (stdout.split('\n')[0]?.trim() ?? '');
}
