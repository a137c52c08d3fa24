export const id = 358;
export const ids = [358];
export const modules = {

/***/ 2358:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

// ESM COMPAT FLAG
__webpack_require__.r(__webpack_exports__);

// EXPORTS
__webpack_require__.d(__webpack_exports__, {
  exportCommand: () => (/* binding */ exportCommand),
  siteCommand: () => (/* binding */ siteCommand),
  verifyCommand: () => (/* binding */ verifyCommand)
});

// EXTERNAL MODULE: external "node:fs/promises"
var promises_ = __webpack_require__(1455);
// EXTERNAL MODULE: external "node:path"
var external_node_path_ = __webpack_require__(6760);
// EXTERNAL MODULE: ./build/packages/evidence/src/openpgp.js
var openpgp = __webpack_require__(2430);
// EXTERNAL MODULE: ./build/packages/host/src/errors.js
var errors = __webpack_require__(2151);
// EXTERNAL MODULE: ./build/packages/catalog/src/log/log-files.js + 1 modules
var log_files = __webpack_require__(3820);
// EXTERNAL MODULE: ./build/packages/catalog/src/log/note.js
var note = __webpack_require__(5214);
// EXTERNAL MODULE: ./build/packages/catalog/src/log/tiles.js
var tiles = __webpack_require__(2505);
// EXTERNAL MODULE: ./build/packages/catalog/src/state/apply.js
var apply = __webpack_require__(8371);
// EXTERNAL MODULE: ./build/packages/catalog/src/state/catalog.js
var state_catalog = __webpack_require__(1692);
// EXTERNAL MODULE: ./build/packages/catalog/src/streams/streams.js
var streams = __webpack_require__(5366);
// EXTERNAL MODULE: ./build/packages/catalog/src/publish/keys.js
var publish_keys = __webpack_require__(5289);
// EXTERNAL MODULE: ./build/packages/catalog/src/publish/render.js + 2 modules
var render = __webpack_require__(1171);
// EXTERNAL MODULE: ./build/packages/catalog/src/publish/signed-files.js
var signed_files = __webpack_require__(4563);
;// CONCATENATED MODULE: ./build/packages/catalog/src/publish/verify.js











/**
 * Replays the audit log and compares the catalog that it leads to with the published one, byte for byte: generated
 * files, signed streams, tiles, and everything that was published with the images. Nothing else may lie there.
 *
 * @param disks whether disks lie in this store
 */
async function verifyCatalog(snapshot, keys, options) {
    const read = (path) => snapshot.read(path);
    let log;
    let catalog;
    try {
        log = await (0,log_files/* readLog */.x6)(read, keys.log);
        catalog = (0,apply/* replay */.e)(log.entries);
    }
    catch (error) {
        return { catalog: state_catalog/* EMPTY_CATALOG */.CD, checkpoint: '', files: 0, problems: [(0,errors/* describeError */.Uc)(error).message] };
    }
    const problems = [];
    const seen = new Set([`${log_files/* LOG_FOLDER */.KZ}/checkpoint`]);
    const compare = async (path, expected) => {
        seen.add(path);
        const found = await read(path);
        if (!found) {
            problems.push(`${path} is missing`);
        }
        else if (!found.equals(expected)) {
            problems.push(`${path} is not what the log leads to`);
        }
    };
    for (const [path, data] of (0,render/* renderCatalog */.e)(catalog, keys.log.name)) {
        await compare(path, data);
        if ((0,signed_files/* isStream */.rL)(path)) {
            seen.add((0,signed_files/* signedPath */.gk)(path));
            const signed = (await read((0,signed_files/* signedPath */.gk)(path)))?.toString('utf8') ?? '';
            const expected = (0,streams/* signedText */.Mo)(data.toString('utf8'));
            if (!(await (0,signed_files/* holds */.v9)(keys.openpgp, signed, expected, options.now))) {
                problems.push(`${(0,signed_files/* signedPath */.gk)(path)} is not signed by the key of the indices, or says something else`);
            }
        }
    }
    await compare(publish_keys/* KEY_FILES */.Q.log, Buffer.from(`${(0,note/* verifierText */.ET)(keys.log)}\n`));
    await compare(publish_keys/* KEY_FILES */.Q.openpgp, Buffer.from(await (0,openpgp/* canonicalPublicKey */.tV)(keys.openpgp)));
    for (const record of (0,state_catalog/* sortedVersions */.xe)(catalog)) {
        problems.push(...(await checkFiles(record, snapshot, seen, options.disks)));
    }
    for (const path of await snapshot.list()) {
        if (!seen.has(path)) {
            const partial = path.startsWith(`${log_files/* LOG_FOLDER */.KZ}/`)
                ? (0,tiles/* earlierPartial */.wZ)(path.slice(log_files/* LOG_FOLDER */.KZ.length + 1), log.raw)
                : undefined;
            if (!partial) {
                problems.push(`${path} is not part of the catalog`);
            }
            else {
                await compare(path, partial);
            }
        }
    }
    return { catalog, checkpoint: log.note, files: seen.size, problems };
}
async function checkFiles(record, snapshot, seen, disks) {
    if (record.state === 'deleted') {
        return [];
    }
    const problems = [];
    const { disk } = record;
    const all = [
        ...record.attachments,
        ...(disks ? [{ name: disk.file, size: disk.size, sha256: disk.sha256 }] : []),
    ];
    for (const { name, sha256 } of all) {
        const path = `${(0,streams/* imageFolder */.IE)(record)}/${name}`;
        seen.add(path);
        const found = await snapshot.digest(path);
        if (found !== sha256) {
            problems.push(found
                ? `${path} was changed: it is sha256:${found}, ${(0,state_catalog/* versionKey */._5)(record)} says sha256:${sha256}`
                : `${path} is missing`);
        }
    }
    return problems;
}

// EXTERNAL MODULE: ./build/packages/catalog/src/state/effective.js
var effective = __webpack_require__(8742);
// EXTERNAL MODULE: ./build/packages/catalog/src/log/merkle.js
var merkle = __webpack_require__(4956);
;// CONCATENATED MODULE: ./build/packages/catalog/src/site/context.js


function logLeaves(entries) {
    return entries.map((entry) => (0,merkle/* leafHash */.Jq)((0,log_files/* entryBytes */.eD)(entry)));
}

// EXTERNAL MODULE: ./build/packages/evidence/src/statement.js
var statement = __webpack_require__(1684);
// EXTERNAL MODULE: ./build/packages/catalog/src/freshness/installed.js
var installed = __webpack_require__(2235);
;// CONCATENATED MODULE: ./build/packages/catalog/src/site/image-data.js



/** Reads a version's SBOM and functional result; what is missing is empty. Their digests were checked before. */
async function imageData(record, snapshot) {
    const read = async (name) => (await snapshot.read(`${(0,streams/* imageFolder */.IE)(record)}/${name}`))?.toString('utf8') ?? '';
    return {
        packages: (0,installed/* packagesOfSpdx */.MQ)(await read('sbom.spdx.json')) ?? [],
        cases: caseResults(await read('signatures/40-fvt.intoto.sigstore.json')),
    };
}
function caseResults(bundle) {
    const results = new Map();
    try {
        const { dsseEnvelope } = JSON.parse(bundle);
        const text = Buffer.from(dsseEnvelope.payload, 'base64').toString('utf8');
        const { predicate } = statement/* statementSchema */.t.parse(JSON.parse(text));
        const fields = {
            notRun: 'not run',
            skipped: 'skipped',
            passedTests: 'passed',
            warnedTests: 'warned',
            failedTests: 'failed',
        };
        for (const [field, result] of Object.entries(fields)) {
            for (const name of names(predicate[field])) {
                results.set(name, result);
            }
        }
    }
    catch {
        // No functional result came with the image.
    }
    return results;
}
/** A list of names, or names with reasons. */
function names(value) {
    const list = Array.isArray(value)
        ? value
        : typeof value === 'object' && value !== null
            ? Object.keys(value)
            : [];
    return list.filter((name) => typeof name === 'string');
}
/** What changed from one list of packages to another. */
function differences(from, to) {
    const before = new Map(from.map((entry) => [entry.name, entry]));
    const after = new Map(to.map((entry) => [entry.name, entry]));
    return {
        added: to.filter(({ name }) => !before.has(name)),
        removed: from.filter(({ name }) => !after.has(name)),
        changed: to.flatMap(({ name, version }) => {
            const old = before.get(name);
            return old && old.version !== version ? [{ name, from: old.version, to: version }] : [];
        }),
    };
}

// EXTERNAL MODULE: ./build/packages/catalog/src/notify/describe.js
var describe = __webpack_require__(5674);
// EXTERNAL MODULE: ./build/packages/catalog/src/state/guards.js
var guards = __webpack_require__(6757);
;// CONCATENATED MODULE: ./build/packages/catalog/src/site/assets.generated.js
// biome-ignore-all format: generated
// biome-ignore-all lint: generated
// Generated from packages/catalog/site by `npm run generate`.
const STYLE = ":root {\n  color-scheme: light dark;\n  --bg: #f5f6f8;\n  --card: #ffffff;\n  --ink: #17202c;\n  --soft: #556070;\n  --line: #d9dee5;\n  --accent: #0b5cad;\n  --good: #146c43;\n  --good-bg: #e0f3e8;\n  --warn: #7a4d00;\n  --warn-bg: #fdf0d5;\n  --old: #8a3b12;\n  --old-bg: #fbe7dc;\n  --bad: #a61b1b;\n  --bad-bg: #fbe3e3;\n  --calm: #465366;\n  --calm-bg: #e8ebf0;\n}\n@media (prefers-color-scheme: dark) {\n  :root {\n    --bg: #10141a;\n    --card: #181e27;\n    --ink: #e7ebf1;\n    --soft: #a3aebd;\n    --line: #2c3542;\n    --accent: #7ab8ff;\n    --good: #63d39b;\n    --good-bg: #12301f;\n    --warn: #f0bd5b;\n    --warn-bg: #35290f;\n    --old: #f29d6e;\n    --old-bg: #3a2216;\n    --bad: #ff8f88;\n    --bad-bg: #3d1a1a;\n    --calm: #b3bdcb;\n    --calm-bg: #252d39;\n  }\n}\n* {\n  box-sizing: border-box;\n}\nbody {\n  margin: 0;\n  background: var(--bg);\n  color: var(--ink);\n  font:\n    16px / 1.55 system-ui,\n    -apple-system,\n    \"Segoe UI\",\n    Roboto,\n    \"Helvetica Neue\",\n    sans-serif;\n}\na {\n  color: var(--accent);\n  text-underline-offset: 0.15em;\n}\na:focus-visible,\nbutton:focus-visible,\ninput:focus-visible,\nselect:focus-visible,\nsummary:focus-visible,\n[tabindex]:focus-visible {\n  outline: 3px solid var(--accent);\n  outline-offset: 2px;\n}\n.skip {\n  position: absolute;\n  left: -100rem;\n}\n.skip:focus {\n  left: 1rem;\n  top: 1rem;\n  background: var(--card);\n  padding: 0.5rem 1rem;\n}\n.top {\n  background: var(--card);\n  border-bottom: 1px solid var(--line);\n}\n.top > div,\nmain,\n.foot {\n  max-width: 72rem;\n  margin: 0 auto;\n  padding: 0 1.25rem;\n}\n.top > div {\n  padding-top: 1.4rem;\n  padding-bottom: 1.4rem;\n}\n.top p {\n  margin: 0.2rem 0 0;\n  color: var(--soft);\n}\nh1 {\n  margin: 0;\n  font-size: 1.7rem;\n  line-height: 1.25;\n  letter-spacing: -0.01em;\n  overflow-wrap: anywhere;\n}\nh2 {\n  margin: 0 0 0.7rem;\n  font-size: 1.15rem;\n}\nnav.crumbs {\n  font-size: 0.9rem;\n  margin-bottom: 0.4rem;\n}\nsection {\n  background: var(--card);\n  border: 1px solid var(--line);\n  border-radius: 0.7rem;\n  padding: 1.2rem 1.3rem;\n  margin: 1.2rem 0;\n}\n.note {\n  color: var(--soft);\n  font-size: 0.92rem;\n}\nsection > .note:first-of-type {\n  margin-top: 0;\n}\n.counts {\n  display: flex;\n  flex-wrap: wrap;\n  gap: 0.8rem;\n  list-style: none;\n  padding: 0;\n  margin: 1.2rem 0;\n}\n.counts li {\n  background: var(--card);\n  border: 1px solid var(--line);\n  border-radius: 0.7rem;\n  padding: 0.7rem 1.1rem;\n  min-width: 8rem;\n  color: var(--soft);\n}\n.counts strong {\n  display: block;\n  font-size: 1.7rem;\n  line-height: 1.2;\n  color: var(--ink);\n}\n.filters {\n  display: grid;\n  grid-template-columns: repeat(auto-fit, minmax(10rem, 1fr));\n  gap: 0.8rem;\n  align-items: end;\n}\n.filters label,\n.field label {\n  display: block;\n  font-size: 0.85rem;\n  font-weight: 600;\n  color: var(--soft);\n  margin-bottom: 0.2rem;\n}\ninput,\nselect,\nbutton {\n  font: inherit;\n  color: inherit;\n  background: var(--bg);\n  border: 1px solid var(--soft);\n  border-radius: 0.45rem;\n  padding: 0.4rem 0.6rem;\n}\n.filters input,\n.filters select,\n.field input {\n  width: 100%;\n  height: 2.5rem;\n}\nbutton {\n  cursor: pointer;\n  font-weight: 600;\n}\n.filters button {\n  height: 2.5rem;\n}\nbutton:hover {\n  border-color: var(--accent);\n}\n.wide {\n  overflow-x: auto;\n}\ntable {\n  border-collapse: collapse;\n  width: 100%;\n  font-size: 0.94rem;\n}\ncaption {\n  text-align: left;\n  color: var(--soft);\n  padding-bottom: 0.5rem;\n}\nth {\n  text-align: left;\n  font-weight: 600;\n  color: var(--soft);\n  white-space: nowrap;\n}\nth,\ntd {\n  padding: 0.5rem 0.8rem 0.5rem 0;\n  border-bottom: 1px solid var(--line);\n  vertical-align: top;\n}\ntbody tr:last-child > * {\n  border-bottom: 0;\n}\ntbody th {\n  color: var(--ink);\n  /* A long name takes no other column's room. */\n  white-space: normal;\n  overflow-wrap: anywhere;\n  min-width: 9rem;\n}\ntd.number {\n  text-align: right;\n  font-variant-numeric: tabular-nums;\n}\n.badge {\n  display: inline-block;\n  border-radius: 1rem;\n  padding: 0.05rem 0.7rem;\n  font-size: 0.85rem;\n  font-weight: 650;\n  white-space: nowrap;\n  color: var(--calm);\n  background: var(--calm-bg);\n}\n.available,\n.pass {\n  color: var(--good);\n  background: var(--good-bg);\n}\n.deprecated,\n.warn {\n  color: var(--warn);\n  background: var(--warn-bg);\n}\n.obsolete {\n  color: var(--old);\n  background: var(--old-bg);\n}\n.revoked,\n.fail {\n  color: var(--bad);\n  background: var(--bad-bg);\n}\n.banner {\n  border-radius: 0.7rem;\n  padding: 0.8rem 1.2rem;\n  margin: 1.2rem 0;\n  font-weight: 600;\n}\n.facts {\n  display: grid;\n  grid-template-columns: max-content 1fr;\n  gap: 0.35rem 1.4rem;\n  margin: 0;\n}\n.facts dt {\n  color: var(--soft);\n}\n.facts dd {\n  margin: 0;\n  overflow-wrap: anywhere;\n}\ncode,\npre {\n  font-family: ui-monospace, \"SF Mono\", \"DejaVu Sans Mono\", Menlo, Consolas, monospace;\n  font-size: 0.88em;\n}\npre {\n  background: var(--bg);\n  border: 1px solid var(--line);\n  border-radius: 0.5rem;\n  padding: 0.8rem 1rem;\n  overflow-x: auto;\n  margin: 0.5rem 0;\n}\n.copy .bar {\n  display: flex;\n  align-items: center;\n  justify-content: space-between;\n  gap: 0.8rem;\n  margin-top: 1rem;\n}\n.copy h3 {\n  margin: 0;\n}\n.copy button {\n  font-size: 0.85rem;\n  padding: 0.25rem 0.8rem;\n}\n.chart {\n  display: block;\n}\n.chart text {\n  fill: var(--soft);\n  font-size: 12px;\n}\n.chart .grid {\n  stroke: var(--line);\n}\n.chart .line {\n  fill: none;\n  stroke: var(--accent);\n  stroke-width: 2.5;\n}\n.chart circle {\n  fill: var(--accent);\n}\n.chart .value {\n  fill: var(--ink);\n  font-weight: 600;\n}\n.log {\n  list-style: none;\n  margin: 0;\n  padding: 0;\n}\n.log > li {\n  border-left: 3px solid var(--line);\n  padding: 0 0 1rem 1rem;\n}\n.log > li:last-child {\n  padding-bottom: 0;\n}\n.log p {\n  margin: 0.1rem 0;\n}\n.log details {\n  margin-top: 0.3rem;\n}\nsummary {\n  cursor: pointer;\n  color: var(--accent);\n}\n.scroll {\n  max-height: 28rem;\n  overflow: auto;\n}\n.foot {\n  color: var(--soft);\n  font-size: 0.9rem;\n  padding-top: 0.5rem;\n  padding-bottom: 2.5rem;\n  overflow-wrap: anywhere;\n}\n[hidden] {\n  display: none;\n}\n@media (max-width: 44rem) {\n  .facts {\n    grid-template-columns: 1fr;\n    gap: 0;\n  }\n  .facts dd {\n    margin-bottom: 0.6rem;\n  }\n  section {\n    padding: 1rem;\n  }\n  .counts {\n    display: grid;\n    grid-template-columns: 1fr 1fr;\n  }\n  .wide table:not(.cards) {\n    min-width: 34rem;\n  }\n  .cards thead {\n    display: none;\n  }\n  .cards,\n  .cards tbody,\n  .cards tr,\n  .cards td,\n  .cards th {\n    display: block;\n  }\n  .cards tr {\n    padding: 0.7rem 0;\n    border-bottom: 1px solid var(--line);\n  }\n  .cards tr:last-child {\n    border-bottom: 0;\n  }\n  .cards th,\n  .cards td {\n    padding: 0.15rem 0;\n    border: 0;\n    white-space: normal;\n    overflow-wrap: anywhere;\n  }\n  .cards td {\n    display: grid;\n    grid-template-columns: 7.5rem 1fr;\n  }\n  .cards td > .badge {\n    justify-self: start;\n  }\n  .cards td::before {\n    content: attr(data-label);\n    color: var(--soft);\n  }\n  .cards tr[hidden] {\n    display: none;\n  }\n}\n@media print {\n  button,\n  .filters {\n    display: none;\n  }\n}\n";
const LIST_SCRIPT = "// Filters of the list of images. Without scripts the whole list is there.\n\n(() => {\n  const form = document.querySelector('.filters');\n  const rows = [...document.querySelectorAll('tr[data-state]')];\n  const status = document.getElementById('shown');\n  const fields = [...form.querySelectorAll('select[name]')];\n  const search = form.querySelector('input[type=search]');\n\n  function apply() {\n    const words = search.value.toLowerCase().split(/\\s+/).filter(Boolean);\n    let shown = 0;\n    for (const row of rows) {\n      const fits = fields.every((field) => field.value === '' || row.dataset[field.name] === field.value);\n      const text = row.textContent.toLowerCase();\n      row.hidden = !(fits && words.every((word) => text.includes(word)));\n      shown += row.hidden ? 0 : 1;\n    }\n    status.textContent = `${shown} of ${rows.length} versions shown`;\n    const chosen = new URLSearchParams();\n    for (const field of [...fields, search]) {\n      if (field.value !== '') chosen.set(field.name, field.value);\n    }\n    // The choice stays in the address, so that it can be sent to somebody.\n    history.replaceState(null, '', chosen.size > 0 ? `#${chosen}` : location.href.split('#')[0]);\n  }\n\n  const given = new URLSearchParams(location.hash.slice(1));\n  for (const field of [...fields, search]) {\n    if (given.has(field.name)) field.value = given.get(field.name);\n  }\n  form.hidden = false;\n  form.addEventListener('input', apply);\n  form.addEventListener('submit', (event) => event.preventDefault());\n  form.addEventListener('reset', () => setTimeout(apply));\n  apply();\n})();\n";
const IMAGE_SCRIPT = "// One image: copy buttons, search in its packages, and the check of its part of the audit log.\n\n(() => {\n  for (const button of document.querySelectorAll('.copy button')) {\n    button.hidden = false;\n    button.addEventListener('click', async () => {\n      const block = button.closest('.copy').querySelector('pre');\n      try {\n        await navigator.clipboard.writeText(block.textContent);\n        button.textContent = 'Copied';\n      } catch {\n        getSelection().selectAllChildren(block);\n        button.textContent = 'Selected';\n      }\n      setTimeout(() => {\n        button.textContent = 'Copy';\n      }, 2000);\n    });\n  }\n\n  // The newest version is at the end.\n  const chart = document.querySelector('.chart')?.parentElement;\n  if (chart) chart.scrollLeft = chart.scrollWidth;\n\n  const search = document.getElementById('package-search');\n  if (search) {\n    const rows = [...document.querySelectorAll('#packages tbody tr')];\n    const status = document.getElementById('package-count');\n    const apply = () => {\n      const words = search.value.toLowerCase().split(/\\s+/).filter(Boolean);\n      let shown = 0;\n      for (const row of rows) {\n        row.hidden = !words.every((word) => row.textContent.toLowerCase().includes(word));\n        shown += row.hidden ? 0 : 1;\n      }\n      status.textContent = `${shown} of ${rows.length} packages`;\n    };\n    search.parentElement.hidden = false;\n    search.addEventListener('input', apply);\n    apply();\n  }\n\n  // The audit log: RFC 6962 Merkle tree, C2SP signed note.\n  const proof = JSON.parse(document.getElementById('proof').textContent);\n  const keyField = document.getElementById('log-key');\n  const result = document.getElementById('proof-result');\n  const bytesOf = (base64) => Uint8Array.from(atob(base64), (character) => character.charCodeAt(0));\n  const utf8 = (text) => new TextEncoder().encode(text);\n  const same = (a, b) => a.length === b.length && a.every((byte, index) => byte === b[index]);\n  const joined = (...parts) => {\n    const all = new Uint8Array(parts.reduce((size, part) => size + part.length, 0));\n    let at = 0;\n    for (const part of parts) {\n      all.set(part, at);\n      at += part.length;\n    }\n    return all;\n  };\n  const sha256 = async (...parts) => new Uint8Array(await crypto.subtle.digest('SHA-256', joined(...parts)));\n  const node = (left, right) => sha256([1], left, right);\n\n  /** The root that a path leads to (RFC 9162 section 2.1.3.2); undefined when the path does not fit. */\n  async function rootOf(leaf, index, size, path) {\n    let place = index;\n    let last = size - 1;\n    let hash = leaf;\n    for (const sibling of path) {\n      if (last === 0) return undefined;\n      if (place % 2 === 1 || place === last) {\n        hash = await node(sibling, hash);\n        while (place % 2 === 0 && place !== 0) {\n          place /= 2;\n          last = Math.floor(last / 2);\n        }\n      } else {\n        hash = await node(hash, sibling);\n      }\n      place = Math.floor(place / 2);\n      last = Math.floor(last / 2);\n    }\n    return last === 0 ? hash : undefined;\n  }\n\n  async function openCheckpoint(note, vkey) {\n    const [, name, id, key] = /^([^\\s+]+)\\+([0-9a-f]{8})\\+(\\S+)$/.exec(vkey.trim()) ?? [];\n    const raw = key && bytesOf(key);\n    if (raw?.length !== 33 || raw[0] !== 1) throw new Error('this is not the key of a log: name+id+key');\n    const split = note.lastIndexOf('\\n\\n');\n    const text = note.slice(0, split + 1);\n    const line = note\n      .slice(split + 2)\n      .split('\\n')\n      .find((candidate) => candidate.startsWith(`\\u2014 ${name} `));\n    const signature = line && bytesOf(line.split(' ')[2]);\n    const expectedId = (await sha256(utf8(`${name}\\n`), raw)).slice(0, 4);\n    const hex = [...expectedId].map((byte) => byte.toString(16).padStart(2, '0')).join('');\n    if (!signature || hex !== id || !same(signature.slice(0, 4), expectedId)) {\n      throw new Error('the checkpoint is not signed by this key');\n    }\n    const publicKey = await crypto.subtle.importKey('raw', raw.slice(1), { name: 'Ed25519' }, false, [\n      'verify',\n    ]);\n    if (!(await crypto.subtle.verify({ name: 'Ed25519' }, publicKey, signature.slice(4), utf8(text)))) {\n      throw new Error('the signature of the checkpoint does not hold');\n    }\n    const [origin, size, root] = text.split('\\n');\n    if (origin !== name) throw new Error('the checkpoint is of another log');\n    return { size: Number(size), root: bytesOf(root) };\n  }\n\n  function show(kind, text) {\n    result.className = `banner ${kind}`;\n    result.textContent = text;\n  }\n\n  async function check() {\n    for (const badge of document.querySelectorAll('[data-entry]')) {\n      badge.textContent = 'not checked';\n      badge.className = 'badge';\n    }\n    if (!globalThis.crypto?.subtle) {\n      show('warn', 'Not checked: this browser checks signatures only on pages from disk or over https.');\n      return;\n    }\n    try {\n      const checkpoint = await openCheckpoint(proof.checkpoint, keyField.value);\n      let proven = 0;\n      for (const entry of proof.entries) {\n        const leaf = await sha256([0], utf8(entry.text));\n        const root = await rootOf(leaf, entry.index, checkpoint.size, entry.path.map(bytesOf));\n        const holds = root !== undefined && same(root, checkpoint.root);\n        const badge = document.querySelector(`[data-entry=\"${entry.index}\"]`);\n        badge.textContent = holds ? 'proven' : 'not in the log';\n        badge.className = `badge ${holds ? 'pass' : 'fail'}`;\n        proven += holds ? 1 : 0;\n      }\n      const all = proven === proof.entries.length;\n      show(\n        all ? 'pass' : 'fail',\n        all\n          ? `Checked in this browser: all ${proven} entries are in the log of ${checkpoint.size} entries that the key below signed.`\n          : `${proof.entries.length - proven} of ${proof.entries.length} entries are not in the log: do not trust this page.`,\n      );\n    } catch (error) {\n      const unsupported = error.name === 'NotSupportedError';\n      show(\n        unsupported ? 'warn' : 'fail',\n        unsupported ? 'Not checked: this browser does not know Ed25519.' : `Not proven: ${error.message}.`,\n      );\n    }\n  }\n\n  document.getElementById('proof-check').addEventListener('click', check);\n  document.getElementById('proof-form').hidden = false;\n  check();\n})();\n";

// EXTERNAL MODULE: external "node:crypto"
var external_node_crypto_ = __webpack_require__(7598);
;// CONCATENATED MODULE: ./build/packages/catalog/src/site/html.js

/** Outside text for HTML, in elements and in quoted attributes. */
function escapeHtml(text) {
    return text
        .replace(/[\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f-\u009f\u2028\u2029\u202a-\u202e\u2066-\u2069]/g, '\ufffd')
        .replace(/&/g, '&amp;')
        .replace(/</g, '&lt;')
        .replace(/>/g, '&gt;')
        .replace(/"/g, '&quot;')
        .replace(/'/g, '&#39;');
}
/** A value for a script of the type `application/json`: nothing in it can end the element. */
function jsonForHtml(value) {
    return JSON.stringify(value)
        .replace(/</g, '\\u003c')
        .replace(/\u2028/g, '\\u2028')
        .replace(/\u2029/g, '\\u2029');
}
/**
 * A page that stands on its own: its style and script are in it, and its policy forbids everything else, so that
 * opening it tells nobody anything.
 */
function htmlPage({ title, body, style, script }) {
    const scripts = script === undefined ? "'none'" : source(script);
    const policy = `default-src 'none'; style-src ${source(style)}; script-src ${scripts}; img-src data:; base-uri 'none'; form-action 'none'`;
    return [
        '<!doctype html>',
        '<html lang="en">',
        '<head>',
        '<meta charset="utf-8">',
        `<meta http-equiv="Content-Security-Policy" content="${policy}">`,
        '<meta name="viewport" content="width=device-width, initial-scale=1">',
        '<meta name="referrer" content="no-referrer">',
        '<link rel="icon" href="data:,">',
        `<title>${escapeHtml(title)}</title>`,
        `<style>${style}</style>`,
        '</head>',
        '<body>',
        '<a class="skip" href="#main">Skip to the content</a>',
        body,
        ...(script === undefined ? [] : [`<script>${script}</script>`]),
        '</body>',
        '</html>',
        '',
    ].join('\n');
}
/** What a content security policy allows: exactly this text. */
function source(text) {
    return `'sha256-${(0,external_node_crypto_.createHash)('sha256').update(text).digest('base64')}'`;
}
/** A definition list of facts; values are HTML. */
function facts(rows) {
    const shown = rows.filter((row) => row[1] !== undefined && row[1] !== '');
    return `<dl class="facts">${shown.map(([name, value]) => `<dt>${escapeHtml(name)}</dt><dd>${value}</dd>`).join('')}</dl>`;
}
/** A table that scrolls by itself where it is too wide; cells are HTML, the first of each row heads it. */
function htmlTable(caption, head, rows, options = {}) {
    const id = options.id ? ` id="${options.id}"` : '';
    const body = rows
        .map(([first = '', ...cells]) => `<tr><th scope="row">${first}</th>${cells.map((cell) => `<td>${cell}</td>`).join('')}</tr>`)
        .join('\n');
    return `<div class="wide${options.scroll ? ' scroll' : ''}" tabindex="0" role="region" aria-label="${escapeHtml(caption)}"><table${id}><caption>${escapeHtml(caption)}</caption><thead><tr>${head
        .map((name) => `<th scope="col">${escapeHtml(name)}</th>`)
        .join('')}</tr></thead><tbody>${body}</tbody></table></div>`;
}
function badge(kind, text = kind) {
    return `<span class="badge ${kind}">${escapeHtml(text)}</span>`;
}
/** A time for people, with the exact one for machines. */
function time(value) {
    return `<time datetime="${escapeHtml(value)}">${escapeHtml(value
        .replace('T00:00:00Z', '')
        .replace('T', ' ')
        .replace(/:\d\dZ$/, ' UTC'))}</time>`;
}
/** `177 MiB`. */
function bytes(value) {
    const units = ['bytes', 'KiB', 'MiB', 'GiB', 'TiB'];
    const power = Math.min(units.length - 1, value < 1024 ? 0 : Math.floor(Math.log2(value) / 10));
    const shown = value / 1024 ** power;
    return `${power === 0 || shown >= 100 ? Math.round(shown) : shown.toFixed(1)} ${units[power]}`;
}

;// CONCATENATED MODULE: ./build/packages/catalog/src/site/chart.js

/** A phone shows the narrowest without scrolling. */
const NARROWEST = 288;
const WIDEST = 720;
/** Between two points, while there is room. */
const SPACING = 80;
const HEIGHT = 200;
const LEFT = 48;
const RIGHT = 12;
const TOP = 24;
const BOTTOM = 34;
/** Width of a letter of a label, with some to spare. */
const LETTER = 7;
/**
 * The hardening score over versions as a line; the numbers stand at the points, so that colour says nothing alone. It has
 * its size in pixels: what does not fit is scrolled, since letters that shrink could not be read.
 */
function scoreChart(points) {
    const values = points.map(({ value }) => value);
    const inner = LEFT + RIGHT + 48;
    const width = Math.min(WIDEST, Math.max(NARROWEST, inner + (points.length - 1) * SPACING));
    const low = Math.max(0, Math.floor((Math.min(...values) - 2) / 5) * 5);
    const high = 100;
    const x = (index) => points.length === 1
        ? (LEFT + width - RIGHT) / 2
        : LEFT + 24 + (index * (width - inner)) / (points.length - 1);
    const y = (value) => TOP + ((high - value) / Math.max(1, high - low)) * (HEIGHT - TOP - BOTTOM);
    // Labels that would run into one another are left out; the newest version keeps its own.
    const spacing = points.length > 1 ? x(1) - x(0) : width;
    const widest = Math.max(...points.map(({ label }) => label.length)) * LETTER + 12;
    const step = Math.ceil(widest / spacing);
    const isLabelled = (index) => (points.length - 1 - index) % step === 0;
    const ticks = [low, Math.round((low + high) / 2), high];
    const description = points.map(({ label, value }) => `${label}: ${value} %`).join(', ');
    return [
        `<svg class="chart" width="${width}" height="${HEIGHT}" viewBox="0 0 ${width} ${HEIGHT}" role="img" aria-label="${escapeHtml(`Hardening score by version. ${description}`)}">`,
        ...ticks.map((tick) => `<line class="grid" x1="${LEFT}" x2="${width - RIGHT}" y1="${y(tick).toFixed(1)}" y2="${y(tick).toFixed(1)}"/><text x="${LEFT - 8}" y="${(y(tick) + 4).toFixed(1)}" text-anchor="end">${tick} %</text>`),
        `<polyline class="line" points="${points.map(({ value }, index) => `${x(index).toFixed(1)},${y(value).toFixed(1)}`).join(' ')}"/>`,
        ...points.map(({ label, value }, index) => `<circle cx="${x(index).toFixed(1)}" cy="${y(value).toFixed(1)}" r="4.5"/><text class="value" x="${x(index).toFixed(1)}" y="${(y(value) - 10).toFixed(1)}" text-anchor="middle">${value}</text>${isLabelled(index) ? `<text x="${x(index).toFixed(1)}" y="${HEIGHT - 10}" text-anchor="middle">${escapeHtml(label)}</text>` : ''}`),
        '</svg>',
    ].join('');
}

;// CONCATENATED MODULE: ./build/packages/catalog/src/export/commands.js

const CLOUDS = ['gce', 'aws', 'azure', 'ibm', 'glance'];
/** Whether a version may be used, so that it is brought to a cloud that does not have it. */
function isOffered(state) {
    return state === 'available' || state === 'deprecated';
}
/** A word for a POSIX shell: nothing in it can be read as anything else. */
function quote(word) {
    return /^[A-Za-z0-9_./:=@%+-]+$/.test(word) ? word : `'${word.replaceAll("'", `'\\''`)}'`;
}
/** A line that a shell does not read. */
function comment(text) {
    return `# ${text.replace(/[\u0000-\u001f\u007f-\u009f\u2028\u2029]+/g, ' ')}`;
}
/** The script for one cloud: a head that explains, then the commands of each version. */
function exportScript(cloud, contexts) {
    const variables = Object.entries(cloud.variables);
    return [
        '#!/bin/sh',
        `# ${cloud.title}: what makes it say of these images what the catalog says.`,
        '# Written by image-lifecycle for review; nothing of it was run.',
        ...(variables.length > 0 ? ['#', '# Set before:'] : []),
        ...variables.map(([name, what]) => `#   ${name}: ${what}`),
        'set -eu',
        ...variables.map(([name]) => `: "\${${name}:?}"`),
        ...contexts.flatMap((context) => [
            '',
            comment(`${(0,state_catalog/* versionKey */._5)(context.record)}: ${context.state}`),
            ...cloud.lines(context),
        ]),
        '',
    ].join('\n');
}

;// CONCATENATED MODULE: ./build/packages/catalog/src/site/verify-commands.js


/**
 * The commands with which anyone gets and verifies a version, with the signatures that came with it.
 *
 * @param base address of the catalog, with a slash at its end; a relative one is left to the reader
 */
function verifyCommands(record, base) {
    const { disk } = record;
    const has = (name) => record.attachments.some((file) => file.name === name);
    const file = quote(disk.file);
    const from = /^https?:/.test(base) ? `${base}${(0,streams/* imageFolder */.IE)(record)}` : undefined;
    const wanted = [
        'signatures/SHA256SUMS',
        'signatures/SHA256SUMS.gpg',
        `signatures/${disk.file}.sigstore.json`,
        `signatures/${disk.file}.sig`,
    ].filter(has);
    const get = from
        ? [
            {
                title: 'Get it',
                commands: [disk.file, ...wanted].map((name) => `curl --fail --location --create-dirs --output ${quote(name)} ${quote(`${from}/${name}`)}`),
            },
        ]
        : [];
    const bundle = `signatures/${disk.file}.sigstore.json`;
    const signature = `signatures/${disk.file}.sig`;
    return [
        ...get,
        {
            title: 'The bytes are these (sha256sum)',
            commands: [`echo '${disk.sha256}  ${disk.file}' | sha256sum --check`],
        },
        ...(has('signatures/SHA256SUMS') && has('signatures/SHA256SUMS.gpg')
            ? [
                {
                    title: 'Who signed the list (GnuPG)',
                    commands: [
                        'gpg --verify signatures/SHA256SUMS.gpg signatures/SHA256SUMS',
                        `sha256sum --check --ignore-missing signatures/SHA256SUMS`,
                    ],
                },
            ]
            : []),
        ...(has(bundle)
            ? [
                {
                    title: 'Who signed the disk (cosign)',
                    commands: [
                        `cosign verify-blob --key maintainers.pem --new-bundle-format --insecure-ignore-tlog=true --bundle ${quote(bundle)} ${file}`,
                    ],
                },
            ]
            : []),
        ...(has(signature)
            ? [
                {
                    title: 'Who signed the disk (OpenSSL)',
                    commands: [`openssl dgst -sha256 -verify maintainers.pem -signature ${quote(signature)} ${file}`],
                },
            ]
            : []),
    ];
}

;// CONCATENATED MODULE: ./build/packages/catalog/src/site/image-page.js












/** Versions whose results stand beside one another. */
const MATRIX_VERSIONS = 5;
const CHART_VERSIONS = 12;
const ADVICE = {
    deprecated: 'This version is deprecated: plan to move to its successor.',
    obsolete: 'This version is obsolete: start no new machines from it.',
    revoked: 'This version was revoked: replace machines that run it now.',
    deleted: 'The files of this version are deleted; its record stays.',
};
/** The page of one version. */
function imagePage(record, context) {
    const state = context.states.get((0,state_catalog/* versionKey */._5)(record)) ?? record.state;
    const history = (0,state_catalog/* sortedVersions */.xe)(context.catalog).filter((other) => other.image === record.image &&
        other.publishedIndex !== undefined &&
        other.publishedIndex <= (record.publishedIndex ?? 0));
    const title = `${record.image} ${record.version}`;
    const sections = [
        overview(record, state, context),
        verification(record, context),
        freshness(record),
        score(history),
        matrix(history.slice(-MATRIX_VERSIONS), context),
        changes(history, context),
        image_page_packages(context.data.get((0,state_catalog/* versionKey */._5)(record))),
        auditLog(record, context),
    ];
    const kind = state === 'deprecated' ? 'warn' : state === 'available' ? 'pass' : 'fail';
    const body = [
        `<header class="top"><div><nav class="crumbs" aria-label="Where you are"><a href="../../../index.html">All images</a></nav><h1>${escapeHtml(title)} ${badge(state)}</h1><p>${escapeHtml(`${record.distribution} ${record.release} · ${record.architecture} · ${record.class} image`)}</p></div></header>`,
        '<main id="main">',
        ADVICE[state]
            ? `<p class="banner ${kind}">${escapeHtml(ADVICE[state] ?? '')}${record.reason ? ` ${escapeHtml(record.reason)}` : ''}</p>`
            : '',
        ...sections,
        '</main>',
        `<footer class="foot"><p>Log <code>${escapeHtml(context.keys.log.name)}</code>. This page loads nothing and counts nobody.</p></footer>`,
        `<script type="application/json" id="proof">${jsonForHtml(proofs(record, context))}</script>`,
    ].join('\n');
    return htmlPage({ title: `${title} (${state})`, body, style: STYLE, script: IMAGE_SCRIPT });
}
function section(id, title, content) {
    return content === ''
        ? ''
        : `<section aria-labelledby="${id}"><h2 id="${id}">${title}</h2>${content}</section>`;
}
function image_page_link({ image, version }) {
    return `<a href="../../${escapeHtml(image)}/${escapeHtml(version)}/index.html">${escapeHtml(`${image} ${version}`)}</a>`;
}
function overview(record, state, context) {
    const { disk, schedule, cases } = record;
    const successor = (0,guards/* usableSuccessor */.NA)(context.catalog, context.states, record) ??
        (record.successor && context.catalog.versions.get((0,state_catalog/* versionKey */._5)(record.successor)));
    const at = (value) => value && time(value);
    const file = `${context.base}${(0,streams/* imageFolder */.IE)(record)}/${disk.file}`;
    return section('overview', 'Overview', facts([
        ['State', `${badge(state)} since ${time(record.stateSince)}`],
        ['Published', at(record.publishedAt)],
        ['Deprecated from', at(schedule.deprecateAt)],
        ['Obsolete from', at(schedule.obsoleteAt)],
        ['Deleted from', at(schedule.deleteAt)],
        ['Successor', successor && image_page_link(successor)],
        ['Reason', record.reason && escapeHtml(record.reason)],
        ['Family', escapeHtml(record.family)],
        ['Firmware', escapeHtml(record.firmware.join(', '))],
        [
            'Disk',
            state === 'deleted'
                ? undefined
                : `<a href="${escapeHtml(file)}">${escapeHtml(disk.file)}</a>, ${bytes(disk.size)} (${bytes(disk.virtualSize)} as the guest sees it)`,
        ],
        ['SHA-256', `<code>${disk.sha256}</code>`],
        ['Hardening score', record.score === undefined ? undefined : `${record.score} %`],
        [
            'Functional cases',
            cases &&
                `${cases.passed} passed, ${cases.warned} warned, ${cases.failed} failed, ${cases.skipped} skipped, ${cases.notRun} not run`,
        ],
        ['Policy', record.policyDigest && `<code>sha256:${record.policyDigest}</code>`],
        [
            'Machine-readable',
            `<a href="${escapeHtml(context.base)}status/${escapeHtml(record.image)}.json">status</a>, <a href="${escapeHtml(context.base)}versions/${escapeHtml(record.image)}/${escapeHtml(record.version)}.json">record</a>, <a href="${escapeHtml(context.base)}feeds/atom.xml">Atom feed</a>, <a href="${escapeHtml(context.base)}feeds/feed.json">JSON feed</a>`,
        ],
    ]));
}
function verification(record, context) {
    const blocks = verifyCommands(record, context.base).map(({ title, commands }) => `<div class="copy"><div class="bar"><h3 class="note">${escapeHtml(title)}</h3><button type="button" hidden aria-label="Copy: ${escapeHtml(title)}">Copy</button></div><pre tabindex="0">${escapeHtml(commands.join('\n'))}</pre></div>`);
    return record.state === 'deleted'
        ? ''
        : section('verify', 'Verify it yourself', `<p class="note">Get the maintainers’ keys from somewhere else than here. One signature tool is enough.</p>${blocks.join('')}`);
}
function freshness(record) {
    const found = record.freshness;
    if (!found) {
        return '';
    }
    const kind = { yes: 'warn', no: 'pass', unknown: 'warn' }[found.rebuildNeeded];
    const rows = found.updates.map((update) => [
        `<code>${escapeHtml(update.package)}</code>`,
        escapeHtml(update.installed),
        escapeHtml(update.fixed),
        escapeHtml(update.suite),
        escapeHtml(update.vulnerabilities.join(', ') || (update.security ? 'not named' : '–')),
    ]);
    return section('updates', 'Updates since it was built', `<p>${badge(kind, found.rebuildNeeded === 'no' ? 'up to date' : found.rebuildNeeded === 'yes' ? 'a new build is due' : 'not known')} checked ${time(found.checkedAt)}: ${found.securityUpdates} security and ${found.otherUpdates} other updates.</p>` +
        (found.reasons.length > 0
            ? `<ul>${found.reasons.map((reason) => `<li>${escapeHtml(reason)}</li>`).join('')}</ul>`
            : '') +
        (rows.length > 0
            ? htmlTable('Packages with updates', ['Package', 'In the image', 'Available', 'Suite', 'Fixes'], rows, { scroll: true })
            : ''));
}
function score(history) {
    const points = history.flatMap(({ version, score: value }) => value === undefined ? [] : [{ label: version, value }]);
    return points.length === 0
        ? ''
        : section('score', 'Hardening score', `<div class="wide" tabindex="0" role="region" aria-label="Hardening score by version">${scoreChart(points.slice(-CHART_VERSIONS))}</div>`);
}
const RESULT_KIND = { passed: 'pass', warned: 'warn', failed: 'fail', skipped: '', 'not run': '' };
function matrix(history, context) {
    const columns = history.map((record) => ({
        record,
        cases: context.data.get((0,state_catalog/* versionKey */._5)(record))?.cases ?? new Map(),
    }));
    const names = [...new Set(columns.flatMap(({ cases }) => [...cases.keys()]))].sort();
    const rows = names.map((name) => [
        `<code>${escapeHtml(name)}</code>`,
        ...columns.map(({ cases }) => {
            const result = cases.get(name);
            return result === undefined ? '–' : badge(RESULT_KIND[result], result);
        }),
    ]);
    return rows.length === 0
        ? ''
        : section('tests', 'Functional tests', htmlTable('Each case and its result, by version', ['Case', ...history.map(({ version }) => version)], rows, { scroll: true }));
}
function changes(history, context) {
    const [before, now] = history.slice(-2);
    const [old, own] = [before, now].map((record) => record && context.data.get((0,state_catalog/* versionKey */._5)(record)));
    if (!before || !now || !old || !own) {
        return '';
    }
    const { added, removed, changed } = differences(old.packages, own.packages);
    const rows = [
        ...changed.map(({ name, from, to }) => [
            `<code>${escapeHtml(name)}</code>`,
            'changed',
            escapeHtml(from),
            escapeHtml(to),
        ]),
        ...added.map(({ name, version }) => [
            `<code>${escapeHtml(name)}</code>`,
            'added',
            '',
            escapeHtml(version),
        ]),
        ...removed.map(({ name, version }) => [
            `<code>${escapeHtml(name)}</code>`,
            'removed',
            escapeHtml(version),
            '',
        ]),
    ];
    const scores = before.score !== undefined && now.score !== undefined
        ? `; hardening score ${before.score} % → ${now.score} %`
        : '';
    return section('changes', `Changes since ${escapeHtml(before.version)}`, `<p class="note">${changed.length} ${changed.length === 1 ? 'package' : 'packages'} changed, ${added.length} added, ${removed.length} removed${scores}; disk ${bytes(before.disk.size)} → ${bytes(now.disk.size)}. Compared with ${image_page_link(before)}.</p>` +
        (rows.length > 0
            ? htmlTable('Packages that differ', ['Package', 'What', before.version, now.version], rows, {
                scroll: true,
            })
            : ''));
}
function image_page_packages(data) {
    if (!data || data.packages.length === 0) {
        return '';
    }
    const rows = data.packages.map(({ name, version, licence, summary }) => [
        `<code>${escapeHtml(name)}</code>`,
        escapeHtml(version),
        escapeHtml(summary),
        escapeHtml(licence === 'NOASSERTION' ? 'not stated' : licence),
    ]);
    return section('sbom', 'Packages (SBOM)', `<div class="field" hidden><label for="package-search">Search packages</label><input id="package-search" type="search" autocomplete="off"></div><p class="note" id="package-count" aria-live="polite">${rows.length} packages</p>${htmlTable('All packages of the image', ['Package', 'Version', 'What it is', 'Licence'], rows, { id: 'packages', scroll: true })}`);
}
function entriesOf(record, context) {
    return context.catalog.entries.filter((entry) => (0,state_catalog/* versionKey */._5)(entry) === (0,state_catalog/* versionKey */._5)(record));
}
function auditLog(record, context) {
    const items = entriesOf(record, context).map((entry) => {
        const run = entry.run === 'local' ? 'a local run' : `<a href="${escapeHtml(entry.run)}">this run</a>`;
        return `<li><p>${time(entry.time)} <span class="badge" data-entry="${entry.seq}">not checked</span></p><p><b>${escapeHtml((0,describe/* entryTitle */.T)(entry))}</b> by ${escapeHtml(entry.actor)} in ${run}</p>${(0,describe/* entrySentences */.d)(entry)
            .map((line) => `<p class="note">${escapeHtml(line)}</p>`)
            .join('')}<details><summary>Entry ${entry.seq}</summary><pre tabindex="0">${escapeHtml(JSON.stringify(entry, null, 2))}</pre></details></li>`;
    });
    return section('log', 'Audit log', `<p class="note">Everything that was done to this version. Each entry carries a proof that it stands in the signed log, where nothing can be changed or taken out afterwards.</p><p class="banner calm" id="proof-result" role="status">Not checked yet.</p><div id="proof-form" class="field" hidden><label for="log-key">Key of the log (compare it with the one that you know)</label><input id="log-key" spellcheck="false" autocomplete="off" value="${escapeHtml((0,note/* verifierText */.ET)(context.keys.log))}"><p><button type="button" id="proof-check">Check again</button></p></div><ol class="log">${items.join('')}</ol>`);
}
function proofs(record, context) {
    return {
        checkpoint: context.checkpoint,
        entries: entriesOf(record, context).map((entry) => ({
            index: entry.seq,
            text: (0,log_files/* entryBytes */.eD)(entry).toString('utf8'),
            path: (0,merkle/* inclusionProof */.nT)(context.leaves, entry.seq).map((hash) => hash.toString('base64')),
        })),
    };
}

;// CONCATENATED MODULE: ./build/packages/catalog/src/site/list-page.js




const COLUMNS = ['Image', 'State', 'Class', 'System', 'Architecture', 'Published', 'Retires', 'Score'];
/**
 * The list of all images, newest version first, with filters. Roles are named, because a narrow screen shows each row as
 * a card, and what is no table to a browser's layout may be none to a reader of screens either.
 */
function listPage(catalog, origin, now) {
    const { states } = (0,effective/* effectiveStates */.s)(catalog, now);
    const records = (0,state_catalog/* sortedVersions */.xe)(catalog)
        .filter(({ state }) => state !== 'draft')
        .toReversed()
        .sort((a, b) => (a.image < b.image ? -1 : a.image > b.image ? 1 : 0));
    const stateOf = (record) => states.get((0,state_catalog/* versionKey */._5)(record)) ?? record.state;
    const count = (state) => records.filter((record) => stateOf(record) === state).length;
    const body = [
        `<header class="top"><div><h1>Cloud images</h1><p>${escapeHtml(origin)} · as of ${time(asOf(now))}</p></div></header>`,
        '<main id="main">',
        `<ul class="counts">${['available', 'deprecated', 'obsolete', 'revoked']
            .map((state) => `<li><strong>${count(state)}</strong>${state}</li>`)
            .join('')}</ul>`,
        '<section aria-labelledby="images"><h2 id="images">Images</h2>',
        '<p class="note">Use an <b>available</b> version. A <b>deprecated</b> one still works and has a successor; do not start new machines from an <b>obsolete</b> one; replace a <b>revoked</b> one now.</p>',
        filters(records, stateOf),
        '<p class="note" id="shown" aria-live="polite"></p>',
        `<div class="wide" tabindex="0" role="region" aria-label="All versions of all images"><table class="cards" role="table"><thead role="rowgroup"><tr role="row">${COLUMNS.map((name) => `<th scope="col" role="columnheader">${name}</th>`).join('')}</tr></thead><tbody role="rowgroup">`,
        ...records.map((record) => row(record, stateOf(record))),
        '</tbody></table></div>',
        '</section>',
        '</main>',
        `<footer class="foot"><p>Every change of this catalog stands in a public audit log with ${catalog.entries.length} entries; each image’s page shows its part and checks it in your browser. These pages load nothing and count nobody.</p></footer>`,
    ].join('\n');
    return htmlPage({ title: `Cloud images of ${origin}`, body, style: STYLE, script: LIST_SCRIPT });
}
function asOf(now) {
    return `${now.toISOString().slice(0, 19)}Z`;
}
function filters(records, stateOf) {
    return [
        '<form class="filters" hidden>',
        '<div><label for="by-text">Search</label><input id="by-text" name="text" type="search" autocomplete="off"></div>',
        list_page_select('class', 'Class', records.map((record) => record.class)),
        list_page_select('state', 'State', records.map(stateOf)),
        list_page_select('distribution', 'Distribution', records.map(systemOf)),
        list_page_select('architecture', 'Architecture', records.map(({ architecture }) => architecture)),
        '<div><button type="reset">Show all</button></div>',
        '</form>',
    ].join('');
}
function list_page_select(name, label, values) {
    const options = [...new Set(values)]
        .sort()
        .map((value) => `<option value="${escapeHtml(value)}">${escapeHtml(value)}</option>`);
    return `<div><label for="by-${name}">${label}</label><select id="by-${name}" name="${name}"><option value="">all</option>${options.join('')}</select></div>`;
}
function systemOf({ distribution, release }) {
    return `${distribution} ${release}`;
}
function row(record, state) {
    const { image, version, architecture, schedule, publishedAt, score } = record;
    const retires = schedule.deprecateAt && state === 'available'
        ? schedule.deprecateAt
        : state === 'deprecated'
            ? schedule.obsoleteAt
            : undefined;
    const cells = [
        badge(state),
        record.class,
        escapeHtml(systemOf(record)),
        architecture,
        publishedAt ? time(publishedAt.slice(0, 10)) : '',
        retires ? time(retires) : '–',
        score === undefined ? '–' : `${score} %`,
    ];
    const data = { state, class: record.class, distribution: systemOf(record), architecture };
    const attributes = Object.entries(data).map(([name, value]) => `data-${name}="${escapeHtml(value)}"`);
    return `<tr role="row" ${attributes.join(' ')}><th scope="row" role="rowheader"><a href="images/${escapeHtml(image)}/${escapeHtml(version)}/index.html">${escapeHtml(`${image} ${version}`)}</a></th>${cells.map((cell, index) => `<td role="cell" data-label="${COLUMNS[index + 1]}">${cell}</td>`).join('')}</tr>`;
}

;// CONCATENATED MODULE: ./build/packages/catalog/src/site/site.js






/** From `site/images/<image>/<version>/index.html` to what lies beside `site`. */
const BESIDE = '../../../../';
/** The pages of a catalog, by path: a list and a page a version. They need no server and load nothing. */
async function buildSite(request) {
    const { catalog, snapshot, now, url } = request;
    const shown = (0,state_catalog/* sortedVersions */.xe)(catalog).filter(({ state }) => state !== 'draft');
    const data = new Map();
    for (const record of shown) {
        data.set((0,state_catalog/* versionKey */._5)(record), await imageData(record, snapshot));
    }
    const context = {
        catalog,
        checkpoint: request.checkpoint,
        keys: request.keys,
        states: (0,effective/* effectiveStates */.s)(catalog, now).states,
        data,
        leaves: logLeaves(catalog.entries),
        base: url ? `${url.replace(/\/$/, '')}/` : BESIDE,
    };
    return new Map([
        ['index.html', listPage(catalog, request.keys.log.name, now)],
        ...shown.map((record) => [`images/${(0,state_catalog/* versionKey */._5)(record)}/index.html`, imagePage(record, context)]),
    ]);
}

;// CONCATENATED MODULE: ./build/packages/catalog/src/export/aws.js

/** Source: AWS CLI reference, ec2: import-snapshot, register-image, enable-image-deprecation, disable-image. */
const aws = {
    title: 'Amazon EC2',
    variables: {
        AWS_REGION: 'region of the images',
        BUCKET: 'bucket with <name>.raw of each disk, which the role vmimport may read',
    },
    lines: ({ record, name, state, successor }) => {
        const find = `image=$(aws ec2 describe-images --owners self --include-disabled --filters Name=name,Values=${name} --query 'Images[0].ImageId' --output text)`;
        if (state === 'deleted') {
            return [find, 'test "$image" = None || aws ec2 deregister-image --image-id "$image"'];
        }
        const tags = [
            `Key=sha256,Value=${record.disk.sha256}`,
            `Key=state,Value=${state}`,
            ...(successor ? [`Key=successor,Value=${successor.name}`] : []),
        ];
        const tag = `aws ec2 create-tags --resources "$image" --tags ${tags.map(quote).join(' ')}`;
        if (!isOffered(state)) {
            return [
                find,
                'if [ "$image" != None ]; then',
                `  ${tag}`,
                `  test "$(aws ec2 describe-images --owners self --include-disabled --image-ids "$image" --query 'Images[0].State' --output text)" = disabled ||`,
                '    aws ec2 disable-image --image-id "$image"',
                'fi',
            ];
        }
        const boot = record.firmware.includes('uefi')
            ? record.firmware.includes('bios')
                ? 'uefi-preferred'
                : 'uefi'
            : 'legacy-bios';
        const at = record.schedule.deprecateAt;
        return [
            find,
            'if [ "$image" = None ]; then',
            `  task=$(aws ec2 import-snapshot --description ${name} --disk-container "Format=raw,UserBucket={S3Bucket=$BUCKET,S3Key=${name}.raw}" --query ImportTaskId --output text)`,
            '  aws ec2 wait snapshot-imported --import-task-ids "$task"',
            `  snapshot=$(aws ec2 describe-import-snapshot-tasks --import-task-ids "$task" --query 'ImportSnapshotTasks[0].SnapshotTaskDetail.SnapshotId' --output text)`,
            `  image=$(aws ec2 register-image --name ${name} --architecture ${record.architecture === 'arm64' ? 'arm64' : 'x86_64'} --boot-mode ${boot} --ena-support \\`,
            '    --virtualization-type hvm --root-device-name /dev/sda1 --imds-support v2.0 \\',
            '    --block-device-mappings "DeviceName=/dev/sda1,Ebs={SnapshotId=$snapshot,VolumeType=gp3}" --query ImageId --output text)',
            'fi',
            tag,
            ...(state === 'deprecated'
                ? // The time must lie in the future; a minute is the smallest unit.
                    [
                        `aws ec2 enable-image-deprecation --image-id "$image" --deprecate-at "$(date -u -d '+2 minutes' +%Y-%m-%dT%H:%M:00Z)"`,
                    ]
                : [
                    at
                        ? `aws ec2 enable-image-deprecation --image-id "$image" --deprecate-at ${quote(at)}`
                        : 'aws ec2 disable-image-deprecation --image-id "$image"',
                ]),
        ];
    },
};

;// CONCATENATED MODULE: ./build/packages/catalog/src/export/azure.js

/** Source: Azure CLI reference, `sig image-version list`, `create` and `update`; versions there are three numbers. */
const azure = {
    title: 'Azure Compute Gallery',
    variables: {
        RESOURCE_GROUP: 'resource group of the gallery',
        GALLERY: 'name of the gallery; the image definition must exist in it',
        LOCATION: 'region',
        STORAGE: 'resource id of the storage account, whose container images holds <name>-<version>.vhd (fixed size)',
        BLOBS: 'address of the container images',
    },
    lines: ({ record, state, successor }) => {
        const gallery = '--resource-group "$RESOURCE_GROUP" --gallery-name "$GALLERY"';
        const definition = `${gallery} --gallery-image-definition ${quote(record.image)}`;
        const version = galleryVersion(record);
        const scope = `${definition} --gallery-image-version ${version}`;
        const find = `found=$(az sig image-version list ${definition} --query "[?name=='${version}'].name" --output tsv)`;
        if (state === 'deleted') {
            return [find, `test -z "$found" || az sig image-version delete ${scope}`];
        }
        const offered = isOffered(state);
        const endOfLife = record.schedule.obsoleteAt ?? (offered ? undefined : record.stateSince);
        const settings = [
            `publishingProfile.excludeFromLatest=${state !== 'available'}`,
            ...(endOfLife ? [`publishingProfile.endOfLifeDate=${endOfLife}`] : []),
            `tags.state=${state}`,
            `tags.sha256=${record.disk.sha256}`,
            ...(successor ? [`tags.successor=${successor.record.image}-${successor.record.version}`] : []),
        ];
        const update = `az sig image-version update ${scope} --set ${settings.map(quote).join(' ')}`;
        return offered
            ? [
                find,
                `test -n "$found" || az sig image-version create ${scope} --location "$LOCATION" \\`,
                `  --os-vhd-storage-account "$STORAGE" --os-vhd-uri "$BLOBS/"${quote(`${record.image}-${record.version}.vhd`)}`,
                update,
            ]
            : [
                find,
                'if [ -n "$found" ]; then',
                `  ${update}`,
                '  # The gallery is shared as a whole: no one but this subscription may start machines from it any more.',
                `  az sig share reset ${gallery}`,
                'fi',
            ];
    },
};
/**
 * Three numbers that grow as the versions do, because the largest is what a gallery calls the latest: `20261124` is
 * 2026.1124.0, `20261124.2` the second build of that day, `13.1` is 13.1.0; what is no number, counts the publications.
 */
function galleryVersion(record) {
    const date = /^(\d{4})(\d{4})(?:\.(\d{1,6}))?$/.exec(record.version);
    const numbers = (date ? date.slice(1).map((part) => part ?? '0') : record.version.split('.')).map(Number);
    const valid = numbers.length <= 3 &&
        numbers.every((number) => Number.isInteger(number) && number >= 0 && number < 2 ** 31);
    const all = valid ? numbers : [0, 0, record.publishedIndex ?? 0];
    return [...all, 0, 0].slice(0, 3).join('.');
}

;// CONCATENATED MODULE: ./build/packages/catalog/src/export/cloud-names.js

/** A name that every cloud takes: lower case, digits and dashes, beginning with a letter, 63 characters. */
function cloudName({ image, version }) {
    const name = `${image}-${version}`.toLowerCase().replace(/[^a-z0-9]+/g, '-');
    return `${/^[a-z]/.test(name) ? '' : 'image-'}${name}`.slice(0, 63).replace(/-+$/, '');
}
/**
 * What each version is called in clouds, by `versionKey`. Names there hold less than ours, so two versions could get the
 * same one, and a command about one would be obeyed by the other: whichever was published later gets the beginning of
 * its digest too. The name of what is published never changes.
 */
function cloudNames(catalog) {
    const order = (record) => record.publishedIndex ?? Number.MAX_SAFE_INTEGER;
    const records = [...catalog.versions.values()].sort((a, b) => order(a) - order(b) || (0,state_catalog/* compare */.UD)((0,state_catalog/* versionKey */._5)(a), (0,state_catalog/* versionKey */._5)(b)));
    const taken = new Set();
    const names = new Map();
    for (const record of records) {
        const plain = cloudName(record);
        const digest = record.disk.sha256.slice(0, 8);
        const name = taken.has(plain) ? `${plain.slice(0, 54).replace(/-+$/, '')}-${digest}` : plain;
        taken.add(name);
        names.set((0,state_catalog/* versionKey */._5)(record), name);
    }
    return names;
}

;// CONCATENATED MODULE: ./build/packages/catalog/src/export/gce.js


const STATE = {
    available: 'ACTIVE',
    deprecated: 'DEPRECATED',
    obsolete: 'OBSOLETE',
    revoked: 'OBSOLETE',
    deleted: 'DELETED',
};
/** Source: gcloud reference, `compute images list`, `create` and `deprecate`. */
const gce = {
    title: 'Google Compute Engine',
    variables: {
        PROJECT: 'project of the images',
        BUCKET: 'bucket (gs://…) with <name>.tar.gz of each disk: `qemu-img convert -O raw disk.qcow2 disk.raw; tar --format=oldgnu -Sczf <name>.tar.gz disk.raw`',
    },
    lines: ({ record, name, state, successor }) => {
        const scope = '--project="$PROJECT"';
        const { deprecateAt, obsoleteAt, deleteAt } = record.schedule;
        const options = [
            `--state=${STATE[state]}`,
            ...(state !== 'available' && successor ? [`--replacement=${successor.name}`] : []),
            ...(state === 'deprecated' && obsoleteAt ? [`--obsolete-on=${quote(obsoleteAt)}`] : []),
            ...(state !== 'available' && state !== 'deleted' && deleteAt ? [`--delete-on=${quote(deleteAt)}`] : []),
        ];
        const say = `gcloud compute images deprecate ${name} ${scope} ${options.join(' ')}`;
        // A search, not a description: where that fails, the image need not be missing.
        const find = `found=$(gcloud compute images list ${scope} --no-standard-images --show-deprecated --filter=name=${name} --format='value(name)')`;
        if (!isOffered(state)) {
            return [find, `test -z "$found" || ${say}`];
        }
        const features = record.firmware.includes('uefi') ? ' --guest-os-features=UEFI_COMPATIBLE' : '';
        return [
            find,
            `test -n "$found" || gcloud compute images create ${name} ${scope} \\`,
            `  --source-uri="$BUCKET/${name}.tar.gz" --family=${cloudName({ image: record.family, version: record.architecture })} \\`,
            `  --architecture=${record.architecture === 'arm64' ? 'ARM64' : 'X86_64'}${features} \\`,
            `  --labels=${quote(`sha256-begin=${record.disk.sha256.slice(0, 32)}`)},${quote(`sha256-end=${record.disk.sha256.slice(32)}`)}`,
            say,
            // ACTIVE takes no dates; tick brings the next state.
            ...(state === 'available' && deprecateAt ? [comment(`becomes DEPRECATED on ${deprecateAt}`)] : []),
            ...(state === 'available' && obsoleteAt ? [comment(`becomes OBSOLETE on ${obsoleteAt}`)] : []),
        ];
    },
};

;// CONCATENATED MODULE: ./build/packages/catalog/src/export/glance.js

/**
 * Source: OpenStack client reference, `image list`, `create` and `set`; `os_hidden` keeps an image usable by id and out
 * of lists, a deactivated one cannot be downloaded.
 */
const glance = {
    title: 'OpenStack Glance',
    variables: {
        DISKS: 'folder with the catalog’s files (images/<image>/<version>/<disk>)',
        VISIBILITY: 'who sees the images: public, community, shared or private',
    },
    lines: ({ record, name, state, successor }) => {
        // Only this project’s own: somebody else’s may have the same name.
        const find = [
            'owner=$(openstack token issue --format value --column project_id)',
            // A hidden image is in one list only.
            ...['', ' --hidden'].map((hidden, index) => `${index === 0 ? 'id' : 'more'}=$(openstack image list --all --project "$owner" --name ${name}${hidden} --format value --column ID)`),
            'id=$id$more',
        ];
        if (state === 'deleted') {
            return [...find, 'test -z "$id" || openstack image delete "$id"'];
        }
        const properties = {
            os_distro: record.distribution,
            os_version: record.release,
            hw_firmware_type: record.firmware.includes('uefi') ? 'uefi' : 'bios',
            image_family: record.family,
            image_version: record.version,
            image_state: state,
            image_sha256: record.disk.sha256,
            // An empty one takes an earlier one away.
            image_successor: successor ? `${successor.record.image}/${successor.record.version}` : '',
        };
        const options = Object.entries(properties).map(([key, value]) => `--property ${quote(`${key}=${value}`)}`);
        const set = `openstack image set ${options.join(' ')}`;
        if (!isOffered(state)) {
            return [...find, `test -z "$id" || ${set} --hidden --deactivate "$id"`];
        }
        const disk = `"$DISKS"/${quote(`images/${record.image}/${record.version}/${record.disk.file}`)}`;
        return [
            ...find,
            // What an earlier run began to upload and did not finish.
            'if [ -n "$id" ]; then',
            '  status=$(openstack image show "$id" --format value --column status)',
            '  case $status in queued | saving | killed) openstack image delete "$id"; id= ;; esac',
            'fi',
            'if [ -z "$id" ]; then',
            `  test "$(sha256sum < ${disk})" = "${record.disk.sha256}  -" || { echo ${quote(`${name}: the disk is not what the catalog says`)} >&2; exit 1; }`,
            `  id=$(openstack image create ${name} --private --disk-format ${record.disk.format} --container-format bare \\`,
            `    --file ${disk} --format value --column id)`,
            '  # The hash that Glance made of what it got.',
            `  sha512=$(sha512sum < ${disk})`,
            `  openstack image show "$id" --format json | grep --quiet --fixed-strings "\\"\${sha512%% *}\\"" ||`,
            `    { openstack image delete "$id"; echo ${quote(`${name}: Glance got something else`)} >&2; exit 1; }`,
            'fi',
            `${set} --${state === 'available' ? 'unhidden' : 'hidden'} --activate "--$VISIBILITY" "$id"`,
        ];
    },
};

;// CONCATENATED MODULE: ./build/packages/catalog/src/export/ibm.js

const CURL = 'curl --fail --silent --show-error --header @"$HEADERS"';
const QUERY = '?version=$VERSION&generation=2';
const JSON_BODY = "--header 'Content-Type: application/json' --data";
/** Source: IBM Cloud VPC API, `POST /images`, `PATCH /images/{id}`, `POST /images/{id}/deprecate` and `/obsolete`. */
const ibm = {
    title: 'IBM Cloud VPC',
    variables: {
        ENDPOINT: 'address of the API: https://<region>.iaas.cloud.ibm.com/v1',
        VERSION: 'date of the API version: 2025-10-07',
        COS: 'address of the bucket with the disks: cos://<region>/<bucket>',
        GROUP: 'id of the resource group',
        // A header file keeps the token out of the process list.
        HEADERS: 'a private file with the line `Authorization: Bearer <token>`',
    },
    lines: ({ record, name, state, successor }) => {
        const call = (method, path, body) => `${CURL} --request ${method} ${body === undefined ? '' : `${JSON_BODY} ${quote(JSON.stringify(body))} `}"$ENDPOINT${path}${QUERY}"`;
        // Two steps each: a pipe would hide that the request failed, and what was not found would be made twice.
        const find = [
            `found=$(${CURL} "$ENDPOINT/images${QUERY}&visibility=private&name=${name}")`,
            `id=$(printf '%s' "$found" | jq -r '.images[0].id // empty')`,
            `status=$(printf '%s' "$found" | jq -r '.images[0].status // empty')`,
        ];
        if (state === 'deleted') {
            return [...find, `test -z "$id" || ${call('DELETE', '/images/$id')}`];
        }
        if (!isOffered(state)) {
            return [
                ...find,
                `test -z "$id" || test "$status" = obsolete || ${call('POST', '/images/$id/obsolete')}`,
            ];
        }
        const { deprecateAt, obsoleteAt } = record.schedule;
        const dates = {
            ...(state === 'available' ? { deprecation_at: deprecateAt ?? null } : {}),
            obsolescence_at: obsoleteAt ?? null,
        };
        const create = {
            name,
            operating_system: { name: operatingSystem(record) },
            user_tags: [`sha256:${record.disk.sha256}`],
        };
        return [
            ...find,
            'if [ -z "$id" ]; then',
            `  body=$(jq --compact-output --arg href "$COS/${name}.${record.disk.format}" --arg group "$GROUP" '. + {file: {href: $href}, resource_group: {id: $group}}' <<'JSON'`,
            JSON.stringify(create),
            'JSON',
            '  )',
            `  found=$(${CURL} ${JSON_BODY} "$body" "$ENDPOINT/images${QUERY}")`,
            `  id=$(printf '%s' "$found" | jq -r .id)`,
            `  status=$(printf '%s' "$found" | jq -r .status)`,
            'fi',
            ...(successor ? [comment(`successor: ${successor.name}`)] : []),
            ...(state === 'deprecated' ? deprecate(call) : []),
            call('PATCH', '/images/$id', dates),
        ];
    },
};
/** Only what was imported can be deprecated. */
function deprecate(call) {
    return [
        'while [ "$status" = pending ]; do',
        '  sleep 10',
        `  found=$(${call('GET', '/images/$id')})`,
        `  status=$(printf '%s' "$found" | jq -r .status)`,
        'done',
        `test "$status" = deprecated || ${call('POST', '/images/$id/deprecate')}`,
    ];
}
function operatingSystem(record) {
    const { distribution, release, architecture } = record;
    const minimal = distribution === 'debian' || distribution === 'ubuntu' ? '-minimal' : '';
    return `${distribution}-${release.replaceAll('.', '-')}${minimal}-${architecture === 'arm64' ? 'arm64' : 'amd64'}`;
}

;// CONCATENATED MODULE: ./build/packages/catalog/src/export/export-catalog.js










const EXPORTS = { gce: gce, aws: aws, azure: azure, ibm: ibm, glance: glance };
/** One script a cloud, for all versions or those of one image: what makes the cloud say what the catalog says. */
function exportCatalog(catalog, request) {
    const { states } = (0,effective/* effectiveStates */.s)(catalog, request.now);
    const names = cloudNames(catalog);
    const contexts = (0,state_catalog/* sortedVersions */.xe)(catalog)
        .filter(({ image }) => request.image === undefined || image === request.image)
        .flatMap((record) => {
        const state = states.get((0,state_catalog/* versionKey */._5)(record)) ?? record.state;
        const successor = (0,guards/* usableSuccessor */.NA)(catalog, states, record);
        const nameOf = (of) => names.get((0,state_catalog/* versionKey */._5)(of)) ?? cloudName(of);
        return state === 'draft'
            ? []
            : [
                {
                    record,
                    name: nameOf(record),
                    state,
                    successor: successor && { record: successor, name: nameOf(successor) },
                },
            ];
    });
    return new Map(CLOUDS.map((cloud) => [`${cloud}.sh`, exportScript(EXPORTS[cloud], contexts)]));
}

// EXTERNAL MODULE: ./build/packages/host/src/staging.js + 1 modules
var staging = __webpack_require__(9548);
// EXTERNAL MODULE: ./build/actions/image-lifecycle/src/command.js
var src_command = __webpack_require__(9515);
// EXTERNAL MODULE: ./build/actions/image-lifecycle/src/context.js + 6 modules
var context = __webpack_require__(1773);
// EXTERNAL MODULE: ./build/actions/image-lifecycle/src/keys.js + 1 modules
var src_keys = __webpack_require__(3572);
// EXTERNAL MODULE: ./build/actions/image-lifecycle/src/summary.js + 1 modules
var summary = __webpack_require__(5060);
;// CONCATENATED MODULE: ./build/actions/image-lifecycle/src/read-commands.js








/** The catalog, verified: pages and commands are made of nothing else. */
async function verified({ inputs, ports, store, env }) {
    const snapshot = await store.snapshot();
    if (snapshot.revision === undefined) {
        throw new errors/* UserError */.yo(`There is no catalog in ${store.name}`, {
            code: 'no-catalog',
            fix: 'Publish an image first, or check the input catalog.',
        });
    }
    const keys = await (0,src_keys/* catalogKeys */.cd)(inputs, await (0,context/* logName */.Is)(inputs, store, env), ports.log);
    const now = ports.clock.now();
    const result = await verifyCatalog(snapshot, keys, { disks: store.holdsDisks, now });
    return { snapshot, keys, now, result };
}
/** `verify`: replays the audit log and compares the catalog with what it leads to. */
async function verifyCommand(command) {
    const { result } = await verified(command);
    const { problems, checkpoint } = result;
    return {
        outputs: {
            ...src_command/* NO_OUTPUTS */.v,
            reasons: JSON.stringify(problems),
            checkpoint,
            'log-index': result.catalog.entries.at(-1)?.seq,
        },
        summary: (0,summary/* verifySummary */.Il)(command.store.name, result),
        ...(problems.length > 0
            ? {
                failure: `The catalog is not what its audit log leads to: ${problems.slice(0, 5).join('; ')}${problems.length > 5 ? `; and ${problems.length - 5} more` : ''}`,
            }
            : {}),
    };
}
/** `site`: the pages of a verified catalog. */
async function siteCommand(command) {
    const { inputs, ports } = command;
    const { snapshot, keys, now, result } = await verified(command);
    refuseChanged(result.problems);
    const pages = await buildSite({
        catalog: result.catalog,
        checkpoint: result.checkpoint,
        keys,
        snapshot,
        now,
        url: inputs.url,
    });
    const target = external_node_path_.resolve(inputs.output ?? 'site');
    await writeFolder(target, pages);
    ports.log.info(`Wrote ${pages.size} files to ${target}`);
    return {
        outputs: { ...src_command/* NO_OUTPUTS */.v, site: target, checkpoint: result.checkpoint },
        summary: (0,summary/* siteSummary */.UG)(result.catalog, pages.size),
    };
}
/** `export`: reviewable commands for clouds. */
async function exportCommand(command) {
    const { inputs } = command;
    const { result, now } = await verified(command);
    refuseChanged(result.problems);
    const files = exportCatalog(result.catalog, { image: inputs.image, now });
    const target = external_node_path_.resolve(inputs.output ?? 'export');
    await writeFolder(target, files);
    return {
        outputs: { ...src_command/* NO_OUTPUTS */.v, site: target, checkpoint: result.checkpoint },
        summary: (0,summary/* exportSummary */.PD)([...files.keys()]),
    };
}
function refuseChanged(problems) {
    if (problems.length > 0) {
        throw new errors/* UserError */.yo(`The catalog is not what its audit log leads to: ${problems.slice(0, 3).join('; ')}`, {
            code: 'catalog-changed',
            fix: 'Run command: verify to see everything, and bring back the last good state.',
            detail: problems.join('\n'),
        });
    }
}
async function writeFolder(target, files) {
    await (0,staging/* publishAtomically */.ZX)(target, async (partial) => {
        for (const [name, content] of files) {
            const file = external_node_path_.join(partial, ...name.split('/'));
            await (0,promises_.mkdir)(external_node_path_.dirname(file), { recursive: true });
            await (0,promises_.writeFile)(file, content);
        }
    });
}


/***/ }),

/***/ 2235:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   MQ: () => (/* binding */ packagesOfSpdx),
/* harmony export */   j5: () => (/* binding */ stanzas)
/* harmony export */ });
/* unused harmony export packagesOfDpkgStatus */
/* harmony import */ var zod__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(2857);

