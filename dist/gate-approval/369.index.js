export const id = 369;
export const ids = [369];
export const modules = {

/***/ 9291:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   Uv: () => (/* binding */ requirementSections),
/* harmony export */   Zn: () => (/* binding */ nextSteps),
/* harmony export */   t8: () => (/* binding */ countOfMet)
/* harmony export */ });
/* harmony import */ var _golden_image_action_kit__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(9830);

/** Mark and word stay on one line. */
const SHOWN = {
    met: '✅&nbsp;met',
    'not-met': '❌&nbsp;not&nbsp;met',
    unknown: '❔&nbsp;unknown',
    excepted: '⚠️&nbsp;excepted',
};
const ORDER = { 'not-met': 0, unknown: 1, excepted: 2, met: 3 };
/** The requirements under headings: each finding in the first section that has it. */
function requirementSections(findings, sections) {
    const rest = new Set(findings);
    return sections.flatMap(({ title, has }) => {
        const own = [...rest].filter(has);
        for (const finding of own) {
            rest.delete(finding);
        }
        return own.length === 0 ? [] : [`### ${title}`, '', requirementsTable(own), ''];
    });
}
/** `11 of 18 requirements are met.` */
function countOfMet({ findings }) {
    const met = findings.filter(({ status }) => status === 'met' || status === 'excepted').length;
    return `${met} of ${findings.length} requirements are met.`;
}
/** Each requirement, whether it is met, what was found and who vouches for it; first those that are not met. */
function requirementsTable(findings) {
    const sorted = findings.toSorted((a, b) => ORDER[a.status] - ORDER[b.status]);
    const named = findings.some(({ by }) => by !== '');
    const head = ['requirement', '', 'found', 'by'];
    return (0,_golden_image_action_kit__WEBPACK_IMPORTED_MODULE_0__/* .table */ .tp)(named ? head : head.slice(0, 3), named ? sorted.map(row) : sorted.map((entry) => row(entry).slice(0, 3)));
}
/** What to do next, one step a line; nothing when all is met. */
function nextSteps({ findings }) {
    const open = findings.filter(({ status }) => status === 'not-met' || status === 'unknown');
    const steps = [...new Set(open.map(({ next }) => next))].filter((step) => step !== '');
    return steps.length === 0
        ? []
        : ['### What to do next', '', ...steps.map((step, index) => `${index + 1}. ${(0,_golden_image_action_kit__WEBPACK_IMPORTED_MODULE_0__/* .escapeMarkdown */ .FV)(step)}`), ''];
}
function row({ requirement, status, found, by }) {
    return [(0,_golden_image_action_kit__WEBPACK_IMPORTED_MODULE_0__/* .escapeMarkdown */ .FV)(requirement), SHOWN[status], (0,_golden_image_action_kit__WEBPACK_IMPORTED_MODULE_0__/* .escapeMarkdown */ .FV)(found), by ? shown(by) : ''];
}
/** People by name; fingerprints as code, shortened: their beginning tells keys apart. */
function shown(by) {
    const isKey = /^(?:sha256:|SHA256:|[0-9A-Fa-f]{16,}$)/.test(by);
    return isKey ? (0,_golden_image_action_kit__WEBPACK_IMPORTED_MODULE_0__/* .code */ .aY)(by.length > 27 ? `${by.slice(0, 23)}…` : by) : (0,_golden_image_action_kit__WEBPACK_IMPORTED_MODULE_0__/* .escapeMarkdown */ .FV)(by);
}


/***/ }),

/***/ 1222:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   _: () => (/* binding */ stableJson)
/* harmony export */ });
/** JSON with sorted keys, two-space indent and a final line break: the same value always gives the same bytes. */
function stableJson(value) {
    return `${JSON.stringify(value, (_key, inner) => (isRecord(inner) ? sorted(inner) : inner), 2)}\n`;
}
function isRecord(value) {
    return typeof value === 'object' && value !== null && !Array.isArray(value);
}
function sorted(record) {
    return Object.fromEntries(Object.entries(record).sort(([a], [b]) => (a < b ? -1 : a > b ? 1 : 0)));
}


/***/ }),

/***/ 7121:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   Q4: () => (/* binding */ refuseTooMany),
/* harmony export */   UD: () => (/* binding */ compare),
/* harmony export */   kI: () => (/* binding */ describeCommits),
/* harmony export */   vK: () => (/* binding */ LARGEST_FILE_LIST)
/* harmony export */ });
/* harmony import */ var _api_js__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(5987);
/* harmony import */ var _failure_js__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(5773);
/* harmony import */ var _people_js__WEBPACK_IMPORTED_MODULE_3__ = __webpack_require__(5692);
/* harmony import */ var _queries_js__WEBPACK_IMPORTED_MODULE_2__ = __webpack_require__(2371);




/** GitHub lists at most this many files of a comparison. */
const LARGEST_FILE_LIST = 300;
/** More commits than this are not read: 100 requests. */
const MOST_COMMITS = 10_000;
/**
 * Compares `head` with the point where it left `base`: all commits, page by page.
 *
 * @param base a SHA, branch or tag
 * @throws Incomplete when not all commits come
 */
async function compare(api, name, base, head) {
    const commits = [];
    let files = [];
    for (let page = 1;; page += 1) {
        const { data } = await api.request('GET /repos/{owner}/{repo}/compare/{basehead}', {
            ...name,
            basehead: `${base}...${head}`,
            per_page: _api_js__WEBPACK_IMPORTED_MODULE_0__/* .PAGE */ .K,
            page,
        });
        commits.push(...data.commits.map((commit) => ({
            sha: commit.sha,
            nodeId: commit.node_id,
            parents: commit.parents.flatMap((parent) => parent.sha ?? []),
        })));
        if (page === 1) {
            refuseTooMany(data.total_commits);
            // Files stand on the first page only.
            files = (data.files ?? []).map((file) => ({
                path: file.filename,
                previousPath: file.previous_filename,
                status: file.status,
                sha: file.sha,
                patch: file.patch,
                changes: file.changes,
            }));
        }
        if (commits.length >= data.total_commits || data.commits.length === 0) {
            if (commits.length !== data.total_commits) {
                throw new _failure_js__WEBPACK_IMPORTED_MODULE_1__/* .Incomplete */ .nd(`GitHub gave ${commits.length} of ${data.total_commits} commits`);
            }
            return { status: data.status, baseSha: data.base_commit.sha, commits, files };
        }
    }
}
function refuseTooMany(count) {
    if (count > MOST_COMMITS) {
        throw new _failure_js__WEBPACK_IMPORTED_MODULE_1__/* .Incomplete */ .nd(`there are ${count} commits, more than the ${MOST_COMMITS} that are read`);
    }
}
/** Everyone who had a hand in each commit, and the pull requests that brought it. */
async function describeCommits(api, compared) {
    const commits = [];
    const pullsByCommit = new Map();
    const pulls = new Map();
    for (let start = 0; start < compared.length; start += _api_js__WEBPACK_IMPORTED_MODULE_0__/* .PAGE */ .K) {
        const part = compared.slice(start, start + _api_js__WEBPACK_IMPORTED_MODULE_0__/* .PAGE */ .K);
        const { nodes } = await api.graphql(_queries_js__WEBPACK_IMPORTED_MODULE_2__/* .queries */ .P.commits, {
            ids: part.map(({ nodeId }) => nodeId),
        });
        part.forEach(({ sha }, index) => {
            const node = nodes[index];
            if (node?.__typename !== 'Commit' || node.oid !== sha) {
                throw new _failure_js__WEBPACK_IMPORTED_MODULE_1__/* .Incomplete */ .nd(`GitHub does not describe the commit ${sha}`);
            }
            commits.push(commitOf(node));
            const own = pullsOf(node);
            pullsByCommit.set(sha, own.map(({ number }) => number));
            for (const pull of own) {
                pulls.set(pull.number, pull);
            }
        });
    }
    const sorted = [...pulls.values()].sort((a, b) => a.number - b.number);
    return { commits, pulls: sorted, pullsByCommit };
}
function commitOf({ oid, authors, committer, signature }) {
    if (authors.nodes.length < authors.totalCount) {
        throw new _failure_js__WEBPACK_IMPORTED_MODULE_1__/* .Incomplete */ .nd(`the commit ${oid} has ${authors.totalCount} authors, GitHub names fewer`);
    }
    const [author, ...coAuthors] = authors.nodes;
    return {
        sha: oid,
        author: (0,_people_js__WEBPACK_IMPORTED_MODULE_3__/* .personOfGitActor */ .Gg)(author),
        coAuthors: coAuthors.map((entry) => (0,_people_js__WEBPACK_IMPORTED_MODULE_3__/* .personOfGitActor */ .Gg)(entry)),
        committer: (0,_people_js__WEBPACK_IMPORTED_MODULE_3__/* .personOfGitActor */ .Gg)(committer),
        signedByGitHub: signature?.isValid === true && signature.wasSignedByGitHub,
    };
}
function pullsOf({ oid, associatedPullRequests }) {
    const nodes = associatedPullRequests?.nodes ?? [];
    if (nodes.length < (associatedPullRequests?.totalCount ?? 0)) {
        throw new _failure_js__WEBPACK_IMPORTED_MODULE_1__/* .Incomplete */ .nd(`the commit ${oid} belongs to more pull requests than GitHub names`);
    }
    return nodes.flatMap((pull) => pull
        ? [
            {
                number: pull.number,
                author: (0,_people_js__WEBPACK_IMPORTED_MODULE_3__/* .personOfActor */ .cK)(pull.author),
                headRef: pull.headRefName,
                headRepository: pull.headRepository
                    ? { owner: pull.headRepository.owner.login, repo: pull.headRepository.name }
                    : undefined,
                mergedAt: pull.mergedAt ?? undefined,
            },
        ]
        : []);
}


