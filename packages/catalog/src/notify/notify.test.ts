/** What users are told of a version: the issue, the status that instances read, the sentences of the feeds. */
import { describe, expect, it } from '@jest/globals';
import { approval, origin, publication, published, retire, threeVersions } from '../../test/samples.ts';
import { type Catalog, EMPTY_CATALOG } from '../state/catalog.ts';
import { planCheck, planPublish, planRetire } from '../state/plan.ts';
import type { Freshness } from '../state/record.ts';
import { entrySentences, entryTitle } from './describe.ts';
import { feedFiles } from './feeds.ts';
import { issueText } from './issue.ts';
import { statusFiles } from './status.ts';

const v = (version: string) => ({ image: 'debian-13', version });
const at = '2026-11-10T00:00:00Z';
const found = (securityUpdates: number): Freshness => ({
  checkedAt: at,
  rebuildNeeded: securityUpdates > 0 ? 'yes' : 'no',
  reasons: securityUpdates > 0 ? [`${securityUpdates} packages with security updates`] : [],
  securityUpdates,
  otherUpdates: 0,
  updates: [],
});

interface Status {
  readonly latest: string | null;
  readonly versions: Readonly<
    Record<string, { readonly message: string; readonly successor: string | null }>
  >;
}
const status = (catalog: Catalog): Status =>
  JSON.parse(statusFiles(catalog).get('status/debian-13.json') ?? '{}');
const message = (catalog: Catalog, version: string) => status(catalog).versions[version]?.message;

describe('the status of a version', () => {
  const three = threeVersions();
  const to = (state: 'deprecated' | 'obsolete' | 'revoked') =>
    retire(three, v('20261101'), state, at, { successor: v('20261103') }).catalog;

  it('is empty for the newest one that has no updates', () => {
    expect(message(three, '20261103')).toBe('');
    expect(status(three).latest).toBe('20261103');
  });

  it('names the newest version to those of earlier ones, and its own successor first', () => {
    expect(message(three, '20261101')).toBe('successor debian-13 20261103');
    const own = retire(three, v('20261101'), 'deprecated', at, { successor: v('20261102') }).catalog;
    expect(message(own, '20261101')).toBe('this image is deprecated; successor debian-13 20261102');
    // A successor that is gone leads on to its own.
    const gone = retire(own, v('20261102'), 'revoked', at, { successor: v('20261103') }).catalog;
    expect(status(gone).versions['20261101']?.successor).toBe('debian-13/20261103');
  });

  it.each([
    ['deprecated', 'this image is deprecated; successor debian-13 20261103'],
    ['obsolete', 'this image is obsolete; successor debian-13 20261103'],
    ['revoked', 'this image was revoked (a test): replace it now; successor debian-13 20261103'],
  ] as const)('says that it is %s', (state, expected) => {
    expect(message(to(state), '20261101')).toBe(expected);
  });

  it.each([
    [0, ''],
    [1, '1 security update'],
    [12, '12 security updates'],
  ])('counts %i security updates', (count, expected) => {
    const checked = planCheck(three, [{ of: v('20261103'), freshness: found(count) }], origin(at)).catalog;
    expect(message(checked, '20261103')).toBe(expected);
  });

  it('is given for no draft', () => {
    const request = {
      publication: publication('debian-13', '9'),
      approval: approval(),
      missingAudit: ['there is no audit'],
      schedule: {},
      reason: undefined,
    };
    const draft = planPublish(three, request, origin(at)).catalog;
    expect(draft.versions.get('debian-13/9')?.state).toBe('draft');
    expect(Object.keys(status(draft).versions)).toEqual(['20261101', '20261102', '20261103']);
  });
});

