import { parse } from 'yaml';

const linesThat = (text: string, pattern: RegExp): number => text.match(pattern)?.length ?? 0;

/** How many packages a lock file names, by the name of the file; null: it cannot be told. */
export function countPackages(file: string, text: string): number | null {
  switch (file) {
    case 'package-lock.json':
    case 'npm-shrinkwrap.json':
      return countNpm(text);
    case 'pnpm-lock.yaml': {
      const packages = (parse(text) as { readonly packages?: object } | null)?.packages;
      return Object.keys(packages ?? {}).length;
    }
    case 'yarn.lock':
      return linesThat(text, /^ {2}version:? /gm);
    case 'Cargo.lock':
    case 'poetry.lock':
    case 'uv.lock':
      return linesThat(text, /^\[\[package\]\]/gm);
    case 'go.sum':
      return new Set(text.split('\n').flatMap((line) => /^(\S+ v[^\s/]+)/.exec(line)?.[1] ?? [])).size;
    case 'composer.lock': {
      const { packages = [], 'packages-dev': dev = [] } = JSON.parse(text) as Record<
        string,
        unknown[] | undefined
      >;
      return packages.length + dev.length;
    }
    case 'Gemfile.lock':
      return linesThat(text, /^ {4}\S+ \(/gm);
    case 'requirements.txt':
      return text.split('\n').filter((line) => /^[A-Za-z0-9]/.test(line)).length;
    default:
      return null;
  }
}

function countNpm(text: string): number {
  const { packages, dependencies } = JSON.parse(text) as {
    readonly packages?: Readonly<Record<string, unknown>>;
    readonly dependencies?: Readonly<Record<string, unknown>>;
  };
  // The root and the folders of workspaces are not installed.
  if (packages !== undefined)
    return Object.keys(packages).filter((at) => at.includes('node_modules/')).length;
  return Object.keys(dependencies ?? {}).length;
}
