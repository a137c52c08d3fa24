export const id = 901;
export const ids = [901];
export const modules = {

/***/ 4244:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {


// EXPORTS
__webpack_require__.d(__webpack_exports__, {
  FI: () => (/* binding */ connection),
  g5: () => (/* binding */ requireConnection),
  e7: () => (/* binding */ shareReport)
});

// EXTERNAL MODULE: ./build/packages/host/src/errors.js
var errors = __webpack_require__(2151);
;// CONCATENATED MODULE: ./build/packages/action-kit/src/github.js

/**
 * An authenticated client.
 *
 * @param log gets octokit's warnings, e.g. of deprecated endpoints
 */
async function githubClient(token, log) {
    const { getOctokit } = await __webpack_require__.e(/* import() */ 413).then(__webpack_require__.bind(__webpack_require__, 2413));
    const show = (message) => log.debug(`octokit: ${message}`);
    return getOctokit(token, {
        userAgent: 'golden-image-actions',
        log: { debug: () => { }, info: () => { }, warn: show, error: show },
    });
}
/** What the runner says of this run; undefined outside GitHub Actions. */
async function workflowRun() {
    if (!process.env.GITHUB_REPOSITORY) {
        return undefined;
    }
    const { context } = await __webpack_require__.e(/* import() */ 413).then(__webpack_require__.bind(__webpack_require__, 2413));
    const { owner, repo } = context.repo;
    if (!owner || !repo) {
        throw new errors/* UserError */.yo(`GITHUB_REPOSITORY is ${JSON.stringify(process.env.GITHUB_REPOSITORY)}`, {
            code: 'invalid-environment',
            fix: 'It names the repository as owner/name; GitHub Actions sets it.',
        });
    }
    const { runId, runAttempt, eventName = '', ref = '', sha = '', payload } = context;
    return { repository: { owner, repo }, runId, runAttempt: runAttempt || 1, eventName, ref, sha, payload };
}

// EXTERNAL MODULE: ./build/packages/github/src/failure.js + 1 modules
var failure = __webpack_require__(5773);
;// CONCATENATED MODULE: ./build/packages/github/src/resilience.js

const usualPatience = { answerMs: 30_000, attempts: 5, waitMs: 15 * 60_000 };
/** GitHub asks to wait at least a minute where it does not say how long. */
const SECONDARY_LIMIT_MS = 60_000;
const FIRST_WAIT_MS = 1_000;
/**
 * Makes every request of `api` wait out rate limits and repeat what failed for GitHub's own reasons, as
 * docs.github.com/rest/using-the-rest-api/best-practices-for-using-the-rest-api asks. octokit's plugins for this wait
 * on timers of their own that no cancellation reaches, repeat requests that are not safe to repeat, and take half an
 * answer for a whole one.
 */
function makeResilient(api, ports, patience = usualPatience) {
    let waited = 0;
    api.hook.wrap('request', async (send, options) => {
        for (let attempt = 1;; attempt += 1) {
            ports.signal.throwIfAborted();
            const signal = AbortSignal.any([ports.signal, AbortSignal.timeout(patience.answerMs)]);
            let cause;
            try {
                const answer = await send({ ...options, request: { ...options.request, signal } });
                refuseHalfAnswers(answer, options.url);
                return answer;
            }
            catch (error) {
                ports.signal.throwIfAborted();
                cause = error;
            }
            const graphql = options.url.endsWith('/graphql');
            const repeatable = options.method !== 'POST' || graphql;
            const wait = waitFor(cause, attempt, repeatable, ports.clock.now().getTime());
            if (!wait || attempt >= patience.attempts) {
                throw wait?.limit ? limitError(wait.ms, ports) : cause;
            }
            if (waited + wait.ms > patience.waitMs) {
                throw wait.limit ? limitError(wait.ms, ports) : cause;
            }
            waited += wait.ms;
            ports.log.info(`GitHub: ${wait.reason}; ${options.method} ${options.url} again in ${Math.ceil(wait.ms / 1000)} s`);
            await ports.clock.sleep(wait.ms, ports.signal);
        }
    });
}
/** How long to wait before the same request may be sent again; undefined: never. */
function waitFor(error, attempt, repeatable, now) {
    const status = (0,failure/* httpStatus */.nG)(error);
    const message = error instanceof Error ? error.message : '';
    const retryAfter = Number((0,failure/* header */.wx)(error, 'retry-after'));
    const doubled = 2 ** (attempt - 1);
    if (status === 403 || status === 429) {
        if (retryAfter > 0) {
            return { ms: retryAfter * 1000, reason: 'too many requests', limit: true };
        }
        if ((0,failure/* header */.wx)(error, 'x-ratelimit-remaining') === '0') {
            const reset = Number((0,failure/* header */.wx)(error, 'x-ratelimit-reset')) * 1000;
            const ms = Math.max(FIRST_WAIT_MS, (Number.isNaN(reset) ? now : reset) - now + 1000);
            return { ms, reason: 'the hourly limit is used up', limit: true };
        }
        if (status === 429 || /secondary rate limit|abuse detection/i.test(message)) {
            return { ms: SECONDARY_LIMIT_MS * doubled, reason: 'too many requests', limit: true };
        }
        return undefined;
    }
    // No status: the connection failed before an answer.
    if (repeatable && (status === undefined || status >= 500 || status === 408)) {
        const ms = retryAfter > 0 ? retryAfter * 1000 : FIRST_WAIT_MS * doubled;
        return { ms, reason: message.slice(0, 100) || `status ${status}` };
    }
    return undefined;
}
function limitError(ms, { clock }) {
    const until = new Date(clock.now().getTime() + ms).toISOString().slice(0, 19);
    return new failure/* RateLimited */.JH(`GitHub's rate limit is used up until ${until}Z: run the job again after that`);
}
/** octokit gives an answer that it could not parse as text, or as nothing when the connection broke. */
function refuseHalfAnswers({ status, data, headers }, url) {
    if (status >= 200 && status < 300 && status !== 204 && typeof data !== 'object') {
        const type = String(headers['content-type'] ?? 'no content type').slice(0, 60);
        throw new failure/* UnreadableAnswer */.ym(`${url}: the answer is no complete JSON (${type})`);
    }
    const errors = data?.errors;
    if (Array.isArray(errors) && errors.some((error) => error.type === 'RATE_LIMITED')) {
        throw Object.assign(new Error('API rate limit exceeded'), { status: 429, response: { headers } });
    }
    if (Array.isArray(errors) && errors.some((error) => error.message?.startsWith('Something went wrong'))) {
        throw new failure/* UnreadableAnswer */.ym('POST /graphql: GitHub could not carry the query out in time');
    }
}

// EXTERNAL MODULE: ./build/packages/github/src/api.js
var src_api = __webpack_require__(5987);
;// CONCATENATED MODULE: ./build/packages/github/src/comment.js

/** Tells our comment from all others; invisible when rendered. */
const MARKER = '<!-- golden-image: gate-approval -->';
/** GitHub refuses longer comments. */
const LONGEST_COMMENT = 65_536;
/**
 * Writes the report as a comment on a pull request, over the one of an earlier run where there is one.
 *
 * @returns the comment's address
 */
async function upsertComment(api, name, pull, markdown) {
    const body = `${MARKER}\n${shorten(markdown)}`;
    const list = 'GET /repos/{owner}/{repo}/issues/{issue_number}/comments';
    const comments = await api.paginate(list, { ...name, issue_number: pull, per_page: src_api/* PAGE */.K });
    // Anyone may write the marker: only a comment of a bot is ours.
    const own = comments.find((comment) => comment.body?.startsWith(MARKER) && comment.user?.type === 'Bot');
    if (own) {
        const change = 'PATCH /repos/{owner}/{repo}/issues/comments/{comment_id}';
        return (await api.request(change, { ...name, comment_id: own.id, body })).data.html_url;
    }
    const create = 'POST /repos/{owner}/{repo}/issues/{issue_number}/comments';
    return (await api.request(create, { ...name, issue_number: pull, body })).data.html_url;
}
function shorten(markdown) {
    const room = LONGEST_COMMENT - MARKER.length - 200;
    return markdown.length <= room
        ? markdown
        : `${markdown.slice(0, markdown.lastIndexOf('\n', room))}\n\n… The rest is in the job summary.`;
}

;// CONCATENATED MODULE: ./build/actions/gate-approval/src/connection.js



/** The API of the GitHub that this run is on, or undefined outside GitHub Actions and without a token. */
async function connection(inputs, ports) {
    const run = await workflowRun();
    // Outside GitHub nobody evaluates the default of the input.
    const token = inputs.token?.startsWith('${{') ? undefined : inputs.token;
    if (!run || !token) {
        return undefined;
    }
    const api = await githubClient(token, ports.log);
    makeResilient(api, ports);
    return { api, run };
}
/** @throws UserError `not-on-github`, `missing-token` */
async function requireConnection(inputs, ports) {
    const found = await connection(inputs, ports);
    if (!found) {
        throw (await workflowRun())
            ? new errors/* UserError */.yo(`The mode ${inputs.mode} needs the input token`, {
                code: 'missing-token',
                fix: 'Leave the input token as it is, or pass a token of a GitHub App.',
            })
            : new errors/* UserError */.yo(`The mode ${inputs.mode} works on GitHub only`, {
                code: 'not-on-github',
                fix: 'Run it in a workflow; GITHUB_REPOSITORY and GITHUB_API_URL say which repository and server.',
            });
    }
    return found;
}
/** Puts the report on the pull request. The token of a fork's pull request may not: then the summary has to do. */
async function shareReport({ api, run }, pull, report, ports) {
    try {
        ports.log.info(`Report: ${await upsertComment(api, run.repository, pull, report)}`);
    }
    catch (error) {
        ports.signal.throwIfAborted();
        ports.log.notice(`The report could not be written as a comment: ${(0,failure/* explain */.WE)(error).detail}`);
    }
}


/***/ }),