describe('the issue about a version', () => {
  const told = (catalog: Catalog, url?: string) => {
    const entry = catalog.entries.at(-1);
    if (!entry) {
      throw new Error('nothing happened');
    }
    return issueText(catalog, entry, url);
  };
  const three = threeVersions();
  const schedule = { deprecateAt: '2027-01-01T00:00:00Z', obsoleteAt: '2027-02-01T00:00:00Z' };

  it.each([
    ['deprecated', /still works: plan to move/, 'open'],
    ['obsolete', /Start no new machines/, 'open'],
    ['revoked', /Replace machines that run it now/, 'open'],
  ] as const)('that is %s says what to do, and stays open', (state, action, open) => {
    const text = told(retire(three, v('20261101'), state, at, { successor: v('20261103') }).catalog);
    expect(text).toMatchObject({
      title: `Image debian-13 20261101: ${state}`,
      marker: '<!-- image-lifecycle: debian-13/20261101 -->',
      issueState: open,
      tag: 'debian-13-20261101',
    });
    expect(text.body).toMatch(action);
    expect(text.body).toContain('- successor: **debian-13 20261103**');
    expect(text.body).toContain('- reason: a test');
  });

  it('is closed while nothing is to be done, and names dates, the page, and what happened', () => {
    const dated = retire(three, v('20261101'), 'deprecated', at, { schedule, immediately: false }).catalog;
    const checked = planCheck(dated, [{ of: v('20261101'), freshness: found(2) }], origin(at)).catalog;
    const text = told(checked, 'https://images.example.org/');
    expect(text.issueState).toBe('closed');
    expect(text.body.split('\n').filter((line) => line.startsWith('- '))).toEqual([
      `- disk: \`sha256:${three.versions.get('debian-13/20261101')?.disk.sha256}\``,
      '- reason: a test',
      '- deprecated from 2027-01-01T00:00:00Z',
      '- obsolete from 2027-02-01T00:00:00Z',
      '- page: https://images.example.org/site/images/debian-13/20261101/index.html',
      '- 2026-11-01T10:00:00Z: register — draft',
      '- 2026-11-01T10:00:00Z: publish — available',
      expect.stringMatching(/^- 2026-11-10T00:00:00Z: schedule — Reason: a test\. Deprecated from 2027/),
    ]);
  });

  it('carries no markup, mention or link of a reason', () => {
    const reason = 'see [here](https://x.example) @everyone <img src=x> **now** `id` #1';
    const request = {
      of: v('20261101'),
      to: 'revoked' as const,
      schedule: {},
      immediately: true,
      successor: undefined,
      reason,
      retiresFamily: false,
    };
    const { body } = told(planRetire(three, request, origin(at)).catalog);
    for (const active of ['[here]', 'https://x', '@everyone', '<img', '**now**', '`id`', ' #1']) {
      expect(body).not.toContain(active);
    }
    expect(body).toContain('everyone');
  });
});

describe('the feeds', () => {
  it('hold the latest fifty entries, the newest first, each with an id of its own that stays', () => {
    const many = Array.from({ length: 30 }, (_, index) => String(index + 1)).reduce(
      (catalog, version) => published(catalog, 'a', version, at),
      EMPTY_CATALOG,
    );
    const items = (catalog: Catalog) =>
      JSON.parse(feedFiles(catalog, 'example.org/images').get('feeds/feed.json') ?? '').items as {
        id: string;
        title: string;
      }[];
    expect(items(many)).toHaveLength(50);
    expect(items(many)[0]).toMatchObject({
      id: 'tag:example.org,2026:example.org/images/entry/59',
      title: 'a 30: available',
    });
    const more = published(many, 'a', '31', at);
    const ids = new Map(items(many).map(({ id, title }) => [id, title]));
    const again = items(more).filter(({ id }) => ids.has(id));
    expect(again).toHaveLength(48);
    expect(again.every(({ id, title }) => ids.get(id) === title)).toBe(true);
  });

  it('say what happened in sentences', () => {
    const schedule = { obsoleteAt: '2027-02-01T00:00:00Z', deleteAt: '2027-03-01T00:00:00Z' };
    const entry = retire(threeVersions(), v('20261101'), 'deprecated', at, {
      schedule,
      successor: v('20261103'),
    }).entries[0];
    const check = planCheck(threeVersions(), [{ of: v('20261101'), freshness: found(2) }], origin(at))
      .entries[0];
    if (!entry || !check) {
      throw new Error('nothing happened');
    }
    expect([entryTitle(entry), ...entrySentences(entry)]).toEqual([
      'debian-13 20261101: deprecated',
      'Reason: a test.',
      'Successor: debian-13 20261103.',
      'Obsolete from 2027-02-01T00:00:00Z.',
      'Deleted from 2027-03-01T00:00:00Z.',
    ]);
    expect([entryTitle(check), ...entrySentences(check)]).toEqual([
      'debian-13 20261101: checked for updates',
      'Rebuild needed: yes; 2 security and 0 other updates.',
      '2 packages with security updates.',
    ]);
  });
});
