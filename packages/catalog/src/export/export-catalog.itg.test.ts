/**
 * The scripts for clouds, run by a real shell before stand-ins of the clouds' programs that keep what they are told:
 * what each makes of each state, twice, and that nothing in a name is obeyed.
 */
import { execFileSync, spawnSync } from 'node:child_process';
import { mkdtemp, readFile, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { published, retire, sha256 } from '../../test/samples.ts';
import { type Catalog, EMPTY_CATALOG } from '../state/catalog.ts';
import type { VersionRecord } from '../state/record.ts';
import type { State } from '../state/states.ts';
import { aws } from './aws.ts';
import { azure, galleryVersion } from './azure.ts';
import { cloudName, cloudNames } from './cloud-names.ts';
import { CLOUDS, type Cloud, type CloudExport, exportScript, quote } from './commands.ts';
import { exportCatalog } from './export-catalog.ts';
import { gce } from './gce.ts';
import { glance } from './glance.ts';
import { ibm } from './ibm.ts';

const EXPORTS: Readonly<Record<Cloud, CloudExport>> = { gce, aws, azure, ibm, glance };
const NOW = new Date('2026-12-01T00:00:00Z');
const STATES = ['available', 'deprecated', 'obsolete', 'revoked', 'deleted'] as const;
let work: string;

beforeAll(async () => {
  work = await mkdtemp(path.join(tmpdir(), 'export-'));
  for (const name of ['gcloud', 'aws', 'az', 'curl', 'jq', 'sleep']) {
    await symlink(path.resolve(import.meta.dirname, '../../test/cloud-stand-in.mjs'), path.join(work, name));
  }
});
afterAll(() => rm(work, { recursive: true, force: true }));

interface Ran {
  readonly code: number | null;
  readonly errors: string;
  /** What was changed, in turn. */
  readonly changes: readonly string[];
}

/** Runs a script in a folder that stands for a cloud. */
async function run(cloud: Cloud, script: string, place: string): Promise<Ran> {
  const variables = Object.fromEntries(Object.keys(EXPORTS[cloud].variables).map((name) => [name, 'given']));
  await rm(path.join(place, 'changes'), { force: true });
  const { status, stderr } = spawnSync('sh', ['-s'], {
    cwd: place,
    input: script,
    encoding: 'utf8',
    env: { ...variables, PATH: `${work}:${process.env.PATH}` },
  });
  const changes = await readFile(path.join(place, 'changes'), 'utf8').catch(() => '');
  return { code: status, errors: stderr, changes: changes.split('\n').filter(Boolean) };
}

const place = (): Promise<string> => mkdtemp(path.join(work, 'cloud-'));

function sample(): VersionRecord {
  const catalog = published(EMPTY_CATALOG, 'debian-13', '20261101', '2026-11-01T00:00:00Z', {
    schedule: { deprecateAt: '2027-01-01T00:00:00Z', obsoleteAt: '2027-06-01T00:00:00Z' },
  });
  const record = catalog.versions.get('debian-13/20261101');
  if (!record) {
    throw new Error('nothing was published');
  }
  return record;
}

function script(cloud: Cloud, state: Exclude<State, 'draft'>, record = sample()): string {
  const successor = { record: { ...record, version: '20261102' }, name: 'debian-13-20261102' };
  return exportScript(EXPORTS[cloud], [
    { record, name: cloudName(record), state, successor: state === 'available' ? undefined : successor },
  ]);
}

/** What makes a version offered, by cloud, where it is not there yet. */
const SAYS: Readonly<Record<Exclude<Cloud, 'glance'>, Record<(typeof STATES)[number], readonly string[]>>> = {
  gce: {
    available: ['--state=ACTIVE'],
    deprecated: ['--state=DEPRECATED'],
    obsolete: ['--state=OBSOLETE'],
    revoked: ['--state=OBSOLETE'],
    deleted: ['--state=DELETED'],
  },
  aws: {
    available: ['tags available', 'enable-image-deprecation'],
    deprecated: ['tags deprecated', 'enable-image-deprecation'],
    obsolete: ['tags obsolete', 'disable'],
    revoked: ['tags revoked'],
    deleted: ['delete'],
  },
  azure: {
    available: ['excludeFromLatest=false'],
    deprecated: ['excludeFromLatest=true'],
    obsolete: ['excludeFromLatest=true', 'unshare'],
    revoked: ['excludeFromLatest=true', 'unshare'],
    deleted: ['delete'],
  },
  ibm: {
    available: ['dates'],
    deprecated: ['deprecate', 'dates'],
    obsolete: ['obsolete'],
    revoked: [],
    deleted: ['delete'],
  },
};

describe.each(Object.entries(SAYS) as [Exclude<Cloud, 'glance'>, (typeof SAYS)['gce']][])(
  '%s',
  (cloud, says) => {
    it('says of an image what the catalog says, over its whole life, and the same twice', async () => {
      const here = await place();
      const first = await run(cloud, script(cloud, 'available'), here);
      expect(first).toEqual({ code: 0, errors: '', changes: ['create', ...says.available] });
      for (const state of STATES) {
        const changes = (await run(cloud, script(cloud, state), here)).changes;
        expect([state, changes]).toEqual([state, says[state]]);
        const again = await run(cloud, script(cloud, state), here);
        expect([again.code, again.errors]).toEqual([0, '']);
        expect(again.changes).not.toContain('create');
      }
    });

    it('is not given what nobody may use any more', async () => {
      for (const state of ['obsolete', 'revoked', 'deleted'] as const) {
        const { code, changes } = await run(cloud, script(cloud, state), await place());
        expect([state, code, changes]).toEqual([state, 0, []]);
      }
      expect((await run(cloud, script(cloud, 'deprecated'), await place())).changes).toEqual([
        'create',
        ...says.deprecated,
      ]);
    });

    it('that does not answer is not taken for one that has nothing', async () => {
      for (const state of STATES) {
        const here = await place();
        await writeFile(path.join(here, 'down'), '');
        const { code, changes } = await run(cloud, script(cloud, state), here);
        expect([state, code !== 0, changes]).toEqual([state, true, []]);
      }
    });
  },
);

describe('every script', () => {
  it('is one that a shell reads, asks for its variables, and holds no draft', () => {
    const retired = (catalog: Catalog, version: string, to: 'deprecated' | 'obsolete' | 'revoked') =>
      retire(catalog, { image: 'a', version }, to, '2026-11-20T00:00:00Z').catalog;
    let catalog = ['1', '2', '3', '4'].reduce(
      (all, version) => published(all, 'a', version, `2026-11-0${version}T00:00:00Z`),
      EMPTY_CATALOG,
    );
    catalog = retired(retired(retired(catalog, '1', 'obsolete'), '2', 'revoked'), '3', 'deprecated');
    catalog = published(catalog, 'b', '1', '2026-11-21T00:00:00Z');
    const draft = { ...sample(), state: 'draft' as const, image: 'c' };
    const scripts = exportCatalog(
      { ...catalog, versions: new Map(catalog.versions).set('c/20261101', draft) },
      { image: undefined, now: NOW },
    );
    expect([...scripts.keys()]).toEqual(CLOUDS.map((cloud) => `${cloud}.sh`));
    for (const [name, text] of scripts) {
      execFileSync('sh', ['-n'], { input: text });
      expect(spawnSync('sh', ['-s'], { input: text, env: {} }).status).not.toBe(0);
      expect([name, text.split('\n').filter((line) => /^# [abc]\//.test(line))]).toEqual([
        name,
        ['# a/1: obsolete', '# a/2: revoked', '# a/3: deprecated', '# a/4: available', '# b/1: available'],
      ]);
    }
    const one = exportCatalog(catalog, { image: 'b', now: NOW }).get('gce.sh');
    expect(one?.split('\n').filter((line) => /^# [ab]\//.test(line))).toEqual(['# b/1: available']);
  });

  it('says the state that the dates of a version give it', () => {
    let catalog = published(EMPTY_CATALOG, 'a', '1', '2026-11-01T00:00:00Z', {
      schedule: { deprecateAt: '2026-11-20T00:00:00Z' },
    });
    catalog = published(catalog, 'a', '2', '2026-11-02T00:00:00Z');
    const gceAt = (now: string) =>
      exportCatalog(catalog, { image: undefined, now: new Date(now) }).get('gce.sh');
    expect(gceAt('2026-11-19T00:00:00Z')).toContain('# a/1: available');
    expect(gceAt('2026-11-21T00:00:00Z')).toContain('# a/1: deprecated');
  });

  it('obeys nothing that stands in a name, a release or a date', async () => {
    const evil = (what: string): string =>
      `x'"; touch ${what}; $(touch ${what}) \`touch ${what}\`\ntouch ${what}\n#`;
    const record = {
      ...sample(),
      image: evil('image-name'),
      version: evil('version'),
      family: evil('family'),
      distribution: evil('distribution'),
      release: evil('release'),
      stateSince: evil('since'),
      schedule: { deprecateAt: evil('deprecate'), obsoleteAt: evil('obsolete'), deleteAt: evil('delete') },
      disk: { ...sample().disk, file: evil('file'), sha256: evil('digest') },
    };
    for (const cloud of ['gce', 'aws', 'azure', 'ibm'] as const) {
      for (const state of STATES) {
        const here = await place();
        await writeFile(path.join(here, 'image'), '');
        const { errors } = await run(cloud, script(cloud, state, record), here);
        expect([cloud, state, errors]).toEqual([cloud, state, '']);
        const left = execFileSync('ls', { cwd: here, encoding: 'utf8' }).split('\n').filter(Boolean);
        expect(left.filter((name) => !['image', 'changes', 'disabled', 'status'].includes(name))).toEqual([]);
      }
    }
  });
});

describe('names in clouds', () => {
  it('are short, begin with a letter, and end with none of the rest', () => {
    expect(cloudName({ image: 'Rocky_9', version: '9.6+1' })).toBe('rocky-9-9-6-1');
    expect(cloudName({ image: '9', version: '1' })).toBe('image-9-1');
    expect(cloudName({ image: 'a'.repeat(62), version: '1' })).toBe('a'.repeat(62));
  });

  it('are never those of two versions, and never change', () => {
    const first = published(EMPTY_CATALOG, 'a', '1.0', '2026-11-01T00:00:00Z');
    const both = published(first, 'a', '1-0', '2026-11-02T00:00:00Z');
    const all = published(both, 'A', '1.0', '2026-11-03T00:00:00Z');
    const digest = (name: string): string => sha256(name).slice(0, 8);
    expect([...cloudNames(all)].sort()).toEqual([
      ['A/1.0', `a-1-0-${digest('A 1.0')}`],
      ['a/1-0', `a-1-0-${digest('a 1-0')}`],
      ['a/1.0', 'a-1-0'],
    ]);
    expect(cloudNames(first).get('a/1.0')).toBe('a-1-0');
    const long = 'x'.repeat(63);
    const two = published(
      published(EMPTY_CATALOG, long, '1', '2026-11-01T00:00:00Z'),
      long,
      '2',
      '2026-11-02T00:00:00Z',
    );
    const names = [...cloudNames(two).values()];
    expect(new Set(names).size).toBe(2);
    expect(Math.max(...names.map(({ length }) => length))).toBeLessThanOrEqual(63);
  });

  it('are numbers in an Azure gallery, which grow as the versions do', () => {
    const order = ['20261124', '20261124.2', '20261124.11', '20261125', '20270101'].map((version) =>
      galleryVersion({ version }),
    );
    expect(order).toEqual(['2026.1124.0', '2026.1124.2', '2026.1124.11', '2026.1125.0', '2027.101.0']);
    expect(galleryVersion({ version: '13.1' })).toBe('13.1.0');
    expect(galleryVersion({ version: 'trixie', publishedIndex: 7 })).toBe('0.0.7');
    expect(galleryVersion({ version: '1.2.3.4', publishedIndex: 8 })).toBe('0.0.8');
  });
});

describe('words', () => {
  it.each(['', "it's", '$(id)', '`id`', '~', 'a b', '*', '"', '\\', 'a\nb', '!x', '#', '-x', 'a=b', '€'])(
    '%j reaches a program as it is',
    (word) => {
      const shown = execFileSync('sh', ['-c', `printf '%s' ${quote(word)}`], { encoding: 'utf8' });
      expect(shown).toBe(word);
    },
  );
});