/***/ }),

/***/ 3175:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   l: () => (/* binding */ observe)
/* harmony export */ });
/* harmony import */ var _failure_js__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(5773);

/**
 * Makes a fact of what `look` returns; whatever it throws makes the fact unknown, with the reason and the permission
 * to grant. Only a cancellation goes on.
 *
 * @param source where it is observed, e.g. `GET /repos/o/r/pulls/7`
 */
async function observe(identity, source, look, ports) {
    const time = ports.clock.now().toISOString();
    try {
        const value = await look();
        return { ...identity, status: 'pass', source, time, value };
    }
    catch (error) {
        ports.signal.throwIfAborted();
        return { ...identity, status: 'unknown', source, time, ...(0,_failure_js__WEBPACK_IMPORTED_MODULE_0__/* .explain */ .WE)(error) };
    }
}


/***/ }),

/***/ 5059:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   GD: () => (/* binding */ pushersOf),
/* harmony export */   QP: () => (/* binding */ pushersBefore),
/* harmony export */   qc: () => (/* binding */ branchEvents)
/* harmony export */ });
/* harmony import */ var _api_js__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(5987);
/* harmony import */ var _failure_js__WEBPACK_IMPORTED_MODULE_2__ = __webpack_require__(5773);
/* harmony import */ var _people_js__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(5692);



/** Longest history of one branch that is read, in pages of 100. */
const MOST_PAGES = 50;
/** What happened to a branch, newest first, until `enough` says so. */
async function branchEvents(api, name, branch, enough) {
    const events = [];
    const pages = api.paginate.iterator('GET /repos/{owner}/{repo}/activity', {
        ...name,
        ref: `refs/heads/${branch}`,
        per_page: _api_js__WEBPACK_IMPORTED_MODULE_0__/* .PAGE */ .K,
    });
    let count = 0;
    for await (const { data } of pages) {
        for (const entry of data) {
            const event = {
                push: { sha: entry.after, actor: (0,_people_js__WEBPACK_IMPORTED_MODULE_1__/* .personOf */ .Re)(entry.actor), time: entry.timestamp },
                type: entry.activity_type,
                before: entry.before,
            };
            events.push(event);
            if (enough(event)) {
                return events;
            }
        }
        count += 1;
        if (count >= MOST_PAGES) {
            throw new _failure_js__WEBPACK_IMPORTED_MODULE_2__/* .Incomplete */ .nd(`the branch ${branch} was pushed to more than ${MOST_PAGES * _api_js__WEBPACK_IMPORTED_MODULE_0__/* .PAGE */ .K} times`);
        }
    }
    return events;
}
/**
 * All who pushed to a pull request's branch since it was made.
 *
 * @throws Incomplete when GitHub's list does not reach to the branch's head: the last pusher is not known
 */
async function pushersOf(api, name, branch, headSha) {
    const events = await branchEvents(api, name, branch, ({ type }) => type === 'branch_creation');
    if (!events.some(({ push }) => push.sha === headSha)) {
        throw new _failure_js__WEBPACK_IMPORTED_MODULE_2__/* .Incomplete */ .nd(`GitHub does not say who pushed ${headSha.slice(0, 12)} to ${branch}`);
    }
    return events.filter(({ type }) => type !== 'branch_deletion').map(({ push }) => push);
}
/** Pushes to a branch that is gone, as far as GitHub still knows: those of its last life before `until`. */
async function pushersBefore(api, name, branch, until) {
    const inTime = ({ push }) => until === undefined || (push.time ?? '') <= until;
    const events = await branchEvents(api, name, branch, (event) => event.type === 'branch_creation' && inTime(event));
    return events.filter((event) => event.type !== 'branch_deletion' && inTime(event)).map(({ push }) => push);
}


/***/ }),

/***/ 2371:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   P: () => (/* binding */ queries)
/* harmony export */ });
/** What only GraphQL knows. `scripts/slice-github-api.ts` cuts GitHub's schema down to what stands here. */
const queries = {
    /** Everyone who had a hand in each commit: co-authors are attributed by GitHub itself. */
    commits: /* GraphQL */ `
    query Commits($ids: [ID!]!) {
      nodes(ids: $ids) {
        __typename
        ... on Commit {
          oid
          message
          authors(first: 100) {
            totalCount
            nodes {
              name
              email
              user {
                login
              }
            }
          }
          committer {
            name
            email
            user {
              login
            }
          }
          signature {
            isValid
            wasSignedByGitHub
          }
          associatedPullRequests(first: 20) {
            totalCount
            nodes {
              number
              author {
                __typename
                login
              }
              headRefName
              headRepository {
                name
                owner {
                  login
                }
              }
              mergedAt
            }
          }
        }
      }
    }
  `,
    /** Which pull requests a merge group holds. */
    mergeQueue: /* GraphQL */ `
    query MergeQueue($owner: String!, $repo: String!, $branch: String!, $after: String) {
      repository(owner: $owner, name: $repo) {
        mergeQueue(branch: $branch) {
          entries(first: 100, after: $after) {
            pageInfo {
              hasNextPage
              endCursor
            }
            nodes {
              position
              headCommit {
                oid
              }
              pullRequest {
                number
              }
            }
          }
        }
      }
    }
  `,
};


/***/ }),

/***/ 9034:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   p: () => (/* binding */ runFacts)
/* harmony export */ });
/* harmony import */ var _api_js__WEBPACK_IMPORTED_MODULE_2__ = __webpack_require__(5987);
/* harmony import */ var _failure_js__WEBPACK_IMPORTED_MODULE_3__ = __webpack_require__(5773);
/* harmony import */ var _observe_js__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(3175);
/* harmony import */ var _people_js__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(5692);




