/**
 * The workflows of a repository of images (examples/image-repository), and ours that they call, run by the local runner:
 * with the shipped bundles of sign-image, gate-approval and image-lifecycle, a GitHub on loopback, and stand-ins for the
 * steps that take minutes and have tests of their own (golden-image.yml itself runs whole in `npm start`).
 */
import { execFileSync, spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { chmod, cp, mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { stableJson } from '@golden-image/evidence';
import { afterAll, afterEach, beforeAll, describe, expect, it } from '@jest/globals';
import { writeAptRepository } from '../packages/catalog/test/apt-repository.ts';
import { newKey, newOpenPgpKey } from '../packages/evidence/test/keys.ts';
import { writeSample } from '../packages/evidence/test/sample-folder.ts';
import { FakeGithub } from './fake-github/src/catalog-server.ts';
import {
  ADMIN_TOKEN,
  commit,
  type FakeGitHub,
  person,
  type Repository,
  sampleRepository,
  sampleWorld,
  sha,
  startFakeGitHub,
  WORKFLOW_TOKEN,
} from './fake-github/src/index.ts';
import { frontServer } from './tools/front-server.ts';
import { bundlePath, runBundle } from './tools/run-bundle.ts';

const root = path.resolve(import.meta.dirname, '..');
const OWNER = 'golden-image-actions';
const NAME = 'golden-image-actions';
const CATALOG_TOKEN = 'ghs_catalog_token';
const EXAMPLE = 'examples/image-repository/.github/workflows';
const REAL = ['sign-image', 'gate-approval', 'image-lifecycle'];
const POLICY = `version: 1
changes: [{paths: ["**"], approvals: {min: 2}}]
quality: {coverage: {lines: 60}, findings: {total: {error: 0}}, tests: {}}
repository: {checks: [gate], admins: [erin]}
release:
  origin: medium
  signatures: [sigstore]
  require:
    - {predicate: slsa-provenance/v1}
    - {predicate: test-result/v0.1, suite: harden, min-score: 90, max-age: 7d}
    - {predicate: test-result/v0.1, suite: run-fvt, result: PASSED, max-age: 7d}
  emit: vsa
`;

interface Result {
  readonly conclusion: string;
  readonly jobs: readonly {
    readonly id: string;
    readonly conclusion: string;
    readonly outputs: Readonly<Record<string, string>>;
    readonly steps: readonly { readonly name: string; readonly conclusion: string }[];
  }[];
}
interface Run {
  readonly code: number | null;
  readonly text: string;
  readonly result: Result;
  readonly out: string;
}

let work: string;
let repository: string;
let catalog: FakeGithub;
let world: Repository;
let strict: FakeGitHub;
let front: Awaited<ReturnType<typeof frontServer>>;
let secrets: Record<string, string>;
let vars: Record<string, string>;
let count = 0;

const sbom = (version: string): string =>
  stableJson({
    spdxVersion: 'SPDX-2.3',
    name: 'debian-13',
    packages: [
      {
        name: 'sample',
        versionInfo: version,
        externalRefs: [{ referenceType: 'purl', referenceLocator: `pkg:deb/debian/sample@${version}` }],
      },
    ],
  });

/** An action of the repository that only does what a step after it needs. */
async function standIn(
  folder: string,
  inputs: readonly string[],
  script: string,
  outputs = '',
): Promise<void> {
  await mkdir(path.join(repository, folder), { recursive: true });
  const declared = inputs.map((name) => `  ${name}: {description: ${name}, required: false}\n`).join('');
  const env = inputs.map(
    (name) => `        IN_${name.replaceAll('-', '_').toUpperCase()}: \${{ inputs.${name} }}\n`,
  );
  await writeFile(
    path.join(repository, folder, 'action.yml'),
    `name: stand-in\ndescription: stand-in\ninputs:\n${declared}${outputs}runs:\n  using: composite\n  steps:\n    - id: it\n      shell: bash\n      env:\n${env.join('')}      run: |\n${script.replace(/^/gm, '        ')}\n`,
  );
}

async function writeStandIns(): Promise<void> {
  const outputs = (...names: string[]): string =>
    `outputs:\n${names.map((name) => `  ${name}: {description: ${name}, value: "\${{ steps.it.outputs.${name} }}"}\n`).join('')}`;
  await standIn(
    'examples/debian-13/medium',
    ['definition'],
    'echo "no medium was given" >&2; exit 1',
    outputs('source', 'checksums', 'signature', 'keyring', 'fingerprints'),
  );
  await standIn(
    'actions/verify-iso',
    ['source', 'checksum-file', 'signature', 'keyring', 'fingerprints', 'vendor', 'output'],
    'test "$IN_SOURCE" = https://media.example.org/debian.iso && test "$IN_VENDOR" = debian\necho "path=$IN_OUTPUT" >> "$GITHUB_OUTPUT"\necho "statement=$IN_OUTPUT.json" >> "$GITHUB_OUTPUT"',
    outputs('path', 'statement'),
  );
  // The first version has a package that is fixed in the next.
  await standIn(
    'actions/build-image',
    ['definition', 'version', 'medium', 'medium-statement', 'output', 'allow-outdated-host'],
    `test -s "$IN_DEFINITION" && test -n "$IN_MEDIUM_STATEMENT"
if test "$IN_VERSION" = 20261101; then built=first; else built=second; fi
cp -R "${work}/$built" "$IN_OUTPUT"
sed -i "s/20261124/$IN_VERSION/" "$IN_OUTPUT/image.json"`,
  );
  await standIn(
    'actions/harden',
    ['image', 'profile', 'tailoring', 'waivers', 'min-score'],
    'test -s "$IN_IMAGE/evidence/30-harden.json"',
  );
  await standIn(
    'actions/run-fvt',
    ['image', 'expectations'],
    'test -s "$IN_EXPECTATIONS" && test -s "$IN_IMAGE/evidence/40-fvt.json"',
  );
}

beforeAll(async () => {
  work = await mkdtemp(path.join(tmpdir(), 'workflows-run-'));
  await chmod(work, 0o755);
  repository = path.join(work, NAME);
  await mkdir(repository);
  for (const folder of ['.github/workflows', 'examples/image-repository', 'examples/signing-keys']) {
    await cp(path.join(root, folder), path.join(repository, folder), { recursive: true });
  }
  for (const name of REAL) {
    await mkdir(path.join(repository, 'actions', name), { recursive: true });
    await cp(
      path.join(root, 'actions', name, 'action.yml'),
      path.join(repository, 'actions', name, 'action.yml'),
    );
    await cp(path.dirname(bundlePath(name)), path.join(repository, 'dist', name), { recursive: true });
  }
  await writeStandIns();
  await writeSample(path.join(work, 'first'), { disk: 'first disk\n', sbom: sbom('1.0-1') });
  await writeSample(path.join(work, 'second'), { disk: 'second disk\n', sbom: sbom('1.0-1+deb13u1') });
  await writeFile(path.join(repository, 'image.yml'), 'name: debian-13\n');
  await writeFile(path.join(repository, 'expectations.yml'), 'hostname: test\n');
  await writeFile(path.join(repository, '.image-policy.yml'), POLICY);
  const git = (...args: string[]): string =>
    execFileSync('git', ['-C', repository, '-c', 'user.name=t', '-c', 'user.email=t@t.invalid', ...args], {
      encoding: 'utf8',
    }).trim();
  git('init', '--quiet', '--initial-branch', 'main');
  git('add', '--all', '--force');
  git('commit', '--quiet', '--message', 'first');
  git('remote', 'add', 'origin', `https://github.com/${OWNER}/${NAME}.git`);

  catalog = new FakeGithub(`${OWNER}/${NAME}`, CATALOG_TOKEN);
  world = sampleRepository(OWNER, NAME);
  world.files['.image-policy.yml'] = POLICY;
  world.files['.github/CODEOWNERS'] = `* @${OWNER}/image-maintainers\n`;
  world.files['.github/workflows/pull-request.yml'] =
    'on: {pull_request: {}}\njobs:\n  gate:\n    runs-on: ubuntu-24.04\n    steps: [{run: "true"}]\n';
  // What a run of pull request 7 is about: its merge commit, which is what the checkout holds.
  world.commits.push({
    ...commit('ee', [sha('b1'), sha('c2')], person('alice')),
    sha: git('rev-parse', 'HEAD'),
  });
  const [, pull] = world.pulls;
  if (pull) {
    pull.filesAt = { [git('rev-parse', 'HEAD')]: pull.files };
  }
  strict = await startFakeGitHub({ ...sampleWorld(world), organization: OWNER });
  front = await frontServer(await catalog.start(), `Bearer ${CATALOG_TOKEN}`, strict.url, beginRun);

  const openpgp = await newOpenPgpKey();
  const logKey = newKey('ed25519');
  secrets = {
    GITHUB_TOKEN: CATALOG_TOKEN,
    SIGNING_KEY: newKey('ec-p256'),
    OPENPGP_KEY: openpgp.secret,
    CATALOG_KEYS: `${logKey}\n${openpgp.secret}`,
    AUDIT_TOKEN: ADMIN_TOKEN,
  };
  const logPublic = execFileSync('openssl', ['pkey', '-pubout'], { input: logKey, encoding: 'utf8' });
  vars = {
    CATALOG_URL: 'https://images.example.org',
    CATALOG_PUBLIC_KEYS: `${logPublic}\n${openpgp.public}`,
    MEDIUM_URL: 'https://media.example.org/debian.iso',
    MEDIUM_CHECKSUMS_URL: 'https://media.example.org/SHA256SUMS',
    PACKAGE_SOURCES: (await writeAptRepository(work)).source,
  };
}, 120_000);

afterAll(async () => {
  await front?.close();
  await catalog?.stop();
  await strict?.close();
  await rm(work, { recursive: true, force: true });
});

/** The local runner chooses the number of its run: GitHub knows it when it is asked for. */
function beginRun(url: string): void {
  const id = Number(/\/actions\/runs\/(\d+)/.exec(url)?.[1]);
  if (id && !world.runs.some((known) => known.id === id)) {
    world.runs.push({
      id,
      attempt: 1,
      headSha: sha('c2'),
      headBranch: 'topic',
      createdAt: new Date(Date.now() - 60_000).toISOString().replace(/\.\d+/, ''),
      event: 'pull_request',
      actor: 'alice',
      triggeringActor: 'alice',
      jobs: [{ name: 'checks / test', conclusion: 'success' }],
      approvals: [],
    });
  }
}

/** Runs a workflow of the repository with its secrets and variables. */
async function run(
  workflow: string,
  args: readonly string[] = [],
  change: { secrets?: Record<string, string>; vars?: Record<string, string> } = {},
): Promise<Run> {
  count += 1;
  const out = path.join(work, `out-${count}`);
  const given = { ...secrets, ...change.secrets };
  const child = spawn(
    process.execPath,
    [
      bundlePath('local-runner'),
      workflow,
      ...['--out', out, '--workspace', path.join(work, 'workspaces')],
      ...Object.keys(given).flatMap((name) => ['--secret', name]),
      ...Object.entries({ ...vars, ...change.vars }).flatMap(([name, value]) => [
        '--var',
        `${name}=${value}`,
      ]),
      ...args,
    ],
    {
      cwd: repository,
      env: {
        ...process.env,
        ...given,
        USER: 'alice',
        GITHUB_API_URL: front.url,
        XDG_CACHE_HOME: path.join(work, 'cache'),
      },
      stdio: ['ignore', 'pipe', 'pipe'],
    },
  );
  let text = '';
  for (const stream of [child.stdout, child.stderr]) {
    stream.on('data', (chunk) => {
      text += chunk;
    });
  }
  const code = await new Promise<number | null>((resolve) => child.once('close', resolve));
  const file = path.join(out, 'result.json');
  if (!existsSync(file)) {
    throw new Error(text);
  }
  return { code, text, out, result: JSON.parse(await readFile(file, 'utf8')) as Result };
}

const conclusions = ({ result }: Run): Record<string, string> =>
  Object.fromEntries(result.jobs.map(({ id, conclusion }) => [id, conclusion]));
const outputsOf = ({ result }: Run, job: string) => result.jobs.find(({ id }) => id === job)?.outputs ?? {};
const errors = ({ text }: Run): string[] => text.split('\n').filter((line) => /error/i.test(line));

/** A file of the catalog's branch. */
function published(name: string): string | undefined {
  const tree = catalog.trees.get(catalog.commits.get(catalog.refs.get('image-catalog') ?? '')?.tree ?? '');
  return catalog.blobs.get(tree?.get(name) ?? '')?.toString('utf8');
}

describe('the life of an image in its repository', () => {
  afterEach(() => expect(catalog.violations).toEqual([]));

  it('release: medium to a published image, through three environments', async () => {
    const args = ['version=20261101', `medium=${vars.MEDIUM_URL}`, `checksums=${vars.MEDIUM_CHECKSUMS_URL}`];
    const done = await run(
      `${EXAMPLE}/release.yml`,
      args.flatMap((value) => ['--input', value]),
    );
    expect([errors(done), conclusions(done)]).toEqual([
      [],
      {
        'image/image': 'success',
        'image/test': 'success',
        'image/release': 'success',
        'image/publish': 'success',
      },
    ]);
    expect(outputsOf(done, 'image/publish').state).toBe('available');
    expect(JSON.parse(published('versions/debian-13/20261101.json') ?? '')).toMatchObject({
      state: 'available',
      score: 97.3,
    });
    expect(catalog.issues).toEqual([
      expect.objectContaining({ title: expect.stringContaining('debian-13 20261101') }),
    ]);
    expect(published('log/tile/entries/000.p/2')).not.toContain('alice');
  }, 240_000);

  it('release: nothing is published that is signed with keys for one run', async () => {
    const args = ['version=20261102', `medium=${vars.MEDIUM_URL}`, `checksums=${vars.MEDIUM_CHECKSUMS_URL}`];
    const refused = await run(
      `${EXAMPLE}/release.yml`,
      args.flatMap((value) => ['--input', value]),
      { secrets: { SIGNING_KEY: '' } },
    );
    expect(conclusions(refused)['image/publish']).toBe('failure');
    expect(refused.text).toContain('set the secret signing-key');
    expect(published('versions/debian-13/20261102.json')).toBeUndefined();
  }, 240_000);

  it('rebuild: builds and publishes again, for a security update', async () => {
    const done = await run(`${EXAMPLE}/rebuild.yml`, ['--event-name', 'schedule']);
    const version = new Date().toISOString().slice(0, 10).replaceAll('-', '');
    expect([errors(done), conclusions(done)]).toEqual([
      [],
      {
        'rebuild/check': 'success',
        'rebuild/build/image': 'success',
        'rebuild/build/test': 'success',
        'rebuild/build/release': 'success',
        'rebuild/build/publish': 'success',
      },
    ]);
    expect(outputsOf(done, 'rebuild/check')).toMatchObject({ rebuild: 'yes', version });
    expect(outputsOf(done, 'rebuild/check').reasons).toContain('1 package with security updates');
    expect(JSON.parse(published(`versions/debian-13/${version}.json`) ?? '').state).toBe('available');
    const status = JSON.parse(published('status/debian-13.json') ?? '');
    expect(status.versions['20261101'].message).toBe(`1 security update; successor debian-13 ${version}`);
  }, 240_000);

  it('rebuild: does nothing when nothing changed', async () => {
    const before = catalog.refs.get('image-catalog');
    const idle = await run(`${EXAMPLE}/rebuild.yml`, ['--event-name', 'schedule']);
    expect(idle.code).toBe(0);
    expect(conclusions(idle)).toEqual({ 'rebuild/check': 'success', 'rebuild/build': 'skipped' });
    // The first result of a check is written down; a second one that is the same is not.
    const after = catalog.refs.get('image-catalog');
    expect(after).not.toBe(before);
    await run(`${EXAMPLE}/rebuild.yml`, ['--event-name', 'schedule']);
    expect(catalog.refs.get('image-catalog')).toBe(after);
  }, 240_000);

  it('rebuild: fails, and says why, when it cannot be known', async () => {
    const blind = await run(`${EXAMPLE}/rebuild.yml`, ['--event-name', 'schedule'], {
      vars: { PACKAGE_SOURCES: 'deb [signed-by=/nowhere.gpg] file:/nowhere trixie-security main' },
    });
    expect(blind.code).toBe(1);
    expect(conclusions(blind)).toEqual({ 'rebuild/check': 'failure', 'rebuild/build': 'skipped' });
    expect(blind.text).toContain('It is not known whether a new build is due');
  }, 240_000);

  it('lifecycle: nothing is due, and the pages are there', async () => {
    const done = await run(`${EXAMPLE}/lifecycle.yml`, ['--event-name', 'schedule']);
    expect([errors(done), conclusions(done)]).toEqual([[], { 'lifecycle/tick': 'success' }]);
    expect(outputsOf(done, 'lifecycle/tick').changed).toBe('false');
    const page = await readFile(path.join(done.out, 'artifacts/catalog-site/index.html'), 'utf8');
    expect(page).toContain('debian-13 20261101');
  }, 240_000);

  it('lifecycle: writes down what is due, once, and tells its users', async () => {
    catalog.releases.push({ id: 7, tag: 'debian-13-20261101', body: 'Written by hand.' });
    const due = Date.now() + 15_000;
    const dated = await runBundle(
      'image-lifecycle',
      {
        command: 'deprecate',
        catalog: 'branch:image-catalog',
        image: 'debian-13',
        version: '20261101',
        'deprecate-at': `${new Date(due).toISOString().slice(0, 19)}Z`,
        reason: 'a newer build',
        key: secrets.CATALOG_KEYS,
        token: CATALOG_TOKEN,
        notify: 'release, feed',
      },
      { env: { GITHUB_API_URL: front.url, GITHUB_REPOSITORY: `${OWNER}/${NAME}`, GITHUB_ACTOR: 'alice' } },
    );
    expect([dated.stdout.match(/^::error.*/m)?.[0], dated.outputs.changed]).toEqual([undefined, 'true']);
    expect(catalog.releases[0]?.body).toMatch(/^Written by hand\.[\s\S]+a newer build/);
    await new Promise((resolve) => setTimeout(resolve, Math.max(0, due - Date.now())));
    const done = await run(`${EXAMPLE}/lifecycle.yml`, ['--event-name', 'schedule']);
    expect([errors(done), outputsOf(done, 'lifecycle/tick').changed]).toEqual([[], 'true']);
    expect(JSON.parse(published('versions/debian-13/20261101.json') ?? '').state).toBe('deprecated');
    const about = catalog.issues.filter(({ title }) => title.startsWith('Image debian-13 20261101'));
    expect(about).toEqual([
      expect.objectContaining({ title: 'Image debian-13 20261101: deprecated', state: 'open' }),
    ]);
    const page = await readFile(path.join(done.out, 'artifacts/catalog-site/index.html'), 'utf8');
    expect(page).toContain('data-state="deprecated"');
    const before = catalog.refs.get('image-catalog');
    const idle = await run(`${EXAMPLE}/lifecycle.yml`, ['--event-name', 'schedule']);
    expect(outputsOf(idle, 'lifecycle/tick').changed).toBe('false');
    expect(catalog.refs.get('image-catalog')).toBe(before);
  }, 240_000);

  it('compliance: finds that the repository is not protected, and nothing once it is', async () => {
    const open = await run(`${EXAMPLE}/compliance.yml`, ['--event-name', 'schedule']);
    expect(conclusions(open)).toEqual({
      'compliance/catalog': 'success',
      'compliance/images': 'success',
      'compliance/protections': 'failure',
    });
    expect(JSON.parse(outputsOf(open, 'compliance/protections').reasons ?? '')).toContain(
      'main: pull_request is not enforced',
    );
    const provisioned = await runBundle(
      'gate-approval',
      { mode: 'provision', policy: path.join(repository, '.image-policy.yml'), token: ADMIN_TOKEN },
      {
        env: {
          GITHUB_API_URL: strict.url,
          GITHUB_REPOSITORY: `${OWNER}/${NAME}`,
          GITHUB_RUN_ID: '1',
          GITHUB_RUN_ATTEMPT: '1',
          GITHUB_EVENT_NAME: 'workflow_dispatch',
          GITHUB_REF: 'refs/heads/main',
        },
      },
    );
    expect(provisioned.outputs.decision).toBe('approved');
    const before = catalog.refs.get('image-catalog');
    const done = await run(`${EXAMPLE}/compliance.yml`, ['--event-name', 'schedule']);
    expect([errors(done), done.code]).toEqual([[], 0]);
    expect(catalog.refs.get('image-catalog')).toBe(before);
  }, 240_000);

  it('compliance: finds a catalog that was changed behind its log', async () => {
    const commitId = catalog.refs.get('image-catalog') ?? '';
    const tree = catalog.trees.get(catalog.commits.get(commitId)?.tree ?? '');
    const blob = tree?.get('versions/debian-13/20261101.json') ?? '';
    const content = catalog.blobs.get(blob);
    catalog.blobs.set(blob, Buffer.from(String(content).replace('97.3', '99.9')));
    try {
      const found = await run(`${EXAMPLE}/compliance.yml`, ['--event-name', 'schedule']);
      expect(conclusions(found)['compliance/catalog']).toBe('failure');
    } finally {
      catalog.blobs.set(blob, content ?? Buffer.from(''));
    }
  }, 240_000);
});

describe('a change', () => {
  const COVERAGE = 'SF:hardening/ssh.yml\\nDA:1,1\\nDA:2,1\\nDA:3,0\\nend_of_record\\n';
  const SARIF = '{"version":"2.1.0","runs":[{"tool":{"driver":{"name":"biome"}},"results":[]}]}';
  const inputs = (test: string, coverage = COVERAGE): string[] =>
    [
      `test=mkdir -p reports && printf '${coverage}' > reports/lcov.info && echo '<testsuite><testcase name="works"/></testsuite>' > reports/junit.xml && ${test}`,
      `analyse=mkdir -p reports && echo '${SARIF}' > reports/lint.sarif`,
      'coverage=lcov.info',
      'sarif=*.sarif',
      'junit=junit.xml',
    ].flatMap((value) => ['--input', value]);
  const change = { secrets: { GITHUB_TOKEN: WORKFLOW_TOKEN } };
  let event: string[];

  beforeAll(async () => {
    const file = path.join(work, 'event.json');
    await writeFile(file, JSON.stringify({ pull_request: { number: 7, head: { sha: sha('c2') } } }));
    event = ['--event', file, '--event-name', 'pull_request'];
  });
  /** `workflow_dispatch` has no pull request: a caller that runs on one, as the example does. */
  async function caller(name: string, given: readonly string[]): Promise<string> {
    const pairs = given
      .filter((value) => value !== '--input')
      .map((value) => {
        const equals = value.indexOf('=');
        return `      ${value.slice(0, equals)}: ${JSON.stringify(value.slice(equals + 1))}\n`;
      });
    const file = `.github/workflows/${name}.yml`;
    await writeFile(
      path.join(repository, file),
      `on: pull_request\npermissions: {}\njobs:\n  checks:\n    permissions: {actions: read, contents: read, pull-requests: read}\n    uses: ./.github/workflows/pull-request.yml\n    with:\n${pairs.join('')}`,
    );
    return file;
  }

  it('is approved with its reviews, coverage, findings and tests', async () => {
    const done = await run(await caller('good', inputs('true')), event, change);
    expect([errors(done), conclusions(done)]).toEqual([
      [],
      { 'checks/test': 'success', 'checks/analyse': 'success', 'checks/gate': 'success' },
    ]);
    expect(outputsOf(done, 'checks/gate')).toMatchObject({ decision: 'approved', reasons: '[]' });
  }, 120_000);

  it('is refused for its coverage', async () => {
    const poor = COVERAGE.replace('DA:2,1', 'DA:2,0');
    const refused = await run(await caller('poor', inputs('true', poor)), event, change);
    expect(conclusions(refused)['checks/gate']).toBe('failure');
    expect(outputsOf(refused, 'checks/gate').reasons).toMatch(/60 %/);
  }, 120_000);

  it('is refused for a red test, also when every report is fine', async () => {
    const red = await run(await caller('red', inputs('false')), event, change);
    expect(conclusions(red)).toEqual({
      'checks/test': 'failure',
      'checks/analyse': 'success',
      'checks/gate': 'failure',
    });
    expect(red.text).toContain('a job ended with failure');
  }, 120_000);

  it('is refused where reports are missing: the example has none yet', async () => {
    const bare = await run(`${EXAMPLE}/pull-request.yml`, event, change);
    expect(conclusions(bare)['checks/gate']).toBe('failure');
    expect(outputsOf(bare, 'checks/gate').reasons).toMatch(/coverage/i);
    expect(strict.violations).toEqual([]);
  }, 120_000);
});
