import { describe, expect, it } from 'vitest';
import { isAllowedInFrame, isExternalLink, isOwnPage } from './navigation-rules.ts';

const ORIGIN = 'app://pipewright';

describe('isExternalLink', () => {
  it('lets https links go to the browser', () => {
    expect(isExternalLink('https://example.org/docs?x=1')).toBe(true);
  });

  it.each([
    'http://example.org',
    'file:///etc/passwd',
    'javascript:alert(1)',
    'smb://server/share',
    'ms-settings:privacy',
    'https://user:secret@example.org',
    'not a link',
    '',
  ])('refuses %s', (address) => {
    expect(isExternalLink(address)).toBe(false);
  });
});

describe('isOwnPage', () => {
  it('knows its own addresses', () => {
    expect(isOwnPage('app://pipewright/index.html#/runs', ORIGIN)).toBe(true);
  });

  it.each([
    'app://pipewright.evil/',
    'app://other/',
    'https://pipewright/',
    'about:blank',
    'data:text/html,x',
  ])('does not take %s for its own', (address) => {
    expect(isOwnPage(address, ORIGIN)).toBe(false);
  });
});

describe('isAllowedInFrame', () => {
  it('shows previews made by the page and nothing from elsewhere', () => {
    expect(isAllowedInFrame(`blob:${ORIGIN}/0b1c`, ORIGIN)).toBe(true);
    expect(isAllowedInFrame('about:srcdoc', ORIGIN)).toBe(true);
    expect(isAllowedInFrame('blob:https://example.org/0b1c', ORIGIN)).toBe(false);
    expect(isAllowedInFrame('app://pipewright/', ORIGIN)).toBe(false);
  });
});