/** The run and its jobs. */
async function runFacts(api, context, ports) {
    const { repository, runId, runAttempt } = context;
    const at = `/repos/${repository.owner}/${repository.repo}/actions/runs/${runId}`;
    return [
        await (0,_observe_js__WEBPACK_IMPORTED_MODULE_0__/* .observe */ .l)({ kind: 'run' }, `GET ${at}`, () => readRun(api, context), ports),
        await (0,_observe_js__WEBPACK_IMPORTED_MODULE_0__/* .observe */ .l)({ kind: 'jobs' }, `GET ${at}/attempts/${runAttempt}/jobs`, () => readJobs(api, context), ports),
    ];
}
async function readRun(api, context) {
    const { repository, runId, runAttempt, eventName, ref, sha } = context;
    const { data } = await api.request('GET /repos/{owner}/{repo}/actions/runs/{run_id}', {
        ...repository,
        run_id: runId,
    });
    return {
        id: runId,
        attempt: runAttempt,
        event: eventName,
        repository: `${repository.owner}/${repository.repo}`,
        ref,
        sha,
        createdAt: data.created_at,
        actor: (0,_people_js__WEBPACK_IMPORTED_MODULE_1__/* .personOf */ .Re)(data.actor),
        ...(data.triggering_actor ? { triggeringActor: (0,_people_js__WEBPACK_IMPORTED_MODULE_1__/* .personOf */ .Re)(data.triggering_actor) } : {}),
    };
}
async function readJobs(api, { repository, runId, runAttempt }) {
    const route = 'GET /repos/{owner}/{repo}/actions/runs/{run_id}/attempts/{attempt_number}/jobs';
    const jobs = [];
    let total = 0;
    for await (const { data } of api.paginate.iterator(route, {
        ...repository,
        run_id: runId,
        attempt_number: runAttempt,
        per_page: _api_js__WEBPACK_IMPORTED_MODULE_2__/* .PAGE */ .K,
    })) {
        total = Math.max(total, data.total_count ?? 0);
        jobs.push(...data.map(({ name, run_attempt, conclusion }) => ({
            name,
            attempt: run_attempt ?? runAttempt,
            ...(conclusion === null ? {} : { conclusion }),
        })));
    }
    if (jobs.length < total) {
        throw new _failure_js__WEBPACK_IMPORTED_MODULE_3__/* .Incomplete */ .nd(`GitHub gave ${jobs.length} of ${total} jobs`);
    }
    return jobs;
}


/***/ }),

/***/ 8461:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   j: () => (/* binding */ teamFacts)
/* harmony export */ });
/* harmony import */ var _api_js__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(5987);
/* harmony import */ var _observe_js__WEBPACK_IMPORTED_MODULE_2__ = __webpack_require__(3175);
/* harmony import */ var _people_js__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(5692);



/**
 * Who is in each team, child teams included.
 *
 * @param teams `org/slug`, each once
 */
async function teamFacts(api, teams, ports) {
    const facts = [];
    for (const team of [...new Set(teams.map((name) => name.toLowerCase()))].sort()) {
        const [org = '', slug = ''] = team.split('/');
        const look = async () => {
            const route = 'GET /orgs/{org}/teams/{team_slug}/members';
            const members = await api.paginate(route, { org, team_slug: slug, per_page: _api_js__WEBPACK_IMPORTED_MODULE_0__/* .PAGE */ .K });
            return members.map((member) => (0,_people_js__WEBPACK_IMPORTED_MODULE_1__/* .personOf */ .Re)(member));
        };
        facts.push(await (0,_observe_js__WEBPACK_IMPORTED_MODULE_2__/* .observe */ .l)({ kind: 'team', team }, `GET /orgs/${org}/teams/${slug}/members`, look, ports));
    }
    return facts;
}


/***/ }),

/***/ 2463:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   EX: () => (/* binding */ withTemporaryFolder),
/* harmony export */   ZX: () => (/* binding */ publishAtomically)
/* harmony export */ });
/* unused harmony exports partialPath, removeStalePartials, resolveInside */
/* harmony import */ var node_crypto__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(7598);
/* harmony import */ var node_fs_promises__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(1455);
/* harmony import */ var node_os__WEBPACK_IMPORTED_MODULE_2__ = __webpack_require__(8161);
/* harmony import */ var node_path__WEBPACK_IMPORTED_MODULE_3__ = __webpack_require__(6760);
/* harmony import */ var _errors_js__WEBPACK_IMPORTED_MODULE_4__ = __webpack_require__(2151);





const PARTIAL = /^\.(.+)\.partial-(\d+)-[0-9a-f]{8}$/;
/**
 * Produces a file or folder at `target` all at once: `produce` fills a partial path beside it, which
 * is renamed when it returns and removed when it throws. An existing target is replaced only then.
 * Partials left by processes that were killed are removed first.
 *
 * @throws UserError `output-not-writable` when the folder of `target` cannot be written
 */
async function publishAtomically(target, produce) {
    const absolute = node_path__WEBPACK_IMPORTED_MODULE_3__.resolve(target);
    const folder = node_path__WEBPACK_IMPORTED_MODULE_3__.dirname(absolute);
    try {
        await (0,node_fs_promises__WEBPACK_IMPORTED_MODULE_1__.mkdir)(folder, { recursive: true });
        await removeStalePartials(folder);
    }
    catch (error) {
        throw notWritable(folder, error);
    }
    const partial = partialPath(absolute);
    try {
        const result = await produce(partial);
        await replace(partial, absolute);
        // Renaming one name of a file onto another name of the same file does nothing (rename(2)).
        await (0,node_fs_promises__WEBPACK_IMPORTED_MODULE_1__.rm)(partial, { recursive: true, force: true });
        return result;
    }
    catch (error) {
        await (0,node_fs_promises__WEBPACK_IMPORTED_MODULE_1__.rm)(partial, { recursive: true, force: true });
        throw isPermissionError(error) ? notWritable(folder, error) : error;
    }
}
/** A path beside `target` that no other process takes, and that `removeStalePartials` knows when this one is gone. */
function partialPath(target) {
    const suffix = `partial-${process.pid}-${(0,node_crypto__WEBPACK_IMPORTED_MODULE_0__.randomBytes)(4).toString('hex')}`;
    return node_path__WEBPACK_IMPORTED_MODULE_3__.join(node_path__WEBPACK_IMPORTED_MODULE_3__.dirname(target), `.${node_path__WEBPACK_IMPORTED_MODULE_3__.basename(target)}.${suffix}`);
}
/** A folder cannot be renamed over one that has content: the old one steps aside first. */
async function replace(partial, target) {
    try {
        await (0,node_fs_promises__WEBPACK_IMPORTED_MODULE_1__.rename)(partial, target);
    }
    catch (error) {
        const code = error.code;
        if (code !== 'ENOTEMPTY' && code !== 'EEXIST') {
            throw error;
        }
        const aside = `${partial}.old`;
        await (0,node_fs_promises__WEBPACK_IMPORTED_MODULE_1__.rename)(target, aside);
        try {
            await (0,node_fs_promises__WEBPACK_IMPORTED_MODULE_1__.rename)(partial, target);
        }
        catch (failure) {
            await (0,node_fs_promises__WEBPACK_IMPORTED_MODULE_1__.rename)(aside, target);
            throw failure;
        }
        await (0,node_fs_promises__WEBPACK_IMPORTED_MODULE_1__.rm)(aside, { recursive: true, force: true });
    }
}
/**
 * Removes what killed processes left of `publishAtomically` in `folder`; those of live ones stay. A target that was
 * put aside and not yet replaced when its process was killed comes back.
 */
