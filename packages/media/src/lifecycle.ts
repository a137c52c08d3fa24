import { readFile } from 'node:fs/promises';
import { day } from './day.ts';

/** When a release's regular maintenance ends, and what its maker offers beyond. */
export interface EndOfLife {
  /** ISO date. */
  readonly date: string;
  /** Where the date comes from. */
  readonly source: string;
}

/** Package distro-info-data: the dates of Debian and Ubuntu, kept current by the host's updates. */
const DISTRO_INFO = '/usr/share/distro-info';

/** When the bundled dates were last compared with what the vendors publish. */
const AS_OF = '2026-11-25';

/**
 * End of general (not extended, not paid) support by os-release ID and version; the longest prefix of a version counts.
 *
 * Sources, read on that day: distro-info-data 2026.10.12 for Debian and Ubuntu; for the others the endoflife.date
 * project's product pages, which cite the vendors' (rocky 8 and 9 and sles up to 15.3 agree with osinfo-db 0.20250606).
 * SLES 15.6 is SUSE's own "December 2025 deadline" (suse.com/c/sles-15-sp6-ltss-2026-support-gap), 15.7 is
 * endoflife.date's pull request 7816. osinfo-db's 2026-12-31 for SLES 15.4 is the end of its paid long-term support.
 *
 * A release whose date could not be looked up, or is only planned, is left out rather than guessed: Fedora 43 and later,
 * SLES 16, and the tenth releases of Red Hat, Rocky and Oracle, whose maintenance goes on beyond 2030.
 */
const BUNDLED: Readonly<Record<string, Readonly<Record<string, string>>>> = {
  debian: {
    '9': '2020-07-18',
    '10': '2022-09-10',
    '11': '2024-08-14',
    '12': '2026-07-11',
    '13': '2028-08-09',
  },
  ubuntu: {
    '18.04': '2023-05-31',
    '20.04': '2025-05-29',
    '22.04': '2027-06-01',
    '24.04': '2029-05-31',
    '24.10': '2025-07-10',
    '25.04': '2026-01-15',
    '25.10': '2026-07-09',
    '26.04': '2031-05-29',
    '26.10': '2027-07-15',
  },
  rhel: { '6': '2020-11-30', '7': '2024-06-30', '8': '2029-05-31', '9': '2032-05-31' },
  almalinux: { '8': '2029-03-01', '9': '2032-05-31', '10': '2035-05-31' },
  rocky: { '8': '2029-05-31', '9': '2032-05-31' },
  // CentOS Stream from 8 on; CentOS Linux 8 had ended on 2021-12-31.
  centos: { '7': '2024-06-30', '8': '2024-05-31', '9': '2027-05-31', '10': '2030-01-01' },
  // Oracle names months: their last day.
  ol: { '7': '2024-12-31', '8': '2029-07-31', '9': '2032-06-30' },
  fedora: {
    '38': '2024-05-21',
    '39': '2024-11-26',
    '40': '2025-05-13',
    '41': '2025-12-15',
    '42': '2026-05-13',
  },
  sles: {
    '12.5': '2024-10-31',
    '15.1': '2021-01-31',
    '15.2': '2021-12-31',
    '15.3': '2022-12-31',
    '15.4': '2023-12-31',
    '15.5': '2024-12-31',
    '15.6': '2025-12-31',
    '15.7': '2031-07-31',
  },
  'opensuse-leap': {
    '15.3': '2022-12-31',
    '15.4': '2023-12-07',
    '15.5': '2024-12-31',
    '15.6': '2026-04-30',
    '16.0': '2027-10-31',
  },
};

/**
 * When regular maintenance of a release ends; undefined when it is not known.
 *
 * @param folder of distro-info-data's CSV files
 * @param support `lts`: the distribution's own longer support, where there is one
 */
export async function endOfLife(
  distribution: string,
  version: string,
  folder: string = DISTRO_INFO,
  support: 'standard' | 'lts' = 'standard',
): Promise<EndOfLife | undefined> {
  const installed = await fromDistroInfo(distribution, version, folder, support);
  if (installed) {
    return { date: installed, source: 'distro-info-data' };
  }
  const table = Object.hasOwn(BUNDLED, distribution) ? BUNDLED[distribution] : undefined;
  const parts = version.split('.');
  for (let count = parts.length; table && count > 0; count -= 1) {
    const date = table[parts.slice(0, count).join('.')];
    if (date) {
      return { date, source: `the bundled table of ${AS_OF}` };
    }
  }
  return undefined;
}

async function fromDistroInfo(
  distribution: string,
  version: string,
  folder: string,
  support: 'standard' | 'lts',
): Promise<string | undefined> {
  if (distribution !== 'debian' && distribution !== 'ubuntu') {
    return undefined;
  }
  const text = await readFile(`${folder}/${distribution}.csv`, 'utf8').catch(() => '');
  const [head = '', ...rows] = text.trim().split('\n');
  const columns = head.split(',');
  const release = version
    .split('.')
    .slice(0, distribution === 'debian' ? 1 : 2)
    .join('.');
  const row = rows.map((line) => line.split(',')).find((cells) => cells[0]?.split(' ')[0] === release);
  // Debian's long-term support is a column of its own, for those releases that have it.
  const longer = support === 'lts' ? row?.[columns.indexOf('eol-lts')] : undefined;
  const date = longer || (row?.[columns.indexOf('eol')] ?? '');
  return /^\d{4}-\d{2}-\d{2}$/.test(date) ? date : undefined;
}

/** A warning when a release is past its end of life; undefined when it is not, or nobody knows. */
export async function currencyWarning(
  distribution: string | undefined,
  version: string | undefined,
  now: Date,
  folder?: string,
): Promise<string | undefined> {
  if (!distribution || !version) {
    return undefined;
  }
  const end = await endOfLife(distribution, version, folder);
  return end && end.date < day(now)
    ? `${distribution} ${version} is past its end of life: regular maintenance ended on ${end.date} (${end.source}).`
    : undefined;
}
