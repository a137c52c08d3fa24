export const id = 223;
export const ids = [223];
export const modules = {

/***/ 1223:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

// ESM COMPAT FLAG
__webpack_require__.r(__webpack_exports__);

// EXPORTS
__webpack_require__.d(__webpack_exports__, {
  checkCommand: () => (/* binding */ checkCommand)
});

// EXTERNAL MODULE: ./build/packages/catalog/src/publish/update.js
var update = __webpack_require__(7624);
// EXTERNAL MODULE: external "node:fs/promises"
var promises_ = __webpack_require__(1455);
// EXTERNAL MODULE: ./build/packages/evidence/src/statement.js
var statement = __webpack_require__(1684);
// EXTERNAL MODULE: ./build/packages/host/src/errors.js
var errors = __webpack_require__(2151);
;// CONCATENATED MODULE: ./build/packages/media/src/lifecycle.js


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
const BUNDLED = {
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
async function endOfLife(distribution, version, folder = DISTRO_INFO, support = 'standard') {
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
async function fromDistroInfo(distribution, version, folder, support) {
    if (distribution !== 'debian' && distribution !== 'ubuntu') {
        return undefined;
    }
    const text = await (0,promises_.readFile)(`${folder}/${distribution}.csv`, 'utf8').catch(() => '');
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
async function currencyWarning(distribution, version, now, folder) {
    if (!distribution || !version) {
        return undefined;
    }
    const end = await endOfLife(distribution, version, folder);
    return end && end.date < day(now)
        ? `${distribution} ${version} is past its end of life: regular maintenance ended on ${end.date} (${end.source}).`
        : undefined;
}

// EXTERNAL MODULE: ./build/packages/catalog/src/state/catalog.js
var state_catalog = __webpack_require__(1692);
// EXTERNAL MODULE: ./build/packages/catalog/src/state/effective.js
var effective = __webpack_require__(8742);
// EXTERNAL MODULE: ./build/packages/catalog/src/streams/streams.js
var streams = __webpack_require__(5366);
// EXTERNAL MODULE: external "node:fs"
var external_node_fs_ = __webpack_require__(3024);
// EXTERNAL MODULE: external "node:path"
var external_node_path_ = __webpack_require__(6760);
// EXTERNAL MODULE: external "node:readline"
var external_node_readline_ = __webpack_require__(481);
// EXTERNAL MODULE: ./build/packages/host/src/staging.js + 1 modules
var staging = __webpack_require__(9548);
;// CONCATENATED MODULE: ./build/packages/catalog/src/freshness/deb-version.js
/**
 * Compares two Debian versions as dpkg does: below zero when `a` is earlier. Source: deb-version(7).
 */
function compareDebVersions(a, b) {
    const left = split(a);
    const right = split(b);
    return (left.epoch - right.epoch ||
        comparePart(left.upstream, right.upstream) ||
        comparePart(left.revision, right.revision));
}
function split(version) {
    const colon = version.indexOf(':');
    const rest = version.slice(colon + 1);
    const dash = rest.lastIndexOf('-');
    return {
        epoch: colon > 0 ? Number(version.slice(0, colon)) : 0,
        upstream: dash < 0 ? rest : rest.slice(0, dash),
        revision: dash < 0 ? '' : rest.slice(dash + 1),
    };
}
/** Runs of other characters and of digits in turn. */
function comparePart(a, b) {
    let restA = a;
    let restB = b;
    while (restA !== '' || restB !== '') {
        const [textA = '', textB = ''] = [/^\D*/.exec(restA)?.[0], /^\D*/.exec(restB)?.[0]];
        const byText = compareText(textA, textB);
        if (byText !== 0) {
            return byText;
        }
        restA = restA.slice(textA.length);
        restB = restB.slice(textB.length);
        const [numberA = '', numberB = ''] = [/^\d*/.exec(restA)?.[0], /^\d*/.exec(restB)?.[0]];
        const byNumber = compareNumbers(numberA, numberB);
        if (byNumber !== 0) {
            return byNumber;
        }
        restA = restA.slice(numberA.length);
        restB = restB.slice(numberB.length);
    }
    return 0;
}
/** `~` before the end, the end before letters, letters before all else. */
function compareText(a, b) {
    for (let at = 0; at < Math.max(a.length, b.length); at += 1) {
        const difference = rank(a[at]) - rank(b[at]);
        if (difference !== 0) {
            return difference;
        }
    }
    return 0;
}
function rank(character) {
    if (character === undefined) {
        return 0;
    }
    if (character === '~') {
        return -1;
    }
    const code = character.charCodeAt(0);
    return /[A-Za-z]/.test(character) ? code : code + 256;
}
/** Digits of any length. */
function compareNumbers(a, b) {
    const left = a.replace(/^0+/, '');
    const right = b.replace(/^0+/, '');
    return left.length - right.length || (left < right ? -1 : left > right ? 1 : 0);
}

// EXTERNAL MODULE: ./build/packages/catalog/src/freshness/installed.js
var freshness_installed = __webpack_require__(2235);
;// CONCATENATED MODULE: ./build/packages/catalog/src/freshness/apt-index.js







const APT_TOOLS = [
    { command: 'apt-get', package: 'apt' },
    { command: 'dpkg-deb', package: 'dpkg' },
];
/**
 * Reads the package indices of the sources with apt, which authenticates them, in a state of its own: the machine's
 * sources and lists stay as they are.
 *
 * @throws UserError `indices-unavailable`
 */
function withAptIndex(sources, architecture, ports, body) {
    return (0,staging/* withTemporaryFolder */.EX)('apt-index', async (folder) => {
        const options = await privateApt(folder, sources, architecture);
        const apt = (args, cwd = folder) => ports.exec({
            command: 'apt-get',
            args: [...options, ...args],
            cwd,
            timeoutMs: 300_000,
            signal: ports.signal,
        });
        await apt(['update', '--error-on=any', '-q']).catch((cause) => {
            throw new errors/* UserError */.yo(`The package indices of ${sources.map(({ suite }) => suite).join(', ')} cannot be read`, {
                code: 'indices-unavailable',
                fix: 'Check the sources, the network, and that the keys which sign them are on this machine (signed-by).',
                cause,
            });
        });
        const candidates = await readLists(external_node_path_.join(folder, 'state/lists'));
        return body({
            candidates,
            fixedSince: async (name, installed) => {
                const target = external_node_path_.join(folder, 'packages', name);
                await (0,promises_.mkdir)(target, { recursive: true });
                await apt(['download', '-q', name], target);
                const archive = (await (0,promises_.readdir)(target)).find((file) => file.endsWith('.deb'));
                return archive ? vulnerabilitiesIn(external_node_path_.join(target, archive), name, installed, ports) : [];
            },
        });
    });
}
async function privateApt(folder, sources, architecture) {
    const lines = sources.map(({ uri, suite, components, signedBy }) => {
        const signed = signedBy ? `[signed-by=${signedBy}] ` : '';
        return `deb ${signed}${uri} ${suite} ${components.join(' ')}\n`;
    });
    await (0,promises_.mkdir)(external_node_path_.join(folder, 'state/lists/partial'), { recursive: true });
    await (0,promises_.mkdir)(external_node_path_.join(folder, 'cache/archives/partial'), { recursive: true });
    await (0,promises_.writeFile)(external_node_path_.join(folder, 'status'), '');
    await (0,promises_.writeFile)(external_node_path_.join(folder, 'sources.list'), lines.join(''));
    const settings = {
        'Dir::State': external_node_path_.join(folder, 'state'),
        'Dir::State::status': external_node_path_.join(folder, 'status'),
        'Dir::Cache': external_node_path_.join(folder, 'cache'),
        'Dir::Etc::sourcelist': external_node_path_.join(folder, 'sources.list'),
        'Dir::Etc::sourceparts': '-',
        'Dir::Etc::preferences': '-',
        'Dir::Etc::preferencesparts': '-',
        'APT::Architecture': architecture,
        'APT::Architectures': architecture,
        'APT::Sandbox::User': '',
        'APT::Get::AllowUnauthenticated': 'false',
        'Acquire::AllowInsecureRepositories': 'false',
        'Acquire::Languages': 'none',
        'Acquire::GzipIndexes': 'false',
        'Acquire::Retries': '3',
    };
    return Object.entries(settings).flatMap(([name, value]) => ['-o', `${name}=${value}`]);
}
/** The newest version of each package in the lists that apt fetched. */
async function readLists(folder) {
    const names = await (0,promises_.readdir)(folder);
    const found = new Map();
    for (const name of names.filter((entry) => entry.endsWith('_Packages')).sort()) {
        const release = await releaseOf(folder, names, name);
        let key = '';
        // Line by line: a suite has tens of thousands of packages, of which two fields count.
        for await (const line of (0,external_node_readline_.createInterface)({ input: (0,external_node_fs_.createReadStream)(external_node_path_.join(folder, name)) })) {
            key = line.startsWith('Package: ') ? line.slice(9).trim() : key;
            const version = line.startsWith('Version: ') ? line.slice(9).trim() : undefined;
            const old = found.get(key);
            if (key !== '' && version && (!old || compareDebVersions(version, old.version) > 0)) {
                found.set(key, { version, ...release });
            }
        }
    }
    return found;
}
/** The suite that a list belongs to, from its release file. */
async function releaseOf(folder, names, list) {
    const release = names.find((name) => /_(In)?Release$/.test(name) && list.startsWith(name.replace(/(In)?Release$/, '')));
    const [fields] = release
        ? (0,freshness_installed/* stanzas */.j5)((await (0,promises_.readFile)(external_node_path_.join(folder, release), 'utf8')).replace(/^-----BEGIN[^\n]*\nHash:[^\n]*\n\n/, ''))
        : [];
    const suite = fields?.get('suite') ?? '';
    const codename = fields?.get('codename') ?? '';
    const label = fields?.get('label') ?? '';
    return {
        suite: codename || suite || 'unknown',
        security: /-security$/.test(suite) || /-security$/.test(codename) || /security/i.test(label),
    };
}
/** The change log of a package, from its newest entry down to the installed version, names what was fixed. */
async function vulnerabilitiesIn(archive, name, installed, ports) {
    const folder = `${archive}.content`;
    await ports.exec({ command: 'dpkg-deb', args: ['--extract', archive, folder], timeoutMs: 120_000 });
    const docs = external_node_path_.join(folder, 'usr/share/doc', name);
    const file = (await (0,promises_.readdir)(docs).catch(() => [])).find((entry) => /^changelog(\.Debian)?(\.gz)?$/.test(entry) && entry.includes('Debian')) ?? (await (0,promises_.readdir)(docs).catch(() => [])).find((entry) => /^changelog\.gz$/.test(entry));
    if (!file) {
        return [];
    }
    const { stdout } = await ports.exec({
        command: 'gzip',
        args: ['--decompress', '--stdout', '--force', external_node_path_.join(docs, file)],
        keepBytes: 64 * 1024 * 1024,
        timeoutMs: 60_000,
    });
    return fixedVulnerabilities(stdout, installed);
}
/** CVE numbers in the entries of a change log that are later than a version. Source: deb-changelog(5). */
function fixedVulnerabilities(changelog, installed) {
    const found = new Set();
    for (const line of changelog.split('\n')) {
        const head = /^\S+ \(([^()\s]+)\) /.exec(line);
        if (head && compareDebVersions(head[1] ?? '', installed) <= 0) {
            break;
        }
        for (const [id] of line.matchAll(/\bCVE-\d{4}-\d{4,7}\b/g)) {
            found.add(id);
        }
    }
    return [...found].sort();
}

// EXTERNAL MODULE: ./build/packages/catalog/src/state/plan.js
var state_plan = __webpack_require__(688);
;// CONCATENATED MODULE: ./build/packages/catalog/src/freshness/rpm-version.js
/**
 * Compares two RPM versions `[epoch:]version[-release]` as rpm does: below zero when `a` is earlier. A release that is
 * not named in one of them does not count. Source: rpm-version(7), rpmio/rpmvercmp.cc.
 */
function compareRpmVersions(a, b) {
    const left = rpm_version_split(a);
    const right = rpm_version_split(b);
    return (left.epoch - right.epoch ||
        rpm_version_comparePart(left.version, right.version) ||
        (left.release === '' || right.release === '' ? 0 : rpm_version_comparePart(left.release, right.release)));
}
function rpm_version_split(text) {
    const [, epoch = '0', version = '', release = ''] = /^(?:(\d+):)?([^-]*)(?:-(.*))?$/s.exec(text) ?? [];
    return { epoch: Number(epoch), version, release };
}
/** Runs of digits and of letters in turn; everything else only separates, but for `~` and `^`. */
function rpm_version_comparePart(a, b) {
    let [restA, restB] = [a, b];
    for (;;) {
        restA = restA.replace(/^[^A-Za-z0-9~^]+/, '');
        restB = restB.replace(/^[^A-Za-z0-9~^]+/, '');
        const [markA, markB] = [mark(restA), mark(restB)];
        if (markA !== 'other' || markB !== 'other') {
            // A tilde is before the end, a caret after it and before anything else.
            const order = ['tilde', 'end', 'caret', 'other'];
            if (markA !== markB) {
                return order.indexOf(markA) - order.indexOf(markB);
            }
            if (markA === 'end') {
                return 0;
            }
            [restA, restB] = [restA.slice(1), restB.slice(1)];
            continue;
        }
        const digits = /^\d/.test(restA);
        const form = digits ? /^\d+/ : /^[A-Za-z]+/;
        const [partA] = form.exec(restA) ?? [''];
        const [partB] = form.exec(restB) ?? [''];
        if (partB === '') {
            // Digits are later than letters.
            return digits ? 1 : -1;
        }
        const difference = digits ? rpm_version_compareNumbers(partA, partB) : rpm_version_compareText(partA, partB);
        if (difference !== 0) {
            return difference;
        }
        [restA, restB] = [restA.slice(partA.length), restB.slice(partB.length)];
    }
}
function mark(rest) {
    return rest === '' ? 'end' : rest[0] === '~' ? 'tilde' : rest[0] === '^' ? 'caret' : 'other';
}
/** Digits of any length. */
function rpm_version_compareNumbers(a, b) {
    const [left, right] = [a.replace(/^0+/, ''), b.replace(/^0+/, '')];
    return left.length - right.length || rpm_version_compareText(left, right);
}
function rpm_version_compareText(a, b) {
    return a < b ? -1 : a > b ? 1 : 0;
}

;// CONCATENATED MODULE: ./build/packages/catalog/src/freshness/assess.js



/** An entry of the log holds this many updates; more are counted. */
const MAX_UPDATES = 120;
const DAY = 86_400_000;
/**
 * Whether an image must be built again, and why. Only what changes the content counts: updates, age, a changed medium.
 * A release at its end of life is told, and not rebuilt: a new build would be as old. What could not be found out is
 * `unknown`, which is never taken for "no".
 */
function assessFreshness(facts) {
    const updates = availableUpdates(facts);
    const security = updates.filter((update) => update.security);
    const other = updates.length - security.length;
    const vulnerabilities = new Set(security.flatMap((update) => update.vulnerabilities));
    const needed = [
        security.length > 0
            ? `${count(security.length, 'package')} with security updates${vulnerabilities.size > 0 ? `, which fix ${count(vulnerabilities.size, 'vulnerability', 'vulnerabilities')}` : ''}`
            : '',
        other > 0 ? `${count(other, 'package')} with other updates` : '',
        tooOld(facts),
        mediumChanged(facts),
    ].filter((reason) => reason !== '');
    const unknown = unknowns(facts);
    return {
        checkedAt: (0,state_plan/* wholeSeconds */.$P)(facts.now),
        rebuildNeeded: needed.length > 0 ? 'yes' : unknown.length > 0 ? 'unknown' : 'no',
        reasons: [...needed, ...endOfLifeReason(facts), ...unknown],
        securityUpdates: security.length,
        otherUpdates: other,
        updates: [...security, ...updates.filter((update) => !update.security)].slice(0, MAX_UPDATES),
    };
}
function availableUpdates({ installed, candidates, vulnerabilities, }) {
    if (!installed || 'unknown' in candidates) {
        return [];
    }
    return installed.flatMap(({ name, version, kind }) => {
        const compare = kind === 'rpm' ? compareRpmVersions : compareDebVersions;
        const candidate = candidates.get(name);
        return candidate && compare(candidate.version, version) > 0
            ? [
                {
                    package: name,
                    installed: version,
                    fixed: candidate.version,
                    suite: candidate.suite,
                    security: candidate.security,
                    vulnerabilities: [...(vulnerabilities.get(name) ?? [])].slice(0, 100),
                },
            ]
            : [];
    });
}
function tooOld({ record, now, maxAge }) {
    const since = record.publishedAt ?? record.stateSince;
    const age = Math.floor((now.getTime() - Date.parse(since)) / DAY);
    return maxAge !== undefined && age > maxAge ? `it is ${age} days old, ${maxAge} are allowed` : '';
}
function mediumChanged({ medium }) {
    return medium.built && medium.current && medium.built !== medium.current
        ? `the vendor has another medium: sha256:${medium.current}, it was built from sha256:${medium.built}`
        : '';
}
function endOfLifeReason({ endOfLife, now }) {
    return endOfLife && Date.parse(endOfLife.date) <= now.getTime()
        ? [
            `its release is past its end of life (${endOfLife.date}, ${endOfLife.source}): publish a successor of a newer release`,
        ]
        : [];
}
/** An end of life that nobody knows is none of them: it would not make a rebuild due. */
function unknowns({ installed, candidates, medium }) {
    return [
        installed ? '' : 'the packages of the image are not known: it has no SBOM in SPDX form',
        'unknown' in candidates ? `the updates are not known: ${candidates.unknown}` : '',
        medium.current && !medium.built ? 'the medium that it was built from is not known' : '',
    ].filter((reason) => reason !== '');
}
function count(number, one, many = `${one}s`) {
    return `${number} ${number === 1 ? one : many}`;
}

// EXTERNAL MODULE: external "node:crypto"
var external_node_crypto_ = __webpack_require__(7598);
// EXTERNAL MODULE: external "node:util"
var external_node_util_ = __webpack_require__(7975);
// EXTERNAL MODULE: external "node:zlib"
var external_node_zlib_ = __webpack_require__(8522);
// EXTERNAL MODULE: ./build/packages/evidence/src/openpgp.js
var openpgp = __webpack_require__(2430);
// EXTERNAL MODULE: ./node_modules/saxes/saxes.js
var saxes = __webpack_require__(9800);
;// CONCATENATED MODULE: ./build/packages/catalog/src/freshness/repodata.js







/** Nothing that is fetched is larger; what is unpacked may be ten times that. */
const MAX_BYTES = 200 * 1024 * 1024;
const MAX_UNPACKED = 10 * MAX_BYTES;
/**
 * Reads the metadata of an RPM repository: `repomd.xml`, its signature where the source names a key, and the two files
 * that it names with their digests.
 *
 * @throws UserError `indices-unavailable`, and those of signatures
 */
async function readRepodata(source, ports) {
    const repomd = await fetchFile(source, 'repodata/repomd.xml', ports);
    if (source.signedBy !== undefined) {
        const signature = await fetchFile(source, 'repodata/repomd.xml.asc', ports);
        const key = await (0,promises_.readFile)(source.signedBy, 'utf8').catch((cause) => {
            throw unavailable(source, `the key ${source.signedBy} cannot be read`, cause);
        });
        await (0,openpgp/* verifyDetached */.Tc)(key, repomd, signature.toString('utf8'), ports.clock.now());
    }
    const files = readRepomd(repomd.toString('utf8'));
    const primary = files.get('primary');
    if (!primary) {
        throw unavailable(source, 'repomd.xml names no primary metadata');
    }
    const updateinfo = files.get('updateinfo');
    const text = async (entry) => unpack(source, entry, ports);
    return {
        packages: readPrimary(await text(primary)),
        advisories: updateinfo ? readUpdateinfo(await text(updateinfo)) : [],
        hasAdvisories: updateinfo !== undefined,
    };
}
async function fetchFile(source, name, ports) {
    const { uri } = source;
    try {
        if (uri.startsWith('file:')) {
            return await (0,promises_.readFile)(`${uri.replace(/^file:\/*/, '/')}/${name}`);
        }
        const response = await ports.fetch(`${uri}/${name}`, {
            redirect: source.signedBy === undefined ? 'error' : 'follow',
            signal: AbortSignal.any([ports.signal, AbortSignal.timeout(300_000)]),
        });
        if (!response.ok || !response.body) {
            throw new Error(`the server answered ${response.status}`);
        }
        const parts = [];
        let size = 0;
        for await (const part of response.body) {
            size += part.length;
            if (size > MAX_BYTES) {
                throw new Error(`it is larger than ${MAX_BYTES} bytes`);
            }
            parts.push(part);
        }
        return Buffer.concat(parts);
    }
    catch (error) {
        ports.signal.throwIfAborted();
        throw unavailable(source, `${name}: ${error instanceof Error ? error.message : error}`, error);
    }
}
async function unpack(source, { href, sha, digest }, ports) {
    const packed = await fetchFile(source, href, ports);
    if ((0,external_node_crypto_.createHash)(sha).update(packed).digest('hex') !== digest) {
        throw unavailable(source, `${href} is not the file that repomd.xml names`);
    }
    const limits = { maxOutputLength: MAX_UNPACKED };
    try {
        if (href.endsWith('.gz')) {
            return (await (0,external_node_util_.promisify)(external_node_zlib_.gunzip)(packed, limits)).toString('utf8');
        }
        if (href.endsWith('.zst')) {
            return (await (0,external_node_util_.promisify)(external_node_zlib_.zstdDecompress)(packed, limits)).toString('utf8');
        }
    }
    catch (cause) {
        throw unavailable(source, `${href} cannot be unpacked`, cause);
    }
    if (href.endsWith('.xml')) {
        return packed.toString('utf8');
    }
    throw unavailable(source, `${href} is packed in a form that is not read here`);
}
/** Tells of each element when it ends, with its text; refuses document types, which could name other files. */
function parse(text, handlers) {
    const parser = new saxes/* SaxesParser */.wT({ xmlns: false });
    const path = [];
    let content = '';
    parser.on('doctype', () => {
        throw new Error('a document type is not accepted');
    });
    parser.on('error', (error) => {
        throw error;
    });
    parser.on('opentag', (tag) => {
        path.push(tag.name);
        content = '';
        handlers.open?.(tag, path);
    });
    parser.on('text', (more) => {
        content += more;
    });
    parser.on('closetag', ({ name }) => {
        handlers.close?.(name, content.trim(), path);
        path.pop();
        content = '';
    });
    parser.write(text).close();
}
function readRepomd(text) {
    const found = new Map();
    let type = '';
    let href = '';
    let algorithm = '';
    let digest = '';
    parse(text, {
        open: ({ name, attributes }) => {
            if (name === 'data') {
                type = attributes.type ?? '';
                [href, digest] = ['', ''];
            }
            else if (name === 'location') {
                href = attributes.href ?? '';
            }
            else if (name === 'checksum') {
                algorithm = attributes.type ?? '';
            }
        },
        close: (name, content) => {
            if (name === 'checksum') {
                digest = content;
            }
            else if (name === 'data') {
                const sha = algorithm === 'sha512' ? 'sha512' : algorithm === 'sha256' ? 'sha256' : undefined;
                if (sha && /^[A-Za-z0-9][\w./-]*$/.test(href) && !href.includes('..')) {
                    found.set(type, { href, sha, digest });
                }
            }
        },
    });
    return found;
}
function versionOf(attributes) {
    const { epoch = '0', ver, version = ver ?? '', rel, release = rel ?? '' } = attributes;
    return `${epoch === '0' ? '' : `${epoch}:`}${version}-${release}`;
}
function readPrimary(text) {
    const packages = [];
    let [name, architecture, version] = ['', '', ''];
    parse(text, {
        open: (tag, path) => {
            if (tag.name === 'version' && path.at(-2) === 'package') {
                version = versionOf(tag.attributes);
            }
        },
        close: (tag, content, path) => {
            if (path.at(-2) === 'package' && tag === 'name') {
                name = content;
            }
            else if (path.at(-2) === 'package' && tag === 'arch') {
                architecture = content;
            }
            else if (tag === 'package') {
                packages.push({ name, version, architecture });
            }
        },
    });
    return packages;
}
function readUpdateinfo(text) {
    const advisories = [];
    let security = false;
    let vulnerabilities = [];
    let packages = [];
    parse(text, {
        open: ({ name, attributes }) => {
            if (name === 'update') {
                security = attributes.type === 'security';
                [vulnerabilities, packages] = [[], []];
            }
            else if (name === 'reference' && attributes.type === 'cve') {
                const [id] = /CVE-\d{4}-\d{4,7}/.exec(attributes.id ?? '') ?? [];
                vulnerabilities.push(...(id ? [id] : []));
            }
            else if (name === 'package') {
                const { name: packageName = '', arch = '' } = attributes;
                packages.push({ name: packageName, version: versionOf(attributes), architecture: arch });
            }
        },
        close: (name) => {
            if (name === 'update' && security) {
                advisories.push({ vulnerabilities, packages });
            }
        },
    });
    return advisories;
}
function unavailable(source, why, cause) {
    return new errors/* UserError */.yo(`The metadata of ${source.uri} cannot be read: ${why}`, {
        code: 'indices-unavailable',
        fix: 'Check the address (the folder that holds repodata/), the network, and the key in signed-by.',
        ...(cause === undefined ? {} : { cause }),
    });
}

;// CONCATENATED MODULE: ./build/packages/catalog/src/freshness/rpm-index.js


/** What RPM calls an architecture. */
const ARCHITECTURES = { amd64: 'x86_64', arm64: 'aarch64' };
/** The newest version of each installed package in RPM repositories, and what their advisories say that it fixes. */
async function rpmUpdates(sources, architecture, installed, ports) {
    const candidates = new Map();
    const vulnerabilities = new Map();
    const wanted = new Map(installed.map(({ name, version }) => [name, version]));
    const fits = [ARCHITECTURES[architecture] ?? architecture, 'noarch'];
    const advisories = [];
    for (const source of sources) {
        const data = await readRepodata(source, ports);
        ports.log.debug(`${source.uri}: ${data.packages.length} packages, ${data.advisories.length} security advisories`);
        advisories.push(...data.advisories);
        for (const { name, version, architecture: built } of data.packages) {
            const known = candidates.get(name);
            if (wanted.has(name) &&
                fits.includes(built) &&
                (!known || compareRpmVersions(version, known.version) > 0)) {
                candidates.set(name, { version, suite: source.uri, security: false });
            }
        }
    }
    for (const { packages, vulnerabilities: fixed } of advisories) {
        for (const { name, version } of packages) {
            const has = wanted.get(name);
            const candidate = candidates.get(name);
            // An advisory counts when it is of a later version than the installed one and what it fixes can be had.
            if (has !== undefined &&
                candidate &&
                compareRpmVersions(version, has) > 0 &&
                compareRpmVersions(version, candidate.version) <= 0) {
                candidates.set(name, { ...candidate, security: true });
                vulnerabilities.set(name, [...new Set([...(vulnerabilities.get(name) ?? []), ...fixed])].sort());
            }
        }
    }
    return { candidates, vulnerabilities };
}

;// CONCATENATED MODULE: ./build/packages/catalog/src/freshness/check-updates.js












/** Change logs are fetched for this many packages of an image at most. */
const MAX_CHANGELOGS = 60;
/** Judges the newest available version of each image (others are replaced by it already). */
async function checkUpdates(catalog, snapshot, request, ports) {
    const { states } = (0,effective/* effectiveStates */.s)(catalog, ports.clock.now());
    const available = (0,state_catalog/* sortedVersions */.xe)(catalog).filter((record) => states.get(`${record.image}/${record.version}`) === 'available' &&
        (request.image === undefined || record.image === request.image));
    const newest = [...Map.groupBy(available, ({ image }) => image).values()].flatMap((records) => records.slice(-1));
    const checked = [];
    for (const record of newest) {
        ports.log.info(`Checking ${record.image} ${record.version} for updates`);
        checked.push({ record, freshness: await checkVersion(record, snapshot, request, ports) });
    }
    return checked;
}
async function checkVersion(record, snapshot, request, ports) {
    const read = async (name) => (await snapshot.read(`${(0,streams/* imageFolder */.IE)(record)}/${name}`))?.toString('utf8');
    const installed = (0,freshness_installed/* packagesOfSpdx */.MQ)((await read('sbom.spdx.json')) ?? '');
    const sources = request.sources.length > 0 ? request.sources : await ownSources(record, read);
    const { candidates, vulnerabilities } = await updatesOf(record, installed, sources, ports);
    return assessFreshness({
        record,
        now: ports.clock.now(),
        installed,
        candidates,
        vulnerabilities,
        maxAge: request.maxAge,
        endOfLife: await endOfLife(record.distribution, record.release, undefined, request.support),
        medium: { built: await builtFrom(read), current: request.medium },
    });
}
async function updatesOf(record, installed, sources, ports) {
    const none = new Map();
    const kinds = new Set(installed?.flatMap(({ kind }) => kind ?? []));
    const kind = kinds.has('rpm') ? 'rpm' : 'deb';
    const foreign = [...kinds].filter((other) => other !== kind);
    if (foreign.length > 0) {
        return {
            candidates: { unknown: `packages of the kind ${foreign.join(', ')} are not looked for` },
            vulnerabilities: none,
        };
    }
    const fitting = sources.filter((source) => source.kind === kind);
    if (fitting.length === 0) {
        return {
            candidates: {
                unknown: sources.length === 0
                    ? 'no package sources are given, and its provenance names none'
                    : `none of the package sources has ${kind} packages`,
            },
            vulnerabilities: none,
        };
    }
    try {
        if (kind === 'rpm') {
            const repositories = fitting.filter((source) => source.kind === 'rpm');
            return await rpmUpdates(repositories, record.architecture, installed ?? [], ports);
        }
        await ports.tools.ensure(APT_TOOLS);
        const suites = fitting.filter((source) => source.kind === 'deb');
        return await withAptIndex(suites, record.architecture, ports, async (index) => ({
            candidates: index.candidates,
            vulnerabilities: await fixedBy(installed ?? [], index, ports),
        }));
    }
    catch (error) {
        ports.signal.throwIfAborted();
        const { message, detail } = (0,errors/* describeError */.Uc)(error);
        ports.log.warning(message);
        ports.log.debug(detail ?? '');
        return { candidates: { unknown: message.slice(0, 300).replace(/\s+/g, ' ') }, vulnerabilities: none };
    }
}
/** What the security updates fix, by their own change logs. */
async function fixedBy(installed, index, ports) {
    const due = installed.filter(({ name, version }) => {
        const candidate = index.candidates.get(name);
        return candidate?.security === true && compareDebVersions(candidate.version, version) > 0;
    });
    const found = new Map();
    for (const [done, { name, version }] of due.slice(0, MAX_CHANGELOGS).entries()) {
        ports.log.progress({ label: 'Reading change logs', done, total: due.length, unit: 'packages' });
        const fixed = await index.fixedSince(name, version).catch((error) => {
            ports.signal.throwIfAborted();
            ports.log.debug(`The change log of ${name} could not be read: ${(0,errors/* describeError */.Uc)(error).message}`);
            return [];
        });
        found.set(name, fixed);
    }
    return found;
}
/** The statement in a bundle that came with the image; its signature was checked when the image was published. */
async function check_updates_statement(read, name) {
    const text = await read(`signatures/${name}.intoto.sigstore.json`);
    try {
        const bundle = JSON.parse(text ?? '');
        const payload = Buffer.from(bundle.dsseEnvelope?.payload ?? '', 'base64').toString('utf8');
        return statement/* statementSchema */.t.parse(JSON.parse(payload));
    }
    catch {
        return undefined;
    }
}
async function builtFrom(read) {
    return (await check_updates_statement(read, '10-media'))?.subject[0]?.digest.sha256;
}
/** The repositories that the image was left with, in the suites of its release. */
async function ownSources(record, read) {
    const build = (await check_updates_statement(read, '20-build'))?.predicate.buildDefinition;
    const repositories = build?.internalParameters?.repositories;
    if (!Array.isArray(repositories)) {
        return [];
    }
    if (!['debian', 'ubuntu'].includes(record.distribution)) {
        return rpmSources(repositories);
    }
    const series = await seriesOf(record);
    if (series === undefined) {
        return [];
    }
    const uris = repositories.filter((uri) => typeof uri === 'string' && /^https?:\/\/[\w.:/-]+$/.test(uri));
    const signedBy = `/usr/share/keyrings/${record.distribution}-archive-keyring.gpg`;
    const components = record.distribution === 'ubuntu' ? ['main', 'universe'] : ['main'];
    return [...new Set(uris)].flatMap((uri) => suitesOf(uri, series, record.distribution).map((suite) => ({
        kind: 'deb',
        uri,
        suite,
        components,
        signedBy,
    })));
}
/** RPM repositories that the image was left with; what is neither encrypted nor signed is not believed. */
function rpmSources(repositories) {
    return repositories
        .filter((uri) => typeof uri === 'string' && /^https:\/\/[\w.:/~-]+$/.test(uri))
        .map((uri) => ({ kind: 'rpm', uri: uri.replace(/\/+$/, ''), signedBy: undefined }));
}
/** What a mirror has: Ubuntu's all have all three, and Debian's security archive is one of its own. */
function suitesOf(uri, series, distribution) {
    if (distribution === 'ubuntu') {
        return [series, `${series}-updates`, `${series}-security`];
    }
    return /debian-security/.test(uri) ? [`${series}-security`] : [series, `${series}-updates`];
}
/** The code name of a release, from distro-info-data. */
async function seriesOf({ distribution, release }) {
    const text = await (0,promises_.readFile)(`/usr/share/distro-info/${distribution}.csv`, 'utf8').catch(() => '');
    const [head = '', ...rows] = text.trim().split('\n');
    const column = head.split(',').indexOf('series');
    return rows.map((row) => row.split(',')).find(([version]) => version?.split(' ')[0] === release)?.[column];
}

;// CONCATENATED MODULE: ./build/packages/catalog/src/freshness/package-source.js

/**
 * Lines of the forms `deb [signed-by=FILE] URI SUITE COMPONENT…` and `rpm [signed-by=FILE] URI`.
 *
 * @throws UserError `invalid-sources`
 */
function parseSources(lines) {
    return lines.map((line) => parseDeb(line) ?? parseRpm(line) ?? refuse(line));
}
function parseDeb(line) {
    const match = /^deb\s+(?:\[\s*signed-by=(\/\S+)\s*\]\s+)?((?:https?|file):\/\S+)\s+(\S+)\s+(\S.*)$/.exec(line);
    return match && !/[[\]"'\\]/.test(match.slice(2).join(' '))
        ? {
            kind: 'deb',
            signedBy: match[1],
            uri: match[2] ?? '',
            suite: match[3] ?? '',
            components: (match[4] ?? '').trim().split(/\s+/),
        }
        : undefined;
}
function parseRpm(line) {
    const match = /^rpm\s+(?:\[\s*signed-by=(\/\S+)\s*\]\s+)?((?:https?:\/\/|file:\/)[^\s?#]+)$/.exec(line);
    const uri = match?.[2]?.replace(/\/+$/, '');
    if (!match || uri === undefined) {
        return undefined;
    }
    if (uri.startsWith('http:') && match[1] === undefined) {
        throw new errors/* UserError */.yo(`${uri} is neither encrypted nor signed: anybody on the way could say what is in it`, {
            code: 'invalid-sources',
            fix: 'Take its https address, or name the key that signs repomd.xml: `rpm [signed-by=/path/of/key.asc] URI`.',
        });
    }
    return { kind: 'rpm', signedBy: match[1], uri };
}
function refuse(line) {
    throw new errors/* UserError */.yo(`${JSON.stringify(line)} is not a line of package sources`, {
        code: 'invalid-sources',
        fix: 'Write `deb [signed-by=/path/of/keys] https://mirror/debian trixie-security main` or `rpm [signed-by=/path/of/key.asc] https://mirror/BaseOS/x86_64/os`, one a line.',
    });
}

;// CONCATENATED MODULE: ./build/packages/catalog/src/freshness/next-version.js

/** The version that a build of today takes: the date in UTC, with a number when the catalog has that version already. */
function nextVersion(catalog, image, now) {
    const date = now.toISOString().slice(0, 10).replaceAll('-', '');
    const taken = (version) => catalog.versions.has((0,state_catalog/* versionKey */._5)({ image, version }));
    let version = date;
    for (let number = 2; taken(version); number += 1) {
        version = `${date}.${number}`;
    }
    return version;
}

// EXTERNAL MODULE: ./build/actions/image-lifecycle/src/command.js
var src_command = __webpack_require__(9515);
// EXTERNAL MODULE: ./build/actions/image-lifecycle/src/context.js + 6 modules
var context = __webpack_require__(1773);
// EXTERNAL MODULE: ./build/actions/image-lifecycle/src/keys.js + 1 modules
var keys = __webpack_require__(3572);
// EXTERNAL MODULE: ./build/actions/image-lifecycle/src/summary.js + 1 modules
var summary = __webpack_require__(5060);
;// CONCATENATED MODULE: ./build/actions/image-lifecycle/src/check-command.js





/** `check-updates`: whether the images must be built again. The result goes into the log when it is new. */
async function checkCommand(command) {
    const { inputs, ports, store, env } = command;
    const name = await (0,context/* logName */.Is)(inputs, store, env);
    // A dry run signs nothing: who only audits has the public keys and no others.
    const signer = inputs['dry-run'] ? undefined : await (0,keys/* catalogSigner */.oC)(inputs, name, ports.log);
    const log = signer?.log.verifier ?? (await (0,keys/* catalogKeys */.cd)(inputs, name, ports.log)).log;
    const snapshot = await store.snapshot();
    const { catalog, note } = await (0,update/* readCatalog */.u)(snapshot, log);
    const lines = (inputs.sources ?? '')
        .split('\n')
        .map((line) => line.trim())
        .filter((line) => line !== '');
    const checked = await checkUpdates(catalog, snapshot, {
        image: inputs.image,
        sources: parseSources(lines),
        support: inputs.support,
        maxAge: inputs['max-age'],
        medium: inputs['medium-sha256']?.toLowerCase(),
    }, ports);
    const actor = await (0,src_command/* actorOf */.d)(command);
    const results = checked.map(({ record, freshness }) => ({
        of: { image: record.image, version: record.version },
        freshness,
    }));
    const plan = (current) => (0,state_plan/* planCheck */.Iw)(current, results, { actor, run: command.run, now: ports.clock.now() });
    const outcome = signer
        ? await (0,update/* updateCatalog */.J)({ store, signer, dryRun: false, plan }, ports)
        : { ...plan(catalog), checkpoint: note ?? '' };
    const needs = checked.map(({ freshness }) => freshness.rebuildNeeded);
    // Nothing to check is not a "no".
    const overall = needs.includes('yes')
        ? 'yes'
        : needs.length === 0 || needs.includes('unknown')
            ? 'unknown'
            : 'no';
    const [only] = checked;
    return {
        outputs: {
            ...src_command/* NO_OUTPUTS */.v,
            changed: outcome.entries.length > 0,
            'rebuild-needed': overall,
            'next-version': only && checked.length === 1 ? nextVersion(catalog, only.record.image, ports.clock.now()) : '',
            reasons: JSON.stringify(checked.length === 0
                ? ['no available image to check is in the catalog']
                : checked.flatMap(({ record, freshness }) => freshness.reasons.map((reason) => `${record.image} ${record.version}: ${reason}`))),
            'log-index': outcome.entries.at(-1)?.seq,
            checkpoint: outcome.checkpoint,
            images: JSON.stringify(checked.map(({ record, freshness }) => ({
                image: record.image,
                version: record.version,
                rebuildNeeded: freshness.rebuildNeeded,
                securityUpdates: freshness.securityUpdates,
            }))),
        },
        summary: (0,summary/* checkSummary */.Z4)(checked, overall),
    };
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


/***/ }),

/***/ 7624:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   J: () => (/* binding */ updateCatalog),
/* harmony export */   u: () => (/* binding */ readCatalog)
/* harmony export */ });
/* harmony import */ var _golden_image_host__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(2151);
/* harmony import */ var _log_log_files_js__WEBPACK_IMPORTED_MODULE_2__ = __webpack_require__(3820);
/* harmony import */ var _log_tiles_js__WEBPACK_IMPORTED_MODULE_5__ = __webpack_require__(2505);
/* harmony import */ var _state_apply_js__WEBPACK_IMPORTED_MODULE_7__ = __webpack_require__(8371);
/* harmony import */ var _state_catalog_js__WEBPACK_IMPORTED_MODULE_6__ = __webpack_require__(1692);
/* harmony import */ var _streams_streams_js__WEBPACK_IMPORTED_MODULE_4__ = __webpack_require__(5366);
/* harmony import */ var _render_js__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(1171);
/* harmony import */ var _signed_files_js__WEBPACK_IMPORTED_MODULE_3__ = __webpack_require__(4563);








/** Attempts of one writer, each on top of what the others wrote; twenty writers at once need far fewer. */
const MAX_ATTEMPTS = 200;
/**
 * Changes a catalog: reads and verifies it, plans, and commits log and catalog together, on top of exactly the state
 * that was read; otherwise again, after a random pause.
 *
 * @throws UserError `log-changed` when the log is not what was signed, `catalog-busy`, and those of the plan
 */
async function updateCatalog(request, ports) {
    for (let attempt = 1; attempt <= MAX_ATTEMPTS; attempt += 1) {
        const done = await request.store.inTurn(() => attemptUpdate(request, ports));
        if (done) {
            return done;
        }
        const pause = Math.random() * Math.min(2_000, 40 * attempt);
        ports.log.debug(`${request.store.name} was changed by another run: trying again in ${Math.round(pause)} ms`);
        await ports.clock.sleep(pause, ports.signal);
    }
    throw new _golden_image_host__WEBPACK_IMPORTED_MODULE_0__/* .UserError */ .yo(`${request.store.name} was changed by others ${MAX_ATTEMPTS} times in a row`, {
        code: 'catalog-busy',
        fix: 'Run this again when fewer runs change the catalog.',
    });
}
/** Undefined when somebody else was faster. */
async function attemptUpdate(request, ports) {
    const before = await request.store.snapshot();
    const { catalog, note } = await readCatalog(before, request.signer.log.verifier);
    const plan = await request.plan(catalog);
    const unchanged = {
        catalog,
        entries: plan.entries,
        notes: plan.notes,
        checkpoint: note ?? '',
        repaired: [],
    };
    if (plan.entries.length === 0) {
        return unchanged;
    }
    return request.dryRun
        ? { ...unchanged, catalog: plan.catalog }
        : attemptCommit(request, before, catalog, plan, ports);
}
async function attemptCommit(request, before, catalog, plan, ports) {
    const { signer, store } = request;
    const origin = signer.log.verifier.name;
    const rendered = (0,_render_js__WEBPACK_IMPORTED_MODULE_1__/* .renderCatalog */ .e)(plan.catalog, origin);
    const now = ports.clock.now();
    const checkpoint = (0,_log_log_files_js__WEBPACK_IMPORTED_MODULE_2__/* .logCheckpoint */ .Tg)(plan.catalog.entries, signer.log);
    const files = new Map([
        ...rendered,
        ...(await (0,_signed_files_js__WEBPACK_IMPORTED_MODULE_3__/* .signedFiles */ .AH)(rendered, before, signer, now)),
        [`${_log_log_files_js__WEBPACK_IMPORTED_MODULE_2__/* .LOG_FOLDER */ .KZ}/checkpoint`, Buffer.from(checkpoint)],
        ...((await request.files?.(plan)) ?? []),
    ]);
    const repaired = await foreignChanges(before, (0,_render_js__WEBPACK_IMPORTED_MODULE_1__/* .renderCatalog */ .e)(catalog, origin));
    const write = new Map();
    for (const [path, content] of files) {
        if ('file' in content || !(await before.matches(path, content))) {
            write.set(path, content);
        }
    }
    const remove = await outdated(before, plan.catalog);
    const [first] = plan.entries;
    const more = plan.entries.length > 1 ? ` and ${plan.entries.length - 1} more` : '';
    const message = `${first?.type} ${first?.image} ${first?.version}${more}`;
    const done = await store.commit(before.revision, { write, remove, message });
    if (repaired.length > 0 && done) {
        ports.log.warning(`Written anew from the log, because they did not say what it says: ${repaired.join(', ')}`);
    }
    return done
        ? { catalog: plan.catalog, entries: plan.entries, notes: plan.notes, checkpoint, repaired }
        : undefined;
}
/** Generated files of the state before that somebody else changed or removed. */
async function foreignChanges(before, expected) {
    const found = [];
    for (const [path, data] of before.revision ? expected : []) {
        if (!(await before.matches(path, data))) {
            found.push(path);
        }
    }
    return found.sort();
}
/** Partial tiles whose full ones are there, and files of versions that these have no longer. */
async function outdated(before, catalog) {
    const size = catalog.entries.length;
    const folders = new Map([...catalog.versions.values()].map((record) => [(0,_streams_streams_js__WEBPACK_IMPORTED_MODULE_4__/* .imageFolder */ .IE)(record), record]));
    const isForeign = (path) => {
        const [, folder = '', name = ''] = /^(images\/[^/]+\/[^/]+)\/(.+)$/.exec(path) ?? [];
        const record = folders.get(folder);
        const own = record ? [record.disk.file, ...record.attachments.map((file) => file.name)] : [];
        return record !== undefined && (record.state === 'deleted' || !own.includes(name));
    };
    return (await before.list()).filter((path) => isForeign(path) ||
        (path.startsWith(`${_log_log_files_js__WEBPACK_IMPORTED_MODULE_2__/* .LOG_FOLDER */ .KZ}/`) && isReplaced(path.slice(_log_log_files_js__WEBPACK_IMPORTED_MODULE_2__/* .LOG_FOLDER */ .KZ.length + 1), size)));
}
/** A partial tile may go when the full one is there: 256 hashes of its level. */
function isReplaced(path, size) {
    const full = path.replace(/\.p\/\d+$/, '.p/255');
    return full !== path && (0,_log_tiles_js__WEBPACK_IMPORTED_MODULE_5__/* .isEarlierPartial */ .aC)(full, size);
}
/** The catalog of a snapshot, from its log, verified with the key that signs it. */
async function readCatalog(snapshot, log) {
    if (snapshot.revision === undefined || !(await snapshot.read(`${_log_log_files_js__WEBPACK_IMPORTED_MODULE_2__/* .LOG_FOLDER */ .KZ}/checkpoint`))) {
        const found = await snapshot.list();
        if (found.some((path) => path.startsWith('versions/') || path.startsWith(`${_log_log_files_js__WEBPACK_IMPORTED_MODULE_2__/* .LOG_FOLDER */ .KZ}/`))) {
            throw new _golden_image_host__WEBPACK_IMPORTED_MODULE_0__/* .UserError */ .yo('The catalog has images and no checkpoint of its audit log', {
                code: 'log-changed',
                fix: 'Do not publish on top of it: bring back the last good state from a copy or the history of its branch.',
            });
        }
        return { catalog: _state_catalog_js__WEBPACK_IMPORTED_MODULE_6__/* .EMPTY_CATALOG */ .CD, note: undefined };
    }
    const { entries, note } = await (0,_log_log_files_js__WEBPACK_IMPORTED_MODULE_2__/* .readLog */ .x6)((path) => snapshot.read(path), log);
    return { catalog: (0,_state_apply_js__WEBPACK_IMPORTED_MODULE_7__/* .replay */ .e)(entries), note };
}


/***/ }),

/***/ 688:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   $P: () => (/* binding */ wholeSeconds),
/* harmony export */   Iw: () => (/* binding */ planCheck),
/* harmony export */   NY: () => (/* binding */ planRetire),
/* harmony export */   N_: () => (/* binding */ planPublish),
/* harmony export */   jQ: () => (/* binding */ planTick),
/* harmony export */   q8: () => (/* binding */ planRestore),
/* harmony export */   zv: () => (/* binding */ recordOf)
/* harmony export */ });
/* unused harmony exports entryTime, addEntry, emptyPlan */
/* harmony import */ var _apply_js__WEBPACK_IMPORTED_MODULE_3__ = __webpack_require__(8371);
/* harmony import */ var _catalog_js__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(1692);
/* harmony import */ var _effective_js__WEBPACK_IMPORTED_MODULE_4__ = __webpack_require__(8742);
/* harmony import */ var _guards_js__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(6757);
/* harmony import */ var _states_js__WEBPACK_IMPORTED_MODULE_2__ = __webpack_require__(2213);