async function removeStalePartials(folder) {
    for (const name of await (0,node_fs_promises__WEBPACK_IMPORTED_MODULE_1__.readdir)(folder)) {
        const match = PARTIAL.exec(name.replace(/\.old$/, ''));
        if (!match || isAlive(Number(match[2]))) {
            continue;
        }
        const target = node_path__WEBPACK_IMPORTED_MODULE_3__.join(folder, match[1] ?? '');
        if (name.endsWith('.old') && !(await exists(target))) {
            await (0,node_fs_promises__WEBPACK_IMPORTED_MODULE_1__.rename)(node_path__WEBPACK_IMPORTED_MODULE_3__.join(folder, name), target);
        }
        else {
            await (0,node_fs_promises__WEBPACK_IMPORTED_MODULE_1__.rm)(node_path__WEBPACK_IMPORTED_MODULE_3__.join(folder, name), { recursive: true, force: true });
        }
    }
}
async function exists(file) {
    return (0,node_fs_promises__WEBPACK_IMPORTED_MODULE_1__.lstat)(file).then(() => true, () => false);
}
function isAlive(pid) {
    try {
        process.kill(pid, 0);
        return true;
    }
    catch (error) {
        return error.code === 'EPERM';
    }
}
function isPermissionError(error) {
    return ['EACCES', 'EROFS', 'EPERM'].includes(error?.code ?? '');
}
function notWritable(folder, cause) {
    const reason = cause instanceof Error ? cause.message : String(cause);
    return new _errors_js__WEBPACK_IMPORTED_MODULE_4__/* .UserError */ .yo(`The folder ${folder} cannot be written: ${reason}`, {
        code: 'output-not-writable',
        fix: 'Choose an output folder that the job may write, and check that the disk is not full or read-only.',
        cause,
    });
}
/** A private folder (0700) that is gone when `body` ends, however it ends. */
async function withTemporaryFolder(label, body, parent = process.env.RUNNER_TEMP ?? (0,node_os__WEBPACK_IMPORTED_MODULE_2__.tmpdir)()) {
    await (0,node_fs_promises__WEBPACK_IMPORTED_MODULE_1__.mkdir)(parent, { recursive: true });
    const folder = await (0,node_fs_promises__WEBPACK_IMPORTED_MODULE_1__.mkdtemp)(node_path__WEBPACK_IMPORTED_MODULE_3__.join(parent, `${label}-`));
    try {
        return await body(folder);
    }
    finally {
        await (0,node_fs_promises__WEBPACK_IMPORTED_MODULE_1__.rm)(folder, { recursive: true, force: true });
    }
}
/**
 * `relative` below `folder`, refusing to leave it by `..` or an absolute path.
 * Symbolic links are not followed: the caller opens with O_NOFOLLOW where others can write.
 *
 * @throws UserError `path-escapes`
 */
function resolveInside(folder, relative) {
    const resolved = path.resolve(folder, relative);
    const back = path.relative(folder, resolved);
    if (relative.includes('\0') ||
        path.isAbsolute(relative) ||
        back === '' ||
        back.split(path.sep)[0] === '..') {
        throw new UserError(`The path ${JSON.stringify(relative)} leaves its folder`, {
            code: 'path-escapes',
            fix: 'Use a path inside the folder, without "..".',
        });
    }
    return resolved;
}


/***/ }),

/***/ 8247:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   E: () => (/* binding */ conclude)
/* harmony export */ });
/** Approved only when something was asked for and all of it is met. */
function conclude(findings) {
    const open = findings.filter((finding) => finding.status === 'not-met' || finding.status === 'unknown');
    const approved = open.length === 0 && findings.length > 0;
    return {
        decision: approved ? 'approved' : 'refused',
        findings,
        reasons: approved
            ? []
            : findings.length === 0
                ? ['the policy requires nothing']
                : open.map((finding) => `${finding.requirement}: ${finding.found}`),
    };
}


/***/ }),

/***/ 5887:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   a: () => (/* binding */ withException)
/* harmony export */ });
/**
 * A finding that an exception of the policy covers is excepted: what is not met, never what is unknown.
 *
 * @param now the moment for which exceptions are judged
 */
function withException(finding, exceptions, now) {
    const own = exceptions.filter(({ rule }) => finding.rule === rule || finding.rule.startsWith(`${rule}.`));
    const exception = own.find((entry) => !hasEnded(entry, now)) ?? own[0];
    if (!exception || finding.status !== 'not-met') {
        return finding;
    }
    if (hasEnded(exception, now)) {
        return {
            ...finding,
            found: `${finding.found}; the exception of ${exception['approved-by']} ended on ${exception.until}`,
        };
    }
    return {
        ...finding,
        status: 'excepted',
        by: exception['approved-by'],
        found: `${finding.found}; accepted until ${exception.until}: ${exception.reason}`,
        next: `The exception ends on ${exception.until}.`,
    };
}
function hasEnded({ until }, now) {
    return Date.parse(`${until}T23:59:59.999Z`) < Date.parse(now);
}


/***/ }),

/***/ 3264:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   Ku: () => (/* binding */ firstOf),
/* harmony export */   QZ: () => (/* binding */ worst),
/* harmony export */   gk: () => (/* binding */ finding)
/* harmony export */ });
const STATUS = { pass: 'met', fail: 'not-met', unknown: 'unknown' };
function finding(rule, requirement, status, details) {
    const met = status === 'pass';
    return {
        rule,
        requirement,
        status: STATUS[status],
        by: details.by ?? '',
        found: details.found,
        next: met ? '' : details.next,
    };
}
/** No fact at all is unknown. */
function worst(statuses) {
    if (statuses.includes('fail')) {
        return 'fail';
    }
    return statuses.length === 0 || statuses.includes('unknown') ? 'unknown' : 'pass';
}
/** A list for people: the first five, and how many more there are. */
function firstOf(items) {
    return items.length > 5 ? `${items.slice(0, 5).join(', ')} and ${items.length - 5} more` : items.join(', ');
}


/***/ }),

/***/ 8666:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   M: () => (/* binding */ publishDecision),
/* harmony export */   R: () => (/* binding */ readInput)
/* harmony export */ });
/* harmony import */ var node_fs_promises__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(1455);
/* harmony import */ var node_path__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(6760);
/* harmony import */ var _golden_image_evidence__WEBPACK_IMPORTED_MODULE_3__ = __webpack_require__(1222);
/* harmony import */ var _golden_image_host__WEBPACK_IMPORTED_MODULE_2__ = __webpack_require__(2463);
/* harmony import */ var _golden_image_host__WEBPACK_IMPORTED_MODULE_4__ = __webpack_require__(2151);




/**
 * Writes what a decision leaves: `facts.json`, `report.md`, and what `more` writes beside them. What an earlier run
 * wrote there is replaced, so that no old approval stays.
 */
async function publishDecision(output, facts, report, more) {
    const result = await (0,_golden_image_host__WEBPACK_IMPORTED_MODULE_2__/* .publishAtomically */ .ZX)(output, async (partial) => {
        await (0,_golden_image_host__WEBPACK_IMPORTED_MODULE_2__/* .publishAtomically */ .ZX)(node_path__WEBPACK_IMPORTED_MODULE_1__.join(partial, 'facts.json'), (file) => (0,node_fs_promises__WEBPACK_IMPORTED_MODULE_0__.writeFile)(file, (0,_golden_image_evidence__WEBPACK_IMPORTED_MODULE_3__/* .stableJson */ ._)(facts)));
        await (0,node_fs_promises__WEBPACK_IMPORTED_MODULE_0__.writeFile)(node_path__WEBPACK_IMPORTED_MODULE_1__.join(partial, 'report.md'), report);
        return more(partial);
    });
    return { facts: node_path__WEBPACK_IMPORTED_MODULE_1__.join(output, 'facts.json'), report: node_path__WEBPACK_IMPORTED_MODULE_1__.join(output, 'report.md'), more: result };
}
/** @throws UserError `policy-not-found`, `facts-not-found` */
async function readInput(file, what) {
    try {
        return await (0,node_fs_promises__WEBPACK_IMPORTED_MODULE_0__.readFile)(file, 'utf8');
    }
    catch (cause) {
        throw new _golden_image_host__WEBPACK_IMPORTED_MODULE_4__/* .UserError */ .yo(`The ${what} ${file} cannot be read`, {
            code: `${what}-not-found`,
            fix: `Check the input ${what}, and that the job checked out the repository.`,
            cause,
        });
    }
}


/***/ }),