const spdx = zod__WEBPACK_IMPORTED_MODULE_0__/* .looseObject */ ._H3({
    packages: zod__WEBPACK_IMPORTED_MODULE_0__/* .array */ .YOg(zod__WEBPACK_IMPORTED_MODULE_0__/* .looseObject */ ._H3({
        name: zod__WEBPACK_IMPORTED_MODULE_0__/* .string */ .YjP(),
        versionInfo: zod__WEBPACK_IMPORTED_MODULE_0__/* .string */ .YjP().optional(),
        licenseDeclared: zod__WEBPACK_IMPORTED_MODULE_0__/* .string */ .YjP().optional(),
        summary: zod__WEBPACK_IMPORTED_MODULE_0__/* .string */ .YjP().optional(),
        primaryPackagePurpose: zod__WEBPACK_IMPORTED_MODULE_0__/* .string */ .YjP().optional(),
        externalRefs: zod__WEBPACK_IMPORTED_MODULE_0__/* .array */ .YOg(zod__WEBPACK_IMPORTED_MODULE_0__/* .looseObject */ ._H3({ referenceType: zod__WEBPACK_IMPORTED_MODULE_0__/* .string */ .YjP(), referenceLocator: zod__WEBPACK_IMPORTED_MODULE_0__/* .string */ .YjP() }))
            .optional(),
    })),
});
/** The packages of an SPDX 2 document, sorted by name; undefined when it is none. */
function packagesOfSpdx(text) {
    let value;
    try {
        value = JSON.parse(text);
    }
    catch {
        return undefined;
    }
    const parsed = spdx.safeParse(value);
    return parsed.success
        ? parsed.data.packages
            .filter((entry) => entry.primaryPackagePurpose !== 'OPERATING-SYSTEM')
            .map((entry) => ({
            name: entry.name,
            version: entry.versionInfo ?? '',
            licence: entry.licenseDeclared ?? 'NOASSERTION',
            summary: entry.summary ?? '',
            kind: entry.externalRefs
                ?.map(({ referenceLocator }) => /^pkg:([a-z]+)\//.exec(referenceLocator)?.[1])
                .find((kind) => kind !== undefined),
        }))
            .sort((a, b) => (a.name < b.name ? -1 : a.name > b.name ? 1 : 0))
        : undefined;
}
/** The installed packages of a dpkg status file. */
function packagesOfDpkgStatus(text) {
    return stanzas(text)
        .filter((fields) => fields.get('status')?.endsWith(' installed'))
        .map((fields) => ({
        name: fields.get('package') ?? '',
        version: fields.get('version') ?? '',
        licence: 'NOASSERTION',
        summary: fields.get('description') ?? '',
        kind: 'deb',
    }))
        .filter(({ name, version }) => name !== '' && version !== '');
}
/** The stanzas of a deb822 file, with field names in lower case; continued lines are left out. */
function stanzas(text) {
    return text
        .split(/\n\s*\n/)
        .map((stanza) => new Map(stanza
        .split('\n')
        .map((line) => /^([A-Za-z][\w-]*):[ \t]*(.*)$/.exec(line))
        .flatMap((match) => match ? [[(match[1] ?? '').toLowerCase(), (match[2] ?? '').trim()]] : [])))
        .filter((fields) => fields.size > 0);
}


/***/ })

};
