export const id = 476;
export const ids = [476];
export const modules = {

/***/ 9515:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   d: () => (/* binding */ actorOf),
/* harmony export */   v: () => (/* binding */ NO_OUTPUTS)
/* harmony export */ });
/* harmony import */ var _golden_image_catalog__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(2210);

/** Outputs that a command does not speak of are empty. */
const NO_OUTPUTS = {
    state: '',
    changed: false,
    'rebuild-needed': '',
    'next-version': '',
    reasons: '[]',
    'log-index': '',
    checkpoint: '',
    site: '',
    images: '[]',
};
/** The pseudonym under which this run's person stands in the log. A dry run adds nobody. */
async function actorOf({ people, login, inputs }) {
    let name = '';
    await people.update((known) => {
        const found = (0,_golden_image_catalog__WEBPACK_IMPORTED_MODULE_0__/* .pseudonym */ .fn)(known, login);
        name = found.pseudonym;
        return inputs['dry-run'] ? known : found.people;
    });
    return name;
}


/***/ }),

/***/ 3572:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {


// EXPORTS
__webpack_require__.d(__webpack_exports__, {
  cd: () => (/* binding */ catalogKeys),
  oC: () => (/* binding */ catalogSigner),
  Sy: () => (/* binding */ publicKeys)
});

// EXTERNAL MODULE: ./build/packages/catalog/src/log/note.js
var note = __webpack_require__(5214);
// EXTERNAL MODULE: external "node:fs/promises"
var promises_ = __webpack_require__(1455);
// EXTERNAL MODULE: ./build/packages/host/src/errors.js
var errors = __webpack_require__(2151);
;// CONCATENATED MODULE: ./build/packages/evidence/src/key-material.js




/** Key files are small; anything larger is a mistake. */
const MAX_BYTES = 1024 * 1024;
/**
 * The text of a key that is given as its armored text or as the path of a file that holds it.
 *
 * @throws UserError `key-not-found` when it is neither; the value is not shown: it may be a damaged key
 */
async function keyMaterial(value, input) {
    if (value.includes('-----BEGIN ') || value.includes('untrusted comment: ')) {
        return value;
    }
    const oneLine = !value.includes('\n') && value.length < 4096;
    const found = oneLine ? await (0,promises_.stat)(value).catch(() => undefined) : undefined;
    if (!found?.isFile() || found.size > MAX_BYTES) {
        throw new errors/* UserError */.yo(`${input} is neither an armored key nor the path of a key file`, {
            code: 'key-not-found',
            fix: `Pass the whole text of the key, from -----BEGIN to -----END, from a secret; or the path of a file that this job can read.`,
        });
    }
    return (0,promises_.readFile)(value, 'utf8');
}
/** The public keys in a text that holds a PEM block, an OpenPGP block and a minisign key, or some of them. */
function splitPublicKeys(text) {
    const block = (label) => new RegExp(`-----BEGIN ${label}-----[\\s\\S]+?-----END ${label}-----`).exec(text)?.[0];
    return {
        pem: block('PUBLIC KEY') ?? block('RSA PUBLIC KEY'),
        openpgp: block('PGP PUBLIC KEY BLOCK'),
        minisign: /^untrusted comment: [^\n]*\nRW[A-Za-z0-9+/]{54}$/m.exec(text)?.[0],
    };
}
/**
 * The keys in such a text, read.
 *
 * @throws UserError `invalid-key` when there is none, or one that cannot be read
 */
function readTrustedKeys(text, input) {
    const keys = splitPublicKeys(text);
    if (!keys.pem && !keys.openpgp && !keys.minisign) {
        throw new UserError(`${input} holds no public key`, {
            code: 'invalid-key',
            fix: 'Pass a PEM public key, an OpenPGP public key block, a minisign public key, or several of them.',
        });
    }
    return {
        publicKey: keys.pem ? readPublicKey(keys.pem) : undefined,
        openpgpKey: keys.openpgp,
        minisignKey: keys.minisign ? readMinisignPublicKey(keys.minisign) : undefined,
    };
}

// EXTERNAL MODULE: ./build/packages/evidence/src/keys.js
var src_keys = __webpack_require__(8301);
// EXTERNAL MODULE: ./build/packages/evidence/src/openpgp.js
var src_openpgp = __webpack_require__(2430);
;// CONCATENATED MODULE: ./build/actions/image-lifecycle/src/keys.js



const blocks = (text, label) => [...text.matchAll(new RegExp(`-----BEGIN ${label}-----[\\s\\S]+?-----END ${label}-----`, 'g'))].map(([block]) => block);
/**
 * What signs the catalog.
 *
 * @param name of the log, when it is new
 * @throws UserError `key-missing` and those of the key readers
 */
async function catalogSigner(inputs, name, log) {
    const text = inputs.key ? await keyMaterial(inputs.key, 'key') : '';
    log.mask(text);
    const pem = blocks(text, '(?:ENCRYPTED )?PRIVATE KEY')[0];
    const openpgp = blocks(text, 'PGP PRIVATE KEY BLOCK')[0];
    if (!pem || !openpgp) {
        throw new errors/* UserError */.yo(`${inputs.command} needs both signing keys, and ${pem ? 'the OpenPGP key' : 'the Ed25519 key'} is missing in key`, {
            code: 'key-missing',
            fix: 'Pass from a secret a PEM Ed25519 key (`openssl genpkey -algorithm ed25519`) and an OpenPGP secret key (`gpg --armor --export-secret-keys`), after one another.',
        });
    }
    const key = (0,src_keys/* readPrivateKey */.$k)(pem, inputs.passphrase);
    return {
        log: { verifier: (0,note/* noteVerifier */.P8)(name, key.publicKey.key), privateKey: key.key },
        openpgp: await (0,src_openpgp/* readOpenPgpKey */.ng)(openpgp, inputs.passphrase),
    };
}
/** The keys in the input `public-key`: those that sign evidence, and those of a catalog. */
async function publicKeys(inputs) {
    const value = inputs['public-key'];
    const line = /^[^\s+]+\+[0-9a-f]{8}\+[A-Za-z0-9+/]{44}$/m;
    const text = value ? (line.test(value) ? value : await keyMaterial(value, 'public-key')) : '';
    const keys = blocks(text, '(?:RSA )?PUBLIC KEY').map(src_keys/* readPublicKey */.RR);
    const written = line.exec(text)?.[0];
    const ed25519 = keys.find(({ kind }) => kind === 'ed25519');
    return {
        evidence: keys,
        logKey: (name) => (written ? (0,note/* parseVerifier */.QM)(written) : ed25519 && (0,note/* noteVerifier */.P8)(name, ed25519.key)),
        openpgp: blocks(text, 'PGP PUBLIC KEY BLOCK')[0],
    };
}
/** @throws UserError `key-missing` */
async function catalogKeys(inputs, name, log) {
    const { logKey, openpgp } = await publicKeys(inputs);
    const verifier = logKey(name);
    if (verifier && openpgp) {
        return { log: verifier, openpgp };
    }
    if (inputs.key) {
        const signer = await catalogSigner(inputs, name, log);
        return { log: signer.log.verifier, openpgp: signer.openpgp.publicKey };
    }
    throw new errors/* UserError */.yo(`${inputs.command} needs the public keys of the catalog`, {
        code: 'key-missing',
        fix: 'Pass public-key with the key of the log (name+id+key, or PEM) and the OpenPGP key of the indices, got from elsewhere than the catalog; or key.',
    });
}


/***/ }),

/***/ 5060:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {


// EXPORTS
__webpack_require__.d(__webpack_exports__, {
  lb: () => (/* binding */ changeSummary),
  Z4: () => (/* binding */ checkSummary),
  PD: () => (/* binding */ exportSummary),
  UG: () => (/* binding */ siteSummary),
  Il: () => (/* binding */ verifySummary)
});

;// CONCATENATED MODULE: ./build/packages/action-kit/src/markdown.js
/**
 * Escapes outside text for use inside a line of GitHub's Markdown: no markup, link, mention or HTML of it survives. Word
 * joiners part what would be a mention or a link, as they are no place to break the line.
 */
function escapeMarkdown(text) {
    return text
        .replace(/[\u0000-\u001f\u007f-\u009f\u2028\u2029]+/g, ' ')
        .replace(/&/g, '&amp;')
        .replace(/</g, '&lt;')
        .replace(/>/g, '&gt;')
        .replace(/[\\`*_{}[\]()#+\-!|~]/g, '\\$&')
        .replace(/@/g, '@\u2060')
        .replace(/:\/\//g, ':\u2060//');
}
/** Outside text as inline code; `<code>` rather than back ticks, so that no content can end it. */
function code(text) {
    const safe = text
        .replace(/[\u0000-\u001f\u007f-\u009f\u2028\u2029]+/g, ' ')
        .replace(/&/g, '&amp;')
        .replace(/</g, '&lt;')
        .replace(/>/g, '&gt;')
        .replace(/\|/g, '&#124;')
        // Else GitHub would make a link of it, also inside.
        .replace(/:\/\//g, ':&#47;/');
    return `<code>${safe}</code>`;
}
function markdown_link(label, url) {
    return `[${escapeMarkdown(label)}](${encodeURI(url).replaceAll('(', '%28').replaceAll(')', '%29')})`;
}
/** A Markdown table; cells are Markdown already: escape outside text with `escapeMarkdown` or `code`. */
function table(head, rows) {
    const line = (cells) => `| ${cells.map((cell) => cell.replace(/\n/g, ' ')).join(' | ')} |`;
    return [line(head), line(head.map(() => '---')), ...rows.map(line)].join('\n');
}
/** `4.2 s`, `3 min 20 s`. */
function seconds(value) {
    if (value < 59.95) {
        return `${value.toFixed(1)} s`;
    }
    const whole = Math.round(value);
    return `${Math.floor(whole / 60)} min ${whole % 60} s`;
}

// EXTERNAL MODULE: ./build/packages/catalog/src/notify/describe.js
var describe = __webpack_require__(5674);
// EXTERNAL MODULE: ./build/packages/catalog/src/state/catalog.js
var state_catalog = __webpack_require__(1692);
;// CONCATENATED MODULE: ./build/actions/image-lifecycle/src/summary.js


const SHOWN = {
    draft: '⚪ draft',
    available: '🟢 available',
    deprecated: '🟡 deprecated',
    obsolete: '🟠 obsolete',
    revoked: '🔴 revoked',
    deleted: '⚫ deleted',
};
const SHOWN_VERSIONS = 30;
const SHOWN_UPDATES = 60;
/** `2026-11-24`, `2026-11-24 17:00`: UTC, as everything here. */
function time(value) {
    return escapeMarkdown((value ?? '')
        .replace('T00:00:00Z', '')
        .replace('T', ' ')
        .replace(/:\d\dZ$/, ''));
}
function more(all, shown, what) {
    return all > shown ? [`And ${all - shown} more ${what}.`, ''] : [];
}
/** What changed, why, and where it stands in the log. */
function changeSummary(command, outcome, dryRun) {
    const { entries, notes, catalog } = outcome;
    const [first] = entries;
    const title = first && entries.every(({ image, version }) => image === first.image && version === first.version)
        ? `${first.image} ${first.version}: ${SHOWN[entries.at(-1)?.to ?? ''] ?? ''}`
        : entries.length === 0
            ? `${command}: nothing had to be done`
            : `${command}: ${entries.length} transitions`;
    return [
        `## ${escapeMarkdown(title)}${dryRun ? ' (dry run: nothing was changed)' : ''}`,
        '',
        ...(entries.length > 0
            ? [
                table(['image', 'from', 'to', 'what is said of it', 'entry'], entries.map((entry) => [
                    escapeMarkdown(`${entry.image} ${entry.version}`),
                    entry.from ? (SHOWN[entry.from] ?? '') : 'new',
                    SHOWN[entry.to] ?? '',
                    escapeMarkdown((0,describe/* entrySentences */.d)(entry).join(' ')),
                    String(entry.seq),
                ])),
                '',
            ]
            : []),
        ...notes.map((note) => `- ${escapeMarkdown(note)}`),
        '',
        `### The family ${dryRun && entries.length > 0 ? 'would be' : 'now'}`,
        '',
        ...versionTable(catalog, new Set(entries.map(({ image, version }) => catalog.versions.get(`${image}/${version}`)?.family))),
        ...(outcome.checkpoint && !dryRun
            ? ['The audit log is now:', '', '```', outcome.checkpoint.trim(), '```', '']
            : []),
    ].join('\n');
}
function versionTable(catalog, families) {
    const records = (0,state_catalog/* sortedVersions */.xe)(catalog).filter((record) => families.size === 0 || families.has(record.family));
    const rows = records
        .slice(-SHOWN_VERSIONS)
        .map((record) => [
        escapeMarkdown(`${record.image} ${record.version}`),
        SHOWN[record.state] ?? '',
        time(record.stateSince),
        time(record.schedule.deprecateAt),
        time(record.schedule.obsoleteAt),
        record.successor ? escapeMarkdown(`${record.successor.image} ${record.successor.version}`) : '',
    ]);
    return [
        table(['version', 'state', 'since (UTC)', 'deprecated from', 'obsolete from', 'successor'], rows),
        '',
        ...more(records.length, SHOWN_VERSIONS, 'versions'),
    ];
}
const NEEDED = { yes: '🟡 yes', no: '🟢 no', unknown: '🔴 unknown' };
/** Whether images must be built again, and what is due. */
function checkSummary(checked, overall) {
    if (checked.length === 0) {
        return `## Rebuild needed: ${NEEDED[overall]}\n\nNo available image to check is in the catalog.\n`;
    }
    return [
        `## Rebuild needed: ${NEEDED[overall]}`,
        '',
        table(['image', 'rebuild', 'security updates', 'other updates', 'why'], checked.map(({ record, freshness }) => [
            escapeMarkdown(`${record.image} ${record.version}`),
            NEEDED[freshness.rebuildNeeded],
            String(freshness.securityUpdates),
            String(freshness.otherUpdates),
            escapeMarkdown(freshness.reasons.join('; ')),
        ])),
        '',
        ...checked.flatMap(({ record, freshness }) => freshness.updates.length === 0
            ? []
            : [
                `### ${escapeMarkdown(`${record.image} ${record.version}`)}`,
                '',
                table(['package', 'installed', 'available', 'suite', 'fixes'], freshness.updates
                    .slice(0, SHOWN_UPDATES)
                    .map((update) => [
                    code(update.package),
                    escapeMarkdown(update.installed),
                    escapeMarkdown(update.fixed),
                    escapeMarkdown(update.suite),
                    escapeMarkdown(update.vulnerabilities.join(', ') || (update.security ? 'not named' : '')),
                ])),
                '',
                ...more(freshness.updates.length, SHOWN_UPDATES, 'packages with updates'),
            ]),
    ].join('\n');
}
function verifySummary(name, { catalog, files, problems, checkpoint }) {
    return [
        `## ${problems.length === 0 ? '🟢 Catalog verified' : '🔴 Catalog not verified'}`,
        '',
        problems.length === 0
            ? `All ${files} files of ${code(name)} are what the ${catalog.entries.length} entries of its audit log lead to, byte for byte.`
            : `${code(name)} is not what its audit log leads to:`,
        '',
        ...problems.slice(0, 100).map((problem) => `- ${escapeMarkdown(problem)}`),
        '',
        ...more(problems.length, 100, 'files'),
        ...(problems.length > 0 ? ['Publish nothing on top of it: bring back the last good state.', ''] : []),
        ...(checkpoint ? ['```', checkpoint.trim(), '```', ''] : []),
    ].join('\n');
}
function siteSummary(catalog, files) {
    return [
        `## Site of ${catalog.versions.size} versions`,
        '',
        `${files} files; they open from disk and ask for nothing else.`,
        '',
        ...versionTable(catalog, new Set()),
    ].join('\n');
}
function exportSummary(files) {
    return [
        '## Commands for clouds',
        '',
        'Nothing was run. Review them, then run what you need:',
        '',
        ...files.map((file) => `- ${code(file)}`),
        '',
    ].join('\n');
}


/***/ }),

