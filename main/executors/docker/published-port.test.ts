import { describe, expect, it } from 'vitest';
import { parsePublishedPort } from './published-port.ts';

describe('a port of a container', () => {
  it.each([
    ['5432', { inside: '5432/tcp', host: '127.0.0.1', hostPort: '' }],
    ['8080:80', { inside: '80/tcp', host: '127.0.0.1', hostPort: '8080' }],
    ['0.0.0.0:8080:80/udp', { inside: '80/udp', host: '0.0.0.0', hostPort: '8080' }],
    ['127.0.0.1::80', { inside: '80/tcp', host: '127.0.0.1', hostPort: '' }],
    ['[::1]:8080:80', { inside: '80/tcp', host: '::1', hostPort: '8080' }],
  ])('%s is read', (text, port) => {
    expect(parsePublishedPort(text)).toEqual(port);
  });

  it.each(['', 'http', '0', '70000', '99999:80', '80/icmp', 'a:b:c:80'])('%j is refused', (text) => {
    expect(() => parsePublishedPort(text)).toThrow(expect.objectContaining({ code: 'usage' }));
  });
});
