import { asOperand } from '../findings/batches.ts';
import type { FilesToCheck, FileTool } from '../findings/file-tool.ts';
import { asFindings, type FoundProblem } from '../findings/make-report.ts';
import { judgeLicense, type LicensePolicy, type LicenseVerdict } from './policy.ts';
import { hasFile } from '../adapters/project-file.ts';

/** Whether each file says its copyright and licence, by the rules of REUSE. It looks at the whole project. */
export const REUSE: FileTool<FilesToCheck> = {
  takes: () => true,
  allAtOnce: true,
  adapter: {
    tool: { name: 'reuse', bins: ['reuse'], install: 'pipx install reuse' },
    fits: (context) => hasFile(context, 'REUSE.toml', '.reuse/dep5'),
    argv: ({ args }) => ['lint', ...args],
    exit: { 0: 'clean', 1: 'findings' },
    reports: [{ from: 'stdout', format: readReuse }],
  },
};

/** Its words for people: headings in capitals, and a bullet for each file or licence. */
export function readReuse(text: string): ReturnType<typeof asFindings> {
  const problems: FoundProblem[] = [];
  let section = '';
  let detail = '';
  for (const line of text.split('\n')) {
    const [, heading] = /^# (.+)$/.exec(line) ?? [];
    const [, item] = /^\* (.+)$/.exec(line) ?? [];
    if (heading !== undefined) [section, detail] = [heading.toLowerCase(), ''];
    else if (item === undefined) detail = line.trim() === '' ? detail : line.trim().replace(/:$/, '');
    else if (section !== 'summary') problems.push(problemOf(section, detail, item));
  }
  const files = /^\* Files with licen[sc]e information: \d+ \/ (\d+)/m.exec(text)?.[1];
  if (files === undefined) throw new Error('no summary');
  return asFindings('reuse', problems, { checked: Number(files) });
}

function problemOf(section: string, detail: string, item: string): FoundProblem {
  const isFile = /missing|read errors|bad/.test(section);
  return {
    ruleId: section.replaceAll(/[^a-z]+/g, '-'),
    severity: section.startsWith('unused') ? 'low' : 'medium',
    message: isFile && detail !== '' ? detail : `${section}: ${item}`,
    file: isFile ? item : null,
  };
}

/** What the head of each file says of its licence. */
export const licensecheck = (policy: LicensePolicy): FileTool<FilesToCheck> => ({
  takes: (file) => !/\.(json|lock|png|jpe?g|gif|ico|woff2?|ttf|pdf|zip|gz|tgz)$/i.test(file),
  adapter: {
    tool: { name: 'licensecheck', bins: ['licensecheck'], install: 'apt install licensecheck' },
    argv: ({ files, args }) => [
      '--machine',
      '--shortname-scheme=spdx',
      ...args,
      '--',
      ...files.map(asOperand),
    ],
    exit: { 0: 'clean' },
    reports: [{ from: 'stdout', format: (text) => readLicensecheck(policy, text), mayBeEmpty: true }],
    checked: () => null,
  },
});

/** `src/a.py	MIT`; a file that says nothing is none of its matters: REUSE asks for that. */
export function readLicensecheck(policy: LicensePolicy, text: string): ReturnType<typeof asFindings> {
  const problems = text.split('\n').flatMap((line): FoundProblem[] => {
    const tab = line.lastIndexOf('\t');
    const license = line.slice(tab + 1).trim();
    if (tab < 0 || license === '' || license.startsWith('UNKNOWN')) return [];
    const verdict = judgeFound(license, policy);
    if (verdict === 'allowed' || (verdict === 'unknown' && policy.allow.length === 0)) return [];
    return [
      {
        ruleId: `license-${verdict}`,
        severity: 'high',
        message: `It says that it is licensed as ${license}, which is ${verdict === 'denied' ? 'denied' : 'not among the allowed'}.`,
        file: line.slice(0, tab),
      },
    ];
  });
  return asFindings('licensecheck', problems);
}

/** It does not tell `-only` from `-or-later`; who denies or allows one of them means what it found. */
function judgeFound(text: string, policy: LicensePolicy): LicenseVerdict {
  const verdicts = ['only', 'or-later'].map((end) => judgeLicense(spdxOf(text, end), policy));
  return (['denied', 'allowed', 'not-allowed'] as const).find((one) => verdicts.includes(one)) ?? 'unknown';
}

/** `AGPLv3`, `GPL-2`, `LGPL-2.1+`: its names are nearly those of SPDX. */
const spdxOf = (text: string, end: string): string =>
  text
    .replaceAll(
      /\b(A?GPL|LGPL)(?:v|-)(\d)(\.\d)?\+?(?![\w.-])/g,
      (_all, name: string, major: string, minor?: string) => `${name}-${major}${minor ?? '.0'}-${end}`,
    )
    .replaceAll(/ and\/or | and /g, ' AND ')
    .replaceAll(' or ', ' OR ');