/***/ 3820:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {


// EXPORTS
__webpack_require__.d(__webpack_exports__, {
  KZ: () => (/* binding */ LOG_FOLDER),
  eD: () => (/* binding */ entryBytes),
  Tg: () => (/* binding */ logCheckpoint),
  eO: () => (/* binding */ logFiles),
  x6: () => (/* binding */ readLog)
});

// EXTERNAL MODULE: ./build/packages/host/src/errors.js
var errors = __webpack_require__(2151);
// EXTERNAL MODULE: ./build/packages/catalog/src/state/entry.js + 1 modules
var state_entry = __webpack_require__(8858);
// EXTERNAL MODULE: ./build/packages/evidence/src/canonical-json.js
var canonical_json = __webpack_require__(1222);
;// CONCATENATED MODULE: ./build/packages/catalog/src/log/canonical-line.js

/** JSON with sorted keys in one line, without a line break at its end: the same value always gives the same bytes. */
function stableLine(value) {
    return JSON.stringify(JSON.parse((0,canonical_json/* stableJson */._)(value)));
}

// EXTERNAL MODULE: ./build/packages/catalog/src/log/checkpoint.js
var log_checkpoint = __webpack_require__(2972);
// EXTERNAL MODULE: ./build/packages/catalog/src/log/merkle.js
var merkle = __webpack_require__(4956);
// EXTERNAL MODULE: ./build/packages/catalog/src/log/note.js
var log_note = __webpack_require__(5214);
// EXTERNAL MODULE: ./build/packages/catalog/src/log/tiles.js
var log_tiles = __webpack_require__(2505);
;// CONCATENATED MODULE: ./build/packages/catalog/src/log/log-files.js







/** Folder of the log in a catalog. */
const LOG_FOLDER = 'log';
/** The bytes of an entry: canonical JSON in one line. */
function entryBytes(entry) {
    return Buffer.from(stableLine(entry));
}
/** Every file of a log but the checkpoint, by path within the catalog. */
function logFiles(entries) {
    const tiles = (0,log_tiles/* logTiles */.md)(entries.map(entryBytes));
    return new Map([...tiles].map(([path, data]) => [`${LOG_FOLDER}/${path}`, data]));
}
/** The signed checkpoint. */
function logCheckpoint(entries, signer) {
    const root = (0,merkle/* treeRoot */.Ro)(entries.map((entry) => (0,merkle/* leafHash */.Jq)(entryBytes(entry))));
    const text = (0,log_checkpoint/* checkpointText */.am)({ origin: signer.verifier.name, size: entries.length, root });
    return (0,log_note/* signNote */.qO)(text, signer.verifier, signer.privateKey);
}
/**
 * Reads a log and verifies it against its signed checkpoint.
 *
 * @param read a file by its path within the catalog; undefined when there is none
 * @throws UserError `log-changed` naming what does not fit, and those of `openNote` and `parseCheckpoint`
 */
async function readLog(read, verifier) {
    const found = await read(`${LOG_FOLDER}/checkpoint`);
    if (!found) {
        throw changed('it has no checkpoint');
    }
    const note = Buffer.from(found).toString('utf8');
    const checkpoint = (0,log_checkpoint/* parseCheckpoint */.S7)((0,log_note/* openNote */.jN)(note, verifier));
    if (checkpoint.origin !== verifier.name) {
        throw changed(`its checkpoint is of the log ${checkpoint.origin}, not of ${verifier.name}`);
    }
    const raw = [];
    for (const path of (0,log_tiles/* bundlePaths */.hX)(checkpoint.size)) {
        const data = await read(`${LOG_FOLDER}/${path}`);
        if (!data) {
            throw changed(`${LOG_FOLDER}/${path} is missing`);
        }
        try {
            raw.push(...(0,log_tiles/* readBundle */.Bo)(data));
        }
        catch (cause) {
            throw changed(`${LOG_FOLDER}/${path} is cut off`, cause);
        }
    }
    if (raw.length !== checkpoint.size || !(0,merkle/* treeRoot */.Ro)(raw.map(merkle/* leafHash */.Jq)).equals(checkpoint.root)) {
        throw changed('its entries do not give the root that was signed');
    }
    return { checkpoint, note, raw, entries: raw.map(parseEntry) };
}
function parseEntry(bytes, index) {
    try {
        const entry = state_entry/* auditEntry */.G.parse(JSON.parse(bytes.toString('utf8')));
        if (!entryBytes(entry).equals(bytes)) {
            throw new Error('it is not in canonical form');
        }
        return entry;
    }
    catch (cause) {
        throw changed(`entry ${index} is not one of ours`, cause);
    }
}
function changed(what, cause) {
    return new errors/* UserError */.yo(`The audit log was changed or is incomplete: ${what}`, {
        code: 'log-changed',
        fix: 'Do not publish on top of it: compare it with a copy or the history of its branch, and bring back the last good state.',
        ...(cause === undefined ? {} : { cause }),
    });
}


/***/ }),

/***/ 4956:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   Jq: () => (/* binding */ leafHash),
/* harmony export */   Ro: () => (/* binding */ treeRoot),
/* harmony export */   nT: () => (/* binding */ inclusionProof)
/* harmony export */ });
/* unused harmony exports nodeHash, consistencyProof, verifyInclusion, verifyConsistency */
/* harmony import */ var node_crypto__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(7598);

/** Merkle trees as in RFC 6962 section 2.1, with SHA-256. Hashes are 32 bytes. */
/** The hash of an entry: `SHA-256(0x00 ‖ entry)`. */
function leafHash(entry) {
    return (0,node_crypto__WEBPACK_IMPORTED_MODULE_0__.createHash)('sha256').update(Buffer.of(0)).update(entry).digest();
}
/** The hash of an inner node: `SHA-256(0x01 ‖ left ‖ right)`. */
function nodeHash(left, right) {
    return (0,node_crypto__WEBPACK_IMPORTED_MODULE_0__.createHash)('sha256').update(Buffer.of(1)).update(left).update(right).digest();
}
/** The root over leaf hashes; of none it is SHA-256 of nothing. */
function treeRoot(leaves) {
    if (leaves.length === 0) {
        return (0,node_crypto__WEBPACK_IMPORTED_MODULE_0__.createHash)('sha256').digest();
    }
    return subtree(leaves, 0, leaves.length);
}
function subtree(leaves, from, to) {
    const [only] = to - from === 1 ? leaves.slice(from, to) : [];
    if (only) {
        return Buffer.from(only);
    }
    const middle = from + largestPower(to - from);
    return nodeHash(subtree(leaves, from, middle), subtree(leaves, middle, to));
}
/** The largest power of two below `size` (which is at least 2). */
function largestPower(size) {
    let power = 1;
    while (power * 2 < size) {
        power *= 2;
    }
    return power;
}
/**
 * The path from a leaf to the root of the tree over `leaves` (RFC 6962 section 2.1.1), nearest sibling first.
 *
 * @throws RangeError when there is no such leaf
 */
function inclusionProof(leaves, index) {
    if (!Number.isInteger(index) || index < 0 || index >= leaves.length) {
        throw new RangeError(`There is no entry ${index} among ${leaves.length}`);
    }
    const path = (from, to) => {
        if (to - from === 1) {
            return [];
        }
        const middle = from + largestPower(to - from);
        return index < middle
            ? [...path(from, middle), subtree(leaves, middle, to)]
            : [...path(middle, to), subtree(leaves, from, middle)];
    };
    return path(0, leaves.length);
}
/**
 * That the tree over the first `oldSize` leaves is a beginning of the one over all of them (RFC 6962 section 2.1.2).
 *
 * @throws RangeError when `oldSize` is not from 0 to the number of leaves
 */
function consistencyProof(leaves, oldSize) {
    if (!Number.isInteger(oldSize) || oldSize < 0 || oldSize > leaves.length) {
        throw new RangeError(`A log of ${leaves.length} entries has never had ${oldSize}`);
    }
    const proof = (size, from, to, whole) => {
        if (size === to - from) {
            return whole ? [] : [subtree(leaves, from, to)];
        }
        const power = largestPower(to - from);
        return size <= power
            ? [...proof(size, from, from + power, whole), subtree(leaves, from + power, to)]
            : [...proof(size - power, from + power, to, false), subtree(leaves, from, from + power)];
    };
    return oldSize === 0 ? [] : proof(oldSize, 0, leaves.length, true);
}
/** Whether a proof leads from a leaf hash to the root (RFC 9162 section 2.1.3.2). */
function verifyInclusion(proof, leaf, index, size, root) {
    if (!Number.isInteger(index) || index < 0 || index >= size) {
        return false;
    }
    let node = index;
    let last = size - 1;
    let hash = Buffer.from(leaf);
    for (const sibling of proof) {
        if (last === 0) {
            return false;
        }
        if (node % 2 === 1 || node === last) {
            hash = nodeHash(sibling, hash);
            while (node % 2 === 0 && node !== 0) {
                node /= 2;
                last = Math.floor(last / 2);
            }
        }
        else {
            hash = nodeHash(hash, sibling);
        }
        node = Math.floor(node / 2);
        last = Math.floor(last / 2);
    }
    return last === 0 && hash.equals(root);
}
/** Whether a proof shows that one tree is a beginning of the other (RFC 9162 section 2.1.4.2). */
function verifyConsistency(proof, older, newer) {
    if (older.size > newer.size) {
        return false;
    }
    if (older.size === newer.size || older.size === 0) {
        const sameRoot = older.size === 0 || Buffer.from(older.root).equals(newer.root);
        return proof.length === 0 && sameRoot;
    }
    // A complete subtree is its own first node.
    const complete = Number.isInteger(Math.log2(older.size));
    const [first, ...rest] = complete ? [older.root, ...proof] : proof;
    if (!first) {
        return false;
    }
    let node = older.size - 1;
    let last = newer.size - 1;
    while (node % 2 === 1) {
        node = Math.floor(node / 2);
        last = Math.floor(last / 2);
    }
    let oldRoot = Buffer.from(first);
    let newRoot = Buffer.from(first);
    for (const sibling of rest) {
        if (last === 0) {
            return false;
        }
        if (node % 2 === 1 || node === last) {
            oldRoot = nodeHash(sibling, oldRoot);
            newRoot = nodeHash(sibling, newRoot);
            while (node % 2 === 0 && node !== 0) {
                node /= 2;
                last = Math.floor(last / 2);
            }
        }
        else {
            newRoot = nodeHash(newRoot, sibling);
        }
        node = Math.floor(node / 2);
        last = Math.floor(last / 2);
    }
    return last === 0 && oldRoot.equals(older.root) && newRoot.equals(newer.root);
}