/***/ 9830:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   FV: () => (/* binding */ escapeMarkdown),
/* harmony export */   aY: () => (/* binding */ code),
/* harmony export */   nf: () => (/* binding */ link),
/* harmony export */   tp: () => (/* binding */ table)
/* harmony export */ });
/* unused harmony export seconds */
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
function link(label, url) {
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


/***/ }),

/***/ 6247:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {


// EXPORTS
__webpack_require__.d(__webpack_exports__, {
  w: () => (/* binding */ judgeReport),
  v: () => (/* binding */ methods)
});

// EXTERNAL MODULE: ./build/packages/evidence/src/statement.js
var src_statement = __webpack_require__(1684);
;// CONCATENATED MODULE: ./build/packages/evidence/src/chain.js

/**
 * What the statement's work started from: the medium of a build (`resolvedDependencies` entry named `medium`), the
 * `input` of a test or of hardening. A statement about its subject alone (SBOM) starts from it; a medium from nothing.
 */
function startedFrom(statement) {
    const { predicate, predicateType } = statement;
    switch (predicateType) {
        case src_statement/* predicateTypes */.ZR.medium:
            return undefined;
        case src_statement/* predicateTypes */.ZR.provenance: {
            const definition = record(predicate.buildDefinition);
            return (named(definition?.resolvedDependencies, 'medium') ?? named(definition?.resolvedDependencies, 'input'));
        }
        case src_statement/* predicateTypes */.ZR.testResult:
            return named(predicate.configuration, 'input');
        default:
            return produced(statement)[0];
    }
}
/** What the statement is about: its subjects. */
function produced(statement) {
    return statement.subject.map(({ name, digest }) => ({ name, digest }));
}
/**
 * Walks from the image back to its origin: each digest must be the subject of the statement that made it, and what
 * that one started from must be the subject of an earlier one.
 *
 * A gap is: a build or hardening whose start nobody vouches for although its kind always has one, a statement that
 * names no start, two statements that disagree, or a statement about something that is neither part of the chain nor
 * its head in another format.
 */
function determineChain(statements, head) {
    const links = [];
    const gaps = [];
    const used = new Set();
    let current = head;
    let origin = 'open';
    let cameFrom;
    while (current) {
        const at = current;
        const here = statements.filter((entry) => concerns(entry.statement, at));
        const makers = here.filter((entry) => isMaker(entry.statement, at));
        const about = here.filter((entry) => !makers.includes(entry));
        for (const entry of here) {
            used.add(entry.name);
        }
        links.unshift({ artifact: at, producedBy: makers.map(nameOf), about: about.map(nameOf) });
        const sources = makers.map((entry) => startedFrom(entry.statement));
        const [source] = sources;
        const media = makers.filter((entry) => entry.statement.predicateType === src_statement/* predicateTypes */.ZR.medium);
        if (new Set(sources.map((entry) => entry?.digest.sha256)).size > 1) {
            gaps.push(`${list(makers)} disagree about what ${show(at)} was made from`);
        }
        for (const entry of makers) {
            if (!media.includes(entry) && !startedFrom(entry.statement)) {
                gaps.push(`${entry.name} does not name the digest that it started from`);
            }
        }
        if (media.length > 0) {
            origin = 'medium';
        }
        if (makers.length === 0 && cameFrom?.statement.predicateType === src_statement/* predicateTypes */.ZR.provenance) {
            gaps.push(`${cameFrom.name} started from ${show(at)}, but no statement is about that medium`);
        }
        if (source && links.some((link) => link.artifact.digest.sha256 === source.digest.sha256)) {
            gaps.push(`${list(makers)} go round in a circle at ${show(source)}`);
            break;
        }
        cameFrom = makers[0];
        current = source && { ...source, name: nameIn(statements, source) };
    }
    for (const entry of statements.filter(({ name }) => !used.has(name))) {
        if (!isExportOf(entry.statement, head)) {
            gaps.push(foreign(entry, links));
        }
    }
    return { links, origin, gaps };
}
/** The name under which a statement has the artifact as its subject; else the one it is referred to by. */
function nameIn(statements, artifact) {
    const subjects = statements.flatMap((entry) => produced(entry.statement));
    return subjects.find(({ digest }) => digest.sha256 === artifact.digest.sha256)?.name ?? artifact.name;
}
/** Says of a statement outside the chain what it is about, and what the chain has instead. */
function foreign(entry, links) {
    const subjects = produced(entry.statement).map(show).join(', ');
    const known = links.map((link) => show(link.artifact)).join(' → ');
    return `${entry.name} is about ${subjects}, which is not part of the chain ${known}`;
}
/** Whether the statement tells of an artifact written in other formats; its subjects are those. */
function isExport(statement) {
    return record(statement.predicate.buildDefinition)?.buildType === src_statement/* EXPORT_BUILD_TYPE */.r3;
}
function isExportOf(statement, artifact) {
    return isExport(statement) && startedFrom(statement)?.digest.sha256 === artifact.digest.sha256;
}
function concerns(statement, artifact) {
    return produced(statement).some(({ digest }) => digest.sha256 === artifact.digest.sha256);
}
/** Whether the statement tells how the artifact came to be (and is not only about it). */
function isMaker(statement, artifact) {
    const source = startedFrom(statement);
    if (!source) {
        return true;
    }
    return source.digest.sha256 !== artifact.digest.sha256;
}
/** The resource descriptor with this name, when it carries a SHA-256. */
function named(list, name) {
    if (!Array.isArray(list)) {
        return undefined;
    }
    for (const entry of list.map(record)) {
        const digest = record(entry?.digest);
        const sha256 = digest?.sha256;
        if (entry?.name === name && typeof sha256 === 'string' && /^[0-9a-f]{64}$/.test(sha256)) {
            return { name, digest: { ...digest, sha256 } };
        }
    }
    return undefined;
}
function record(value) {
    return typeof value === 'object' && value !== null && !Array.isArray(value)
        ? value
        : undefined;
}
function nameOf(entry) {
    return entry.name;
}
function list(entries) {
    return entries.map(nameOf).join(' and ');
}
function show(artifact) {
    return `${artifact.name} sha256:${artifact.digest.sha256.slice(0, 12)}…`;
}

;// CONCATENATED MODULE: ./build/packages/evidence/src/proof.js

/** How a disk is signed. */
const methods = ['sigstore', 'openpgp', 'minisign'];
/** Judges a report: pure. A key or identity that was given must prove the disk, else that is a problem too. */
function judgeReport(report, request) {
    const sha256 = report.digests.get(request.disk)?.sha256;
    const passed = report.checks.filter((check) => check.status === 'pass');
    const listHolds = passed.some((check) => check.kind === 'checksums' && check.file === 'SHA256SUMS');
    const covering = passed.filter(({ subject }) => subject === request.disk || (listHolds && subject === 'SHA256SUMS'));
    const provenBy = methods.flatMap((method) => {
        const check = covering.find((entry) => entry.kind === method);
        return check ? [{ method, ...signer(check) }] : [];
    });
    const statements = report.statements.flatMap(({ name, statement }) => statement ? [{ name, statement }] : []);
    const chain = determineChain(statements, { name: request.disk, digest: { sha256: sha256 ?? '' } });
    const failed = [...report.checks, ...report.statements.map((entry) => entry.check)]
        .filter((check) => check.status === 'fail')
        .map((check) => `${check.file}: ${check.reason}`);
    const ofKey = covering.some((check) => ['sigstore', 'openssl'].includes(check.kind) && check.issuer === undefined);
    const given = [
        { what: 'sigstore or openssl signature by the key', trust: request.publicKey, proven: ofKey },
        {
            what: 'sigstore signature by the identity',
            trust: request.identity,
            proven: covering.some((check) => check.kind === 'sigstore' && check.issuer !== undefined),
        },
        { what: 'openpgp signature by the key', trust: request.openpgpKey, proven: proves(provenBy, 'openpgp') },
        {
            what: 'minisign signature by the key',
            trust: request.minisignKey,
            proven: proves(provenBy, 'minisign'),
        },
    ];
    const silent = given
        .filter(({ trust, proven }) => trust !== undefined && !proven)
        .map(({ what }) => `no ${what} given covers ${request.disk}`);
    const missing = sha256 === undefined ? [`${request.disk} is missing`] : [];
    return { sha256, provenBy, chain, problems: [...missing, ...failed, ...silent, ...chain.gaps] };
}
function proves(provenBy, method) {
    return provenBy.some((entry) => entry.method === method);
}
function signer({ by = '', issuer, at }) {
    return { by, ...(issuer === undefined ? {} : { issuer }), ...(at === undefined ? {} : { at }) };
}


/***/ }),

