import { asOperand } from '../findings/batches.ts';
import { endsWith } from '../findings/file-tool.ts';
import { asFindings } from '../findings/make-report.ts';
import type { DocsTool } from './docs-tool.ts';

export const CODESPELL: DocsTool = {
  takes: endsWith('md', 'markdown', 'mdx', 'txt', 'rst', 'adoc'),
  adapter: {
    tool: { name: 'codespell', bins: ['codespell'], install: 'pipx install codespell' },
    argv: ({ files, args, words }) => [
      ...(words.length === 0
        ? []
        : [`--ignore-words-list=${words.map((word) => word.toLowerCase()).join(',')}`]),
      ...args,
      ...files.map(asOperand),
    ],
    exit: { 0: 'clean', 65: 'findings' },
    reports: [{ from: 'stdout', format: readCodespell, mayBeEmpty: true }],
    checked: () => null,
  },
};

/** `docs/a.md:5: teh ==> the` */
export function readCodespell(text: string): ReturnType<typeof asFindings> {
  const all = text.matchAll(/^(.+?):(\d+): (\S+) ==> (.+)$/gm);
  return asFindings(
    'codespell',
    Array.from(all, ([, file, line, wrong, right]) => ({
      ruleId: 'spelling',
      severity: 'low' as const,
      message: `${wrong} should be ${right}`,
      file: file ?? null,
      line: Number(line),
    })),
  );
}