/***/ }),

/***/ 5214:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   ET: () => (/* binding */ verifierText),
/* harmony export */   P8: () => (/* binding */ noteVerifier),
/* harmony export */   QM: () => (/* binding */ parseVerifier),
/* harmony export */   jN: () => (/* binding */ openNote),
/* harmony export */   qO: () => (/* binding */ signNote)
/* harmony export */ });
/* harmony import */ var node_crypto__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(7598);
/* harmony import */ var _golden_image_host__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(2151);


/** Signed notes with Ed25519. Source: C2SP signed-note. */
/** Type byte of Ed25519 signatures. */
const ED25519 = 1;
/** What a DER SubjectPublicKeyInfo of Ed25519 begins with (RFC 8410); 32 bytes of key follow. */
const SPKI_PREFIX = Buffer.from('302a300506032b6570032100', 'hex');
const MAX_NOTE_BYTES = 1024 * 1024;
/** @throws UserError `invalid-key` for a name or a key that notes cannot have */
function noteVerifier(name, publicKey) {
    if (publicKey.asymmetricKeyType !== 'ed25519' || !/^[^\s+]{1,200}$/u.test(name)) {
        throw new _golden_image_host__WEBPACK_IMPORTED_MODULE_1__/* .UserError */ .yo(`Notes of ${JSON.stringify(name)} cannot be signed with this key`, {
            code: 'invalid-key',
            fix: 'The log is signed with an Ed25519 key (`openssl genpkey -algorithm ed25519`); its name holds no space and no plus.',
        });
    }
    const id = (0,node_crypto__WEBPACK_IMPORTED_MODULE_0__.createHash)('sha256')
        .update(`${name}\n`)
        .update(Buffer.of(ED25519))
        .update(rawKey(publicKey))
        .digest()
        .subarray(0, 4);
    return { name, key: publicKey, id };
}
function rawKey(key) {
    return key.export({ type: 'spki', format: 'der' }).subarray(SPKI_PREFIX.length);
}
/** `<name>+<key id>+<base64 of 0x01 ‖ key>`: the form in which tools take the key. */
function verifierText({ name, key, id }) {
    const bytes = Buffer.concat([Buffer.of(ED25519), rawKey(key)]);
    return `${name}+${id.toString('hex')}+${bytes.toString('base64')}`;
}
/** @throws UserError `invalid-key` */
function parseVerifier(text) {
    const match = /^([^\s+]{1,200})\+([0-9a-f]{8})\+([A-Za-z0-9+/]{44})$/u.exec(text.trim());
    const bytes = Buffer.from(match?.[3] ?? '', 'base64');
    if (match && bytes.length === 33 && bytes[0] === ED25519) {
        const key = (0,node_crypto__WEBPACK_IMPORTED_MODULE_0__.createPublicKey)({
            key: Buffer.concat([SPKI_PREFIX, bytes.subarray(1)]),
            format: 'der',
            type: 'spki',
        });
        const verifier = noteVerifier(match[1] ?? '', key);
        if (verifier.id.toString('hex') === match[2]) {
            return verifier;
        }
    }
    throw new _golden_image_host__WEBPACK_IMPORTED_MODULE_1__/* .UserError */ .yo('This is not the public key of a log', {
        code: 'invalid-key',
        fix: 'Pass it as <name>+<key id>+<base64>, the line in keys/log.vkey that you got from elsewhere than the catalog.',
    });
}
/** The text with a signature line; the text ends with a line break. */
function signNote(text, verifier, privateKey) {
    const signature = (0,node_crypto__WEBPACK_IMPORTED_MODULE_0__.sign)(null, Buffer.from(text), privateKey);
    return `${text}\n— ${verifier.name} ${Buffer.concat([verifier.id, signature]).toString('base64')}\n`;
}
/**
 * The text of a note that `verifier` signed.
 *
 * @throws UserError `invalid-note`, `signature-mismatch`
 */
function openNote(note, verifier) {
    const split = note.lastIndexOf('\n\n');
    const control = /[\u0000-\u0009\u000b-\u001f]/.test(note);
    if (split < 0 || control || !note.endsWith('\n') || Buffer.byteLength(note) > MAX_NOTE_BYTES) {
        throw new _golden_image_host__WEBPACK_IMPORTED_MODULE_1__/* .UserError */ .yo('The checkpoint is not a signed note', {
            code: 'invalid-note',
            fix: 'The log was changed or cut off: get it again, or bring back a copy.',
        });
    }
    const text = note.slice(0, split + 1);
    const lines = note.slice(split + 2, -1).split('\n');
    for (const line of lines) {
        const match = /^— ([^\s+]+) ([A-Za-z0-9+/]+={0,2})$/u.exec(line);
        const bytes = Buffer.from(match?.[2] ?? '', 'base64');
        if (match?.[1] !== verifier.name || !bytes.subarray(0, 4).equals(verifier.id)) {
            continue;
        }
        // The last letter of base64 has bits that say nothing: with them set, it would be another note of the same key.
        const canonical = bytes.toString('base64') === match[2];
        if (canonical && (0,node_crypto__WEBPACK_IMPORTED_MODULE_0__.verify)(null, Buffer.from(text), verifier.key, bytes.subarray(4))) {
            return text;
        }
        break;
    }
    throw new _golden_image_host__WEBPACK_IMPORTED_MODULE_1__/* .UserError */ .yo(`The checkpoint is not signed by ${verifierText(verifier)}`, {
        code: 'signature-mismatch',
        fix: 'The log was changed, or another key signed it: compare it with a copy before you use it.',
    });
}


/***/ }),

/***/ 2505:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   Bo: () => (/* binding */ readBundle),
/* harmony export */   aC: () => (/* binding */ isEarlierPartial),
/* harmony export */   hX: () => (/* binding */ bundlePaths),
/* harmony export */   md: () => (/* binding */ logTiles),
/* harmony export */   wZ: () => (/* binding */ earlierPartial)
/* harmony export */ });
/* unused harmony exports TILE_WIDTH, MAX_ENTRY_BYTES, tilePath */
/* harmony import */ var _merkle_js__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(4956);

/** Layout of the log's files. Source: C2SP tlog-tiles. */
/** Hashes in a full tile, and entries in a full bundle. */
const TILE_WIDTH = 256;
/** Entries are prefixed with their length in two bytes. */
const MAX_ENTRY_BYTES = 65_535;
/** The path of a tile: its index in groups of three digits, all but the last with an `x`; `.p/<width>` when partial. */
function tilePath(level, index, width) {
    const digits = String(index);
    const padded = digits.padStart(Math.ceil(digits.length / 3) * 3, '0');
    const groups = padded.match(/\d{3}/g) ?? [];
    const name = groups.map((group, place) => (place < groups.length - 1 ? `x${group}` : group)).join('/');
    return `tile/${level}/${name}${width < TILE_WIDTH ? `.p/${width}` : ''}`;
}
/** Every tile and bundle of a log, by path. */
function logTiles(entries) {
    const files = new Map();
    for (const [index, part] of chunks(entries).entries()) {
        files.set(tilePath('entries', index, part.length), bundle(part));
    }
    let hashes = entries.map(_merkle_js__WEBPACK_IMPORTED_MODULE_0__/* .leafHash */ .Jq);
    for (let level = 0; hashes.length > 0; level += 1) {
        const tiles = chunks(hashes);
        for (const [index, tile] of tiles.entries()) {
            files.set(tilePath(level, index, tile.length), Buffer.concat(tile));
        }
        hashes = tiles.filter((tile) => tile.length === TILE_WIDTH).map(_merkle_js__WEBPACK_IMPORTED_MODULE_0__/* .treeRoot */ .Ro);
    }
    return files;
}
/** The paths of the bundles that hold all entries of a log of this size. */
function bundlePaths(size) {
    const count = Math.ceil(size / TILE_WIDTH);
    return Array.from({ length: count }, (_, index) => tilePath('entries', index, Math.min(TILE_WIDTH, size - index * TILE_WIDTH)));
}
function bundle(entries) {
    return Buffer.concat(entries.flatMap((entry) => {
        if (entry.length > MAX_ENTRY_BYTES) {
            throw new RangeError(`An entry of ${entry.length} bytes does not fit into the log`);
        }
        const length = Buffer.alloc(2);
        length.writeUInt16BE(entry.length);
        return [length, entry];
    }));
}
/**
 * The entries of a bundle.
 *
 * @throws RangeError when it is cut off
 */
function readBundle(data) {
    const bytes = Buffer.from(data);
    const entries = [];
    for (let at = 0; at < bytes.length;) {
        const end = at + 2 <= bytes.length ? at + 2 + bytes.readUInt16BE(at) : bytes.length + 1;
        if (end > bytes.length) {
            throw new RangeError('An entry bundle is cut off');
        }
        entries.push(bytes.subarray(at + 2, end));
        at = end;
    }
    return entries;
}
/**
 * Whether a path is a partial tile or bundle of an earlier size of a log of this size, which clients of an older
 * checkpoint may still ask for. It may go when the full one is there.
 */
function isEarlierPartial(path, size) {
    const match = /^tile\/(entries|\d{1,2})\/((?:x\d{3}\/)*\d{3})\.p\/([1-9]\d{0,2})$/.exec(path);
    if (!match) {
        return false;
    }
    const level = match[1] === 'entries' ? 0 : Number(match[1]);
    const index = Number((match[2] ?? '').replace(/[x/]/g, ''));
    const width = Number(match[3]);
    const hashes = Math.floor(size / TILE_WIDTH ** level) - index * TILE_WIDTH;
    return width < TILE_WIDTH && width < hashes;
}
/** How many entries an earlier partial tile or bundle stands for; its content follows from the entries. */
function earlierPartial(path, entries) {
    const match = /^tile\/(entries|\d{1,2})\/((?:x\d{3}\/)*\d{3})\.p\/([1-9]\d{0,2})$/.exec(path);
    if (!match || !isEarlierPartial(path, entries.length)) {
        return undefined;
    }
    const level = match[1] === 'entries' ? 0 : Number(match[1]);
    const index = Number((match[2] ?? '').replace(/[x/]/g, ''));
    const end = (index * TILE_WIDTH + Number(match[3])) * TILE_WIDTH ** level;
    return logTiles(entries.slice(0, end)).get(path);
}
function chunks(list) {
    return Array.from({ length: Math.ceil(list.length / TILE_WIDTH) }, (_, index) => list.slice(index * TILE_WIDTH, (index + 1) * TILE_WIDTH));
}


/***/ }),

/***/ 5674:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   T: () => (/* binding */ entryTitle),
/* harmony export */   d: () => (/* binding */ entrySentences)
/* harmony export */ });
const VERB = {
    register: 'registered as a draft',
    publish: 'available',
    deprecate: 'deprecated',
    obsolete: 'obsolete',
    revoke: 'revoked',
    restore: 'available again',
    delete: 'deleted',
    schedule: 'has new dates',
    check: 'checked for updates',
};
/** `debian-13 20261124: deprecated`. */
function entryTitle(entry) {
    return `${entry.image} ${entry.version}: ${VERB[entry.type]}`;
}
/** What happened, in sentences for people. */
function entrySentences(entry) {
    const { successor, schedule, freshness } = entry;
    const dates = schedule
        ? [
            schedule.deprecateAt ? `Deprecated from ${schedule.deprecateAt}.` : '',
            schedule.obsoleteAt ? `Obsolete from ${schedule.obsoleteAt}.` : '',
            schedule.deleteAt ? `Deleted from ${schedule.deleteAt}.` : '',
        ]
        : [];
    return [
        entry.reason ? `Reason: ${entry.reason}.`.replace(/\.\.$/, '.') : '',
        successor ? `Successor: ${successor.image} ${successor.version}.` : '',
        ...dates,
        freshness
            ? `Rebuild needed: ${freshness.rebuildNeeded}; ${freshness.securityUpdates} security and ${freshness.otherUpdates} other updates.`
            : '',
        ...(freshness?.reasons ?? []).map((reason) => `${reason}.`.replace(/\.\.$/, '.')),
    ].filter((line) => line !== '');
}