/***/ 960:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {


// EXPORTS
__webpack_require__.d(__webpack_exports__, {
  x: () => (/* binding */ factsOf),
  h: () => (/* binding */ parseFacts)
});

// EXTERNAL MODULE: ./build/packages/host/src/errors.js
var errors = __webpack_require__(2151);
// EXTERNAL MODULE: ./node_modules/zod/v4/classic/schemas.js + 11 modules
var schemas = __webpack_require__(2857);
// EXTERNAL MODULE: ./node_modules/zod/v4/classic/iso.js
var iso = __webpack_require__(4377);
;// CONCATENATED MODULE: ./build/packages/policy/src/facts/observed.js

/** What every fact carries beside its kind and value. */
const observed = {
    /** `unknown`: it could not be observed; `detail` says why, `permission` what to grant. */
    status: schemas/* enum */.k5n(['pass', 'fail', 'unknown']),
    /** Where it was observed: an endpoint, a file. */
    source: schemas/* string */.YjP(),
    time: iso/* datetime */.w$(),
    /** Who vouches for it: a key's fingerprint. */
    by: schemas/* string */.YjP().optional(),
    /** Why it is not a pass, in words. */
    detail: schemas/* string */.YjP().optional(),
    /** The permission whose lack made it unknown, as workflows and apps name it: `pull-requests: read`. */
    permission: schemas/* string */.YjP().optional(),
};
/** A full commit id, SHA-1 or SHA-256. */
const sha = schemas/* string */.YjP().regex(/^(?:[0-9a-f]{40}|[0-9a-f]{64})$/);

;// CONCATENATED MODULE: ./build/packages/policy/src/facts/people.js


/**
 * Someone, as GitHub knows them. Without `login` GitHub could not match the e-mail address to an account: who that is
 * is not known, and rules that compare people fail closed. A ghost (deleted account) has no login either.
 */
const person = schemas/* strictObject */.rej({
    /** As GitHub spells it; compared without regard to case. A bot's login has no `[bot]` at its end. */
    login: schemas/* string */.YjP().min(1).optional(),
    type: schemas/* enum */.k5n(['User', 'Bot', 'Organization', 'Mannequin', 'unknown']),
    /** Only where there is no login: what messages call them. */
    name: schemas/* string */.YjP().optional(),
    email: schemas/* string */.YjP().optional(),
});
const commit = schemas/* strictObject */.rej({
    sha: sha,
    author: person,
    /** From `Co-authored-by` trailers, as GitHub resolves them. */
    coAuthors: schemas/* array */.YOg(person),
    committer: person,
    /** GitHub itself made and signed it (web editor, merge button, merge queue): its committer is nobody's account. */
    signedByGitHub: schemas/* boolean */.zMY(),
});
/** Someone moved the branch to `sha`. Authenticated by GitHub, other than what a commit says of itself. */
const push = schemas/* strictObject */.rej({ sha: sha, actor: person, time: iso/* datetime */.w$().optional() });
const permissions = ['none', 'read', 'triage', 'write', 'maintain', 'admin'];
const review = schemas/* strictObject */.rej({
    id: schemas/* int */.Whr(),
    author: person,
    state: schemas/* enum */.k5n(['APPROVED', 'CHANGES_REQUESTED', 'COMMENTED', 'DISMISSED', 'PENDING']),
    /** The commit that was reviewed; absent when GitHub no longer says. */
    commit: sha.optional(),
    submittedAt: iso/* datetime */.w$(),
    /** The author's permission on the repository now; absent when it could not be read. */
    permission: schemas/* enum */.k5n(permissions).optional(),
    /** The change against its base is the same at `commit` and at the head, e.g. because only the base was merged in. */
    sameChange: schemas/* boolean */.zMY().optional(),
});

;// CONCATENATED MODULE: ./build/packages/policy/src/facts/change.js



/** Number of the pull request that a fact is about; one merge group has several. */
const pull = schemas/* int */.Whr().positive();
/** Inclusive first and last line, 1-based, in the file as it is after the change. */
const lineRange = schemas/* tuple */.PVZ([schemas/* int */.Whr().positive(), schemas/* int */.Whr().positive()]);
/** The workflow run that asks for the decision. */
const runFact = schemas/* strictObject */.rej({
    ...observed,
    kind: schemas/* literal */.euz('run'),
    value: schemas/* strictObject */.rej({
        id: schemas/* int */.Whr(),
        /** 1 for the first; re-runs of the same run count up. */
        attempt: schemas/* int */.Whr().positive(),
        /** `pull_request`, `pull_request_target`, `pull_request_review`, `merge_group`, `push`, `workflow_dispatch`, … */
        event: schemas/* string */.YjP(),
        /** `owner/name`. */
        repository: schemas/* string */.YjP(),
        /** Full, e.g. `refs/heads/main`, `refs/tags/v1`, `refs/pull/7/merge`. */
        ref: schemas/* string */.YjP(),
        /** What was checked out and tested: for `pull_request` GitHub's merge commit. */
        sha: sha,
        /** When the first attempt was created; reports made before it belong to another run. */
        createdAt: iso/* datetime */.w$(),
        actor: person,
        /** Who started this attempt. */
        triggeringActor: person.optional(),
    })
        .optional(),
});
/** What is to be merged: one pull request, or all of a merge group. */
const changeFact = schemas/* strictObject */.rej({
    ...observed,
    kind: schemas/* literal */.euz('change'),
    value: schemas/* strictObject */.rej({
        via: schemas/* enum */.k5n(['pull-request', 'merge-group']),
        /** Short name of the branch that it goes to. */
        base: schemas/* string */.YjP(),
        baseSha: sha,
        /** Pull request: its head commit for which the run was started. Merge group: the group's commit. */
        headSha: sha,
        /** Every pull request in it; a pull request without its facts is unknown. */
        pulls: schemas/* array */.YOg(pull).min(1),
    })
        .optional(),
});
/** The policy file: in merge mode read from the base, never from the change itself. */
const policyFact = schemas/* strictObject */.rej({
    ...observed,
    kind: schemas/* literal */.euz('policy'),
    value: schemas/* strictObject */.rej({ path: schemas/* string */.YjP(), commit: sha, sha256: schemas/* string */.YjP() }).optional(),
});
/** A pull request as it is now. */
const pullRequestFact = schemas/* strictObject */.rej({
    ...observed,
    kind: schemas/* literal */.euz('pull-request'),
    pull,
    value: schemas/* strictObject */.rej({
        title: schemas/* string */.YjP(),
        url: schemas/* string */.YjP(),
        author: person,
        state: schemas/* enum */.k5n(['open', 'closed', 'merged']),
        draft: schemas/* boolean */.zMY(),
        base: schemas/* string */.YjP(),
        headSha: sha,
        /** From another repository: the run's token can only read. */
        fork: schemas/* boolean */.zMY(),
    })
        .optional(),
});
/** All commits of a pull request; `unknown` unless all of them were read. */
const commitsFact = schemas/* strictObject */.rej({
    ...observed,
    kind: schemas/* literal */.euz('commits'),
    pull,
    value: schemas/* array */.YOg(commit).optional(),
});
/** All who pushed to the pull request's branch since it left the base; for a fork, its own activity. */
const pushersFact = schemas/* strictObject */.rej({
    ...observed,
    kind: schemas/* literal */.euz('pushers'),
    pull,
    value: schemas/* array */.YOg(push).optional(),
});
/** All reviews of a pull request, oldest first, also dismissed and repeated ones. */
const reviewsFact = schemas/* strictObject */.rej({
    ...observed,
    kind: schemas/* literal */.euz('reviews'),
    pull,
    value: schemas/* array */.YOg(review).optional(),
});
/** All files that a pull request changes. A renamed file counts with both its paths. */
const filesFact = schemas/* strictObject */.rej({
    ...observed,
    kind: schemas/* literal */.euz('files'),
    pull,
    value: schemas/* array */.YOg(schemas/* strictObject */.rej({
        path: schemas/* string */.YjP(),
        previousPath: schemas/* string */.YjP().optional(),
        status: schemas/* enum */.k5n(['added', 'modified', 'removed', 'renamed', 'copied', 'changed', 'unchanged']),
    }))
        .optional(),
});
/** Lines added or changed from the base to what was tested (`run.sha`), for the coverage of the change. */
const changedLinesFact = schemas/* strictObject */.rej({
    ...observed,
    kind: schemas/* literal */.euz('changed-lines'),
    value: schemas/* strictObject */.rej({
        baseSha: sha,
        /** The tested commit: line numbers are those of its files. */
        headSha: sha,
        /** Every changed file that still exists. `lines` absent: not known (too large, no patch); binary files: empty. */
        files: schemas/* array */.YOg(schemas/* strictObject */.rej({ path: schemas/* string */.YjP(), lines: schemas/* array */.YOg(lineRange).optional() })),
    })
        .optional(),
});
/** `.github/CODEOWNERS` (or where it lies) at the base. Without such a file: pass, `text` absent. */
const codeOwnersFact = schemas/* strictObject */.rej({
    ...observed,
    kind: schemas/* literal */.euz('code-owners'),
    value: schemas/* strictObject */.rej({
        path: schemas/* string */.YjP().optional(),
        text: schemas/* string */.YjP().optional(),
        /** Faults that GitHub finds in it (`GET /repos/{o}/{r}/codeowners/errors`). */
        errors: schemas/* array */.YOg(schemas/* string */.YjP()),
    })
        .optional(),
});
/** Everyone in a team, its child teams included. */
const teamFact = schemas/* strictObject */.rej({
    ...observed,
    kind: schemas/* literal */.euz('team'),
    /** `org/slug`, in lower case. */
    team: schemas/* string */.YjP(),
    value: schemas/* array */.YOg(person).optional(),
});
/** The jobs of this run's attempt: a skipped job counts as success for GitHub's required checks, not here. */
const jobsFact = schemas/* strictObject */.rej({
    ...observed,
    kind: schemas/* literal */.euz('jobs'),
    value: schemas/* array */.YOg(schemas/* strictObject */.rej({
        name: schemas/* string */.YjP(),
        attempt: schemas/* int */.Whr().positive(),
        /** GitHub's conclusion; absent while it runs. */
        conclusion: schemas/* string */.YjP().optional(),
    }))
        .optional(),
});

;// CONCATENATED MODULE: ./build/packages/policy/src/facts/deployment.js



/** A protected environment as it is configured now (`GET /repos/{o}/{r}/environments/{e}`). */
const environmentFact = schemas/* strictObject */.rej({
    ...observed,
    kind: schemas/* literal */.euz('environment'),
    environment: schemas/* string */.YjP(),
    value: schemas/* strictObject */.rej({
        /** Users by login, teams as `org/slug`. Empty: nobody needs to approve. */
        reviewers: schemas/* array */.YOg(schemas/* strictObject */.rej({ type: schemas/* enum */.k5n(['User', 'Team']), name: schemas/* string */.YjP() })),
        preventSelfReview: schemas/* boolean */.zMY(),
        adminsCanBypass: schemas/* boolean */.zMY(),
        /** `all`: any ref may deploy; `protected`: protected branches only; `custom`: those that match `refs`. */
        refPolicy: schemas/* enum */.k5n(['all', 'protected', 'custom']),
        refs: schemas/* array */.YOg(schemas/* strictObject */.rej({ type: schemas/* enum */.k5n(['branch', 'tag']), pattern: schemas/* string */.YjP() })),
    })
        .optional(),
});
/**
 * Who approved or rejected this run's deployments (`GET /repos/{o}/{r}/actions/runs/{id}/approvals`). GitHub names
 * neither time nor attempt.
 */
const deploymentApprovalsFact = schemas/* strictObject */.rej({
    ...observed,
    kind: schemas/* literal */.euz('deployment-approvals'),
    value: schemas/* array */.YOg(schemas/* strictObject */.rej({
        state: schemas/* enum */.k5n(['approved', 'rejected', 'pending']),
        user: person,
        environments: schemas/* array */.YOg(schemas/* string */.YjP()),
        comment: schemas/* string */.YjP().optional(),
        /** On the repository, now; absent when it could not be read. */
        permission: schemas/* enum */.k5n(permissions).optional(),
    }))
        .optional(),
});
/** Everything that went in since the last release: whoever contributed to it does not approve it. */
const historyFact = schemas/* strictObject */.rej({
    ...observed,
    kind: schemas/* literal */.euz('history'),
    value: schemas/* strictObject */.rej({
        /** The last release before `to`; absent: there was none, so the commits are all there are. */
        since: schemas/* strictObject */.rej({ tag: schemas/* string */.YjP(), sha: sha }).optional(),
        /** The commit that is released; equals the run's. */
        to: sha,
        commits: schemas/* array */.YOg(commit),
        /** Pull requests that brought the commits, with their authors. */
        pulls: schemas/* array */.YOg(schemas/* strictObject */.rej({ number: schemas/* int */.Whr().positive(), author: person })),
        /** Who pushed: to the pull requests' branches as far as GitHub still knows, and to the released branch itself. */
        pushers: schemas/* array */.YOg(push),
    })
        .optional(),
});

// EXTERNAL MODULE: ./build/packages/evidence/src/proof.js + 1 modules
var proof = __webpack_require__(6247);
;// CONCATENATED MODULE: ./build/packages/policy/src/facts/image.js



const statementValue = schemas/* strictObject */.rej({
    predicateType: schemas/* string */.YjP(),
    subjects: schemas/* array */.YOg(schemas/* string */.YjP()),
    suite: schemas/* string */.YjP().optional(),
    result: schemas/* string */.YjP().optional(),
    score: schemas/* number */.aig().optional(),
    finishedOn: iso/* datetime */.w$().optional(),
    cases: schemas/* strictObject */.rej({
        passed: schemas/* int */.Whr(),
        warned: schemas/* int */.Whr(),
        failed: schemas/* int */.Whr(),
        skipped: schemas/* int */.Whr().optional(),
        notRun: schemas/* int */.Whr().optional(),
    })
        .optional(),
});
const imageFact = schemas/* strictObject */.rej({
    ...observed,
    kind: schemas/* literal */.euz('image'),
    value: schemas/* strictObject */.rej({ name: schemas/* string */.YjP(), version: schemas/* string */.YjP(), class: schemas/* string */.YjP(), disk: schemas/* string */.YjP() })
        .optional(),
});
const diskFact = schemas/* strictObject */.rej({
    ...observed,
    kind: schemas/* literal */.euz('disk'),
    value: schemas/* strictObject */.rej({ sha256: schemas/* string */.YjP() }).optional(),
});
const checksumsFact = schemas/* strictObject */.rej({ ...observed, kind: schemas/* literal */.euz('checksums') });
const signatureFact = schemas/* strictObject */.rej({
    ...observed,
    kind: schemas/* literal */.euz('signature'),
    value: schemas/* strictObject */.rej({ method: schemas/* enum */.k5n(proof/* methods */.v) }),
});
/** The names of all statements found: a statement without its fact is an unknown one. */
const inventoryFact = schemas/* strictObject */.rej({
    ...observed,
    kind: schemas/* literal */.euz('inventory'),
    value: schemas/* array */.YOg(schemas/* string */.YjP()).optional(),
});
const statementFact = schemas/* strictObject */.rej({
    ...observed,
    kind: schemas/* literal */.euz('statement'),
    name: schemas/* string */.YjP(),
    value: statementValue.optional(),
});
const chainFact = schemas/* strictObject */.rej({
    ...observed,
    kind: schemas/* literal */.euz('chain'),
    value: schemas/* strictObject */.rej({
        origin: schemas/* enum */.k5n(['medium', 'open']),
        /** From the origin to the disk. */
        digests: schemas/* array */.YOg(schemas/* string */.YjP()),
    })
        .optional(),
});

;// CONCATENATED MODULE: ./build/packages/policy/src/facts/reports.js


const count = schemas/* int */.Whr().nonnegative();
const lines = schemas/* strictObject */.rej({ covered: count, total: count });
const byLevel = schemas/* strictObject */.rej({ error: count, warning: count, note: count });
/** When the reports were made, oldest first to blame; the file's own time where the format has none. */
const madeAt = iso/* datetime */.w$();
/** Line coverage, all reports together. */
const coverageFact = schemas/* strictObject */.rej({
    ...observed,
    kind: schemas/* literal */.euz('coverage'),
    value: schemas/* strictObject */.rej({
        madeAt,
        files: count,
        lines,
        /** Changed files that the reports know: their changed executable lines. */
        changed: schemas/* array */.YOg(schemas/* strictObject */.rej({ path: schemas/* string */.YjP(), covered: schemas/* array */.YOg(schemas/* int */.Whr()), missed: schemas/* array */.YOg(schemas/* int */.Whr()) })),
        /** Changed files that a reported name may mean, or another file. */
        unclear: schemas/* array */.YOg(schemas/* strictObject */.rej({ path: schemas/* string */.YjP(), reported: schemas/* string */.YjP() })).optional(),
    })
        .optional(),
});
/** Line coverage of the base, from the reports of its last run. */
const coverageBaseFact = schemas/* strictObject */.rej({
    ...observed,
    kind: schemas/* literal */.euz('coverage-base'),
    value: schemas/* strictObject */.rej({ lines }).optional(),
});
/** Findings of static analysis (SARIF), suppressed ones left out. */
const findingsFact = schemas/* strictObject */.rej({
    ...observed,
    kind: schemas/* literal */.euz('findings'),
    value: schemas/* strictObject */.rej({
        madeAt,
        tools: schemas/* array */.YOg(schemas/* string */.YjP()),
        /** Commits that the reports say they are about. */
        revisions: schemas/* array */.YOg(sha),
        total: byLevel,
        /** Not in the base's reports; absent without them. */
        new: byLevel.optional(),
        /** The worst, new ones first; at most 25. */
        worst: schemas/* array */.YOg(schemas/* strictObject */.rej({
            level: schemas/* enum */.k5n(['error', 'warning', 'note']),
            rule: schemas/* string */.YjP(),
            file: schemas/* string */.YjP(),
            line: count,
            message: schemas/* string */.YjP(),
            new: schemas/* boolean */.zMY().optional(),
        })),
    })
        .optional(),
});
/** Test results (JUnit), all reports together. */
const testsFact = schemas/* strictObject */.rej({
    ...observed,
    kind: schemas/* literal */.euz('tests'),
    value: schemas/* strictObject */.rej({
        madeAt,
        passed: count,
        failed: count,
        skipped: count,
        /** Names of failed tests; at most 25. */
        failures: schemas/* array */.YOg(schemas/* string */.YjP()),
    })
        .optional(),
});

;// CONCATENATED MODULE: ./build/packages/policy/src/facts/facts.js






const fact = schemas/* discriminatedUnion */.gMt('kind', [
    imageFact,
    diskFact,
    checksumsFact,
    signatureFact,
    inventoryFact,
    statementFact,
    chainFact,
    runFact,
    jobsFact,
    environmentFact,
    deploymentApprovalsFact,
    historyFact,
    teamFact,
    changeFact,
    policyFact,
    pullRequestFact,
    commitsFact,
    pushersFact,
    reviewsFact,
    filesFact,
    changedLinesFact,
    codeOwnersFact,
    coverageFact,
    coverageBaseFact,
    findingsFact,
    testsFact,
]);
/** Two facts about one thing could contradict each other: a fact has one identity. */
function identity(entry) {
    switch (entry.kind) {
        case 'statement':
            return `statement ${entry.name}`;
        case 'signature':
            return `signature ${entry.value.method}`;
        case 'environment':
            return `environment ${entry.environment}`;
        case 'team':
            return `team ${entry.team}`;
        case 'pull-request':
        case 'commits':
        case 'pushers':
        case 'reviews':
        case 'files':
            return `${entry.kind} ${entry.pull}`;
        default:
            return entry.kind;
    }
}
const factsSchema = schemas/* strictObject */.rej({
    version: schemas/* literal */.euz(1),
    mode: schemas/* enum */.k5n(['merge', 'release']),
    /** The moment for which ages and exceptions are judged. */
    time: iso/* datetime */.w$(),
    /** Where the release goes to. */
    environment: schemas/* string */.YjP().optional(),
    facts: schemas/* array */.YOg(fact).refine((facts) => new Set(facts.map(identity)).size === facts.length, {
        error: 'a fact is there twice',
    }),
});
/**
 * Reads saved facts, for a replay.
 *
 * @throws UserError `invalid-facts`
 */
function parseFacts(text, file) {
    try {
        return factsSchema.parse(JSON.parse(text));
    }
    catch (cause) {
        throw new errors/* UserError */.yo(`${file} does not hold facts that this version can replay`, {
            code: 'invalid-facts',
            fix: 'Pass a facts.json that gate-approval wrote, unchanged.',
            cause,
        });
    }
}
/** The facts of one kind. */
function factsOf(facts, kind) {
    return facts.facts.filter((entry) => entry.kind === kind);
}


/***/ }),

