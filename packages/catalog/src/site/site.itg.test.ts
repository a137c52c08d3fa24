/** The site in headless Chromium, from disk: filters, search, the proof, no request, no console error, axe-core. */
import { mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { type Browser, chromium, type Page } from 'playwright-core';
import { logSigner, origin, published, retire, sha256 } from '../../test/samples.ts';
import { logCheckpoint } from '../log/log-files.ts';
import { verifierText } from '../log/note.ts';
import { type Catalog, EMPTY_CATALOG } from '../state/catalog.ts';
import { planCheck } from '../state/plan.ts';
import type { Snapshot } from '../store/store.ts';
import { STYLE } from './assets.generated.ts';
import { scoreChart } from './chart.ts';
import { buildSite } from './site.ts';

const HOSTILE = `a "quoted" <img src=x onerror=alert(1)> & 'reason' </script>`;
const signer = logSigner('images.example.org');
const axe = createRequire(import.meta.url).resolve('axe-core/axe.min.js');
let work: string;
let browser: Browser;
let catalog: Catalog;

const v = (version: string) => ({ image: 'debian-13', version });
const attachments = [
  'sbom.spdx.json',
  'signatures/40-fvt.intoto.sigstore.json',
  'signatures/SHA256SUMS',
  'signatures/SHA256SUMS.gpg',
  'signatures/disk.qcow2.sigstore.json',
].map((name) => ({ name, size: 1, sha256: sha256(name) }));

function sampleCatalog(): Catalog {
  const scores = { '20261101': 91.2, '20261108': 95.7, '20261115': 97.3 };
  let all = Object.entries(scores).reduce(
    (done, [version, score]) =>
      published(done, 'debian-13', version, `2026-11-${version.slice(6)}T10:00:00Z`, { score, attachments }),
    EMPTY_CATALOG,
  );
  all = published(all, 'rocky-9', '9.6.1', '2026-11-16T10:00:00Z', {
    distribution: 'rocky',
    release: '9.6',
    architecture: 'arm64',
    class: 'catalog',
  });
  all = published(all, 'team-build', '7', '2026-11-17T10:00:00Z', { class: 'custom' });
  const successor = v('20261115');
  all = retire(all, v('20261101'), 'revoked', '2026-11-18T10:00:00Z', { successor }).catalog;
  all = retire(all, v('20261108'), 'deprecated', '2026-11-19T10:00:00Z', {
    successor,
    schedule: { obsoleteAt: '2027-01-15T00:00:00Z' },
  }).catalog;
  const update = (name: string, security: boolean) => ({
    package: name,
    installed: '1.0-1',
    fixed: '1.0-2',
    suite: 'trixie-security',
    security,
    vulnerabilities: security ? ['CVE-2026-12345'] : [],
  });
  const freshness = {
    checkedAt: '2026-11-20T10:00:00Z',
    rebuildNeeded: 'yes' as const,
    reasons: ['1 package with security updates, which fix 1 vulnerability'],
    securityUpdates: 1,
    otherUpdates: 1,
    updates: [update('openssl', true), update('tzdata', false)],
  };
  all = planCheck(all, [{ of: successor, freshness }], origin('2026-11-20T10:00:00Z')).catalog;
  return retire(all, { image: 'team-build', version: '7' }, 'obsolete', '2026-11-21T10:00:00Z').catalog;
}

/** SBOMs of some sixty packages, and functional results. */
function sampleFile(file: string): Buffer | undefined {
  const version = file.split('/')[2] ?? '';
  if (file.endsWith('sbom.spdx.json') && file.includes('debian-13')) {
    const names = [
      'adduser',
      'apt',
      'base-files',
      'bash',
      'openssl',
      'systemd',
      HOSTILE,
      version === '20261101' ? 'wget' : 'curl',
      ...Array.from({ length: 50 }, (_, index) => `lib${index}`),
    ];
    const packages = names.map((name) => ({
      name,
      versionInfo: name === 'openssl' ? `3.5-${version.slice(6)}` : '1.0-1',
      summary: `what ${name} is for`,
      licenseDeclared: 'MIT',
    }));
    return Buffer.from(JSON.stringify({ packages }));
  }
  if (file.endsWith('40-fvt.intoto.sigstore.json')) {
    const statement = {
      _type: 'https://in-toto.io/Statement/v1',
      subject: [{ name: 'disk.qcow2', digest: { sha256: sha256('x') } }],
      predicateType: 'https://in-toto.io/attestation/test-result/v0.1',
      predicate: {
        passedTests: ['check_boot', 'check_ssh', 'check_cloud_init'],
        warnedTests: ['check_time'],
        failedTests: version === '20261101' ? ['check_swap'] : [],
        skipped: { check_hotplug: 'no device' },
        notRun: ['check_reboot'],
      },
    };
    return Buffer.from(
      JSON.stringify({
        dsseEnvelope: { payload: Buffer.from(JSON.stringify(statement)).toString('base64') },
      }),
    );
  }
  return undefined;
}
const snapshot: Snapshot = {
  revision: 'x',
  read: async (file) => sampleFile(file),
  digest: async () => undefined,
  matches: async () => false,
  list: async () => [],
};

async function writeSite(folder: string, checkpoint: string): Promise<void> {
  const keys = { log: signer.verifier, openpgp: '' };
  const pages = await buildSite({
    catalog,
    checkpoint,
    keys,
    snapshot,
    now: new Date('2026-11-22T00:00:00Z'),
    url: undefined,
  });
  for (const [name, content] of pages) {
    await mkdir(path.dirname(path.join(folder, name)), { recursive: true });
    await writeFile(path.join(folder, name), content);
  }
}

beforeAll(async () => {
  work = await mkdtemp(path.join(tmpdir(), 'site-'));
  catalog = sampleCatalog();
  await writeSite(work, logCheckpoint(catalog.entries, signer));
  browser = await chromium.launch({
    executablePath: '/usr/bin/chromium',
    args: [
      '--no-sandbox',
      '--disable-gpu',
      '--disable-quic',
      '--no-first-run',
      '--disable-background-networking',
      '--disable-component-update',
      '--disable-sync',
    ],
  });
});
afterAll(async () => {
  await browser?.close();
  await rm(work, { recursive: true, force: true });
});

/** Opens a page from disk and watches what it does. */
async function open(file: string, scheme: 'light' | 'dark' = 'light', width = 1180) {
  const context = await browser.newContext({ colorScheme: scheme, viewport: { width, height: 900 } });
  const page = await context.newPage();
  const problems: string[] = [];
  page.on('console', (message) => {
    if (['error', 'warning'].includes(message.type())) {
      problems.push(message.text());
    }
  });
  page.on('pageerror', (error) => problems.push(String(error)));
  page.on('dialog', (dialog) => {
    problems.push(`dialog ${dialog.message()}`);
    void dialog.dismiss();
  });
  const address = `file://${path.join(work, file)}`;
  page.on('request', (request) => {
    if (!request.url().startsWith('data:') && request.url().split('#')[0] !== address) {
      problems.push(`request ${request.url()}`);
    }
  });
  await page.goto(address);
  return { page, problems };
}

const rows = (page: Page): Promise<string[]> => page.locator('tbody tr:visible th').allTextContents();
const image = (version: string): string => `images/debian-13/${version}/index.html`;

async function accessibility(page: Page): Promise<readonly string[]> {
  // The page's policy forbids foreign scripts; what the debugger runs is not bound by it.
  await page.evaluate(await readFile(axe, 'utf8'));
  const results = (await page.evaluate('axe.run()')) as {
    violations: { id: string; nodes: { html: string }[] }[];
  };
  return results.violations.map(({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html).join(' | ')}`);
}

describe('the list', () => {
  it('shows all versions, and filters by class, state, distribution, architecture and text', async () => {
    const { page, problems } = await open('index.html');
    expect(await rows(page)).toEqual([
      'debian-13 20261115',
      'debian-13 20261108',
      'debian-13 20261101',
      'rocky-9 9.6.1',
      'team-build 7',
    ]);
    await page.getByLabel('State').selectOption('revoked');
    expect(await rows(page)).toEqual(['debian-13 20261101']);
    await page.getByRole('button', { name: 'Show all' }).click();
    await page.getByLabel('Class').selectOption('catalog');
    expect(await rows(page)).toEqual(['rocky-9 9.6.1']);
    await page.getByLabel('Class').selectOption('');
    await page.getByLabel('Architecture').selectOption('arm64');
    expect(await rows(page)).toEqual(['rocky-9 9.6.1']);
    await page.getByLabel('Architecture').selectOption('');
    await page.getByLabel('Distribution').selectOption({ label: 'debian 13' });
    await page.getByLabel('Search').fill('2026 depr');
    expect(await rows(page)).toEqual(['debian-13 20261108']);
    expect(await page.locator('#shown').textContent()).toBe('1 of 5 versions shown');
    // The choice stays in the address.
    await page.reload();
    expect(await rows(page)).toEqual(['debian-13 20261108']);
    await page.getByRole('link', { name: 'debian-13 20261108' }).click();
    expect(await page.title()).toBe('debian-13 20261108 (deprecated)');
    expect(problems.filter((problem) => !problem.includes(image('20261108')))).toEqual([]);
  });
});

describe('the page of an image', () => {
  it('shows state, dates, successor, digest, score, tests, differences, and what is due', async () => {
    const { page, problems } = await open(image('20261108'));
    const text = await page.locator('main').innerText();
    for (const expected of [
      'This version is deprecated',
      '2027-01-15',
      'debian-13 20261115',
      sha256('debian-13 20261108'),
      '95.7 %',
      'check_cloud_init',
      'Changes since 20261101',
      '1 package changed, 1 added, 1 removed',
      'sha256sum --check',
    ]) {
      expect(text).toContain(expected);
    }
    expect(await page.locator('svg.chart circle').count()).toBe(2);
    expect(problems).toEqual([]);
    const { page: current } = await open(image('20261115'));
    expect(await current.locator('main').innerText()).toContain('CVE-2026-12345');
  });

  it('searches the packages', async () => {
    const { page } = await open(image('20261115'));
    await page.getByLabel('Search packages').fill('openssl');
    expect(await page.locator('#packages tbody tr:visible').count()).toBe(1);
    expect(await page.locator('#package-count').textContent()).toBe('1 of 58 packages');
  });

  it('checks its part of the audit log, and says so', async () => {
    const { page, problems } = await open(image('20261101'));
    await page.locator('#proof-result.pass').waitFor();
    expect(await page.locator('#proof-result').textContent()).toContain(
      'all 3 entries are in the log of 14 entries',
    );
    expect(await page.locator('[data-entry].pass').count()).toBe(3);
    // Another key than the one that the reader knows.
    await page.locator('#log-key').fill(verifierText(logSigner('images.example.org').verifier));
    await page.locator('#proof-check').click();
    await page.locator('#proof-result.fail').waitFor();
    expect(await page.locator('#proof-result').textContent()).toContain('not signed by this key');
    expect(problems).toEqual([]);
  });

  it.each([
    [
      'an entry',
      (html: string) => html.replace('\\"reason\\":\\"a test\\"', '\\"reason\\":\\"a fest\\"'),
      /1 of 3 entries are not in the log/,
    ],
    [
      'the checkpoint',
      (html: string) => html.replace('images.example.org\\n14\\n', 'images.example.org\\n15\\n'),
      /signature of the checkpoint does not hold/,
    ],
    ['a path', (html: string) => html.replace(/"path":\["./, '"path":["+'), /entries are not in the log/],
  ])(
    'finds that %s was changed',
    async (_name, change, message) => {
      const file = image('20261101');
      const good = await readFile(path.join(work, file), 'utf8');
      expect(change(good)).not.toBe(good);
      await writeFile(path.join(work, file), change(good));
      try {
        const { page } = await open(file);
        await page.locator('#proof-result.fail').waitFor();
        expect(await page.locator('#proof-result').textContent()).toMatch(message);
      } finally {
        await writeFile(path.join(work, file), good);
      }
    },
    180_000,
  );
});

describe('what is to be copied', () => {
  it('is copied whole by its button, which lies on none of it', async () => {
    const { page, problems } = await open(image('20261115'), 'light', 360);
    await page.context().grantPermissions(['clipboard-read', 'clipboard-write']);
    const block = page.locator('.copy', { hasText: 'GnuPG' });
    const button = block.getByRole('button', { name: 'Copy: Who signed the list (GnuPG)' });
    await button.click();
    await block.getByText('Copied', { exact: true }).waitFor();
    expect(await page.evaluate('navigator.clipboard.readText()')).toBe(
      await block.locator('pre').textContent(),
    );
    const [own, text] = [await button.boundingBox(), await block.locator('pre').boundingBox()];
    expect((own?.y ?? 0) + (own?.height ?? 0)).toBeLessThanOrEqual(text?.y ?? 0);
    expect(problems).toEqual([]);
  });
});

/** Of what one has to scroll to the side for: nothing but what scrolls by itself. */
const overflow = (page: Page): Promise<number> =>
  page.evaluate('document.scrollingElement.scrollWidth - window.innerWidth');

describe.each([
  ['light', 1180],
  ['dark', 1180],
  ['light', 360],
  ['dark', 360],
] as const)('in %s, %i pixels wide', (scheme, width) => {
  it.each(['index.html', image('20261101'), image('20261115')])(
    'axe-core finds nothing on %s, and it fits',
    async (file) => {
      const { page, problems } = await open(file, scheme, width);
      expect(await accessibility(page)).toEqual([]);
      expect(problems).toEqual([]);
      expect(await overflow(page)).toBeLessThanOrEqual(0);
      if (process.env.SCREENSHOTS) {
        const name = `${scheme}-${width}-${file.replaceAll('/', '-')}.png`;
        await page.screenshot({ path: path.join(process.env.SCREENSHOTS, name), fullPage: true });
      }
    },
    180_000,
  );

  it('the list shows everything about a version without scrolling to the side', async () => {
    const { page } = await open('index.html', scheme, width);
    const row = page.locator('tbody tr').first();
    const cells = await row.locator('th, td').all();
    expect(cells).toHaveLength(8);
    for (const cell of cells) {
      const box = await cell.boundingBox();
      expect(box && box.x >= 0 && box.x + box.width <= width).toBe(true);
    }
    expect(await page.getByRole('row').count()).toBeGreaterThanOrEqual(5);
    expect(await page.getByRole('rowheader').first().textContent()).toBe('debian-13 20261115');
  });
});

describe('the packages on a phone', () => {
  it('have rows of two lines at most, also beside one with a name that is long', async () => {
    const { page } = await open(image('20261115'), 'light', 360);
    const box = await page.locator('#packages tbody tr', { hasText: 'what adduser is for' }).boundingBox();
    expect(box?.height).toBeLessThan(80);
  });
});

describe('the chart', () => {
  const chartOf = (count: number): string =>
    scoreChart(
      Array.from({ length: count }, (_, index) => ({
        label: `202611${index + 10}.2`,
        value: 90 + index / 2,
      })),
    );

  it.each([1, 2, 3, 7, 12])(
    'of %i versions has letters that can be read and none over another',
    async (count) => {
      const page = await browser.newPage({ viewport: { width: 360, height: 800 } });
      await page.setContent(`<style>${STYLE}</style><div class="wide">${chartOf(count)}</div>`);
      const boxes = (await page.evaluate(
        "[...document.querySelectorAll('.chart text')].map((t) => { const { x, y, width, height } = t.getBoundingClientRect(); return { x, y, width, height, text: t.textContent }; })",
      )) as { x: number; y: number; width: number; height: number; text: string }[];
      expect(boxes.at(-1)?.text).toBe(`202611${count + 9}.2`);
      expect(Math.min(...boxes.map(({ height }) => height))).toBeGreaterThan(11);
      const clashes = boxes.flatMap((a, index) =>
        boxes
          .slice(index + 1)
          .filter(
            (b) => a.x < b.x + b.width && b.x < a.x + a.width && a.y < b.y + b.height && b.y < a.y + a.height,
          )
          .map((b) => `${a.text} and ${b.text}`),
      );
      expect(clashes).toEqual([]);
      const { width } = (await page.locator('.chart').boundingBox()) ?? { width: 0 };
      expect(Math.max(...boxes.map((box) => box.x + box.width))).toBeLessThanOrEqual(8 + width);
      await page.close();
    },
  );

  it('on a phone shows the newest version', async () => {
    const { page } = await open(image('20261115'), 'light', 360);
    const point = await page.locator('.chart circle').last().boundingBox();
    expect(point && point.x > 0 && point.x + point.width < 360).toBe(true);
  });
});