/***/ }),

/***/ 5289:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   Q: () => (/* binding */ KEY_FILES)
/* harmony export */ });
/** Where a catalog shows its public keys; they prove nothing by themselves. */
const KEY_FILES = { log: 'keys/log.vkey', openpgp: 'keys/index.asc' };


/***/ }),

/***/ 1171:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {


// EXPORTS
__webpack_require__.d(__webpack_exports__, {
  e: () => (/* binding */ renderCatalog)
});

// EXTERNAL MODULE: ./build/packages/evidence/src/canonical-json.js
var canonical_json = __webpack_require__(1222);
// EXTERNAL MODULE: ./build/packages/catalog/src/log/log-files.js + 1 modules
var log_files = __webpack_require__(3820);
// EXTERNAL MODULE: ./build/packages/catalog/src/notify/describe.js
var describe = __webpack_require__(5674);
;// CONCATENATED MODULE: ./build/packages/catalog/src/notify/feeds.js


/** How many of the latest entries the feeds hold. */
const FEED_ENTRIES = 50;
/**
 * Atom (RFC 4287) and JSON Feed 1.1 of what happened to the images.
 *
 * @param origin name of the log; ids of entries are made from it (RFC 4151 tag URIs)
 */
function feedFiles(catalog, origin) {
    const items = catalog.entries.slice(-FEED_ENTRIES).reverse();
    const host = (origin.split('/')[0] ?? '').replace(/:\d+$/, '');
    const year = (catalog.entries[0]?.time ?? '1970').slice(0, 4);
    const id = (part) => `tag:${host},${year}:${origin}/${part}`;
    const updated = catalog.entries.at(-1)?.time ?? new Date(0).toISOString();
    const page = (entry) => `../site/images/${entry.image}/${entry.version}/index.html`;
    const title = `Images of ${origin}`;
    const atom = [
        '<?xml version="1.0" encoding="utf-8"?>',
        '<feed xmlns="http://www.w3.org/2005/Atom">',
        `<title>${xml(title)}</title>`,
        `<id>${xml(id('feed'))}</id>`,
        `<updated>${updated}</updated>`,
        '<link rel="self" type="application/atom+xml" href="atom.xml"/>',
        `<author><name>${xml(origin)}</name></author>`,
        ...items.map((entry) => [
            '<entry>',
            `<title>${xml((0,describe/* entryTitle */.T)(entry))}</title>`,
            `<id>${xml(id(`entry/${entry.seq}`))}</id>`,
            `<published>${entry.time}</published>`,
            `<updated>${entry.time}</updated>`,
            `<link rel="alternate" type="text/html" href="${xml(page(entry))}"/>`,
            `<category term="${entry.type}"/>`,
            `<content type="text">${xml((0,describe/* entrySentences */.d)(entry).join('\n') || (0,describe/* entryTitle */.T)(entry))}</content>`,
            '</entry>',
        ].join('\n')),
        '</feed>',
        '',
    ].join('\n');
    const json = (0,canonical_json/* stableJson */._)({
        version: 'https://jsonfeed.org/version/1.1',
        title,
        authors: [{ name: origin }],
        items: items.map((entry) => ({
            id: id(`entry/${entry.seq}`),
            title: (0,describe/* entryTitle */.T)(entry),
            content_text: (0,describe/* entrySentences */.d)(entry).join('\n') || (0,describe/* entryTitle */.T)(entry),
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
function xml(text) {
    return text
        .replace(/[^\u0009\u000a\u000d\u0020-\ud7ff\ue000-\ufffd\u{10000}-\u{10ffff}]/gu, '')
        .replace(/&/g, '&amp;')
        .replace(/</g, '&lt;')
        .replace(/>/g, '&gt;')
        .replace(/"/g, '&quot;');
}

// EXTERNAL MODULE: ./build/packages/catalog/src/state/catalog.js
var state_catalog = __webpack_require__(1692);
// EXTERNAL MODULE: ./build/packages/catalog/src/state/effective.js
var effective = __webpack_require__(8742);
// EXTERNAL MODULE: ./build/packages/catalog/src/state/guards.js
var guards = __webpack_require__(6757);
;// CONCATENATED MODULE: ./build/packages/catalog/src/notify/status.js




/**
 * `status/<image>.json`: what instances and their owners ask of an image. One version a key, each with a `message` for
 * people, so that a login message needs no more than this file. States are those of the last change; the dates let a
 * reader compute the effective state at any time.
 */
function statusFiles(catalog) {
    const now = new Date(catalog.entries.at(-1)?.time ?? 0);
    const { states } = (0,effective/* effectiveStates */.s)(catalog, now);
    const groups = Map.groupBy((0,state_catalog/* sortedVersions */.xe)(catalog).filter(({ state }) => state !== 'draft'), ({ image }) => image);
    return new Map([...groups].map(([image, records]) => {
        const latest = records.findLast((record) => states.get((0,state_catalog/* versionKey */._5)(record)) === 'available');
        const versions = Object.fromEntries(records.map((record) => {
            const successor = (0,guards/* usableSuccessor */.NA)(catalog, states, record) ?? newer(record, latest);
            return [
                record.version,
                {
                    message: statusMessage(record, successor),
                    reason: record.reason ?? null,
                    schedule: record.schedule,
                    securityUpdates: record.freshness?.securityUpdates ?? null,
                    checkedAt: record.freshness?.checkedAt ?? null,
                    sha256: record.disk.sha256,
                    state: record.state,
                    successor: successor ? (0,state_catalog/* versionKey */._5)(successor) : null,
                },
            ];
        }));
        const value = {
            image,
            latest: latest?.version ?? null,
            schemaVersion: 1,
            updated: now.toISOString(),
            versions,
        };
        return [`status/${image}.json`, (0,canonical_json/* stableJson */._)(value)];
    }));
}
function newer(record, latest) {
    return latest && (latest.publishedIndex ?? 0) > (record.publishedIndex ?? 0) ? latest : undefined;
}
/** `12 security updates; successor debian-13 20261201`; empty when there is nothing to say. */
function statusMessage(record, successor) {
    const count = record.freshness?.securityUpdates ?? 0;
    const state = {
        draft: '',
        available: '',
        deprecated: 'this image is deprecated',
        obsolete: 'this image is obsolete',
        revoked: `this image was revoked${record.reason ? ` (${record.reason})` : ''}: replace it now`,
        deleted: 'this image is deleted',
    }[record.state];
    return [
        state,
        count > 0 ? `${count} security update${count === 1 ? '' : 's'}` : '',
        successor ? `successor ${successor.image} ${successor.version}` : '',
    ]
        .filter((part) => part !== '')
        .join('; ');
}

// EXTERNAL MODULE: ./build/packages/catalog/src/streams/readme.js
var readme = __webpack_require__(1409);
// EXTERNAL MODULE: ./build/packages/catalog/src/streams/streams.js
var streams = __webpack_require__(5366);
;// CONCATENATED MODULE: ./build/packages/catalog/src/publish/render.js






/**
 * Every file of a published catalog that follows from its log alone, by path: the same log always gives the same bytes.
 * What is signed (the checkpoint, the signed streams) and what was published with the images comes beside them.
 */
function renderCatalog(catalog, origin) {
    const texts = [
        ['README.md', readme/* CATALOG_README */.$],
        ...[...catalog.versions].map(([key, record]) => [`versions/${key}.json`, (0,canonical_json/* stableJson */._)(record)]),
        ...(0,streams/* streamsFiles */.R_)(catalog, origin),
        ...statusFiles(catalog),
        ...feedFiles(catalog, origin),
    ];
    return new Map([
        ...texts.map(([path, text]) => [path, Buffer.from(text)]),
        ...(0,log_files/* logFiles */.eO)(catalog.entries),
    ]);
}


/***/ }),

/***/ 4563:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   AH: () => (/* binding */ signedFiles),
/* harmony export */   gk: () => (/* binding */ signedPath),
/* harmony export */   rL: () => (/* binding */ isStream),
/* harmony export */   v9: () => (/* binding */ holds)
/* harmony export */ });
/* harmony import */ var _golden_image_evidence__WEBPACK_IMPORTED_MODULE_3__ = __webpack_require__(2430);
/* harmony import */ var _log_note_js__WEBPACK_IMPORTED_MODULE_2__ = __webpack_require__(5214);
/* harmony import */ var _streams_streams_js__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(5366);
/* harmony import */ var _keys_js__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(5289);




/** The clearsigned counterpart of a file of the streams. */
function signedPath(path) {
    return path.replace(/\.json$/, '.sjson');
}
function isStream(path) {
    return path.startsWith(`${_streams_streams_js__WEBPACK_IMPORTED_MODULE_0__/* .STREAMS_FOLDER */ .rS}/`) && path.endsWith('.json');
}
/**
 * The signed streams and the public keys, by path. A signature that is there and still holds is kept, so that a file
 * changes only when its content does.
 */
async function signedFiles(rendered, before, signer, now) {
    const files = new Map([
        [_keys_js__WEBPACK_IMPORTED_MODULE_1__/* .KEY_FILES */ .Q.log, Buffer.from(`${(0,_log_note_js__WEBPACK_IMPORTED_MODULE_2__/* .verifierText */ .ET)(signer.log.verifier)}\n`)],
        [_keys_js__WEBPACK_IMPORTED_MODULE_1__/* .KEY_FILES */ .Q.openpgp, Buffer.from(signer.openpgp.publicKey)],
    ]);
    for (const [path, data] of rendered) {
        if (isStream(path)) {
            const text = (0,_streams_streams_js__WEBPACK_IMPORTED_MODULE_0__/* .signedText */ .Mo)(Buffer.from(data).toString('utf8'));
            const old = await before.read(signedPath(path));
            const kept = old && (await holds(signer.openpgp.publicKey, old.toString('utf8'), text, now)) ? old : undefined;
            files.set(signedPath(path), kept ?? Buffer.from(await (0,_golden_image_evidence__WEBPACK_IMPORTED_MODULE_3__/* .signClear */ .L5)(signer.openpgp, text, now)));
        }
    }
    return files;
}
/** Whether a clearsigned text is by this key, carries exactly the expected one, and nothing else. */
async function holds(publicKey, clearsigned, expected, now) {
    try {
        await (0,_golden_image_evidence__WEBPACK_IMPORTED_MODULE_3__/* .verifyClear */ .zR)(publicKey, clearsigned, expected, now);
        return (await (0,_golden_image_evidence__WEBPACK_IMPORTED_MODULE_3__/* .canonicalClear */ .Ak)(clearsigned)) === clearsigned;
    }
    catch {
        return false;
    }
}


/***/ }),

/***/ 8371:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   e: () => (/* binding */ replay),
/* harmony export */   f: () => (/* binding */ applyEntry)
/* harmony export */ });
/* harmony import */ var _catalog_js__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(1692);
/* harmony import */ var _entry_js__WEBPACK_IMPORTED_MODULE_2__ = __webpack_require__(8858);
/* harmony import */ var _guards_js__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(6757);
/* harmony import */ var _states_js__WEBPACK_IMPORTED_MODULE_3__ = __webpack_require__(2213);




/**
 * The catalog after one more entry of the log. The only way in which a catalog changes.
 *
 * @throws UserError `invalid-entry`, and those of `checkEntry`
 */
