import type { Lock } from './locked-package.ts';

/** Reads `Cargo.lock`: blocks of `key = "value"`, of which Cargo itself writes nothing else. */
export function readCargoLock(file: string, text: string): Lock {
  const packages = text
    .split(/^\[\[package\]\]\s*$/m)
    .slice(1)
    .flatMap((block) => {
      const valueOf = (key: string): string | null =>
        new RegExp(`^${key} = "([^"]*)"\\s*$`, 'm').exec(block)?.[1] ?? null;
      const [name, version, source] = [valueOf('name'), valueOf('version'), valueOf('source')];
      // Without a source it is the project's own.
      if (name === null || version === null || source === null) return [];
      const url = source.replace(/^(?:registry|sparse|git)\+/, '');
      const hasIntegrity = valueOf('checksum') !== null || source.startsWith('git+');
      return [{ name, version, url, hasIntegrity, deprecated: null, runsScripts: false }];
    });
  return { file, packages, drift: [] };
}