/***/ 601:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   b: () => (/* binding */ notKnown),
/* harmony export */   e: () => (/* binding */ known)
/* harmony export */ });
/* harmony import */ var _decision_finding_js__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(3264);
/* harmony import */ var _facts_js__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(960);


/** The value of the one fact of this kind (and of this pull request, team or environment) that holds. */
function known(facts, kind, which = () => true) {
    const fact = (0,_facts_js__WEBPACK_IMPORTED_MODULE_0__/* .factsOf */ .x)(facts, kind).find(which);
    if (fact?.status === 'pass' && fact.value !== undefined) {
        return { value: fact.value };
    }
    const status = fact?.status === 'fail' ? 'fail' : 'unknown';
    const why = fact?.detail ?? (fact ? 'its value is missing' : `no fact about it (${kind})`);
    const { permission } = fact ?? {};
    const named = permission === undefined || why.includes(permission);
    return { status, why: named ? why : `${why}; the permission ${permission} is missing`, permission };
}
/** The finding about something that is not known. */
function notKnown(rule, requirement, missing) {
    const permission = missing.value === undefined && 'permission' in missing ? missing.permission : undefined;
    return (0,_decision_finding_js__WEBPACK_IMPORTED_MODULE_1__/* .finding */ .gk)(rule, requirement, missing.status ?? 'unknown', {
        found: missing.why ?? 'nothing',
        next: permission
            ? `Grant the gate's token the permission ${permission}.`
            : 'Run the gate again; if it says the same, its log says what could not be read.',
    });
}


