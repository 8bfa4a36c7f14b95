/** Titles that the words of a key do not give. */
const TITLES: Readonly<Record<string, string>> = {
  cmd: 'Command',
  cpus: 'Processors',
  env: 'Variables',
  id: 'Id',
  if: 'Condition',
  junit: 'JUnit results',
  max: 'How often',
  on: 'After',
  paths: 'Files',
  run: 'Script',
  'runs-on': 'Runs on',
  sarif: 'SARIF findings',
  sbom: 'SBOM',
  ssh: 'SSH host',
  url: 'URL',
  uses: 'Kind',
  vars: 'Fixed values',
  with: 'Settings',
};

/** A key as words: `max-parallel` is `Max parallel`. */
export function titleOf(key: string): string {
  const words = key
    .replace(/[-_]+/g, ' ')
    .replace(/([a-z])([A-Z])/g, '$1 $2')
    .toLowerCase()
    .trim();
  return TITLES[key] ?? words.charAt(0).toUpperCase() + words.slice(1);
}