/***/ 1684:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   Ay: () => (/* binding */ createStatement),
/* harmony export */   ZR: () => (/* binding */ predicateTypes),
/* harmony export */   r3: () => (/* binding */ EXPORT_BUILD_TYPE),
/* harmony export */   t: () => (/* binding */ statementSchema)
/* harmony export */ });
/* unused harmony exports STATEMENT_TYPE, digestSet, resourceDescriptor, testResultPredicate */
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

/***/ 3241:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   s: () => (/* binding */ permissionLookup)
/* harmony export */ });
/* harmony import */ var _failure_js__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(5773);

const known = ['none', 'read', 'triage', 'write', 'maintain', 'admin'];
/** Looks up what people may do on a repository, each once. */
function permissionLookup(api, name) {
    const asked = new Map();
    const ask = async (username) => {
        try {
            const route = 'GET /repos/{owner}/{repo}/collaborators/{username}/permission';
            const { data } = await api.request(route, { ...name, username });
            // role_name tells maintain and triage apart; an organisation's own roles have names of their own.
            const role = [data.role_name, data.permission].find((entry) => known.includes(entry));
            return (role ?? 'none');
        }
        catch (error) {
            if ((0,_failure_js__WEBPACK_IMPORTED_MODULE_0__/* .httpStatus */ .nG)(error) === 404) {
                return 'none';
            }
            throw error;
        }
    };
    return (login) => {
        const key = login.toLowerCase();
        const answer = asked.get(key) ?? ask(login);
        asked.set(key, answer);
        return answer;
    };
}


