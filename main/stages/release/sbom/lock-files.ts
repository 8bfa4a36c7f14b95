/** A package that a lock file names. */
export interface LockedPackage {
  readonly name: string;
  readonly version: string;
  /** By the package URL specification. */
  readonly purl: string;
}

/** Lock files that can be read without the tool that wrote them, by their name. What they do not say is left out. */
export const LOCK_FILES: readonly {
  readonly file: string;
  readonly read: (text: string) => readonly LockedPackage[];
}[] = [
  { file: 'Cargo.lock', read: (text) => packageTables(text, 'cargo') },
  { file: 'poetry.lock', read: (text) => packageTables(text, 'pypi') },
  { file: 'uv.lock', read: (text) => packageTables(text, 'pypi') },
  { file: 'requirements.txt', read: readRequirements },
  { file: 'go.mod', read: readGoMod },
];

function locked(type: string, name: string, version: string): LockedPackage {
  const path = name.split('/').map(encodeURIComponent).join('/');
  return { name, version, purl: `pkg:${type}/${path}@${encodeURIComponent(version)}` };
}

/** The `[[package]]` tables that Cargo, Poetry and uv write, one key a line. */
function packageTables(text: string, type: string): readonly LockedPackage[] {
  const found: LockedPackage[] = [];
  for (const table of text.split(/^\[\[package\]\]\s*$/m).slice(1)) {
    // Tables of its own follow the keys of a package.
    const own = table.split(/^\[/m, 1)[0] ?? '';
    const valueOf = (key: string): string | undefined =>
      new RegExp(`^${key} = "([^"\\n]*)"\\s*$`, 'm').exec(own)?.[1];
    const [name, version] = [valueOf('name'), valueOf('version')];
    // What has no place where it comes from is the project itself.
    const isProject = type === 'cargo' && valueOf('source') === undefined;
    if (name !== undefined && version !== undefined && !isProject)
      found.push(locked(type, normal(name, type), version));
  }
  return found;
}

const normal = (name: string, type: string): string =>
  type === 'pypi' ? name.toLowerCase().replaceAll(/[-_.]+/g, '-') : name;

/** Pinned ones alone: a range is no version. */
function readRequirements(text: string): readonly LockedPackage[] {
  return text.split('\n').flatMap((line) => {
    const [, name, version] =
      /^\s*([A-Za-z0-9][\w.-]*)(?:\[[^\]]*\])?\s*===?\s*([^\s;#\\,*]+)(?=[\s;#\\]|$)/.exec(line) ?? [];
    return name === undefined || version === undefined ? [] : [locked('pypi', normal(name, 'pypi'), version)];
  });
}

function readGoMod(text: string): readonly LockedPackage[] {
  let isBlock = false;
  return text.split('\n').flatMap((line) => {
    if (/^require\s*\(/.test(line)) isBlock = true;
    else if (line.startsWith(')')) isBlock = false;
    const [, name, version] = (isBlock ? /^\s+(\S+)\s+(v\S+)/ : /^require\s+(\S+)\s+(v\S+)/).exec(line) ?? [];
    return name === undefined || version === undefined ? [] : [locked('golang', name, version)];
  });
}
