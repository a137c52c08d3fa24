/** A catalog on GitHub, and what its users are told there, against a strict fake over real HTTP. */
import { readOpenPgpKey } from '@golden-image/evidence';
import { type GithubApi, githubApi, noteRelease, upsertIssue } from '@golden-image/github/lifecycle';
import { testPorts } from '@golden-image/host/testing';
import { afterAll, afterEach, beforeAll, describe, expect, it } from '@jest/globals';
import { FakeGithub } from '../../../../test/fake-github/src/catalog-server.ts';
import { newOpenPgpKey } from '../../../evidence/test/keys.ts';
import { approval, logSigner, origin, publication, retire } from '../../test/samples.ts';
import { issueText } from '../notify/issue.ts';
import type { CatalogSigner } from '../publish/keys.ts';
import { erase, pseudonym } from '../publish/people.ts';
import { updateCatalog } from '../publish/update.ts';
import { verifyCatalog } from '../publish/verify.ts';
import type { Catalog } from '../state/catalog.ts';
import { planPublish } from '../state/plan.ts';
import { gitBlobId, githubPeople, githubStore } from './github-store.ts';

const github = new FakeGithub('example/images', 'secret-token');
const ports = testPorts({ clock: { ...testPorts().clock, sleep: async () => {} } });
let url: string;
let api: GithubApi;
let signer: CatalogSigner;

const apiWith = (token: string): GithubApi =>
  githubApi({ url, graphqlUrl: `${url}/graphql`, token, repository: 'example/images' }, ports);

beforeAll(async () => {
  url = await github.start();
  api = apiWith('secret-token');
  signer = { log: logSigner(), openpgp: await readOpenPgpKey((await newOpenPgpKey()).secret) };
});
afterEach(() => expect(github.violations).toEqual([]));
afterAll(() => github.stop());

const publish = (branch: string, image: string, version: string, access = api) =>
  updateCatalog(
    {
      store: githubStore(access, branch),
      signer,
      dryRun: false,
      plan: (catalog) =>
        planPublish(
          catalog,
          {
            publication: publication(image, version),
            approval: approval(),
            missingAudit: [],
            schedule: {},
            reason: undefined,
          },
          { ...origin('2026-11-01T00:00:00Z'), now: new Date() },
        ),
    },
    ports,
  );
const verify = async (branch: string) =>
  verifyCatalog(
    await githubStore(api, branch).snapshot(),
    { log: signer.log.verifier, openpgp: signer.openpgp.publicKey },
    { disks: false, now: new Date() },
  );

describe('a catalog on a branch of GitHub', () => {
  it('begins its branch without a parent, and is what its log leads to', async () => {
    await publish('catalog', 'debian-13', '1');
    await publish('catalog', 'debian-13', '2');
    const { problems, catalog } = await verify('catalog');
    expect(problems).toEqual([]);
    expect(catalog.entries).toHaveLength(4);
    const commits = [...github.commits.values()];
    expect(commits.filter(({ parents }) => parents.length === 0)).toHaveLength(1);
  });

  it('loses nothing when twenty writers come at once', async () => {
    const names = Array.from({ length: 20 }, (_, index) => `image-${index}`);
    await Promise.all(names.map((name) => publish('crowded', name, '1')));
    const { problems, catalog } = await verify('crowded');
    expect(problems).toEqual([]);
    expect([...catalog.versions.keys()].sort()).toEqual(names.map((name) => `${name}/1`).sort());
  });

  it('waits when GitHub asks for it, asks again when it is in trouble, and says what was refused', async () => {
    github.failures.push(
      { status: 403, headers: { 'retry-after': '1' }, matching: /^POST \/graphql/ },
      { status: 502, matching: /^GET .*\/git\/trees/ },
    );
    expect((await publish('catalog', 'debian-13', '3')).entries).toHaveLength(2);
    await expect(publish('catalog', 'debian-13', '4', apiWith('wrong'))).rejects.toThrow(
      /GitHub refused GET .*401 Bad credentials/,
    );
    github.failures.push({ status: 500, matching: /^POST \/graphql/ });
    await expect(publish('catalog', 'debian-13', '4')).rejects.toThrow(
      /GitHub refused the commit on catalog: 500/,
    );
    expect((await verify('catalog')).problems).toEqual([]);
  });

  it('knows contents by the names that git gives them', () => {
    // git hash-object of the empty file and of "hello\n".
    expect(gitBlobId(Buffer.from(''))).toBe('e69de29bb2d1d6434b8b29ae775ad8c2e48c5391');
    expect(gitBlobId(Buffer.from('hello\n'))).toBe('ce013625030ba8dba906f756967f9e9ca394464a');
  });
});