/** How far clocks of machines may differ, in milliseconds. */
const CLOCK_TOLERANCE = 5 * 60_000;
/**
 * The time of new entries: whole seconds, never before the last entry. A clock that is a little behind takes the last
 * entry's time.
 *
 * @throws UserError `clock-behind` when the difference is more than clocks may differ
 */
function entryTime(catalog, now) {
    const last = catalog.entries.at(-1)?.time;
    if (last !== undefined && now.getTime() < Date.parse(last)) {
        if (Date.parse(last) - now.getTime() > CLOCK_TOLERANCE) {
            throw (0,_guards_js__WEBPACK_IMPORTED_MODULE_0__/* .refusal */ .x5)(`The clock of this machine says ${wholeSeconds(now)}, and the catalog was changed at ${last}, which is later`, 'clock-behind', 'Set the clock of this machine. If the one that wrote the last entry was ahead, wait until that time.');
        }
        return last;
    }
    return wholeSeconds(now);
}
/** `2026-11-24T17:00:00Z`. */
function wholeSeconds(time) {
    return `${time.toISOString().slice(0, 19)}Z`;
}
/** Appends one entry to a plan. */
function addEntry(plan, type, of, origin, more = {}) {
    const from = plan.catalog.versions.get((0,_catalog_js__WEBPACK_IMPORTED_MODULE_1__/* .versionKey */ ._5)(of))?.state ?? null;
    const { to } = _states_js__WEBPACK_IMPORTED_MODULE_2__/* .TRANSITIONS */ .Ds[type];
    const entry = {
        seq: plan.catalog.entries.length,
        time: entryTime(plan.catalog, origin.now),
        type,
        image: of.image,
        version: of.version,
        digest: of.digest,
        from,
        to: to === 'same' ? (from ?? 'draft') : to,
        actor: origin.actor,
        run: origin.run,
        evidence: [],
        ...more,
    };
    return {
        catalog: (0,_apply_js__WEBPACK_IMPORTED_MODULE_3__/* .applyEntry */ .f)(plan.catalog, entry),
        entries: [...plan.entries, entry],
        notes: plan.notes,
    };
}
function emptyPlan(catalog, notes = []) {
    return { catalog, entries: [], notes };
}
/** Brings a version into the catalog: as a draft, and on to available where nothing is missing. */
function planPublish(catalog, request, origin) {
    const { publication, approval } = request;
    const of = { ...publication, digest: publication.disk.sha256 };
    const known = catalog.versions.get((0,_catalog_js__WEBPACK_IMPORTED_MODULE_1__/* .versionKey */ ._5)(of));
    const more = {
        policyDigest: approval.policyDigest,
        evidence: [...approval.evidence],
        ...(request.reason ? { reason: request.reason } : {}),
    };
    if (known && known.disk.sha256 !== of.digest) {
        throw (0,_guards_js__WEBPACK_IMPORTED_MODULE_0__/* .refusal */ .x5)(`${(0,_catalog_js__WEBPACK_IMPORTED_MODULE_1__/* .versionKey */ ._5)(of)} is in the catalog with another disk (sha256:${known.disk.sha256})`, 'already-there', 'Published versions never change: give the new image a new version.');
    }
    if (known && known.state !== 'draft') {
        if (known.state === 'available') {
            return emptyPlan(catalog, [`${(0,_catalog_js__WEBPACK_IMPORTED_MODULE_1__/* .versionKey */ ._5)(of)} is available already`]);
        }
        throw (0,_guards_js__WEBPACK_IMPORTED_MODULE_0__/* .refusal */ .x5)(`${(0,_catalog_js__WEBPACK_IMPORTED_MODULE_1__/* .versionKey */ ._5)(of)} is ${known.state} and cannot be published again`, 'transition-refused', known.state === 'deprecated' ? 'Use command: restore.' : 'Publish a new version.');
    }
    const draft = known
        ? emptyPlan(catalog)
        : addEntry(emptyPlan(catalog), 'register', of, origin, { ...more, publication });
    if (request.missingAudit.length > 0) {
        return { ...draft, notes: request.missingAudit };
    }
    const { schedule } = request;
    return addEntry(draft, 'publish', of, origin, {
        ...more,
        ...(known ? { publication } : {}),
        ...(Object.keys(schedule).length > 0 ? { schedule } : {}),
    });
}
const EVENT_OF = { deprecated: 'deprecate', obsolete: 'obsolete', revoked: 'revoke' };
/** Deprecates, obsoletes or revokes a version, now or by dates. Idempotent. */
function planRetire(catalog, request, origin) {
    const record = recordOf(catalog, request.of);
    const of = { ...request.of, digest: record.disk.sha256 };
    const schedule = { ...record.schedule, ...request.schedule };
    const more = {
        ...(request.reason ? { reason: request.reason } : {}),
        ...(request.successor ? { successor: request.successor } : {}),
        ...(Object.keys(request.schedule).length > 0 ? { schedule } : {}),
        ...(request.retiresFamily ? { retiresFamily: true } : {}),
    };
    if (request.immediately && record.state !== request.to) {
        return addEntry(emptyPlan(catalog), EVENT_OF[request.to], of, origin, more);
    }
    if (nothingNew(record, more)) {
        return emptyPlan(catalog, [`${(0,_catalog_js__WEBPACK_IMPORTED_MODULE_1__/* .versionKey */ ._5)(of)} is ${record.state} as asked for already`]);
    }
    return addEntry(emptyPlan(catalog), 'schedule', of, origin, more);
}
function nothingNew(record, more) {
    const same = (a, b) => JSON.stringify(a) === JSON.stringify(b);
    return ((more.reason === undefined || more.reason === record.reason) &&
        (more.successor === undefined || same(more.successor, record.successor)) &&
        (more.schedule === undefined || same(sorted(more.schedule), sorted(record.schedule))));
}
function sorted(dates) {
    return [dates.deprecateAt, dates.obsoleteAt, dates.deleteAt, dates.retiresFamily];
}
/** Makes a deprecated version available again, by an approval that is younger than its deprecation. */
function planRestore(catalog, of, approval, reason, origin) {
    const record = recordOf(catalog, of);
    if (record.state === 'available') {
        return emptyPlan(catalog, [`${(0,_catalog_js__WEBPACK_IMPORTED_MODULE_1__/* .versionKey */ ._5)(of)} is available already`]);
    }
    if (Date.parse(approval.timeVerified) < Date.parse(record.stateSince)) {
        throw (0,_guards_js__WEBPACK_IMPORTED_MODULE_0__/* .refusal */ .x5)(`The approval of ${(0,_catalog_js__WEBPACK_IMPORTED_MODULE_1__/* .versionKey */ ._5)(of)} is of ${approval.timeVerified}, before it became ${record.state} (${record.stateSince})`, 'approval-too-old', 'Run gate-approval again: a restoration needs an approval that knows of the deprecation.');
    }
    return addEntry(emptyPlan(catalog), 'restore', { ...of, digest: record.disk.sha256 }, origin, {
        policyDigest: approval.policyDigest,
        evidence: [...approval.evidence],
        ...(reason ? { reason } : {}),
    });
}
const EVENT_TO = {
    deprecated: 'deprecate',
    obsolete: 'obsolete',
    deleted: 'delete',
};
/** Writes down the transitions whose dates have come. Idempotent: a second time there is nothing to do. */
function planTick(catalog, origin) {
    const now = new Date(entryTime(catalog, origin.now));
    const { states, held } = (0,_effective_js__WEBPACK_IMPORTED_MODULE_4__/* .effectiveStates */ .s)(catalog, now);
    const notes = held.map((key) => `${key} should be retired by its dates and stays available: it is the last available image of the family ${catalog.versions.get(key)?.family}`);
    const due = [...catalog.versions]
        .filter(([key, record]) => states.get(key) !== record.state)
        // By name: which version of a family stays is settled already.
        .sort(([a], [b]) => (a < b ? -1 : 1));
    let plan = emptyPlan(catalog, notes);
    for (const [key, record] of due) {
        for (const state of pathTo(record.state, states.get(key) ?? record.state)) {
            const type = EVENT_TO[state];
            if (type) {
                const of = { image: record.image, version: record.version, digest: record.disk.sha256 };
                plan = addEntry(plan, type, of, origin);
            }
        }
    }
    return plan;
}
/** Deletion comes only after obsolescence. */
function pathTo(from, to) {
    return to === 'deleted' && (from === 'available' || from === 'deprecated') ? ['obsolete', 'deleted'] : [to];
}
/** Notes what a check for updates found; nothing new is not noted again. */
function planCheck(catalog, results, origin) {
    let plan = emptyPlan(catalog);
    for (const { of, freshness } of results) {
        const record = recordOf(plan.catalog, of);
        if (differs(record.freshness, freshness) && _states_js__WEBPACK_IMPORTED_MODULE_2__/* .TRANSITIONS */ .Ds.check.from.includes(record.state)) {
            plan = addEntry(plan, 'check', { ...of, digest: record.disk.sha256 }, origin, { freshness });
        }
    }
    return plan;
}
function differs(a, b) {
    const content = (value) => JSON.stringify({ ...value, checkedAt: '' });
    return a === undefined || content(a) !== content(b);
}
/** @throws UserError `not-in-catalog` */
function recordOf(catalog, of) {
    const record = catalog.versions.get((0,_catalog_js__WEBPACK_IMPORTED_MODULE_1__/* .versionKey */ ._5)(of));
    if (!record) {
        throw (0,_guards_js__WEBPACK_IMPORTED_MODULE_0__/* .notThere */ ._)((0,_catalog_js__WEBPACK_IMPORTED_MODULE_1__/* .versionKey */ ._5)(of));
    }
    return record;
}


/***/ })

};
