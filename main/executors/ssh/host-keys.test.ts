import { expect, it } from 'vitest';
import { parseScan } from './host-keys.ts';

const ED25519 = 'AAAAC3NzaC1lZDI1NTE5AAAAIJwsmOdDmnqVbFTZwG8xGUqUgpjAYAYkC1jjkDUzkgNC';

it('reads the keys that a host shows, the one that ssh prefers first, with the fingerprint that ssh shows', () => {
  const keys = parseScan(
    `# h:22 SSH-2.0-OpenSSH_9.2\nh ssh-rsa QUJD\n[h]:22 ssh-ed25519 ${ED25519}\nh ecdsa-sha2-nistp256 QUJE\n\nbroken\n`,
  );
  expect(keys.map(({ type }) => type)).toEqual(['ssh-ed25519', 'ecdsa-sha2-nistp256', 'ssh-rsa']);
  expect(keys[2]?.fingerprint).toBe('SHA256:tdQEXD9Gb6kf4sxqvnkjKhpXzfEE96JucW4KHieJ33g');
  expect(keys[0]).toMatchObject({ base64: ED25519 });
});
