import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, describe, expect, it } from '@jest/globals';
import { currencyWarning, endOfLife } from './lifecycle.ts';

const folder = mkdtempSync(path.join(tmpdir(), 'distro-info-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));
writeFileSync(
  path.join(folder, 'ubuntu.csv'),
  'version,codename,series,created,release,eol,eol-server\n24.04 LTS,Noble,noble,2023-10-12,2024-04-25,2029-06-30,2029-05-31\n',
);
const none = path.join(folder, 'none');

describe('endOfLife', () => {
  it('prefers the data that the host keeps current', async () => {
    expect(await endOfLife('ubuntu', '24.04.3', folder)).toEqual({
      date: '2029-06-30',
      source: 'distro-info-data',
    });
  });

  it('falls back to the bundled table, by the longest prefix of the version', async () => {
    expect(await endOfLife('ubuntu', '24.04.3', none)).toMatchObject({ date: '2029-05-31' });
    expect(await endOfLife('debian', '12.5.0', folder)).toMatchObject({ date: '2026-07-11' });
    expect(await endOfLife('sles', '15.6', none)).toMatchObject({ date: '2025-12-31' });
    // Its paid long-term support lasts until 2026-12-31: an image needs a subscription of that kind to be kept current.
    expect(await endOfLife('sles', '15.4', none)).toMatchObject({ date: '2023-12-31' });
    expect(await endOfLife('opensuse-leap', '16.0', none)).toMatchObject({ date: '2027-10-31' });
    expect(await endOfLife('rocky', '9.5', none)).toMatchObject({ date: '2032-05-31' });
  });

  it('does not guess', async () => {
    expect(await endOfLife('sles', '15.9', none)).toBeUndefined();
    expect(await endOfLife('fedora', '99', none)).toBeUndefined();
    expect(await endOfLife('constructor', '1', none)).toBeUndefined();
  });
});

describe('currencyWarning', () => {
  const now = new Date('2026-11-24T00:00:00Z');

  it('warns past the end, not before it, not without knowledge', async () => {
    expect(await currencyWarning('debian', '12.5.0', now, none)).toMatch(
      /ended on 2026-07-11 \(the bundled table of/,
    );
    expect(await currencyWarning('debian', '13.2.0', now, none)).toBeUndefined();
    expect(await currencyWarning('arch', '2026.11.01', now, none)).toBeUndefined();
    expect(await currencyWarning(undefined, undefined, now, none)).toBeUndefined();
  });
});
