import { once } from 'node:events';
import { createServer } from 'node:net';
import { expect, it } from 'vitest';
import { freePorts, LOOPBACK } from './free-ports.ts';
import { isListening } from './is-listening.ts';

it('names ports that differ and at which one can listen', async () => {
  const ports = await freePorts(3);
  expect(new Set(ports).size).toBe(3);
  const [port = 0] = ports;
  expect(await isListening(port, 1_000)).toBe(false);
  const server = createServer().listen(port, LOOPBACK);
  try {
    await once(server, 'listening');
    expect(await isListening(port, 1_000)).toBe(true);
  } finally {
    server.close();
  }
});