/***/ }),

/***/ 5987:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   K: () => (/* binding */ PAGE)
/* harmony export */ });
/** GitHub's largest page. */
const PAGE = 100;


/***/ }),

/***/ 5773:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {


// EXPORTS
__webpack_require__.d(__webpack_exports__, {
  nd: () => (/* binding */ Incomplete),
  JH: () => (/* binding */ RateLimited),
  ym: () => (/* binding */ UnreadableAnswer),
  WE: () => (/* binding */ explain),
  wx: () => (/* binding */ header),
  nG: () => (/* binding */ httpStatus)
});

;// CONCATENATED MODULE: ./build/packages/github/src/permissions.js
/**
 * The permission that each of our requests needs. GitHub names it in `x-accepted-github-permissions` when it refuses
 * with 403; this table serves where it does not: Enterprise Servers before 3.11, and answers of 404 that hide a thing.
 *
 * Source: docs.github.com/rest/authentication/permissions-required-for-github-apps
 */
const table = [
    [/^(PUT|POST|DELETE|PATCH) .*\/(environments|rulesets)/, 'administration=write'],
    [/^GET .*\/branches\/[^/]+\/protection/, 'administration=read'],
    [/^GET .*\/actions\/(permissions|runners)/, 'administration=read'],
    [/^GET \/repos\/[^/]+\/[^/]+\/teams/, 'administration=read'],
    [/^GET \/orgs\/[^/]+\/actions\/runner-groups/, 'organization_self_hosted_runners=read'],
    [/^GET \/orgs\/[^/]+\/teams/, 'members=read'],
    [/^GET .*\/(actions\/runs|environments)/, 'actions=read'],
    [/^GET .*\/(pulls|commits\/[^/]+\/pulls)/, 'pull_requests=read'],
    [/^GET .*\/issues\/.*comments/, 'pull_requests=read'],
    [/^(POST|PATCH) .*\/issues\/.*comments/, 'pull_requests=write'],
    [/^GET .*\/deployments/, 'deployments=read'],
    [/^GET .*\/(activity|codeowners|compare|contents|releases|git|commits)/, 'contents=read'],
    [/^POST .*\/graphql/, 'contents=read, pull_requests=read'],
    [/^GET \/repos\//, 'metadata=read'],
];
/** What GITHUB_TOKEN can never have, whatever a workflow's `permissions:` says. */
const beyondWorkflows = ['administration', 'members', 'organization_self_hosted_runners'];
/** `pull-requests: read`, from GitHub's header or, without one, from the table. */
function neededPermission(request, header) {
    const raw = header || table.find(([pattern]) => pattern.test(request))?.[1];
    if (!raw) {
        return undefined;
    }
    return raw
        .split(';')
        .map((set) => set
        .split(',')
        .map((entry) => entry.trim().replaceAll('_', '-').replace('=', ': '))
        .join(' and '))
        .join(' or ');
}
/** How to get a permission: some belong to apps and personal tokens only. */
function howToGrant(permission) {
    return beyondWorkflows.some((scope) => permission.includes(scope.replaceAll('_', '-')))
        ? `give the input token of a GitHub App or a fine-grained personal access token with ${permission} (GITHUB_TOKEN cannot have it)`
        : `grant ${permission} under permissions: in the workflow`;
}

;// CONCATENATED MODULE: ./build/packages/github/src/failure.js

/** A list or an answer that GitHub does not give whole: what is left out could change a decision. */
class Incomplete extends Error {
}
/** GitHub's limit is used up, for longer than we wait. */
class RateLimited extends Error {
}
/** 200, but not JSON: a proxy's page, or half an answer. */
class UnreadableAnswer extends Error {
    /** As octokit's own errors have it: counts as a fault of the server. */
    status = 502;
}
function httpStatus(error) {
    const status = error?.status;
    return typeof status === 'number' ? status : undefined;
}
function header(error, name) {
    return error?.response?.headers?.[name];
}
/** `Upgrade to GitHub Pro or make this repository public`, `Please ensure the billing plan supports …`. */
const PLAN = /upgrade to github|billing plan|not available (?:for|on) (?:your|this) plan/i;
/** Puts anything thrown by a request into words. */
function explain(error) {
    if (error instanceof Incomplete || error instanceof RateLimited || error instanceof UnreadableAnswer) {
        return { detail: error.message };
    }
    const graphql = error?.errors;
    if (Array.isArray(graphql)) {
        return explainGraphql(graphql);
    }
    const status = httpStatus(error);
    if (status === undefined) {
        return { detail: error instanceof Error ? error.message : String(error) };
    }
    const { message, request } = error;
    const place = `${request?.method ?? 'GET'} ${pathOf(request?.url)}`;
    if (status === 401) {
        return { detail: 'GitHub does not accept the token: it is wrong, or it has expired' };
    }
    if (PLAN.test(message)) {
        return { detail: `the plan of this owner does not include it: ${sentence(message)}` };
    }
    if (status === 403 && header(error, 'x-github-sso')) {
        return { detail: 'the token is not authorised for the single sign-on of this organisation' };
    }
    if (status === 403 || status === 404) {
        const permission = neededPermission(place, header(error, 'x-accepted-github-permissions'));
        const hidden = status === 404 ? 'it is not there, or the token may not see it' : 'the token may not';
        return {
            detail: `${place}: ${hidden}${permission ? `; ${howToGrant(permission)}` : ''}`,
            ...(permission ? { permission } : {}),
        };
    }
    return { detail: `${place}: GitHub answered ${status}: ${sentence(message)}` };
}
function explainGraphql(errors) {
    const words = [...new Set(errors.map((error) => sentence(error.message)))].slice(0, 3).join('; ');
    if (errors.some((error) => error.type === 'FORBIDDEN' || error.type === 'INSUFFICIENT_SCOPES')) {
        const permission = neededPermission('POST /graphql', undefined) ?? '';
        return { detail: `POST /graphql: the token may not; ${howToGrant(permission)}`, permission };
    }
    return { detail: `POST /graphql: ${words}` };
}
function pathOf(url) {
    return url && URL.canParse(url) ? new URL(url).pathname.replace(/^\/api\/v3/, '') : (url ?? '');
}
/** octokit adds the documentation's address after a dash. */
function sentence(message) {
    return message
        .replace(/ - https?:\/\/\S+$/, '')
        .replace(/\s+/g, ' ')
        .trim()
        .slice(0, 300);
}


/***/ }),

