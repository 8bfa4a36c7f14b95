import { execa } from 'execa';
import semver from 'semver';
import { forEachLimited } from '#shared/lib/for-each-limited.ts';
import type { Kind } from '#main/stages/kind.ts';
import { onPathHere } from '#main/stages/tools/find-tool.ts';
import type { Tool } from '#main/stages/tools/tool.ts';
import type { Finding } from './finding.ts';

/** So many are asked for their versions at once: some take half a second of a processor. */
const AT_ONCE = 4;
const ANSWER_MS = 10_000;

const FAMILY_TITLES: Readonly<Record<string, string>> = {
  source: 'Source',
  deps: 'Dependencies',
  tool: 'Environment',
  env: 'Environment',
  cache: 'Environment',
  build: 'Build',
  release: 'Release and publish',
  publish: 'Release and publish',
  artifact: 'Release and publish',
  test: 'Tests, quality and security',
};

/** A tool with all the kinds that may use it. */
export interface CatalogTool {
  readonly tool: Tool;
  readonly group: string;
  readonly kinds: readonly string[];
}

/** The tools of kinds, each once: those that share a program are one. In the order of the kinds. */
export function toolsOf(kinds: readonly Kind[]): readonly CatalogTool[] {
  const all: { tool: Tool; readonly group: string; readonly kinds: string[] }[] = [];
  for (const kind of kinds) {
    for (const tool of kind.tools ?? []) {
      const known = all.find(
        (one) => one.tool.name === tool.name || one.tool.bins.some((bin) => tool.bins.includes(bin)),
      );
      if (known === undefined) {
        const family = kind.id.split('.')[0] ?? '';
        all.push({ tool, group: FAMILY_TITLES[family] ?? family, kinds: [kind.id] });
        continue;
      }
      if (!known.kinds.includes(kind.id)) known.kinds.push(kind.id);
      known.tool = { ...known.tool, bins: [...new Set([...known.tool.bins, ...tool.bins])] };
    }
  }
  return all;
}

/**
 * Looks for the tools of kinds on PATH. A tool that is not there is no fault: only the kinds that need it do.
 * @param known names of tools that are looked for elsewhere
 */
export async function examineCatalog(
  kinds: readonly Kind[],
  env: NodeJS.ProcessEnv,
  known: ReadonlySet<string> = new Set(),
): Promise<Finding[]> {
  const tools = toolsOf(kinds).filter(({ tool }) => !known.has(tool.name));
  const findings = new Map<string, Finding>();
  await forEachLimited(tools, AT_ONCE, async (one) => {
    findings.set(one.tool.name, await examineTool(one, env));
  });
  const order = [...new Set(tools.map(({ group }) => group))];
  return tools
    .map(({ tool }) => findings.get(tool.name)!)
    .sort((a, b) => order.indexOf(a.group) - order.indexOf(b.group) || (a.name < b.name ? -1 : 1));
}

async function examineTool({ tool, group, kinds }: CatalogTool, env: NodeJS.ProcessEnv): Promise<Finding> {
  const about = { name: tool.name, group, neededFor: kinds.map((kind) => `\`${kind}\``).join(', ') };
  const given = Object.fromEntries(
    Object.entries(env).filter((entry): entry is [string, string] => entry[1] !== undefined),
  );
  const file = await onPathHere({ env: given }, tool.bins);
  if (file === null) {
    return { ...about, status: 'missing', version: null, detail: null, hint: `${tool.install}.` };
  }
  const version = await askVersion(file, tool);
  const oldest = tool.minVersion === undefined ? null : semver.coerce(tool.minVersion);
  const found = version === null ? null : semver.coerce(version);
  if (oldest !== null && found !== null && semver.lt(found, oldest)) {
    const hint = `At least ${tool.minVersion ?? ''}. ${tool.install}.`;
    return { ...about, status: 'outdated', version, detail: null, hint };
  }
  return { ...about, status: 'ok', version, detail: null, hint: null };
}

/** Null: it does not tell. */
async function askVersion(file: string, { versionArgs = ['--version'] }: Tool): Promise<string | null> {
  const { stdout, stderr } = await execa(file, [...versionArgs], {
    stdin: 'ignore',
    timeout: ANSWER_MS,
    reject: false,
    windowsHide: true,
    env: { NO_COLOR: '1', NO_UPDATE_NOTIFIER: '1' },
  });
  return /\d+(\.\d+)+/.exec(`${stdout}\n${stderr}`)?.[0] ?? null;
}
