import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { BUILT_IN_KINDS } from '#main/stages/catalog.ts';
import { dockerFinding } from './doctor/docker-finding.ts';
import { examineCatalog } from './doctor/catalog-findings.ts';
import { type Finding, MACHINE_GROUP } from './doctor/finding.ts';
import { limitsFinding } from './doctor/limits-finding.ts';
import { terminalFinding } from './doctor/terminal-finding.ts';

interface Tool {
  readonly name: string;
  readonly command: string;
  readonly args: readonly string[];
  readonly neededFor: string;
  /** The package's name by package manager; a text is a way of its own. */
  readonly install: { readonly apt?: string; readonly brew?: string; readonly winget?: string } | string;
  readonly oldest?: readonly [number, number];
  readonly platforms?: readonly NodeJS.Platform[];
}

const UNIX: readonly NodeJS.Platform[] = ['linux', 'darwin', 'freebsd', 'openbsd'];
const run = promisify(execFile);

const TOOLS: readonly Tool[] = [
  {
    name: 'node',
    command: 'node',
    args: ['--version'],
    oldest: [22, 12],
    neededFor: 'the command line, and stages that call Node',
    install: 'Get Node 24 from https://nodejs.org.',
  },
  {
    name: 'git',
    command: 'git',
    args: ['--version'],
    oldest: [2, 20],
    neededFor: 'branch and commit of a run, the sample project, `source.git` and other kinds',
    install: { apt: 'git', brew: 'git', winget: 'Git.Git' },
  },
  {
    name: 'sh',
    command: '/bin/sh',
    args: ['-c', 'echo POSIX'],
    neededFor: 'scripts of stages',
    install: 'It belongs to the system.',
    platforms: UNIX,
  },
  {
    name: 'bash',
    command: 'bash',
    args: ['--version'],
    neededFor: 'stages with `shell: bash`',
    install: { apt: 'bash', brew: 'bash', winget: 'Git.Git' },
  },
  {
    name: 'powershell',
    command: 'powershell.exe',
    args: ['-NoProfile', '-Command', '$PSVersionTable.PSVersion.ToString()'],
    neededFor: 'scripts of stages',
    install: 'It belongs to the system.',
    platforms: ['win32'],
  },
  {
    name: 'pwsh',
    command: 'pwsh',
    args: ['--version'],
    neededFor: 'stages with `shell: pwsh`',
    install: 'See https://aka.ms/install-powershell.',
  },
  {
    name: 'python',
    command: 'python3',
    args: ['--version'],
    neededFor: 'stages with `shell: python`',
    install: { apt: 'python3', brew: 'python', winget: 'Python.Python.3.13' },
  },
  {
    name: 'tar',
    command: 'tar',
    args: ['--version'],
    neededFor: 'stages that pack archives',
    install: { apt: 'tar', brew: 'gnu-tar' },
  },
  {
    name: 'ssh',
    command: 'ssh',
    args: ['-V'],
    neededFor: 'stages on other hosts, Docker at `ssh://`',
    install: { apt: 'openssh-client', brew: 'openssh', winget: 'Microsoft.OpenSSH.Beta' },
  },
  {
    name: 'rsync',
    command: 'rsync',
    args: ['--version'],
    oldest: [3, 0],
    neededFor: 'copying what has changed to other hosts; without it `tar` does',
    install: { apt: 'rsync', brew: 'rsync' },
    platforms: UNIX,
  },
];

/** Looks for everything at once; what does not answer within 10 s counts as missing. Never rejects. */
export async function examine(platform: NodeJS.Platform = process.platform): Promise<Finding[]> {
  const tools = TOOLS.filter(({ platforms }) => platforms?.includes(platform) ?? true);
  const known = new Set(TOOLS.map(({ name }) => name));
  const [found, docker, terminal, catalog] = await Promise.all([
    Promise.all(tools.map((tool) => examineTool(tool, platform))),
    dockerFinding(),
    terminalFinding(platform),
    examineCatalog(BUILT_IN_KINDS, process.env, known),
  ]);
  return [...found, docker, limitsFinding(platform), terminal, ...catalog];
}

async function examineTool(tool: Tool, platform: NodeJS.Platform): Promise<Finding> {
  const { name, neededFor } = tool;
  const group = MACHINE_GROUP;
  const answer = await ask(tool);
  if (answer === null)
    return {
      name,
      group,
      neededFor,
      status: 'missing',
      version: null,
      detail: null,
      hint: hintFor(tool, platform),
    };
  const version = /\d+(\.\d+)+/.exec(answer)?.[0] ?? answer.split('\n')[0]?.trim() ?? '';
  if (isOlder(version, tool.oldest)) {
    return {
      name,
      group,
      neededFor,
      version,
      status: 'outdated',
      detail: null,
      hint: `At least ${tool.oldest?.join('.') ?? ''}. ${hintFor(tool, platform)}`,
    };
  }
  return { name, group, neededFor, version, status: 'ok', detail: null, hint: null };
}

async function ask({ command, args }: Tool): Promise<string | null> {
  try {
    const { stdout, stderr } = await run(command, [...args], { timeout: 10_000, windowsHide: true });
    return stdout.trim() === '' ? stderr : stdout;
  } catch {
    // Not there, or there and broken: for its user that is the same.
    return null;
  }
}

function isOlder(version: string, oldest: readonly [number, number] | undefined): boolean {
  if (!oldest) return false;
  const [major = 0, minor = 0] = version.split('.').map(Number);
  return major < oldest[0] || (major === oldest[0] && minor < oldest[1]);
}

function hintFor({ install }: Tool, platform: NodeJS.Platform): string {
  if (typeof install === 'string') return install;
  if (platform === 'win32')
    return install.winget ? `winget install ${install.winget}` : 'It belongs to the system.';
  if (platform === 'darwin')
    return install.brew ? `brew install ${install.brew}` : 'It belongs to the system.';
  return install.apt
    ? `apt install ${install.apt} (or the package of your distribution)`
    : 'It belongs to the system.';
}