function applyEntry(catalog, entry) {
    const key = (0,_catalog_js__WEBPACK_IMPORTED_MODULE_0__/* .versionKey */ ._5)(entry);
    const record = catalog.versions.get(key);
    checkForm(catalog, entry, record);
    (0,_guards_js__WEBPACK_IMPORTED_MODULE_1__/* .checkEntry */ .Tr)(catalog, entry, record);
    const next = record ? changed(record, entry) : registered(entry);
    return {
        versions: new Map(catalog.versions).set(key, next),
        entries: [...catalog.entries, entry],
    };
}
/** The catalog that a log leads to. */
function replay(entries) {
    const catalog = { versions: new Map(), entries: [] };
    for (const entry of entries) {
        const key = (0,_catalog_js__WEBPACK_IMPORTED_MODULE_0__/* .versionKey */ ._5)(entry);
        const record = catalog.versions.get(key);
        checkForm(catalog, entry, record);
        (0,_guards_js__WEBPACK_IMPORTED_MODULE_1__/* .checkEntry */ .Tr)(catalog, entry, record);
        catalog.versions.set(key, record ? changed(record, entry) : registered(entry));
        catalog.entries.push(entry);
    }
    return catalog;
}
function checkForm(catalog, entry, record) {
    const parsed = _entry_js__WEBPACK_IMPORTED_MODULE_2__/* .auditEntry */ .G.safeParse(entry);
    const wrong = (what) => (0,_guards_js__WEBPACK_IMPORTED_MODULE_1__/* .refusal */ .x5)(`Entry ${entry.seq} of the audit log cannot follow: ${what}`, 'invalid-entry', 'The log was made by something else, or changed: compare it with a copy.');
    if (!parsed.success) {
        throw wrong(parsed.error.issues.map((issue) => `${issue.path.join('.')}: ${issue.message}`).join('; '));
    }
    if (entry.seq !== catalog.entries.length) {
        throw wrong(`its number is not ${catalog.entries.length}`);
    }
    const last = catalog.entries.at(-1);
    if (last && entry.time < last.time) {
        throw wrong(`its time ${entry.time} is before that of the entry before it, ${last.time}`);
    }
    if (entry.from !== (record?.state ?? null)) {
        throw wrong(`it starts from ${entry.from}, and the version is ${record?.state ?? 'not there'}`);
    }
    const { to } = _states_js__WEBPACK_IMPORTED_MODULE_3__/* .TRANSITIONS */ .Ds[entry.type];
    if (entry.to !== (to === 'same' ? entry.from : to)) {
        throw wrong(`${entry.type} does not lead to ${entry.to}`);
    }
    const { publication } = entry;
    const carries = publication !== undefined;
    if (entry.type === 'register' ? !carries : carries && entry.type !== 'publish') {
        throw wrong('what is published must stand in the entry that registers it, and nowhere but there or where it is published');
    }
    if ((entry.type === 'check') !== (entry.freshness !== undefined)) {
        throw wrong('the result of a check must stand in its entry, and only there');
    }
    const disk = record?.disk.sha256 ?? publication?.disk.sha256;
    if (entry.digest !== disk || (publication && publication.disk.sha256 !== disk)) {
        throw wrong(`it is about sha256:${entry.digest}, and the version is sha256:${disk}`);
    }
    if (publication && record && publication.owner !== record.owner) {
        throw wrong('a draft keeps its owner');
    }
    if (publication && (0,_catalog_js__WEBPACK_IMPORTED_MODULE_0__/* .versionKey */ ._5)(publication) !== (0,_catalog_js__WEBPACK_IMPORTED_MODULE_0__/* .versionKey */ ._5)(entry)) {
        throw wrong(`it registers ${(0,_catalog_js__WEBPACK_IMPORTED_MODULE_0__/* .versionKey */ ._5)(publication)} under another name`);
    }
}
function registered(entry) {
    if (!entry.publication) {
        throw (0,_guards_js__WEBPACK_IMPORTED_MODULE_1__/* .notThere */ ._)((0,_catalog_js__WEBPACK_IMPORTED_MODULE_0__/* .versionKey */ ._5)(entry));
    }
    return {
        schemaVersion: 1,
        ...entry.publication,
        state: 'draft',
        stateSince: entry.time,
        schedule: {},
        evidence: entry.evidence,
        ...(entry.policyDigest ? { policyDigest: entry.policyDigest } : {}),
        ...(entry.reason ? { reason: entry.reason } : {}),
    };
}
function changed(record, entry) {
    const moved = entry.to !== record.state;
    const first = entry.type === 'publish' && record.publishedAt === undefined;
    const { successor: oldSuccessor, reason: oldReason, ...rest } = record;
    const forgets = entry.type === 'restore' || entry.type === 'publish';
    const successor = entry.successor ?? (forgets ? undefined : oldSuccessor);
    const reason = entry.reason ?? (moved ? undefined : oldReason);
    const approves = entry.type === 'publish' || entry.type === 'restore';
    return {
        ...rest,
        // A draft that is published brings the evidence that it lacked before.
        ...entry.publication,
        state: entry.to,
        stateSince: moved ? entry.time : record.stateSince,
        ...(first ? { publishedAt: entry.time, publishedIndex: entry.seq } : {}),
        schedule: entry.schedule ?? (entry.type === 'restore' ? {} : record.schedule),
        ...(successor ? { successor } : {}),
        ...(reason ? { reason } : {}),
        ...(approves && entry.policyDigest ? { policyDigest: entry.policyDigest } : {}),
        evidence: approves ? entry.evidence : record.evidence,
        ...(entry.freshness ? { freshness: entry.freshness } : {}),
    };
}


/***/ }),

/***/ 8742:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   s: () => (/* binding */ effectiveStates),
/* harmony export */   t: () => (/* binding */ scheduledState)
/* harmony export */ });
/* harmony import */ var _catalog_js__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(1692);
/* harmony import */ var _states_js__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(2213);


/**
 * What the dates of a record alone say at a time: the later of its state and of its schedule. Drafts have no schedule,
 * and what is revoked can only be deleted.
 */
function scheduledState(record, now) {
    const due = dueDates(record).filter(({ time }) => time <= now.getTime());
    return due.reduce((state, { to }) => (0,_states_js__WEBPACK_IMPORTED_MODULE_0__/* .laterState */ .OP)(state, to), record.state);
}
/** The dates of a record that can still change its state, in the order of time. */
function dueDates(record) {
    const { deprecateAt, obsoleteAt, deleteAt } = record.schedule;
    if (record.state === 'draft' || record.state === 'deleted') {
        return [];
    }
    const dates = [
        { at: deprecateAt, to: 'deprecated' },
        { at: obsoleteAt, to: 'obsolete' },
        { at: deleteAt, to: 'deleted' },
    ];
    return dates
        .flatMap(({ at, to }) => (at === undefined ? [] : [{ time: Date.parse(at), to }]))
        .filter(({ to }) => (0,_states_js__WEBPACK_IMPORTED_MODULE_0__/* .laterState */ .OP)(record.state, to) !== record.state);
}
/**
 * The effective state of every version: max(state, schedule(now)), but a family keeps its last available image until it
 * has another one (or the schedule says that the family ends). Dates are taken in the order of time, so that states at
 * a later time follow from those at an earlier one.
 */
function effectiveStates(catalog, now) {
    const states = new Map([...catalog.versions].map(([key, { state }]) => [key, state]));
    const due = [...catalog.versions.values()]
        .flatMap((record) => dueDates(record).map((date) => ({ ...date, record, key: (0,_catalog_js__WEBPACK_IMPORTED_MODULE_1__/* .versionKey */ ._5)(record) })))
        .filter(({ time }) => time <= now.getTime())
        .sort((a, b) => a.time - b.time || (0,_catalog_js__WEBPACK_IMPORTED_MODULE_1__/* .compare */ .UD)(a.key, b.key));
    const held = new Set();
    for (const { record, key, to } of due) {
        if (states.get(key) === 'available' && needsLast(record) && isLast(catalog, states, record)) {
            held.add(key);
            continue;
        }
        states.set(key, (0,_states_js__WEBPACK_IMPORTED_MODULE_0__/* .laterState */ .OP)(states.get(key) ?? record.state, to));
    }
    return { states, held: [...held].sort() };
}
/** Custom images are their owner's to retire; their families may end. */
function needsLast(record) {
    return record.class !== 'custom' && record.schedule.retiresFamily !== true;
}
function isLast(catalog, states, record) {
    return ![...catalog.versions].some(([key, other]) => other.family === record.family && key !== (0,_catalog_js__WEBPACK_IMPORTED_MODULE_1__/* .versionKey */ ._5)(record) && states.get(key) === 'available');
}


/***/ }),

/***/ 8858:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {


// EXPORTS
__webpack_require__.d(__webpack_exports__, {
  G: () => (/* binding */ auditEntry)
});

// EXTERNAL MODULE: ./node_modules/zod/v4/classic/schemas.js + 11 modules
var schemas = __webpack_require__(2857);
// EXTERNAL MODULE: ./build/packages/image-folder/src/descriptor.js
var descriptor = __webpack_require__(8987);
// EXTERNAL MODULE: ./build/packages/catalog/src/state/states.js
var states = __webpack_require__(2213);
;// CONCATENATED MODULE: ./build/packages/catalog/src/state/record.js



const sha256Hex = schemas/* string */.YjP().regex(/^[0-9a-f]{64}$/);
/** ISO 8601 in UTC with whole seconds: the log, the index and the feeds compare times as texts. */
const instant = schemas/* string */.YjP().regex(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ$/);
/** The same form as image names and versions have. */
const identifier = schemas/* string */.YjP().regex(/^[a-z0-9][a-z0-9.+_-]{0,62}$/i);
/** Text of people: one line, no control characters. */
const sentence = schemas/* string */.YjP()
    .min(1)
    .max(500)
    .regex(/^[^\u0000-\u001f\u007f-\u009f\u2028\u2029\u202a-\u202e\u2066-\u2069]+$/);
const versionReference = schemas/* strictObject */.rej({ image: identifier, version: identifier });
const schedule = schemas/* strictObject */.rej({
    deprecateAt: instant.optional(),
    obsoleteAt: instant.optional(),
    deleteAt: instant.optional(),
    /** The family may lose its last available image by this schedule. */
    retiresFamily: schemas/* literal */.euz(true).optional(),
});
/** A file that was published with the image and never changes: `images/<image>/<version>/<name>`. */
const attachment = schemas/* strictObject */.rej({
    name: schemas/* string */.YjP().regex(/^[A-Za-z0-9][A-Za-z0-9._+-]{0,127}(\/[A-Za-z0-9][A-Za-z0-9._+-]{0,127}){0,2}$/),
    size: schemas/* int */.Whr().nonnegative(),
    sha256: sha256Hex,
});
const packageUpdate = schemas/* strictObject */.rej({
    package: schemas/* string */.YjP().max(200),
    installed: schemas/* string */.YjP().max(200),
    fixed: schemas/* string */.YjP().max(200),
    /** Suite that has it. */
    suite: schemas/* string */.YjP().max(100),
    security: schemas/* boolean */.zMY(),
    /** Vulnerabilities that the packages' own change logs say are fixed in between. */
    vulnerabilities: schemas/* array */.YOg(schemas/* string */.YjP().regex(/^CVE-\d{4}-\d{4,}$/)).max(100),
});
/** What the last check for updates found. */
const freshness = schemas/* strictObject */.rej({
    checkedAt: instant,
    /** `unknown`: the indices could not be read; never taken for "no". */
    rebuildNeeded: schemas/* enum */.k5n(['yes', 'no', 'unknown']),
    reasons: schemas/* array */.YOg(sentence).max(50),
    securityUpdates: schemas/* int */.Whr().nonnegative(),
    otherUpdates: schemas/* int */.Whr().nonnegative(),
    /** Security updates first; cut where an entry of the log would grow too large. */
    updates: schemas/* array */.YOg(packageUpdate).max(200),
});
/** What was true when the version entered the catalog and never changes. */
const publication = schemas/* strictObject */.rej({
    image: identifier,
    version: identifier,
    class: descriptor/* imageDescriptor */.V.shape.class,
    family: identifier,
    distribution: descriptor/* imageDescriptor */.V.shape.distribution,
    release: descriptor/* imageDescriptor */.V.shape.release,
    architecture: descriptor/* imageDescriptor */.V.shape.architecture,
    firmware: descriptor/* imageDescriptor */.V.shape.firmware,
    disk: descriptor/* imageDescriptor */.V.shape.disk,
    /** Pseudonym of who brought it in; a custom image is this person's to retire. */
    owner: schemas/* string */.YjP().regex(/^actor-[0-9a-f]{16}$/),
    /** From the signed hardening result, in percent. */
    score: schemas/* number */.aig().min(0).max(100).optional(),
    /** From the signed functional result. */
    cases: schemas/* strictObject */.rej({
        passed: schemas/* int */.Whr().nonnegative(),
        warned: schemas/* int */.Whr().nonnegative(),
        failed: schemas/* int */.Whr().nonnegative(),
        skipped: schemas/* int */.Whr().nonnegative(),
        notRun: schemas/* int */.Whr().nonnegative(),
    })
        .optional(),
    attachments: schemas/* array */.YOg(attachment).max(200),
});
/** `versions/<image>/<version>.json`: one version of an image, the source of every index and page. */
const versionRecord = publication.extend({
    schemaVersion: schemas/* literal */.euz(1),
    state: schemas/* enum */.k5n(states/* STATES */.xj),
    /** When it entered its state. */
    stateSince: instant,
    /** When it became available first. */
    publishedAt: instant.optional(),
    /** Position in the audit log of the entry that made it available first. */
    publishedIndex: schemas/* int */.Whr().nonnegative().optional(),
    schedule,
    successor: versionReference.optional(),
    reason: sentence.optional(),
    /** The policy by which its last approval was given. */
    policyDigest: sha256Hex.optional(),
    /** SHA-256 of the evidence that the approval rests on. */
    evidence: schemas/* array */.YOg(sha256Hex).max(100),
    freshness: freshness.optional(),
});

;// CONCATENATED MODULE: ./build/packages/catalog/src/state/entry.js



/** An entry of the audit log: who did what to which image, when, why, from which run, resting on which evidence. */
const auditEntry = schemas/* strictObject */.rej({
    /** Position in the log. */
    seq: schemas/* int */.Whr().nonnegative(),
    time: instant,
    type: schemas/* enum */.k5n(states/* EVENT_TYPES */.Ru),
    image: identifier,
    version: identifier,
    /** SHA-256 of the disk. */
    digest: sha256Hex,
    from: schemas/* enum */.k5n(states/* STATES */.xj).nullable(),
    to: schemas/* enum */.k5n(states/* STATES */.xj),
    /** A pseudonym; who that is stands in a file apart, which can be erased. */
    actor: schemas/* string */.YjP().regex(/^actor-[0-9a-f]{16}$/),
    /** Address of the run that did it, or `local`. */
    run: schemas/* string */.YjP().regex(/^(local|https?:\/\/[\x21-\x7e]{1,300})$/),
    reason: sentence.optional(),
    policyDigest: sha256Hex.optional(),
    evidence: schemas/* array */.YOg(sha256Hex).max(100),
    /** Of `register`, and of `publish` where a draft was registered with less evidence. */
    publication: publication.optional(),
    successor: versionReference.optional(),
    schedule: schedule.optional(),
    freshness: freshness.optional(),
    /** The family lost its last available image, and this was asked for. */
    retiresFamily: schemas/* literal */.euz(true).optional(),
});


/***/ }),

