import { INDEX_TYPE, type OciClient } from './oci-client.ts';

/** What an index says of a manifest. */
export interface Descriptor {
  readonly mediaType: string;
  readonly digest: string;
  readonly size: number;
  readonly artifactType?: string;
  readonly annotations?: Readonly<Record<string, string>>;
}

/**
 * For registries that do not list what refers to a manifest themselves: the index under the tag `sha256-<hex>` of the
 * specification. Two that publish at once may each lose the other's entry; the specification knows no way around that.
 * @param subject `sha256:…`
 */
export async function addReferrer(client: OciClient, subject: string, referrer: Descriptor): Promise<string> {
  const tag = subject.replace(':', '-');
  const stored = await client.manifest(tag);
  const known = stored === null ? [] : manifestsOf(stored.bytes);
  const manifests = [...known.filter(({ digest }) => digest !== referrer.digest), referrer];
  const index = { schemaVersion: 2, mediaType: INDEX_TYPE, manifests };
  await client.putManifest(tag, Buffer.from(JSON.stringify(index)), INDEX_TYPE);
  return tag;
}

function manifestsOf(bytes: Uint8Array): readonly Descriptor[] {
  const { manifests } = JSON.parse(Buffer.from(bytes).toString()) as { readonly manifests?: unknown };
  return Array.isArray(manifests) ? (manifests as readonly Descriptor[]) : [];
}
