import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { describe, expect, it } from '@jest/globals';
import { DEBIAN_ARCHIVE_KEYS } from './archive-key.ts';
import { findRelease } from './table.ts';
import { compareVersions } from './version.ts';

describe('the table of contents', () => {
  it('knows Debian 13', () => {
    expect(findRelease('debian', '13')?.profiles).toContain('cis_level1_server');
    expect(findRelease('debian', '99')).toBeUndefined();
  });

  it('takes a minor release for its major one, and no other', () => {
    expect(findRelease('rhel', '9.6')?.datastream).toMatch(/ssg-rhel9-ds\.xml$/);
    expect(findRelease('sles', '15.7')?.profiles).toContain('stig');
    expect(findRelease('ubuntu', '24.04')?.profiles).toContain('stig');
    expect(findRelease('rhel', '90')).toBeUndefined();
    expect(findRelease('ubuntu', '24.10')).toBeUndefined();
    expect(findRelease('almalinux', '10.0')).toBeUndefined();
  });

  it('compares versions by number', () => {
    expect(compareVersions('0.1.82-1', '0.1.82')).toBe(0);
    expect(compareVersions('0.1.9', '0.1.82')).toBeLessThan(0);
    expect(compareVersions('1:0.2', '0.1.82')).toBeGreaterThan(0);
    expect(compareVersions('0', '0.1')).toBeLessThan(0);
  });

  it('carries exactly the archive keys that it names', () => {
    const home = mkdtempSync(path.join(tmpdir(), 'keys-'));
    const shown = execFileSync('gpg', ['--homedir', home, '--with-colons', '--show-keys'], {
      input: DEBIAN_ARCHIVE_KEYS,
      stdio: ['pipe', 'pipe', 'ignore'],
    }).toString();
    rmSync(home, { recursive: true, force: true });
    const primary = [...shown.matchAll(/^pub:.*\n(?:(?!pub:).*\n)*?fpr:+([0-9A-F]{40}):/gm)].map(
      ([, fpr]) => fpr,
    );
    expect(primary.sort()).toEqual([
      '04B54C3CDCA79751B16BC6B5225629DF75B188BD',
      '41587F7DB8C774BCCF131416762F67A0B2C39DE4',
      '5E04A1E3223A19A20706E20F9904613D4CCE68C6',
    ]);
  });
});