describe('who is behind the pseudonyms', () => {
  it('stands on a branch with one commit, and can be erased', async () => {
    const people = githubPeople(api, 'people');
    const nameOf = async (login: string): Promise<string> => {
      let name = '';
      await people.update((known) => {
        const found = pseudonym(known, login);
        name = found.pseudonym;
        return found.people;
      });
      return name;
    };
    const alice = await nameOf('alice');
    expect(alice).toMatch(/^actor-[0-9a-f]{16}$/);
    await nameOf('bob');
    expect(await nameOf('alice')).toBe(alice);
    await people.update((known) => erase(known, 'alice'));
    const head = github.commits.get(github.refs.get('people') ?? '');
    expect(head?.parents).toEqual([]);
    const blob = github.trees.get(head?.tree ?? '')?.get('people.json') ?? '';
    expect(github.blobs.get(blob)?.toString()).not.toContain('alice');
    expect(await nameOf('alice')).not.toBe(alice);
  });
});

describe('telling users', () => {
  it('opens one issue a version, updates it, and closes it when nothing is to be done', async () => {
    const { catalog } = await publish('told', 'debian-13', '1');
    const all = (await publish('told', 'debian-13', '2')).catalog;
    const tell = async (of: Catalog) => {
      const entry = of.entries.at(-1);
      return entry ? upsertIssue(api, issueText(of, entry, 'https://images.example.org')) : '';
    };
    const deprecated = retire(
      all,
      { image: 'debian-13', version: '1' },
      'deprecated',
      new Date().toISOString(),
      { successor: { image: 'debian-13', version: '2' } },
    ).catalog;
    expect(await tell(deprecated)).toContain('opened: Image debian-13 1: deprecated');
    expect(await tell(deprecated)).toContain('says so already');
    const revoked = retire(
      deprecated,
      { image: 'debian-13', version: '1' },
      'revoked',
      new Date().toISOString(),
    ).catalog;
    expect(await tell(revoked)).toContain('updated: Image debian-13 1: revoked');
    const own = github.issues.filter(({ title }) => title.startsWith('Image debian-13 1'));
    expect(own).toHaveLength(1);
    expect(own[0]).toMatchObject({ state: 'open', labels: ['image-lifecycle'] });
    expect(own[0]?.body).toContain('successor: **debian-13 2**');
    expect(await tell(catalog)).toContain('updated');
    expect(github.issues.find(({ title }) => title.startsWith('Image debian-13 1'))?.state).toBe('closed');
  });

  it('writes into the note of a release without touching the rest, once', async () => {
    const { catalog } = await publish('noted', 'debian-13', '9');
    const entry = catalog.entries.at(-1);
    const text = entry && issueText(catalog, entry, undefined);
    if (!text) {
      throw new Error('no entry');
    }
    expect(await noteRelease(api, text)).toContain('There is no release debian-13-9');
    github.releases.push({ id: 7, tag: 'debian-13-9', body: 'Written by hand.' });
    expect(await noteRelease(api, text)).toContain('updated');
    expect(await noteRelease(api, text)).toContain('says so already');
    expect(github.releases[0]?.body).toMatch(
      /^Written by hand\.\n\n<!-- image-lifecycle -->\nThe image \*\*debian-13 9\*\* is \*\*available\*\*/,
    );
  });
});
