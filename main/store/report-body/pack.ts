import { deflateRawSync, inflateRawSync } from 'node:zlib';

const PLAIN = 0;
const DEFLATED = 1;
/** Bytes; shorter texts hardly get smaller. */
const PAYS_FROM = 2_048;
/** The fastest: reports are written once, while others wait. */
const LEVEL = 1;

/** A value as a part holds it: a byte that says how, then its JSON. */
export function pack(value: unknown): Buffer {
  const json = Buffer.from(JSON.stringify(value));
  if (json.length < PAYS_FROM) return Buffer.concat([Buffer.of(PLAIN), json]);
  return Buffer.concat([Buffer.of(DEFLATED), deflateRawSync(json, { level: LEVEL })]);
}

/** @throws Error when it is not what `pack` made */
export function unpack(body: Buffer): unknown {
  const rest = body.subarray(1);
  if (body[0] !== PLAIN && body[0] !== DEFLATED) throw new Error('A part of a report cannot be read.');
  return JSON.parse((body[0] === PLAIN ? rest : inflateRawSync(rest)).toString());
}