/***/ 5692:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   Gg: () => (/* binding */ personOfGitActor),
/* harmony export */   Re: () => (/* binding */ personOf),
/* harmony export */   cK: () => (/* binding */ personOfActor)
/* harmony export */ });
/* unused harmony export withoutBotSuffix */
/** A user as REST shows one; null is a deleted account. */
function personOf(user) {
    if (!user?.login) {
        return { type: 'unknown', name: 'a deleted account' };
    }
    return { login: withoutBotSuffix(user.login), type: typeOf(user.type) };
}
function typeOf(type) {
    switch (type) {
        case 'User':
        case 'Bot':
        case 'Organization':
        case 'Mannequin':
            return type;
        default:
            return 'unknown';
    }
}
/** REST writes `dependabot[bot]`, GraphQL `dependabot`. */
function withoutBotSuffix(login) {
    return login.replace(/\[bot\]$/, '');
}
/** `49699333+dependabot[bot]@users.noreply.github.com`: bots are nobody's account, GraphQL shows no user for them. */
const BOT_EMAIL = /^(?:\d+\+)?([A-Za-z0-9-]+)\[bot\]@users\.noreply\.[^@]+$/;
/** The author or committer of a commit; without an account name and e-mail are kept for messages. */
function personOfGitActor(actor) {
    if (actor?.user) {
        return { login: actor.user.login, type: 'User' };
    }
    const bot = BOT_EMAIL.exec(actor?.email ?? '')?.[1];
    if (bot) {
        return { login: bot, type: 'Bot' };
    }
    return {
        type: 'unknown',
        name: actor?.name ?? 'nobody',
        ...(actor?.email ? { email: actor.email } : {}),
    };
}
/** An author in GraphQL: the type is the schema's type name. */
function personOfActor(actor) {
    return actor ? personOf({ login: actor.login, type: actor.__typename }) : personOf(null);
}


