import { readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';

interface LockedPackage {
  readonly version?: string;
  readonly resolved?: string;
  readonly gypfile?: boolean;
  readonly optionalDependencies?: Readonly<Record<string, string>>;
}

const file = path.resolve(import.meta.dirname, '../../package-lock.json');
const { packages } = JSON.parse(readFileSync(file, 'utf8')) as {
  packages: Readonly<Record<string, LockedPackage>>;
};

describe('the lock file', () => {
  it('names no registry', () => {
    expect(Object.entries(packages).filter(([, { resolved }]) => resolved !== undefined)).toEqual([]);
  });

  it('keeps npm 10 from compiling better-sqlite3, whose package brings its binaries', () => {
    // npm 10 compiles whatever holds a binding.gyp, and fails where there is no Python, unless the lock says otherwise.
    // `npm install` drops the line: put `"gypfile": false` back into the package's entry.
    expect(packages['node_modules/better-sqlite3']?.gypfile).toBe(false);
  });

  it('knows every optional package, as `npm ci` demands', () => {
    const missing = Object.values(packages).flatMap(({ optionalDependencies = {} }) =>
      Object.keys(optionalDependencies).filter(
        (name) => !Object.keys(packages).some((place) => place.endsWith(`node_modules/${name}`)),
      ),
    );
    expect(missing).toEqual([]);
  });
});