/***/ 6757:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   NA: () => (/* binding */ usableSuccessor),
/* harmony export */   Tr: () => (/* binding */ checkEntry),
/* harmony export */   _: () => (/* binding */ notThere),
/* harmony export */   x5: () => (/* binding */ refusal)
/* harmony export */ });
/* unused harmony exports checkSuccessor, successorTrail */
/* harmony import */ var _golden_image_host__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(2151);
/* harmony import */ var _catalog_js__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(1692);
/* harmony import */ var _effective_js__WEBPACK_IMPORTED_MODULE_3__ = __webpack_require__(8742);
/* harmony import */ var _states_js__WEBPACK_IMPORTED_MODULE_2__ = __webpack_require__(2213);




/** A transition that the rules do not allow. Nothing was changed. */
function refusal(message, code, fix) {
    return new _golden_image_host__WEBPACK_IMPORTED_MODULE_0__/* .UserError */ .yo(message, { code, fix });
}
/**
 * Whether an entry may follow on a catalog: planning and replaying ask the same, so that no log can hold what could not
 * have been done. `record` is the version that the entry is about; undefined for `register`.
 *
 * @throws UserError `transition-refused`, `already-there`, `last-available`, `invalid-dates`, `not-the-owner` and those of
 *   `checkSuccessor`
 */
function checkEntry(catalog, entry, record) {
    const name = (0,_catalog_js__WEBPACK_IMPORTED_MODULE_1__/* .versionKey */ ._5)(entry);
    const rule = _states_js__WEBPACK_IMPORTED_MODULE_2__/* .TRANSITIONS */ .Ds[entry.type];
    if (entry.type === 'register') {
        if (record) {
            throw refusal(`${name} is in the catalog already`, 'already-there', 'Published versions never change: give the new image a new version.');
        }
        return;
    }
    if (!record) {
        throw notThere(name);
    }
    if (!rule.from.includes(record.state)) {
        throw refusal(`${name} is ${record.state} and cannot be ${PAST[entry.type]}`, 'transition-refused', `Only a version that is ${rule.from.join(' or ')} can be ${PAST[entry.type]}.`);
    }
    checkOwner(entry, record);
    const dates = entry.schedule ?? record.schedule;
    if (entry.schedule) {
        checkDates(dates, record.publishedAt ?? entry.time);
    }
    if (entry.successor) {
        checkSuccessor(catalog, entry, entry.successor);
    }
    const leaves = record.state === 'available' && entry.to !== 'available' && entry.type !== 'revoke';
    const retires = entry.retiresFamily === true || dates.retiresFamily === true || record.class === 'custom';
    if (leaves && !retires && otherAvailable(catalog, record, new Date(entry.time)).length === 0) {
        throw refusal(`${name} is the last available image of the family ${record.family}`, 'last-available', 'Publish its successor first; or set retire-family: true to end the family; or revoke it, if it must not be used.');
    }
}
const PAST = {
    register: 'registered',
    publish: 'published',
    deprecate: 'deprecated',
    obsolete: 'made obsolete',
    revoke: 'revoked',
    restore: 'restored',
    delete: 'deleted',
    schedule: 'given dates',
    check: 'checked',
};
function notThere(name) {
    return refusal(`${name} is not in the catalog`, 'not-in-catalog', 'Check the inputs image and version; the catalog’s site lists what there is.');
}
/** A custom image is its owner's to retire. Revoking stays possible for all: it is the emergency brake. */
function checkOwner(entry, record) {
    const retiring = ['deprecate', 'obsolete', 'restore', 'schedule'].includes(entry.type);
    const scheduled = (0,_effective_js__WEBPACK_IMPORTED_MODULE_3__/* .scheduledState */ .t)(record, new Date(entry.time));
    const bySchedule = entry.to !== record.state && (0,_states_js__WEBPACK_IMPORTED_MODULE_2__/* .laterState */ .OP)(entry.to, scheduled) === scheduled;
    if (record.class === 'custom' && retiring && !bySchedule && entry.actor !== record.owner) {
        throw refusal(`${(0,_catalog_js__WEBPACK_IMPORTED_MODULE_1__/* .versionKey */ ._5)(record)} is a custom image: only who published it (${record.owner}) may retire it, not ${entry.actor}`, 'not-the-owner', 'Ask its owner to run this. If the image is dangerous, revoke it.');
    }
}
/** Versions that a family would have left, at a time. */
function otherAvailable(catalog, record, now) {
    const { states } = (0,_effective_js__WEBPACK_IMPORTED_MODULE_3__/* .effectiveStates */ .s)(catalog, now);
    return [...catalog.versions.values()].filter((other) => other.family === record.family &&
        (0,_catalog_js__WEBPACK_IMPORTED_MODULE_1__/* .versionKey */ ._5)(other) !== (0,_catalog_js__WEBPACK_IMPORTED_MODULE_1__/* .versionKey */ ._5)(record) &&
        other.state === 'available' &&
        states.get((0,_catalog_js__WEBPACK_IMPORTED_MODULE_1__/* .versionKey */ ._5)(other)) === 'available');
}
function checkDates(dates, publishedAt) {
    const order = [
        ['it was published', publishedAt],
        ['deprecate-at', dates.deprecateAt],
        ['obsolete-at', dates.obsoleteAt],
        ['delete-at', dates.deleteAt],
    ].filter((entry) => entry[1] !== undefined);
    for (const [index, [name, time]] of order.entries()) {
        const before = order[index - 1];
        if (before && Date.parse(time) <= Date.parse(before[1])) {
            throw refusal(`${name} (${time}) is not after ${before[0]} (${before[1]})`, 'invalid-dates', 'Deprecation comes before obsolescence, and that before deletion; each after the publication.');
        }
    }
}
/**
 * A successor exists, is available, is another version, and leads nowhere back.
 *
 * @throws UserError `invalid-successor`
 */
function checkSuccessor(catalog, of, successor) {
    const name = (0,_catalog_js__WEBPACK_IMPORTED_MODULE_1__/* .versionKey */ ._5)(successor);
    const problem = (text) => refusal(`The successor ${name} ${text}`, 'invalid-successor', 'Name an available version, as <image>/<version>.');
    const record = catalog.versions.get(name);
    if (!record) {
        throw problem('is not in the catalog');
    }
    const trail = successorTrail(catalog, successor);
    if (trail.includes((0,_catalog_js__WEBPACK_IMPORTED_MODULE_1__/* .versionKey */ ._5)(of))) {
        throw problem(`leads back to ${(0,_catalog_js__WEBPACK_IMPORTED_MODULE_1__/* .versionKey */ ._5)(of)}: ${[(0,_catalog_js__WEBPACK_IMPORTED_MODULE_1__/* .versionKey */ ._5)(of), ...trail].join(' → ')}`);
    }
    const state = (0,_effective_js__WEBPACK_IMPORTED_MODULE_3__/* .effectiveStates */ .s)(catalog, new Date(of.time)).states.get(name) ?? record.state;
    if ((0,_states_js__WEBPACK_IMPORTED_MODULE_2__/* .laterState */ .OP)(record.state, state) !== 'available') {
        throw problem(`is ${(0,_states_js__WEBPACK_IMPORTED_MODULE_2__/* .laterState */ .OP)(record.state, state)}, not available`);
    }
}
/** A version and its successors in turn; ends where there is none, or before one that was seen. */
function successorTrail(catalog, from) {
    const trail = [];
    for (let next = from; next && !trail.includes((0,_catalog_js__WEBPACK_IMPORTED_MODULE_1__/* .versionKey */ ._5)(next));) {
        trail.push((0,_catalog_js__WEBPACK_IMPORTED_MODULE_1__/* .versionKey */ ._5)(next));
        next = catalog.versions.get((0,_catalog_js__WEBPACK_IMPORTED_MODULE_1__/* .versionKey */ ._5)(next))?.successor;
    }
    return trail;
}
/** The first successor in turn that can be used at all; undefined when there is none. */
function usableSuccessor(catalog, states, record) {
    const [, ...following] = successorTrail(catalog, record);
    const found = following.find((key) => states.get(key) === 'available');
    return found === undefined ? undefined : catalog.versions.get(found);
}


/***/ }),

/***/ 2213:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   Ds: () => (/* binding */ TRANSITIONS),
/* harmony export */   OP: () => (/* binding */ laterState),
/* harmony export */   Ru: () => (/* binding */ EVENT_TYPES),
/* harmony export */   xj: () => (/* binding */ STATES),
/* harmony export */   yy: () => (/* binding */ isListed)
/* harmony export */ });
/** The states of a version, in the order in which they follow one another. */
const STATES = ['draft', 'available', 'deprecated', 'obsolete', 'revoked', 'deleted'];
/** What an entry of the audit log tells of. `schedule` and `check` change no state. */
const EVENT_TYPES = [
    'register',
    'publish',
    'deprecate',
    'obsolete',
    'revoke',
    'restore',
    'delete',
    'schedule',
    'check',
];
/**
 * From which states an event leads where. `register` begins a version, so it comes from nothing; a version that is
 * deleted stays in the record for ever.
 */
const TRANSITIONS = {
    register: { from: [], to: 'draft' },
    publish: { from: ['draft'], to: 'available' },
    deprecate: { from: ['available'], to: 'deprecated' },
    obsolete: { from: ['available', 'deprecated'], to: 'obsolete' },
    revoke: { from: ['draft', 'available', 'deprecated', 'obsolete'], to: 'revoked' },
    restore: { from: ['deprecated'], to: 'available' },
    delete: { from: ['draft', 'obsolete', 'revoked'], to: 'deleted' },
    schedule: { from: ['available', 'deprecated', 'obsolete', 'revoked'], to: 'same' },
    check: { from: ['available', 'deprecated', 'obsolete'], to: 'same' },
};
/** The later of two states. */
function laterState(a, b) {
    return STATES.indexOf(a) >= STATES.indexOf(b) ? a : b;
}
/** States in which an image may be used; clients' indices list these only. */
function isListed(state) {
    return state === 'available' || state === 'deprecated';
}


/***/ }),

/***/ 5366:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   IE: () => (/* binding */ imageFolder),
/* harmony export */   Mo: () => (/* binding */ signedText),
/* harmony export */   R_: () => (/* binding */ streamsFiles),
/* harmony export */   rS: () => (/* binding */ STREAMS_FOLDER)
/* harmony export */ });
/* unused harmony exports streamsPrefix, streamsVersion, rfc2822 */
/* harmony import */ var _golden_image_evidence__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(1222);
/* harmony import */ var _state_catalog_js__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(1692);
/* harmony import */ var _state_states_js__WEBPACK_IMPORTED_MODULE_2__ = __webpack_require__(2213);