/***/ }),

/***/ 5434:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   O: () => (/* binding */ parsePolicy)
/* harmony export */ });
/* harmony import */ var _golden_image_host__WEBPACK_IMPORTED_MODULE_2__ = __webpack_require__(2151);
/* harmony import */ var yaml__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(8815);
/* harmony import */ var _policy_schema_js__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(5432);



/**
 * Parses a policy; every mistake is named with its line and column.
 *
 * @throws UserError `invalid-policy`
 */
function parsePolicy(text, file) {
    const lines = new yaml__WEBPACK_IMPORTED_MODULE_0__/* .LineCounter */ .HN();
    // The core schema has no dates and no merge keys; aliases cannot multiply without bound.
    const document = (0,yaml__WEBPACK_IMPORTED_MODULE_0__/* .parseDocument */ .Tp)(text, {
        lineCounter: lines,
        schema: 'core',
        uniqueKeys: true,
        strict: true,
    });
    const at = (offset) => {
        const { line, col } = lines.linePos(offset);
        return `${line}:${col}`;
    };
    const problems = document.errors.map((error) => `${at(error.pos[0])} ${error.message.split('\n')[0]}`);
    if (problems.length === 0) {
        const parsed = _policy_schema_js__WEBPACK_IMPORTED_MODULE_1__/* .policySchema */ .wh.safeParse(document.toJS({ maxAliasCount: 20 }));
        if (parsed.success) {
            return parsed.data;
        }
        for (const issue of parsed.error.issues) {
            problems.push(...describe(issue, (path) => at(offsetOf(document, path))));
        }
    }
    throw new _golden_image_host__WEBPACK_IMPORTED_MODULE_2__/* .UserError */ .yo(`The policy ${file} is not valid: ${problems.map((entry) => `${file}:${entry}`).join('; ')}`, {
        code: 'invalid-policy',
        fix: 'See docs/verify-an-image.md and examples/debian-13/image-policy.yml for what a policy may say.',
    });
}
/** One issue with its position; unknown keys one by one, each where it stands. */
function describe(issue, at) {
    if (issue.code === 'unrecognized_keys') {
        return issue.keys.map((key) => `${at([...issue.path, key])} unknown key ${show([...issue.path, key])}`);
    }
    return [`${at(issue.path)} ${show(issue.path)}: ${issue.message}`];
}
function show(path) {
    return path.map(String).join('.') || 'the document';
}
/** Where the deepest node that exists on this path begins; for a key, where the key begins. */
function offsetOf(document, path) {
    for (let length = path.length; length > 0; length -= 1) {
        const parent = document.getIn(path.slice(0, length - 1), true);
        const last = path[length - 1];
        const key = parent?.items?.find((item) => item?.key?.value === last)?.key;
        const node = key ?? document.getIn(path.slice(0, length), true);
        if (node?.range) {
            return node.range[0];
        }
    }
    return document.contents?.range?.[0] ?? 0;
}


/***/ }),

