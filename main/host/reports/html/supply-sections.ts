import type { SupplyChain } from '#shared/api/report-schemas.ts';
import type { Artifact } from '#shared/api/schemas.ts';
import { formatSize } from '#shared/lib/sizes.ts';
import { cut, html, type Markup, plural, section, table } from './markup.ts';

/** Licences that make a row of their own; the rarest go. */
const LICENCES = 200;

export function supplySection({ bills, provenance, vulnerabilities }: SupplyChain): Markup | null {
  if (bills.length === 0 && provenance.length === 0) return null;
  const components = bills.flatMap(({ stage, sbom }) => sbom.components.map((one) => ({ ...one, stage })));
  const licences = new Map<string, number>();
  for (const name of components.flatMap(({ licenses }) => (licenses.length === 0 ? ['unknown'] : licenses)))
    licences.set(name, (licences.get(name) ?? 0) + 1);
  const vulnerable = new Set(vulnerabilities.map((finding) => finding.package));
  const isVulnerable = (name: string, version: string | null): boolean =>
    vulnerable.has(`${name}@${version}`);
  const rows = components.toSorted(
    (a, b) => Number(isVulnerable(b.name, b.version)) - Number(isVulnerable(a.name, a.version)),
  );
  return section(
    'Supply chain',
    `${plural(components.length, 'component')}, ${plural(licences.size, 'licence')}`,
    provenance.map(
      ({ stage, provenance: { builder, subjects, keyId, verified } }) =>
        html`<p>
          Provenance of
          ${subjects
            .map(({ name }) => cut(name, 200))
            .slice(0, 20)
            .join(', ')}
          <small>${stage}, built by ${builder ?? 'an unnamed builder'}, ${signature(keyId, verified)}</small>
        </p>`,
    ),
    components.length === 0
      ? html`<p class="dim">The bill names no components.</p>`
      : html`<p>
          ${[...licences]
            .sort(([, a], [, b]) => b - a)
            .slice(0, LICENCES)
            .map(([name, count]) => html`<code>${cut(name, 100)}</code> ${count} &nbsp; `)}
        </p>`,
    components.length === 0
      ? null
      : table(
          ['Component', 'Version', 'Licences', 'Scope', ''],
          rows,
          (one) =>
            html`<tr>
              <td>${cut(one.name, 200)}</td>
              <td>${one.version}</td>
              <td>${cut(one.licenses.join(', '), 200)}</td>
              <td>${one.direct ? 'direct, ' : ''}${one.scope}</td>
              <td class="bad">${isVulnerable(one.name, one.version) ? 'vulnerable' : ''}</td>
            </tr>`,
          'components',
        ),
  );
}

function signature(keyId: string | null, verified: boolean): string {
  if (keyId === null) return 'not signed';
  return `signed by ${keyId.slice(0, 16)}, ${verified ? 'verified' : 'not verified'}`;
}

export function artifactSection(artifacts: readonly Artifact[]): Markup | null {
  if (artifacts.length === 0) return null;
  const files = artifacts.flatMap((artifact) => artifact.files.map((file) => ({ artifact, ...file })));
  const bytes = artifacts.reduce((sum, { sizeBytes }) => sum + sizeBytes, 0);
  return section(
    'Artifacts',
    `${artifacts.length}, ${formatSize(bytes)}`,
    table(
      ['Artifact', 'Stage', 'Size', 'SHA-256'],
      artifacts,
      ({ name, stage, sizeBytes, sha256, expired }) =>
        html`<tr>
          <td>${name}${expired ? html` <small>expired</small>` : null}</td>
          <td>${stage}</td>
          <td class="number">${formatSize(sizeBytes)}</td>
          <td><code>${sha256}</code></td>
        </tr>`,
      'artifacts',
    ),
    files.length === 0
      ? null
      : html`<details>
          <summary>${plural(files.length, 'file')}</summary>
          ${table(
            ['File', 'Artifact', 'Size', 'SHA-256'],
            files,
            (file) =>
              html`<tr>
                <td><code>${cut(file.path, 400)}</code></td>
                <td>${file.artifact.name}</td>
                <td class="number">${formatSize(file.sizeBytes)}</td>
                <td><code>${file.sha256}</code></td>
              </tr>`,
            'files',
          )}
        </details>`,
  );
}
