export const id = 771;
export const ids = [771];
export const modules = {

/***/ 4771:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {


// EXPORTS
__webpack_require__.d(__webpack_exports__, {
  runMerge: () => (/* binding */ runMerge)
});

// EXTERNAL MODULE: external "node:path"
var external_node_path_ = __webpack_require__(6760);
// EXTERNAL MODULE: external "node:crypto"
var external_node_crypto_ = __webpack_require__(7598);
// EXTERNAL MODULE: ./build/packages/policy/src/policy/code-owners.js
var code_owners = __webpack_require__(2733);
// EXTERNAL MODULE: ./build/packages/github/src/commits.js
var src_commits = __webpack_require__(7121);
// EXTERNAL MODULE: ./build/packages/github/src/failure.js + 1 modules
var failure = __webpack_require__(5773);
;// CONCATENATED MODULE: ./build/packages/github/src/patch.js
/**
 * The lines that a patch adds or changes, in the new file.
 *
 * @param patch unified diff hunks as GitHub's API gives them, without file headers
 * @returns undefined for something that is not a patch
 */
function addedLines(patch) {
    const ranges = [];
    let line;
    for (const text of patch.split('\n')) {
        const hunk = /^@@ -\d+(?:,\d+)? \+(\d+)(?:,\d+)? @@/.exec(text);
        if (hunk) {
            line = Number(hunk[1]);
        }
        else if (line === undefined) {
            return undefined;
        }
        else if (text.startsWith('+')) {
            const last = ranges.at(-1);
            if (last && last[1] === line - 1) {
                last[1] = line;
            }
            else {
                ranges.push([line, line]);
            }
            line += 1;
        }
        else if (!text.startsWith('-') && !text.startsWith('\\')) {
            line += 1;
        }
    }
    return ranges;
}

;// CONCATENATED MODULE: ./build/packages/github/src/changed-lines.js



/**
 * Lines that were added or changed from the base to what was tested.
 *
 * For a pull request GitHub tests its merge with the base as it is at that moment, which may be newer than the base
 * that the event names: then the base is the merge's first parent.
 *
 * @throws Incomplete when GitHub cuts the list of files
 */
async function changedLines(api, name, baseSha, testedSha) {
    const first = await (0,src_commits/* compare */.UD)(api, name, baseSha, testedSha);
    const parents = first.commits.find((commit) => commit.sha === testedSha)?.parents ?? [];
    const newerBase = parents.length > 1 && parents[0] !== baseSha ? parents[0] : undefined;
    const comparison = newerBase ? await (0,src_commits/* compare */.UD)(api, name, newerBase, testedSha) : first;
    return {
        baseSha: newerBase ?? baseSha,
        headSha: testedSha,
        files: filesOf(comparison),
    };
}
function filesOf({ files }) {
    if (files.length >= src_commits/* LARGEST_FILE_LIST */.vK) {
        throw new failure/* Incomplete */.nd(`the change has ${src_commits/* LARGEST_FILE_LIST */.vK} files or more: GitHub does not list them all`);
    }
    return files.filter((file) => file.status !== 'removed').map(lineEntry);
}
/** A file without a patch is binary, or only renamed, or too large for GitHub to show: then its lines are not known. */
function lineEntry({ path, patch, changes }) {
    if (patch === undefined) {
        return changes === 0 ? { path, lines: [] } : { path };
    }
    const lines = addedLines(patch);
    return lines ? { path, lines } : { path };
}

// EXTERNAL MODULE: ./build/packages/github/src/content.js
var content = __webpack_require__(3514);
;// CONCATENATED MODULE: ./build/packages/github/src/context.js
/** Reads the event's payload. */
function subjectOf(context) {
    const payload = object(context.payload);
    if (context.eventName === 'merge_group') {
        const group = object(payload.merge_group);
        const { base_ref: base, base_sha: baseSha, head_sha: headSha } = group;
        if (typeof base === 'string' && typeof baseSha === 'string' && typeof headSha === 'string') {
            return { kind: 'merge-group', base: base.replace(/^refs\/heads\//, ''), baseSha, headSha };
        }
        return { kind: 'none', reason: 'the event merge_group names no base and head' };
    }
    const pull = object(payload.pull_request);
    const headSha = object(pull.head).sha;
    if (typeof pull.number === 'number' && typeof headSha === 'string') {
        return { kind: 'pull-request', number: pull.number, headSha };
    }
    return {
        kind: 'none',
        reason: `the event ${context.eventName} is about no pull request: run the gate on pull_request and merge_group`,
    };
}
function object(value) {
    return typeof value === 'object' && value !== null ? value : {};
}

// EXTERNAL MODULE: ./build/packages/github/src/queries.js
var queries = __webpack_require__(2371);
;// CONCATENATED MODULE: ./build/packages/github/src/merge-group.js



/**
 * The pull requests of a merge group, whose ref names only the last of them: every entry of the queue up to the
 * group's commit, but not those of the group that it stands on. Checked against the commits: one of a pull request
 * that is not among them is not overlooked.
 *
 * @throws Incomplete when the queue no longer has them all, e.g. because one was thrown out meanwhile
 */
async function pullsOfGroup(api, name, { base, baseSha, headSha }) {
    const entries = await queueEntries(api, name, base);
    const positionOf = (sha) => entries.find(({ headCommit }) => headCommit?.oid === sha)?.position;
    const last = positionOf(headSha);
    if (last === undefined) {
        throw new failure/* Incomplete */.nd(`the merge queue of ${base} has no entry for ${headSha.slice(0, 12)} any more`);
    }
    const before = positionOf(baseSha) ?? Number.NEGATIVE_INFINITY;
    const own = entries.filter(({ position }) => position > before && position <= last);
    const numbers = own.flatMap(({ pullRequest }) => pullRequest?.number ?? []).sort((a, b) => a - b);
    if (numbers.length < own.length || numbers.length === 0) {
        throw new failure/* Incomplete */.nd(`the merge queue of ${base} does not name all pull requests of the group`);
    }
    await checkCommits(api, name, { base, baseSha, headSha }, numbers);
    return numbers;
}
async function checkCommits(api, name, { base, baseSha, headSha }, numbers) {
    const { commits } = await (0,src_commits/* compare */.UD)(api, name, baseSha, headSha);
    const { pullsByCommit } = await (0,src_commits/* describeCommits */.kI)(api, commits);
    for (const { sha } of commits) {
        // Stacked pull requests share commits: one of a commit's pull requests is enough. The queue's own have none.
        const pulls = pullsByCommit.get(sha) ?? [];
        if (pulls.length > 0 && !pulls.some((pull) => numbers.includes(pull))) {
            throw new failure/* Incomplete */.nd(`the commit ${sha.slice(0, 12)} of the merge group is of pull request ${pulls.join(', ')}, which the merge queue of ${base} does not have`);
        }
    }
}
async function queueEntries(api, { owner, repo }, branch) {
    const entries = [];
    for (let after = null;;) {
        const answer = await api.graphql(queries/* queries */.P.mergeQueue, { owner, repo, branch, after });
        const page = answer.repository?.mergeQueue?.entries;
        if (!page) {
            throw new failure/* Incomplete */.nd(`the branch ${branch} has no merge queue, or the token may not see it`);
        }
        entries.push(...page.nodes.flatMap((node) => node ?? []));
        if (!page.pageInfo.hasNextPage) {
            return entries;
        }
        after = page.pageInfo.endCursor;
    }
}

// EXTERNAL MODULE: ./build/packages/github/src/observe.js
var observe = __webpack_require__(3175);
// EXTERNAL MODULE: ./build/packages/github/src/api.js
var src_api = __webpack_require__(5987);
// EXTERNAL MODULE: ./build/packages/github/src/people.js
var people = __webpack_require__(5692);
// EXTERNAL MODULE: ./build/packages/github/src/pushers.js
var src_pushers = __webpack_require__(5059);
// EXTERNAL MODULE: ./build/packages/github/src/access.js
var access = __webpack_require__(3241);
;// CONCATENATED MODULE: ./build/packages/github/src/reviews.js




/** All reviews of a pull request, oldest first, with what their authors may do now. */
async function reviewsOf(api, pull) {
    const { owner, repo, number, headSha } = pull;
    const listed = await api.paginate('GET /repos/{owner}/{repo}/pulls/{pull_number}/reviews', {
        owner,
        repo,
        pull_number: number,
        per_page: src_api/* PAGE */.K,
    });
    const permissionOf = (0,access/* permissionLookup */.s)(api, { owner, repo });
    const reviews = [];
    for (const entry of listed) {
        const author = (0,people/* personOf */.Re)(entry.user);
        const commit = entry.commit_id ?? undefined;
        const stale = entry.state === 'APPROVED' && commit !== undefined && commit !== headSha;
        reviews.push({
            id: entry.id,
            author,
            state: entry.state,
            ...(commit === undefined ? {} : { commit }),
            submittedAt: entry.submitted_at ?? new Date(0).toISOString(),
            ...(author.login !== undefined && author.type === 'User'
                ? { permission: await permissionOf(author.login) }
                : {}),
            ...(stale ? await sameChange(api, pull, commit) : {}),
        });
    }
    return reviews.sort((a, b) => (a.submittedAt < b.submittedAt ? -1 : 1));
}
/** Whether the change against its base is the same at both commits; left out where that cannot be told. */
async function sameChange(api, { owner, repo, baseSha, headSha }, commit) {
    try {
        const then = await (0,src_commits/* compare */.UD)(api, { owner, repo }, baseSha, commit);
        const now = await (0,src_commits/* compare */.UD)(api, { owner, repo }, baseSha, headSha);
        const lists = [then.files, now.files];
        if (lists.some((files) => files.length === 0 || files.length >= src_commits/* LARGEST_FILE_LIST */.vK)) {
            return {};
        }
        return { sameChange: fingerprint(then.files) === fingerprint(now.files) };
    }
    catch {
        // The reviewed commit may be gone after a force push: then the review is not about this change.
        return {};
    }
}
/** The changed lines of every file, without where they stand; binary files count by their content. */
function fingerprint(files) {
    return files
        .map(({ path, previousPath = '', status, sha, patch }) => {
        const lines = patch?.replace(/^@@ [^@]* @@/gm, '@@') ?? `binary ${sha}`;
        return JSON.stringify([path, previousPath, status, lines]);
    })
        .sort()
        .join('\n');
}

;// CONCATENATED MODULE: ./build/packages/github/src/pull-facts.js







/** The facts of one pull request; each one fails by itself. */
async function pullRequestFacts(api, name, number, ports) {
    const at = `GET /repos/${name.owner}/${name.repo}/pulls/${number}`;
    const route = 'GET /repos/{owner}/{repo}/pulls/{pull_number}';
    const read = async () => (await api.request(route, { ...name, pull_number: number })).data;
    let known;
    const fact = await (0,observe/* observe */.l)({ kind: 'pull-request', pull: number }, at, async () => {
        known = await read();
        const head = known.head.repo;
        return {
            title: known.title,
            url: known.html_url,
            author: (0,people/* personOf */.Re)(known.user),
            state: known.merged ? 'merged' : known.state,
            draft: known.draft ?? false,
            base: known.base.ref,
            headSha: known.head.sha,
            fork: head?.full_name?.toLowerCase() !== `${name.owner}/${name.repo}`.toLowerCase(),
        };
    }, ports);
    const pull = () => {
        if (!known) {
            throw new failure/* Incomplete */.nd(`the pull request ${number} is not known: ${fact.detail ?? ''}`);
        }
        return known;
    };
    const commits = async () => {
        const { base, head } = pull();
        const { commits: compared } = await (0,src_commits/* compare */.UD)(api, name, base.sha, head.sha);
        return [...(await (0,src_commits/* describeCommits */.kI)(api, compared)).commits];
    };
    const pushers = async () => {
        const { head } = pull();
        if (!head.repo) {
            throw new failure/* Incomplete */.nd(`the fork of pull request ${number} was deleted: nobody knows who pushed to it`);
        }
        const { owner, name: repo } = head.repo;
        return (0,src_pushers/* pushersOf */.GD)(api, { owner: owner.login, repo }, head.ref, head.sha);
    };
    const reviews = async () => {
        const { base, head } = pull();
        return reviewsOf(api, { ...name, number, baseSha: base.sha, headSha: head.sha });
    };
    return [
        fact,
        await (0,observe/* observe */.l)({ kind: 'commits', pull: number }, `${at}, compared with its base, and GraphQL`, commits, ports),
        await (0,observe/* observe */.l)({ kind: 'pushers', pull: number }, 'GET …/activity of its branch', pushers, ports),
        await (0,observe/* observe */.l)({ kind: 'reviews', pull: number }, `${at}/reviews`, reviews, ports),
        await (0,observe/* observe */.l)({ kind: 'files', pull: number }, `${at}/files`, () => pull_facts_filesOf(api, name, pull()), ports),
    ];
}
async function pull_facts_filesOf(api, name, pull) {
    const route = 'GET /repos/{owner}/{repo}/pulls/{pull_number}/files';
    const listed = await api.paginate(route, { ...name, pull_number: pull.number, per_page: src_api/* PAGE */.K });
    if (listed.length < pull.changed_files) {
        throw new failure/* Incomplete */.nd(`GitHub lists ${listed.length} of ${pull.changed_files} changed files`);
    }
    return listed.map(({ filename, previous_filename, status }) => ({
        path: filename,
        ...(previous_filename === undefined ? {} : { previousPath: previous_filename }),
        status,
    }));
}

// EXTERNAL MODULE: ./build/packages/github/src/run.js
var src_run = __webpack_require__(9034);
// EXTERNAL MODULE: ./build/packages/github/src/teams.js
var src_teams = __webpack_require__(8461);
;// CONCATENATED MODULE: ./build/packages/github/src/collect-merge.js











/** Observes a pull request, or all pull requests of a merge group, and everything that a decision on it needs. */
async function collectMergeFacts(request, api, ports) {
    const { context } = request;
    const name = context.repository;
    const run = await (0,src_run/* runFacts */.p)(api, context, ports);
    const change = await (0,observe/* observe */.l)({ kind: 'change' }, `the event ${context.eventName}`, () => readChange(api, context), ports);
    if (!change.value) {
        return { facts: [...run, change], policyText: undefined };
    }
    const { baseSha, pulls } = change.value;
    const policy = await readPolicy(api, name, request.policy, baseSha, ports);
    const owners = await codeOwnersFact(api, name, baseSha, change.value.base, ports);
    const pullFacts = [];
    for (const pull of pulls) {
        pullFacts.push(...(await pullRequestFacts(api, name, pull, ports)));
    }
    const lines = await (0,observe/* observe */.l)({ kind: 'changed-lines' }, `GET /repos/${name.owner}/${name.repo}/compare/${baseSha}...${context.sha}`, () => changedLines(api, name, baseSha, context.sha), ports);
    const named = policy.text === undefined ? [] : request.teams(policy.text);
    const owning = (0,code_owners/* ownerTeams */.KZ)((0,code_owners/* parseCodeOwners */.dK)(owners.value?.text ?? ''));
    const teams = await (0,src_teams/* teamFacts */.j)(api, [...named, ...owning], ports);
    return {
        facts: [...run, change, policy.fact, owners, ...pullFacts, lines, ...teams],
        policyText: policy.text,
    };
}
async function readChange(api, context) {
    const subject = subjectOf(context);
    if (subject.kind === 'none') {
        throw new failure/* Incomplete */.nd(subject.reason);
    }
    if (subject.kind === 'merge-group') {
        const { base, baseSha, headSha } = subject;
        const pulls = await pullsOfGroup(api, context.repository, subject);
        return { via: 'merge-group', base, baseSha, headSha, pulls };
    }
    const route = 'GET /repos/{owner}/{repo}/pulls/{pull_number}';
    const { data } = await api.request(route, { ...context.repository, pull_number: subject.number });
    return {
        via: 'pull-request',
        base: data.base.ref,
        baseSha: data.base.sha,
        headSha: subject.headSha,
        pulls: [subject.number],
    };
}
async function readPolicy(api, name, path, commit, ports) {
    let text;
    const look = async () => {
        text = await (0,content/* readText */.yR)(api, name, path, commit);
        if (text === undefined) {
            throw new failure/* Incomplete */.nd(`the base has no ${path}`);
        }
        return { path, commit, sha256: (0,external_node_crypto_.createHash)('sha256').update(text).digest('hex') };
    };
    const source = `GET /repos/${name.owner}/${name.repo}/contents/${path}?ref=${commit}`;
    const fact = await (0,observe/* observe */.l)({ kind: 'policy' }, source, look, ports);
    return { fact, text };
}
function codeOwnersFact(api, name, commit, branch, ports) {
    const look = async () => {
        const file = await (0,content/* readCodeOwners */.kj)(api, name, commit);
        return file
            ? { path: file.path, text: file.text, errors: await (0,content/* codeOwnersErrors */.jw)(api, name, branch) }
            : { errors: [] };
    };
    const source = `GET /repos/${name.owner}/${name.repo}/contents/.github/CODEOWNERS?ref=${commit}`;
    return (0,observe/* observe */.l)({ kind: 'code-owners' }, source, look, ports);
}

// EXTERNAL MODULE: ./build/packages/host/src/errors.js
var errors = __webpack_require__(2151);
// EXTERNAL MODULE: ./build/packages/policy/src/decision/decision.js
var decision = __webpack_require__(8247);
// EXTERNAL MODULE: ./build/packages/policy/src/decision/publish.js
var publish = __webpack_require__(8666);
// EXTERNAL MODULE: ./build/packages/policy/src/facts/facts.js + 6 modules
var facts_facts = __webpack_require__(960);
// EXTERNAL MODULE: ./build/packages/policy/src/facts/known.js
var known = __webpack_require__(601);
// EXTERNAL MODULE: ./build/packages/policy/src/policy/policy-file.js
var policy_file = __webpack_require__(5434);
// EXTERNAL MODULE: ./build/packages/policy/src/policy/teams.js
var teams = __webpack_require__(2323);
// EXTERNAL MODULE: external "node:fs"
var external_node_fs_ = __webpack_require__(3024);
// EXTERNAL MODULE: external "node:fs/promises"
var promises_ = __webpack_require__(1455);
;// CONCATENATED MODULE: ./build/packages/reports/src/source/unreadable.js

const MAX_REASON = 300;
/** A report that is not what it should be: never a pass. */
function unreadable(file, why, cause) {
    // A parser's message may quote the report, and a name in it may be as long as the report.
    const short = why.length > MAX_REASON ? `${why.slice(0, MAX_REASON)}…` : why;
    return new errors/* UserError */.yo(`The report ${file} cannot be read: ${short}`, {
        code: 'unreadable-report',
        fix: 'Run the tool that writes it again, to its end, and pass its report unchanged.',
        ...(cause === undefined ? {} : { cause }),
    });
}
/** More of something than a report may have; the reader of the file makes `unreadable` of it. */
class ReportLimit extends Error {
}
/** A whole number that is not negative, as reports write counts; undefined for anything else. */
function countOf(text) {
    return text !== undefined && /^\d{1,15}$/.test(text) ? Number(text) : undefined;
}

;// CONCATENATED MODULE: ./build/packages/reports/src/source/report-file.js




/** No report of a real project comes near; what is larger is a mistake or an attack. */
const MAX_REPORT_BYTES = 1024 ** 3;
/** Small pieces: what is made of one is garbage before the young generation is full, so that the heap need not grow. */
const CHUNK_BYTES = 1 << 16;
/** How much of the beginning is looked at to tell formats apart, in bytes. */
const HEAD_BYTES = 4096;
/**
 * Opens a report for one pass. Named pipes and devices are refused: they could hold up the gate for ever.
 *
 * @throws UserError `report-not-found`, `unreadable-report` (empty, not a file, larger than 1 GiB, not UTF-8)
 */
async function withReport(path, signal, body) {
    const handle = await (0,promises_.open)(path, external_node_fs_.constants.O_RDONLY | external_node_fs_.constants.O_NONBLOCK).catch((cause) => {
        throw new errors/* UserError */.yo(`The report ${path} cannot be opened`, {
            code: 'report-not-found',
            fix: 'Check the path, and that the job that writes the report ran.',
            cause,
        });
    });
    try {
        const stats = await handle.stat();
        if (!stats.isFile()) {
            throw unreadable(path, 'it is not a file');
        }
        if (stats.size === 0) {
            throw unreadable(path, 'it is empty');
        }
        if (stats.size > MAX_REPORT_BYTES) {
            throw unreadable(path, `it has ${stats.size} bytes, more than ${MAX_REPORT_BYTES}`);
        }
        const beginning = Buffer.alloc(Math.min(HEAD_BYTES, stats.size));
        await handle.read(beginning, 0, beginning.length, 0);
        return await body({
            path,
            head: beginning.toString('utf8').replace(/^\ufeff/, ''),
            modified: stats.mtime,
            text: decode(handle, path, signal),
        });
    }
    finally {
        await handle.close();
    }
}
async function* decode(handle, path, signal) {
    const decoder = new TextDecoder('utf-8', { fatal: true });
    const buffer = Buffer.alloc(CHUNK_BYTES);
    let position = 0;
    const text = (bytes) => {
        try {
            return decoder.decode(bytes, { stream: bytes !== undefined });
        }
        catch {
            throw unreadable(path, `it is not UTF-8 text (near byte ${position})`);
        }
    };
    for (;;) {
        signal.throwIfAborted();
        const { bytesRead } = await handle.read(buffer, 0, buffer.length, position);
        if (bytesRead === 0) {
            break;
        }
        yield text(buffer.subarray(0, bytesRead));
        position += bytesRead;
    }
    yield text();
}

;// CONCATENATED MODULE: ./build/packages/reports/src/coverage/line-hits.js
const INITIAL = 64;
/**
 * Lines with hits, in four bytes a record. A line that is reported again is covered if any report covers it.
 * Memory grows with the records of the report, not with the numbers that it names.
 */
class LineHits {
    /** Line number doubled, plus one when it was hit. */
    #records = new Uint32Array(INITIAL);
    #length = 0;
    /** How many of the records are sorted and without repetition. */
    #compacted = 0;
    /** @param line 1 to 2^30 */
    add(line, hit) {
        if (this.#length === this.#records.length) {
            if (this.#isWorthCompacting()) {
                this.#compact();
            }
            if (this.#length > this.#records.length / 2) {
                const larger = new Uint32Array(this.#records.length * 2);
                larger.set(this.#records);
                this.#records = larger;
            }
        }
        this.#records[this.#length] = line * 2 + (hit ? 1 : 0);
        this.#length += 1;
    }
    count() {
        this.#compact();
        let covered = 0;
        for (let index = 0; index < this.#length; index += 1) {
            covered += (this.#records[index] ?? 0) & 1;
        }
        return { covered, total: this.#length };
    }
    /** Gives back what is not used: called when a report goes on to the next file. */
    trim() {
        if (!this.#isWorthCompacting()) {
            return;
        }
        this.#compact();
        if (this.#records.length > this.#length + INITIAL) {
            this.#records = this.#records.slice(0, Math.max(INITIAL, this.#length));
        }
    }
    /** All lines, or those of `among`. */
    lines(among) {
        this.#compact();
        const covered = [];
        const missed = [];
        for (const record of this.#records.subarray(0, this.#length)) {
            const line = record >>> 1;
            if (among === undefined || among(line)) {
                (record & 1 ? covered : missed).push(line);
            }
        }
        return { covered, missed };
    }
    /** Adds all of another. */
    merge(other) {
        for (const record of other.#records.subarray(0, other.#length)) {
            this.add(record >>> 1, (record & 1) === 1);
        }
    }
    /**
     * Sorting takes as long as there are records: it waits until there are half as many new ones, or a report that names
     * one file a million times would take for ever.
     */
    #isWorthCompacting() {
        return this.#length - this.#compacted >= this.#compacted / 2;
    }
    /** Sorted, one record a line; of several the hit one, which sorts last. */
    #compact() {
        if (this.#compacted === this.#length) {
            return;
        }
        const used = this.#records.subarray(0, this.#length).sort();
        let kept = 0;
        for (let index = 0; index < used.length; index += 1) {
            const record = used[index] ?? 0;
            const next = used[index + 1];
            if (next === undefined || next >>> 1 !== record >>> 1) {
                used[kept] = record;
                kept += 1;
            }
        }
        this.#length = kept;
        this.#compacted = kept;
    }
}

;// CONCATENATED MODULE: ./build/packages/reports/src/coverage/coverage.js


/** More files than any repository of a sane report has; a bound on memory. */
const MAX_FILES = 200_000;
const MAX_LINE = 2 ** 30;
const MAX_PATH = 4096;
/** Line coverage of many files, from one report or several. */
class Coverage {
    #files = new Map();
    /** When the reports say they were made; the oldest. */
    #madeAt;
    /** The hits of a file, to add to; the same for the same path. */
    file(path, naming = 'path') {
        const normal = normalise(path);
        if (normal === '' || normal.length > MAX_PATH) {
            throw new ReportLimit('a file without a usable path');
        }
        const known = this.#files.get(normal);
        if (known) {
            return known.hits;
        }
        if (this.#files.size >= MAX_FILES) {
            throw new ReportLimit(`more than ${MAX_FILES} files`);
        }
        const hits = new LineHits();
        this.#files.set(ownCopy(normal), { hits, naming });
        return hits;
    }
    /** Notes when a report was made; times before 2000 are what tools write that do not know. */
    made(at) {
        const usable = at.getTime() > Date.UTC(2000, 0, 1);
        if (usable && (this.#madeAt === undefined || at < this.#madeAt)) {
            this.#madeAt = at;
        }
    }
    get madeAt() {
        return this.#madeAt;
    }
    get size() {
        return this.#files.size;
    }
    /** How each file is named, by its path; made anew each time. */
    namings() {
        return new Map([...this.#files].map(([path, { naming }]) => [path, naming]));
    }
    hits(path) {
        return this.#files.get(path)?.hits;
    }
    /** Executable lines of all files, and how many of them ran. */
    count() {
        let covered = 0;
        let total = 0;
        for (const { hits } of this.#files.values()) {
            const one = hits.count();
            covered += one.covered;
            total += one.total;
        }
        return { covered, total };
    }
}
/** The line number and hits of a record, or undefined when they are not numbers that a report may hold. */
function lineRecord(line, hits) {
    // Some tools write hits as 1e+06, or -1 for overflows: what is not zero was hit, but only if it is a number.
    if (line === undefined ||
        hits === undefined ||
        !/^[1-9]\d{0,9}$/.test(line) ||
        !/^\d+(?:\.\d+)?(?:e[+]?\d+)?$/i.test(hits)) {
        return undefined;
    }
    const number = Number(line);
    return number < MAX_LINE ? { line: number, hit: Number(hits) > 0 } : undefined;
}
/** Part of a string keeps all of it in memory: here a piece of the report for each file. */
function ownCopy(text) {
    return Buffer.from(text, 'utf16le').toString('utf16le');
}
/** Forward slashes, no `.` and empty segments; `..` is resolved where it can be. */
function normalise(path) {
    const absolute = /^[\\/]/.test(path);
    const kept = [];
    for (const segment of path.split(/[\\/]+/)) {
        if (segment === '..' && kept.length > 0 && kept.at(-1) !== '..') {
            kept.pop();
        }
        else if (segment !== '.' && segment !== '') {
            kept.push(segment);
        }
    }
    return `${absolute ? '/' : ''}${kept.join('/')}`;
}

;// CONCATENATED MODULE: ./build/packages/reports/src/source/lines.js

/** Longer than any path or record of a line-based report. */
const lines_MAX_LINE = 64 * 1024;
/**
 * The lines of a report without their ends, in groups: one group for each piece that is read, its lines made one at a
 * time as they are asked for.
 *
 * @throws UserError `unreadable-report` for a line of more than 64 KiB
 */
async function* readLines(report) {
    let rest = '';
    for await (const piece of report.text) {
        const text = rest + piece;
        const end = text.lastIndexOf('\n') + 1;
        yield linesOf(text, end, report.path);
        rest = text.slice(end);
        refuseLong(rest, report.path);
    }
    if (rest !== '') {
        yield [rest];
    }
}
function* linesOf(text, end, path) {
    for (let start = 0; start < end;) {
        const next = text.indexOf('\n', start);
        const line = text.slice(start, text[next - 1] === '\r' && next > start ? next - 1 : next);
        refuseLong(line, path);
        yield line;
        start = next + 1;
    }
}
function refuseLong(line, path) {
    if (line.length > lines_MAX_LINE) {
        throw unreadable(path, `a line is longer than ${lines_MAX_LINE} characters`);
    }
}

;// CONCATENATED MODULE: ./build/packages/reports/src/coverage/go.js


/** `<import path>/<file>:<line>.<column>,<line>.<column> <statements> <count>`. Source: golang.org/x/tools/cover. */
const BLOCK = /^(.+):(\d{1,9})\.(\d{1,9}),(\d{1,9})\.(\d{1,9}) (\d{1,9}) (\d{1,19})$/;
/** A block spans a function at most; a bound on the work that one line of a report can ask for. */
const MAX_SPAN = 100_000;
/** Lines of all blocks together, likewise: ten times what a profile of 100 MB has. */
const MAX_LINES = 50_000_000;
/**
 * Go's coverage profiles (`go test -coverprofile`). A block covers its lines; a line is covered if any of its blocks is.
 *
 * @throws UserError `unreadable-report`
 */
async function readGo(report, coverage) {
    let number = 0;
    let blocks = 0;
    let spanned = 0;
    for await (const lines of readLines(report)) {
        for (const line of lines) {
            number += 1;
            // Profiles of several packages are often put after one another, each with its mode.
            if (line === '' || /^mode: (?:set|count|atomic)$/.test(line)) {
                continue;
            }
            const [, path, from, , to, column, statements, count] = BLOCK.exec(line) ?? [];
            const first = Number(from);
            // A block that ends before the first character of a line does not have that line.
            const last = Number(column) <= 1 && Number(to) > first ? Number(to) - 1 : Number(to);
            if (path === undefined || first < 1 || last < first || last - first > MAX_SPAN) {
                throw unreadable(report.path, `line ${number}: not a block of a Go profile`);
            }
            blocks += 1;
            if (Number(statements) === 0) {
                continue;
            }
            spanned += last - first + 1;
            if (spanned > MAX_LINES) {
                throw unreadable(report.path, `line ${number}: its blocks have more than ${MAX_LINES} lines together`);
            }
            const hits = coverage.file(path, 'package');
            for (let at = first; at <= last; at += 1) {
                hits.add(at, Number(count) > 0);
            }
        }
    }
    if (blocks === 0) {
        throw unreadable(report.path, 'it holds no block');
    }
}

// EXTERNAL MODULE: ./node_modules/@streamparser/json/dist/mjs/index.js + 7 modules
var mjs = __webpack_require__(5497);
;// CONCATENATED MODULE: ./build/packages/reports/src/source/json.js


/** No value that is read as a whole may be larger, in characters. */
const MAX_VALUE = 32 * 1024 * 1024;
/** Brackets, commas, names, numbers and so on of one value: small parts take more memory than their text. */
const MAX_TOKENS = 4_000_000;
const MAX_DEPTH = 200;
/**
 * Reads a JSON report as a stream: only the values at `paths` are made, one at a time.
 *
 * @throws UserError `unreadable-report` for anything that is not one JSON text, nested more than 200 deep or with one
 *   value of more than 32 Mi characters or 4 million parts
 */
async function readJson(report, handler) {
    // Without buffers each digit and each escape waits as an object of its own for the end of its token.
    const tokenizer = new mjs/* Tokenizer */._F({ stringBufferSize: 4096, numberBufferSize: 64 });
    const parser = new mjs/* TokenParser */.zb({ paths: [...handler.paths], keepStack: false });
    const fail = (why) => {
        throw unreadable(report.path, why);
    };
    // What a handler throws comes here too, and passes through as it is.
    tokenizer.onError = parser.onError = (error) => {
        if (error instanceof mjs/* TokenizerError */.S0 || error instanceof mjs/* TokenParserError */.Z) {
            fail(`it is not JSON: ${error.message.slice(0, 200)}`);
        }
        throw error;
    };
    let since = 0;
    let tokens = 0;
    let text = '';
    /** Where in each open container the reader is. */
    const position = [];
    tokenizer.onToken = (token) => {
        tokens += 1;
        if (tokens > MAX_TOKENS) {
            fail(`one value in it has more than ${MAX_TOKENS} parts`);
        }
        const top = position.length - 1;
        switch (token.token) {
            case mjs/* TokenType */.ks.LEFT_BRACE:
            case mjs/* TokenType */.ks.LEFT_BRACKET:
                if (top + 1 >= MAX_DEPTH) {
                    fail(`it is nested more than ${MAX_DEPTH} deep`);
                }
                if (token.token === mjs/* TokenType */.ks.LEFT_BRACKET) {
                    handler.array?.(position);
                }
                position.push(token.token === mjs/* TokenType */.ks.LEFT_BRACKET ? 0 : '');
                break;
            case mjs/* TokenType */.ks.RIGHT_BRACE:
            case mjs/* TokenType */.ks.RIGHT_BRACKET:
                position.pop();
                break;
            case mjs/* TokenType */.ks.STRING:
                text = String(token.value);
                break;
            case mjs/* TokenType */.ks.COLON:
                position[top] = text;
                break;
            case mjs/* TokenType */.ks.COMMA:
                if (typeof position[top] === 'number') {
                    position[top] += 1;
                }
                break;
        }
        parser.write(token);
    };
    parser.onValue = ({ value, key, stack }) => {
        since = 0;
        tokens = 0;
        const keys = [...stack.slice(1).map((level) => level.key), key];
        handler.value(value, keys.filter((part) => part !== undefined));
    };
    for await (const piece of report.text) {
        since += piece.length;
        if (since > MAX_VALUE) {
            fail(`one value in it has more than ${MAX_VALUE} characters`);
        }
        tokenizer.write(piece);
    }
    if (!parser.isEnded) {
        fail('it ends in the middle');
    }
}

;// CONCATENATED MODULE: ./build/packages/reports/src/coverage/istanbul.js


const istanbul_MAX_LINE = 2 ** 30;
/**
 * Istanbul's `coverage-final.json`: a line is executable where a statement begins, and has the highest count of the
 * statements that begin there. Source: istanbul-lib-coverage, FileCoverage.getLineCoverage.
 *
 * @throws UserError `unreadable-report`
 */
async function readIstanbul(report, coverage) {
    let files = 0;
    await readJson(report, {
        paths: ['$.*'],
        value: (value, keys) => {
            const fail = (why) => {
                throw unreadable(report.path, `${String(keys[0]).slice(0, 200)}: ${why}`);
            };
            const { path, statementMap, s } = (value ?? {});
            if (typeof statementMap !== 'object' || typeof s !== 'object' || statementMap === null || s === null) {
                return fail('it has no statements and counts');
            }
            const hits = coverage.file(typeof path === 'string' ? path : String(keys[0]));
            for (const [id, statement] of Object.entries(statementMap)) {
                const line = statement?.start?.line;
                const count = s[id];
                if (!Number.isInteger(line) ||
                    line < 1 ||
                    line >= istanbul_MAX_LINE ||
                    typeof count !== 'number') {
                    fail(`the statement ${id.slice(0, 20)} has no line and count`);
                }
                hits.add(line, count > 0);
            }
            hits.trim();
            files += 1;
        },
    });
    if (files === 0) {
        throw unreadable(report.path, 'it names no file');
    }
}

;// CONCATENATED MODULE: ./build/packages/reports/src/coverage/lcov.js



/** Records of one file end with this. */
const END = 'end_of_record';
/**
 * lcov's tracefiles: `SF:` a file, `DA:<line>,<hits>[,<checksum>]`, `end_of_record`. Source: geninfo(1).
 *
 * @throws UserError `unreadable-report` for a record of no file, a line without numbers, a file that does not end
 */
async function readLcov(report, coverage) {
    let hits;
    let number = 0;
    let files = 0;
    const fail = (why) => {
        throw unreadable(report.path, `line ${number}: ${why}`);
    };
    for await (const lines of readLines(report)) {
        for (const line of lines) {
            number += 1;
            if (line.startsWith('DA:')) {
                const [at, count] = line.slice(3).split(',');
                const record = lineRecord(at?.trim(), count?.trim().replace(/^-\d+$/, '1'));
                if (!record || !hits) {
                    return fail(hits ? 'not a line with its hits' : 'hits of no file');
                }
                hits.add(record.line, record.hit);
            }
            else if (line.startsWith('SF:')) {
                if (hits) {
                    return fail('a file begins inside another');
                }
                hits = coverage.file(line.slice(3).trim());
                files += 1;
            }
            else if (line.trimEnd() === END) {
                hits?.trim();
                hits = undefined;
            }
            else if (line !== '' && !/^(?:#|[A-Z]{2,4}(?::|$))/.test(line)) {
                return fail('not a record of lcov');
            }
        }
    }
    if (hits || files === 0) {
        throw unreadable(report.path, hits ? 'it ends in the middle of a file' : 'it names no file');
    }
}

// EXTERNAL MODULE: ./node_modules/saxes/saxes.js
var saxes = __webpack_require__(9800);
;// CONCATENATED MODULE: ./build/packages/reports/src/source/xml.js


/** Between two elements there is no more than this, in characters: log output in a CDATA section, a comment. */
const MAX_TOKEN = 16 * 1024 * 1024;
const xml_MAX_DEPTH = 200;
/** More than any element of the formats has; a bound on memory. */
const MAX_ATTRIBUTES = 200;
/** A document type with an internal subset, where entities are declared. A reference to an outside one is never followed. */
const INTERNAL_SUBSET = /\[/;
/**
 * Reads an XML report as a stream. Entities other than the five of XML are refused, and so is an internal subset;
 * JaCoCo and Cobertura name an external document type, which is ignored, not fetched.
 *
 * @throws UserError `unreadable-report` for anything that is not one well-formed document
 */
async function readXml(report, handler) {
    const fail = (why) => {
        throw unreadable(report.path, why);
    };
    const parser = new saxes/* SaxesParser */.wT({ position: true, xmlns: false });
    let depth = 0;
    let last = 0;
    let attributes = 0;
    parser.on('error', (error) => fail(error.message));
    parser.on('doctype', (doctype) => {
        if (INTERNAL_SUBSET.test(doctype)) {
            fail('it declares a document type of its own (entities), which is not accepted');
        }
    });
    parser.on('attribute', () => {
        attributes += 1;
        if (attributes > MAX_ATTRIBUTES) {
            fail(`an element has more than ${MAX_ATTRIBUTES} attributes`);
        }
    });
    parser.on('opentag', (tag) => {
        last = parser.position;
        attributes = 0;
        if (depth >= xml_MAX_DEPTH) {
            fail(`its elements are nested more than ${xml_MAX_DEPTH} deep`);
        }
        handler.open(tag.name, tag.attributes, depth);
        depth += 1;
    });
    parser.on('closetag', (tag) => {
        last = parser.position;
        depth -= 1;
        handler.close?.(tag.name, depth);
    });
    if (handler.text) {
        parser.on('text', handler.text);
    }
    for await (const piece of report.text) {
        parser.write(piece);
        if (parser.position - last > MAX_TOKEN) {
            fail(`there are more than ${MAX_TOKEN} characters without an element`);
        }
    }
    parser.close();
}

;// CONCATENATED MODULE: ./build/packages/reports/src/coverage/time.js
/** Milliseconds, or seconds where the number is too small for them. */
function timeOf(text) {
    const value = text !== undefined && /^\d{1,16}$/.test(text) ? Number(text) : 0;
    return new Date(value < 100_000_000_000 ? value * 1000 : value);
}

;// CONCATENATED MODULE: ./build/packages/reports/src/coverage/clover.js


/**
 * Clover: `file path` with `line num count`; `project` is the code, `testproject` the tests, which do not count.
 * Source: the schema clover.xsd of OpenClover; Istanbul and PHPUnit write it too.
 */
function clover(coverage, fail) {
    let hits;
    let tests = false;
    let files = 0;
    return {
        files: () => files,
        open: (name, attributes, depth) => {
            if (depth === 0) {
                coverage.made(timeOf(attributes.generated));
            }
            else if (name === 'testproject') {
                tests = true;
            }
            else if (name === 'file' && !tests) {
                // PHPUnit writes the whole path as name and no path.
                const path = attributes.path ?? attributes.name ?? fail('a file without a path');
                hits = coverage.file(path);
                files += 1;
            }
            else if (name === 'line' && !tests) {
                const record = lineRecord(attributes.num, attributes.count ?? hitsOfCondition(attributes));
                if (!record || !hits) {
                    return fail('a line without number and count');
                }
                hits.add(record.line, record.hit);
            }
        },
        close: (name) => {
            if (name === 'testproject') {
                tests = false;
            }
            else if (name === 'file') {
                hits?.trim();
                hits = undefined;
            }
        },
    };
}
/** OpenClover counts a condition by its two outcomes. */
function hitsOfCondition(attributes) {
    const { truecount, falsecount } = attributes;
    if (truecount === undefined || falsecount === undefined) {
        return undefined;
    }
    return String(Number(truecount) + Number(falsecount));
}

;// CONCATENATED MODULE: ./build/packages/reports/src/coverage/cobertura.js


/**
 * Cobertura: `class filename` with `lines/line number hits`. Methods repeat lines of their class.
 * Source: the DTD coverage-04.
 */
function cobertura(coverage, fail) {
    const sources = [];
    let source;
    let hits;
    let files = 0;
    return {
        files: () => files,
        open: (name, attributes, depth) => {
            if (depth === 0) {
                coverage.made(timeOf(attributes.timestamp));
            }
            else if (name === 'source') {
                source = '';
            }
            else if (name === 'class') {
                const file = attributes.filename ?? fail('a class without a file name');
                hits = coverage.file(rooted(file, sources));
                files += 1;
            }
            else if (name === 'line') {
                const record = lineRecord(attributes.number, attributes.hits);
                if (!record || !hits) {
                    return fail('a line without number and hits');
                }
                hits.add(record.line, record.hit);
            }
        },
        text: (text) => {
            if (source !== undefined && source.length < 4096) {
                source += text;
            }
        },
        close: (name) => {
            if (name === 'source' && source !== undefined) {
                sources.push(source.trim());
                source = undefined;
            }
            else if (name === 'class') {
                hits?.trim();
                hits = undefined;
            }
        },
    };
}
/** File names are relative to one of the sources; with several nobody says to which, so they stay as they are. */
function rooted(file, sources) {
    const [only] = sources;
    const absolute = /^(?:[\\/]|[A-Za-z]:)/.test(file);
    return sources.length === 1 && only !== undefined && only !== '' && !absolute ? `${only}/${file}` : file;
}

;// CONCATENATED MODULE: ./build/packages/reports/src/coverage/jacoco.js


/**
 * JaCoCo: `package name` / `sourcefile name` with `line nr mi ci` (missed and covered instructions); a line is covered
 * when an instruction of it ran. Source: JaCoCo's DTD report 1.1.
 */
function jacoco(coverage, fail) {
    let packageName = '';
    let hits;
    let files = 0;
    return {
        files: () => files,
        open: (name, attributes) => {
            if (name === 'sessioninfo') {
                coverage.made(timeOf(attributes.dump));
            }
            else if (name === 'package') {
                packageName = attributes.name ?? fail('a package without a name');
            }
            else if (name === 'sourcefile') {
                const file = attributes.name ?? fail('a source file without a name');
                hits = coverage.file(packageName === '' ? file : `${packageName}/${file}`, 'package');
                files += 1;
            }
            else if (name === 'line') {
                const record = lineRecord(attributes.nr, attributes.ci);
                if (!record || !hits) {
                    return fail('a line without number and instructions');
                }
                hits.add(record.line, record.hit);
            }
        },
        close: (name) => {
            if (name === 'sourcefile') {
                hits?.trim();
                hits = undefined;
            }
        },
    };
}

;// CONCATENATED MODULE: ./build/packages/reports/src/coverage/xml-coverage.js





/**
 * Cobertura, JaCoCo or Clover: the root element tells which.
 *
 * @throws UserError `unreadable-report`
 */
async function readXmlCoverage(report, coverage) {
    const fail = (why) => {
        throw unreadable(report.path, why);
    };
    let format;
    await readXml(report, {
        open: (name, attributes, depth) => {
            format ??= formatOf(name, attributes, coverage, fail);
            format.open(name, attributes, depth);
        },
        close: (name, depth) => format?.close?.(name, depth),
        text: (text) => format?.text?.(text),
    });
    if (!format || format.files() === 0) {
        fail('it names no file');
    }
}
function formatOf(root, attributes, coverage, fail) {
    if (root === 'report') {
        return jacoco(coverage, fail);
    }
    if (root === 'coverage') {
        // Both are called `coverage`; Cobertura always has its rates, Clover never.
        return 'line-rate' in attributes ? cobertura(coverage, fail) : clover(coverage, fail);
    }
    return fail(`its root element ${root.slice(0, 60)} is none of Cobertura, JaCoCo, Clover`);
}

;// CONCATENATED MODULE: ./build/packages/reports/src/coverage/read-coverage.js







/**
 * Reads line coverage from lcov, Cobertura, JaCoCo, Clover, Go and Istanbul reports; the content tells the format.
 * Reports of the same file are put together: a line is covered if one of them covers it.
 *
 * @throws UserError `report-not-found`, `unreadable-report`: one bad report spoils them all
 */
async function readCoverage(paths, ports) {
    const coverage = new Coverage();
    for (const path of paths) {
        await withReport(path, ports.signal, async (report) => {
            coverage.made(report.modified);
            await readerOf(report)(report, coverage).catch((error) => {
                throw error instanceof ReportLimit ? unreadable(path, error.message, error) : error;
            });
        });
    }
    return { coverage, madeAt: coverage.madeAt ?? new Date(0) };
}
function readerOf(report) {
    const head = report.head.trimStart();
    const formats = [
        [/^</, readXmlCoverage],
        [/^mode: (?:set|count|atomic)\r?\n/, readGo],
        [/^(?:#[^\n]*\n|[A-Z]{2,4}:)/, readLcov],
        [/^\{/, readIstanbul],
    ];
    const found = formats.find(([pattern]) => pattern.test(head));
    if (!found) {
        throw unreadable(report.path, 'it is none of lcov, Cobertura, JaCoCo, Clover, Go, Istanbul');
    }
    return found[1];
}

;// CONCATENATED MODULE: ./build/packages/reports/src/findings/base.js
function emptyBase() {
    return new Map();
}

// EXTERNAL MODULE: ./node_modules/zod/v4/classic/schemas.js + 11 modules
var schemas = __webpack_require__(2857);
// EXTERNAL MODULE: ./node_modules/zod/v4/classic/iso.js
var iso = __webpack_require__(4377);
;// CONCATENATED MODULE: ./build/packages/reports/src/findings/result.js


/** The parts of a SARIF 2.1.0 result that are read. */
const result_location = schemas/* looseObject */._H3({
    physicalLocation: schemas/* looseObject */._H3({
        artifactLocation: schemas/* looseObject */._H3({ uri: schemas/* string */.YjP().optional(), index: schemas/* int */.Whr().optional() }).optional(),
        region: schemas/* looseObject */._H3({ startLine: schemas/* int */.Whr().optional() }).optional(),
    })
        .optional(),
});
const resultSchema = schemas/* looseObject */._H3({
    ruleId: schemas/* string */.YjP().optional(),
    ruleIndex: schemas/* int */.Whr().optional(),
    rule: schemas/* looseObject */._H3({
        id: schemas/* string */.YjP().optional(),
        index: schemas/* int */.Whr().optional(),
        toolComponent: schemas/* looseObject */._H3({ index: schemas/* int */.Whr().optional() }).optional(),
    })
        .optional(),
    level: schemas/* enum */.k5n(['none', 'note', 'warning', 'error']).optional(),
    kind: schemas/* string */.YjP().optional(),
    baselineState: schemas/* string */.YjP().optional(),
    message: schemas/* looseObject */._H3({ text: schemas/* string */.YjP().optional(), markdown: schemas/* string */.YjP().optional(), id: schemas/* string */.YjP().optional() })
        .optional(),
    locations: schemas/* array */.YOg(result_location).nullish(),
    suppressions: schemas/* array */.YOg(schemas/* looseObject */._H3({ status: schemas/* string */.YjP().optional() })).nullish(),
    partialFingerprints: schemas/* record */.g1P(schemas/* string */.YjP(), schemas/* string */.YjP()).nullish(),
    fingerprints: schemas/* record */.g1P(schemas/* string */.YjP(), schemas/* string */.YjP()).nullish(),
});
/**
 * Whether it is a finding: of kind `fail` (the default), not gone since its baseline, and not suppressed. A
 * suppression that somebody still reviews or has rejected suppresses nothing.
 */
function counts(result) {
    const suppressions = result.suppressions ?? [];
    const suppressed = suppressions.length > 0 &&
        suppressions.every(({ status }) => status === undefined || status === 'accepted');
    return (result.kind ?? 'fail') === 'fail' && result.baselineState !== 'absent' && !suppressed;
}
/**
 * The same for the same finding in two reports, whatever lines it moved to: its fingerprints, or, where the tool makes
 * none, rule, file and message. 16 characters, one a byte: a base may hold a million of them.
 */
function identityOf(result) {
    const fingerprints = Object.entries(result.fingerprints ?? result.partialFingerprints ?? {}).sort();
    const { file } = placeOf(result);
    const rule = ruleOf(result);
    const parts = fingerprints.length > 0 ? [rule, file, ...fingerprints.flat()] : [rule, file, messageOf(result)];
    return (0,external_node_crypto_.hash)('sha256', JSON.stringify(parts), 'buffer').toString('latin1', 0, 16);
}
function ruleOf(result) {
    return (result.ruleId ?? result.rule?.id ?? (result.ruleIndex === undefined ? '' : `rule ${result.ruleIndex}`));
}
function placeOf(result) {
    const physical = result.locations?.[0]?.physicalLocation;
    return { file: physical?.artifactLocation?.uri ?? '', line: Math.max(0, physical?.region?.startLine ?? 0) };
}
function messageOf(result) {
    const { text, markdown, id } = result.message ?? {};
    return text ?? markdown ?? id ?? '';
}

;// CONCATENATED MODULE: ./build/packages/reports/src/findings/level.js
const levels = ['error', 'warning', 'note'];
/** The level of a result that names none: its rule's default, else `warning` (SARIF 2.1.0, 3.27.10). */
function defaultLevel(tool, reference) {
    const component = reference.component === undefined ? tool?.driver : tool?.extensions?.[reference.component];
    const rules = Array.isArray(component?.rules) ? component.rules : [];
    const rule = (reference.index === undefined ? undefined : rules[reference.index]) ?? named(rules, reference.id);
    return asLevel(rule?.defaultConfiguration?.level) ?? 'warning';
}
function asLevel(value) {
    return value === 'none' ? 'none' : levels.find((level) => level === value);
}
/** `CA1000/1` is a sub-case of the rule `CA1000`. */
function named(rules, id) {
    if (id === undefined) {
        return undefined;
    }
    for (let name = id;; name = name.slice(0, name.lastIndexOf('/'))) {
        const rule = rules.find((entry) => entry.id === name);
        if (rule || !name.includes('/')) {
            return rule;
        }
    }
}

;// CONCATENATED MODULE: ./build/packages/reports/src/findings/tally.js



const MAX_SAMPLES = 25;
const MAX_TEXT = 300;
/** A bound on memory: more rules than any tool has. */
const MAX_RULES = 50_000;
/** Another one: samples of all rules that are kept until the levels are known. */
const MAX_KEPT = 5_000;
/**
 * Counts the results of one run. A run may name its rules, and with them the levels, after its results: results
 * without a level of their own wait in one bucket a rule.
 */
class RunTally {
    #buckets = new Map();
    #kept = 0;
    /** @param fresh whether it is not in the base; undefined without a base */
    add(result, fresh) {
        const explicit = asLevel(result.level);
        const reference = {
            id: result.ruleId ?? result.rule?.id,
            index: result.rule?.index ?? result.ruleIndex,
            component: result.rule?.toolComponent?.index,
        };
        const key = explicit ?? JSON.stringify(reference);
        const bucket = this.#buckets.get(key) ?? { explicit, reference, total: 0, fresh: 0, samples: [] };
        if (bucket.total === 0) {
            if (this.#buckets.size >= MAX_RULES) {
                throw new ReportLimit(`results of more than ${MAX_RULES} rules`);
            }
            this.#buckets.set(key, bucket);
        }
        bucket.total += 1;
        bucket.fresh += fresh ? 1 : 0;
        // New ones are shown first: an old one makes room for them.
        const room = bucket.samples.length < MAX_SAMPLES && this.#kept < MAX_KEPT;
        const old = room || !fresh ? -1 : bucket.samples.findIndex((sample) => !sample.new);
        if (room || old >= 0) {
            const sample = {
                file: shortened(placeOf(result).file),
                line: placeOf(result).line,
                rule: shortened(ruleOf(result)),
                message: shortened(messageOf(result)),
                new: fresh,
            };
            this.#kept += room ? 1 : 0;
            bucket.samples.splice(room ? bucket.samples.length : old, room ? 0 : 1, sample);
        }
    }
    /** @param tool of the run, now that all of it was read */
    finish(tool) {
        const total = { error: 0, warning: 0, note: 0 };
        const fresh = { error: 0, warning: 0, note: 0 };
        const samples = [];
        for (const bucket of this.#buckets.values()) {
            const level = bucket.explicit ?? defaultLevel(tool, bucket.reference);
            if (level === 'none') {
                continue;
            }
            total[level] += bucket.total;
            fresh[level] += bucket.fresh;
            samples.push(...bucket.samples.map((sample) => ({ ...sample, level })));
        }
        return { total, fresh, samples: worst(samples) };
    }
}
/** The beginning, copied: part of a string keeps all of it in memory. */
function shortened(text) {
    return Buffer.from(text.slice(0, MAX_TEXT), 'utf16le').toString('utf16le');
}
/** The most important ones: new before old, errors before warnings, then by place. */
function worst(findings) {
    const rank = (finding) => [
        finding.new === false ? 1 : 0,
        levels.indexOf(finding.level),
        finding.file,
        String(finding.line).padStart(10, '0'),
        finding.rule,
        finding.message,
    ].join('\0');
    return findings
        .map((finding) => [rank(finding), finding])
        .sort(([a], [b]) => (a < b ? -1 : a > b ? 1 : 0))
        .slice(0, MAX_SAMPLES)
        .map(([, finding]) => finding);
}

;// CONCATENATED MODULE: ./build/packages/reports/src/findings/sarif.js





const invocation = schemas/* looseObject */._H3({
    executionSuccessful: schemas/* boolean */.zMY().optional(),
    endTimeUtc: iso/* datetime */.w$({ offset: true }).optional(),
});
const provenance = schemas/* looseObject */._H3({ revisionId: schemas/* string */.YjP().optional() });
const tool = schemas/* looseObject */._H3({
    driver: schemas/* looseObject */._H3({ name: schemas/* string */.YjP(), rules: schemas/* array */.YOg(schemas/* looseObject */._H3({})).nullish() }),
    extensions: schemas/* array */.YOg(schemas/* looseObject */._H3({ rules: schemas/* array */.YOg(schemas/* looseObject */._H3({})).nullish() })).nullish(),
});
const MAX_RUNS = 1000;
/** Forty times what GitHub takes of one run; a bound on time and on the memory of a base. */
const MAX_RESULTS = 1_000_000;
const RUN_PARTS = [
    'tool',
    'invocations.*',
    'versionControlProvenance.*',
    'results.*',
    'externalPropertyFileReferences',
];
/**
 * Reads one SARIF 2.1.0 log as a stream (OASIS, sarif-v2.1.0).
 *
 * @param isNew called once for each finding that counts, in the log's order
 * @throws UserError `unreadable-report`
 */
async function readSarif(report, isNew) {
    const fail = (why) => {
        throw unreadable(report.path, why);
    };
    const checked = (schema, value, what) => {
        const parsed = schema.safeParse(value);
        return parsed.success
            ? parsed.data
            : fail(`${what} is not as SARIF 2.1.0 says: ${explain(parsed.error)}`);
    };
    const runs = new Map();
    let version;
    let results = 0;
    const runAt = (index) => {
        const run = runs.get(index) ?? {
            tool: undefined,
            tally: new RunTally(),
            hasResults: false,
            revisions: [],
            endedAt: undefined,
        };
        if (!runs.has(index) && runs.size >= MAX_RUNS) {
            fail(`it has more than ${MAX_RUNS} runs`);
        }
        runs.set(index, run);
        return run;
    };
    const onValue = (value, [first, index = '', property, item]) => {
        if (first === 'version') {
            version = value;
            return;
        }
        const run = runAt(index);
        if (property === 'tool') {
            run.tool = checked(tool, value, `run ${index}: its tool`);
        }
        else if (property === 'invocations') {
            const { executionSuccessful, endTimeUtc } = checked(invocation, value, `run ${index}: an invocation`);
            if (executionSuccessful === false) {
                fail(`run ${index}: its tool says that it did not succeed`);
            }
            run.endedAt = endTimeUtc === undefined ? run.endedAt : new Date(endTimeUtc);
        }
        else if (property === 'versionControlProvenance') {
            const { revisionId } = checked(provenance, value, `run ${index}: its provenance`);
            run.revisions.push(...(revisionId === undefined ? [] : [revisionId]));
        }
        else if (property === 'externalPropertyFileReferences') {
            fail(`run ${index}: its results lie in other files, which is not supported`);
        }
        else {
            results += 1;
            if (results > MAX_RESULTS) {
                fail(`it has more than ${MAX_RESULTS} results`);
            }
            const result = checked(resultSchema, value, `run ${index}, result ${item}`);
            if (counts(result)) {
                run.tally.add(result, isNew(identityOf(result)));
            }
        }
    };
    await readJson(report, {
        paths: ['$.version', ...RUN_PARTS.map((part) => `$.runs.*.${part}`)],
        value: onValue,
        array: ([first, index, property, ...deeper]) => {
            if (first === 'runs' && property === 'results' && index !== undefined && deeper.length === 0) {
                runAt(index).hasResults = true;
            }
        },
    });
    if (version !== '2.1.0') {
        fail(`its version is ${JSON.stringify(version) ?? 'missing'}, not "2.1.0"`);
    }
    if (runs.size === 0) {
        fail('it holds no run');
    }
    return {
        madeAt: oldest(report.modified, runs.values()),
        runs: [...runs].map(([index, run]) => finish(run, index, fail)),
    };
}
function finish(run, index, fail) {
    if (!run.tool) {
        return fail(`run ${index}: it names no tool`);
    }
    if (!run.hasResults) {
        return fail(`run ${index}: it has no list of results, so nothing says that its tool looked`);
    }
    const revisions = run.revisions.filter((revision) => /^[0-9a-f]{40}(?:[0-9a-f]{24})?$/.test(revision));
    return { tool: String(run.tool.driver?.name), revisions, ...run.tally.finish(run.tool) };
}
function oldest(modified, runs) {
    return [...runs].reduce((date, { endedAt }) => (endedAt && endedAt < date ? endedAt : date), modified);
}
function explain(error) {
    const [issue] = error.issues;
    return issue ? `${issue.path.map(String).join('.')}: ${issue.message}` : 'it cannot be read';
}

;// CONCATENATED MODULE: ./build/packages/reports/src/findings/read-findings.js





/**
 * Reads SARIF 2.1.0 logs, all together.
 *
 * @param base the findings that were there before (`readBase`); each makes up for one, and is used up by it
 * @throws UserError `report-not-found`, `unreadable-report`: also for a log without runs, a run without results, and a
 *   tool that says that it did not succeed
 */
async function readFindings(paths, base, ports) {
    const total = { error: 0, warning: 0, note: 0 };
    const fresh = { error: 0, warning: 0, note: 0 };
    const tools = new Set();
    const revisions = new Set();
    const samples = [];
    let madeAt = new Date(8.64e15);
    const isNew = (identity) => {
        const left = base?.get(identity) ?? 0;
        if (left > 0) {
            base?.set(identity, left - 1);
        }
        return base ? left === 0 : undefined;
    };
    for (const path of paths) {
        const log = await read(path, isNew, ports);
        madeAt = log.madeAt < madeAt ? log.madeAt : madeAt;
        for (const run of log.runs) {
            tools.add(run.tool);
            for (const revision of run.revisions) {
                revisions.add(revision);
            }
            for (const level of ['error', 'warning', 'note']) {
                total[level] += run.total[level];
                fresh[level] += run.fresh[level];
            }
            samples.push(...run.samples);
        }
    }
    return {
        madeAt,
        tools: [...tools].sort(),
        revisions: [...revisions].sort(),
        total,
        new: base ? fresh : undefined,
        worst: worst(samples),
    };
}
/**
 * The findings of the base's SARIF logs, to compare with.
 *
 * @throws UserError as `readFindings`
 */
async function readBase(paths, ports) {
    const base = emptyBase();
    for (const path of paths) {
        await read(path, (identity) => {
            base.set(identity, (base.get(identity) ?? 0) + 1);
            return undefined;
        }, ports);
    }
    return base;
}
function read(path, isNew, ports) {
    return withReport(path, ports.signal, (report) => readSarif(report, isNew).catch((error) => {
        throw error instanceof ReportLimit ? unreadable(path, error.message, error) : error;
    }));
}

;// CONCATENATED MODULE: ./build/packages/reports/src/tests/read-tests.js



const MAX_FAILURES = 25;
const MAX_NAME = 300;
/**
 * Reads JUnit XML: `testsuites` / `testsuite` / `testcase` with `failure`, `error` or `skipped`. There is no standard;
 * this is what Ant, Surefire, pytest, jest-junit, gotestsum and this project write. A suite that counts more failures
 * in its attributes than it has cases with one is believed.
 *
 * @throws UserError `report-not-found`, `unreadable-report`
 */
async function readTests(paths, ports) {
    const tally = { passed: 0, failed: 0, skipped: 0, failures: [] };
    let madeAt = new Date(8.64e15);
    for (const path of paths) {
        await withReport(path, ports.signal, async (report) => {
            madeAt = report.modified < madeAt ? report.modified : madeAt;
            const suite = junit(tally, (why) => {
                throw unreadable(path, why);
            });
            await readXml(report, suite);
        });
    }
    return { ...tally, failures: tally.failures.sort(), madeAt };
}
function junit(tally, fail) {
    let current;
    let outermost;
    return {
        open: (name, attributes, depth) => {
            if (depth === 0 && name !== 'testsuites' && name !== 'testsuite') {
                fail(`its root element is ${name.slice(0, 60)}, not testsuites or testsuite`);
            }
            if (name === 'testsuite' && !outermost) {
                const declared = (countOf(attributes.failures) ?? 0) + (countOf(attributes.errors) ?? 0);
                outermost = { depth, declared, before: tally.failed };
            }
            else if (name === 'testcase') {
                const label = [attributes.classname, attributes.name].filter(Boolean).join(' › ');
                current = { name: label.slice(0, MAX_NAME), outcome: 'passed' };
            }
            else if (current && (name === 'failure' || name === 'error')) {
                current.outcome = 'failed';
            }
            else if (current && name === 'skipped' && current.outcome === 'passed') {
                current.outcome = 'skipped';
            }
        },
        close: (name, depth) => {
            if (name === 'testcase' && current) {
                tally[current.outcome] += 1;
                if (current.outcome === 'failed' && tally.failures.length < MAX_FAILURES) {
                    tally.failures.push(current.name);
                }
                current = undefined;
            }
            else if (outermost?.depth === depth) {
                tally.failed = Math.max(tally.failed, outermost.before + outermost.declared);
                outermost = undefined;
            }
        },
    };
}

;// CONCATENATED MODULE: ./build/packages/reports/src/coverage/match.js


/** Of a Unix machine or of Windows, its separators turned round. */
const ABSOLUTE = /^(?:\/|[A-Za-z]:\/)/;
/**
 * Finds a repository's file in the reports, which name files in many ways: from the repository's root, absolutely
 * (also of another machine or container), by Java package, by Go import path. What could be two files is none.
 *
 * @param workspace the checked-out repository, absolute
 */
class FileMatcher {
    #coverage;
    #workspace;
    #paths;
    /** Reported paths by their last segment. */
    #byName = new Map();
    #modules = new Map();
    constructor(coverage, workspace) {
        this.#coverage = coverage;
        this.#workspace = workspace;
        this.#paths = coverage.namings();
        for (const reported of this.#paths.keys()) {
            const name = external_node_path_.posix.basename(reported);
            const same = this.#byName.get(name);
            if (same) {
                same.push(reported);
            }
            else {
                this.#byName.set(name, [reported]);
            }
        }
    }
    /** @param file relative to the workspace */
    async find(file) {
        const coverage = this.#coverage;
        const exact = coverage.hits(file) ?? coverage.hits(`${this.#workspace}/${file}`);
        if (exact) {
            return exact;
        }
        const sameName = this.#byName.get(external_node_path_.posix.basename(file)) ?? [];
        if (file.endsWith('.go')) {
            const imported = await this.#goImportPath(file);
            return imported === undefined ? undefined : coverage.hits(imported);
        }
        const found = only(sameName.filter((name) => this.#paths.get(name) === 'package' && `/${file}`.endsWith(`/${name}`))) ?? outermost(sameName.filter((name) => ABSOLUTE.test(name) && name.endsWith(`/${file}`)));
        return found === undefined ? undefined : coverage.hits(found);
    }
    /**
     * A reported path that may mean `file`, though nobody says so: a package of a monorepo names its files from its own
     * folder. One that is there from the repository's root means that file.
     */
    async mayBe(file) {
        const sameName = this.#byName.get(external_node_path_.posix.basename(file)) ?? [];
        for (const name of sameName) {
            const relative = this.#paths.get(name) === 'path' && !ABSOLUTE.test(name);
            const isEnd = name !== file && (file.endsWith(`/${name}`) || name.endsWith(`/${file}`));
            if (relative && isEnd && !(await isThere(external_node_path_.join(this.#workspace, name)))) {
                return name;
            }
        }
        return sameName.find((name) => ABSOLUTE.test(name) && name.endsWith(`/${file}`));
    }
    /** The nearest go.mod names the module; the rest of the path follows it. */
    async #goImportPath(file) {
        for (let folder = external_node_path_.posix.dirname(file);; folder = external_node_path_.posix.dirname(folder)) {
            const known = this.#modules.get(folder) ?? moduleOf(external_node_path_.join(this.#workspace, folder, 'go.mod'));
            this.#modules.set(folder, known);
            const name = await known;
            if (name !== undefined) {
                return `${name}/${external_node_path_.posix.relative(folder, file)}`;
            }
            if (folder === '.') {
                return undefined;
            }
        }
    }
}
function isThere(file) {
    return (0,promises_.access)(file).then(() => true, () => false);
}
async function moduleOf(file) {
    const text = await (0,promises_.readFile)(file, 'utf8').catch(() => '');
    return /^module\s+"?([^\s"]+)"?/m.exec(text)?.[1];
}
function only(names) {
    return names.length === 1 ? names[0] : undefined;
}
/** The one whose folder holds all the others: the root of the place where the tests ran. */
function outermost(names) {
    const shortest = [...names].sort((a, b) => a.length - b.length)[0];
    if (shortest === undefined) {
        return undefined;
    }
    const folder = `${external_node_path_.posix.dirname(shortest)}/`;
    return names.every((name) => name.startsWith(folder)) ? shortest : undefined;
}

// EXTERNAL MODULE: ./build/packages/policy/src/policy/glob.js
var glob = __webpack_require__(1491);
;// CONCATENATED MODULE: ./build/packages/policy/src/quality/files-matching.js



/** Where no report lies, and a walk would take long. */
const SKIPPED = ['.git', 'node_modules'];
/**
 * Absolute paths of the files that a path or glob names, sorted. A path without `*` and `?` is taken as it is, there or
 * not: opening it says what is wrong. Links to folders are not followed.
 *
 * @param folder what relative patterns are relative to
 */
async function filesMatching(pattern, folder) {
    const absolute = external_node_path_.resolve(folder, pattern);
    if (!/[*?]/.test(pattern)) {
        return [absolute];
    }
    const segments = absolute.split('/');
    const fixed = segments.slice(0, segments.findIndex((segment) => /[*?]/.test(segment)));
    const found = [];
    const walk = async (at) => {
        const entries = await (0,promises_.readdir)(at, { withFileTypes: true }).catch(() => []);
        for (const entry of entries) {
            const full = external_node_path_.join(at, entry.name);
            if (entry.isDirectory() && !SKIPPED.includes(entry.name)) {
                await walk(full);
            }
            else if (!entry.isDirectory() && (0,glob/* matchesGlob */.k)(absolute, full)) {
                found.push(full);
            }
        }
    };
    await walk(fixed.join('/') || '/');
    return found.sort();
}

;// CONCATENATED MODULE: ./build/packages/policy/src/quality/line-ranges.js
/**
 * Whether a line is in one of the ranges. Both the ranges and the lines that are asked for come from outside and may be
 * many: each question takes the logarithm of the ranges.
 */
function inRanges(ranges) {
    const merged = [];
    for (const [first, end] of ranges.filter(([a, b]) => a <= b).sort(([a], [b]) => a - b)) {
        const last = merged.at(-1);
        if (last && first <= last[1] + 1) {
            last[1] = Math.max(last[1], end);
        }
        else {
            merged.push([first, end]);
        }
    }
    return (line) => {
        let from = 0;
        let to = merged.length;
        while (from < to) {
            const middle = (from + to) >> 1;
            if ((merged[middle]?.[1] ?? 0) < line) {
                from = middle + 1;
            }
            else {
                to = middle;
            }
        }
        return line >= (merged[from]?.[0] ?? Number.POSITIVE_INFINITY);
    };
}

;// CONCATENATED MODULE: ./build/packages/policy/src/quality/collect-reports.js




/**
 * Reads the reports that the policy asks for. One that is missing, empty or cannot be read becomes a fact that says
 * so; nothing is decided here.
 *
 * @param changed files with their changed lines, to keep of the coverage what the change is about
 */
async function collectReportFacts(inputs, policy, changed, ports) {
    const { coverage, findings, tests } = policy;
    const facts = [];
    if (coverage) {
        facts.push(await reportFact('coverage', inputs.coverage, inputs, ports, async (files) => coverageValue(await readCoverage(files, ports), changed, inputs.workspace)));
    }
    if (coverage?.['max-drop'] !== undefined) {
        facts.push(await reportFact('coverage-base', inputs.coverageBase, inputs, ports, async (files) => ({
            lines: (await readCoverage(files, ports)).coverage.count(),
        })));
    }
    if (findings) {
        facts.push(await reportFact('findings', inputs.sarif, inputs, ports, async (files) => {
            const base = inputs.sarifBase.length > 0 ? await expand(inputs.sarifBase, inputs.workspace) : undefined;
            return findingsValue(await readFindings(files, base && (await readBase(base, ports)), ports));
        }));
    }
    if (tests) {
        facts.push(await reportFact('tests', inputs.junit, inputs, ports, async (files) => {
            const { madeAt, ...counts } = await readTests(files, ports);
            return { ...counts, madeAt: madeAt.toISOString() };
        }));
    }
    return facts;
}
/** The inputs' names, for messages. */
const INPUTS = {
    coverage: 'coverage',
    'coverage-base': 'coverage-base',
    findings: 'sarif',
    tests: 'junit',
};
async function reportFact(kind, patterns, { workspace }, ports, read) {
    const common = { kind, source: patterns.join(', '), time: ports.clock.now().toISOString() };
    if (patterns.length === 0) {
        return {
            ...common,
            status: 'unknown',
            detail: `no report was given in the input ${INPUTS[kind]}`,
        };
    }
    try {
        const files = await expand(patterns, workspace);
        ports.log.info(`Reading ${files.length} report${files.length === 1 ? '' : 's'} (${INPUTS[kind]})`);
        // Through JSON, so that undefined fields vanish: a replay reads the same value.
        const value = JSON.parse(JSON.stringify(await read(files)));
        return { ...common, status: 'pass', value };
    }
    catch (error) {
        ports.signal.throwIfAborted();
        return { ...common, status: 'fail', detail: (0,errors/* describeError */.Uc)(error).message };
    }
}
/** The files of all patterns, sorted; a pattern without a file is a missing report. */
async function expand(patterns, workspace) {
    const files = new Set();
    for (const pattern of patterns) {
        const found = await filesMatching(pattern, workspace);
        if (found.length === 0) {
            throw new Error(`no report ${pattern} was found`);
        }
        for (const file of found) {
            files.add(file);
        }
    }
    return [...files].sort();
}
async function coverageValue({ coverage, madeAt }, changed, workspace) {
    const matcher = new FileMatcher(coverage, workspace);
    const known = [];
    const unclear = [];
    for (const file of changed) {
        const hits = await matcher.find(file.path);
        if (hits) {
            // Where it is not known which lines changed, nothing is known of them either.
            const lines = file.lines ? hits.lines(inRanges(file.lines)) : { covered: [], missed: [] };
            known.push({ path: file.path, ...lines });
            continue;
        }
        const reported = await matcher.mayBe(file.path);
        if (reported !== undefined) {
            unclear.push({ path: file.path, reported });
        }
    }
    return {
        madeAt: madeAt.toISOString(),
        files: coverage.size,
        lines: coverage.count(),
        changed: known,
        ...(unclear.length > 0 ? { unclear } : {}),
    };
}
function findingsValue({ madeAt, ...report }) {
    return { ...report, madeAt: madeAt.toISOString() };
}

// EXTERNAL MODULE: ./build/packages/policy/src/decision/exceptions.js
var decision_exceptions = __webpack_require__(5887);
// EXTERNAL MODULE: ./build/packages/policy/src/decision/finding.js
var finding = __webpack_require__(3264);
;// CONCATENATED MODULE: ./build/packages/policy/src/quality/freshness.js


/** Clocks of machines may differ by this much, in milliseconds. */
const CLOCK_SKEW = 300_000;
/**
 * A report was made after the run began, and, where it says so, about the commit that was tested: one from a cache or
 * of another run says nothing about this change.
 */
function freshFinding(rule, what, report, facts) {
    const requirement = `The ${what} of this run`;
    const run = (0,known/* known */.e)(facts, 'run').value;
    if (!run) {
        return (0,finding/* finding */.gk)(rule, requirement, 'unknown', {
            found: 'when the run began is not known',
            next: 'Let the gate read the run: actions: read.',
        });
    }
    const heads = [run.sha, (0,known/* known */.e)(facts, 'change').value?.headSha];
    const foreign = (report.revisions ?? []).filter((revision) => !heads.includes(revision));
    const old = Date.parse(report.madeAt) < Date.parse(run.createdAt) - CLOCK_SKEW;
    const found = [
        ...(old ? [`made ${minute(report.madeAt)}, before the run began (${minute(run.createdAt)})`] : []),
        ...foreign.map((revision) => `about commit ${revision.slice(0, 7)}`),
    ];
    return (0,finding/* finding */.gk)(rule, requirement, found.length === 0 ? 'pass' : 'fail', {
        found: found.join('; ') || `made ${minute(report.madeAt)}`,
        next: 'Make the report in this run; do not take it from a cache or an older run.',
    });
}
/** `2026-11-24 10:00 UTC`. */
function minute(time) {
    return `${new Date(time).toISOString().slice(0, 16).replace('T', ' ')} UTC`;
}

;// CONCATENATED MODULE: ./build/packages/policy/src/quality/coverage-rules.js





/** Coverage of the project, of the change, and against the base. */
function coverageFindings(policy, facts) {
    const coverage = (0,known/* known */.e)(facts, 'coverage');
    if (!coverage.value) {
        return [(0,known/* notKnown */.b)('quality.coverage.report', 'A coverage report that can be read', coverage)];
    }
    const { lines } = coverage.value;
    const findings = [freshFinding('quality.coverage.report', 'coverage report', coverage.value, facts)];
    if (policy.lines !== undefined) {
        const status = lines.total === 0 ? 'fail' : percent(lines) >= policy.lines ? 'pass' : 'fail';
        findings.push((0,finding/* finding */.gk)('quality.coverage.lines', `At least ${policy.lines} % of all lines are tested`, status, {
            found: show(lines),
            next: `Add tests until ${policy.lines} % of all lines are tested.`,
        }));
    }
    if (policy.patch !== undefined || policy.paths !== undefined) {
        const { changed, unclear } = coverage.value;
        findings.push(...changedFindings(policy, changed, facts), ...namingFindings(unclear ?? []));
    }
    if (policy['max-drop'] !== undefined) {
        findings.push(dropFinding(policy['max-drop'], lines, facts));
    }
    return findings;
}
function changedFindings(policy, reported, facts) {
    const rule = 'quality.coverage.patch';
    const requirement = `At least ${policy.patch ?? 0} % of the changed lines are tested`;
    const changed = (0,known/* known */.e)(facts, 'changed-lines');
    if (!changed.value) {
        return [(0,known/* notKnown */.b)(rule, requirement, changed)];
    }
    const run = (0,known/* known */.e)(facts, 'run').value;
    if (run && run.sha !== changed.value.headSha) {
        return [
            (0,finding/* finding */.gk)(rule, requirement, 'fail', {
                found: `the changed lines are those of ${changed.value.headSha.slice(0, 7)}, the tests ran on ${run.sha.slice(0, 7)}`,
                next: 'Check out the commit of the run, not another one.',
            }),
        ];
    }
    const byPath = new Map(reported.map((file) => [file.path, file]));
    const unclear = [];
    const untested = [];
    const missing = [];
    let covered = 0;
    let total = 0;
    for (const { path, lines } of changed.value.files) {
        const file = byPath.get(path);
        if (!file) {
            const wanted = policy.paths?.some((pattern) => (0,glob/* matchesGlob */.k)(pattern, path)) && lines?.length !== 0;
            missing.push(...(wanted ? [path] : []));
        }
        else if (lines === undefined) {
            unclear.push(path);
        }
        else {
            const isChanged = inRanges(lines);
            const hit = file.covered.filter(isChanged).length;
            const missed = file.missed.filter(isChanged);
            covered += hit;
            total += hit + missed.length;
            untested.push(...(missed.length > 0 ? [`${path}:${ranges(missed)}`] : []));
        }
    }
    return [
        ...(policy.patch === undefined
            ? []
            : [patchFinding(rule, requirement, policy.patch, { covered, total }, { unclear, untested })]),
        ...(policy.paths === undefined ? [] : [reportedFinding(missing)]),
    ];
}
/** A package of a monorepo whose report names files from the package: not counted at all, it would pass untested. */
function namingFindings(unclear) {
    if (unclear.length === 0) {
        return [];
    }
    const pairs = unclear.map(({ path, reported }) => `${reported} may be ${path}`);
    return [
        (0,finding/* finding */.gk)('quality.coverage.names', 'The coverage reports say which files they mean', 'unknown', {
            found: (0,finding/* firstOf */.Ku)(pairs),
            next: 'Let the coverage tool name files from the root of the repository: run it there, or set its root (Jest: projectRoot of the reporter lcov; c8 and nyc: --cwd; gcovr and lcov: put the folder before the names).',
        }),
    ];
}
function patchFinding(rule, requirement, least, ratio, { unclear, untested }) {
    if (unclear.length > 0) {
        return (0,finding/* finding */.gk)(rule, requirement, 'unknown', {
            found: `which lines changed is not known of ${(0,finding/* firstOf */.Ku)(unclear)}`,
            next: 'Check out the repository with its history (fetch-depth: 0), so that the gate can compare.',
        });
    }
    if (ratio.total === 0) {
        return (0,finding/* finding */.gk)(rule, requirement, 'pass', { found: 'no executable line changed', next: '' });
    }
    return (0,finding/* finding */.gk)(rule, requirement, percent(ratio) >= least ? 'pass' : 'fail', {
        found: `${show(ratio)}${untested.length > 0 ? `; not tested: ${(0,finding/* firstOf */.Ku)(untested)}` : ''}`,
        next: `Add tests for ${(0,finding/* firstOf */.Ku)(untested)}.`,
    });
}
function reportedFinding(missing) {
    return (0,finding/* finding */.gk)('quality.coverage.paths', 'Every changed source file is in the coverage reports', missing.length === 0 ? 'pass' : 'fail', {
        found: missing.length === 0 ? 'all of them' : `not in any report: ${(0,finding/* firstOf */.Ku)(missing)}`,
        next: 'Let the coverage tool count files without tests too, and name files from the root of the repository.',
    });
}
function dropFinding(most, lines, facts) {
    const rule = 'quality.coverage.max-drop';
    const requirement = `Coverage drops by at most ${most} percentage points`;
    const base = (0,known/* known */.e)(facts, 'coverage-base');
    if (!base.value) {
        return (0,known/* notKnown */.b)(rule, requirement, base);
    }
    if (base.value.lines.total === 0) {
        return (0,finding/* finding */.gk)(rule, requirement, 'pass', { found: 'the base has no executable line', next: '' });
    }
    const drop = percent(base.value.lines) - percent(lines);
    // Half a line of rounding is no drop.
    const status = lines.total > 0 && drop <= most + 1e-9 ? 'pass' : 'fail';
    return (0,finding/* finding */.gk)(rule, requirement, status, {
        found: `${show(base.value.lines)} before, ${show(lines)} now`,
        next: 'Add tests for what the change adds.',
    });
}
/** No line at all is nothing tested. */
function percent({ covered, total }) {
    return total === 0 ? 0 : (covered / total) * 100;
}
/** Rounded down, so that 89.99 % never reads as 90 %. */
function show(ratio) {
    if (ratio.total === 0) {
        return 'no executable line';
    }
    return `${(Math.floor(percent(ratio) * 10) / 10).toFixed(1)} % (${ratio.covered} of ${ratio.total} lines)`;
}
/** `3-5,9`. */
function ranges(lines) {
    const parts = [];
    for (const line of [...lines].sort((a, b) => a - b)) {
        const last = parts.at(-1);
        if (last && line <= last[1] + 1) {
            last[1] = line;
        }
        else {
            parts.push([line, line]);
        }
    }
    return parts.map(([first, last]) => (first === last ? `${first}` : `${first}-${last}`)).join(',');
}

;// CONCATENATED MODULE: ./build/packages/policy/src/quality/quality-rules.js




/** What the reports of the run must say. */
function qualityFindings(policy, facts) {
    const { coverage, findings, tests, jobs } = policy.quality ?? {};
    return [
        ...(coverage ? coverageFindings(coverage, facts) : []),
        ...(findings ? analysisFindings(findings, facts) : []),
        ...(tests ? testFindings(tests, facts) : []),
        ...(jobs ? jobs.map((name) => jobFinding(name, facts)) : []),
    ];
}
const LEVELS = ['error', 'warning', 'note'];
function analysisFindings(policy, facts) {
    const report = (0,known/* known */.e)(facts, 'findings');
    if (!report.value) {
        return [(0,known/* notKnown */.b)('quality.findings.report', 'A report of static analysis that can be read', report)];
    }
    const { total, new: fresh, worst, tools } = report.value;
    const compare = (scope, limits, found) => LEVELS.flatMap((level) => {
        const most = limits?.[level];
        if (most === undefined) {
            return [];
        }
        const rule = `quality.findings.${scope}.${level}`;
        const requirement = `${atMost(most)} ${scope === 'new' ? 'new ' : ''}${level}${most === 1 ? '' : 's'} of ${tools.join(', ')}`;
        if (!found) {
            return [
                (0,finding/* finding */.gk)(rule, requirement, 'unknown', {
                    found: "the base's report is missing, so what is new is not known",
                    next: "Pass the base's SARIF in sarif-base.",
                }),
            ];
        }
        const places = worst
            .filter((entry) => entry.level === level && (scope === 'total' || entry.new !== false))
            .slice(0, 3)
            .map((entry) => `${entry.rule} in ${entry.file}:${entry.line}`);
        const count = found[level];
        return [
            (0,finding/* finding */.gk)(rule, requirement, count <= most ? 'pass' : 'fail', {
                found: count > most && places.length > 0 ? `${count}: ${places.join(', ')}` : String(count),
                next: 'Put right what the analysis found, or suppress it in the source with a reason.',
            }),
        ];
    });
    return [
        freshFinding('quality.findings.report', 'report of static analysis', report.value, facts),
        ...compare('new', policy.new, fresh),
        ...compare('total', policy.total, total),
    ];
}
function atMost(most) {
    return most === 0 ? 'No' : `At most ${most}`;
}
function testFindings(policy, facts) {
    const report = (0,known/* known */.e)(facts, 'tests');
    if (!report.value) {
        return [(0,known/* notKnown */.b)('quality.tests.report', 'A test report that can be read', report)];
    }
    const { passed, failed, skipped, failures } = report.value;
    const most = policy['max-skipped'];
    return [
        freshFinding('quality.tests.report', 'test report', report.value, facts),
        (0,finding/* finding */.gk)('quality.tests.max-failed', policy['max-failed'] === 0 ? 'No test fails' : `At most ${policy['max-failed']} failed tests`, failed <= policy['max-failed'] ? 'pass' : 'fail', {
            found: failed === 0 ? 'none failed' : `${failed} failed: ${failures.slice(0, 5).join(', ')}`,
            next: 'Read the report, and put right what failed.',
        }),
        (0,finding/* finding */.gk)('quality.tests.min-passed', `At least ${policy['min-passed']} passed test${policy['min-passed'] === 1 ? '' : 's'}`, passed >= policy['min-passed'] ? 'pass' : 'fail', {
            found: `${passed} passed`,
            next: 'See why fewer tests ran than the policy expects.',
        }),
        ...(most === undefined
            ? []
            : [
                (0,finding/* finding */.gk)('quality.tests.max-skipped', `${atMost(most)} skipped test${most === 1 ? '' : 's'}`, skipped <= most ? 'pass' : 'fail', {
                    found: `${skipped} skipped`,
                    next: 'Run the skipped tests, or remove them.',
                }),
            ]),
    ];
}
/** A skipped job counts as success for GitHub; here it has not shown anything. */
function jobFinding(name, facts) {
    const rule = `quality.jobs.${name}`;
    const requirement = `The job ${name} succeeded`;
    const jobs = (0,known/* known */.e)(facts, 'jobs');
    if (!jobs.value) {
        return (0,known/* notKnown */.b)(rule, requirement, jobs);
    }
    const own = jobs.value.filter((job) => job.name === name);
    const bad = own.filter((job) => job.conclusion !== 'success');
    const status = own.length === 0 ? 'unknown' : bad.length === 0 ? 'pass' : 'fail';
    return (0,finding/* finding */.gk)(rule, requirement, status, {
        found: own.length === 0
            ? 'the run has no such job'
            : (bad[0]?.conclusion ?? (bad.length > 0 ? 'not finished' : 'success')),
        next: `Let the gate need the job ${name} and run after it (if: always()), and see why it did not succeed.`,
    });
}

// EXTERNAL MODULE: ./build/packages/policy/src/people/membership.js
var membership = __webpack_require__(5282);
// EXTERNAL MODULE: ./build/packages/policy/src/people/login.js
var people_login = __webpack_require__(2829);
;// CONCATENATED MODULE: ./build/packages/policy/src/merge/opinions.js

/** Who reviewed: an account, or the review itself where the account is gone. */
function reviewer({ author, id }) {
    return author.login === undefined ? `#${id}` : (0,people_login/* key */.Eb)(author.login);
}
/**
 * Each reviewer's last opinion. A comment is none. An approval of somebody who does not count is no opinion either: it
 * neither counts nor takes back what they asked for before.
 *
 * @param excluded whether the reviewer's approvals do not count
 */
function latestOpinions(reviews, excluded) {
    const latest = new Map();
    const ordered = [...reviews].sort((a, b) => Date.parse(a.submittedAt) - Date.parse(b.submittedAt) || a.id - b.id);
    for (const review of ordered) {
        const isOpinion = review.state !== 'COMMENTED' && review.state !== 'PENDING';
        if (isOpinion && !(review.state === 'APPROVED' && excluded(review))) {
            latest.set(reviewer(review), review);
        }
    }
    return [...latest.values()];
}
const WRITERS = ['write', 'maintain', 'admin'];
/** Whether the author may write; undefined when it is not known. */
function mayWrite({ permission }) {
    return permission === undefined ? undefined : WRITERS.includes(permission);
}

;// CONCATENATED MODULE: ./build/packages/policy/src/merge/approvals.js

/** Which approvals of a pull request count. */
function judgeApprovals(question) {
    const excluded = (review) => excludedRoles(review, question).length > 0;
    const opinions = latestOpinions(question.reviews, excluded);
    // Those who are excluded have no opinion, but whoever reads the summary wants to know why they do not count.
    const ownApprovals = question.reviews.filter((review) => review.state === 'APPROVED' && excluded(review));
    const counted = [];
    const unknown = [];
    const rejected = new Set();
    for (const review of [...opinions, ...ownApprovals]) {
        if (review.state !== 'APPROVED' && review.state !== 'DISMISSED') {
            continue;
        }
        const name = review.author.login ?? review.author.name ?? 'a deleted account';
        const { counts, why } = judge(review, question);
        if (counts) {
            counted.push(name);
        }
        else if (counts === undefined) {
            unknown.push(`${name} (${why})`);
        }
        else {
            rejected.add(`${name} (${why})`);
        }
    }
    return { counted, unknown, rejected: [...rejected] };
}
function excludedRoles({ author }, { contributors, not }) {
    return author.login === undefined
        ? []
        : contributors.rolesOf(author.login).filter((role) => not.includes(role));
}
function judge(review, question) {
    const { login, type } = review.author;
    const no = (why) => ({ counts: false, why });
    if (review.state === 'DISMISSED') {
        return no('dismissed');
    }
    if (login === undefined) {
        return no('the account is gone');
    }
    if (type === 'unknown') {
        return { counts: undefined, why: 'person or bot is not known' };
    }
    if (type !== 'User') {
        return no('not a person');
    }
    if (excludedRoles(review, question).length > 0) {
        return no(question.contributors.describe(login));
    }
    if (mayWrite(review) === false) {
        return no('no write access');
    }
    if (review.commit !== question.headSha && review.sameChange !== true) {
        return no(`approved ${review.commit?.slice(0, 7) ?? 'another commit'}, before the last push`);
    }
    const belongs = question.member ? question.member(login) : true;
    if (belongs === false) {
        return no('not in a team that counts');
    }
    if (mayWrite(review) === undefined) {
        return { counts: undefined, why: 'write access is not known' };
    }
    return belongs === undefined ? { counts: undefined, why: 'team is not known' } : { counts: true, why: '' };
}

;// CONCATENATED MODULE: ./build/packages/policy/src/merge/approval-rules.js





/** Every path that a pull request touches: a renamed file counts at both places. */
function pathsOf({ files }) {
    return files.flatMap(({ path, previousPath }) => previousPath === undefined ? [path] : [path, previousPath]);
}
/** What exceptions and reasons call a rule. */
function ruleName(rule, index) {
    return rule.name ?? String(index + 1);
}
/** Enough approvals that count for every rule that a changed path falls under, and no path without a rule. */
function approvalFindings(pull, policy, facts) {
    const rules = policy.changes ?? [];
    const paths = pathsOf(pull);
    const touches = (rule, path) => rule.paths.some((pattern) => (0,glob/* matchesGlob */.k)(pattern, path));
    // A change without files (an empty commit) falls under all rules: nobody said that it needs less.
    const applicable = rules
        .map((rule, index) => ({ rule, index }))
        .filter(({ rule }) => paths.length === 0 || paths.some((path) => touches(rule, path)));
    const unruled = paths.filter((path) => !rules.some((rule) => touches(rule, path)));
    return [
        ...(rules.length > 0 ? [ruledFinding(pull, unruled)] : []),
        ...applicable.map(({ rule, index }) => approvalFinding(pull, rule, index, facts)),
        requestedFinding(pull, policy),
    ];
}
function ruledFinding({ number }, unruled) {
    return (0,finding/* finding */.gk)('changes.paths', `#${number}: the policy says what its files need`, unruled.length === 0 ? 'pass' : 'fail', {
        found: unruled.length === 0 ? 'every file has a rule' : `no rule for ${(0,finding/* firstOf */.Ku)(unruled)}`,
        next: 'Add a rule with these paths under changes in the policy, on the base branch.',
    });
}
function approvalFinding(pull, rule, index, facts) {
    const { min, teams, not } = rule.approvals;
    const approvals = judgeApprovals({
        reviews: pull.reviews,
        headSha: pull.request.headSha,
        contributors: pull.contributors,
        not,
        member: teams && (0,membership/* memberOf */.C)(teams, facts),
    });
    const { counted, unknown } = approvals;
    const status = counted.length >= min ? 'pass' : counted.length + unknown.length >= min ? 'unknown' : 'fail';
    const who = teams ? ` of ${teams.join(' or ')}` : '';
    const requirement = `#${pull.number}: ${min} approval${min === 1 ? '' : 's'}${who} for ${rule.paths.join(', ')}`;
    const lacking = min - counted.length;
    return (0,finding/* finding */.gk)(`changes.${ruleName(rule, index)}.approvals`, requirement, status, {
        by: counted.join(', '),
        found: describe(approvals),
        next: status === 'unknown'
            ? 'Let the gate read teams and permissions: a token with members: read of the organisation.'
            : `Ask ${lacking === 1 ? 'somebody' : `${lacking} people`}${who} who did not contribute to approve the newest commit.`,
    });
}
function describe({ counted, unknown, rejected }) {
    const parts = [
        counted.length === 0
            ? 'none counts'
            : counted.length === 1
                ? '1 approval counts'
                : `${counted.length} approvals count`,
        ...(rejected.length > 0 ? [`not counted: ${rejected.join(', ')}`] : []),
        ...(unknown.length > 0 ? [`not known: ${unknown.join(', ')}`] : []),
    ];
    return parts.join('; ');
}
/** Nobody who may write has asked for changes and not taken it back. */
function requestedFinding(pull, policy) {
    const not = new Set((policy.changes ?? []).flatMap((rule) => rule.approvals.not));
    const asking = latestOpinions(pull.reviews, ({ author }) => author.login === undefined
        ? false
        : pull.contributors.rolesOf(author.login).some((role) => not.has(role))).filter((review) => review.state === 'CHANGES_REQUESTED' && mayWrite(review) !== false);
    const names = asking.map(({ author }) => author.login ?? author.name ?? 'a deleted account');
    return (0,finding/* finding */.gk)('changes.requested', `#${pull.number}: nobody waits for changes`, names.length === 0 ? 'pass' : 'fail', {
        found: names.length === 0 ? 'no open request for changes' : `changes requested by ${names.join(', ')}`,
        next: `Settle it with ${names.join(', ')}: a new review of theirs, or a dismissal with a reason.`,
    });
}

;// CONCATENATED MODULE: ./build/packages/policy/src/merge/change-rules.js


/** The run that asks may decide, and the policy is the base's. */
function runFindings(policy, facts) {
    const run = (0,known/* known */.e)(facts, 'run');
    const change = (0,known/* known */.e)(facts, 'change');
    const source = (0,known/* known */.e)(facts, 'policy');
    const findings = [];
    if (run.value) {
        const { attempt } = run.value;
        const allowed = attempt === 1 || policy['re-runs'].merge === 'allow';
        findings.push((0,finding/* finding */.gk)('run.attempt', 'The run may decide', allowed ? 'pass' : 'fail', {
            found: attempt === 1 ? 'first attempt' : `attempt ${attempt}`,
            next: 'Push, or close and open the pull request, to start a new run; or allow it with `re-runs: {merge: allow}`.',
        }));
    }
    else {
        findings.push((0,known/* notKnown */.b)('run.attempt', 'The run is known', run));
    }
    if (!change.value) {
        return [...findings, (0,known/* notKnown */.b)('change', 'What is to be merged is known', change)];
    }
    const requirement = 'The policy is the one of the base';
    if (!source.value) {
        return [...findings, (0,known/* notKnown */.b)('policy.source', requirement, source)];
    }
    const ofBase = source.value.commit === change.value.baseSha;
    return [
        ...findings,
        (0,finding/* finding */.gk)('policy.source', requirement, ofBase ? 'pass' : 'fail', {
            found: ofBase
                ? `${source.value.path} at ${source.value.commit.slice(0, 7)}`
                : `it was read at ${source.value.commit.slice(0, 7)}, the base is ${change.value.baseSha.slice(0, 7)}`,
            next: 'Let the gate read the policy itself, from the base.',
        }),
    ];
}
/** The pull request is the one that the run was started for, and everybody who contributed is known. */
function pullFindings(pull, facts) {
    const change = (0,known/* known */.e)(facts, 'change').value;
    const { number, request, contributors } = pull;
    const wrong = [];
    if (request.state !== 'open') {
        wrong.push(`it is ${request.state}`);
    }
    if (change && request.base !== change.base) {
        wrong.push(`it goes to ${request.base}, not ${change.base}`);
    }
    if (change?.via === 'pull-request' && request.headSha !== change.headSha) {
        wrong.push(`its newest commit is ${request.headSha.slice(0, 7)}, this run is about ${change.headSha.slice(0, 7)}`);
    }
    const { strangers } = contributors;
    return [
        (0,finding/* finding */.gk)('changes.current', `#${number}: the run is about its newest commit`, wrong.length === 0 ? 'pass' : 'fail', {
            found: wrong.join('; ') || request.headSha.slice(0, 7),
            next: 'Wait for the run of the newest commit.',
        }),
        (0,finding/* finding */.gk)('changes.contributors', `#${number}: everybody who contributed is known`, strangers.length === 0 ? 'pass' : 'unknown', {
            found: strangers.length === 0 ? 'all have accounts' : `no account for ${strangers.slice(0, 5).join(', ')}`,
            next: 'Add the address to the account on GitHub, or say whose it is under people in the policy.',
        }),
    ];
}

;// CONCATENATED MODULE: ./build/packages/policy/src/merge/code-owner-rules.js








/** Every owned file under a rule that asks for it was approved by one of its owners. */
function codeOwnerFindings(pull, policy, facts) {
    const rules = (policy.changes ?? []).filter((rule) => rule['code-owners']);
    const paths = pathsOf(pull).filter((path) => rules.some((rule) => rule.paths.some((pattern) => (0,glob/* matchesGlob */.k)(pattern, path))));
    if (paths.length === 0) {
        return [];
    }
    const rule = 'changes.code-owners';
    const requirement = `#${pull.number}: every owned file is approved by a code owner`;
    const owners = (0,known/* known */.e)(facts, 'code-owners');
    if (!owners.value) {
        return [(0,known/* notKnown */.b)(rule, requirement, owners)];
    }
    if (owners.value.errors.length > 0) {
        return [
            (0,finding/* finding */.gk)(rule, requirement, 'fail', {
                found: `${owners.value.path ?? 'CODEOWNERS'} has mistakes: ${(0,finding/* firstOf */.Ku)(owners.value.errors)}`,
                next: 'Put CODEOWNERS right on the base branch; GitHub ignores its wrong lines.',
            }),
        ];
    }
    return [code_owner_rules_judge(pull, groups(paths, owners.value.text ?? ''), { rule, requirement }, policy, facts)];
}
/** Paths by their owners; files without owners need nobody. */
function groups(paths, text) {
    const lines = (0,code_owners/* parseCodeOwners */.dK)(text);
    const byOwners = new Map();
    for (const path of paths) {
        const owners = [...(0,code_owners/* ownersOf */.K2)(lines, path)].sort().join(' ');
        if (owners !== '') {
            byOwners.set(owners, [...(byOwners.get(owners) ?? []), path]);
        }
    }
    return byOwners;
}
function code_owner_rules_judge(pull, byOwners, { rule, requirement }, policy, facts) {
    const not = [...new Set((policy.changes ?? []).flatMap((entry) => entry.approvals.not))];
    const open = [];
    const by = new Set();
    let unknown = false;
    for (const [owners, paths] of byOwners) {
        const { counted, unknown: perhaps } = judgeApprovals({
            reviews: pull.reviews,
            headSha: pull.request.headSha,
            contributors: pull.contributors,
            not,
            member: ownership(owners.split(' '), facts),
        });
        for (const login of counted) {
            by.add(login);
        }
        if (counted.length === 0) {
            unknown ||= perhaps.length > 0;
            open.push(`${(0,finding/* firstOf */.Ku)(paths)} (${owners}${perhaps.length > 0 ? `; not known: ${perhaps.join(', ')}` : ''})`);
        }
    }
    const status = open.length === 0 ? 'pass' : unknown ? 'unknown' : 'fail';
    return (0,finding/* finding */.gk)(rule, requirement, status, {
        by: [...by].join(', '),
        found: open.length > 0
            ? `missing for ${open.join('; ')}`
            : byOwners.size === 0
                ? 'no file has owners'
                : 'all approved',
        next: status === 'unknown'
            ? 'Let the gate read the owning teams: a token with members: read of the organisation.'
            : 'Ask the named owners, who did not contribute, to approve the newest commit.',
    });
}
/** Whether somebody is one of these owners; an owner by e-mail address cannot be matched. */
function ownership(owners, facts) {
    const logins = owners.filter((owner) => owner.startsWith('@') && !owner.includes('/'));
    const teams = owners.filter((owner) => owner.startsWith('@') && owner.includes('/'));
    const inTeam = (0,membership/* memberOf */.C)(teams.map((team) => team.slice(1)), facts);
    const byEmail = owners.some((owner) => !owner.startsWith('@'));
    return (login) => {
        if (logins.some((owner) => (0,people_login/* sameLogin */.Up)(owner.slice(1), login))) {
            return true;
        }
        const team = teams.length > 0 ? inTeam(login) : false;
        return team === false && byEmail ? undefined : team;
    };
}

// EXTERNAL MODULE: ./build/packages/policy/src/people/contributors.js
var people_contributors = __webpack_require__(4880);
;// CONCATENATED MODULE: ./build/packages/policy/src/merge/pull.js


const LABELS = {
    'pull-request': 'its state and author',
    commits: 'its commits',
    pushers: 'who pushed to it',
    reviews: 'its reviews',
    files: 'the files that it changes',
};
/** Puts the facts of a pull request together, or names each that is missing. */
function pullOf(number, facts, policy) {
    const ofPull = (kind) => (0,known/* known */.e)(facts, kind, (fact) => 'pull' in fact && fact.pull === number);
    const request = ofPull('pull-request');
    const commits = ofPull('commits');
    const pushers = ofPull('pushers');
    const reviews = ofPull('reviews');
    const files = ofPull('files');
    const all = { 'pull-request': request, commits, pushers, reviews, files };
    if (request.value && commits.value && pushers.value && reviews.value && files.value) {
        const contributors = (0,people_contributors/* contributorsOf */.a)({ authors: [request.value.author], commits: commits.value, pushes: pushers.value }, policy.people);
        return { number, request: request.value, reviews: reviews.value, files: files.value, contributors };
    }
    return Object.entries(all)
        .filter(([, entry]) => entry.value === undefined)
        .map(([kind, missing]) => ({ kind, label: LABELS[kind], missing }));
}

;// CONCATENATED MODULE: ./build/packages/policy/src/merge/decide-merge.js








/** Decides on a merge: a pure function of policy and facts, time included. Whatever is unknown refuses. */
function decideMerge(policy, facts) {
    if (policy.changes === undefined && policy.quality === undefined) {
        return (0,decision/* conclude */.E)([]);
    }
    const pulls = (0,known/* known */.e)(facts, 'change').value?.pulls ?? [];
    const findings = [
        ...runFindings(policy, facts),
        ...pulls.flatMap((number) => findingsOfPull(number, policy, facts)),
        ...qualityFindings(policy, facts),
    ];
    const exceptions = policy.exceptions ?? [];
    return (0,decision/* conclude */.E)(findings.map((finding) => (0,decision_exceptions/* withException */.a)(finding, exceptions, facts.time)));
}
function findingsOfPull(number, policy, facts) {
    const pull = pullOf(number, facts, policy);
    if (!('request' in pull)) {
        return pull.map(({ kind, label, missing }) => (0,known/* notKnown */.b)(`changes.facts.${kind}`, `#${number}: ${label} is known`, missing));
    }
    return [
        ...pullFindings(pull, facts),
        ...approvalFindings(pull, policy, facts),
        ...codeOwnerFindings(pull, policy, facts),
    ];
}

;// CONCATENATED MODULE: ./build/packages/policy/src/merge/merge.js










/**
 * Decides whether a change may be merged, and writes `facts.json` and `report.md`.
 *
 * @param report the text of `report.md`
 * @throws UserError `invalid-policy`
 */
async function decideOnMerge(request, report, ports) {
    const time = ports.clock.now().toISOString();
    const { facts: observed, policyText } = await request.observe((text) => (0,teams/* mergeTeams */.$)((0,policy_file/* parsePolicy */.O)(text, request.policy), undefined, request.repository));
    const facts = { version: 1, mode: 'merge', time, facts: [...observed] };
    if (policyText === undefined) {
        return merge_finish(withoutPolicy(facts), facts, false, request.output, report);
    }
    const policy = (0,policy_file/* parsePolicy */.O)(policyText, request.policy);
    const changed = (0,known/* known */.e)(facts, 'changed-lines').value?.files ?? [];
    const reports = await collectReportFacts(request.reports, policy.quality ?? {}, changed, ports);
    const all = { ...facts, facts: [...facts.facts, ...reports] };
    return merge_finish(decideMerge(policy, all), all, false, request.output, report);
}
/**
 * Decides again on saved facts, with the policy file as it lies there.
 *
 * @throws UserError `invalid-facts`, `invalid-policy`, `policy-not-found`, `facts-not-found`
 */
async function replayMerge(request, report) {
    const policy = (0,policy_file/* parsePolicy */.O)(await (0,publish/* readInput */.R)(request.policy, 'policy'), external_node_path_.basename(request.policy));
    const facts = (0,facts_facts/* parseFacts */.h)(await (0,publish/* readInput */.R)(request.facts, 'facts'), request.facts);
    if (facts.mode !== 'merge') {
        throw new errors/* UserError */.yo(`${request.facts} holds the facts of a ${facts.mode}, not of a merge`, {
            code: 'invalid-facts',
            fix: `Replay them with mode: ${facts.mode}.`,
        });
    }
    return merge_finish(decideMerge(policy, facts), facts, true, request.output, report);
}
function withoutPolicy(facts) {
    const requirement = 'The policy of the base can be read';
    const change = (0,known/* known */.e)(facts, 'change');
    return (0,decision/* conclude */.E)([
        change.value
            ? (0,known/* notKnown */.b)('policy.source', requirement, (0,known/* known */.e)(facts, 'policy'))
            : // Without the change nobody knows whose base to ask for a policy.
                (0,known/* notKnown */.b)('change', 'What is to be merged is known', change),
    ]);
}
async function merge_finish(decision, facts, replayed, output, report) {
    const result = { decision, facts, replayed };
    const files = await (0,publish/* publishDecision */.M)(output, facts, report(result), async () => undefined);
    return { ...result, files: { facts: files.facts, report: files.report } };
}

// EXTERNAL MODULE: ./build/actions/gate-approval/src/connection.js + 3 modules
var connection = __webpack_require__(4244);
// EXTERNAL MODULE: ./build/packages/action-kit/src/markdown.js
var markdown = __webpack_require__(9830);
// EXTERNAL MODULE: ./build/actions/gate-approval/src/requirements.js
var requirements = __webpack_require__(9291);
;// CONCATENATED MODULE: ./build/actions/gate-approval/src/merge-summary.js



const SECTIONS = [
    { title: 'Review', has: ({ rule }) => rule.startsWith('changes.') },
    { title: 'Quality', has: ({ rule }) => rule.startsWith('quality.') },
    { title: 'Run and policy', has: () => true },
];
/** Reads like a review: the decision, what to do next, then each requirement with what was found and by whom. */
function mergeSummary({ decision, facts, replayed }) {
    return [
        `## Merge ${decision.decision}: ${(0,markdown/* escapeMarkdown */.FV)(subject(facts))}`,
        '',
        ...(replayed ? [`A replay of facts of ${(0,markdown/* escapeMarkdown */.FV)(facts.time)}: it decides nothing.`, ''] : []),
        (0,requirements/* countOfMet */.t8)(decision),
        '',
        ...pulls(facts),
        ...(0,requirements/* nextSteps */.Zn)(decision),
        ...(0,requirements/* requirementSections */.Uv)(decision.findings, SECTIONS),
    ].join('\n');
}
function subject(facts) {
    const requests = (0,facts_facts/* factsOf */.x)(facts, 'pull-request');
    const [only] = requests;
    if (requests.length === 1 && only) {
        return `#${only.pull} ${only.value?.title ?? ''}`.trim();
    }
    return requests.length === 0
        ? 'a change that is not known'
        : `a group of ${requests.map(({ pull }) => `#${pull}`).join(', ')}`;
}
/** Who wants to merge what, one line a pull request. */
function pulls(facts) {
    const lines = (0,facts_facts/* factsOf */.x)(facts, 'pull-request').flatMap(({ pull, value }) => {
        if (!value) {
            return [];
        }
        const commits = (0,facts_facts/* factsOf */.x)(facts, 'commits').find((fact) => fact.pull === pull)?.value?.length;
        const author = (0,markdown/* escapeMarkdown */.FV)(value.author.login ?? value.author.name ?? 'somebody');
        const count = commits === undefined ? 'its commits' : `${commits} commit${commits === 1 ? '' : 's'}`;
        const from = value.fork ? ' from a fork' : '';
        return [
            `- ${(0,markdown/* link */.nf)(`#${pull}`, value.url)} ${(0,markdown/* escapeMarkdown */.FV)(value.title)}: ${author} wants to merge ${count}${from} into ${(0,markdown/* escapeMarkdown */.FV)(value.base)}`,
        ];
    });
    return lines.length === 0 ? [] : [...lines, ''];
}

;// CONCATENATED MODULE: ./build/actions/gate-approval/src/merge.js





/** Decides whether a pull request, or all of a merge group, may be merged. */
async function runMerge(inputs, ports) {
    const output = external_node_path_.join(process.env.RUNNER_TEMP ?? '.', 'gate-approval');
    const outcome = inputs.facts
        ? await replayMerge({ facts: inputs.facts, policy: inputs.policy, output }, mergeSummary)
        : await decide(inputs, output, ports);
    const { decision, files } = outcome;
    return {
        outputs: {
            decision: decision.decision,
            reasons: JSON.stringify(decision.reasons),
            report: files.report,
            facts: files.facts,
            vsa: undefined,
            'image-name': undefined,
            digest: undefined,
            score: undefined,
            cases: undefined,
            signatures: undefined,
            'audit-sarif': undefined,
        },
        summary: mergeSummary(outcome),
        ...(decision.decision === 'refused' ? { failure: `Refused: ${decision.reasons.join('; ')}.` } : {}),
    };
}
async function decide(inputs, output, ports) {
    const connected = await (0,connection/* requireConnection */.g5)(inputs, ports);
    const { api, run } = connected;
    const outcome = await decideOnMerge({
        observe: (teams) => collectMergeFacts({ context: run, policy: inputs.policy, teams }, api, ports),
        repository: `${run.repository.owner}/${run.repository.repo}`,
        policy: inputs.policy,
        reports: {
            workspace: external_node_path_.resolve(process.env.GITHUB_WORKSPACE ?? '.'),
            coverage: inputs.coverage ?? [],
            coverageBase: inputs['coverage-base'] ?? [],
            sarif: inputs.sarif ?? [],
            sarifBase: inputs['sarif-base'] ?? [],
            junit: inputs.junit ?? [],
        },
        output,
    }, mergeSummary, ports);
    if (inputs.comment) {
        for (const { pull } of (0,facts_facts/* factsOf */.x)(outcome.facts, 'pull-request')) {
            await (0,connection/* shareReport */.e7)(connected, pull, mergeSummary(outcome), ports);
        }
    }
    return outcome;
}


/***/ }),

/***/ 3514:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   bt: () => (/* binding */ listFolder),
/* harmony export */   jw: () => (/* binding */ codeOwnersErrors),
/* harmony export */   kj: () => (/* binding */ readCodeOwners),
/* harmony export */   yR: () => (/* binding */ readText)
/* harmony export */ });
/* harmony import */ var _failure_js__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(5773);

/** Larger files come without their content. */
const LARGEST_FILE = 1024 * 1024;
/**
 * A text file of the repository at a commit.
 *
 * @returns undefined when there is none
 */
async function readText(api, name, path, ref) {
    try {
        const route = 'GET /repos/{owner}/{repo}/contents/{path}';
        const { data } = await api.request(route, { ...name, path, ref });
        if (Array.isArray(data) || data.type !== 'file') {
            throw new _failure_js__WEBPACK_IMPORTED_MODULE_0__/* .Incomplete */ .nd(`${path} is not a file`);
        }
        if (data.size > LARGEST_FILE || data.encoding !== 'base64') {
            throw new _failure_js__WEBPACK_IMPORTED_MODULE_0__/* .Incomplete */ .nd(`${path} is larger than 1 MiB`);
        }
        return Buffer.from(data.content, 'base64').toString('utf8');
    }
    catch (error) {
        if ((0,_failure_js__WEBPACK_IMPORTED_MODULE_0__/* .httpStatus */ .nG)(error) === 404) {
            return undefined;
        }
        throw error;
    }
}
/** Names of the files directly in a folder; empty when there is none. */
async function listFolder(api, name, path, ref) {
    try {
        const route = 'GET /repos/{owner}/{repo}/contents/{path}';
        const { data } = await api.request(route, { ...name, path, ref });
        return Array.isArray(data)
            ? data.filter((entry) => entry.type === 'file').map((entry) => entry.path)
            : [];
    }
    catch (error) {
        if ((0,_failure_js__WEBPACK_IMPORTED_MODULE_0__/* .httpStatus */ .nG)(error) === 404) {
            return [];
        }
        throw error;
    }
}
/** Where GitHub looks for code owners, in this order. */
const CODEOWNERS = ['.github/CODEOWNERS', 'CODEOWNERS', 'docs/CODEOWNERS'];
/** The file of code owners at a commit. */
async function readCodeOwners(api, name, ref) {
    for (const path of CODEOWNERS) {
        const text = await readText(api, name, path, ref);
        if (text !== undefined) {
            return { path, text };
        }
    }
    return undefined;
}
/** What GitHub finds wrong in it. */
async function codeOwnersErrors(api, name, ref) {
    try {
        const { data } = await api.request('GET /repos/{owner}/{repo}/codeowners/errors', { ...name, ref });
        return data.errors.map(({ path, line, kind, source }) => `${path}:${line} ${kind}${source ? `: ${source.trim()}` : ''}`.slice(0, 300));
    }
    catch (error) {
        // There is no such file.
        if ((0,_failure_js__WEBPACK_IMPORTED_MODULE_0__/* .httpStatus */ .nG)(error) === 404) {
            return [];
        }
        throw error;
    }
}


/***/ })

};
