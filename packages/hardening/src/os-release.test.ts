import type { RootSession } from '@golden-image/disk';
import { describe, expect, it } from '@jest/globals';
import { identifyOs, readOsRelease } from './os-release.ts';

const of = (files: Readonly<Record<string, string>>) =>
  ({ readFile: async (name: string) => files[name] && Buffer.from(files[name]) }) as unknown as RootSession;

describe('os-release', () => {
  it.each([
    ['ID=debian\nVERSION_ID="13"\n', 'debian', '13'],
    ["ID='rhel'\nVERSION_ID='9.6'\nPRETTY_NAME=\"Red Hat\"\n", 'rhel', '9.6'],
    ['# ID=x\nVERSION_ID=15.7\nID="sles"\nID_LIKE="suse"\n', 'sles', '15.7'],
    // Quotes that do not match are no quotes.
    ['ID=a"b\nVERSION_ID="1\'\n', 'a"b', '"1\''],
  ])('%j', (text, id, version) => {
    expect(identifyOs(text)).toEqual({ id, version });
  });

  it.each(['', 'ID=debian\n', 'VERSION_ID=13\n', 'ID=\nVERSION_ID=13', 'ID=debian\nVERSION_ID=""'])(
    'without both names nothing: %j',
    (text) => {
      expect(() => identifyOs(text)).toThrow(/which distribution and release/);
    },
  );

  it('is read from /etc before /usr/lib', async () => {
    const [etc, lib] = ['ID=mine\nVERSION_ID=1', 'ID=theirs\nVERSION_ID=2'];
    const both = { '/etc/os-release': etc, '/usr/lib/os-release': lib };
    expect(await readOsRelease(of(both))).toEqual({ id: 'mine', version: '1' });
    expect(await readOsRelease(of({ '/usr/lib/os-release': lib }))).toEqual({ id: 'theirs', version: '2' });
    await expect(readOsRelease(of({}))).rejects.toMatchObject({ code: 'unsupported-release' });
  });
});
