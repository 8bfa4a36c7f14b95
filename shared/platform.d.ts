// What both Node and browsers have and the bare language has not. Only shared/ is compiled with this file;
// elsewhere the platform's own declarations apply.
interface Blob {
  readonly size: number;
  readonly type: string;
  arrayBuffer(): Promise<ArrayBuffer>;
  text(): Promise<string>;
}
declare const Blob: { prototype: Blob; new (parts?: readonly unknown[], options?: { type?: string }): Blob };
