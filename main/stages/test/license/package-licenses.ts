import { z } from 'zod';
import type { Component, Sbom } from '#shared/reports/sbom.ts';
import type { ToolAdapter } from '../../tools/tool-adapter.ts';
import { readJson } from '../adapters/json.ts';
import { hasFile } from '../adapters/project-file.ts';

export interface LicenseCheckerSettings {
  readonly runtimeOnly: boolean;
  readonly args: readonly string[];
}

/** Looks into what is installed in `node_modules`. */
export const LICENSE_CHECKER: ToolAdapter<LicenseCheckerSettings> = {
  tool: {
    name: 'license-checker-rseidelsohn',
    bins: ['license-checker-rseidelsohn'],
    install: 'npm install --save-dev license-checker-rseidelsohn',
    isNodePackage: true,
  },
  fits: (context) => hasFile(context, 'package.json'),
  argv: ({ runtimeOnly, args }) => ['--json', ...(runtimeOnly ? ['--production'] : []), ...args],
  exit: { 0: 'clean' },
  reports: [{ from: 'stdout', format: (text) => [{ type: 'sbom', report: readLicenseChecker(text) }] }],
  checked: (reports) =>
    reports.reduce((sum, form) => sum + (form.type === 'sbom' ? form.report.components.length : 0), 0),
};

const reportSchema = z.record(
  z.string(),
  z.object({
    licenses: z.union([z.string(), z.array(z.string())]).optional(),
    private: z.boolean().optional(),
    path: z.string(),
  }),
);

/** Its list as a bill of materials. The project itself is on its list, too: it is the one that all others lie in. */
export function readLicenseChecker(text: string): Sbom {
  const entries = Object.entries(readJson(text, reportSchema));
  const isRoot = (folder: string): boolean => !/[\\/]node_modules[\\/]/.test(folder);
  const components = entries
    .filter(([, { path }]) => !isRoot(path))
    .map(([id, { licenses }]): Component => {
      const { name, version } = splitId(id);
      return {
        ref: id,
        name,
        version,
        purl: `pkg:npm/${name.split('/').map(encodeURIComponent).join('/')}@${encodeURIComponent(version)}`,
        type: 'library',
        licenses: namesOf(licenses),
        scope: 'unknown',
        direct: false,
      };
    });
  const root = entries.find(([, { path }]) => isRoot(path));
  return {
    format: 'license-checker',
    subject: root === undefined ? null : splitId(root[0]),
    components,
    dependencies: [],
  };
}

function splitId(id: string): { readonly name: string; readonly version: string } {
  const at = id.lastIndexOf('@');
  return { name: id.slice(0, at), version: id.slice(at + 1) };
}

/** A list in a `package.json` of old means that one may choose. */
function namesOf(licenses: string | readonly string[] | undefined): string[] {
  if (licenses === undefined || licenses === 'UNKNOWN') return [];
  if (typeof licenses === 'string') return [licenses];
  return licenses.length === 0 ? [] : [licenses.join(' OR ')];
}