/***/ 5432:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {


// EXPORTS
__webpack_require__.d(__webpack_exports__, {
  wh: () => (/* binding */ policySchema),
  Wn: () => (/* binding */ predicateNames)
});

// UNUSED EXPORTS: roles

// EXTERNAL MODULE: ./build/packages/evidence/src/statement.js
var statement = __webpack_require__(1684);
// EXTERNAL MODULE: ./build/packages/evidence/src/proof.js + 1 modules
var proof = __webpack_require__(6247);
// EXTERNAL MODULE: ./node_modules/zod/v4/classic/schemas.js + 11 modules
var schemas = __webpack_require__(2857);
// EXTERNAL MODULE: ./node_modules/zod/v4/classic/iso.js
var iso = __webpack_require__(4377);
;// CONCATENATED MODULE: ./build/packages/policy/src/policy/repository-schema.js

const repository_schema_name = schemas/* string */.YjP().min(1).max(200);
const BYPASS = /^(?:team:[A-Za-z0-9-]+\/[A-Za-z0-9_.-]+|app:[0-9a-z-]+|role:(?:maintain|write|admin)|organization-admin|deploy-key)$/;
/**
 * What GitHub itself is to enforce on the repository: `gate-approval` provisions it and audits it. How many approvals
 * a change needs, and who approves a deployment, stands under `changes` and `environments`.
 */
const repositoryPolicy = schemas/* strictObject */.rej({
    /** Protected branches, with `*`; default: the default branch. */
    branches: schemas/* array */.YOg(repository_schema_name).min(1).default(['~DEFAULT_BRANCH']),
    /** Protected tags: nobody moves or deletes them. */
    tags: schemas/* array */.YOg(repository_schema_name).min(1).optional(),
    /** Names of checks that must pass, reported by GitHub Actions and nobody else. */
    checks: schemas/* array */.YOg(repository_schema_name).default(['gate']),
    'code-owners': schemas/* boolean */.zMY().default(true),
    'merge-queue': schemas/* boolean */.zMY().default(false),
    'linear-history': schemas/* boolean */.zMY().default(false),
    'signed-commits': schemas/* boolean */.zMY().default(false),
    /** Who may pass by the rules: `team:org/slug`, `app:slug`, `role:admin`, `organization-admin`, `deploy-key`. */
    bypass: schemas/* array */.YOg(schemas/* string */.YjP().regex(BYPASS, {
        error: 'expected team:org/slug, app:slug, role:admin, organization-admin or deploy-key',
    }))
        .default([]),
    /** Who may administer the repository; absent: nobody looks. */
    admins: schemas/* array */.YOg(repository_schema_name).optional(),
    /** Who may have write access by name rather than through a team. */
    'direct-access': schemas/* array */.YOg(repository_schema_name).default([]),
    /** The organisation's runner groups that build hosts are in. */
    'build-runners': schemas/* array */.YOg(repository_schema_name).min(1).optional(),
});

;// CONCATENATED MODULE: ./build/packages/policy/src/policy/policy-schema.js



/** Short names of predicate types for policies; a full URI does as well. */
const predicateNames = {
    'medium/v1': statement/* predicateTypes */.ZR.medium,
    'slsa-provenance/v1': statement/* predicateTypes */.ZR.provenance,
    'test-result/v0.1': statement/* predicateTypes */.ZR.testResult,
    spdx: statement/* predicateTypes */.ZR.spdx,
    cyclonedx: statement/* predicateTypes */.ZR.cyclonedx,
};
const predicate = schemas/* string */.YjP().refine((value) => value in predicateNames || URL.canParse(value), {
    error: `expected one of ${Object.keys(predicateNames).join(', ')}, or a URI`,
});
const unitSeconds = { m: 60, h: 3600, d: 86400 };
/** `7d`, `12h`, `30m`, in seconds. */
const age = schemas/* string */.YjP()
    .regex(/^[1-9]\d{0,4}[mhd]$/, { error: 'expected an age such as 7d, 12h or 30m' })
    .transform((value) => Number.parseInt(value, 10) * (unitSeconds[value.at(-1) ?? ''] ?? Number.NaN));
const percent = schemas/* number */.aig().min(0).max(100);
const policy_schema_name = schemas/* string */.YjP().min(1).max(200);
const requirement = schemas/* strictObject */.rej({
    predicate,
    /** Which action's result, for test results. */
    suite: policy_schema_name.optional(),
    result: schemas/* enum */.k5n(['PASSED', 'WARNED']).optional(),
    'max-age': age.optional(),
    'min-score': percent.optional(),
})
    .refine((entry) => predicateNames[entry.predicate] === statement/* predicateTypes */.ZR.testResult ||
    (entry.suite === undefined && entry.result === undefined && entry['min-score'] === undefined), { error: 'suite, result and min-score belong to test-result/v0.1' });
const release = schemas/* strictObject */.rej({
    require: schemas/* array */.YOg(requirement).min(1),
    /** `medium`: the chain of digests must begin at a verified medium; `any`: where the first evidence begins. */
    origin: schemas/* enum */.k5n(['medium', 'any']).default('medium'),
    /** Methods that must cover the disk. */
    signatures: schemas/* array */.YOg(schemas/* enum */.k5n(proof/* methods */.v)).min(1).default(['sigstore']),
    /** What an approval leaves behind. */
    emit: schemas/* literal */.euz('vsa').optional(),
});
const count = schemas/* int */.Whr().nonnegative();
const levels = schemas/* strictObject */.rej({
    error: count.optional(),
    warning: count.optional(),
    note: count.optional(),
});
const roles = ['author', 'committer', 'co-author', 'pusher'];
const identifier = schemas/* string */.YjP().regex(/^[a-z0-9][a-z0-9-]{0,59}$/, {
    error: 'expected lower-case letters, digits and hyphens',
});
/** `org/slug`, or a slug of the repository's own organisation. */
const team = schemas/* string */.YjP().regex(/^(?:[A-Za-z0-9][A-Za-z0-9-]*\/)?[A-Za-z0-9][A-Za-z0-9_.-]*$/, {
    error: 'expected a team, as org/slug or slug',
});
/** What a change to some paths needs. */
const changeRule = schemas/* strictObject */.rej({
    /** What exceptions and reasons call it; default: its place in the list. */
    name: identifier.optional(),
    /** Globs from the repository's root: `*` within a folder, `**` across folders. */
    paths: schemas/* array */.YOg(policy_schema_name).min(1),
    approvals: schemas/* strictObject */.rej({
        min: count.default(1),
        /** Only their members count. */
        teams: schemas/* array */.YOg(team).min(1).optional(),
        /** Who does not count as an approver of their own change. */
        not: schemas/* array */.YOg(schemas/* enum */.k5n(roles)).default([...roles]),
    })
        .prefault({}),
    /** Every file with code owners needs one of them. */
    'code-owners': schemas/* boolean */.zMY().default(false),
});
const quality = schemas/* strictObject */.rej({
    coverage: schemas/* strictObject */.rej({
        /** Of all executable lines, in percent. */
        lines: percent.optional(),
        /** Of the executable lines that the change touches, in percent. */
        patch: percent.optional(),
        /** Below the base, in percentage points. */
        'max-drop': percent.optional(),
        /** Globs of files that reports must know: one that is in none of them is a changed file without tests. */
        paths: schemas/* array */.YOg(policy_schema_name).min(1).optional(),
    })
        .optional(),
    findings: schemas/* strictObject */.rej({ new: levels.optional(), total: levels.optional() }).optional(),
    tests: schemas/* strictObject */.rej({
        'max-failed': count.default(0),
        'min-passed': schemas/* int */.Whr().positive().default(1),
        'max-skipped': count.optional(),
    })
        .optional(),
    /** Jobs of the run that must have succeeded; a skipped one has not. */
    jobs: schemas/* array */.YOg(policy_schema_name).min(1).optional(),
});
const environment = schemas/* strictObject */.rej({
    /** Globs of branches and tags that may be released: short names, or `refs/tags/v*` for tags only. */
    refs: schemas/* array */.YOg(policy_schema_name).min(1).optional(),
    /** Logins, and teams as `org/slug`. */
    reviewers: schemas/* array */.YOg(policy_schema_name).min(1).optional(),
    /** How many of them; 1 where there are reviewers. */
    approvals: schemas/* int */.Whr().positive().default(1),
    'self-review': schemas/* enum */.k5n(['allow', 'deny']).default('deny'),
    'admin-bypass': schemas/* enum */.k5n(['allow', 'deny']).default('deny'),
});
const word = schemas/* enum */.k5n(['allow', 'deny']);
const EXCEPTABLE = /^(?:quality\.(?:coverage(?:\.(?:lines|patch|max-drop|paths))?|findings(?:\.(?:new|total)(?:\.(?:error|warning|note))?)?|tests(?:\.(?:max-failed|max-skipped))?)|release\.[A-Za-z0-9._/-]+\.(?:min-score|max-age|result))$/;
const exception = schemas/* strictObject */.rej({
    /** A rule, or, for quality, a group of them: `quality.coverage`. Approvals and integrity have no exceptions. */
    rule: schemas/* string */.YjP().regex(EXCEPTABLE, {
        error: 'only a rule of quality, or a min-score, max-age or result of a release requirement, can have an exception, e.g. quality.coverage.patch or release.harden.min-score',
    }),
    /** The last day, in UTC. */
    until: iso/* date */.p6(),
    'approved-by': policy_schema_name,
    reason: policy_schema_name,
});
/** `.image-policy.yml`. `changes` and `quality` are for the mode `merge`, the rest for `release`. */
const policySchema = schemas/* strictObject */.rej({
    version: schemas/* literal */.euz(1),
    changes: schemas/* array */.YOg(changeRule).min(1).optional(),
    quality: quality.optional(),
    /** Whether another attempt of a run may decide: GitHub does not say to which attempt an environment's approval belongs. */
    're-runs': schemas/* strictObject */.rej({ merge: word.default('allow'), release: word.default('deny') }).prefault({}),
    /** E-mail addresses that GitHub does not know: whose they are, or `outside` for people without an account. */
    people: schemas/* record */.g1P(schemas/* string */.YjP().regex(/^[^\s@]+@[^\s@]+$/), policy_schema_name).optional(),
    environments: schemas/* record */.g1P(policy_schema_name, environment).optional(),
    /** What GitHub itself is to enforce. */
    repository: repositoryPolicy.optional(),
    release: release.optional(),
    exceptions: schemas/* array */.YOg(exception).optional(),
});


/***/ })

};