/**
 * Simplestreams, as cloud clients read it: an index and one products file a class. Source: the format's description in
 * Launchpad's simplestreams (doc/README) and its own client, which sorts version keys as texts.
 */
const DATATYPE = 'image-downloads';
const STREAMS_FOLDER = 'streams/v1';
/** The reversed name of a log, as content and product ids begin: `example.org/images` is `org.example.images`. */
function streamsPrefix(origin) {
    const [host = '', ...path] = origin.split('/');
    const labels = host.replace(/:\d+$/, '').split('.').reverse();
    return [...labels, ...path]
        .map((part) => part.replace(/[^A-Za-z0-9-]/g, '-'))
        .join('.')
        .toLowerCase();
}
/** Sorts as the publications followed one another: date, then position in the log. */
function streamsVersion(record) {
    const day = (record.publishedAt ?? '').slice(0, 10).replaceAll('-', '');
    return `${day}.${String(record.publishedIndex ?? 0).padStart(6, '0')}`;
}
/** RFC 2822 date, in UTC. */
function rfc2822(time) {
    return new Date(time).toUTCString().replace('GMT', '+0000');
}
/** The folder of a version's files, which never change. */
function imageFolder(record) {
    return `images/${record.image}/${record.version}`;
}
/** The unsigned files of the streams, by path. The signed ones hold the same, and name each other. */
function streamsFiles(catalog, origin) {
    const prefix = streamsPrefix(origin);
    const classes = [...new Set((0,_state_catalog_js__WEBPACK_IMPORTED_MODULE_0__/* .sortedVersions */ .xe)(catalog).map((record) => record.class))].sort();
    const files = new Map();
    const index = {};
    for (const name of classes) {
        const contentId = `${prefix}:${name}:download`;
        const path = `${STREAMS_FOLDER}/${prefix}.${name}.download.json`;
        const own = (0,_state_catalog_js__WEBPACK_IMPORTED_MODULE_0__/* .sortedVersions */ .xe)(catalog).filter((record) => record.class === name);
        const updated = rfc2822(lastChange(catalog, own));
        const products = productsOf(own, `${prefix}:${name}`);
        files.set(path, (0,_golden_image_evidence__WEBPACK_IMPORTED_MODULE_1__/* .stableJson */ ._)({ content_id: contentId, datatype: DATATYPE, format: 'products:1.0', products, updated }));
        index[contentId] = {
            datatype: DATATYPE,
            format: 'products:1.0',
            path,
            products: Object.keys(products).sort(),
            updated,
        };
    }
    const updated = rfc2822(catalog.entries.at(-1)?.time ?? new Date(0).toISOString());
    files.set(`${STREAMS_FOLDER}/index.json`, (0,_golden_image_evidence__WEBPACK_IMPORTED_MODULE_1__/* .stableJson */ ._)({ format: 'index:1.0', index, updated }));
    return files;
}
/** The text that is signed for a file of the streams: an index names signed files. */
function signedText(text) {
    const value = JSON.parse(text);
    for (const entry of Object.values(value.index ?? {})) {
        entry.path = entry.path.replace(/\.json$/, '.sjson');
    }
    return (0,_golden_image_evidence__WEBPACK_IMPORTED_MODULE_1__/* .stableJson */ ._)(value);
}
function lastChange(catalog, records) {
    const names = new Set(records.map(({ image, version }) => `${image}/${version}`));
    return catalog.entries.findLast((entry) => names.has(`${entry.image}/${entry.version}`))?.time ?? '';
}
function productsOf(records, prefix) {
    const listed = records.filter((record) => (0,_state_states_js__WEBPACK_IMPORTED_MODULE_2__/* .isListed */ .yy)(record.state));
    const groups = Map.groupBy(listed, (record) => `${prefix}:${record.image}:${record.architecture}`);
    return Object.fromEntries([...groups]
        .sort(([a], [b]) => (0,_state_catalog_js__WEBPACK_IMPORTED_MODULE_0__/* .compare */ .UD)(a, b))
        .map(([id, versions]) => {
        const [{ image, family, distribution, release, architecture } = {}] = versions;
        return [
            id,
            {
                arch: architecture,
                family,
                image,
                os: distribution,
                release,
                release_title: release,
                supported: true,
                version: release,
                versions: Object.fromEntries(versions.map((record) => [streamsVersion(record), versionOf(record)])),
            },
        ];
    }));
}
function versionOf(record) {
    const { disk, schedule, successor } = record;
    const folder = imageFolder(record);
    const files = [
        { name: disk.file, ftype: disk.format, size: disk.size, sha256: disk.sha256 },
        ...record.attachments.map((file) => ({ ...file, ftype: file.name.replaceAll('/', '.') })),
    ];
    return {
        items: Object.fromEntries(files.map(({ name, ftype, size, sha256 }) => [
            name.replaceAll('/', '.'),
            { ftype, path: `${folder}/${name}`, sha256, size },
        ])),
        label: record.state === 'deprecated' ? 'deprecated' : 'release',
        pubname: `${record.image}-${record.version}-${record.architecture}`,
        version_name: record.version,
        state: record.state,
        ...(schedule.deprecateAt ? { deprecate_at: schedule.deprecateAt } : {}),
        ...(schedule.obsoleteAt ? { obsolete_at: schedule.obsoleteAt } : {}),
        ...(successor ? { successor: `${successor.image}/${successor.version}` } : {}),
    };
}


/***/ }),

/***/ 8301:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   $k: () => (/* binding */ readPrivateKey),
/* harmony export */   RR: () => (/* binding */ readPublicKey),
/* harmony export */   a: () => (/* binding */ describePublicKey)
/* harmony export */ });
/* harmony import */ var node_crypto__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(7598);
/* harmony import */ var _golden_image_host__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(2151);


const FORMS = 'EC P-256 or P-384, RSA of 2048 bits or more, or Ed25519';
/** Below this, RSA keys are not accepted; NIST SP 800-131A revision 2. */
const MIN_RSA_BITS = 2048;
/**
 * Reads a PEM private key (PKCS #8, SEC 1 or PKCS #1, encrypted or not).
 *
 * @throws UserError `invalid-key`, `passphrase-missing`, `wrong-passphrase`, `unsupported-key`; never shows the key
 */
function readPrivateKey(pem, passphrase) {
    if (/-----BEGIN ENCRYPTED (SIGSTORE|COSIGN) PRIVATE KEY-----/.test(pem)) {
        throw new _golden_image_host__WEBPACK_IMPORTED_MODULE_1__/* .UserError */ .yo("The key is in cosign's own encrypted form", {
            code: 'unsupported-key',
            fix: 'Make a PEM key with openssl (`openssl genpkey -algorithm EC -pkeyopt ec_paramgen_curve:P-256 -aes256`), or sign with the kms input and cosign.',
        });
    }
    const encrypted = /ENCRYPTED/.test(pem);
    if (encrypted && !passphrase) {
        throw new _golden_image_host__WEBPACK_IMPORTED_MODULE_1__/* .UserError */ .yo('The key is encrypted and no passphrase is given', {
            code: 'passphrase-missing',
            fix: 'Pass the passphrase from a secret.',
        });
    }
    let key;
    try {
        key = (0,node_crypto__WEBPACK_IMPORTED_MODULE_0__.createPrivateKey)({ key: pem, format: 'pem', ...(encrypted ? { passphrase } : {}) });
    }
    catch {
        // The cause is left out: OpenSSL's messages tell nothing more, and the key must not reach a log.
        if (encrypted) {
            throw new _golden_image_host__WEBPACK_IMPORTED_MODULE_1__/* .UserError */ .yo('The key cannot be decrypted with this passphrase', {
                code: 'wrong-passphrase',
                fix: 'Check that key and passphrase belong together.',
            });
        }
        throw invalidKey('private', pem);
    }
    return { key, publicKey: describePublicKey((0,node_crypto__WEBPACK_IMPORTED_MODULE_0__.createPublicKey)(key)) };
}
/**
 * Reads a PEM public key.
 *
 * @throws UserError `invalid-key`, `unsupported-key`
 */
function readPublicKey(pem) {
    if (!/-----BEGIN (RSA )?PUBLIC KEY-----/.test(pem)) {
        throw invalidKey('public', pem);
    }
    let key;
    try {
        key = (0,node_crypto__WEBPACK_IMPORTED_MODULE_0__.createPublicKey)(pem);
    }
    catch {
        throw invalidKey('public', pem);
    }
    return describePublicKey(key);
}
function invalidKey(what, pem) {
    const label = /-----BEGIN ([A-Z0-9 ]{1,40})-----/.exec(pem)?.[1];
    const found = label ? `a block named "${label}" that cannot be read` : 'no PEM block';
    return new _golden_image_host__WEBPACK_IMPORTED_MODULE_1__/* .UserError */ .yo(`This is not a PEM ${what} key: it holds ${found}`, {
        code: 'invalid-key',
        fix: `Pass a ${what} key in PEM: ${FORMS}.`,
    });
}
/**
 * The public key with its names.
 *
 * @throws UserError `unsupported-key`
 */
function describePublicKey(key) {
    const der = key.export({ type: 'spki', format: 'der' });
    const digest = (0,node_crypto__WEBPACK_IMPORTED_MODULE_0__.createHash)('sha256').update(der).digest();
    return {
        kind: kindOf(key),
        key,
        pem: key.export({ type: 'spki', format: 'pem' }).toString(),
        hint: digest.toString('base64'),
        fingerprint: digest.toString('hex'),
    };
}
function kindOf(key) {
    const { namedCurve, modulusLength } = key.asymmetricKeyDetails ?? {};
    if (key.asymmetricKeyType === 'ec' && namedCurve === 'prime256v1') {
        return 'ec-p256';
    }
    if (key.asymmetricKeyType === 'ec' && namedCurve === 'secp384r1') {
        return 'ec-p384';
    }
    if (key.asymmetricKeyType === 'rsa' && (modulusLength ?? 0) >= MIN_RSA_BITS) {
        return 'rsa';
    }
    if (key.asymmetricKeyType === 'ed25519') {
        return 'ed25519';
    }
    const size = modulusLength ? ` of ${modulusLength} bits` : '';
    throw new _golden_image_host__WEBPACK_IMPORTED_MODULE_1__/* .UserError */ .yo(`Keys of type ${key.asymmetricKeyType}${namedCurve ? ` ${namedCurve}` : ''}${size} cannot be used here`, { code: 'unsupported-key', fix: `Use ${FORMS}.` });
}


/***/ }),

/***/ 2430:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   Ak: () => (/* binding */ canonicalClear),
/* harmony export */   L5: () => (/* binding */ signClear),
/* harmony export */   Tc: () => (/* binding */ verifyDetached),
/* harmony export */   ng: () => (/* binding */ readOpenPgpKey),
/* harmony export */   tV: () => (/* binding */ canonicalPublicKey),
/* harmony export */   zR: () => (/* binding */ verifyClear)
/* harmony export */ });
/* unused harmony export signDetached */
/* harmony import */ var _golden_image_host__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(2151);

/**
 * Signature algorithms that GnuPG 2.2 reads; its successors too.
 * RFC 9580's own Ed25519 (27), which openpgp.js calls curve25519, is unknown to GnuPG.
 */
const READABLE = new Set(['rsaEncryptSign', 'rsaSign', 'ecdsa', 'eddsaLegacy', 'dsa']);
/**
 * Reads an armored OpenPGP secret key and unlocks it.
 *
 * @throws UserError `invalid-key`, `passphrase-missing`, `wrong-passphrase`, `unsupported-key`
 */
