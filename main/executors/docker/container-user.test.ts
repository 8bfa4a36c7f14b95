import { describe, expect, it } from 'vitest';
import { containerUser } from './container-user.ts';

const ENGINE = { isNative: true, isRootless: false };
const ME = { uid: 1000, gid: 100 };

describe('the user of a container', () => {
  it('is the one of Pipewright, who has no home in there', () => {
    expect(containerUser(null, ENGINE, ME)).toEqual({ user: '1000:100', needsHome: true });
  });

  it('is whom the file names', () => {
    expect(containerUser('node', ENGINE, ME)).toEqual({ user: 'node', needsHome: false });
  });

  it('is root where that is the user: of a rootless daemon, and when Pipewright is root', () => {
    expect(containerUser(null, { ...ENGINE, isRootless: true }, ME).user).toBe('0:0');
    expect(containerUser(null, ENGINE, { uid: 0, gid: 0 }).user).toBe('0:0');
  });

  it('is the one of the image behind a virtual machine, and where users have no numbers', () => {
    expect(containerUser(null, { ...ENGINE, isNative: false }, ME).user).toBeNull();
    expect(containerUser(null, ENGINE, null).user).toBeNull();
  });
});
