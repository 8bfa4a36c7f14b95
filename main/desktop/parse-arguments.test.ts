import { describe, expect, it } from 'vitest';
import { parseArguments } from './parse-arguments.ts';

const parse = (...args: string[]): ReturnType<typeof parseArguments> =>
  parseArguments(args, '/home/me', '/opt/app');

describe('parseArguments', () => {
  it('takes a folder from where the person stands', () => {
    expect(parse('shop').projectDir).toBe('/home/me/shop');
    expect(parse('--project', '../shop').projectDir).toBe('/home/shop');
    expect(parse('--project=/srv/shop').projectDir).toBe('/srv/shop');
  });

  it('takes the data folder in both spellings', () => {
    expect(parse('--data', 'd', 'shop')).toEqual({ dataDir: '/home/me/d', projectDir: '/home/me/shop' });
    expect(parse('--data=/d').dataDir).toBe('/d');
  });

  it('passes over switches of Chromium and its own folder', () => {
    expect(parse('--no-sandbox', '/opt/app', '--remote-debugging-port=0')).toEqual({
      dataDir: null,
      projectDir: null,
    });
  });

  it('passes over an option without its value', () => {
    expect(parse('--data')).toEqual({ dataDir: null, projectDir: null });
  });
});