/***/ }),

/***/ 4880:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   a: () => (/* binding */ contributorsOf)
/* harmony export */ });
/* harmony import */ var _login_js__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(2829);

/** Collects the contributors. What GitHub itself committed is nobody's; its author is somebody's still. */
function contributorsOf(contributions, people) {
    const parts = new Map();
    const strangers = new Set();
    const accounts = new Map(Object.entries(people ?? {}).map(([email, login]) => [(0,_login_js__WEBPACK_IMPORTED_MODULE_0__/* .key */ .Eb)(email), login]));
    const add = (person, role, way) => {
        const login = person.login ?? accounts.get((0,_login_js__WEBPACK_IMPORTED_MODULE_0__/* .key */ .Eb)(person.email ?? ''));
        if (login === undefined) {
            const name = [person.name, person.email && `<${person.email}>`].filter(Boolean).join(' ');
            strangers.add(`${name || 'somebody'} (${way})`);
            return;
        }
        if (person.login === undefined && login === 'outside') {
            return;
        }
        const part = parts.get((0,_login_js__WEBPACK_IMPORTED_MODULE_0__/* .key */ .Eb)(login)) ?? { roles: new Set(), ways: [] };
        part.roles.add(role);
        part.ways.push(way);
        parts.set((0,_login_js__WEBPACK_IMPORTED_MODULE_0__/* .key */ .Eb)(login), part);
    };
    for (const author of contributions.authors) {
        add(author, 'author', 'author of the pull request');
    }
    for (const { sha, author, coAuthors, committer, signedByGitHub } of contributions.commits) {
        const short = sha.slice(0, 7);
        add(author, 'author', `author of ${short}`);
        for (const coAuthor of coAuthors) {
            add(coAuthor, 'co-author', `co-author of ${short}`);
        }
        if (!signedByGitHub) {
            add(committer, 'committer', `committer of ${short}`);
        }
    }
    for (const { actor, sha } of contributions.pushes) {
        add(actor, 'pusher', `pushed ${sha.slice(0, 7)}`);
    }
    return {
        rolesOf: (login) => [...(parts.get((0,_login_js__WEBPACK_IMPORTED_MODULE_0__/* .key */ .Eb)(login))?.roles ?? [])],
        describe: (login) => [...new Set(parts.get((0,_login_js__WEBPACK_IMPORTED_MODULE_0__/* .key */ .Eb)(login))?.ways)].slice(0, 2).join(', '),
        strangers: [...strangers],
    };
}