async function readOpenPgpKey(armored, passphrase) {
    const { readPrivateKey } = await __webpack_require__.e(/* import() */ 74).then(__webpack_require__.bind(__webpack_require__, 3074));
    let key;
    try {
        key = await readPrivateKey({ armoredKey: armored });
    }
    catch {
        throw new _golden_image_host__WEBPACK_IMPORTED_MODULE_0__/* .UserError */ .yo('This is not an armored OpenPGP secret key', {
            code: 'invalid-key',
            fix: 'Export it with `gpg --armor --export-secret-keys <fingerprint>`.',
        });
    }
    const signing = await signingKey(key);
    const { algorithm } = signing.getAlgorithmInfo();
    if (!READABLE.has(algorithm) || signing.keyPacket.version !== 4) {
        throw new _golden_image_host__WEBPACK_IMPORTED_MODULE_0__/* .UserError */ .yo(`GnuPG cannot verify signatures of this OpenPGP key (${algorithm}, version ${signing.keyPacket.version})`, {
            code: 'unsupported-key',
            fix: 'Use an RSA or a (legacy) Ed25519 key of version 4, as `gpg --quick-generate-key <name> ed25519 sign` makes it.',
        });
    }
    return {
        key: await unlock(key, passphrase),
        fingerprint: key.getFingerprint().toUpperCase(),
        publicKey: key.toPublic().armor(),
    };
}
async function signingKey(key) {
    try {
        return (await key.getSigningKey());
    }
    catch (cause) {
        throw new _golden_image_host__WEBPACK_IMPORTED_MODULE_0__/* .UserError */ .yo('The OpenPGP key cannot sign: it is expired, revoked or has no signing key', {
            code: 'unsupported-key',
            fix: 'Extend or replace the key; `gpg --list-secret-keys` shows what it may do.',
            cause,
        });
    }
}
async function unlock(key, passphrase) {
    if (key.isDecrypted()) {
        return key;
    }
    if (!passphrase) {
        throw new _golden_image_host__WEBPACK_IMPORTED_MODULE_0__/* .UserError */ .yo('The OpenPGP key is encrypted and no passphrase is given', {
            code: 'passphrase-missing',
            fix: 'Pass openpgp-passphrase from a secret.',
        });
    }
    const { decryptKey } = await __webpack_require__.e(/* import() */ 74).then(__webpack_require__.bind(__webpack_require__, 3074));
    try {
        return await decryptKey({ privateKey: key, passphrase });
    }
    catch {
        throw new _golden_image_host__WEBPACK_IMPORTED_MODULE_0__/* .UserError */ .yo('The OpenPGP key cannot be decrypted with this passphrase', {
            code: 'wrong-passphrase',
            fix: 'Check that openpgp-key and openpgp-passphrase belong together.',
        });
    }
}
/** A detached, armored signature over a small file's bytes. */
async function signDetached(key, data, date) {
    const { createMessage, sign } = await __webpack_require__.e(/* import() */ 74).then(__webpack_require__.bind(__webpack_require__, 3074));
    const message = await createMessage({ binary: data });
    return sign({ message, signingKeys: key.key, detached: true, format: 'armored', date });
}
/** The text with its signature around it (RFC 9580 section 7); text with line feeds only. */
async function signClear(key, text, date) {
    const { createCleartextMessage, sign } = await __webpack_require__.e(/* import() */ 74).then(__webpack_require__.bind(__webpack_require__, 3074));
    const message = await createCleartextMessage({ text });
    return sign({ message, signingKeys: key.key, format: 'armored', date });
}
/**
 * Checks a detached signature.
 *
 * @returns the fingerprint of the key that made it, upper-case hex
 * @throws UserError `signature-mismatch`, `invalid-key`
 */
async function verifyDetached(publicKey, data, signature, date) {
    const { createMessage, readSignature, verify } = await __webpack_require__.e(/* import() */ 74).then(__webpack_require__.bind(__webpack_require__, 3074));
    const verificationKeys = await readPublicKeys(publicKey);
    return checked(verificationKeys, async () => verify({
        message: await createMessage({ binary: data }),
        signature: await readSignature({ armoredSignature: signature }),
        verificationKeys,
        date,
    }));
}
/**
 * Checks a clearsigned text and that it carries exactly `expected`.
 *
 * @throws UserError `signature-mismatch`, `invalid-key`
 */
async function verifyClear(publicKey, clearsigned, expected, date) {
    const { readCleartextMessage, verify } = await __webpack_require__.e(/* import() */ 74).then(__webpack_require__.bind(__webpack_require__, 3074));
    const verificationKeys = await readPublicKeys(publicKey);
    return checked(verificationKeys, async () => {
        const message = await readCleartextMessage({ cleartextMessage: clearsigned });
        if (message.getText().trimEnd() !== expected.trimEnd()) {
            throw new Error('the clearsigned text differs from the list');
        }
        return verify({ message, verificationKeys, date });
    });
}
/**
 * A clearsigned text in the one form that this project writes; other forms of it hold as well, with text around it or
 * with letters in its signature that say nothing.
 *
 * @throws Error when it is none
 */
async function canonicalClear(clearsigned) {
    const { readCleartextMessage } = await __webpack_require__.e(/* import() */ 74).then(__webpack_require__.bind(__webpack_require__, 3074));
    return (await readCleartextMessage({ cleartextMessage: clearsigned })).armor();
}
/**
 * A public key in the one armored form that this project writes, whoever armored it.
 *
 * @throws UserError `invalid-key`
 */
async function canonicalPublicKey(armored) {
    const [key] = await readPublicKeys(armored);
    return key?.toPublic().armor() ?? '';
}
async function readPublicKeys(armored) {
    const { readKeys } = await __webpack_require__.e(/* import() */ 74).then(__webpack_require__.bind(__webpack_require__, 3074));
    try {
        return await readKeys({ armoredKeys: armored });
    }
    catch (cause) {
        throw new _golden_image_host__WEBPACK_IMPORTED_MODULE_0__/* .UserError */ .yo('This is not an armored OpenPGP public key', {
            code: 'invalid-key',
            fix: 'Export it with `gpg --armor --export <fingerprint>`.',
            cause,
        });
    }
}
async function checked(keys, verify) {
    try {
        const { signatures } = await verify();
        for (const entry of signatures) {
            await entry.verified;
            const signer = keys.find((key) => key.getKeys(entry.keyID).length > 0);
            if (signer) {
                return signer.getFingerprint().toUpperCase();
            }
        }
        throw new Error('there is no signature in it');
    }
    catch (cause) {
        const known = keys.map((key) => key.getFingerprint().toUpperCase()).join(', ');
        throw new _golden_image_host__WEBPACK_IMPORTED_MODULE_0__/* .UserError */ .yo(`The OpenPGP signature is not by ${known}`, {
            code: 'signature-mismatch',
            fix: 'The list or the signature was changed, or another key made it: do not use the image.',
            cause,
        });
    }
}


/***/ }),

/***/ 1684:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   ZR: () => (/* binding */ predicateTypes),
/* harmony export */   t: () => (/* binding */ statementSchema)
/* harmony export */ });
/* unused harmony exports STATEMENT_TYPE, EXPORT_BUILD_TYPE, digestSet, resourceDescriptor, createStatement, testResultPredicate */
/* harmony import */ var zod__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(2857);

/**
 * In-toto Statement v1 and the predicates that the actions write.
 * Source: in-toto attestation framework, spec/v1/statement.md and spec/predicates/.
 */
const STATEMENT_TYPE = 'https://in-toto.io/Statement/v1';
const predicateTypes = {
    /** A verified installation medium: source, mirrors, signer, trust level. Ours; documented in docs/evidence.md. */
    medium: 'https://github.com/golden-image-actions/attestation/medium/v1',
    provenance: 'https://slsa.dev/provenance/v1',
    testResult: 'https://in-toto.io/attestation/test-result/v0.1',
    spdx: 'https://spdx.dev/Document/v2.3',
    cyclonedx: 'https://cyclonedx.org/bom',
    release: 'https://in-toto.io/attestation/release/v0.1',
    verificationSummary: 'https://slsa.dev/verification_summary/v1',
};
/** The SLSA build type of an image written in other formats: it starts from the disk and does not follow it in the chain. */
const EXPORT_BUILD_TYPE = 'https://github.com/golden-image-actions/export-image/v1';
const hex = (length) => zod__WEBPACK_IMPORTED_MODULE_0__/* .string */ .YjP().regex(new RegExp(`^[0-9a-f]{${length}}$`));
/** Algorithm to lower-case hex digest; SHA-256 is always there. */
const digestSet = zod__WEBPACK_IMPORTED_MODULE_0__/* .looseObject */ ._H3({ sha256: hex(64), sha512: hex(128).optional() });
/** In-toto ResourceDescriptor, with the fields used here. */
const resourceDescriptor = zod__WEBPACK_IMPORTED_MODULE_0__/* .looseObject */ ._H3({
    name: zod__WEBPACK_IMPORTED_MODULE_0__/* .string */ .YjP().optional(),
    uri: zod__WEBPACK_IMPORTED_MODULE_0__/* .string */ .YjP().optional(),
    digest: digestSet.partial().optional(),
    mediaType: zod__WEBPACK_IMPORTED_MODULE_0__/* .string */ .YjP().optional(),
    annotations: zod__WEBPACK_IMPORTED_MODULE_0__/* .record */ .g1P(zod__WEBPACK_IMPORTED_MODULE_0__/* .string */ .YjP(), zod__WEBPACK_IMPORTED_MODULE_0__/* .unknown */ .L5J()).optional(),
});
const statementSchema = zod__WEBPACK_IMPORTED_MODULE_0__/* .looseObject */ ._H3({
    _type: zod__WEBPACK_IMPORTED_MODULE_0__/* .literal */ .euz(STATEMENT_TYPE),
    subject: zod__WEBPACK_IMPORTED_MODULE_0__/* .array */ .YOg(zod__WEBPACK_IMPORTED_MODULE_0__/* .looseObject */ ._H3({ name: zod__WEBPACK_IMPORTED_MODULE_0__/* .string */ .YjP(), digest: digestSet })).min(1),
    predicateType: zod__WEBPACK_IMPORTED_MODULE_0__/* .string */ .YjP(),
    predicate: zod__WEBPACK_IMPORTED_MODULE_0__/* .record */ .g1P(zod__WEBPACK_IMPORTED_MODULE_0__/* .string */ .YjP(), zod__WEBPACK_IMPORTED_MODULE_0__/* .unknown */ .L5J()),
});
/** A statement about one subject. */
function createStatement(options) {
    return {
        _type: STATEMENT_TYPE,
        subject: [{ name: options.subject.name, digest: { ...options.subject.digest } }],
        predicateType: options.predicateType,
        predicate: { ...options.predicate },
    };
}
/** Test-result v0.1; the input is the configuration entry named `input`. */
function testResultPredicate(result) {
    return {
        result: result.result,
        configuration: [{ ...result.input, name: 'input' }, ...result.configuration],
        passedTests: [...result.passedTests].sort(),
        warnedTests: [...result.warnedTests].sort(),
        failedTests: [...result.failedTests].sort(),
        suite: result.suite,
        finishedOn: result.finishedOn.toISOString(),
        ...result.details,
    };
}


/***/ }),

/***/ 8987:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   V: () => (/* binding */ imageDescriptor)
/* harmony export */ });
/* harmony import */ var zod__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(2857);

/** A name that is safe as a file name, in a URL and in a catalog. */
const identifier = zod__WEBPACK_IMPORTED_MODULE_0__/* .string */ .YjP().regex(/^[a-z0-9][a-z0-9.+_-]{0,62}$/i);
/** `image.json`: what an image is. */
const imageDescriptor = zod__WEBPACK_IMPORTED_MODULE_0__/* .strictObject */ .rej({
    schemaVersion: zod__WEBPACK_IMPORTED_MODULE_0__/* .literal */ .euz(1),
    name: identifier,
    version: identifier,
    class: zod__WEBPACK_IMPORTED_MODULE_0__/* ["enum"] */ .k5n(['stock', 'custom', 'catalog']),
    /** os-release ID: `debian`, `ubuntu`, `rhel`, `sles`… */
    distribution: identifier,
    /** os-release VERSION_ID: `13`, `24.04`, `9.6`. */
    release: identifier,
    architecture: zod__WEBPACK_IMPORTED_MODULE_0__/* ["enum"] */ .k5n(['amd64', 'arm64']),
    firmware: zod__WEBPACK_IMPORTED_MODULE_0__/* .array */ .YOg(zod__WEBPACK_IMPORTED_MODULE_0__/* ["enum"] */ .k5n(['bios', 'uefi'])).min(1),
    disk: zod__WEBPACK_IMPORTED_MODULE_0__/* .strictObject */ .rej({
        /** File name inside the folder. */
        file: zod__WEBPACK_IMPORTED_MODULE_0__/* .string */ .YjP().regex(/^[A-Za-z0-9][A-Za-z0-9._+-]{0,127}$/),
        format: zod__WEBPACK_IMPORTED_MODULE_0__/* ["enum"] */ .k5n(['qcow2', 'raw']),
        /** Size of the file in bytes. */
        size: zod__WEBPACK_IMPORTED_MODULE_0__/* .int */ .Whr().nonnegative(),
        /** Size of the disk as the guest sees it, in bytes. */
        virtualSize: zod__WEBPACK_IMPORTED_MODULE_0__/* .int */ .Whr().positive(),
        sha256: zod__WEBPACK_IMPORTED_MODULE_0__/* .string */ .YjP().regex(/^[0-9a-f]{64}$/),
    }),
});


/***/ })

};
