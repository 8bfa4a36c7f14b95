/**
 * A script for Node 20 or newer: hands the folders of packages that differ from a branch or commit on as the output
 * `packages`, a JSON list; all of them where nothing can be compared.
 * @param globs of the packages' folders, without quotes
 * @param manifest the file that makes a folder a package
 */
export const changedPackages = (globs: readonly string[], manifest: string): string => `
import { execFileSync } from 'node:child_process';
import { appendFileSync } from 'node:fs';
const run = (args, errors) =>
  execFileSync('git', ['-c', 'core.quotepath=off', ...args], { encoding: 'utf8', stdio: ['ignore', 'pipe', errors] }).trim();
const git = (...args) => run(args, 'inherit');
const attempt = (...args) => { try { return run(args, 'ignore'); } catch { return null; } };
const files = (...args) => git('ls-files', '--cached', '--others', '--exclude-standard', ...args).split('\\n');

const manifests = [${globs.map((glob) => `':(glob)${glob}/${manifest}'`).join(', ')}];
const packages = files('--', ...manifests).filter(Boolean).map((file) => file.slice(0, -${manifest.length + 1}));

// On the branch itself nothing differs from it: there the last commit counts.
const since = process.env.SINCE;
const head = attempt('rev-parse', 'HEAD');
const bases = [\`origin/\${since}\`, since].map((name) => attempt('merge-base', name, 'HEAD'));
const base = bases.find((commit) => commit !== null && commit !== head) ?? attempt('rev-parse', 'HEAD~1');
const changed = base === null ? null : [
  ...git('diff', '--name-only', '--relative', base).split('\\n'),
  ...git('ls-files', '--others', '--exclude-standard').split('\\n'),
];

// A change outside of all packages may touch each of them.
const isIn = (file, folder) => file.startsWith(\`\${folder}/\`);
const isCommon = (file) => file !== '' && !packages.some((folder) => isIn(file, folder));
const wanted = changed === null || changed.some(isCommon)
  ? packages
  : packages.filter((folder) => changed.some((file) => isIn(file, folder)));
console.log(base === null ? 'nothing to compare with' : \`since \${base}\`, wanted);
appendFileSync(process.env.PIPEWRIGHT_OUTPUT, \`packages=\${JSON.stringify(wanted)}\\n\`);
`;