/***/ }),

/***/ 2829:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   Eb: () => (/* binding */ key),
/* harmony export */   Up: () => (/* binding */ sameLogin),
/* harmony export */   rq: () => (/* binding */ teamKey)
/* harmony export */ });
/** GitHub's logins and teams are compared without regard to case. */
function sameLogin(a, b) {
    return a !== undefined && b !== undefined && key(a) === key(b);
}
function key(login) {
    return login.toLowerCase();
}
/** `org/slug` in lower case; a bare slug belongs to the repository's owner. */
function teamKey(team, repository) {
    const owner = repository?.split('/')[0] ?? '';
    return key(team.includes('/') ? team : `${owner}/${team}`);
}


/***/ }),

/***/ 5282:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   C: () => (/* binding */ memberOf)
/* harmony export */ });
/* harmony import */ var _facts_facts_js__WEBPACK_IMPORTED_MODULE_2__ = __webpack_require__(960);
/* harmony import */ var _facts_known_js__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(601);
/* harmony import */ var _login_js__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(2829);



/** Membership in any of these teams; not known while one of them is not known and none has the person. */
function memberOf(teams, facts) {
    const run = (0,_facts_known_js__WEBPACK_IMPORTED_MODULE_0__/* .known */ .e)(facts, 'run');
    const keys = teams.map((team) => (0,_login_js__WEBPACK_IMPORTED_MODULE_1__/* .teamKey */ .rq)(team, run.value?.repository));
    const found = keys.map((team) => (0,_facts_facts_js__WEBPACK_IMPORTED_MODULE_2__/* .factsOf */ .x)(facts, 'team').find((fact) => (0,_login_js__WEBPACK_IMPORTED_MODULE_1__/* .key */ .Eb)(fact.team) === team));
    return (login) => {
        const states = found.map((fact) => fact?.status === 'pass' && fact.value
            ? fact.value.some((person) => (0,_login_js__WEBPACK_IMPORTED_MODULE_1__/* .sameLogin */ .Up)(person.login, login))
            : undefined);
        return states.includes(true) ? true : states.includes(undefined) ? undefined : false;
    };
}


/***/ }),

/***/ 2733:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   K2: () => (/* binding */ ownersOf),
/* harmony export */   KZ: () => (/* binding */ ownerTeams),
/* harmony export */   dK: () => (/* binding */ parseCodeOwners)
/* harmony export */ });
/* harmony import */ var _glob_js__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(1491);

/**
 * Parses CODEOWNERS. Source: GitHub's documentation "About code owners". A line that GitHub would skip as invalid owns
 * nothing.
 */
function parseCodeOwners(text) {
    return text.split(/\r?\n/).flatMap((raw, index) => {
        const words = raw.replace(/(?:^|\s)#.*$/, '').match(/(?:\\ |\S)+/g);
        if (!words) {
            return [];
        }
        const [pattern = '', ...owners] = words.map((word) => word.replaceAll('\\ ', ' '));
        const valid = owners.every((owner) => /^@[\w.-]+(?:\/[\w.-]+)?$|^[^\s@]+@[^\s@]+$/.test(owner));
        // GitHub supports neither negation nor character ranges here.
        return valid && !/^!|[[\]]|^\\#/.test(pattern) ? [{ line: index + 1, pattern, owners }] : [];
    });
}
/** The owners of a file: those of the last line that matches. */
function ownersOf(lines, path) {
    return lines.findLast(({ pattern }) => matchesOwnerPattern(pattern, path))?.owners ?? [];
}
/** As in .gitignore: anchored if it has a slash before its end; a folder owns what is below it, `folder/*` only its files. */
function matchesOwnerPattern(pattern, path) {
    const anchored = pattern.slice(0, -1).includes('/');
    const body = pattern.replace(/^\//, '').replace(/\/$/, '');
    const glob = anchored ? body : `**/${body}`;
    if (pattern.endsWith('/')) {
        return (0,_glob_js__WEBPACK_IMPORTED_MODULE_0__/* .matchesGlob */ .k)(`${glob}/**`, path) && !(0,_glob_js__WEBPACK_IMPORTED_MODULE_0__/* .matchesGlob */ .k)(glob, path);
    }
    if ((0,_glob_js__WEBPACK_IMPORTED_MODULE_0__/* .matchesGlob */ .k)(glob, path)) {
        return true;
    }
    return !body.endsWith('*') && (0,_glob_js__WEBPACK_IMPORTED_MODULE_0__/* .matchesGlob */ .k)(`${glob}/**`, path);
}
/** The teams among owners, as `org/slug` in lower case. */
function ownerTeams(lines) {
    const teams = lines.flatMap(({ owners }) => owners.filter((owner) => owner.startsWith('@') && owner.includes('/')));
    return [...new Set(teams.map((team) => team.slice(1).toLowerCase()))].sort();
}


/***/ }),

/***/ 1491:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   k: () => (/* binding */ matchesGlob)
/* harmony export */ });
/**
 * Whether a path matches a glob from the repository's root. `*` and `?` stay within a folder, `**` as a whole segment
 * crosses folders, everything else stands for itself. No backtracking beyond the number of segments.
 */
function matchesGlob(pattern, path) {
    return matchSegments(pattern.split('/'), path.split('/'));
}
/** The two-pointer wildcard match, over segments: `**` is the wildcard. */
function matchSegments(pattern, path) {
    return wildcard(pattern.length, path.length, (index) => pattern[index] === '**', (index, at) => matchSegment(pattern[index] ?? '', path[at] ?? ''));
}
function matchSegment(pattern, segment) {
    return wildcard(pattern.length, segment.length, (index) => pattern[index] === '*', (index, at) => pattern[index] === '?' || pattern[index] === segment[at]);
}
/** Goes back only to the last wildcard, so that time is at most the product of the lengths. */
function wildcard(patterns, items, isStar, matches) {
    let index = 0;
    let at = 0;
    let star = -1;
    let resume = 0;
    while (at < items) {
        if (index < patterns && isStar(index)) {
            star = index;
            resume = at;
            index += 1;
        }
        else if (index < patterns && matches(index, at)) {
            index += 1;
            at += 1;
        }
        else if (star >= 0) {
            resume += 1;
            at = resume;
            index = star + 1;
        }
        else {
            return false;
        }
    }
    while (index < patterns && isStar(index)) {
        index += 1;
    }
    return index === patterns;
}


/***/ }),

/***/ 2323:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   $: () => (/* binding */ mergeTeams),
/* harmony export */   I: () => (/* binding */ environmentTeams)
/* harmony export */ });
/* harmony import */ var _people_login_js__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(2829);
/* harmony import */ var _code_owners_js__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(2733);


/**
 * The teams whose members a decision on a merge needs, as `org/slug`.
 *
 * @param codeOwners text of CODEOWNERS, if there is one
 * @param repository `owner/name`
 */
function mergeTeams(policy, codeOwners, repository) {
    const rules = policy.changes ?? [];
    const named = rules.flatMap((rule) => rule.approvals.teams ?? []).map((team) => (0,_people_login_js__WEBPACK_IMPORTED_MODULE_0__/* .teamKey */ .rq)(team, repository));
    const owners = codeOwners !== undefined && rules.some((rule) => rule['code-owners'])
        ? (0,_code_owners_js__WEBPACK_IMPORTED_MODULE_1__/* .ownerTeams */ .KZ)((0,_code_owners_js__WEBPACK_IMPORTED_MODULE_1__/* .parseCodeOwners */ .dK)(codeOwners))
        : [];
    return [...new Set([...named, ...owners])].sort();
}
/** The teams among the reviewers of an environment in the policy, as `org/slug`; those in its settings come to them. */
function environmentTeams(policy, environment) {
    const reviewers = policy.environments?.[environment]?.reviewers ?? [];
    return [
        ...new Set(reviewers.filter((name) => name.includes('/')).map((name) => name.toLowerCase())),
    ].sort();
}


/***/ })

};
