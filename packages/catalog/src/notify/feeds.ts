import { stableJson } from '@golden-image/evidence';
import type { Catalog } from '../state/catalog.ts';
import { entrySentences, entryTitle } from './describe.ts';

/** How many of the latest entries the feeds hold. */
const FEED_ENTRIES = 50;

/**
 * Atom (RFC 4287) and JSON Feed 1.1 of what happened to the images.
 *
 * @param origin name of the log; ids of entries are made from it (RFC 4151 tag URIs)
 */
export function feedFiles(catalog: Catalog, origin: string): Map<string, string> {
  const items = catalog.entries.slice(-FEED_ENTRIES).reverse();
  const host = (origin.split('/')[0] ?? '').replace(/:\d+$/, '');
  const year = (catalog.entries[0]?.time ?? '1970').slice(0, 4);
  const id = (part: string): string => `tag:${host},${year}:${origin}/${part}`;
  const updated = catalog.entries.at(-1)?.time ?? new Date(0).toISOString();
  const page = (entry: (typeof items)[number]): string =>
    `../site/images/${entry.image}/${entry.version}/index.html`;
  const title = `Images of ${origin}`;
  const atom = [
    '<?xml version="1.0" encoding="utf-8"?>',
    '<feed xmlns="http://www.w3.org/2005/Atom">',
    `<title>${xml(title)}</title>`,
    `<id>${xml(id('feed'))}</id>`,
    `<updated>${updated}</updated>`,
    '<link rel="self" type="application/atom+xml" href="atom.xml"/>',
    `<author><name>${xml(origin)}</name></author>`,
    ...items.map((entry) =>
      [
        '<entry>',
        `<title>${xml(entryTitle(entry))}</title>`,
        `<id>${xml(id(`entry/${entry.seq}`))}</id>`,
        `<published>${entry.time}</published>`,
        `<updated>${entry.time}</updated>`,
        `<link rel="alternate" type="text/html" href="${xml(page(entry))}"/>`,
        `<category term="${entry.type}"/>`,
        `<content type="text">${xml(entrySentences(entry).join('\n') || entryTitle(entry))}</content>`,
        '</entry>',
      ].join('\n'),
    ),
    '</feed>',
    '',
  ].join('\n');
  const json = stableJson({
    version: 'https://jsonfeed.org/version/1.1',
    title,
    authors: [{ name: origin }],
    items: items.map((entry) => ({
      id: id(`entry/${entry.seq}`),
      title: entryTitle(entry),
      content_text: entrySentences(entry).join('\n') || entryTitle(entry),
      date_published: entry.time,
      tags: [entry.type, entry.image],
    })),
  });
  return new Map([
    ['feeds/atom.xml', atom],
    ['feeds/feed.json', json],
  ]);
}

/** Text for XML: markup escaped, characters that XML 1.0 cannot hold left out. */
export function xml(text: string): string {
  return text
    .replace(/[^\u0009\u000a\u000d\u0020-\ud7ff\ue000-\ufffd\u{10000}-\u{10ffff}]/gu, '')
    .replace(/&/g, '&amp;')
    .replace(/</g, '&lt;')
    .replace(/>/g, '&gt;')
    .replace(/"/g, '&quot;');
}
